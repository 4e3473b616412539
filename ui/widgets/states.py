"""What stands where a list would be: it is on its way, there is nothing, nothing fits, it could not be read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QLabel, QStackedWidget, QVBoxLayout, QWidget

from crm.i18n import _
from ui.errors import words
from ui.icons import Glyph, picture
from ui.theme.tokens import Tokens
from ui.widgets.labels import button, clear, label, row

SHOW_LOADING_MS = 200
"""After how long a list says that it is on its way (ui_design §3)."""

Act = tuple[str, Callable[[], object]]


class States(QStackedWidget):
    """The content, or a page that says why there is none and what can be done."""

    def __init__(self, content: QWidget, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content, self._tokens = content, tokens
        self._waiting = False
        self._page = QFrame()
        self._page.setObjectName("card")
        self._layout = QVBoxLayout(self._page)
        self._layout.setContentsMargins(24, 24, 24, 24)
        self._layout.setSpacing(8)
        self.addWidget(content)
        self.addWidget(self._page)

    def wait(self) -> None:
        """Show nothing to be used yet; say that it is on its way, if it is not there in a moment."""
        self._waiting = True
        clear(self._layout)
        self.setCurrentWidget(self._page)
        QTimer.singleShot(SHOW_LOADING_MS, self, self._still_waiting)

    def wait_beside(self) -> None:
        """Leave the content, empty or of before, where it is; say that it is on its way, if that takes longer."""
        self._waiting = True
        QTimer.singleShot(SHOW_LOADING_MS, self, self._still_waiting)

    def show_content(self) -> None:
        """Show the content."""
        self._waiting = False
        self.setCurrentWidget(self._content)

    def say(self, glyph: Glyph, text: str, more: str = "", *acts: Act) -> None:
        """Show why there is nothing; the first act is the likelier one."""
        self._waiting = False
        clear(self._layout)
        self._layout.addStretch(2)
        mark = QLabel()
        mark.setPixmap(picture(glyph, self._tokens.text3, 40))
        for widget in (mark, label(text, "card", wrap=True), label(more, "second", wrap=True)):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._layout.addWidget(widget)
        roles = ("soft", *("" for _act in acts))
        buttons = [button(name, do, role=role) for (name, do), role in zip(acts, roles, strict=False)]
        self._layout.addSpacing(8)
        self._layout.addLayout(row(None, *buttons, None))
        self._layout.addStretch(3)
        self.setCurrentWidget(self._page)

    def fail(self, error: BaseException, again: Callable[[], object], what: str = "") -> None:
        """Show what went wrong, with a way to try again and one to send it to who can help.

        Args:
            error: a refusal in its own words, or a bug, which is written into the log and named by its number there.
            again: asks once more.
            what: the sentence over it; "" for that of a list.
        """
        said, why = what or _("The list could not be read."), words(error)
        copy = (_("Copy what happened"), lambda: QGuiApplication.clipboard().setText(f"{said}\n{why}"))
        self.say(Glyph.WARNING, said, why, (_("Try again"), again), copy)

    def _still_waiting(self) -> None:
        if self._waiting:
            self.say(Glyph.DATABASE, _("Loading …"))
