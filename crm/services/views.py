"""Saved views: a filter and an order under a name. Saving again and saving as are two acts, both undoable."""

from __future__ import annotations

from sqlmodel import col, select

from crm.database import Session
from crm.errors import NotFoundError, ValueRefusedError
from crm.i18n import _
from crm.models import SavedView


def save_view_as(session: Session, page: str, name: str, content: str) -> SavedView:
    """Keep a view under a new name.

    Raises:
        ValueRefusedError: no name, or one that is there already.
    """
    name = name.strip()
    if not name:
        raise ValueRefusedError(_("Give the view a name."), where="name")
    if session.exec(select(SavedView).where(col(SavedView.page) == page, col(SavedView.name) == name)).first():
        raise ValueRefusedError(_("There is already a view {name}.").format(name=name), where="name")
    view = SavedView(page=page, name=name, content=content)
    session.add(view)
    session.flush()
    return view


def save_view(session: Session, view_id: int, content: str) -> SavedView:
    """Keep what is shown now under the view's own name.

    Raises:
        NotFoundError: the view is gone.
    """
    view = _view(session, view_id)
    view.content = content
    session.flush()
    return view


def delete_view(session: Session, view_id: int) -> None:
    """Delete a view; the leads stay.

    Raises:
        NotFoundError: the view is gone.
    """
    session.delete(_view(session, view_id))
    session.flush()


def _view(session: Session, view_id: int) -> SavedView:
    view = session.get(SavedView, view_id, populate_existing=True)
    if view is None:
        raise NotFoundError(_("This view is no longer there."), where=str(view_id))
    return view
