"""A document of one lead, made off the window's thread and shown before it is saved or printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from crm.i18n import N_, _
from ui.desk import Desk
from ui.documents.preview import DocumentPreview
from ui.documents.showing import Seen, Showing, print_pdf

if TYPE_CHECKING:
    from crm.domain.statistics.paper import PeriodFacts
    from crm.jobs.dossiers import Order
    from crm.jobs.period_reports import PrintedReport

TITLES = {
    "brief": N_("Brief"),
    "dossier": N_("Dossier"),
    "threshold_sheet": N_("Calculation sheet"),
}


def open_document(
    desk: Desk, renderers: Mapping[str, Callable[[], Callable[..., Any]]], kind: str, lead_id: int, parent: QWidget
) -> None:
    """Make a document and open its preview; a character no font has is told, and its code point stands for it.

    Saving prints it again through the job that notes it in the history: the same facts give the same bytes. What goes
    to a printer is noted too.
    """
    title = _(TITLES[kind])

    def work() -> tuple[Seen, str, str]:
        from crm.errors import GlyphMissingError  # noqa: PLC0415  (made when one is asked for)
        from crm.jobs.dossiers import safe_name, stand_ins_text  # noqa: PLC0415  (made when one is asked for)
        from crm.queries.dossiers import load_facts, load_reading  # noqa: PLC0415
        from crm.queries.records import load_one  # noqa: PLC0415

        order = _order(desk, kind, renderers[kind]())
        with desk.workspace.database.read() as session:
            record = load_one(session, "leads", lead_id)
            facts = load_facts(session, record, load_reading(session, order.on, order.paper))
        name = safe_name(f"{title} {record.code} {record.values.get('name') or ''}")
        try:
            pages: Any = order.compose(facts)
        except GlyphMissingError:
            order = _order(desk, kind, renderers[kind](), stand_ins=True)
            pages = order.compose(facts)
        missing = stand_ins_text(record.code, pages.stand_ins) if pages.stand_ins else ""
        return Seen(order, facts, pages, pages, pages.pdf()), name, missing

    def show(made: tuple[Seen, str, str]) -> None:
        seen, name, missing = made
        if missing:
            desk.tell(missing)
        Showing(desk, seen, name, parent).open()

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


def _order(desk: Desk, kind: str, compose: Callable[..., Any], *, stand_ins: bool = False) -> Order:
    from crm.jobs.dossiers import Order  # noqa: PLC0415
    from crm.queries.dossiers import Paper  # noqa: PLC0415

    settings = desk.workspace.settings
    paper = Paper(settings.unit, settings.header, settings.marking)
    compose = partial(compose, office_fonts=settings.office_fonts, stand_ins=stand_ins)
    today = date.today()  # noqa: DTZ011  (the day on the desk)
    return Order(_(TITLES[kind]), compose, today, paper, desk.workspace.user, name=kind)
