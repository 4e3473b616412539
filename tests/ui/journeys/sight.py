"""What a person sees in the window, and what the database says meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtWidgets import QLabel, QWidget

from crm.database import Session
from crm.queries.records import load_one
from tests.ui.journeys.keyboard import window_in_front
from ui.application import Xiangtu
from ui.leads.page import LeadsPage
from ui.pictures import wait_for

OPTICS = "精密光电产业园（虚构）"
DRIVES = "新能源电驱动总成（虚构）"
DRIVING = "自动驾驶算法研发中心（虚构）"

Kind = TypeVar("Kind", bound=QWidget)


def ask(xiangtu: Xiangtu, question: Callable[[Session], Any]) -> Any:  # noqa: ANN401  (whatever is asked)
    """Ask the database the window works on."""
    assert xiangtu.desk is not None
    with xiangtu.desk.workspace.database.read() as session:
        return question(session)


def values(xiangtu: Xiangtu, name: str) -> dict[str, Any]:
    """Return the fields of a lead as the database has them."""
    return dict(ask(xiangtu, lambda session: load_one(session, "leads", name)).values)


def texts(widget: QWidget) -> str:
    """Return what a person reads on a widget now."""
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def names_shown(page: LeadsPage) -> list[str]:
    """Return the names of the leads in the list, from above."""
    rows = [page.list.model.row(place) for place in range(page.list.model.rowCount())]
    return [row.name for row in rows if row is not None]


def shows(page: LeadsPage, name: str) -> bool:
    """Return whether the lead beside the list is this one, with all it shows."""
    return page.is_settled() and page.peek.isVisible() and name in texts(page.peek)


def opened(kind: type[Kind]) -> Kind:
    """Wait until a window of this kind has the keys; return it."""
    wait_for(lambda: isinstance(window_in_front(), kind), 10)
    found = window_in_front()
    assert isinstance(found, kind)
    return found
