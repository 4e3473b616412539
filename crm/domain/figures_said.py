"""Figures and dates that stand in a text, as values: whether a rewritten sentence still says what the data say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from crm.domain.quantities.numerals import numeral, simplify

_SCALES = {"": Decimal(1), "万": Decimal(10**4), "亿": Decimal(10**8)}
_DATE = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})(?:\s*[月./-]\s*(\d{1,2})\s*日?|\s*月)")
_NUMBER = re.compile(r"(?P<figure>\d+(?:,\d{3})*(?:\.\d+)?)\s*(?P<scale>[万亿]?)")
_SPELLED = re.compile(
    r"[\d.]*[零〇一二两三四五六七八九十百千][零〇一二两三四五六七八九十百千万亿点\d.]*"
    r"(?=\s*(?:亩|元|美元|欧元|日元|港元|平方米|平米|m2|公顷|吨|千瓦)|(?<=[零〇一二两三四五六七八九十百千万]{2})人)"
)
"""Chinese numerals before a unit: 三十亩, 五千四百万元, 3千万元; 一个 and 两项 are words of a sentence."""

_RANGE = re.compile(r"\s*(?:-|–|—|~|～|至|到)\s*")
_LISTED = re.compile(r"^\s*[(（]?\d{1,2}\s*[)）、.．]\s*(?=\D)", re.MULTILINE)
"""Numbers of a list at the beginning of a line: 1. （2） 3、 say nothing of the data."""

_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Said:
    """A figure or date of a text.

    Attributes:
        text: as it is written.
        value: a number scaled by its 万 or 亿; a date as ISO text, as far as it is given.
        bare: the figure without its 万: what a table headed 万元 has in its cells; None for a date.
    """

    text: str
    value: Decimal | str
    bare: Decimal | None = None


def figures_said(text: str) -> list[Said]:
    """Return the figures and dates of a text in order; the first end of a range has the 万 or 亿 of the second."""
    plain = unicodedata.normalize("NFKC", text.replace("，", "、"))  # a comma of a sentence parts no thousands
    plain = _LISTED.sub(lambda match: " " * len(match[0]), plain)
    dates = list(_DATE.finditer(plain))
    found = [(match.start(), Said(match[0].strip(), _iso(match))) for match in dates]
    blank = _DATE.sub(lambda match: " " * len(match[0]), plain)
    for match in _SPELLED.finditer(blank):
        found += [(match.start(), said) for said in _spelled(match[0])]
    found += _numbers(_SPELLED.sub(lambda match: " " * len(match[0]), blank))
    return [said for _place, said in sorted(found, key=lambda each: each[0])]


def not_in_data(text: str, data: Iterable[str]) -> list[str]:
    """Return the figures and dates of a text that stand nowhere in the data, as they are written, each once.

    Args:
        text: a sentence an officer wrote.
        data: the texts the program made of the facts, cells of tables among them.
    """
    known = [said for each in data for said in figures_said(each)]
    values = {said.value for said in known}
    cells = {said.bare for said in known if said.bare is not None and said.bare == said.value}
    strange = (
        said.text
        for said in figures_said(text)
        if said.value not in values and not (said.bare in cells and said.bare != said.value and "万" in said.text)
    )
    return list(dict.fromkeys(strange))


def _iso(match: re.Match[str]) -> str:
    parts = [int(part) for part in match.groups() if part]
    return "-".join(f"{part:02d}" for part in parts)


def _spelled(text: str) -> Iterator[Said]:
    """Yield the figure in Chinese numerals, where they say one."""
    plain = simplify(text)
    value, bare = numeral(plain), numeral(plain.rstrip("万亿"))
    if value is not None:
        yield Said(text, value, bare)


def _numbers(text: str) -> Iterator[tuple[int, Said]]:
    matches = list(_NUMBER.finditer(text))
    scales = [match["scale"] for match in matches]
    for place, (first, second) in reversed(list(enumerate(pairwise(matches)))):
        if not scales[place] and _RANGE.fullmatch(text[first.end() : second.start()]):
            scales[place] = scales[place + 1]
    for match, scale in zip(matches, scales, strict=True):
        figure = Decimal(_GROUPED.sub("", match["figure"]))
        yield match.start(), Said(match[0].strip(), figure * _SCALES[scale], figure)
