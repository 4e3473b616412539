"""A line of text that gives way: cut with an ellipsis where there is no room, whole in its tooltip."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

LEAST = 24


class ElidedLabel(QLabel):
    """Its whole text is what ``text`` returns, what is read aloud and copied; only the painting is cut."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.tip = ""  # what the tooltip says in any case
        self.setProperty("textFormat", "PlainText")
        self.setProperty("role", role)
        self.setProperty("tone", "")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """A few characters: the line never makes its window wider."""
        return QSize(LEAST, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.text():  # as in the frame's first paint, which is to import little
            super().paintEvent(event)
            return
        from PySide6.QtCore import Qt  # noqa: PLC0415
        from PySide6.QtWidgets import QStyle, QStyleOption  # noqa: PLC0415

        painter, option = QPainter(self), QStyleOption()
        option.initFrom(self)
        style = self.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        cut = self.tip or (self.text() if text != self.text() else "")
        if self.toolTip() != cut:
            self.setToolTip(cut)
        style.drawItemText(
            painter, room, int(self.alignment()), self.palette(), self.isEnabled(), text, self.foregroundRole()
        )
        painter.end()
