"""Plans a visit, a meeting, a call or a task, or changes one; it decides nothing and hands on what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from crm.domain.deadlines.explain import day_note
from crm.domain.quantities import PartialDate, read_date
from crm.domain.tasks import KINDS
from crm.errors import UserError, ValueRefusedError
from crm.i18n import _
from crm.queries.agenda import AgendaRow
from ui.theme.tokens import Tokens
from ui.widgets.dialogs import GrowingDialog
from ui.widgets.labels import button, label, name_box, row
from ui.widgets.lead_line import Find, LeadLine


class TaskDialog(GrowingDialog):
    """The form of one entry of the agenda."""

    kept = Signal(object)  # dict: kind, title, day, at, until, place, people, outline, lead (code or name, "" for none)

    def __init__(
        self,
        day: date,
        tokens: Tokens,
        find: Find,
        parent: QWidget | None = None,
        *,
        known: AgendaRow | None = None,
        lead: str = "",
        name: str = "",
    ) -> None:
        """Open the form.

        Args:
            day: it is planned for at first.
            tokens: of the look.
            find: looks for leads.
            parent: of the dialog.
            known: the entry that is changed; None for a new one.
            lead: code of the lead it is about, "" for none.
            name: of that lead.
        """
        super().__init__(parent)
        self.setWindowTitle(_("Plan an entry") if known is None else _("Change what is planned"))
        self.resize(tokens.px(520), tokens.px(420))
        self.kind = QComboBox()
        name_box(self.kind, _("Kind"))
        for each in KINDS:
            self.kind.addItem(_(each.label), each.code)
        self.lead = LeadLine(find)
        rest = ("title", "day", "at", "until", "place", "people")
        self.lines: dict[str, QLineEdit] = {"lead": self.lead.line, **{each: QLineEdit() for each in rest}}
        self.outline = QPlainTextEdit()
        self.outline.setTabChangesFocus(True)
        self.outline.setFixedHeight(tokens.px(72))
        self.note = label("", "meta")
        self.wrong = label("", tone="bad", wrap=True)
        self.wrong.hide()
        self._lay_out(known is None)
        self._fill(day, known, lead, name)
        self.lines["day"].textChanged.connect(lambda _text: self._tell_day())
        self._tell_day()

    def refuse(self, message: str) -> None:
        """Show why it was not kept; what was typed stays."""
        self.wrong.setText(message)
        self.wrong.show()
        self.keep.setEnabled(True)

    def _lay_out(self, new: bool) -> None:  # noqa: FBT001  (whether kind and lead can still be chosen)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        names: Mapping[str, str] = {
            "lead": _("Lead"),
            "title": _("What is to be done"),
            "day": _("Day, e.g. 2026-12-05"),
            "at": _("From (e.g. 09:30)"),
            "until": _("To (e.g. 11:00)"),
            "place": _("Place"),
            "people": _("With whom"),
        }
        form.addRow(label(_("Kind"), "second"), self.kind)
        for name, line in self.lines.items():
            line.setAccessibleName(names[name])
            form.addRow(label(names[name], "second"), self.lead if name == "lead" else line)
            if name == "day":
                form.addRow("", self.note)
        self.outline.setAccessibleName(_("What is to be asked or settled"))
        form.addRow(label(_("What is to be asked or settled"), "second"), self.outline)
        for widget in (self.kind, self.lines["lead"]):
            widget.setEnabled(new)
        self.keep = button(_("Save"), self._keep, role="primary")
        self.keep.setShortcut("Ctrl+Return")
        acts = row(self.wrong, button(_("Cancel"), self.reject), self.keep)
        acts.setStretch(0, 1)
        acts.insertStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.addLayout(form)
        layout.addStretch(1)
        layout.addLayout(acts)

    def _fill(self, day: date, known: AgendaRow | None, lead: str, called: str) -> None:
        self.lines["day"].setText(day.isoformat())
        self.lead.show_lead(lead, called)
        if known is None:
            self.lines["title" if lead else "lead"].setFocus()
            return
        self.kind.setCurrentIndex(max(0, self.kind.findData(known.kind)))
        texts = {"title": known.text, "at": known.at, "until": known.until, "place": known.place}
        for name, text in {**texts, "people": known.people}.items():
            self.lines[name].setText(text)
        self.lead.show_lead(known.code, known.name)
        self.outline.setPlainText(known.outline)
        self.lines["title"].setFocus()

    def _tell_day(self) -> None:
        """Say when the day is no plain working day."""
        try:
            day = _day(self.lines["day"].text())
        except UserError:
            self.note.setText("")
            return
        self.note.setText(day_note(day))

    def _keep(self) -> None:
        try:
            given: dict[str, Any] = {
                "kind": self.kind.currentData(),
                "day": _day(self.lines["day"].text()),
                "at": _time(self.lines["at"].text()),
                "until": _time(self.lines["until"].text()),
                "outline": self.outline.toPlainText(),
                "lead": self.lead.lead(),
                **{name: self.lines[name].text().strip() for name in ("title", "place", "people")},
            }
        except UserError as error:
            self.refuse(error.message)
            return
        self.keep.setEnabled(False)
        self.kept.emit(given)


def _day(text: str) -> date:
    """Return a day.

    Raises:
        UserError: the text names none.
    """
    read = read_date(text.strip()) if text.strip() else None
    if not isinstance(read, PartialDate) or read.month is None or read.day is None:
        raise ValueRefusedError(_("“{text}” names no day; write it like 2026-12-05.").format(text=text), where="day")
    return date(read.year, read.month, read.day)


def _time(text: str) -> time | None:
    """Return a time of day, None where nothing stands.

    Raises:
        UserError: it is none.
    """
    words = text.strip().replace("：", ":")
    if not words:
        return None
    try:
        return time.fromisoformat(words if len(words) > 4 else f"0{words}")  # noqa: PLR2004  (9:30)
    except ValueError:
        raise ValueRefusedError(_("“{text}” is no time of day; write it like 09:30.").format(text=text)) from None
