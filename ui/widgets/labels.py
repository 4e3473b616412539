"""Labels, buttons and rules in the roles the style sheet knows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.icons import Glyph, icon
from ui.theme.tokens import Tokens

BESIDE = 3
"""Logical pixels between an icon and the words of its button, beside the four of the style."""


def label(text: str, role: str = "", *, tone: str = "", wrap: bool = False, parent: QWidget | None = None) -> QLabel:
    """Return a label in a role (meta, second, card, record, page) and a tone (ok, bad, warn, primary)."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


def pill(text: str, tone: str) -> QLabel:
    """Return a rounded mark in a tone."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("pill", tone)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    made.setFixedHeight(22)
    return made


def button(
    text: str,
    do: Callable[[], object] | None = None,
    *,
    role: str = "",
    glyph: Glyph | None = None,
    tokens: Tokens | None = None,
    tip: str = "",
) -> QPushButton:
    """Return a button in a role (primary, soft, danger, link, chip)."""
    made = QPushButton(text)
    made.setProperty("role", role)
    made.setAccessibleName(text or tip)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    if tip:
        made.setToolTip(tip)
    if glyph is not None and tokens is not None:
        colour = {"primary": tokens.on_primary, "soft": tokens.primary.strong, "link": tokens.primary.strong}.get(
            role, tokens.text2
        )
        made.setIcon(icon(glyph, colour, 16, beside=BESIDE))
        made.setIconSize(QSize(16 + BESIDE, 16))
    if do is not None:
        made.clicked.connect(lambda _checked=False: do())
    return made


def icon_button(glyph: Glyph, tokens: Tokens, name: str, do: Callable[[], object] | None = None) -> QToolButton:
    """Return a button that is an icon; ``name`` is its tooltip and what a screen reader says."""
    made = QToolButton()
    made.setIcon(icon(glyph, tokens.text2, 18))
    made.setIconSize(QSize(18, 18))
    made.setMinimumSize(28, 28)
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if do is not None:
        made.clicked.connect(lambda _checked=False: do())
    return made


def rule() -> QFrame:
    """Return a hairline."""
    made = QFrame()
    made.setObjectName("line")
    made.setFixedHeight(1)
    return made


def row(*widgets: QWidget | None, spacing: int = 8) -> QHBoxLayout:
    """Return widgets side by side; None is a stretch."""
    layout = QHBoxLayout()
    _fill(layout, widgets, spacing)
    return layout


def column(*widgets: QWidget | None, spacing: int = 8) -> QVBoxLayout:
    """Return widgets one under the other; None is a stretch."""
    layout = QVBoxLayout()
    _fill(layout, widgets, spacing)
    return layout


def _fill(layout: QHBoxLayout | QVBoxLayout, widgets: tuple[QWidget | None, ...], spacing: int) -> None:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for widget in widgets:
        if widget is None:
            layout.addStretch(1)
        else:
            layout.addWidget(widget)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


class Card(QFrame):
    """A bordered block with a heading row and a body."""

    def __init__(self, heading: str, glyph: Glyph, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._tokens = tokens
        self.outer = QVBoxLayout(self)
        self.outer.setContentsMargins(14, 12, 14, 12)
        self.outer.setSpacing(8)
        mark = QLabel()
        mark.setPixmap(icon(glyph, tokens.text2, 18).pixmap(18, 18))
        self.heading = label(heading, "card")
        self.note = label("", "meta")
        self.head = row(mark, self.heading, self.note, None, spacing=6)
        self.outer.addLayout(self.head)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(6)
        self.outer.addLayout(self.body)
        self.setAccessibleName(heading)

    def clear_body(self) -> None:
        """Take out what the body shows."""
        clear(self.body)
