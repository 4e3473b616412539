"""Which column is which field: by the heading's words, the heading above it, the unit, and the look of the values.

Every decision carries how it was made, how sure it is and why, and nothing is bent: a heading that only looks like
money, land or tax is proposed and asked, a column whose values do not fit its heading stays unmapped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from crm.domain.fields.registry import Field, Kind
from crm.domain.imports.grid import CellValue, Sheet
from crm.domain.imports.heading_parts import NARRATIVE, SERIAL
from crm.domain.imports.headings import WEAK
from crm.domain.imports.labels import field_of_label, kind_of
from crm.domain.imports.looks import Look, fits
from crm.domain.imports.resource_headings import resource_heading
from crm.domain.imports.tables import Path, Table
from crm.domain.imports.texts import bracketed, plain
from crm.domain.imports.units import Unit, corner_unit, split_unit, suits
from crm.domain.imports.vocabulary import CONTEXT, GROUPS, NOTHING, WORDS, Meaning, cleaned, meaning_of, without_english

GRAVE = frozenset((Kind.MONEY, Kind.LAND, Kind.TAX_YEARS))
"""Kinds of field that are never mapped on a mere likeness."""
SAMPLE = 120
"""Values of a column that are looked at."""
SEVERAL = ("notes",)
"""Fields that may come from several columns."""

_YEAR = re.compile(r"(20\d\d)(?:年度|年)?")
_PAST = re.compile(r"实际|入库|完成|已|实缴|缴纳")
_PLANNED_GROUP = re.compile(r"^(?:计划|预计|拟|约定|目标|承诺)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, understood.

    Attributes:
        index: from 0.
        header: its heading as written, the one above it before a slash; "" where there is none.
        field: the canonical name; None when it stays unmapped.
        part: the kind of a ``space`` field, the year of ``tax_by_year``.
        labelled: its text goes into the notes under its heading.
        unit: what bare numbers in it are in.
        unit_from: ``header``, ``unit_row``, ``group``, ``corner``, ``map``, ``memory``; "" where nothing says it.
        how: ``map``, ``memory``, ``synonym``, ``pattern``, ``context``, ``fuzzy``, ``values``, ``only_name``,
            ``export``; "" when unmapped.
        confidence: percent.
        reason: a code that says why; of an unmapped column why not.
        rival: the column that counts instead of this one.
        proposed: the field it may be, to be asked.
    """

    index: int
    header: str
    field: str | None = None
    part: str = ""
    labelled: bool = False
    unit: Unit | None = None
    unit_from: str = ""
    how: str = ""
    confidence: int = 0
    reason: str = "unknown"
    rival: int | None = None
    proposed: str | None = None

    @property
    def target(self) -> str:
        """The field with its part: ``space.厂房``."""
        return f"{self.field}.{self.part}" if self.part else (self.field or "")

    @property
    def inferred(self) -> bool:
        """Whether the unit is inherited: 推断单位."""
        return self.unit_from in ("group", "corner")


@dataclass(frozen=True, slots=True)
class Said:
    """What ``--map`` says of a heading: its field (None: leave it), and its unit when given.

    Attributes:
        how: ``map``, or ``memory`` where it was said last time.
    """

    field: str | None
    part: str = ""
    unit: Unit | None = None
    how: str = "map"


@dataclass(frozen=True, slots=True)
class _Guess:
    field: str | None
    part: str = ""
    how: str = ""
    confidence: int = 0
    reason: str = "word"
    proposed: str | None = None


_NOT_OURS = _Guess(None, reason="not_ours")


def understand(
    sheet: Sheet,
    table: Table,
    fields: Mapping[str, Field],
    given: Mapping[str, Said] | None = None,
    recalled: Mapping[int, Said] | None = None,
) -> tuple[Column, ...]:
    """Return the columns of a table from left to right, each with its field or with why it has none.

    Args:
        sheet: where the table stands.
        table: as :func:`find_tables` found it.
        fields: of the kind of record that is imported.
        given: what the user said of headings, by plain text (``--map``).
        recalled: what the user said of them last time, by the number of the column.
    """
    said = {path.column: found for path in table.paths if (found := _said(path, given or {}, recalled or {}))}
    columns = [_column(sheet, table, path, fields, said.get(path.column)) for path in table.paths]
    columns = _one_each(_name_at_least(columns, fields))
    return tuple(with_unit(column, table, fields, said.get(column.index)) for column in columns)


def _said(path: Path, given: Mapping[str, Said], recalled: Mapping[int, Said]) -> Said | None:
    """Return what was said of a column: now, else last time."""
    now = next((given[name] for name in heading_names(path) if name in given), None)
    return now or recalled.get(path.column)


def header_text(path: Path) -> str:
    """Return a heading as it is shown: group/heading, line breaks and blanks taken out."""
    return "/".join(re.sub(r"\s+", "", part) for part in path.parts)


