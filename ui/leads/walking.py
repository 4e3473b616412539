"""From lead to lead through the list as it is filtered and sorted, also where it changes meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from crm.i18n import _
from ui.icons import Glyph
from ui.leads.list_pane import ListPane
from ui.theme.tokens import Tokens
from ui.widgets.labels import icon_button, label


class Place:
    """Where one is in a list; a lead that has left it leaves its place behind, between those that were beside it."""

    def __init__(self) -> None:
        self.number = 0
        self.here = False

    def look(self, ids: Sequence[int], lead_id: int) -> None:
        """Find a lead in the list as it is now."""
        if not (self.number < len(ids) and ids[self.number] == lead_id):
            try:
                self.number = ids.index(lead_id)
            except ValueError:
                self.here = False
                return
        self.here = True

    def beside(self, ids: Sequence[int], way: int) -> int | None:
        """Return the lead before (-1) or behind (1); of one that is gone the one that has taken its place is behind."""
        number = self.number + way if self.here or way < 0 else self.number
        return int(ids[number]) if 0 <= number < len(ids) else None


class Walking(QWidget):
    """``‹ 3 / 1,204 ›`` at the head of a lead."""

    stepped = Signal(int)  # id of the lead that is wanted

    def __init__(self, pane: ListPane, tokens: Tokens) -> None:
        super().__init__()
        self._pane, self._place, self._lead = pane, Place(), 0
        self._counting = False
        self.before = icon_button(Glyph.BACK, tokens, _("The lead before, in this list (Alt+↑)"), lambda: self.step(-1))
        self.behind = icon_button(Glyph.NEXT, tokens, _("The next lead, in this list (Alt+↓)"), lambda: self.step(1))
        self.text = label("", "meta")
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for widget in (self.before, self.text, self.behind):
            layout.addWidget(widget)
        pane.reloaded.connect(self._count)
        pane.counted.connect(lambda _totals: self._counted())

    def look(self, lead_id: int) -> None:
        """Say where a lead is."""
        self._lead = lead_id
        self._tell()

    def step(self, way: int) -> None:
        """Ask for the lead before or behind."""
        self._place.look(self._pane.model.ids, self._lead)
        wanted = self._place.beside(self._pane.model.ids, way)
        if wanted is not None:
            self.stepped.emit(wanted)

    def _count(self) -> None:
        self._counting = True

    def _counted(self) -> None:
        self._counting = False
        self._tell()

    def _tell(self) -> None:
        ids = self._pane.model.ids
        self._place.look(ids, self._lead)
        count = "…" if self._counting else f"{len(ids):,}"
        place = f"{self._place.number + 1:,}" if self._place.here else "—"
        self.text.setText(f"{place} / {count}")
        told = (
            _("Lead {place} of {count} in this list") if self._place.here else _("Not in this list, which has {count}")
        )
        self.text.setAccessibleName(told.format(place=place, count=count))
        self.text.setToolTip(self.text.accessibleName())
        self.before.setEnabled(self._place.beside(ids, -1) is not None)
        self.behind.setEnabled(self._place.beside(ids, 1) is not None)
