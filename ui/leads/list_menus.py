"""The menus of the list: which columns are seen, how it is sorted, which documents a lead has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from crm.domain.documents import LEAD_DOCUMENTS, PAIR_DOCUMENTS, document_word
from crm.i18n import _
from ui.tables.paged_model import PagedTableModel
from ui.tables.view import ListView

if TYPE_CHECKING:
    from ui.leads.list_pane import ListPane

PAIR = 2
"""Leads a document that compares them is about."""


def column_menu(view: ListView, model: PagedTableModel, parent: QWidget) -> QMenu:
    """Return the menu of the columns but the first, each ticked where it is seen."""
    menu = QMenu(parent)
    for column in model.columns[1:]:
        action = menu.addAction(column.title)
        action.setCheckable(True)
        action.setChecked(column.key not in view.hidden_by_choice)
        action.toggled.connect(partial(_show_column, view, column.key))
    return menu


def _show_column(view: ListView, key: str, shown: bool) -> None:  # noqa: FBT001  (a toggled action's word)
    view.choose_columns(view.hidden_by_choice - {key} if shown else view.hidden_by_choice | {key})


def order_menu(pane: ListPane, parent: QWidget) -> QMenu:
    """Return the menu of the orders; one does what a click on a head does: the same again turns it round."""
    menu = QMenu(parent)
    order = pane.order
    for place, column in enumerate(pane.model.columns):
        mark = "" if column.key != order.key else " ↓" if order.descending else " ↑"
        action = menu.addAction(column.title + mark)
        action.triggered.connect(lambda _checked=False, place=place: pane.sort_by(place))
    return menu


def add_documents(menu: QMenu, chosen: Sequence[int], current: int, ask: Callable[[str, list[int]], object]) -> None:
    """Offer every document of a lead, and of two chosen ones the sheet that compares them.

    Args:
        menu: of the list.
        chosen: ids of the chosen leads.
        current: id of the lead under the cursor.
        ask: gets the kind of document and the ids of its leads.
    """
    kinds = LEAD_DOCUMENTS if len(chosen) != PAIR else {**LEAD_DOCUMENTS, **PAIR_DOCUMENTS}
    inside = menu.addMenu(_("Documents"))
    for kind in kinds:
        action = inside.addAction(document_word(kind))
        ids = list(chosen) if kind in PAIR_DOCUMENTS else [current]
        action.triggered.connect(lambda _checked=False, kind=kind, ids=ids: ask(kind, ids))


def above(of: QWidget, menu: QMenu) -> QPoint:
    """Return where a menu stands over a button at the foot of the page, ending with it at the right."""
    size = menu.sizeHint()
    return of.mapToGlobal(QPoint(of.width() - size.width(), -size.height()))
