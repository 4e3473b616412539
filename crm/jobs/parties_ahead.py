"""What the rows of an import are compared by, worked out in a second process beside the one that plans the rows.

To read the names of a row takes as long as all else of its plan. The answers are those of ``read_party``; what was not
asked, or is not answered, is worked out here.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from queue import SimpleQueue
from threading import Thread
from typing import IO, Any, TypeAlias

from crm.domain.companies.names import CompanyName
from crm.domain.companies.parties import Party, read_party
from crm.jobs.parties_child import ASKED, written
from crm.workbooks.processes import start

LARGE = 2_000
"""Rows from which on a second process saves more than it costs."""

CHUNK = 500
"""Rows of a line."""

Texts: TypeAlias = tuple[str | None, ...]
"""The fields ``ASKED`` of a record."""


class PartiesAhead:
    """Gives the parties of records; of those that were asked for they come from the second process, if there is one."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._threads: tuple[Thread, ...] = ()
        self._asked: list[list[Texts]] = []
        self._awaited: set[Texts] = set()
        self._answers: SimpleQueue[bytes] = SimpleQueue()
        self._answered = 0
        self._parties: dict[Texts, Party] = {}

    def start(self, rows: int) -> None:
        """Start the second process for that many rows, when it pays: it gets ready while the rows are understood."""
        if rows >= LARGE and (os.cpu_count() or 1) > 1:
            self._process = start("crm.jobs.parties_child", stdin=subprocess.PIPE)

    def ask(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Have the parties of rows worked out; once, for all rows."""
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            return
        source = map(_texts, rows)
        self._asked = list(iter(lambda: list(islice(source, CHUNK)), []))
        self._awaited.update(*self._asked)
        self._threads = (
            Thread(target=_tell, args=(process.stdin, self._asked), daemon=True),
            Thread(target=_listen, args=(process.stdout, self._answers), daemon=True),
        )
        for thread in self._threads:
            thread.start()

    def party(self, values: Mapping[str, Any]) -> Party:
        """Return what ``read_party`` returns of a record without a key."""
        texts = _texts(values)
        while texts not in self._parties and texts in self._awaited:
            self._take()
        return self._parties.get(texts) or read_party(None, values)

    def _take(self) -> None:
        """Wait for the next answer, and take it; after the last one nothing is awaited any more."""
        line = self._answers.get()
        if not line.endswith(b"\n"):  # the process is gone
            self._awaited.clear()
            return
        answers = zip(self._asked[self._answered], json.loads(line), strict=True)
        self._parties.update((texts, _party(*plain)) for texts, plain in answers)
        self._answered += 1

    def close(self) -> None:
        """End the second process."""
        if self._process is None:
            return
        self._process.kill()
        for thread in self._threads:
            thread.join()
        self._process.communicate() if not self._threads else self._process.wait()


@contextmanager
def parties_ahead() -> Iterator[PartiesAhead]:
    """Give what works out the parties of a file; its process, if it was started, ends with it."""
    ahead = PartiesAhead()
    try:
        yield ahead
    finally:
        ahead.close()


def _texts(values: Mapping[str, Any]) -> Texts:
    return tuple(map(values.get, ASKED))


def _tell(pipe: IO[bytes], asked: Sequence[Sequence[Texts]]) -> None:
    """Send the questions; a process that is gone answers none."""
    with suppress(OSError), pipe:
        for chunk in asked:
            pipe.write(written([list(texts) for texts in chunk]))


def _listen(pipe: IO[bytes], answers: SimpleQueue[bytes]) -> None:
    """Take the answers off the pipe as they come; an empty one stands for the end."""
    with pipe:
        for line in pipe:
            answers.put(line)
    answers.put(b"")


def _party(
    name: Sequence[Any] | None,
    investor: Sequence[Any] | None,
    credit_code: str,
    code_holds: bool,  # noqa: FBT001  (in the order of ``parties_child.plain``)
    *rest: Any,  # noqa: ANN401  (as they come out of JSON)
) -> Party:
    phones, contact, address, telling, weak = rest
    names = _name(name), _name(investor)
    return Party(
        key=None,
        name=names[0],
        investor=names[1],
        credit_code=credit_code,
        code_holds=code_holds,
        phones=tuple(phones),
        contact=contact,
        address=address,
        identities=tuple(one for one in names if one is not None and not one.generic),
        telling=tuple(telling),
        weak=tuple(weak),
    )


def _name(plain: Sequence[Any] | None) -> CompanyName | None:
    if plain is None:
        return None
    said, text, key, places, *rest = plain
    return CompanyName(said, text, key, tuple(places), *rest)
