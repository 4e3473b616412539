"""Labels, buttons and rules in the roles the style sheet knows.

Qt's enums are set by their names: its namespace ``Qt`` takes 13 ms to import, a tenth of the frame's start.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
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
from ui.widgets.elided import ElidedLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent

BESIDE = 3
"""Logical pixels between an icon and the words of its button, beside the four of the style."""
ENTER = (0x01000004, 0x01000005)
"""Qt.Key_Return and Qt.Key_Enter, the one of the number pad."""


UNBROKEN = 20
"""Characters of a word that is not broken."""

FOCUS_TRIES, FOCUS_AGAIN_MS = 10, 10
"""How often, and after how long, a card looks whether the button that had the focus is shown again."""


class Words(QLabel):
    """A text that can be chosen by the mouse, from the moment it is pressed.

    Qt keeps a whole document for a text that can be chosen; made for every label it was a fifth of opening a lead.
    """

    def enterEvent(self, event: QEnterEvent) -> None:
        from PySide6.QtCore import Qt  # noqa: PLC0415  (see above)

        self.setCursor(Qt.CursorShape.IBeamCursor)
        super().enterEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setProperty("textInteractionFlags", "TextSelectableByMouse")
        self.setProperty("focusPolicy", "NoFocus")
        super().mousePressEvent(event)


def label(text: str, role: str = "", *, tone: str = "", wrap: bool = False, parent: QWidget | None = None) -> QLabel:
    """Return a label in a role (meta, second, card, record, page) and a tone (ok, bad, warn, primary)."""
    made = Words(text, parent)
    made.setProperty("textFormat", "PlainText")
    made.setProperty("role", role)
    made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    return made


def digest_label(text: str, role: str = "") -> QLabel:
    """Return a label whose long words may break anywhere: a digest has no blank."""
    words = [part if len(part) < UNBROKEN or not part.isalnum() else "\u200b".join(part) for part in text.split(" ")]
    made = label(" ".join(words), role, wrap=True)
    made.setAccessibleName(text)
    return made


def pill(text: str, tone: str) -> QLabel:
    """Return a rounded mark in a tone."""
    made = QLabel(text)
    made.setProperty("textFormat", "PlainText")
    made.setProperty("pill", tone)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    made.setFixedHeight(22)
    return made


def set_tone(mark: QLabel, tone: str) -> None:
    """Give a rounded mark another tone."""
    mark.setProperty("pill", tone)
    mark.style().unpolish(mark)
    mark.style().polish(mark)


class Button(QPushButton):
    """A button under which the pointer is a hand; Enter presses it as the space bar does, also outside a dialog."""

    def enterEvent(self, event: QEnterEvent) -> None:
        from PySide6.QtCore import Qt  # noqa: PLC0415  (see above)

        self.setCursor(Qt.CursorShape.PointingHandCursor)
        super().enterEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.click()
        else:
            super().keyPressEvent(event)


class IconButton(QToolButton):
    """A button that is an icon, or an icon and a word; Enter presses it as the space bar does."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("focusPolicy", "StrongFocus")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.click()
        else:
            super().keyPressEvent(event)


def button(
    text: str,
    do: Callable[[], object] | None = None,
    *,
    role: str = "",
    glyph: Glyph | None = None,
    tokens: Tokens | None = None,
    tip: str = "",
    says: str = "",
) -> QPushButton:
    """Return a button in a role (primary, soft, danger, link, chip).

    ``says`` is what a screen reader says where the word on the button does not tell what it is about.
    """
    made = Button(text)
    made.setProperty("role", role)
    made.setAccessibleName(says or text or tip)
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
    made = IconButton()
    made.setIcon(icon(glyph, tokens.text2, 18))
    made.setIconSize(QSize(18, 18))
    made.setMinimumSize(28, 28)
    made.setToolTip(name)
    made.setAccessibleName(name)
    if do is not None:
        made.clicked.connect(lambda _checked=False: do())
    return made


def name_box(box: QWidget, name: str) -> None:
    """Give a box of choices the name a screen reader says; on Linux Qt says its choice as name, so it is told twice."""
    box.setAccessibleName(name)
    box.setAccessibleDescription(name)


def restyle(widget: QWidget, name: str, value: str) -> None:
    """Give a widget another value of a property the style sheet knows; one without any takes it when it is shown."""
    before = widget.property(name)
    if before == value:
        return
    widget.setProperty(name, value)
    if before is not None:
        widget.style().unpolish(widget)
        widget.style().polish(widget)


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


def boxed(layout: QLayout) -> QWidget:
    """Return a layout in a widget of its own.

    Layouts inside layouts ask each other again and again how tall they are at a width, each level twice as often as the
    one above; a widget remembers its answer. Where wrapping texts lie four levels deep, a widget belongs between.
    """
    layout.setContentsMargins(0, 0, 0, 0)
    box = QWidget()
    box.setLayout(layout)
    return box


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

    emptied = Signal()  # to be filled anew: what is put in has no turn with Tab yet

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
        self.note = ElidedLabel("", "meta")
        self.head = row(mark, self.heading, self.note, spacing=6)
        self.head.setStretch(2, 1)
        self.outer.addLayout(self.head)
        self._box = QWidget()
        self.body = column(spacing=6)
        self._box.setLayout(self.body)
        self.outer.addWidget(self._box)
        self.setAccessibleName(heading)

    def clear_body(self) -> None:
        """Take out what the body shows; a button that had the focus has it again when it is filled anew."""
        self.emptied.emit()
        held = QApplication.focusWidget()
        if isinstance(held, QAbstractButton) and self.isAncestorOf(held):
            kept = held.property("key") or held.accessibleName()
            self.setFocus()  # until then: what is taken out would hand it to whatever comes next
            QTimer.singleShot(0, self, partial(self._focus_again, str(kept), FOCUS_TRIES))
        before, self._box = self._box, QWidget()
        self.body = column(spacing=self.body.spacing())
        self._box.setLayout(self.body)
        self.outer.replaceWidget(before, self._box)
        before.hide()
        before.setParent(None)  # as one: every widget that is taken out by itself is styled once more
        before.deleteLater()

    def _focus_again(self, kept: str, tries: int) -> None:
        """Give the focus back, as soon as what was put in is shown, unless it went elsewhere meanwhile."""
        if not self.hasFocus():
            return
        for each in self.findChildren(QAbstractButton):
            if kept in (each.property("key"), each.accessibleName()) and each.isVisible():
                each.setFocus()
                return
        if tries:
            QTimer.singleShot(FOCUS_AGAIN_MS, self, partial(self._focus_again, kept, tries - 1))
        else:
            self.focusNextChild()
