"""The one place that tells a person what went wrong.

A ``UserError`` is shown in its own words; anything else is a bug: logged, and shown as one.
"""

from __future__ import annotations

import sys
import threading
from types import TracebackType

from PySide6.QtWidgets import QWidget

from crm.errors import UserError
from crm.i18n import _


def words(error: BaseException) -> str:
    """Return what a person reads about an error; a bug is logged, and its words name the log and its number there."""
    if isinstance(error, UserError):
        return error.message
    from crm.log import write_bug  # noqa: PLC0415  (only a bug pays for it)

    bug = write_bug(error)
    return _("The program made a mistake; what happened is written in {log} under number {number}.").format(
        log=bug.file, number=bug.number
    )


def show_error(parent: QWidget | None, error: BaseException) -> None:
    """Tell about an error in a box that waits."""
    from PySide6.QtCore import Qt  # noqa: PLC0415  (the frame is painted without these)
    from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415

    box = QMessageBox(QMessageBox.Icon.Warning, _("Xiangtu"), words(error), QMessageBox.StandardButton.Ok, parent)
    box.setTextFormat(box.textFormat().PlainText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def _thread_hook(arguments: threading.ExceptHookArgs) -> None:
    from crm.log import write_bug  # noqa: PLC0415  (only a bug pays for it)

    if arguments.exc_value is not None:
        write_bug(arguments.exc_value)


def install_hooks(parent: QWidget) -> None:
    """Send every exception nobody took to ``show_error``."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            show_error(parent, error)

    sys.excepthook = hook
    threading.excepthook = _thread_hook
