"""Paste to register: the message at the left with its marks, the fields at the right, the known leads above them.

What is read is read again as the text changes; what a person has typed stays. Nothing is saved before it is confirmed;
the message with what was typed is kept as a draft, so that it is there again after a crash.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QFrame, QSplitter, QTabBar, QVBoxLayout, QWidget

from crm.domain.capture.candidates import capture
from crm.domain.capture.marks import Capture, Mark
from crm.errors import UserError
from crm.i18n import _, ngettext
from ui.capture.draft import Draft
from ui.capture.fields_pane import FieldsPane
from ui.capture.text_pane import TextPane
from ui.widgets.dialogs import fit_dialog
from ui.widgets.labels import button, clear, label, row

if TYPE_CHECKING:
    from ui.desk import Desk

READ_AFTER_MS, ASK_AFTER_MS = 150, 400
KEEP_AFTER_MS = 1000
"""A draft is at most two seconds old (promise 8): one second of waiting, one of writing."""


class CaptureDialog(QDialog):
    """One pasted text. It saves through the service, each lead for itself, and closes with the last."""

    saved = Signal(int)  # id of the lead
    known_asked = Signal(int)
    undo_asked = Signal()

    def __init__(self, desk: Desk, today: date, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Paste to register"))
        self._desk, self._today = desk, today
        self._found: Capture | None = None
        self._number, self._place = 0, 0
        self._kept: dict[int, dict[str, str]] = {}
        self._done: set[int] = set()
        self._begun, self._copied = False, ""
        tokens = desk.tokens
        fit_dialog(self, tokens.px(1080), tokens.px(700))
        self.text = TextPane(tokens)
        self.fields = FieldsPane(tokens)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("The leads of this message"))
        self.tabs.setExpanding(False)
        self.state = label("", "second", wrap=True)
        self._known = QFrame()
        self._known.setObjectName("warning")
        self._duplicates = QVBoxLayout(self._known)
        self._duplicates.setContentsMargins(12, 8, 12, 8)
        self._duplicates.setSpacing(4)
        self._refusal = label("", tone="bad", wrap=True)
        self.keep = button(_("Save this lead"), self._save, role="primary")
        self.keep.setShortcut("Ctrl+Return")
        self._lay_out()
        self._read = self._timer(READ_AFTER_MS, self._recognise)
        self._ask = self._timer(ASK_AFTER_MS, self._look_for_known)
        self._draft = Draft(desk)
        self._keep_later = self._timer(KEEP_AFTER_MS, self._keep_draft)
        self._wire()
        self._show_nothing(_("Paste a message at the left: what it says is shown here, field by field."))
        self._draft.load(lambda kept: self._begin(text, kept))

    def _begin(self, copied: str, kept: Mapping[str, str]) -> None:
        """Show the message that was not saved the last time, else the one that was copied."""
        self._begun = True
        text, self._kept, self._done = Draft.parts(kept)
        if text:
            self._resumed.setText(_("This message was not saved the last time; it is here again with what was typed."))
            self._resumed.show()
            other = copied.strip() and copied.strip() != text.strip()
            self._other.setVisible(bool(other))
            self._copied = copied
            self.text.setPlainText(text)
        elif copied.strip():
            self.text.setPlainText(copied)

    def _take_copied(self) -> None:
        """Leave the message of the last time for the one that was copied now."""
        self._kept, self._done, self._place = {}, set(), 0
        self.fields.clear()
        self._resumed.hide()
        self._other.hide()
        self.text.setPlainText(self._copied)

    def _keep_draft(self) -> None:
        self._remember()
        self._draft.keep(self.text.toPlainText(), self._kept, self._done)

    def done(self, code: int) -> None:
        """Keep the draft when the dialog is left before its second is over."""
        if self._keep_later.isActive() and code != QDialog.DialogCode.Accepted:
            self._keep_later.stop()
            self._keep_draft()
        super().done(code)

    def _throw_away(self) -> None:
        self._keep_later.stop()
        self._draft.drop()
        self.reject()

    # -- reading

    def is_settled(self) -> bool:
        """Return whether the text as it stands has been read."""
        return (
            self._begun
            and not self._read.isActive()
            and (not self.text.toPlainText().strip() or self._found is not None)
        )

    def _recognise(self) -> None:
        """Read the text off the window's thread; an answer that a later text has overtaken is dropped."""
        self._number += 1
        number, text, today = self._number, self.text.toPlainText(), self._today
        self._found = None
        self._remember()

        def show(found: Capture) -> None:
            if number == self._number:
                self._show(found)

        self._desk.runner.query(lambda: capture(text, today), show, self._desk.fail)

    def _show(self, found: Capture) -> None:
        self._found = found
        self._place = min(self._place, max(len(found.candidates) - 1, 0))
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for number, each in enumerate(found.candidates, 1):
            name = each.values.get("name") or each.values.get("investor") or _("Lead {number}").format(number=number)
            self.tabs.addTab(f"✓ {name}" if number - 1 in self._done else str(name))
        self.tabs.setCurrentIndex(self._place)
        self.tabs.blockSignals(False)
        self.tabs.setVisible(len(found.candidates) > 1)
        if found.candidates:
            self._show_candidate(self._place)
        else:
            empty = not found.text.strip()
            self._show_nothing(
                _("Paste a message at the left: what it says is shown here, field by field.")
                if empty
                else _("No lead was recognised in this text.")
            )

    def _show_candidate(self, place: int) -> None:
        if self._found is None or not 0 <= place < len(self._found.candidates):
            return
        self._remember()
        self._place = place
        candidate = self._found.candidates[place]
        self.fields.show_candidate(candidate, self._kept.get(place, {}))
        self.fields.setVisible(True)
        self.text.show_marks((*candidate.others, *candidate.marks))
        count = len(candidate.marks)
        told = ngettext(
            "{count} value was read. Check each; an emptied line is not taken.",
            "{count} values were read. Check each; an emptied line is not taken.",
            count,
        ).format(count=count)
        if self._found.cut:
            told += "\n" + _("The text is longer than is looked at; its end was left out.")
        self.state.setText(told)
        self.keep.setEnabled(place not in self._done)
        self._refusal.hide()
        self._look_for_known()

    def _show_nothing(self, text: str) -> None:
        self.state.setText(text)
        self.fields.setVisible(False)
        self.tabs.setVisible(False)
        self.text.show_marks(())
        self._show_known(())
        self._refusal.hide()
        self.keep.setEnabled(False)

    def _remember(self) -> None:
        typed = self.fields.texts()
        if typed:
            self._kept[self._place] = typed

    # -- what may be known

    def _look_for_known(self) -> None:
        from crm.queries.known import leads_like  # noqa: PLC0415  (the database is asked then)

        number, place, party = self._number, self._place, self.fields.party()

        def show(found: Sequence[tuple[int, str, str]]) -> None:
            if (number, place) == (self._number, self._place):
                self._show_known(found)

        self._desk.ask(lambda session: leads_like(session, party), show)

    def _show_known(self, entries: Sequence[tuple[int, str, str]]) -> None:
        clear(self._duplicates)
        self._known.setVisible(bool(entries))
        for lead_id, name, why in entries:
            line = row(label(_("May be known: {name} ({why})").format(name=name, why=why), tone="warn", wrap=True))
            line.setStretch(0, 1)
            says = _("Open {name}").format(name=name)
            line.addWidget(button(_("Open it"), partial(self._leave_for, lead_id), role="link", says=says))
            self._duplicates.addLayout(line)

    def _leave_for(self, lead_id: int) -> None:
        self.reject()
        self.known_asked.emit(lead_id)

    # -- saving

    def _save(self) -> None:
        if self._found is None:
            return
        try:
            values = self.fields.values()
        except UserError as error:
            self._refuse(error.message)
            return
        if not values.get("name"):
            self.fields.focus_field("name")
            self._refuse(_("A lead needs the name of its project."))
            return
        self.keep.setEnabled(False)
        pasted, user, today, place = self._found.text, self._desk.workspace.user, self._today, self._place

        def work(session: Any) -> Any:  # noqa: ANN401  (a session; a record)
            from crm.services.capture import register  # noqa: PLC0415

            return register(session, values, pasted, by=user, on=today)

        self._desk.change(work, _("paste to register"), partial(self._kept_it, place), self._failed)

    def _kept_it(self, place: int, made: Any) -> None:  # noqa: ANN401  (a record)
        self._done.add(place)
        self._keep_later.stop()
        self.saved.emit(made.id)
        self._desk.tell(_("{code} saved.").format(code=made.code), _("Undo"), self.undo_asked.emit)
        candidates = len(self._found.candidates) if self._found is not None else 0
        rest = [one for one in range(candidates) if one not in self._done]
        if not rest:
            self._draft.drop()
            self.accept()
            return
        self._keep_draft()
        self.tabs.setTabText(place, f"✓ {self.tabs.tabText(place)}")
        self.tabs.setCurrentIndex(rest[0])

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self._refuse(error.message)
        else:
            self._desk.fail(error)
        self.keep.setEnabled(True)

    def _refuse(self, message: str) -> None:
        self._refusal.setText(message)
        self._refusal.show()

    # -- making

    def _lay_out(self) -> None:
        right = QWidget()
        inner = QVBoxLayout(right)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        self._resumed = label("", tone="primary", wrap=True)
        self._other = button(_("Take the copied text instead"), self._take_copied, role="link")
        for each in (self._resumed, self._other):
            each.hide()
        inner.addWidget(self._resumed)
        inner.addLayout(row(self._other, None))
        for widget in (self.tabs, self._known, self.state, self.fields):
            inner.addWidget(widget)
        inner.setStretch(5, 1)
        inner.addStretch(0)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.text)
        split.addWidget(right)
        split.setChildrenCollapsible(False)
        split.setSizes([self._desk.tokens.px(460), self._desk.tokens.px(580)])
        away = button(_("Throw away"), self._throw_away, role="danger")
        acts = row(self._refusal, away, button(_("Close"), self.reject), self.keep)
        acts.setStretch(0, 1)
        acts.insertStretch(1)
        foot = QFrame()
        foot.setObjectName("foot")
        acts.setContentsMargins(20, 12, 20, 12)
        foot.setLayout(acts)
        middle = QVBoxLayout()
        middle.setContentsMargins(20, 16, 20, 16)
        middle.addWidget(split)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(middle, 1)
        layout.addWidget(foot)

    def _wire(self) -> None:
        self.text.textChanged.connect(self._read.start)
        self.text.textChanged.connect(self._keep_later.start)
        self.fields.edited.connect(self._keep_later.start)
        self.text.mark_entered.connect(self._enter)
        self.fields.edited.connect(self._ask.start)
        self.fields.mark_chosen.connect(self.text.choose)
        self.tabs.currentChanged.connect(self._show_candidate)

    def _enter(self, mark: Mark) -> None:
        """Bring the line of a mark into sight; the cursor stays in the text."""
        self.text.choose(mark)
        line = self.fields.lines.get(mark.field)
        if line is not None:
            self.fields.ensureWidgetVisible(line)

    def _timer(self, wait: int, then: Any) -> QTimer:  # noqa: ANN401  (a slot)
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(wait)
        timer.timeout.connect(then)
        return timer
