"""Dialogs and menus that are let go of when they are left: one that stayed would hold its lead in memory for good."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialog, QMenu


def open_dialog(dialog: QDialog) -> None:
    """Open a dialog over its window, without waiting for it."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    QDialog.open(dialog)


def open_menu(menu: QMenu, at: QPoint) -> None:
    """Open a menu at a place of the screen, without waiting for it."""
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(at)
