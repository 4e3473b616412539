"""The list of leads on paper: made off the window's thread from what is filtered, sorted and seen, looked at first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from crm.i18n import _
from ui.desk import Desk
from ui.documents.preview import DocumentPreview
from ui.documents.showing import print_pdf
from ui.tables.listed import Listed

if TYPE_CHECKING:
    from crm.database import Session
    from crm.domain.list_paper import ListPaper


def open_list(desk: Desk, compose: Callable[[], Callable[..., Any]], listed: Listed, parent: QWidget) -> None:
    """Make the pages of a list and open their preview; saving or printing is noted in the history.

    Args:
        desk: the database and the threads.
        compose: lends what makes the pages.
        listed: what is printed.
        parent: the window.
    """

    def work() -> tuple[Any, bytes, int]:
        with desk.workspace.database.read() as session:
            paper = _paper(desk, session, listed)
        made = partial(compose(), office_fonts=desk.workspace.settings.office_fonts, stand_ins=True)
        pages = made(paper)
        return pages, pages.pdf(), len(paper.rows)

    def show(done: tuple[Any, bytes, int]) -> None:
        _show(desk, *done, parent=parent)

    desk.tell(_("Making the list …"))
    desk.runner.query(work, show, desk.fail)


def _paper(desk: Desk, session: Session, listed: Listed) -> ListPaper:
    from crm.domain.list_paper import MOST_PRINTED, ListColumn, ListPaper  # noqa: PLC0415  (when one is asked for)

    settings = desk.workspace.settings
    rows = listed.load(session, listed.ids[:MOST_PRINTED])
    return ListPaper(
        title=_("List of leads"),
        asked=listed.asked,
        order=listed.order,
        totals=listed.totals,
        columns=[ListColumn(one.title, max(one.width // 10, 6), one.numeric) for one in listed.columns],
        rows=[[str(one.text(row)) for one in listed.columns] for row in rows],
        left_out=max(0, len(listed.ids) - MOST_PRINTED),
        made_at=datetime.now().astimezone(),
        by=desk.workspace.user,
        unit=settings.unit,
        header=settings.header,
        marking=settings.marking,
    )


def _show(desk: Desk, pages: Any, pdf: bytes, rows: int, parent: QWidget) -> None:  # noqa: ANN401  (of a door)
    from crm.jobs.list_papers import note_list, save_list  # noqa: PLC0415

    database, user = desk.workspace.database, desk.workspace.user

    def save(target: Path) -> None:
        work = partial(save_list, database, pages, rows, target, by=user)
        desk.runner.change(work, lambda _none: desk.tell(_("Saved: {place}").format(place=target)), desk.fail)

    def note() -> None:
        desk.runner.change(partial(note_list, database, pages, rows, by=user), lambda _none: None, desk.fail)

    name = _("List of leads {day}").format(day=f"{date.today():%Y-%m-%d}")  # noqa: DTZ011
    preview = DocumentPreview(pdf, name, desk.tokens, Path.home(), parent)
    preview.save_asked.connect(save)
    preview.print_asked.connect(lambda printer: print_pdf(desk, printer, pdf, note))
    preview.open()
