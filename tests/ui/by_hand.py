"""What tests of the list do by hand: read its words and rows, press a button, choose a lead."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.leads.columns import LeadRow
from ui.leads.page import LeadsPage
from ui.pictures import wait_for

NAME = "精密光电产业园（虚构）"


def texts(widget: QWidget) -> str:
    """Return all words that a widget shows."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def click(qtbot: QtBot, widget: QWidget, text: str) -> None:
    """Press the button that says so."""
    found = [one for one in widget.findChildren(QPushButton) if one.text() == text]
    assert found, f"no button {text}"
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)


def rows(page: LeadsPage) -> dict[str, LeadRow]:
    """Return the rows the list shows, by the name of the lead."""
    rows = [page.list.model.row(place) for place in range(page.list.model.rowCount())]
    return {row.name: row for row in rows if row is not None}


def select(page: LeadsPage, name: str) -> None:
    """Choose a lead and wait until its peek is filled."""
    page.list.view.go_to(list(rows(page)).index(name))
    wait_for(page.is_settled)
