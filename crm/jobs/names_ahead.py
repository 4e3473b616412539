"""What follows from the names of the rows of an import, worked out in a second process beside the one that imports.

To read the names of a row for its party, its place in the index and in the order takes as long as all else of its plan
(``names_child``). The rows are asked about as soon as their columns are known, by what their cells say as they stand,
and again where reading changed a text. What was not asked, or is not answered, is worked out here, so the answers are
always those of this process; only their time differs.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from queue import SimpleQueue
from threading import Thread
from typing import IO, Any, NamedTuple, TypeAlias

from crm.domain.companies.names import CompanyName
from crm.domain.companies.parties import Party, read_party
from crm.jobs.names_child import ASKED, received, send, written
from crm.workbooks.processes import start

LARGE = 2_000
"""Rows from which on a second process saves more than it costs."""

CHUNK = 500
"""Rows asked about at once."""

Texts: TypeAlias = tuple[str | None, ...]
"""The fields ``ASKED`` of a record."""


class Written(NamedTuple):
    """What is stored beside the names of a lead: the ``search_text`` of them, the ``sort_key`` of the first."""

    tokens: str
    sort_name: str


class NamesAhead:
    """Gives what follows from names; for rows that were asked about it comes from the second process, if there is one.

    Two threads talk with the process, for neither side may wait for the other with a full pipe.

    Attributes:
        fields: what is asked about a record (``crm.domain.imports.understanding.Foresight``).
    """

    fields = ASKED

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._threads: tuple[Thread, ...] = ()
        self._questions: SimpleQueue[tuple[Texts, ...]] = SimpleQueue()
        self._asked: list[tuple[Texts, ...]] = []
        self._awaited: set[Texts] = set()
        self._all_asked = False
        self._answers: SimpleQueue[Sequence[Any]] = SimpleQueue()
        self._answered = 0
        self._parties: dict[Texts, tuple[Any, ...]] = {}
        self._written: dict[Texts, tuple[str, str]] = {}

    def start(self, rows: int) -> None:
        """Start the second process for that many rows, when it pays: it gets ready while the columns are understood."""
        if rows < LARGE or (os.cpu_count() or 1) < 2:  # noqa: PLR2004  (a second core)
            return
        process = start("crm.jobs.names_child", stdin=subprocess.PIPE)
        self._process = process
        self._threads = (
            Thread(target=_tell, args=(process.stdin, self._questions), daemon=True),
            Thread(target=_listen, args=(process.stdout, self._answers), daemon=True),
        )
        for thread in self._threads:
            thread.start()

    def ask(self, rows: Iterable[Texts], *, last: bool = False) -> None:
        """Have rows worked out, each once; after the ``last`` of them no more is asked."""
        if self._process is None or self._all_asked:
            return
        source = iter(dict.fromkeys(texts for texts in rows if texts not in self._awaited))
        while chunk := tuple(islice(source, CHUNK)):
            self._asked.append(chunk)
            self._awaited.update(chunk)
            self._questions.put(chunk)
        if last:
            self._all_asked = True
            self._questions.put(())

    def party(self, values: Mapping[str, Any]) -> Party:
        """Return what ``read_party`` returns of a record without a key."""
        texts = texts_of(values)
        while texts not in self._parties and texts in self._awaited:
            self._take()
        answer = self._parties.get(texts)
        return read_party(None, values) if answer is None else _party(*answer)

    def written(self, values: Mapping[str, Any]) -> Written:
        """Return what is stored beside the names of a lead."""
        texts = texts_of(values)
        self.ask((), last=True)  # these answers come after all others
        while texts not in self._written and texts in self._awaited:
            self._take()
        return Written(*(self._written.get(texts) or written(texts)))

    def _take(self) -> None:
        """Wait for the next answers, and take them: first all parties, then the others; after the last ones no more."""
        answers = self._answers.get()
        if not answers:
            self._all_asked = True
            self._awaited.clear()
            return
        again, place = divmod(self._answered, len(self._asked))
        known: dict[Texts, Any] = self._written if again else self._parties
        known.update(zip(self._asked[place], answers, strict=True))
        self._answered += 1

    def close(self) -> None:
        """End the second process."""
        if self._process is None:
            return
        self._process.kill()
        self._questions.put(())
        for thread in self._threads:
            thread.join()
        self._process.wait()


@contextmanager
def names_ahead() -> Iterator[NamesAhead]:
    """Give what works out the names of a file; its process, if it was started, ends with it."""
    ahead = NamesAhead()
    try:
        yield ahead
    finally:
        ahead.close()


def texts_of(values: Mapping[str, Any]) -> Texts:
    """Return what is asked about a record."""
    return tuple(map(values.get, ASKED))


def _tell(pipe: IO[bytes], questions: SimpleQueue[tuple[Texts, ...]]) -> None:
    """Send the questions until an empty one; a process that is gone answers none."""
    with suppress(OSError), pipe:
        while chunk := questions.get():
            send(pipe, chunk)


def _listen(pipe: IO[bytes], answers: SimpleQueue[Sequence[Any]]) -> None:
    """Take the answers off the pipe as they come; an empty one stands for the end."""
    with pipe:
        for chunk in received(pipe):
            answers.put(chunk)
    answers.put(())


def _party(
    name: Sequence[Any] | None,
    investor: Sequence[Any] | None,
    credit_code: str,
    code_holds: bool,  # noqa: FBT001  (in the order of ``names_child.plain``)
    *rest: Any,  # noqa: ANN401  (plain values)
) -> Party:
    phones, contact, address, telling, weak = rest
    names = _name(name), _name(investor)
    identities = tuple([one for one in names if one is not None and not one.generic])
    return Party(None, *names, credit_code, code_holds, phones, contact, address, identities, telling, weak)


def _name(plain: Sequence[Any] | None) -> CompanyName | None:
    return None if plain is None else CompanyName(*plain)
