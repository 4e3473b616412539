"""The process that works out what follows from the names of the rows of an import, beside the one that imports them.

Chunks of rows come in on standard input: of each row the texts of the fields ``ASKED``. The answers go out on standard
output in rounds, in the order the import needs them, in each round one for every chunk: the parties of its rows, at
once; when the input has ended the keys they are sorted by; last the tokens they are found by. Everything that passes
is one value of ``marshal`` behind its length in eight bytes.
"""

from __future__ import annotations

import gc
import marshal
import sys
from collections.abc import Iterator, Sequence
from typing import IO, Any

from crm.domain.companies.parties import Party, read_party
from crm.domain.companies.pinyin import sort_key
from crm.domain.companies.search import search_text

ASKED = ("name", "investor", "credit_code", "contact", "contact_phone", "address")
"""The fields a record is compared by, its names first; None for one that is not known."""

NAMES = 2
"""How many of them are names, which are searched and sorted by."""

_LENGTH = 8


def main() -> None:
    """Answer until all is answered."""
    gc.disable()  # nothing here lives in circles, and the process ends soon
    chunks = []
    for rows in received(sys.stdin.buffer):
        chunks.append(rows)
        send(sys.stdout.buffer, [plain(read_party(None, dict(zip(ASKED, texts, strict=True)))) for texts in rows])
    for work in (sort_name, tokens):
        for rows in chunks:
            send(sys.stdout.buffer, list(map(work, rows)))


def sort_name(texts: Sequence[str | None]) -> str:
    """Return what a row is sorted by."""
    return sort_key(texts[0] or "")


def tokens(texts: Sequence[str | None]) -> str:
    """Return what a row is found by: the ``search_text`` of its names."""
    return search_text(texts[:NAMES])


def plain(party: Party) -> tuple[Any, ...]:
    """Return the party of a lead as plain tuples, without its key and what only enterprises have.

    Its identities are left out too: they are among its names.
    """
    name, investor = (None if one is None else tuple(one) for one in (party.name, party.investor))
    return name, investor, *party[3:8], *party[9:11]


def send(pipe: IO[bytes], value: list[Any] | tuple[Any, ...]) -> None:
    """Write a value of plain parts.

    Raises:
        OSError: nobody reads any more.
    """
    content = marshal.dumps(value)
    pipe.write(len(content).to_bytes(_LENGTH, "big") + content)
    pipe.flush()


def received(pipe: IO[bytes]) -> Iterator[Any]:
    """Yield the values that come in, until there are no more or one breaks off."""
    while len(length := pipe.read(_LENGTH)) == _LENGTH:
        content = pipe.read(size := int.from_bytes(length, "big"))
        if len(content) < size:
            return
        yield marshal.loads(content)  # noqa: S302  (both ends are this program, and only its own texts pass between)
