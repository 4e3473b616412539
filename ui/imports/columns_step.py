"""The second page of the wizard: what each column was understood as, how sure, why; a person may say otherwise."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from crm.domain.fields.registry import Field, Kind
from crm.domain.imports.explain import refused_text, rows_give
from crm.domain.imports.grid import Sheet
from crm.domain.imports.kinds import import_fields
from crm.domain.imports.texts import plain
from crm.domain.imports.units import suits, unit_of
from crm.i18n import _, pgettext
from ui.icons import Glyph
from ui.imports.preview import ColumnLine, Preview, heading_lines, labels_of
from ui.imports.state import ImportState
from ui.imports.tables import ChoiceModel, Choices, choice_table
from ui.theme.tokens import Tokens
from ui.widgets.labels import Card, button, clear, label, name_box, row

if TYPE_CHECKING:
    from crm.domain.imports.memory import Recalled
    from crm.domain.imports.understanding import TableRead
    from crm.jobs.headings import Heading

FIELD, UNIT = 3, 4
UNITS = ("元", "万元", "亿元", "美元", "万美元", "亩", "平方米", "万平方米", "公顷", "人", "kVA", "吨标煤", "米", "%")
AUTO, NONE = "auto", "none"
SURE = 90
"""Percent from which a field needs no second look."""

TALL = 24
"""Columns a table shows before it scrolls."""


class ColumnsStep(QWidget):
    """Shows the columns of every sheet; tells what a person says of one."""

    said = Signal(str, object)  # heading; field and unit, None to leave the column out
    unsaid = Signal(str)  # heading: as the program understands it
    sheet_chosen = Signal(str)
    heading_asked = Signal(object, object)  # Sheet of which a person wants to name the heading; its rows as found
    recalled = Signal(str)  # what becomes of what was said last time: same, all, none

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tokens = tokens
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(12)
        self.models: list[ChoiceModel] = []

    def show_preview(self, preview: Preview, state: ImportState) -> None:
        """Show how the sheets of a file were understood."""
        clear(self._body)
        self.models = []
        understood = preview.imported.understood
        names = [*dict.fromkeys(one.sheet for one in understood.tables), *understood.refused]
        if len(names) > 1 or state.sheet:
            self._body.addLayout(self._sheets(dict.fromkeys((*names, *([state.sheet] if state.sheet else ()))), state))
        for note in preview.imported.notes:
            self._body.addWidget(label(note, tone="warn", wrap=True))
        for slip in preview.slips:
            self._body.addWidget(label(slip, tone="warn", wrap=True))
        for table in understood.tables:
            if table.columns:
                self._body.addWidget(self._table(preview, table, state))
        for sheet, code in understood.refused.items():
            words = label(_("Sheet {sheet}: {why}").format(sheet=sheet, why=refused_text(code)), "meta", wrap=True)
            grid = understood.grids.get(sheet)
            if grid is None or code.code == "empty":
                self._body.addWidget(words)
                continue
            line = row(words, self._naming(grid, ()), spacing=8)
            line.setStretch(0, 1)
            self._body.addLayout(line)
        self._body.addStretch(1)

    def show_headings(self, kind: str, headings: Sequence[Heading], state: ImportState) -> None:
        """Show the headings of a file in which no column names the records: a person says which one does."""
        clear(self._body)
        self.models = []
        name = labels_of(kind).get("name") or labels_of(kind)["code"]
        words = _("No column was taken for “{field}”. Say below which one it is.").format(field=name)
        if not any(one.rows for one in headings):
            words = _("No heading was found. Say below in which rows it stands.")
        self._body.addWidget(label(words, tone="warn", wrap=True))
        names = dict.fromkeys(one.sheet for one in headings)
        if len(names) > 1 or state.sheet:
            self._body.addLayout(self._sheets(names | ({state.sheet: None} if state.sheet else {}), state))
        for one in headings:
            card = Card(one.sheet, Glyph.TABLE, self._tokens)
            card.head.addWidget(self._naming(one.grid, [number - 1 for number in one.rows]))
            if one.rows:
                card.note.setText(
                    _("heading in row {rows}").format(rows=pgettext("list", ", ").join(map(str, one.rows)))
                )
                card.body.addWidget(self._mapping(kind, heading_lines(one), state))
            else:
                card.note.setText(_("no heading found"))
            self._body.addWidget(card)
        self._body.addStretch(1)

    def _sheets(self, names: Mapping[str, None], state: ImportState) -> QHBoxLayout:
        choice = QComboBox()
        name_box(choice, _("Sheet"))
        choice.addItem(_("all visible sheets"), "")
        for name in names:
            choice.addItem(name, name)
        choice.setCurrentIndex(max(0, choice.findData(state.sheet)))
        choice.activated.connect(lambda _place: self.sheet_chosen.emit(str(choice.currentData())))
        return row(label(_("Sheet"), "second"), choice, None)

    def _table(self, preview: Preview, table: TableRead, state: ImportState) -> Card:
        card = Card(table.sheet or preview.imported.file, Glyph.TABLE, self._tokens)
        rows = pgettext("list", ", ").join(str(number + 1) for number in table.table.header_rows)
        told = _("heading in row {rows}; {count} data rows").format(rows=rows, count=f"{len(table.records):,}")
        card.note.setText(told)
        if table.recalled is not None:
            card.body.addLayout(self._memory(table.recalled, state))
        if table.grid is not None and not any(column.how == "export" for column in table.columns):
            card.head.addWidget(self._naming(table.grid, table.table.header_rows))
        if table.hidden_columns:
            letters = pgettext("list", ", ").join(table.hidden_columns)
            hidden = _("Hidden columns, read all the same: {columns}").format(columns=letters)
            card.body.addWidget(label(hidden, "meta", wrap=True))
        elif table.hidden_columns is None:
            words = _("Whether rows or columns are hidden is not known for this kind of file.")
            card.body.addWidget(label(words, "meta", wrap=True))
        for check in table.sums:
            if not check.holds:
                told = _("The sum in {column}{row} says {stated}, its rows give {computed}.").format(
                    column=check.column,
                    row=check.row,
                    stated=check.stated,
                    computed=rows_give(check),
                )
                card.body.addWidget(label(told, tone="warn", wrap=True))
        card.body.addWidget(self._mapping(preview.kind, preview.columns(table), state))
        return card

    def _naming(self, grid: Sheet, rows: Sequence[int]) -> QWidget:
        """Return the button that lets a person name the rows of a heading."""
        act = button(_("Heading rows …"), partial(self.heading_asked.emit, grid, rows), role="link")
        act.setAccessibleName(_("Name the heading rows of sheet {sheet}").format(sheet=grid.name))
        return act

    def _memory(self, recalled: Recalled, state: ImportState) -> QHBoxLayout:
        memory = recalled.memory
        form = _("Taken from last time: {file} ({on}, {by})")
        if not recalled.same:
            form = _("A heading like this one came in with {file} ({on}, {by}):")
        if state.recall == "none":
            form = _("Nothing is taken from last time: {file} ({on}, {by})")
        on = memory.on.isoformat() if memory.on else "—"
        words = label(form.format(file=memory.file, on=on, by=memory.by), tone="primary", wrap=True)
        line = row(words, spacing=8)
        line.setStretch(0, 1)
        for code, name in (("all", _("All as last time")), ("none", _("Nothing of it"))):
            if state.recall != code:
                line.addWidget(button(name, partial(self.recalled.emit, code), role="link"))
        return line

    def _mapping(self, kind: str, lines: Sequence[ColumnLine], state: ImportState) -> QWidget:
        titles = (
            _("Column"), _("Heading"), _("Samples"), _("Field"), _("Unit"), _("Worked example"), _("Sure"), _("Why"),
        )  # fmt: skip
        labels, fields = labels_of(kind), import_fields(kind)
        model = ChoiceModel(titles, (FIELD, UNIT), self)

        def line(place: int) -> tuple[str, ...]:
            one = lines[place]
            field = target_text(one.target, labels) if one.target else _("not a field; kept with the row")
            sure = "—" if one.sure is None else f"{one.sure} %" + ("" if one.sure >= SURE else _(" (please check)"))
            return one.letter, one.header, one.samples, field, one.unit or "—", one.example, sure, one.why

        def choices(place: int, column: int) -> Choices:
            one = lines[place]
            if not one.header:
                return ()
            if column == FIELD:
                return _field_choices(one, fields, labels)
            return _unit_choices(one, fields)

        def current(place: int, column: int) -> str:
            one = lines[place]
            if column == UNIT:
                return one.unit
            return one.target or (NONE if plain(one.header) in state.said else AUTO)

        model.choices, model.current = choices, current
        model.set_lines(len(lines), line)
        model.chosen.connect(lambda place, column, code: self._chosen(lines[place], column, code))
        self.models.append(model)
        name = _("What the columns were understood as")
        shown = choice_table(model, name, (60, 176, 166, 158, 76, 190, 96), self._tokens)
        height = self._tokens.px(44 + 32 * min(len(lines), TALL))
        shown.setMinimumHeight(height)
        shown.setMaximumHeight(height if len(lines) <= TALL else self._tokens.px(1200))
        return shown

    def _chosen(self, one: ColumnLine, column: int, code: str) -> None:
        if column == UNIT:
            self.said.emit(one.header, {"field": one.target, "unit": code or None})
        elif code == AUTO:
            self.unsaid.emit(one.header)
        else:
            self.said.emit(one.header, None if code == NONE else {"field": code, "unit": None})


def target_text(target: str, labels: Mapping[str, str]) -> str:
    """Return a field with its part: 载体需求（研发）."""
    name, _dot, part = target.partition(".")
    words = labels.get(name, name)
    return _("{text} ({note})").format(text=words, note=part) if part else words


def _field_choices(one: ColumnLine, fields: Mapping[str, Field], labels: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what a column may be: as understood, left out, or any field; of a field with parts those it speaks of."""
    targets = [one.target] if one.target else []
    for name, field in fields.items():
        if field.kind is Kind.TAX_YEARS:
            targets += [f"{name}.{year}" for year in re.findall(r"20\d\d", one.header)]
        elif field.kind is not Kind.SPACES:
            targets.append(name)
    listed = [(target_text(target, labels), target) for target in dict.fromkeys(targets)]
    return [(_("as the program understands it"), AUTO), (_("no field; only keep it"), NONE), *listed]


def _unit_choices(one: ColumnLine, fields: Mapping[str, Field]) -> Sequence[tuple[str, str]]:
    field = fields.get(one.target.partition(".")[0])
    if field is None or field.kind not in (Kind.MONEY, Kind.LAND, Kind.NUMBER, Kind.SPACES, Kind.TAX_YEARS):
        return ()
    words = [word for word in UNITS if (unit := unit_of(word)) is not None and suits(unit, field)]
    return [(word, word) for word in dict.fromkeys((*([one.unit] if one.unit else ()), *words))]
