"""What the values of a column look like, as evidence for or against its heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from crm.domain.fields.registry import Field, Kind
from crm.domain.imports.grid import CellValue, Flaw, Flawed
from crm.domain.imports.texts import plain
from crm.domain.imports.words import planned_stage_of, stage_of

LOOKED_AT = 200
"""Characters of a text that are looked at: what a value is shows at its beginning, and a cell holds 32,767."""

_EMPTY = re.compile(
    r"[-—–/\\.?…、]*|待定|暂无|无|未定|不详|待补充|未填|NA|N/A|NULL|NONE|NAH|未注册|待核|未知", re.IGNORECASE
)
_FIGURE = re.compile(r"\d|[一二三四五六七八九十两]+[百千万亿]|[数几][十百千万亿]")
_NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?")
_DATE = re.compile(
    r"(?:19|20)?\d\d[年./\-]\d{0,2}|(?:19|20)\d\d(?:年|$)|季度|[上下]半年|\d{1,2}月|年[初中末底]|[QH][1-4]|^(?:19|20)\d{6}$"
)
_CODE = re.compile(r"[0-9A-HJ-NP-RT-UW-Y]{15,18}", re.IGNORECASE)
_PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d[\d*]{8}|0\d{2,3}-?\d{7,8})(?!\d)")


@dataclass(frozen=True, slots=True)
class Look:
    """Counts over the filled values of a column, the empty words left out.

    Attributes:
        count: values looked at.
        numbers: numeric cells, and texts that are nothing else.
        dates: date cells, and texts and numbers that can be dates.
        figures: cells with a figure in them, amounts in words too.
        codes: what looks like a credit code, damaged ones too.
        phones: what holds a telephone number.
        stages: what names a stage or a status.
        statuses: what of these names a status.
        long: texts of more than 12 characters.
    """

    count: int = 0
    numbers: int = 0
    dates: int = 0
    figures: int = 0
    codes: int = 0
    phones: int = 0
    stages: int = 0
    statuses: int = 0
    long: int = 0
    texts: tuple[str, ...] = ()

    @classmethod
    def of(cls, values: Sequence[CellValue]) -> Look:
        """Return the look of values."""
        texts: list[str] = []
        counts = dict.fromkeys(
            ("count", "numbers", "dates", "figures", "codes", "phones", "stages", "statuses", "long"), 0
        )
        for value in values:
            text = plain(str(value)[:LOOKED_AT])
            if _EMPTY.fullmatch(text):
                continue
            counts["count"] += 1
            _count(counts, value, text)
            texts.append(text)
        return cls(**counts, texts=tuple(dict.fromkeys(texts)))

    def mostly(self, part: int, percent: int) -> bool:
        """Whether at least so many percent of the values are of a sort."""
        return part * 100 >= self.count * percent

    def is_surely(self, kind: Kind) -> bool:
        """Whether a column without a known heading can only hold this kind."""
        if self.count < 3:  # noqa: PLR2004
            return False
        part = {Kind.CREDIT_CODE: self.codes, Kind.PHONE: self.phones}.get(kind, 0)
        return self.mostly(part, 70)


def _count(counts: dict[str, int], value: CellValue, text: str) -> None:
    number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    damaged = isinstance(value, Flawed) and value.flaw is Flaw.DAMAGED
    counts["numbers"] += number or bool(_NUMBER.fullmatch(text))
    counts["dates"] += isinstance(value, date | datetime) or _may_be_date(value, text, number=number)
    counts["figures"] += number or bool(_FIGURE.search(text))
    counts["codes"] += damaged or bool(_CODE.fullmatch(text)) or bool(re.fullmatch(r"\d(?:\.\d+)?E\+1\d", text))
    counts["phones"] += bool(_PHONE.search(text))
    found = stage_of(text)
    counts["stages"] += found is not None or planned_stage_of(text) is not None
    counts["statuses"] += found is not None and found[0] == "status"
    counts["long"] += len(text) > 12  # noqa: PLR2004


def _may_be_date(value: CellValue, text: str, *, number: bool) -> bool:
    if isinstance(value, Flawed):
        return value.flaw is Flaw.NOT_A_DATE
    if number and isinstance(value, int):
        return 20000 <= value <= 80000 or 1990 <= value <= 2100 or 19900101 <= value <= 21001231  # noqa: PLR2004
    if number:
        return 1990 <= value < 2100  # type: ignore[operator]  # noqa: PLR2004
    return bool(_DATE.search(text)) or (text.isdigit() and 30000 <= int(text) <= 80000)  # noqa: PLR2004


_FIGURES = frozenset((Kind.MONEY, Kind.NUMBER, Kind.LAND, Kind.SPACES, Kind.TAX_YEARS))


def fits(look: Look, field: Field) -> bool:
    """Whether values can belong to a field; a column without values fits any."""
    if look.count == 0:
        return True
    if field.kind in (Kind.DATE, Kind.MOMENT):
        return look.mostly(look.dates, 30)
    if field.kind in _FIGURES:
        return look.mostly(look.figures, 30) and not look.mostly(look.codes, 50)
    if field.kind is Kind.CREDIT_CODE:
        return look.mostly(look.codes, 30)
    return _fits_text(look, field)


def _fits_text(look: Look, field: Field) -> bool:
    if field.name == "stage":
        return look.mostly(look.stages, 50)
    if field.name in ("name", "investor", "industry", "country", "owner", "bureau"):
        return not look.mostly(look.numbers, 50)
    if field.name == "area":
        return not look.mostly(look.numbers, 50) and not look.mostly(look.long, 60)
    if field.kind is Kind.CHOICE:
        words = {word for choice in field.choices for word in (choice.code, *choice.words)}
        known = sum(any(word in text or text in word for word in words) for text in look.texts)
        return known * 3 >= len(look.texts)
    return True
