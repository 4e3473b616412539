"""What if the parts of the score weighed otherwise: a slider a part; the others give way, the sum stays."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QWidget

from crm.domain.matching.explain import part_name
from crm.domain.matching.weights import Weights, reweighted, shifted
from crm.i18n import _
from ui.icons import Glyph
from ui.theme.tokens import Tokens
from ui.widgets.labels import Card, button, label, row
from ui.widgets.proposal import INTERNAL

MOVED_WIDTH = 48
"""Logical pixels of ``40 → 10``: the sliders stay where they are when one is moved."""
MOVED_MS = 250
"""How long after the last movement the match is made anew."""


NAMES, SLIDERS = 3, 4
"""Shares of a line: a long name of a part takes a second line."""


class WeightsCard(Card):
    """Sliders over the weights in force; nothing is stored."""

    changed = Signal()
    keep_asked = Signal(object)  # Weights

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(_("What if the weights were others"), Glyph.COLUMNS, tokens, parent)
        self._weights: Weights | None = None
        self.sliders: dict[tuple[str, str], QSlider] = {}
        self._told: dict[tuple[str, str], QLabel] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(MOVED_MS)
        self._timer.timeout.connect(self.changed.emit)

    def show_weights(self, weights: Weights) -> None:
        """Show the version in force."""
        self._weights = weights
        self.clear_body()
        self.sliders, self._told = {}, {}
        self.note.setText(weights.version)
        for side, title, parts in (
            ("community", _("Research communities"), weights.community),
            ("fund", _("Funds"), weights.fund),
        ):
            self.body.addWidget(label(title, "second"))
            grid = QGridLayout()
            grid.setHorizontalSpacing(10)
            grid.setColumnStretch(0, NAMES)
            grid.setColumnStretch(1, SLIDERS)
            grid.setColumnMinimumWidth(2, self._tokens.px(MOVED_WIDTH))
            told = [name for name in parts if name not in INTERNAL]
            whole = sum(int(parts[name]["full"]) for name in told)
            for place, name in enumerate(told):
                self._add(grid, place, (side, name), int(parts[name]["full"]), whole)
            self.body.addLayout(grid)
        self.back = button(_("Back to those in force"), self._back)
        self.keep = button(_("Keep as a version"), self._ask_keep, role="link")
        for act in (self.back, self.keep):  # one under the other: the card is narrow
            self.body.addLayout(row(act, None))
        words = _("A trial: nothing is saved. A version is kept in the preferences, with its source and first day.")
        self.body.addWidget(label(words, "meta", wrap=True))
        self._tell()

    def wanted(self) -> Weights | None:
        """Return the weights as they are moved, or None while they are those in force."""
        if self._weights is None or not self._moved():
            return None
        return reweighted(self._weights, self._points("community"), self._points("fund"), _("trial"))

    def _add(self, grid: QGridLayout, place: int, key: tuple[str, str], value: int, whole: int) -> None:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, whole)
        slider.setValue(value)
        slider.setAccessibleName(_("Weight of {part}").format(part=part_name(key[1])))
        slider.valueChanged.connect(partial(self._move, key))
        told = label("", "meta")
        self.sliders[key], self._told[key] = slider, told
        grid.addWidget(label(part_name(key[1]), "meta", wrap=True), place, 0)
        grid.addWidget(slider, place, 1)
        grid.addWidget(told, place, 2, Qt.AlignmentFlag.AlignRight)

    def _points(self, side: str) -> dict[str, int]:
        return {name: slider.value() for (of, name), slider in self.sliders.items() if of == side}

    def _move(self, key: tuple[str, str], value: int) -> None:
        side, part = key
        before = self._before(side)
        if sum(before.values()):
            self._put(side, shifted(before, part, value))
        self._tell()
        self._timer.start()

    def _before(self, side: str) -> dict[str, int]:
        """Return the points in force of the parts that can be moved."""
        if self._weights is None:
            return {}
        parts = self._weights.community if side == "community" else self._weights.fund
        return {name: int(points["full"]) for name, points in parts.items() if name not in INTERNAL}

    def _put(self, side: str, points: Mapping[str, int]) -> None:
        for name, value in points.items():
            slider = self.sliders[side, name]
            with QSignalBlocker(slider):
                slider.setValue(value)

    def _moved(self) -> bool:
        return any(self._points(side) != self._before(side) for side in ("community", "fund"))

    def _tell(self) -> None:
        for (side, name), told in self._told.items():
            now, before = self.sliders[side, name].value(), self._before(side)[name]
            told.setText(f"{now}" if now == before else f"{before} → {now}")
        for widget in (self.back, self.keep):
            widget.setEnabled(self._moved())

    def _back(self) -> None:
        for side in ("community", "fund"):
            self._put(side, self._before(side))
        self._tell()
        self.changed.emit()

    def _ask_keep(self) -> None:
        self.keep_asked.emit(self.wanted())
