"""The one place that tells a person what went wrong.

A ``UserError`` is shown in its own words; anything else is a bug: logged with an id, shown as one.
"""

from __future__ import annotations

import logging
import sys
import threading
import uuid
from types import TracebackType

from PySide6.QtWidgets import QMessageBox, QWidget

from crm.errors import UserError
from crm.i18n import _

log = logging.getLogger("xiangtu")


def words(error: BaseException) -> str:
    """Return what a person reads about an error; a bug is logged, and its words name the log entry."""
    if isinstance(error, UserError):
        return error.message
    entry = uuid.uuid4().hex[:8]
    log.error("bug %s", entry, exc_info=error)
    return _("The program made a mistake ({entry}). Nothing was changed by it; please send the log to support.").format(
        entry=entry
    )


def show_error(parent: QWidget | None, error: BaseException) -> None:
    """Tell about an error in a box that waits."""
    box = QMessageBox(QMessageBox.Icon.Warning, _("Xiangtu"), words(error), QMessageBox.StandardButton.Ok, parent)
    box.setTextFormat(box.textFormat().PlainText)
    box.open()


def install_hooks(parent: QWidget) -> None:
    """Send every exception nobody took to ``show_error``."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            show_error(parent, error)

    sys.excepthook = hook
    threading.excepthook = lambda arguments: log.error("bug in a thread", exc_info=arguments.exc_value)
