"""The record beside the list: its facts, the leads that fit it, its history."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from crm.domain.fields.registry import KIND_LABELS
from crm.i18n import _
from ui.icons import Glyph
from ui.jobs import RunningJob
from ui.records.facts_card import RecordFacts
from ui.widgets.fits_card import FitsCard
from ui.widgets.history_card import HistoryCard
from ui.widgets.labels import button, label, row

if TYPE_CHECKING:
    from crm.database import Committed
    from crm.queries.resources import ResourceFacts
    from ui.desk import Desk

FACTS, FITS, HISTORY = range(3)
MATCHED = frozenset({"communities", "carriers", "funds"})
"""Kinds that leads are matched with."""

BEARING = frozenset({"leads", "rule", "rule_set", "entry"})
"""Changes of what a match rests on beside the record itself."""


class RecordDetail(QWidget):
    """Shows one record; the leads are compared when they are first looked at."""

    edit_asked = Signal(str)
    lead_asked = Signal(int)
    take_back_asked = Signal(int, str, int)
    print_asked = Signal(str, int)  # document, id of the record

    def __init__(self, desk: Desk, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._today = desk, today
        self._kind, self._id, self._asked = "", 0, 0
        self._job: RunningJob | None = None
        self._compared = False
        tokens = desk.tokens
        self.name = label("", "record", wrap=True)
        self.about = label("", "meta")
        self.print_ = button(_("Enterprise file"), self._print, glyph=Glyph.PRINT, tokens=tokens)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Parts of the record"))
        self.tabs.setExpanding(False)
        for title in (_("Facts"), _("Leads that fit"), _("History")):
            self.tabs.addTab(title)
        self.facts, self.fits, self.history = RecordFacts(tokens), FitsCard(tokens), HistoryCard(tokens)
        self.parts = QStackedWidget()
        for card in (self.facts, self.fits, self.history):
            self.parts.addWidget(_at_top(card))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 0, 8, 0)
        layout.addWidget(self.name)
        layout.addLayout(row(self.about, None, self.print_))
        layout.addWidget(self.tabs)
        layout.addWidget(self.parts, 1)
        self.tabs.currentChanged.connect(self._turn)
        self.facts.edit_asked.connect(self.edit_asked.emit)
        self.fits.lead_asked.connect(self.lead_asked.emit)
        self.fits.cancel_asked.connect(self._cancel)
        self.history.undo_asked.connect(self._take_back)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Show no record."""
        self._id = 0
        self._stop()
        self.setVisible(False)

    def show_record(self, kind: str, record_id: int) -> None:
        """Show a record; the part that was looked at stays."""
        if (kind, record_id) != (self._kind, self._id):
            self._compared = False
            self._stop()
        self._kind, self._id = kind, record_id
        self.history.kind = kind
        self.print_.setVisible(kind == "enterprises")
        self.tabs.setTabVisible(FITS, kind in MATCHED)
        if kind not in MATCHED and self.tabs.currentIndex() == FITS:
            self.tabs.setCurrentIndex(FACTS)
        self._load()

    def news(self, news: Committed) -> None:
        """Look again after a change of this record, or of what fits it."""
        if not self._id:
            return
        if news.kinds & (BEARING | {self._kind}):
            self._compared = False
        if self._kind in news.kinds:
            self._load()
        elif news.kinds & BEARING and self.isVisible():
            self._turn(self.tabs.currentIndex())

    def _load(self) -> None:
        from crm.queries.resources import load_resource  # noqa: PLC0415  (not before the first paint)

        self._asked += 1
        number, kind, record_id = self._asked, self._kind, self._id

        def show(found: ResourceFacts | None) -> None:
            if number != self._asked:
                return
            if found is None:
                self.show_nothing()
            else:
                self._show(found)

        self._desk.ask(lambda session: load_resource(session, kind, record_id), show)

    def _show(self, found: ResourceFacts) -> None:
        record = found.record
        self.setVisible(True)
        self.name.setText(str(record.values.get("name") or record.code))
        self.about.setText(f"{record.code} · {_(KIND_LABELS[record.kind])}")
        self.facts.show_record(found)
        self.history.show_changes(found.changes, found.shared, found.undone)
        self._turn(self.tabs.currentIndex())

    def _turn(self, part: int) -> None:
        self.parts.setCurrentIndex(part)
        if part == FITS and self._id and not self._compared:
            self._compare()

    def _compare(self) -> None:
        from crm.jobs.fits import leads_that_fit  # noqa: PLC0415  (made when one is asked for)

        self._stop()
        self._compared = True
        kind = self._kind
        job = RunningJob(leads_that_fit(self._desk.workspace.database, kind, self._id, self._today))
        self._job = job
        self.fits.show_progress(None)
        job.progressed.connect(lambda step: self.fits.show_progress(step) if self._job is job else None)
        job.finished.connect(lambda fits: self.fits.show_fits(fits, kind) if self._job is job else None)
        job.failed.connect(self._desk.fail)
        self._desk.runner.start(job, quiet=True)

    def _cancel(self) -> None:
        self._stop()
        self._compared = False
        self.fits.tell(_("Not compared; open this part again to begin anew."))

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _print(self) -> None:
        self.print_asked.emit("enterprise_file", self._id)

    def _take_back(self, change_set: int, alone: bool) -> None:  # noqa: FBT001  (of a signal)
        self.take_back_asked.emit(change_set, self._kind if alone else "", self._id if alone else 0)


def _at_top(card: QWidget) -> QWidget:
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(card)
    layout.addStretch(1)
    return box
