"""The mark of an exported row: whose it is, and what was known when it left; a round trip stands on it.

It is one text in a hidden column, so it goes wherever the row goes: sorted, filtered, copied into another workbook.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

SIGN = "xiangtu:"
"""How the key of the column of marks begins; the kind of record follows."""

WORKED_OUT = "xiangtu-result"
"""The key of a column whose values the program works out: never read back."""

SEAL_SHOWN = 12
"""Characters of a seal that tell one history from another."""

_MARK = re.compile(r"([0-9a-f-]{36})@(\d{1,18})#(\d{1,18})\.([0-9a-f]{0,12})(\*?)")


@dataclass(frozen=True, slots=True)
class Mark:
    """What an exported row says of itself.

    Attributes:
        uid: of the record.
        version: of the record when it left.
        place: how many change sets the history had then.
        seal: the begin of the last one's seal: another history, or one cut and continued, has another.
        masked: contacts and confidential names were withheld.
    """

    uid: str
    version: int
    place: int
    seal: str
    masked: bool

    def __str__(self) -> str:
        return f"{self.uid}@{self.version}#{self.place}.{self.seal[:SEAL_SHOWN]}{'*' * self.masked}"


def read_mark(given: object) -> Mark | None:
    """Return the mark that a cell holds, or None."""
    found = _MARK.fullmatch(given.strip()) if isinstance(given, str) else None
    if found is None:
        return None
    uid, version, place, seal, masked = found.groups()
    return Mark(uid, int(version), int(place), seal, bool(masked))
