"""One row that may be known already, field by field: what is known, what the file says, which of them holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QVBoxLayout, QWidget

from crm.domain.imports.choices import EVERY, Choice, answer_of, read_choice
from crm.i18n import _
from ui.theme.tokens import Tokens
from ui.widgets.labels import button, clear, label, name_box, row


class DuplicatePanel(QWidget):
    """Shows the candidates and the differing fields of a row; tells the answer."""

    answered = Signal(str, str)  # key of the row, answer

    def __init__(self, kind: str, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind, self._tokens = kind, tokens
        self._told: Mapping[str, Any] = {}
        self.takes: dict[str, QCheckBox] = {}
        self.into = QComboBox()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)

    def show_duplicate(self, told: Mapping[str, Any], answer: str) -> None:
        """Show a row.

        Args:
            told: its ``duplicate`` as the contract tells it, and ``where`` it stands.
            answer: what was answered about it, "" for nothing.
        """
        clear(self._layout)
        self._told, self.takes = told, {}
        choice = read_choice(answer) if answer else Choice("fill")
        self._layout.addWidget(label(_("Row {row}, field by field").format(row=told["where"]), "second"))
        self.into = QComboBox()
        name_box(self.into, _("The record it is merged into"))
        for one in told["candidates"]:
            words = one["why"] if one["code"] is None else f"{one['code']} {one['name'] or ''}".strip()
            self.into.addItem(words, one["code"] or "")
        self.into.setCurrentIndex(max(0, self.into.findData(choice.into)) if choice.into else 0)
        self._layout.addLayout(row(label(_("The record it is merged into"), "second"), self.into, None))
        self._layout.addLayout(self._fields(choice))
        act = button(_("Merge like this"), self._take, role="soft")
        self._layout.addLayout(row(act, None))

    def _fields(self, choice: Choice) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        for column, title in enumerate((_("Field"), _("Known"), _("In the file"), _("Take what the file says"))):
            grid.addWidget(label(title, "meta"), 0, column)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for place, one in enumerate(self._told["differs"], 1):
            grid.addWidget(label(one["label"], "second"), place, 0)
            grid.addWidget(label(one["known_text"] or "—", wrap=True), place, 1)
            grid.addWidget(label(one["said_text"] or "—", wrap=True), place, 2)
            if one["fills"]:
                grid.addWidget(label(_("fills a blank"), "meta", tone="ok"), place, 3)
                continue
            take = QCheckBox()
            take.setAccessibleName(_("{field}: take what the file says").format(field=one["label"]))
            take.setChecked(choice.takes(one["field"]))
            self.takes[one["field"]] = take
            grid.addWidget(take, place, 3)
        if not self._told["differs"]:
            grid.addWidget(label(_("It says nothing that is not known."), "second"), 1, 0, 1, 4)
        return grid

    def _take(self) -> None:
        taken = frozenset(name for name, box in self.takes.items() if box.isChecked())
        take = frozenset((EVERY,)) if taken and taken == self.takes.keys() else taken
        into = str(self.into.currentData()) if self.into.currentIndex() > 0 else ""
        self.answered.emit(self._told["key"], answer_of(Choice("fill", take, into)))
