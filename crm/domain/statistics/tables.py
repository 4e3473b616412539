"""The report of a period as plain tables: what the window shows and a workbook holds, each with what it counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

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
from crm.domain.statistics.report import WaitingList
from crm.i18n import _, pgettext

Value = str | int | Decimal | None
Row = tuple[Value, ...]


class Unit(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    MONEY = "money"  # 万元


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a report.

    Attributes:
        name: what it shows.
        heads: name and unit of each column.
        rows: figures in the order of the columns; None is unknown.
        note: what it counts.
        summed: the last row is the whole.
    """

    name: str
    heads: Sequence[tuple[str, Unit]]
    rows: Sequence[Row]
    note: str
    summed: bool = False


def tables_of(facts: PeriodFacts) -> Iterator[Table]:
    """Yield every table of the report; the note of each says what it counts."""
    report = facts.report
    yield _progress(facts)
    if facts.report.parts:
        yield _parts(facts)
    for head, breakdown, basis in states(report):
        yield _breakdown(head, breakdown, basis)
    for breakdown in report.breakdowns:
        if breakdown.by != "tag" or breakdown.overlaps:
            yield _breakdown(_(BREAKDOWNS[breakdown.by]), breakdown, signed_basis(breakdown))
    for one in report.waiting:
        yield _waiting(one)
    yield _officers(facts)
    yield _trend(facts)


def _number(heading: str) -> tuple[str, Unit]:
    return heading, Unit.NUMBER


def _amount(count: Count) -> Value:
    return count.amount if count.summed else None


def _progress(facts: PeriodFacts) -> Table:
    columns = [
        (pgettext("page", "Step"), Unit.TEXT),
        _number(_("Projects in the period")),
        (_("Amount in the period (10k yuan)"), Unit.MONEY),
        _number(_("Against the period before")),
        _number(_("Projects this year")),
        (_("Amount this year (10k yuan)"), Unit.MONEY),
        _number(_("Projects in all")),
        (_("Amount in all (10k yuan)"), Unit.MONEY),
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
    return Table(_("What moved"), columns, rows, next(iter(progress_basis(facts.report.progress))))


def _parts(facts: PeriodFacts) -> Table:
    """Return each step by new projects, existing firms and those that do not say: the parts of the table above."""
    columns = [(pgettext("page", "Step"), Unit.TEXT), (_("New or existing"), Unit.TEXT)]
    columns += [_number(_("Projects in the period")), (_("Amount in the period (10k yuan)"), Unit.MONEY)]
    columns += [_number(_("Projects this year")), (_("Amount this year (10k yuan)"), Unit.MONEY)]
    columns += [_number(_("Projects in all")), (_("Amount in all (10k yuan)"), Unit.MONEY)]
    rows: list[Row] = []
    for part in facts.report.parts:
        name = value_text("increment", part.increment) if part.increment else _("to be filled in")
        counts = [cell for one in (part.here, part.year, part.ever) for cell in (one.projects, _amount(one))]
        rows.append((_(EVENTS[part.milestone]), name, *counts))
    return Table(_("New and existing"), columns, rows, _("The parts of each step add up to the table above."))


def _breakdown(head: str, breakdown: Breakdown, note: str) -> Table:
    columns = [
        (head, Unit.TEXT),
        _number(_("Projects")),
        (_("Planned investment (10k yuan)"), Unit.MONEY),
        _number(_("Without an amount")),
        _number(_("In foreign currency")),
    ]
    rows: list[Row] = [
        (value_text(breakdown.by, value) if value else _("to be filled in"), *_counts(row))
        for value, row in breakdown.rows
    ]
    whole = _("All, each once") if breakdown.overlaps else pgettext("page", "All")
    rows.append((whole, *_counts(breakdown.whole)))
    return Table(head, columns, rows, note, summed=True)


def _counts(count: Count) -> Row:
    return count.projects, _amount(count), count.without_amount, count.foreign_projects


def _waiting(one: WaitingList) -> Table:
    columns = [
        (pgettext("page", "Code"), Unit.CODE),
        (_("Project"), Unit.TEXT),
        (pgettext("page", "Officer"), Unit.TEXT),
        (_("Planned investment"), Unit.TEXT),
        (_("Since"), Unit.TEXT),
        _number(pgettext("page", "Days")),
    ]
    rows: list[Row] = [
        (row.code, row.name, row.owner or None, money_text(row.amount) if row.amount else None, row.since, row.days)
        for row in one.first
    ]
    note = _("{whole} in all; the biggest are listed.").format(whole=one.whole.projects)
    return Table(_(WAITING[one.reached]), columns, rows, note)


def _officers(facts: PeriodFacts) -> Table:
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
    return Table(_("By officer"), [(pgettext("page", "Officer"), Unit.TEXT), *map(_number, heads)], rows, note)


def _trend(facts: PeriodFacts) -> Table:
    heads = (_("Leads reported"), _("Projects signed"), _("Construction begun"), _("Production begun"))
    rows: list[Row] = [
        (point.period, point.reported, point.signed, point.started, point.production) for point in facts.report.trend
    ]
    columns = [(pgettext("page", "Period"), Unit.TEXT), *map(_number, heads)]
    return Table(_("Trend"), columns, rows, _("Counted: projects, each once, by the date of the step."))