def heading_names(path: Path) -> tuple[str, ...]:
    """Return the names a user may call a column by: whole, without units, its last part."""
    bare = [split_unit(part)[0] for part in path.parts]
    last = path.parts[-1] if path.parts else ""
    return tuple(dict.fromkeys((plain(header_text(path)), "/".join(bare), plain(last), *bare[-1:])))


# ------------------------------------------------------------------------------------------- one column


def _column(sheet: Sheet, table: Table, path: Path, fields: Mapping[str, Field], said: Said | None) -> Column:
    header = header_text(path)
    if said:
        return Column(path.column, header, said.field, said.part, how=said.how, confidence=100, reason=said.how)
    look = Look.of(_sample(sheet, table, path.column))
    guess = _by_words(path, fields) if path.parts else None
    guess = guess or _by_values(look, fields) or _Guess(None, reason="unknown" if path.parts else "no_heading")
    labelled = guess.field == NARRATIVE
    if labelled:
        guess = replace(guess, field="notes") if "notes" in fields else _NOT_OURS
    if guess.field and guess.field != SERIAL:
        guess = _checked(guess, path, look, fields)
    return Column(
        path.column,
        header,
        guess.field,
        guess.part,
        labelled=labelled,
        how=guess.how,
        confidence=guess.confidence,
        reason=guess.reason,
        proposed=guess.proposed,
    )


def _sample(sheet: Sheet, table: Table, column: int) -> list[CellValue]:
    values: list[CellValue] = []
    for row in range(table.first, table.last + 1):
        value = sheet.rows[row][column]
        if value is not None:
            values.append(value)
            if len(values) == SAMPLE:
                break
    return values


def _by_words(path: Path, fields: Mapping[str, Field]) -> _Guess | None:
    leaf = cleaned(split_unit(path.parts[-1])[0])
    group = "/".join(cleaned(split_unit(part)[0]) for part in path.parts[:-1])
    own = field_of_label(fields, leaf)
    if own:
        return _Guess(own, how="synonym", confidence=100)
    listed = resource_heading(kind_of(fields) or "", leaf)
    if listed:
        return _Guess(listed.field, listed.part, "synonym" if listed.exact else "pattern", 100 if listed.exact else 90)
    guess = _year_column(leaf, group) or (_in_context(leaf, group) if group else None) or _meant(leaf)
    if guess is None and leaf == "面积" and _measures_land(path):
        guess = _Guess("land", how="context", confidence=85, reason="unit")
    if guess is None and group:
        guess = _meant(group + leaf)
    guess = guess or _alike(leaf)
    if guess and guess.field not in (None, SERIAL, NARRATIVE) and guess.field not in fields:
        return _Guess(None, reason="not_of_this_kind")
    return guess


def _measures_land(path: Path) -> bool:
    """Whether the unit is one that only land is measured in."""
    unit = path.unit or split_unit(path.parts[-1])[1]
    return unit is not None and unit.word in ("亩", "公顷", "平方公里")


def _meant(text: str) -> _Guess | None:
    meaning = meaning_of(text)
    if meaning:
        return _guess(meaning, text)
    chinese = without_english(text)
    if chinese != text and (meaning := meaning_of(chinese)):
        return _guess(meaning, chinese)
    outside, inside = bracketed(text)
    meaning = meaning_of(outside) if inside and outside else None
    if meaning is None:
        return None
    found = _guess(meaning, outside)
    return replace(found, confidence=found.confidence - 10)


def _guess(meaning: Meaning, text: str) -> _Guess:
    if meaning.field is None:
        return _NOT_OURS
    confidence = (100 if meaning.exact else 90) - (20 if text in WEAK else 0)
    return _Guess(meaning.field, meaning.part, "synonym" if meaning.exact else "pattern", confidence)


def _year_column(leaf: str, group: str) -> _Guess | None:
    """Return what a heading with a year means: 2027年税收 is that year's tax, other figures of one year are nothing."""
    year = _YEAR.search(leaf)
    if not year:
        return None
    rest = _YEAR.sub("", leaf, count=1).strip("()度")
    meaning = meaning_of(rest or group.rpartition("/")[2])
    if meaning and meaning.field == "annual_tax" and not _PAST.search(leaf + group):
        return _Guess("tax_by_year", year[1], "pattern", 90)
    return _Guess(None, reason="one_year")


def _in_context(leaf: str, group: str) -> _Guess | None:
    """Return what a short heading means under its group: 投资方/名称, 用地/面积, 进展时间/签约."""
    whole = meaning_of(group.replace("/", "") + leaf)
    if whole and whole.field is None and not whole.exact:
        return _NOT_OURS
    for kind, pattern in GROUPS.items():
        if not pattern.search(group):
            continue
        field = CONTEXT[kind].get(leaf)
        if field:
            return _NOT_OURS if field == NOTHING else _Guess(field, "", "context", 95, "group")
        if kind == "when":
            return _moment(leaf, group)
    return None


