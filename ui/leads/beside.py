"""The list and one lead beside it: whether it is wanted, and how wide, is as it was left the last time."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QFrame, QSplitter, QWidget

USUAL, NARROW = 420, 360
WIDE_FROM = 1280
"""Logical pixels of the page (a window of 1500 less the folded side bar) from which the lead has its usual width."""

LEAST = 320
MOST_SHARE = 2
"""The lead has at most one half of the page."""

WIDTH, SHOWN = "leads/peek_width", "leads/peek_shown"


class Beside(QSplitter):
    """Two parts with a line between them that can be drawn; the right one may be out of sight."""

    def __init__(self, left: QWidget, settings: QSettings) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._settings = settings
        self.right: QWidget = QFrame()  # holds the place of the lead
        self.right.setObjectName("peek")
        self.right.setMinimumWidth(LEAST)
        self.wanted = settings.value(SHOWN, "true") != "false"
        """Closed by hand it stays closed; without a lead it is only out of sight."""
        kept = str(settings.value(WIDTH, ""))
        self._drawn = int(kept) if kept.isascii() and kept.isdigit() else 0
        self.setHandleWidth(1)
        self.addWidget(left)
        self.addWidget(self.right)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        self.setChildrenCollapsible(False)
        self.splitterMoved.connect(lambda _at, _place: self._keep_width())
        self.right.setVisible(self.wanted)

    def put(self, lead: QWidget) -> None:
        """Put the lead in its place; shown before that it would be a window of its own for a moment."""
        shown, sizes = self.right.isVisibleTo(self), self.sizes()
        self.replaceWidget(1, lead)
        self.right.deleteLater()
        self.right = lead
        lead.setVisible(shown)
        self.setSizes(sizes)

    def want(self, *, shown: bool) -> None:
        """Show the lead, or close it until it is wanted again."""
        self.wanted = shown
        self._settings.setValue(SHOWN, "true" if shown else "false")
        self.right.setVisible(shown)

    def fit(self, width: int) -> None:
        """Share a width: the lead has what was drawn, else its usual one."""
        wanted = self._drawn or (USUAL if width >= WIDE_FROM else NARROW)
        lead = max(LEAST, min(wanted, width // MOST_SHARE))
        if self.right.width() != lead:
            self.setSizes([width - lead, lead])

    def _keep_width(self) -> None:
        self._drawn = self.right.width()
        self._settings.setValue(WIDTH, str(self._drawn))
