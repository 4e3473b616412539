"""A pasted text made plain, every character with its place in what was pasted.

Messages come in full and half width, traditional characters, with invisible marks; mirror pages glue pinyin behind
characters (項(xiàng)目). What is found in the plain text is shown in the pasted one.
"""

from __future__ import annotations

from dataclasses import dataclass

from crm.domain.companies.texts import simplified
from crm.domain.quantities.patterns import Pattern
from crm.domain.quantities.plain import narrow

MOST_CHARACTERS = 20_000
"""A longer text is no message: the rest is not looked at, and that is said."""

_NOTHING = frozenset("\u200b\u200c\u200d\u2060\ufeff\r")
_PINYIN = Pattern(r"(?<=[\u3400-\u9fff])\([a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ]{1,7}\)")
_OTHER = str.maketrans({"〜": "~", "∼": "~", "–": "-", "—": "-", "－": "-", "￥": "¥", "\t": " ", "\xa0": " "})


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A plain text.

    Attributes:
        text: half width, simplified characters, without invisible marks and glued pinyin.
        places: of each character its place in what was pasted; one more for the end.
    """

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a part of the plain text stands in what was pasted."""
        return self.places[start], self.places[end - 1] + 1


def clean(pasted: str) -> Cleaned:
    """Return the first ``MOST_CHARACTERS`` of a pasted text made plain."""
    flat = narrow(pasted[:MOST_CHARACTERS]).translate(_OTHER)
    left_out = {place for match in _PINYIN.finditer(flat) for place in range(*match.span())}
    kept = [place for place, sign in enumerate(flat) if place not in left_out and sign not in _NOTHING]
    text = simplified("".join(flat[place] for place in kept))
    return Cleaned(text, (*kept, len(flat)))


SENTENCE_ENDS = frozenset("。；;！!？?\n")
CLAUSE_ENDS = SENTENCE_ENDS | frozenset(",，、")


def clause_before(text: str, at: int, ends: frozenset[str] = CLAUSE_ENDS) -> int:
    """Return where the clause begins that ``at`` stands in; a comma inside a figure (2,000) ends none."""
    place = at
    while place > 0 and not _ends(text, place - 1, ends):
        place -= 1
    return place


def clause_after(text: str, at: int, ends: frozenset[str] = CLAUSE_ENDS) -> int:
    """Return where the clause ends that ``at`` stands in."""
    place = at
    while place < len(text) and not _ends(text, place, ends):
        place += 1
    return place


def _ends(text: str, place: int, ends: frozenset[str]) -> bool:
    if text[place] not in ends:
        return False
    between = text[place - 1 : place].isdigit() and text[place + 1 : place + 4].isdigit()
    return not (text[place] == "," and between)
