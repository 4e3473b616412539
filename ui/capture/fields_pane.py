"""What was read of one lead, field by field: how sure and why; each line can be corrected, an empty one is left out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from crm.domain.capture.explain import certainty_text, field_text, reason_text
from crm.domain.capture.marks import UNASSIGNED, Candidate, Certainty, Mark
from crm.domain.fields.registry import LEAD_FIELDS, Kind
from crm.domain.reasons import Reason
from crm.errors import UserError
from crm.i18n import _
from ui.capture.tones import tone_of
from ui.theme.tokens import Tokens
from ui.widgets.field_line import FieldLine, typed
from ui.widgets.labels import boxed, clear, column, label, name_box, pill, row

ALWAYS = ("name", "investor", "source", "first_reported_at", "first_reporter")
"""Lines that stand there even when nothing was read for them: a first report needs them."""

CHARACTERS = 12
"""Of a choice are seen at least."""

SUMS = tuple(name for name, field in LEAD_FIELDS.items() if field.kind is Kind.MONEY)


class FieldsPane(QScrollArea):
    """The lines of one candidate."""

    edited = Signal()
    mark_chosen = Signal(object)  # Mark, or None

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tokens = tokens
        self.lines: dict[str, FieldLine] = {}
        self.choices: list[QComboBox] = []
        self._mark_of: dict[QObject, Mark] = {}
        self._by_hand: set[str] = set()
        self._shown: dict[str, tuple[str, Any]] = {}  # what was read, and how it is shown: English cannot be read back
        self._rows = column(spacing=12)
        body = QFrame()
        body.setObjectName("card")
        inner = QVBoxLayout(body)
        inner.setContentsMargins(16, 14, 16, 14)
        inner.addLayout(self._rows)
        inner.addStretch(1)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("What was read"))
        self.setWidget(body)

    def show_candidate(self, candidate: Candidate, kept: Mapping[str, str]) -> None:
        """Show what was read of a lead; ``kept`` is what a person has typed before, by field."""
        clear(self._rows)
        self.lines, self.choices, self._mark_of, self._by_hand = {}, [], {}, set(kept)
        self._shown = {name: (typed(LEAD_FIELDS[name], value), value) for name, value in candidate.values.items()}
        marks: dict[str, Mark] = {}
        for mark in candidate.marks:
            marks.setdefault(mark.field, mark)
        texts = {name: text for name, (text, _value) in self._shown.items()}
        if not texts.get("name") and texts.get("investor"):  # a lead needs a name; the company's is the nearest
            texts["name"] = texts["investor"]
        order = [*ALWAYS, *(name for name in LEAD_FIELDS if name in {*texts, *kept} and name not in ALWAYS)]
        for name in order:
            self._add_line(name, kept.get(name, texts.get(name, "")), marks.get(name))
        for mark in candidate.others:
            self._add_other(mark)

    def clear(self) -> None:
        """Show nothing, and forget what was typed."""
        clear(self._rows)
        self.lines, self.choices, self._mark_of, self._by_hand = {}, [], {}, set()

    def texts(self) -> dict[str, str]:
        """Return what a person typed, by field."""
        return {name: line.text() for name, line in self.lines.items() if name in self._by_hand}

    def values(self) -> dict[str, Any]:
        """Return the values of the lines; the empty ones are left out.

        Raises:
            UserError: one cannot be read; it is marked and has the cursor.
        """
        found: dict[str, Any] = {}
        for name, line in self.lines.items():
            try:
                value = self._value(name, line)
            except UserError:
                line.check()
                self.focus_field(name)
                raise
            if value is not None:
                found[name] = value
        return found

    def _value(self, name: str, line: FieldLine) -> Any:  # noqa: ANN401  (any value of a field)
        """Return the value of a line: what was read of the message as long as nobody has changed the line.

        Raises:
            UserError: what was typed cannot be read.
        """
        shown = self._shown.get(name)
        return shown[1] if shown is not None and shown[0] == line.text() else line.value()

    def party(self) -> dict[str, Any]:
        """Return what duplicates are looked for by, as far as it can be read."""
        found: dict[str, Any] = {}
        for name in ("name", "investor", "credit_code", "contact", "contact_phone"):
            line = self.lines.get(name)
            try:
                value = None if line is None else self._value(name, line)
            except UserError:
                continue
            if value is not None:
                found[name] = value
        return found

    def focus_field(self, name: str) -> None:
        """Put the cursor into a line and bring it into sight."""
        line = self.lines.get(name)
        if line is not None:
            line.editor.setFocus()
            self.ensureWidgetVisible(line)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell which mark belongs to the line that has the cursor."""
        if event.type() == QEvent.Type.FocusIn:
            self.mark_chosen.emit(self._mark_of.get(watched))
        return super().eventFilter(watched, event)

    def _add_line(self, name: str, text: str, mark: Mark | None) -> None:
        line = FieldLine(LEAD_FIELDS[name], text)
        line.edited.connect(partial(self._edited, name))
        line.editor.installEventFilter(self)
        if isinstance(line.editor, QComboBox):
            _keep_narrow(line.editor)
        title = label(_(LEAD_FIELDS[name].label), "second")
        title.setBuddy(line.editor)
        self._rows.addWidget(boxed(self._with_reason(line, title, self._why(name, text, mark))))
        self.lines[name] = line
        if mark is not None:
            self._mark_of[line.editor] = mark

    def _why(self, name: str, text: str, mark: Mark | None) -> tuple[Certainty, Reason] | None:
        """Return how sure a line is and why; None for what a person typed."""
        if mark is not None:
            return mark.certainty, mark.reason
        if name == "name" and text and name not in self._by_hand:
            return Certainty.POSSIBLE, Reason("of_name")
        return None

    @staticmethod
    def _with_reason(line: FieldLine, title: QLabel, why: tuple[Certainty, Reason] | None) -> QVBoxLayout:
        """Return a line under its title, with how sure it is beside that and why below."""
        if why is None:
            return column(title, line, spacing=3)
        sure, reason = certainty_text(why[0]), reason_text(why[1])
        line.editor.setAccessibleDescription(f"{sure}：{reason}")
        both = column(spacing=3)
        both.addLayout(row(title, None, pill(sure, tone_of(line.field.name))))
        both.addWidget(line)
        both.addWidget(label(reason, "meta", wrap=True))
        return both

    def _add_other(self, mark: Mark) -> None:
        """Show what was found beside it: a figure without a field can be given one, a second value can be taken."""
        choice = QComboBox()
        name_box(choice, _("What {text} is").format(text=mark.text))
        choice.addItem(_("(leave it out)"), "")
        for name in SUMS if mark.field == UNASSIGNED else (mark.field,):
            choice.addItem(_(LEAD_FIELDS[name].label), name)
        _keep_narrow(choice)
        choice.activated.connect(partial(self._take, choice, mark))
        choice.installEventFilter(self)
        self._mark_of[choice] = mark
        self.choices.append(choice)
        why = label(f"{field_text(mark)} · {reason_text(mark.reason)}", "meta", wrap=True)
        self._rows.addWidget(boxed(column(label(mark.text, "strong", wrap=True), choice, why, spacing=3)))

    def _take(self, choice: QComboBox, mark: Mark, _place: int) -> None:
        """Put a figure into the line of the field that was chosen for it."""
        name = str(choice.currentData() or "")
        if not name:
            return
        if name not in self.lines:
            self._add_line(name, "", None)
        self._by_hand.add(name)
        self.lines[name].put(typed(LEAD_FIELDS[name], mark.value))

    def _edited(self, name: str) -> None:
        self._by_hand.add(name)
        self.edited.emit()


def _keep_narrow(box: QComboBox) -> None:
    """Let a box of choices be narrower than its longest choice: the list it opens shows that whole."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(CHARACTERS)
