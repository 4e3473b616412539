"""Follow-ups: what was said, by whom, and what comes next; written down in the card itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QWidget

from crm.domain.follow_ups import KINDS
from crm.domain.quantities import PartialDate
from crm.domain.quantities.dates import read_date
from crm.errors import UserError
from crm.i18n import _
from ui.icons import Glyph, picture
from ui.theme.tokens import Tokens
from ui.widgets.labels import Card, boxed, button, column, label, name_box, row, rule

if TYPE_CHECKING:
    from crm.queries.working import FollowUpRow

MARKS = {"call": Glyph.CALL, "visit": Glyph.VISIT, "meeting": Glyph.MEETING, "note": Glyph.NOTE}
MOST_SHOWN = 20

Typed: TypeAlias = tuple[str, str, str, str]
LINES = ("note", "next_step", "next_date", "at")
NOTHING: Typed = ("", "", "", "")
DRAFT_AFTER_MS = 1000
"""As of the form: what is typed is at most two seconds away from the disk (promise 8)."""


class FollowUpCard(Card):
    """The follow-ups of one lead and a place to write the next.

    What is typed belongs to the lead it was typed for and stays until it is written down.
    """

    draft_changed = Signal(int, object)  # id of the lead; name of the line -> text, empty when nothing is typed
    written = Signal(int, object)  # id of the lead; dict: kind, at, note, next_step, next_date

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(_("Follow-ups"), Glyph.HISTORY, tokens, parent)
        self.kind = QComboBox()
        for each in KINDS:
            self.kind.addItem(_(each.label), each.code)
        name_box(self.kind, _("Kind of follow-up"))
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
        self.at = QLineEdit()
        self.at.setPlaceholderText(_("Day of it; today when empty"))
        self.at.setAccessibleName(_("Day of the follow-up"))
        self.wrong = label("", tone="bad", wrap=True)
        self.wrong.hide()
        self._lead = 0
        self._typed: dict[int, Typed] = {}  # of other leads
        self._draft = QTimer(self)
        self._draft.setSingleShot(True)
        self._draft.setInterval(DRAFT_AFTER_MS)
        self._draft.timeout.connect(self._keep_draft)
        self.entry.textChanged.connect(self._draft.start)
        for line in (self.step, self.due, self.at):
            line.textChanged.connect(self._draft.start)
        self.keep = button(_("Write down"), self._write, role="soft")
        write = QShortcut("Ctrl+Return", self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        write.activated.connect(self._write)
        self.body.setSpacing(12)
        last = row(self.wrong)
        last.setStretch(0, 1)
        last.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignRight)
        write_here = column(spacing=8)
        write_here.addLayout(row(self.kind, self.at))
        write_here.addWidget(self.entry)
        write_here.addLayout(row(self.step, self.due))
        write_here.addLayout(last)
        write_here.addWidget(rule())
        self.outer.insertLayout(1, write_here)

    def show_lead(self, lead_id: int, rows: Sequence[FollowUpRow], typed: Mapping[str, str] | None = None) -> None:
        """Show the follow-ups of a lead, newest first, and what was typed for it before (``typed``: in another run)."""
        if lead_id != self._lead:
            if self._draft.isActive():
                self._keep_draft()
            self._typed[self._lead] = self._now()
            self._lead = lead_id
            note, step, due, at = (str((typed or {}).get(name, "")) for name in LINES)
            self._put(self._typed.pop(lead_id, (note, step, due, at)))
        self.clear_body()
        self.note_count(len(rows))
        for one in rows[:MOST_SHOWN]:
            self.body.addWidget(boxed(self._entry(one)))
        if not rows:
            self.body.addWidget(label(_("Nothing has been written down yet."), "second"))

    def _entry(self, one: FollowUpRow) -> QHBoxLayout:
        """Return one follow-up: its kind as a mark, who and when, what was said, what comes next."""
        mark = QLabel()
        mark.setPixmap(picture(MARKS[one.kind], self._tokens.primary.strong, 18))
        head = row(
            label(_(next(each.label for each in KINDS if each.code == one.kind)), "strong"),
            label(one.by, "meta"),
            None,
            spacing=6,
        )
        head.addWidget(label(one.at.isoformat(), "meta"))
        texts = column(spacing=2)
        texts.addLayout(head)
        texts.addWidget(label(one.note, wrap=True))
        if one.next_step or one.next_date:
            then = " ".join(part for part in (str(one.next_date or ""), one.next_step or "") if part)
            texts.addWidget(label(_("Next: {step}").format(step=then), "meta", tone="primary", wrap=True))
        line = row(spacing=10)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(texts, 1)
        return line

    def note_count(self, count: int) -> None:
        """Say how many there are."""
        self.heading.setText(_("Follow-ups"))
        self.setAccessibleDescription(str(count))

    def _write(self) -> None:
        try:
            due = _day(self.due)
            at = _day(self.at) or date.today()  # noqa: DTZ011  (the day on the officer's desk)
        except UserError as error:
            self.refuse(error.message)
            return
        note = self.entry.toPlainText().strip()
        self.entry.setFocus()
        if not note:
            self.refuse(_("Write what was said or agreed."))
            return
        self.wrong.hide()
        self.keep.setEnabled(False)
        self.written.emit(
            self._lead,
            {
                "kind": self.kind.currentData(),
                "at": at,
                "note": note,
                "next_step": self.step.text().strip() or None,
                "next_date": due,
            },
        )

    def taken(self, lead_id: int) -> None:
        """Forget what was typed for a lead: it is written down."""
        self._typed.pop(lead_id, None)
        if lead_id == self._lead:
            self._put(NOTHING)

    def refuse(self, why: str) -> None:
        """Show why it was not written down; what was typed stays."""
        self.wrong.setText(why)
        self.wrong.show()
        self.keep.setEnabled(True)

    def _now(self) -> Typed:
        return self.entry.toPlainText(), self.step.text(), self.due.text(), self.at.text()

    def _keep_draft(self) -> None:
        self._draft.stop()
        now = self._now()
        self.draft_changed.emit(self._lead, dict(zip(LINES, now, strict=True)) if any(now) else {})

    def _put(self, typed: Typed) -> None:
        note, step, due, at = typed
        self.entry.setPlainText(note)
        self.step.setText(step)
        self.due.setText(due)
        self.at.setText(at)
        self.wrong.hide()
        self.keep.setEnabled(True)
        self._draft.stop()  # what is put there is kept already


def _day(line: QLineEdit) -> date | None:
    """Return the day typed into a line, None where nothing is.

    Raises:
        UserError: it names no day; the line has the cursor then.
    """
    text = line.text().strip()
    if not text:
        return None
    read = read_date(text)
    if not isinstance(read, PartialDate) or read.month is None or read.day is None:
        line.setFocus()
        raise UserError(_("“{text}” names no day; write it like 2026-12-05.").format(text=text))
    return date(read.year, read.month, read.day)
