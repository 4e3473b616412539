"""Two officers changed the same field: what it was, what the other wrote, what is typed here. A person chooses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QDialog, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.fields.writing import value_to_text
from crm.i18n import _
from ui.theme.tokens import Tokens
from ui.widgets.dialogs import fit_dialog
from ui.widgets.labels import button, label, row


class ConflictDialog(QDialog):
    """One row a field that both changed; fields only one of them changed need no choice."""

    settled = Signal(object)  # field name -> value: what is to be saved of what was typed here

    def __init__(
        self,
        before: Mapping[str, Any],
        theirs: Mapping[str, Any],
        mine: Mapping[str, Any],
        tokens: Tokens,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Changed meanwhile"))
        fit_dialog(self, tokens.px(680), tokens.px(320))
        self._mine = dict(mine)
        self.choices: dict[str, QRadioButton] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        for place, title in enumerate((_("Field"), _("It was"), _("Keep theirs"), _("Take mine"))):
            grid.addWidget(label(title, "meta"), 0, place)
        both = [name for name in mine if theirs.get(name) not in (before.get(name), mine[name])]
        for number, name in enumerate(both, 1):
            grid.addWidget(label(_(LEAD_FIELDS[name].label), "second"), number, 0)
            grid.addWidget(label(_text(name, before.get(name)), wrap=True), number, 1)
            keep, take = QRadioButton(_text(name, theirs.get(name))), QRadioButton(_text(name, mine[name]))
            group = QButtonGroup(self)
            group.addButton(keep)
            group.addButton(take)
            keep.setChecked(True)
            self.choices[name] = take
            grid.addWidget(keep, number, 2)
            grid.addWidget(take, number, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        intro = _("Another officer changed this lead while you were editing. Nothing is saved until you choose.")
        layout.addWidget(label(intro, wrap=True))
        layout.addLayout(grid)
        layout.addStretch(1)
        layout.addLayout(row(None, button(_("Cancel"), self.reject), button(_("Save"), self._settle, role="primary")))

    def _settle(self) -> None:
        kept = {
            name: value
            for name, value in self._mine.items()
            if name not in self.choices or self.choices[name].isChecked()
        }
        self.accept()
        self.settled.emit(kept)


def _text(name: str, value: Any) -> str:  # noqa: ANN401  (a value of any field)
    return _("(nothing)") if value is None else value_to_text(LEAD_FIELDS[name], value)
