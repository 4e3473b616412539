"""The inbox of duplicates: pairs the rules found, the surest first; beside the list both records and what to do.

The machine proposes; a person merges, decides, or says that they are two (practice.md §2).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget

from crm.domain.fields.registry import KIND_LABELS
from crm.i18n import _, ngettext
from ui.duplicates import words
from ui.duplicates.pair_card import PairCard
from ui.icons import Glyph
from ui.registers import MasterDetail, Register
from ui.widgets.dialogs import open_dialog
from ui.widgets.labels import boxed, column

if TYPE_CHECKING:
    from crm.database import Committed
    from crm.queries.duplicates import LeadPair
    from ui.desk import Desk

KINDS = ("leads", "enterprises")


class DuplicatesPage(Register):
    """Pairs of leads or of enterprises; the chosen one beside the list."""

    lead_asked = Signal(int)
    record_asked = Signal(str, int)
    document_asked = Signal(str, object)  # document, ids of both leads
    undo_asked = Signal()
    note_changed = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk, self._asked = desk, 0
        self._every: Sequence[LeadPair] = ()
        self.rows: Sequence[LeadPair] = ()
        self._chosen: frozenset[str] = frozenset()
        self._card_asked = 0
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Kinds of record"))
        self.tabs.setExpanding(False)
        for kind in KINDS:
            self.tabs.addTab(_(KIND_LABELS[kind]))
        columns = (
            (_("Likelihood"), 72),
            (_("One record"), 190),
            (_("Other record"), 190),
            (_("State"), 120),
            (_("Reasons"), 0),
        )
        choices = (
            ("open", _("To be looked at")),
            ("certain", _("Certain ones")),
            ("settled", _("Decided")),
        )
        self.list = MasterDetail(_("Pairs that may be one"), columns, choices, desk.tokens)
        self.card = PairCard(desk.tokens)
        self.list.set_detail(boxed(column(self.card, None)))
        self.list.add_keys(self.reload)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 12)
        layout.addWidget(self.tabs)
        layout.addWidget(self.list, 1)
        self._wire()

    @property
    def kind(self) -> str:
        """The kind of record that is compared."""
        return KINDS[max(0, self.tabs.currentIndex())]

    def concerns(self, news: Committed) -> bool:
        """Return whether records or decisions were changed."""
        return bool(news.kinds & {*KINDS, "duplicate-decisions", "merges"})

    def reload(self) -> None:
        """Compare all records anew, on a thread of its own."""
        from crm.queries.duplicates import duplicate_leads  # noqa: PLC0415  (not before the first paint)

        self._asked += 1
        self._stale = False
        number, kind = self._asked, self.kind
        if not self._every:
            self.list.states.wait()

        def show(found: Sequence[LeadPair]) -> None:
            if number == self._asked:
                self._every = found
                self._show()

        self._desk.ask(lambda session: duplicate_leads(session, kind, settled=True), show, self._failed)

    def _failed(self, error: BaseException) -> None:
        self.list.states.fail(error, self.reload)

    def _wire(self) -> None:
        self.tabs.currentChanged.connect(self._turn)
        self.list.asked.connect(self._show)
        self.list.chosen.connect(self._show_one)
        self.list.opened.connect(lambda _row: self._decide())
        self.card.merge_asked.connect(self._merge)
        self.card.decide_asked.connect(self._decide)
        self.card.print_asked.connect(lambda: self.document_asked.emit("coordination_sheet", self._ids()))
        self.card.record_asked.connect(self._open)

    def _turn(self, _place: int) -> None:
        self._every, self._chosen = (), frozenset()
        self.reload()

    def _show(self) -> None:
        text, which = self.list.wanted()
        self.rows = [pair for pair in self._every if words.fits(pair, text, which)]
        open_ones = sum(pair.is_open for pair in self._every)
        told = ngettext("{count} pair to be looked at", "{count} pairs to be looked at", open_ones)
        self.list.told.setText(told.format(count=f"{open_ones:,}"))
        self.note_changed.emit(told.format(count=f"{open_ones:,}") if open_ones else "")
        codes = [words.codes(pair) for pair in self.rows]
        place = codes.index(self._chosen) if self._chosen in codes else 0
        if self.rows:
            self.list.set_lines(len(self.rows), lambda row: words.line(self.rows[row]), place)
            return
        self.list.set_nothing()
        self.card.hide()
        if self._every:
            self.list.states.say(Glyph.CHECK, _("Nothing here waits for you."), _("Choose above what is shown."))
        else:
            self.list.states.say(Glyph.CHECK, _("No two records look the same."))

    def _show_one(self, place: int) -> None:
        from crm.queries.records import load  # noqa: PLC0415

        pair = self.rows[place]
        self._chosen = words.codes(pair)
        self._card_asked += 1
        number, kind = self._card_asked, self.kind

        def show(found: Sequence[Any]) -> None:
            if number == self._card_asked and len(found) > 1:
                self.card.setVisible(True)
                self.card.show_pair(kind, pair, found[0].values, found[1].values, may_change=self._may_change())

        self._desk.ask(lambda session: load(session, kind, [pair.a.id, pair.b.id]), show)

    def _may_change(self) -> bool:
        return not self._desk.workspace.database.read_only

    def _current(self) -> LeadPair | None:
        return next((pair for pair in self.rows if words.codes(pair) == self._chosen), None)

    def _ids(self) -> list[int]:
        pair = self._current()
        return [] if pair is None else [pair.a.id, pair.b.id]

    def _open(self, record_id: int) -> None:
        if self.kind == "leads":
            self.lead_asked.emit(record_id)
        else:
            self.record_asked.emit(self.kind, record_id)

    def _merge(self) -> None:
        """Show what a merge would do; the lead reported first stays."""
        from crm.queries.merging import merge_preview  # noqa: PLC0415

        pair, kind = self._current(), self.kind
        if pair is None:
            return
        kept, gone = (pair.b, pair.a) if pair.first is not None and pair.first.id == pair.b.id else (pair.a, pair.b)
        self._desk.ask(lambda session: merge_preview(session, kind, kept.id, gone.id), self._open_merge)

    def _open_merge(self, preview: Any) -> None:  # noqa: ANN401  (MergePreview)
        from crm.queries.merging import merge_preview  # noqa: PLC0415
        from ui.duplicates.merge_dialog import MergeDialog  # noqa: PLC0415  (at the first merge)

        dialog = MergeDialog(preview, self._desk.tokens, self.window())
        kind, ids = preview.kind, (preview.gone.id, preview.kept.id)

        def turn() -> None:
            dialog.close()
            self._desk.ask(lambda session: merge_preview(session, kind, *ids), self._open_merge)

        dialog.turned.connect(turn)
        dialog.agreed.connect(lambda reason, take: self._do_merge(dialog, preview, reason, take))
        open_dialog(dialog)

    def _do_merge(self, dialog: Any, preview: Any, reason: str, take: Any) -> None:  # noqa: ANN401  (of signals)
        from crm.services.merging import merge  # noqa: PLC0415

        def done(record: Any) -> None:  # noqa: ANN401  (Record)
            dialog.accept()
            text = _("{gone} is part of {kept} now.").format(gone=preview.gone.code, kept=record.code)
            self._desk.tell(text, _("Undo"), self.undo_asked.emit)

        why = _("{gone} merged into {kept}: {reason}").format(
            gone=preview.gone.code, kept=preview.kept.code, reason=reason
        )
        self._desk.change(lambda session: merge(session, preview, reason, take), why, done, dialog.refuse)

    def _decide(self) -> None:
        from ui.duplicates.decision_dialog import DecisionDialog  # noqa: PLC0415  (at the first decision)

        pair = self._current()
        if pair is None or not self._may_change():
            return
        dialog = DecisionDialog(self.kind, pair, self._desk.workspace.user, self._desk.tokens, self.window())
        dialog.agreed.connect(lambda refs, values: self._do_decide(dialog, refs, values))
        open_dialog(dialog)

    def _do_decide(self, dialog: Any, refs: Any, values: Any) -> None:  # noqa: ANN401  (of signals)
        from crm.services.decisions import decide  # noqa: PLC0415

        kind = self.kind

        def done(record: Any) -> None:  # noqa: ANN401  (Record)
            dialog.accept()
            text = _("{code}: the decision is kept, both records stay.").format(code=record.code)
            self._desk.tell(text, _("Undo"), self.undo_asked.emit)

        why = _("decision on {one} and {other}").format(one=refs[0], other=refs[1])
        self._desk.change(lambda session: decide(session, kind, refs, values), why, done, dialog.refuse)
