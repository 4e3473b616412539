"""What each row under a heading is: a project, a section, a sum, a note, a blank line, the heading again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from crm.domain.imports.grid import CellValue, Merge, Sheet
from crm.domain.imports.headers import Column
from crm.domain.imports.tables import Table
from crm.domain.imports.texts import bracketed, cell_text, plain, plain_cell
from crm.domain.imports.words import planned_stage_of, stage_of


class RowKind(StrEnum):
    """What a row of a table's body is."""

    DATA = "data"
    SECTION = "section"
    SUBTOTAL = "subtotal"
    NOTE = "note"
    BLANK = "blank"
    HEADING = "heading"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A row of the body.

    Attributes:
        index: from 0.
        kind: what it is.
        text: of a section, sum or note: what it says.
        section: of a data row and a sum: the section it stands in; None outside any.
    """

    index: int
    kind: RowKind
    text: str = ""
    section: str | None = None


MANY = 8
"""Cells from which on a row with a name is a project without a closer look."""

_SUM = re.compile(
    r"^(?:.{0,12}?)(?:本页|本月|全区|全市|累计|分项|项目)*(?:小计|合计|总计|共计|累计|汇总|总和|合共)(?:数|金额)?(?:\(.*\)|[:：].*|\d+个.*)?$"
)
_NUMBERED = re.compile(
    r"^(?:\(?[一二三四五六七八九十]{1,3}\)?[、.．)\]]?|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]{1,3}(?:部分|类|批)?|[ⅠⅡⅢⅣⅤⅥIVX]{1,4}[.、]|[①-⑳])"
)
_COUNTED = re.compile(r"(?:\(?(?:共|计|合计)?\d{1,6}(?:个|项|家|宗)\)?)$")
_NOTE = re.compile(
    r"^[*※★]?\(?(?:备注|注|说明|填表说明|填报说明|附注|填表人|填报人|填表|审核人|审核|制表人|制表|制表日期|日期|时间|复核|主管领导|分管领导|签字|盖章|单位负责人|负责人签字|联系人|联系电话|报送|数据来源|统计口径|口径说明"
    r"|注释|编制说明|填报单位|填报时间|填表单位|打印|第\d+页)(?:[:：\d.、)]|$|\S*[:：])"
)
_FIGURE = re.compile(r"[\d,.%~\-—/]+|\d+(?:个|项|家|亩)?")
_LISTED = re.compile(r"^\d{1,2}[.、．)]\S{4,}")


def classify(sheet: Sheet, table: Table, columns: Sequence[Column]) -> tuple[BodyRow, ...]:
    """Return the rows of a table's body, each with what it is.

    A row is a project when it has a name, or several values in columns that are understood; what stands below the last
    project is a note.
    """
    reader = _Reader(sheet, table, columns)
    kinds = [reader.kind(row) for row in range(table.first, table.last + 1)]
    kinds = _sections_before_data(kinds)
    return tuple(_with_sections(kinds))


class _Reader:
    """Looks at the rows of one table."""

    def __init__(self, sheet: Sheet, table: Table, columns: Sequence[Column]) -> None:
        self.sheet = sheet
        self.left, self.right = table.left, table.right
        self.width = self.right - self.left + 1
        self.name = next((column.index for column in columns if column.field == "name"), None)
        self.serial = next((column.index for column in columns if column.reason == "serial"), None)
        self.mapped = {column.index for column in columns if column.field}
        self.shown = {str(path.parts[-1]) for path in table.paths if path.parts}
        self.heading = [plain(str(path.parts[-1])) if path.parts else "" for path in table.paths]
        self.merges = _merges_by_start(sheet.merges, table)
        self.covered_names = _covered(sheet.merges, table, self.name)
        self.serials = self._has_serials(table)
        self.usual = self._usual_fill(table)

    def _has_serials(self, table: Table) -> bool:
        if self.serial is None:
            return False
        cells = [
            self.sheet.rows[row][self.serial] for row in range(table.first, min(table.last, table.first + 200) + 1)
        ]
        return sum(_is_serial(value) for value in cells) >= 2  # noqa: PLR2004

    def _usual_fill(self, table: Table) -> int:
        fills = sorted(len(self._filled(row)) for row in range(table.first, min(table.last, table.first + 200) + 1))
        fills = [fill for fill in fills if fill]
        return fills[len(fills) // 2] if fills else 0

    def _filled(self, row: int) -> list[tuple[int, CellValue]]:
        values = self.sheet.rows[row]
        return [
            (column, value)
            for column in range(self.left, self.right + 1)
            if (value := values[column]) is not None and not (isinstance(value, str) and not value.strip())
        ]

    def kind(self, row: int) -> BodyRow:
        """Return what a row is, looked at by itself."""
        if self._is_plainly_data(self.sheet.rows[row]):
            return BodyRow(row, RowKind.DATA)
        filled = self._filled(row)
        if not filled:
            return BodyRow(row, RowKind.BLANK)
        texts = [(column, plain_cell(value)) for column, value in filled]
        return BodyRow(row, RowKind.HEADING) if self._repeats_heading(texts) else self._other_kind(row, texts)

    def _other_kind(self, row: int, texts: list[tuple[int, str]]) -> BodyRow:
        total = self._sum_label(row, texts)
        if total is not None:
            return BodyRow(row, RowKind.SUBTOTAL, total)
        label = "".join(text for _, text in texts)
        if self._is_section(row, texts):
            return BodyRow(row, RowKind.SECTION, label)
        return BodyRow(row, RowKind.NOTE, label) if self._is_note(row, texts) else BodyRow(row, RowKind.DATA)

    def _is_plainly_data(self, values: Sequence[CellValue]) -> bool:
        """Whether a row is a project at the first glance: it has a name, and a running number or many cells."""
        name = values[self.name] if self.name is not None else None
        if not isinstance(name, str) or not name.strip():
            return False
        if self.serial is not None:
            return isinstance(values[self.serial], int)
        own = values[self.left : self.right + 1]
        if self.width - own.count(None) < MANY or _NUMBERED.match(name) or _COUNTED.search(name):
            return False
        return not any(isinstance(value, str) and (value in self.shown or "计" in value) for value in own)

    def _repeats_heading(self, texts: list[tuple[int, str]]) -> bool:
        same = sum(
            text == self.heading[column - self.left] for column, text in texts if column - self.left < len(self.heading)
        )
        return len(texts) >= 3 and same * 10 >= len(texts) * 8  # noqa: PLR2004

    def _sum_label(self, row: int, texts: list[tuple[int, str]]) -> str | None:
        """Return the words of a sum: 合 计 in one of the first cells, or where the name stands; None for other rows."""
        if self.serial is not None and _is_serial(self.sheet.rows[row][self.serial]):
            return None
        reach = max(self.name or 0, self.left + 3)
        for column, text in texts:
            if (column <= reach or text in ("合计", "小计", "总计", "共计")) and _SUM.match(text) and len(text) <= 20:  # noqa: PLR2004
                return text
        return None

    def _is_section(self, row: int, texts: list[tuple[int, str]]) -> bool:
        texts = self._without_sums(texts)
        if len(texts) > 2 or (len(texts) == 2 and not _NUMBERED.fullmatch(texts[0][1])):  # noqa: PLR2004
            return False
        column, text = texts[-1]
        if len(text) > 40 or _NOTE.match(text) or _is_serial(self.sheet.rows[row][texts[0][0]]):  # noqa: PLR2004
            return False
        label = "".join(one for _, one in texts)
        wide = self._is_wide(row, texts[0][0])
        evidence = (
            2 * wide
            + 2 * bool(_NUMBERED.match(label))
            + bool(_COUNTED.search(label))
            + label.endswith((":", "：", "类"))
        )
        evidence += section_stage(label) is not None or planned_in_section(label) is not None
        evidence += self.serials and column != self.name
        evidence -= column > self.left + 3 and not wide
        only_a_name = column == self.name and not wide and not (self.serials and len(texts) == 1)
        return evidence >= (3 if only_a_name else 2)  # a project of which only the name is known is a project

    def _without_sums(self, texts: list[tuple[int, str]]) -> list[tuple[int, str]]:
        """Return the first cells of a row when all that follow are bare figures: 一、签约项目 | | 11.7 | 92.5."""
        label = "".join(text for _, text in texts[:2] if not _FIGURE.fullmatch(text))
        marked = _NUMBERED.match(label) or _COUNTED.search(label) or label.endswith((":", "："))
        figures = [text for column, text in texts[1:] if _FIGURE.fullmatch(text)]
        if not marked or len(figures) < 1 or section_stage(label) is None:
            return texts
        words = [(column, text) for column, text in texts if not _FIGURE.fullmatch(text)]
        return words if len(words) + len(figures) >= len(texts) else texts

    def _is_wide(self, row: int, column: int) -> bool:
        merge = self.merges.get((row, column))
        return merge is not None and (merge.right - merge.left + 1) * 2 >= self.width

    def _is_note(self, row: int, texts: list[tuple[int, str]]) -> bool:
        if self.serial is not None and _is_serial(self.sheet.rows[row][self.serial]):
            return False
        first = texts[0][1]
        if _NOTE.match(first):
            return True
        named = self.name is not None and (self.sheet.rows[row][self.name] is not None or row in self.covered_names)
        if named and not self._is_wide(row, texts[0][0]):
            return len(texts) == 1 and (len(first) > 40 or bool(_LISTED.match(first))) and self.usual > 3  # noqa: PLR2004
        understood = sum(column in self.mapped for column, _ in texts)
        return self._is_wide(row, texts[0][0]) or len(texts) == 1 or (understood < 2 and len(texts) <= 2)  # noqa: PLR2004


def section_stage(text: str) -> tuple[str, str] | None:
    """Return the stage a section row names: 一、已签约项目（8个） → ("stage", "signed"); None when it names none."""
    bare = _bare_label(text)
    found = stage_of(bare)
    if found:
        return found
    parts = [stage_of(part) for part in re.split(r"[类:：—\-]", bare) if part]
    known = {part for part in parts if part}
    return known.pop() if len(known) == 1 else None


def planned_in_section(text: str) -> str | None:
    """Return the stage a section row says is ahead: 二、拟签约项目 → ``signed``; None when it says none."""
    return planned_stage_of(_bare_label(text))


def _bare_label(text: str) -> str:
    """Return the words of a section row: 一、已签约项目（8个） → 已签约项目."""
    return _COUNTED.sub("", _NUMBERED.sub("", bracketed(text)[0])).strip("：:、.() ")


def _is_serial(value: CellValue) -> bool:
    if isinstance(value, bool):
        return False
    if isinstance(value, int | Decimal):
        return True
    text = plain(cell_text(value)).strip(".、") if value is not None else ""
    return text.isdigit() or bool(re.fullmatch(r"\d+[-.]\d+", text))


def _merges_by_start(merges: Sequence[Merge], table: Table) -> dict[tuple[int, int], Merge]:
    return {(m.top, m.left): m for m in merges if table.first <= m.top <= table.last}


def _covered(merges: Sequence[Merge], table: Table, column: int | None) -> frozenset[int]:
    """Return the body rows whose cell in a column is covered by a merge that begins above."""
    covered: set[int] = set()
    for merge in merges:
        if column is not None and merge.left <= column <= merge.right and table.first <= merge.top:
            covered.update(range(merge.top + 1, merge.bottom + 1))
    return frozenset(covered)


def _sections_before_data(rows: list[BodyRow]) -> list[BodyRow]:
    """Return the rows; a section with no project after it is a note, and so is a lone text behind the last project."""
    last = max((place for place, row in enumerate(rows) if row.kind is RowKind.DATA), default=-1)
    return [
        BodyRow(row.index, RowKind.NOTE, row.text) if row.kind is RowKind.SECTION and place > last else row
        for place, row in enumerate(rows)
    ]


def _with_sections(rows: Sequence[BodyRow]) -> list[BodyRow]:
    section: str | None = None
    result = []
    for row in rows:
        if row.kind is RowKind.SECTION:
            section = row.text
        if row.kind in (RowKind.DATA, RowKind.SUBTOTAL):
            result.append(BodyRow(row.index, row.kind, row.text, section))
        else:
            result.append(row)
    return result
