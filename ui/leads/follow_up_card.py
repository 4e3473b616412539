"""Follow-ups: what was said, by whom, and what comes next; written down in the card itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from crm.domain.quantities import PartialDate
from crm.domain.quantities.dates import read_date
from crm.errors import UserError
from crm.i18n import N_, _
from ui.icons import Glyph
from ui.theme.tokens import Tokens
from ui.widgets.labels import Card, button, label, row

if TYPE_CHECKING:
    from crm.queries.working import FollowUpRow

KINDS = (("call", N_("Call")), ("visit", N_("Visit")), ("meeting", N_("Meeting")), ("note", N_("Note")))


class FollowUpCard(Card):
    """The follow-ups of one lead and a place to write the next."""

    written = Signal(object)  # dict: kind, note, next_step, next_date

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(_("Follow-ups"), Glyph.HISTORY, tokens, parent)
        self.kind = QComboBox()
        for code, name in KINDS:
            self.kind.addItem(_(name), code)
        self.kind.setAccessibleName(_("Kind of follow-up"))
        self.entry = QPlainTextEdit()
        self.entry.setPlaceholderText(_("What was said or agreed"))
        self.entry.setAccessibleName(_("What was said or agreed"))
        self.entry.setFixedHeight(64)
        self.entry.setTabChangesFocus(True)
        self.step = QLineEdit()
        self.step.setPlaceholderText(_("Next step"))
        self.step.setAccessibleName(_("Next step"))
        self.due = QLineEdit()
        self.due.setPlaceholderText(_("Date of the next step, e.g. 2026-12-05"))
        self.due.setAccessibleName(_("Date of the next step"))
        self.wrong = label("", tone="bad", wrap=True)
        self.wrong.hide()
        self.keep = button(_("Write down"), self._write, role="soft")
        self._entry = (row(self.kind, None), row(self.step, self.due), row(None, self.keep))
        outer = self.layout()
        assert outer is not None  # made by the card  # noqa: S101
        for part in (self._entry[0], self.entry, self._entry[1], self.wrong, self._entry[2]):
            outer.addWidget(part) if isinstance(part, QWidget) else outer.addItem(part)

    def show_rows(self, rows: Sequence[FollowUpRow]) -> None:
        """Show the follow-ups, newest first."""
        self.clear_body()
        self.note_count(len(rows))
        words = dict(KINDS)
        for one in rows[:20]:
            head = _("{day} {kind} · {officer}").format(day=one.at.isoformat(), kind=_(words[one.kind]), officer=one.by)
            self.body.addWidget(label(head, "meta"))
            self.body.addWidget(label(one.note, wrap=True))
            if one.next_step or one.next_date:
                then = " ".join(part for part in (str(one.next_date or ""), one.next_step or "") if part)
                self.body.addWidget(label(_("Next: {step}").format(step=then), "meta", tone="primary", wrap=True))
        if not rows:
            self.body.addWidget(label(_("Nothing has been written down yet."), "second"))

    def note_count(self, count: int) -> None:
        """Say how many there are."""
        self.heading.setText(_("Follow-ups"))
        self.setAccessibleDescription(str(count))

    def _write(self) -> None:
        try:
            due = self._due()
        except UserError as error:
            self._refuse(error.message)
            return
        note = self.entry.toPlainText().strip()
        if not note:
            self._refuse(_("Write what was said or agreed."))
            return
        self.wrong.hide()
        self.written.emit(
            {
                "kind": self.kind.currentData(),
                "note": note,
                "next_step": self.step.text().strip() or None,
                "next_date": due,
            }
        )
        for line in (self.step, self.due):
            line.clear()
        self.entry.clear()

    def _due(self) -> date | None:
        text = self.due.text().strip()
        if not text:
            return None
        read = read_date(text)
        if not isinstance(read, PartialDate) or read.month is None or read.day is None:
            raise UserError(_("“{text}” names no day; write it like 2026-12-05.").format(text=text))
        return date(read.year, read.month, read.day)

    def _refuse(self, why: str) -> None:
        self.wrong.setText(why)
        self.wrong.show()
