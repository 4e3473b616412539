"""``xiangtu overview``: what the mechanisms of the district come to, one table at a time."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from crm.commands.line import DONE, Context
from crm.i18n import N_, _

if TYPE_CHECKING:
    from datetime import date

    from crm.database import Session
    from crm.domain.campaigns import Conversion
    from crm.domain.due_lists import Waiting

HELP = N_("show a table: campaigns, stations, what groups and bureaus owe, incentives due, land, plans, durations")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("table", metavar="TABLE", choices=tuple(TABLES), help=", ".join(TABLES))
    parser.add_argument("--on", metavar="DATE", help=_("the day; today when it is not given"))


def run(context: Context) -> int:
    """Print the table."""
    from crm.commands.layout import columns
    from crm.commands.opening import opened
    from crm.commands.options import day_given

    on = day_given(context.arguments.on)
    with opened(context) as workspace, workspace.database.read() as session:
        head, rows = TABLES[context.arguments.table](session, on)
    listed = [dict(zip(head, row, strict=True)) for row in rows]
    lines = [tuple(_(word) for word in head.values()), *(tuple(_said(cell) for cell in row) for row in rows)]
    document = {"table": context.arguments.table, "on": on.isoformat(), "rows": listed}
    context.answer(document, lambda: "\n".join(columns(lines)) if rows else _("Nothing to show."))
    return DONE


def _said(cell: Any) -> str:  # noqa: ANN401  (text, number, yes or no, nothing)
    if cell is None:
        return "—"
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    return "、".join(cell) if isinstance(cell, list) else str(cell)


def _campaigns(session: Session, _on: date) -> tuple[Mapping[str, str], list[tuple[Any, ...]]]:
    from crm.queries.overviews import campaign_table

    return _conversions(campaign_table(session))


def _stations(session: Session, _on: date) -> tuple[Mapping[str, str], list[tuple[Any, ...]]]:
    from crm.queries.overviews import station_table

    return _conversions(station_table(session))


def _conversions(lines: Iterable[Conversion]) -> tuple[Mapping[str, str], list[tuple[Any, ...]]]:
    head = {
        "code": N_("Code"),
        "name": N_("Name"),
        "sign_ups": N_("Sign-ups"),
        "converted": N_("Converted"),
        "leads": N_("Leads"),
        "talents": N_("Talents and teams"),
        "signed": N_("Projects signed"),
    }
    return head, [tuple(asdict(line)[name] for name in head) for line in lines]


def _groups(session: Session, on: date) -> tuple[Mapping[str, str], list[tuple[Any, ...]]]:
    from crm.queries.overviews import group_table, values_of

    names = {each["code"]: str(each["name"]) for each in values_of(session, "groups")}
    head, rows = _waiting(group_table(session, on))
    return head, [(names.get(asked, asked), *rest) for asked, *rest in rows]


def _requests(session: Session, on: date) -> tuple[Mapping[str, str], list[tuple[Any, ...]]]:
    from crm.queries.overviews import request_table

    return _waiting(request_table(session, on))


def _waiting(lines: Iterable[Waiting]) -> tuple[Mapping[str, str], list[tuple[Any, ...]]]:
    head = {"asked": N_("Asked"), "open": N_("Still open"), "overdue": N_("Overdue")}
    return head, [(line.asked, list(line.open), list(line.overdue)) for line in lines]


def _incentives(session: Session, on: date) -> tuple[Mapping[str, str], list[tuple[Any, ...]]]:
    from crm.domain.incentives_explain import LIGHTS
    from crm.queries.overviews import incentive_table

    head = {
        "code": N_("Code"),
        "name": N_("Name"),
        "due": N_("Due"),
        "overdue": N_("Overdue"),
        "gate": N_("Fair-competition review"),
    }
    rows = [
        (each["code"], each["name"], str(each["due"]) if "due" in each else None, late, _(LIGHTS[gate.light]))
        for each, gate, late in incentive_table(session, on)
    ]
    return head, rows


def _land(session: Session, on: date) -> tuple[Mapping[str, str], list[tuple[Any, ...]]]:
    from crm.domain.quantities import decimal_text
    from crm.queries.overviews import land_pool, plan_conflicts, unplanned_plots

    total, unknown = land_pool(session, on)
    head = {
        "free_mu": N_("Free land (mu)"),
        "without_area": N_("Free plots without an exact area"),
        "conflicts": N_("Plots on which plans disagree"),
        "unplanned": N_("Plots without a detailed plan"),
    }
    disagreeing = [each.plot for each in plan_conflicts(session)]
    return head, [(decimal_text(_exact(total)), unknown, disagreeing, unplanned_plots(session))]


def _exact(share: Any) -> Any:  # noqa: ANN401  (a sum of decimals is one)
    from decimal import Decimal

    return Decimal(share.numerator) / Decimal(share.denominator)


def _durations(session: Session, _on: date) -> tuple[Mapping[str, str], list[tuple[Any, ...]]]:
    from crm.domain.quantities import decimal_text
    from crm.domain.stages.explain import stage_name
    from crm.queries.overviews import stage_durations

    head = {
        "since": N_("From"),
        "until": N_("To"),
        "cases": N_("Cases"),
        "left_out": N_("Left out"),
        "median_days": N_("Median days"),
    }
    rows = [
        (
            stage_name(each.since),
            stage_name(each.until),
            each.cases,
            each.left_out,
            None if each.median_days is None else decimal_text(_exact(each.median_days)),
        )
        for each in stage_durations(session)
    ]
    return head, rows


def _increments(session: Session, _on: date) -> tuple[Mapping[str, str], list[tuple[Any, ...]]]:
    from crm.domain.fields.codes import INCREMENTS
    from crm.domain.fields.words import label_of
    from crm.domain.quantities import decimal_text
    from crm.queries.overviews import increment_parts

    head = {
        "increment": N_("New or existing"),
        "leads": N_("Leads"),
        "investment_wan": N_("Planned investment"),
        "with_investment": N_("of which known"),
        "land_mu": N_("Land needed"),
        "with_land": N_("of which known"),
    }
    rows = [
        (
            label_of(INCREMENTS, each.increment) if each.increment else _("not filled in"),
            each.leads,
            decimal_text(each.investment_wan),
            each.with_investment,
            decimal_text(each.land_mu),
            each.with_land,
        )
        for each in increment_parts(session)
    ]
    return head, rows


def _registers(session: Session, _on: date) -> tuple[Mapping[str, str], list[tuple[Any, ...]]]:
    from crm.domain.fields.registry import KIND_LABELS
    from crm.queries.overviews import institution_coverage, register_counts

    head = {"register": N_("Register of entries"), "entered": N_("Entered"), "all": N_("All entries")}
    rows: list[tuple[Any, ...]] = [(_(KIND_LABELS[kind]), *counts) for kind, counts in register_counts(session).items()]
    found = institution_coverage(session)
    rows.append((_("Firms that must have a research institution"), found.with_institution, found.firms))
    return head, rows


def _credits(session: Session, _on: date) -> tuple[Mapping[str, str], list[tuple[Any, ...]]]:
    from fractions import Fraction

    from crm.domain.quantities import decimal_text
    from crm.queries.credit import credit_table

    head = {"unit": N_("Unit"), "projects": N_("Projects with a part"), "credit": N_("Credit"), "exact": N_("Exactly")}
    rows: list[tuple[Any, ...]] = [
        (each.unit or _("not filled in"), each.projects, decimal_text(_exact(each.credit)), str(each.credit))
        for each in credit_table(session)
    ]
    total = sum((each.credit for each in credit_table(session)), start=Fraction(0))
    return head, [*rows, (_("The whole, each project once"), int(total), decimal_text(_exact(total)), str(total))]


TABLES: Mapping[str, Callable[[Session, date], tuple[Mapping[str, str], list[tuple[Any, ...]]]]] = {
    "campaigns": _campaigns,
    "stations": _stations,
    "groups": _groups,
    "requests": _requests,
    "incentives": _incentives,
    "land": _land,
    "durations": _durations,
    "increments": _increments,
    "registers": _registers,
    "credits": _credits,
}
"""By the word of the command line: head (key → message) and rows."""
