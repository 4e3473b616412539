"""What changed, when, by whom, from what to what (contacts masked); each change can be taken back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm.domain.fields.masking import masked
from crm.domain.fields.registry import RECORD_FIELDS, Field
from crm.domain.fields.writing import value_to_text
from crm.i18n import _
from ui.icons import Glyph
from ui.theme.tokens import Tokens
from ui.widgets.labels import Card, button, label, row, rule

if TYPE_CHECKING:
    from crm.queries.history import Change

SHOWN_SETS = 30


class HistoryCard(Card):
    """The change sets that touched a record, newest first."""

    undo_asked = Signal(int, bool)  # change set; of this record alone, for it touched others too

    def __init__(self, tokens: Tokens, kind: str = "leads", parent: QWidget | None = None) -> None:
        super().__init__(_("History"), Glyph.HISTORY, tokens, parent)
        self.kind = kind

    def show_changes(
        self, changes: Sequence[Change], shared: Collection[int] = (), undone: Collection[int] = ()
    ) -> None:
        """Show the changes of one record.

        Args:
            changes: of the record, the oldest first.
            shared: change sets that touched other records too: of these only what they did to this one is taken back.
            undone: change sets that are taken back already.
        """
        self.clear_body()
        sets = [list(group) for _number, group in groupby(changes, key=lambda one: one.change_set)]
        for group in reversed(sets[-SHOWN_SETS:]):
            first = group[0]
            when = first.at.astimezone().strftime("%Y-%m-%d %H:%M")
            if self.body.count():
                self.body.addWidget(rule())
            line = row(label(first.by, "strong"), label(when, "meta"), None, spacing=6)
            alone = first.change_set in shared
            if first.change_set in undone:
                line.addWidget(label(_("taken back"), "meta"))
            elif not alone or all(one.action == "changed" for one in group):
                act = self._word_alone() if alone else _("Undo")
                says = _("{what}: {name}").format(what=act, name=f"{when} {first.why}")
                undo = partial(self.undo_asked.emit, first.change_set, alone)
                line.addWidget(button(act, undo, role="link", says=says))
            self.body.addLayout(line)
            if first.why:
                self.body.addWidget(label(first.why, "meta", wrap=True))
            for change in group:
                self.body.addWidget(label(change_text(change, RECORD_FIELDS.get(self.kind, {})), wrap=True))
        if not sets:
            self.body.addWidget(label(_("No change yet."), "second"))

    def _word_alone(self) -> str:
        return _("Undo for this lead") if self.kind == "leads" else _("Undo for this record")


def change_text(change: Change, fields: Mapping[str, Field]) -> str:
    """Return one line of the history in words, contacts masked."""
    if change.action == "created":
        return _("Made with {number} facts").format(number=len(change.after or {}))
    if change.action == "deleted":
        return _("Deleted")
    field = fields.get(change.field)
    name = _(field.label) if field is not None else change.field
    return _("{field}: {before} → {after}").format(
        field=name, before=_text(field, change.before), after=_text(field, change.after)
    )


def _text(field: Field | None, value: Any) -> str:  # noqa: ANN401  (a value of any field)
    if value is None:
        return _("(nothing)")
    return masked(field, value_to_text(field, value)) if field is not None else str(value)
