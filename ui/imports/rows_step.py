"""The fourth page of the wizard: what is done with each row, and each cell that was not taken as it stood."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSplitter, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from crm.domain.fields.writing import value_to_text
from crm.domain.imports.body import RowKind
from crm.domain.imports.explain import note_text
from crm.domain.imports.kinds import import_fields
from crm.domain.imports.plan import Effect, PlannedRow
from crm.domain.imports.to_json import action_of
from crm.domain.magnitudes.explain import suspicion_text
from crm.i18n import N_, _
from ui.imports.preview import SUSPECT, Preview, change_text
from ui.tables.lazy_model import LazyModel
from ui.tables.lines import make_table
from ui.theme.tokens import Tokens
from ui.widgets.labels import button, clear, label, row

ACTIONS: tuple[tuple[str, str], ...] = (
    ("new", N_("new")),
    ("changed", N_("changed")),
    ("same", N_("the same")),
    ("doubtful", N_("doubtful")),
    ("faulty", N_("faulty")),
    ("skipped", N_("left out")),
)
WORDS = dict(ACTIONS)
TABLE_HEIGHT = 420


class RowsStep(QWidget):
    """Shows; asks nothing."""

    faulty_asked = Signal()  # the rows that cannot be written, as a workbook

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tokens = tokens
        self._preview: Preview | None = None
        self._places: Sequence[int] = ()
        self.filters = QButtonGroup(self)
        self._chips = row(spacing=6)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Ways to look at the rows"))
        self.tabs.setExpanding(False)
        self.rows = LazyModel((_("Row"), _("What happens"), _("Project"), _("What changes, and why")))
        self.cells = LazyModel((_("Cell"), _("Heading"), _("As it stands in the file"), _("What was done")))
        self.passed = LazyModel((_("Row"), _("What it is"), _("Text")))
        self._stack = QStackedWidget()
        self.table = make_table(self.rows, _("Rows"), (90, 104, 230), tokens)
        cells = make_table(self.cells, _("Cells to look at"), (140, 200, 220), tokens)
        passed = make_table(self.passed, _("Rows that are no records"), (120, 120), tokens)
        self._detail = QVBoxLayout()
        self._detail.setSpacing(4)
        self._stack.addWidget(self._with_detail())
        self._stack.addWidget(cells)
        self._stack.addWidget(passed)
        self._stack.setMinimumHeight(tokens.px(TABLE_HEIGHT))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.tabs)
        layout.addLayout(self._chips)
        layout.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(self._show_tab)
        self.table.selectionModel().currentRowChanged.connect(lambda index, _before: self._show_row(index.row()))

    def show_preview(self, preview: Preview) -> None:
        """Show what an import would do, or did."""
        self._preview = preview
        passed = preview.passed
        self.passed.set_lines(
            len(passed),
            lambda number: (
                f"{passed[number][0]}!{passed[number][1].index + 1}",
                kind_text(passed[number][1].kind),
                passed[number][1].text,
            ),
        )
        self.cells.set_lines(len(preview.cells), preview.cell_line)
        self._fill_tabs(len(preview.planned), len(preview.cells), len(passed))
        self._fill_chips(preview)
        wanted = next((name for name in ("faulty", "doubtful", SUSPECT, "changed") if preview.by_action.get(name)), "")
        self._filter(wanted)

    def _with_detail(self) -> QWidget:
        detail = QWidget()
        detail.setLayout(self._detail)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(detail)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        return split

    def _fill_tabs(self, rows: int, cells: int, passed: int) -> None:
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for text in (
            _("By row ({number})").format(number=f"{rows:,}"),
            _("By cell: changed, guessed or doubtful ({number})").format(number=f"{cells:,}"),
            _("No records: titles, sections, sums, notes ({number})").format(number=f"{passed:,}"),
        ):
            self.tabs.addTab(text)
        self.tabs.blockSignals(False)
        self._show_tab(self.tabs.currentIndex())

    def _fill_chips(self, preview: Preview) -> None:
        clear(self._chips)
        for old in self.filters.buttons():
            self.filters.removeButton(old)
        every = _("all")
        self._add_chip("", f"{every} {len(preview.planned):,}")
        for code, name in ACTIONS:
            count = len(preview.by_action.get(code, ()))
            if count:
                self._add_chip(code, f"{_(name)} {count:,}")
        slips = len(preview.by_action.get(SUSPECT, ()))
        if slips:
            self._add_chip(SUSPECT, _("unit to be checked {count}").format(count=f"{slips:,}"))
        if preview.by_action.get("faulty"):
            self._chips.addWidget(button(_("Save the faulty rows as a workbook"), self.faulty_asked.emit, role="link"))
        self._chips.addStretch(1)

    def _add_chip(self, code: str, text: str) -> None:
        chip: QPushButton = button(text, lambda: self._filter(code), role="chip")
        chip.setCheckable(True)
        chip.setProperty("code", code)
        self.filters.addButton(chip)
        self._chips.addWidget(chip)

    def _filter(self, action: str) -> None:
        preview = self._preview
        if preview is None:
            return
        places: Sequence[int] = preview.by_action.get(action, array("l")) if action else range(len(preview.planned))
        self._places = places
        for chip in self.filters.buttons():
            on = chip.property("code") == action
            chip.setChecked(on)
            chip.setProperty("on", "true" if on else "false")
            chip.style().unpolish(chip)
            chip.style().polish(chip)

        def line(number: int) -> tuple[str, ...]:
            place = places[number]
            where, name, told = preview.row_line(place)
            return where, self._happens(place), name, told

        self.rows.set_lines(len(places), line)
        if places:
            self.table.selectRow(0)
        else:
            clear(self._detail)

    def _happens(self, place: int) -> str:
        assert self._preview is not None  # a row is shown  # noqa: S101
        return happens_text(self._preview.planned[place])

    def _show_tab(self, place: int) -> None:
        self._stack.setCurrentIndex(max(0, place))
        for chip in self.filters.buttons():
            chip.setVisible(place == 0)

    def _show_row(self, number: int) -> None:
        """Show a row field by field: the cell it comes from, what it was, what it becomes."""
        clear(self._detail)
        preview = self._preview
        if preview is None or not 0 <= number < len(self._places):
            return
        planned = preview.planned[self._places[number]]
        cells = {column.field: letter for letter, column in planned.source.columns.items() if column.field}
        fields = import_fields(preview.kind)
        lines = [change_text(preview.kind, name, *ends) for name, ends in planned.changes.items()]
        if not lines:
            lines = [
                _("{field}: {value}").format(field=_(fields[name].label), value=value_to_text(fields[name], value))
                + (f"  ({cells[name]}{planned.record.row})" if name in cells else "")
                for name, value in planned.record.values.items()
                if name in fields
            ]
        where, name, _told = preview.row_line(self._places[number])
        head = _("Row {row}: {name}").format(row=where, name=name)
        self._detail.addWidget(label(head, "card"))
        self._detail.addWidget(label("\n".join(lines), wrap=True))
        for suspicion in planned.suspicions:
            self._detail.addWidget(label(suspicion_text(suspicion), "meta", tone="warn", wrap=True))
        for note in planned.notes:
            self._detail.addWidget(label(note_text(note, entry=planned.source.entry), "meta", tone="warn", wrap=True))
        self._detail.addStretch(1)


def happens_text(planned: PlannedRow) -> str:
    """Return what is done with a row, in a word."""
    if planned.effect is Effect.HELD:
        return _("waits")
    action = action_of(planned)
    if action == "doubtful" and planned.effect.value in WORDS:
        return _("{what}, doubtful").format(what=_(WORDS[planned.effect.value]))
    return _(WORDS[action])


KIND_WORDS = {
    RowKind.TITLE: N_("title"),
    RowKind.HEADING: N_("heading"),
    RowKind.SECTION: N_("section"),
    RowKind.SUBTOTAL: N_("sum"),
    RowKind.NOTE: N_("note"),
}


def kind_text(kind: RowKind) -> str:
    """Return what a row that is no record is."""
    return _(KIND_WORDS[kind])
