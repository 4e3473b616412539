"""The report of a period as sheets of a workbook: the figures of the printed one, real numbers, with their basis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crm.domain.quantities import money_text
from crm.domain.statistics.counts import Breakdown, Count
from crm.domain.statistics.explain import (
    BREAKDOWNS,
    EVENTS,
    WAITING,
    progress_basis,
    signed_basis,
    states,
    value_text,
)
from crm.domain.statistics.paper import PeriodFacts
from crm.domain.statistics.periods import period_text
from crm.domain.statistics.report import WaitingList
from crm.i18n import _, pgettext
from crm.workbooks.ledgers import Column, LedgerSheet, LedgerValue, Look

Row = tuple[LedgerValue, ...]
SHEET_NAME_MOST = 31


def sheets_of(facts: PeriodFacts) -> Iterator[LedgerSheet]:
    """Yield every table of the report; the note of each says what it counts."""
    report, period = facts.report, period_text(facts.period)
    yield _progress(facts, period)
    for head, breakdown, basis in states(report):
        yield _breakdown(head, breakdown, period, basis)
    for breakdown in report.breakdowns:
        if breakdown.by != "tag" or breakdown.overlaps:
            yield _breakdown(_(BREAKDOWNS[breakdown.by]), breakdown, period, signed_basis(breakdown))
    for one in report.waiting:
        yield _waiting(one, period)
    yield _officers(facts, period)
    yield _trend(facts, period)


def _sheet(name: str, period: str, columns: Sequence[Column], rows: Sequence[Row], note: str) -> LedgerSheet:
    title = _("{name}, {period}").format(name=name, period=period)
    return LedgerSheet(name[:SHEET_NAME_MOST], title, columns, rows, note)


def _number(heading: str) -> Column:
    return Column(heading, Look.NUMBER)


def _amount(count: Count) -> LedgerValue:
    return count.amount if count.summed else None


def _progress(facts: PeriodFacts, period: str) -> LedgerSheet:
    columns = [
        Column(pgettext("page", "Step")),
        _number(_("Projects in the period")),
        Column(_("Amount in the period (10k yuan)"), Look.MONEY),
        _number(_("Against the period before")),
        _number(_("Projects this year")),
        Column(_("Amount this year (10k yuan)"), Look.MONEY),
        _number(_("Projects in all")),
        Column(_("Amount in all (10k yuan)"), Look.MONEY),
        _number(_("Date too rough")),
        _number(_("Date missing")),
    ]
    rows: list[Row] = [
        (
            _(EVENTS[row.milestone]),
            row.here.projects,
            _amount(row.here),
            row.here.projects - row.before.projects,
            row.year.projects,
            _amount(row.year),
            row.ever.projects,
            _amount(row.ever),
            row.unclear,
            row.undated,
        )
        for row in facts.report.progress
    ]
    return _sheet(_("What moved"), period, columns, rows, next(iter(progress_basis(facts.report.progress))))


def _breakdown(head: str, breakdown: Breakdown, period: str, note: str) -> LedgerSheet:
    columns = [
        Column(head),
        _number(_("Projects")),
        Column(_("Planned investment (10k yuan)"), Look.MONEY),
        _number(_("Without an amount")),
        _number(_("In foreign currency")),
    ]
    rows: list[Row] = [
        (value_text(breakdown.by, value) if value else _("to be filled in"), *_counts(row))
        for value, row in breakdown.rows
    ]
    whole = _("All, each once") if breakdown.overlaps else pgettext("page", "All")
    rows.append((whole, *_counts(breakdown.whole)))
    return _sheet(head, period, columns, rows, note)


def _counts(count: Count) -> Row:
    return count.projects, _amount(count), count.without_amount, count.foreign_projects


def _waiting(one: WaitingList, period: str) -> LedgerSheet:
    columns = [
        Column(pgettext("page", "Code"), Look.CODE),
        Column(_("Project")),
        Column(pgettext("page", "Officer")),
        Column(_("Planned investment")),
        Column(_("Since")),
        _number(pgettext("page", "Days")),
    ]
    rows: list[Row] = [
        (row.code, row.name, row.owner or None, money_text(row.amount) if row.amount else None, row.since, row.days)
        for row in one.first
    ]
    note = _("{whole} in all; the biggest are listed.").format(whole=one.whole.projects)
    return _sheet(_(WAITING[one.reached]), period, columns, rows, note)


def _officers(facts: PeriodFacts, period: str) -> LedgerSheet:
    heads = (
        _("Leads reported"),
        _("Times followed up"),
        _("of them visits"),
        _("Projects signed"),
        _("Construction begun"),
    )
    rows: list[Row] = [
        (row.officer or None, row.reported, row.follow_ups, row.visits, row.signed, row.started)
        for row in facts.report.officers
    ]
    note = _("Projects by the officer in charge, follow-ups by who wrote them down; in the period.")
    return _sheet(_("By officer"), period, [Column(pgettext("page", "Officer")), *map(_number, heads)], rows, note)


def _trend(facts: PeriodFacts, period: str) -> LedgerSheet:
    heads = (_("Leads reported"), _("Projects signed"), _("Construction begun"), _("Production begun"))
    rows: list[Row] = [
        (point.period, point.reported, point.signed, point.started, point.production) for point in facts.report.trend
    ]
    columns = [Column(pgettext("page", "Period")), *map(_number, heads)]
    return _sheet(_("Trend"), period, columns, rows, _("Counted: projects, each once, by the date of the step."))