def _moment(leaf: str, group: str) -> _Guess | None:
    meaning = meaning_of(leaf if leaf.endswith(("时间", "日期", "年月")) else f"{leaf}时间")
    if meaning is None or meaning.field is None or not meaning.field.endswith(("_on", "_at", "_by")):
        return None
    if _PLANNED_GROUP.match(group):
        return _Guess(None, reason="planned")
    return _Guess(meaning.field, "", "context", 95, "group")


@lru_cache(maxsize=4096)
def _alike(text: str) -> _Guess | None:
    """Return the listed heading that is one slip of the pen away, when there is one, and it is one of ours."""
    from rapidfuzz.distance import DamerauLevenshtein  # noqa: PLC0415  (20 ms that only a strange heading costs)

    if not 3 <= len(text) <= 12:  # noqa: PLR2004  (shorter words differ by one character and mean another thing)
        return None
    near = [
        heading
        for word, heading in WORDS.items()
        if abs(len(word) - len(text)) <= 1 and DamerauLevenshtein.distance(word, text, score_cutoff=1) <= 1
    ]
    found = {(heading.field, heading.part) for heading in near}
    if len(found) != 1:
        return None
    field, part = found.pop()
    return _Guess(field, part, "fuzzy", 70, "alike") if field else None


def _by_values(look: Look, fields: Mapping[str, Field]) -> _Guess | None:
    for field in ("credit_code", "contact_phone"):
        if field in fields and look.is_surely(fields[field].kind):
            return _Guess(field, "", "values", 75, "values")
    return None


def _checked(guess: _Guess, path: Path, look: Look, fields: Mapping[str, Field]) -> _Guess:
    """Return the guess, or why it cannot stand: unit or values of something else, or grave and only alike."""
    field = fields[guess.field or ""]
    unit = path.unit or (split_unit(path.parts[-1])[1] if path.parts else None)
    if unit and not suits(unit, field):
        return _Guess(None, reason="wrong_unit")
    if guess.how == "fuzzy" and field.kind in GRAVE:
        return _Guess(None, guess.part, confidence=guess.confidence, reason="asked", proposed=field.name)
    if field.name == "status" and "stage" in fields and look.stages > look.statuses and fits(look, fields["stage"]):
        return replace(guess, field="stage")  # 状态 is what we call the status, and what ledgers call the stage
    if fits(look, field):
        return guess
    if field.name == "stage" and "notes" in fields:
        return _Guess("notes", "", guess.how, 60, "not_stages")
    return _Guess(None, reason="values_do_not_fit")


# ------------------------------------------------------------------------------------------- all columns together


def _name_at_least(columns: list[Column], fields: Mapping[str, Field]) -> list[Column]:
    """Return the columns; where none holds the name, the firm's name is the name: rather 公司名称 than 投资方."""
    firms = [column for column in columns if column.field == "investor"]
    if "name" not in fields or not firms or any(column.field == "name" for column in columns):
        return columns
    best = max(
        firms, key=lambda column: (len(firms) == 1 or "投资" not in column.header, column.confidence, -column.index)
    )
    only = replace(best, field="name", how="only_name", confidence=80, reason="only_name")
    return [only if column is best else column for column in columns]


def _one_each(columns: Sequence[Column]) -> list[Column]:
    """Return the columns with one column a field: the surest, of equal ones the first."""
    best: dict[str, Column] = {}
    for column in columns:
        if column.field and not column.labelled and _surer(column, best.get(column.target)):
            best[column.target] = column
    first: dict[str, Column] = {}
    for column in columns:
        first.setdefault(plain(column.header), column)
    return [_alone(column, best.get(column.target, column), first[plain(column.header)]) for column in columns]


def _surer(column: Column, other: Column | None) -> bool:
    return other is None or column.confidence > other.confidence


def _alone(column: Column, winner: Column, first: Column) -> Column:
    if column.field == SERIAL:
        return replace(column, field=None, how="", reason="serial")
    if column.field is None and column.header and first is not column:
        return replace(column, reason="same_heading", rival=first.index)
    if winner is column:
        return column
    if column.field in SEVERAL:
        return replace(column, labelled=True)
    same = plain(winner.header) == plain(column.header)
    reason = "same_heading" if same else "taken"
    return Column(column.index, column.header, reason=reason, rival=winner.index, proposed=column.target)


def with_unit(column: Column, table: Table, fields: Mapping[str, Field], given: Said | None = None) -> Column:
    """Return a column with the unit of its bare numbers: from its heading, the row of units, the group, the corner."""
    if not column.field:
        return column
    field = fields[column.field]
    path = next(path for path in table.paths if path.column == column.index)
    said = given.unit if given else None
    own = split_unit(path.parts[-1])[1] if path.parts else None
    above = [unit for part in reversed(path.parts[:-1]) if (unit := split_unit(part)[1])]
    corner = corner_unit(field, table.corner)
    sources = (
        (said, given.how if given else ""),
        (own, "header"),
        (path.unit, "unit_row"),
        *((unit, "group") for unit in above),
        (corner, "corner"),
    )
    for unit, source in sources:
        if unit and suits(unit, field):
            return replace(column, unit=unit, unit_from=source)
    return column
