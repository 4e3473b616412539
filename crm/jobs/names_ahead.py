"""What follows from the names of the rows of an import, worked out in a second process beside the one that imports.

To read the names of a row for its party, its place in the index and in the order takes as long as all else of its plan
(``names_child``). The rows are asked about as soon as their columns are known, by what their cells say as they stand,
and again where reading changed a text. What was not asked, or is not answered, is worked out here, so the answers are
always those of this process; only their time differs.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from enum import IntEnum
from itertools import islice
from queue import SimpleQueue
from threading import Thread
from typing import IO, Any, TypeAlias

from crm.domain.companies.names import CompanyName
from crm.domain.companies.parties import Party, read_party
from crm.jobs.names_child import ASKED, received, send, sort_name, tokens
from crm.workbooks.processes import start

LARGE = 2_000
"""Rows from which on a second process saves more than it costs."""

CHUNK = 500
"""Rows asked about at once."""

Texts: TypeAlias = tuple[str | None, ...]
"""The fields ``ASKED`` of a record."""


class Round(IntEnum):
    """The rounds of answers, in their order."""

    PARTY = 0
    SORT_NAME = 1
    TOKENS = 2


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
        self._known: tuple[dict[Texts, Any], ...] = tuple({} for _round in Round)

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
        answer = self._answer(Round.PARTY, texts_of(values))
        return read_party(None, values) if answer is None else _party(*answer)

    def sort_names(self, rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
        """Give the ``sort_key`` of the names of records, in their order."""
        return self._written(Round.SORT_NAME, rows, sort_name)

    def tokens(self, rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
        """Give the ``search_text`` of the names of leads, in their order."""
        return self._written(Round.TOKENS, rows, tokens)

    def _written(self, wanted: Round, rows: Iterable[Mapping[str, Any]], work: Callable[[Texts], str]) -> Iterator[str]:
        self.ask((), last=True)  # these rounds begin when all was asked
        for texts in map(texts_of, rows):
            answer: str | None = self._answer(wanted, texts)
            yield work(texts) if answer is None else answer

    def _answer(self, wanted: Round, texts: Texts) -> Any:  # noqa: ANN401  (as the round has it; None: not answered)
        known = self._known[wanted]
        while texts not in known and texts in self._awaited:
            self._take()
        return known.get(texts)

    def _take(self) -> None:
        """Wait for the next answers, and take them; after the last ones nothing is awaited any more."""
        answers = self._answers.get()
        if not answers:
            self._all_asked = True
            self._awaited.clear()
            return
        now, place = divmod(self._answered, len(self._asked))
        self._known[now].update(zip(self._asked[place], answers, strict=True))
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
