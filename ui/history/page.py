"""The history of the database: every change set, and the imports among them; what it did, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from crm.i18n import _
from ui.history.cards import BatchCard, SetCard
from ui.history.words import batch_line, set_line
from ui.icons import Glyph
from ui.registers import MasterDetail, Register
from ui.widgets.labels import column

if TYPE_CHECKING:
    from crm.queries.change_log import BatchRow, ChangeSetFacts, DoubtfulRow
    from crm.queries.history import ChangeSetRow
    from ui.desk import Desk

SETS, IMPORTS = range(2)
MOST = 1000
"""Change sets a list shows; the filter finds older ones."""


class HistoryPage(Register):
    """Two lists over the same history."""

    take_back_asked = Signal(int)
    import_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk, self._asked = desk, 0
        self._sets: Sequence[ChangeSetRow] = ()
        self._batches: Sequence[BatchRow] = ()
        self._chosen = {SETS: 0, IMPORTS: 0}
        tokens = desk.tokens
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Parts of the history"))
        self.tabs.setExpanding(False)
        self.tabs.addTab(_("All changes"))
        self.tabs.addTab(_("Import batches"))
        self.sets = MasterDetail(_("Change sets"), _set_columns(), _choices(), tokens)
        self.batches = MasterDetail(_("Import batches"), _batch_columns(), (), tokens)
        self.set_card, self.batch_card = SetCard(tokens), BatchCard(tokens)
        self._parts = QStackedWidget()
        for part, card in ((self.sets, self.set_card), (self.batches, self.batch_card)):
            box = QWidget()
            box.setLayout(column(card, None))
            part.set_detail(box)
            part.add_keys(self.reload)
            part.asked.connect(self.reload)
            card.take_back_asked.connect(self.take_back_asked.emit)
            self._parts.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 12)
        layout.addWidget(self.tabs)
        layout.addWidget(self._parts, 1)
        self.tabs.currentChanged.connect(self._turn)
        self.sets.chosen.connect(self._show_set)
        self.batches.chosen.connect(self._show_batch)

    def show_part(self, part: int) -> None:
        """Show all changes, or the imports."""
        self.tabs.setCurrentIndex(part)

    def reload(self) -> None:
        """Ask for the list in sight; the choice stays."""
        from crm.queries.change_log import import_batches  # noqa: PLC0415  (not before the first paint)
        from crm.queries.history import NOTES, change_sets  # noqa: PLC0415

        self._asked += 1
        self._stale = False
        number, part = self._asked, self.tabs.currentIndex()
        text, which = (self.sets if part == SETS else self.batches).wanted()
        kinds = ("import",) if part == IMPORTS else tuple(which.split()) or None

        def ask(session: Any) -> Any:  # noqa: ANN401
            rows = change_sets(session, limit=MOST, kinds=kinds, but_not=NOTES, text=text)
            return rows, import_batches(session, rows) if part == IMPORTS else ()

        def show(found: tuple[Sequence[ChangeSetRow], Sequence[BatchRow]]) -> None:
            if number == self._asked:
                self._show(part, *found)

        shown = self.sets if part == SETS else self.batches
        if not shown.model.rowCount():
            shown.states.wait()
        self._desk.ask(ask, show, lambda error: shown.fail(error, self.reload))

    def _turn(self, part: int) -> None:
        self._parts.setCurrentIndex(part)
        self.reload()

    def _show(self, part: int, sets: Sequence[ChangeSetRow], batches: Sequence[BatchRow]) -> None:
        shown = self.sets if part == SETS else self.batches
        if part == SETS:
            self._sets, ids = sets, [row.id for row in sets]
        else:
            self._batches, ids = batches, [batch.change_set.id for batch in batches]
        count = _("{count} shown, the newest first").format(count=f"{len(ids):,}")
        shown.told.setText(
            count
            if len(sets) < MOST
            else _("The newest {count}; the filter finds older ones").format(count=f"{MOST:,}")
        )
        if not ids:
            self._say_empty(part)
            return
        place = ids.index(self._chosen[part]) if self._chosen[part] in ids else 0
        if part == SETS:
            shown.set_lines(len(ids), lambda row: set_line(sets[row]), place)
        else:
            shown.set_lines(len(ids), lambda row: batch_line(batches[row]), place)

    def _say_empty(self, part: int) -> None:
        shown = self.sets if part == SETS else self.batches
        shown.set_nothing()
        (self.set_card if part == SETS else self.batch_card).setVisible(False)
        if shown.filter.text() or shown.choice.currentIndex() > 0:
            shown.states.say(Glyph.FILTER, _("Nothing fits this filter."), "", (_("Clear"), lambda: _clear(shown)))
        elif part == SETS:
            shown.states.say(Glyph.HISTORY, _("Nothing was changed yet."))
        else:
            shown.states.say(Glyph.IMPORT, _("Nothing was imported yet."), "", (_("Import"), self.import_asked.emit))

    def _show_set(self, place: int) -> None:
        from crm.queries.change_log import facts_of_set  # noqa: PLC0415

        number = self._sets[place].id
        self._chosen[SETS] = number

        def show(facts: ChangeSetFacts) -> None:
            if self._chosen[SETS] == number:
                self.set_card.setVisible(True)
                self.set_card.show_facts(facts, may_change=self._may_change())

        self._desk.ask(lambda session: facts_of_set(session, number), show)

    def _show_batch(self, place: int) -> None:
        from crm.queries.change_log import doubtful_rows  # noqa: PLC0415

        batch = self._batches[place]
        self._chosen[IMPORTS] = batch.change_set.id

        def show(rows: Sequence[DoubtfulRow]) -> None:
            if self._chosen[IMPORTS] == batch.change_set.id:
                self.batch_card.setVisible(True)
                self.batch_card.show_batch(batch, rows, may_change=self._may_change())

        self._desk.ask(lambda session: doubtful_rows(session, batch.batch_id), show)

    def _may_change(self) -> bool:
        return not self._desk.workspace.database.read_only


def _clear(shown: MasterDetail) -> None:
    shown.choice.setCurrentIndex(0)
    shown.filter.clear()


def _set_columns() -> tuple[tuple[str, int], ...]:
    return (
        (_("No."), 64),
        (_("When"), 128),
        (_("Who"), 96),
        (_("How"), 72),
        (_("Records"), 72),
        (_("State"), 72),
        (_("What"), 0),
    )


def _batch_columns() -> tuple[tuple[str, int], ...]:
    of_rows = ((_("Rows"), 64), (_("New ones"), 64), (_("Changed ones"), 64), (_("Doubtful"), 64), (_("Faulty"), 64))
    before = ((_("No."), 64), (_("When"), 128), (_("Who"), 96), (_("What the rows are"), 92))
    return (*before, *of_rows, (_("State"), 72), (_("File"), 0))


def _choices() -> tuple[tuple[str, str], ...]:
    return (
        ("", _("All ways")),
        ("edit", _("Edits")),
        ("import", _("Imports")),
        ("undo redo", _("Undone and redone")),
    )
