"""Two officers changed the same field: what it was, what the other wrote, what is typed here. A person chooses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from crm.domain.fields.registry import LEAD_FIELDS, Field
from crm.domain.fields.writing import value_to_text
from crm.i18n import _
from ui.theme.tokens import Tokens
from ui.widgets.dialogs import FittedScroll, GrowingDialog, fit_dialog
from ui.widgets.labels import boxed, button, label, row, rule

TOP = Qt.AlignmentFlag.AlignTop


class _Words(QLabel):
    """The words beside a choice, in as many lines as they need; pressing them chooses it."""

    def __init__(self, text: str, choice: QRadioButton) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(TOP)
        self._choice = choice

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._choice.setChecked(True)
        super().mousePressEvent(event)


class ConflictDialog(GrowingDialog):
    """One row a field that both changed; fields only one of them changed need no choice."""

    settled = Signal(object)  # field name -> value: what is to be saved of what was typed here

    def __init__(
        self,
        before: Mapping[str, Any],
        theirs: Mapping[str, Any],
        mine: Mapping[str, Any],
        tokens: Tokens,
        parent: QWidget | None = None,
        *,
        fields: Mapping[str, Field] = LEAD_FIELDS,
    ) -> None:
        super().__init__(parent)
        self._fields = fields
        self.setWindowTitle(_("Changed meanwhile"))
        fit_dialog(self, tokens.px(680), tokens.px(320))
        self._mine = dict(mine)
        self.choices: dict[str, QRadioButton] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        for place, share in enumerate((2, 3, 4, 4)):
            grid.setColumnStretch(place, share)
        for place, title in enumerate((_("Field"), _("It was"), _("Keep theirs"), _("Take mine"))):
            grid.addWidget(label(title, "meta"), 0, place)
        both = [name for name in mine if theirs.get(name) not in (before.get(name), mine[name])]
        for number, name in enumerate(both, 1):
            line = 2 * number
            grid.addWidget(rule(), line - 1, 0, 1, 4)
            grid.addWidget(label(_(self._fields[name].label), "second", wrap=True), line, 0, TOP)
            grid.addWidget(label(_text(self._fields[name], before.get(name)), wrap=True), line, 1, TOP)
            keep, take = QRadioButton(), QRadioButton()
            group = QButtonGroup(self)
            group.addButton(keep)
            group.addButton(take)
            keep.setChecked(True)
            self.choices[name] = take
            for place, radio, value in ((2, keep, theirs.get(name)), (3, take, mine[name])):
                said = _("{field}: {value}").format(
                    field=_(self._fields[name].label), value=_text(self._fields[name], value)
                )
                radio.setAccessibleName(said)
                choice = row(spacing=6)
                choice.addWidget(radio, 0, TOP)
                choice.addWidget(_Words(_text(self._fields[name], value), radio), 1)
                grid.addWidget(boxed(choice), line, place, TOP)
        grid.setRowStretch(grid.rowCount(), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        intro = _("Another officer changed this lead while you were editing. Nothing is saved until you choose.")
        layout.addWidget(label(intro, wrap=True))
        layout.addSpacing(6)
        layout.addWidget(FittedScroll(boxed(grid)), 1)
        layout.addLayout(row(None, button(_("Cancel"), self.reject), button(_("Save"), self._settle, role="primary")))

    def _settle(self) -> None:
        kept = {
            name: value
            for name, value in self._mine.items()
            if name not in self.choices or self.choices[name].isChecked()
        }
        self.accept()
        self.settled.emit(kept)


def _text(field: Field, value: Any) -> str:  # noqa: ANN401  (a value of any field)
    return _("(nothing)") if value is None else value_to_text(field, value)
