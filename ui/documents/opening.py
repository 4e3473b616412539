"""A document, made off the window's thread and shown before it is saved or printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from crm.domain.documents import ENTERPRISE_DOCUMENTS, PAIR_DOCUMENTS, document_word, last_meeting
from crm.i18n import _
from ui.desk import Desk
from ui.documents.preview import DocumentPreview
from ui.documents.showing import Seen, Showing, print_pdf

if TYPE_CHECKING:
    from crm.domain.statistics.paper import PeriodFacts
    from crm.jobs.dossiers import Order, Printed
    from crm.jobs.period_reports import PrintedReport
    from crm.jobs.releases import Repeated


@dataclass(frozen=True, slots=True)
class _Made:
    """A document that was made to be looked at.

    Attributes:
        codes: of its leads.
        facts: the pages are made of.
        missing: what no font has, in words; "" for nothing.
    """

    order: Order
    codes: tuple[str, ...]
    name: str
    facts: Any
    pages: Any
    pdf: bytes
    missing: str


def open_document(
    desk: Desk,
    renderers: Mapping[str, Callable[[], Callable[..., Any]]],
    kind: str,
    ids: Sequence[int],
    parent: QWidget,
) -> None:
    """Make a document of a lead (or of two) and open its preview.

    A character no font has is told, and its code point stands for it. Saving prints it again through the job that notes
    it in the history and the register: the same facts give the same bytes. What goes to a printer is noted too.

    Args:
        desk: the database and the threads.
        renderers: name of a document -> what lends what makes its pages.
        kind: of ``crm.domain.documents``.
        ids: of one lead (or enterprise), or of two for a document about two.
        parent: the window.
    """

    def show(made: _Made) -> None:
        if made.missing:
            desk.tell(made.missing)
        if kind in PAIR_DOCUMENTS:
            _show_pair(desk, made, parent)
        else:
            Showing(desk, Seen(made.order, made.facts, made.pages, made.pages, made.pdf), made.name, parent).open()

    desk.runner.query(lambda: _make(desk, renderers[kind], kind, ids), show, desk.fail)


def _make(desk: Desk, renderer: Callable[[], Callable[..., Any]], kind: str, ids: Sequence[int]) -> _Made:
    from crm.errors import GlyphMissingError  # noqa: PLC0415  (made when one is asked for)
    from crm.jobs.dossiers import safe_name, stand_ins_text  # noqa: PLC0415
    from crm.queries.dossiers import load_enterprise, load_facts, load_pair, load_reading  # noqa: PLC0415
    from crm.queries.records import load_one  # noqa: PLC0415

    order, pair = _order(desk, kind, renderer()), kind in PAIR_DOCUMENTS
    with desk.workspace.database.read() as session:
        about = "enterprises" if kind in ENTERPRISE_DOCUMENTS else "leads"
        records = [load_one(session, about, each) for each in ids[: 2 if pair else 1]]
        facts: Any
        if kind in ENTERPRISE_DOCUMENTS:
            facts = load_enterprise(session, records[0], order.on, order.paper)
        else:
            reading = load_reading(session, order.on, order.paper)
            facts = (
                load_pair(session, records[0], records[1], reading)
                if pair
                else load_facts(session, records[0], reading)
            )
    facts = last_meeting(facts) if kind == "minutes" else facts
    codes = tuple(record.code for record in records)
    name = safe_name(f"{document_word(kind)} {' '.join(codes)} {records[0].values.get('name') or ''}")
    try:
        pages = order.compose(facts)
    except GlyphMissingError:
        order = _order(desk, kind, renderer(), stand_ins=True)
        pages = order.compose(facts)
    missing = stand_ins_text(codes[0], pages.stand_ins) if pages.stand_ins else ""
    return _Made(order, codes, name, facts, pages, pages.pdf(), missing)


def _order(desk: Desk, kind: str, compose: Callable[..., Any], *, stand_ins: bool = False) -> Order:
    from crm.jobs.dossiers import Order  # noqa: PLC0415
    from crm.queries.dossiers import Paper  # noqa: PLC0415

    settings = desk.workspace.settings
    paper = Paper(settings.unit, settings.header, settings.marking)
    compose = partial(compose, office_fonts=settings.office_fonts, stand_ins=stand_ins)
    today = date.today()  # noqa: DTZ011  (the day on the desk)
    return Order(document_word(kind), compose, today, paper, desk.workspace.user, name=kind)


def _show_pair(desk: Desk, made: _Made, parent: QWidget) -> None:
    """Show a document about two leads: a form to be decided on and signed, whose words nobody changes."""
    from crm.jobs.dossiers import note_paper, print_pair  # noqa: PLC0415

    database = desk.workspace.database

    def told(printed: Printed) -> None:
        desk.tell(_("Saved: {place}").format(place=printed.file))

    def save(target: Path) -> None:
        first, second = made.codes
        desk.runner.change(lambda: print_pair(database, made.order, (first, second), target), told, desk.fail)

    def note() -> None:
        work = partial(note_paper, database, made.order, " ".join(made.codes), made.pages, made.pdf)
        desk.runner.change(work, lambda _none: None, desk.fail)

    preview = DocumentPreview(made.pdf, made.name, desk.tokens, Path.home(), parent)
    preview.save_asked.connect(save)
    preview.print_asked.connect(lambda printer: print_pdf(desk, printer, made.pdf, note))
    preview.open()


def open_release(desk: Desk, compose: Callable[[bytes], Any], number: int, name: str, parent: QWidget) -> None:
    """Open a document of the register as it left the house: its words of then, nothing of today's records.

    Args:
        desk: the database and the threads.
        compose: makes the pages of kept words.
        number: of the entry.
        name: heading of the window and of the file.
        parent: the window.
    """
    from crm.jobs.releases import print_again  # noqa: PLC0415

    def work() -> bytes:
        from crm.errors import NotFoundError  # noqa: PLC0415
        from crm.queries.releases import release  # noqa: PLC0415

        with desk.workspace.database.read() as session:
            _row, content = release(session, number)
        if content is None:
            raise NotFoundError(_("The words of this file were not kept."), where=str(number))
        pdf: bytes = compose(content).pdf()
        return pdf

    def show(pdf: bytes) -> None:
        preview = DocumentPreview(pdf, name, desk.tokens, Path.home(), parent)
        preview.save_asked.connect(save)
        preview.print_asked.connect(lambda printer: print_pdf(desk, printer, pdf, lambda: None))
        preview.open()

    def save(target: Path) -> None:
        database = desk.workspace.database
        desk.runner.query(lambda: print_again(database, number, compose, target), told, desk.fail)

    def told(done: Repeated) -> None:
        words = _("Saved, the very file of then: {place}") if done.same else _("Saved: {place}")
        desk.tell(words.format(place=done.file))

    desk.runner.query(work, show, desk.fail)


def open_report(
    desk: Desk, renderers: Mapping[str, Callable[[], Callable[..., Any]]], facts: PeriodFacts, parent: QWidget
) -> None:
    """Make the report of a period and open its preview; it is saved as PDF, Word or Excel."""
    compose = partial(renderers["period_report"](), office_fonts=desk.workspace.settings.office_fonts, stand_ins=True)

    def show(pdf: bytes) -> None:
        name = _("Statistics {period}").format(period=facts.report.period)
        preview = DocumentPreview(pdf, name, desk.tokens, Path.home(), parent, workbook=True)
        preview.save_asked.connect(save)
        preview.print_asked.connect(lambda printer: print_pdf(desk, printer, pdf, lambda: None))
        preview.open()

    def save(target: Path) -> None:
        from crm.jobs.period_reports import print_period  # noqa: PLC0415

        database, user = desk.workspace.database, desk.workspace.user
        desk.runner.change(lambda: print_period(database, facts, compose, target, user), told, desk.fail)

    def told(printed: PrintedReport) -> None:
        desk.tell(_("Saved: {place}").format(place=printed.file))

    desk.runner.query(lambda: compose(facts).pdf(), show, desk.fail)
