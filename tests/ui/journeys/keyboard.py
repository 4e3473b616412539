"""A person's hands on the keyboard: keys go to whatever has the focus, as the screen's keyboard would send them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QInputMethodEvent, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from ui.pictures import settle, wait_for

MOST_TABS = 120
"""Nothing may lie further away than this from anywhere."""


class Keyboard:
    """Presses keys and composes characters; it can touch no widget but the one with the focus."""

    def press(self, *keys: str) -> None:
        """Press keys one after the other, each written as people read them: ``Ctrl+K``, ``Tab``, ``Return``."""
        for name in keys:
            QTest.keySequence(_window(), QKeySequence(name))
            settle(0)

    def type(self, text: str) -> None:
        """Write a text: ASCII by its keys, other characters as an input method commits them."""
        for character in text:
            if character.isascii():
                QTest.keyClick(_window(), ord(character))
            else:
                self._compose("", character)
        settle(0)

    def compose(self, syllables: str) -> None:
        """Let an input method show what is being composed, not chosen yet; "" takes it away again."""
        self._compose(syllables, "")

    def tab_to(self, name: str, *, back: bool = False) -> QWidget:
        """Press Tab until the widget of this accessible name has the focus; return it.

        Raises:
            AssertionError: it was not reached; the error names what was.
        """
        met: list[str] = []
        for _step in range(MOST_TABS):
            found = focused()
            if found is not None:
                met.append(name_of(found))
                if met[-1] == name:
                    return found
            self.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"Tab does not reach {name}; it reaches {list(dict.fromkeys(met))}")

    def walk(self, key: str, there: Callable[[], bool], what: Callable[[], str]) -> None:
        """Press a key until one is there.

        Raises:
            AssertionError: one does not get there; the error says ``what`` was met.
        """
        met: list[str] = []
        for _step in range(MOST_TABS):
            if there():
                return
            met.append(what())
            self.press(key)
        raise AssertionError(f"{key} does not get there; it meets {list(dict.fromkeys(met))}")

    def press_button(self, name: str) -> None:
        """Go to a button and press it with the space bar."""
        self.tab_to(name)
        self.press("Space")

    def _compose(self, composing: str, chosen: str) -> None:
        target = QGuiApplication.focusObject()
        assert isinstance(target, QObject), "nothing has the focus"
        assert QGuiApplication.inputMethod().queryFocusObject(Qt.InputMethodQuery.ImEnabled, None), (
            f"no input method can write into {target}"
        )
        event = QInputMethodEvent(composing, [])
        event.setCommitString(chosen)
        QGuiApplication.sendEvent(target, event)
        settle(0)


def focused() -> QWidget | None:
    """Return the widget that gets the keys."""
    return QApplication.focusWidget()


def name_of(widget: QWidget) -> str:
    """Return what a screen reader calls a widget; "" where it finds no name."""
    if widget.accessibleName():  # a box says its choice on Linux, and its name by the label it is the buddy of
        return widget.accessibleName()
    spoken = QAccessible.queryAccessibleInterface(widget)
    return spoken.text(QAccessible.Text.Name) if spoken is not None else ""


def window_in_front() -> QWidget:
    """Return the window with the keys; where one was closed, the one behind it has them, as every screen does it."""
    if QGuiApplication.focusWindow() is None:  # the offscreen screen has nobody who passes the focus on
        behind = QApplication.activeModalWidget() or next(
            one for one in QApplication.topLevelWidgets() if isinstance(one, QMainWindow) and one.isVisible()
        )
        behind.activateWindow()
        wait_for(lambda: QGuiApplication.focusWindow() is not None, 5)
    front = QApplication.activePopupWidget() or QApplication.activeWindow()
    assert front is not None
    return front


def _window() -> QWindow:
    window_in_front()
    window = QGuiApplication.focusWindow()
    assert window is not None
    return window
