"""A short message over the window, with one thing to do about it (mostly: undo)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.widgets.labels import button, label

SHOWN_MS = 6000
ABOVE_FOOT = 84
"""Logical pixels from the bottom of the window: above its status line and the sums under the list."""


class Toast(QFrame):
    """One message at a time, at the bottom in the middle of its window; gone after six seconds."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("toast")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 10, 8)
        self._text = label("")
        self._act = button("", self._do, role="link")
        layout.addWidget(self._text)
        layout.addWidget(self._act)
        self._then: Callable[[], object] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        window.installEventFilter(self)
        self.hide()

    def tell(self, text: str, act: str = "", then: Callable[[], object] | None = None) -> None:
        """Show a message; ``act`` is the word of its button, ``then`` what it does."""
        self._text.setText(text)
        self._act.setText(act)
        self._act.setAccessibleName(act)
        self._act.setVisible(bool(act))
        self._then = then
        self.setAccessibleName(text)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def text(self) -> str:
        """Return the message shown last."""
        return self._text.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        window = self._window
        self.move((window.width() - self.width()) // 2, window.height() - self.height() - ABOVE_FOOT)

    def _do(self) -> None:
        self.hide()
        if self._then is not None:
            self._then()
