"""Freezing the report of a period: the figures that went to the leaders stay, whatever is corrected later."""

from __future__ import annotations

from crm.database import Session
from crm.domain.statistics.report import PeriodReport
from crm.domain.statistics.snapshot import text_of
from crm.errors import ValueRefusedError
from crm.i18n import _
from crm.models import FrozenReport
from crm.queries.dossiers import head_of_history
from crm.queries.statistics import frozen_report


def freeze(session: Session, report: PeriodReport, by: str) -> None:
    """Keep the figures of a period.

    Raises:
        ValueRefusedError: they were frozen before; that must be undone first, which the history keeps.
    """
    there = frozen_report(session, report.period)
    if there is not None:
        message = _("The report of {period} was frozen on {day} by {name}. Undo that first, with the reason.")
        raise ValueRefusedError(message.format(period=report.period, day=there.on, name=there.by), where="period")
    head, _place = head_of_history(session)
    session.add(FrozenReport(period=report.period, content=text_of(report), by=by, on=report.on.isoformat(), head=head))
    session.flush()
