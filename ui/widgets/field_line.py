"""One field of a record as a line to type in: read at once by the core and shown as it was understood.

1.2亿 → 12,000万元. A value that cannot be read stays in its line with the reason under it.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from crm.domain.companies.credit_codes import read_credit_code
from crm.domain.companies.explain import explain_credit_code
from crm.domain.fields.reading import read_value
from crm.domain.fields.registry import Field, Kind
from crm.domain.fields.writing import value_to_text
from crm.errors import UserError
from crm.i18n import N_, _
from ui.widgets.labels import label

HINTS: Mapping[str, str] = {
    "name": N_("required"),
    "planned_investment": N_("e.g. 1.2亿, 5-8亿元, 200万美元"),
    "fixed_investment": N_("e.g. 8000万"),
    "annual_tax": N_("e.g. 5000万元, 4500-5500"),
    "land": N_("e.g. 25亩, 16667㎡, 2公顷, 0亩 for none"),
    "plots": N_("e.g. 高铁新城:10亩:工业|开发区:30亩:工业"),
    "phases": N_("e.g. 20亩:4200:已签|20亩:4200:意向"),
    "space": N_("e.g. 研发=1200㎡|办公=300㎡"),
    "tax_by_year": N_("e.g. 2028=800|2029=2600"),
    "needed_by": N_("e.g. 2027-03"),
    "next_date": N_("e.g. 2026-12-05"),
    "financing_stage": N_("e.g. A, B, Pre-IPO"),
    "financing_need": N_("e.g. 3000万"),
    "industries": N_("several by |"),
    "environment": N_("e.g. P2|动物实验"),
}


class FieldLine(QWidget):
    """One field: its line and, under it, what was understood or what is wrong."""

    edited = Signal()

    def __init__(self, field: Field, text: str) -> None:
        super().__init__()
        self.field = field
        self.editor = self._make(field)
        self.editor.setAccessibleName(_(field.label))
        self._below: QLabel | None = None
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(2)
        self._lines.addWidget(self.editor)
        self.put(text)
        self._connect()

    @property
    def below(self) -> QLabel:
        """What is said under the line; made when there is something to say: a form has seventy lines."""
        if self._below is None:
            self._below = label("", "meta", wrap=True, parent=self)
            self._below.hide()
            self._lines.addWidget(self._below)
        return self._below

    def text(self) -> str:
        """Return what stands in the line; of a choice its code."""
        editor = self.editor
        if isinstance(editor, QComboBox):
            return str(editor.currentData() or "")
        return editor.toPlainText() if isinstance(editor, QPlainTextEdit) else editor.text()

    def put(self, text: str) -> None:
        """Put a text into the line."""
        editor = self.editor
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(text)))
        elif isinstance(editor, QPlainTextEdit):
            editor.setPlainText(text)
        else:
            editor.setText(text)

    def value(self) -> object | None:
        """Return the value as the core reads it.

        Raises:
            UserError: it cannot be read.
        """
        return read_value(self.field, self.text().strip())

    def check(self) -> bool:
        """Show what was understood, or what is wrong; return whether it can be read."""
        try:
            value = self.value()
        except UserError as error:
            self._tell(error.message, "bad")
            return False
        self._tell(*self._understood(value))
        return True

    def refuse(self, message: str) -> None:
        """Show why the core would not take what stands in the line."""
        self._tell(message, "bad")

    def _understood(self, value: object | None) -> tuple[str, str]:
        if value is None:
            return "", ""
        if self.field.kind is Kind.CREDIT_CODE:
            return _credit_code_words(str(value))
        if self.field.kind in (Kind.TEXT, Kind.NOTE, Kind.CHOICE, Kind.FLAG, Kind.PHONE):
            return "", ""
        text = value_to_text(self.field, value)
        return ("", "") if text == self.text().strip() else (_("read as {value}").format(value=text), "ok")

    def _tell(self, text: str, tone: str) -> None:
        if not text and self._below is None:
            return
        self.below.setText(text)
        self.below.setProperty("tone", tone)
        self.below.style().unpolish(self.below)
        self.below.style().polish(self.below)
        self.below.setVisible(bool(text))
        self.editor.setProperty("wrong", "true" if tone == "bad" else "false")
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)

    def _make(self, field: Field) -> QComboBox | QPlainTextEdit | QLineEdit:
        if field.kind in (Kind.CHOICE, Kind.FLAG):
            choice = QComboBox()
            choice.addItem(_("(not filled in)"), "")
            entries = [(_(one.label), one.code) for one in field.choices] or [(_("yes"), "true"), (_("no"), "false")]
            for word, code in entries:
                choice.addItem(word, code)
            return choice
        if field.kind is Kind.NOTE:
            note = QPlainTextEdit()
            note.setFixedHeight(72)
            note.setTabChangesFocus(True)
            return note
        line = QLineEdit()
        line.setPlaceholderText(_(HINTS[field.name]) if field.name in HINTS else "")
        if field.kind in (Kind.CREDIT_CODE, Kind.PHONE):
            line.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin)
        return line

    def _connect(self) -> None:
        editor = self.editor
        if isinstance(editor, QComboBox):
            editor.currentIndexChanged.connect(lambda _place: self._changed())
        else:
            editor.textChanged.connect(lambda *_text: self._changed())

    def _changed(self) -> None:
        self.check()
        self.edited.emit()


def typed(field: Field, value: object | None) -> str:
    """Return a value as one would type it: its own text where it has one."""
    if value is None:
        return ""
    if field.kind is Kind.CHOICE:
        return str(value)
    if field.kind is Kind.FLAG:
        return "true" if value else "false"
    return value_to_text(field, value)


def _credit_code_words(code: str) -> tuple[str, str]:
    checked = read_credit_code(code)
    return (_("✓ check digits right"), "ok") if checked.fault is None else (explain_credit_code(checked), "bad")
