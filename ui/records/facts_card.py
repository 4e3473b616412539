"""All facts of a record, by the registry's fields; what is not known can be filled in from here."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from crm.domain.fields.masking import masked
from crm.domain.fields.registry import RECORD_FIELDS
from crm.domain.fields.writing import value_to_text
from crm.i18n import _
from crm.queries.resources import ResourceFacts
from ui.icons import Glyph
from ui.theme.tokens import Tokens
from ui.widgets.labels import Card, button, label, pill, row

TITLE_WIDTH = 120
"""Logical pixels of the names of the fields."""


class RecordFacts(Card):
    """The facts of one record."""

    edit_asked = Signal(str)  # name of a field, "" for the first

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(_("Facts"), Glyph.INFO, tokens, parent)
        self._slot = pill(_("to be entered"), "warn")
        self.head.addWidget(self._slot)
        self._slot.hide()

    def show_record(self, facts: ResourceFacts) -> None:
        """Show what is known of a record."""
        self.clear_body()
        self._slot.setVisible(facts.slot)
        if facts.slot:
            words = _("A place in the founding document's count, without a name: it is never recommended.")
            self.body.addWidget(label(words, "second", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for place, (name, field) in enumerate(RECORD_FIELDS[facts.record.kind].items()):
            title = label(_(field.label), "second", wrap=True)
            title.setFixedWidth(self._tokens.px(TITLE_WIDTH))
            grid.addWidget(title, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._value(facts, name), place, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(grid)
        edit = button(_("Edit"), partial(self.edit_asked.emit, ""), glyph=Glyph.EDIT, tokens=self._tokens)
        self.body.addLayout(row(edit, None))

    def _value(self, facts: ResourceFacts, name: str) -> QWidget:
        field = RECORD_FIELDS[facts.record.kind][name]
        value = facts.record.values.get(name)
        if value is not None:
            return label(masked(field, value_to_text(field, value)) or _("none"), wrap=True)
        words = _("to be filled in")
        says = _("{what}: {name}").format(what=words, name=_(field.label))
        fill = button(words, partial(self.edit_asked.emit, name), role="link", says=says)
        fill.setProperty("flush", "true")
        return fill
