"""The tables of the mechanisms, as the command line, the window and a workbook show them: heads and rows.

A head is a key that scripts rely on and the message that people read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple, TypeAlias

from crm.database import Session
from crm.domain.campaigns import Conversion
from crm.domain.due_lists import Waiting
from crm.domain.fields.codes import INCREMENTS
from crm.domain.fields.registry import KIND_LABELS
from crm.domain.fields.words import label_of, list_mark
from crm.domain.incentives_explain import LIGHTS
from crm.domain.quantities import decimal_text
from crm.domain.stages.explain import stage_name
from crm.domain.statistics.tables import Table, Unit, Value
from crm.i18n import N_, _
from crm.queries.credit import credit_table
from crm.queries.overviews import (
    campaign_table,
    group_table,
    incentive_table,
    increment_parts,
    institution_coverage,
    land_pool,
    plan_conflicts,
    register_counts,
    request_table,
    stage_durations,
    station_table,
    unplanned_plots,
    values_of,
)
from crm.queries.standing_tables import STANDING_TABLES

Found: TypeAlias = tuple[Mapping[str, str], list[tuple[Any, ...]]]
"""Key → message of each column, and the rows."""


class Overview(NamedTuple):
    """A table that can be asked for: its name for people, what it counts, and what makes it."""

    name: str
    note: str
    make: Callable[[Session, date], Found]


def _campaigns(session: Session, _on: date) -> Found:
    return _conversions(campaign_table(session))


def _stations(session: Session, _on: date) -> Found:
    return _conversions(station_table(session))


def _conversions(lines: Iterable[Conversion]) -> Found:
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


def _groups(session: Session, on: date) -> Found:
    names = {each["code"]: str(each["name"]) for each in values_of(session, "groups")}
    head, rows = _waiting(group_table(session, on))
    return head, [(names.get(asked, asked), *rest) for asked, *rest in rows]


def _requests(session: Session, on: date) -> Found:
    return _waiting(request_table(session, on))


def _waiting(lines: Iterable[Waiting]) -> Found:
    head = {"asked": N_("Asked"), "open": N_("Still open"), "overdue": N_("Overdue")}
    return head, [(line.asked, list(line.open), list(line.overdue)) for line in lines]


def _incentives(session: Session, on: date) -> Found:
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


def _land(session: Session, on: date) -> Found:
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
    return Decimal(share.numerator) / Decimal(share.denominator)


def _durations(session: Session, _on: date) -> Found:
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


def _increments(session: Session, _on: date) -> Found:
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


def _registers(session: Session, _on: date) -> Found:
    head = {"register": N_("Register of entries"), "entered": N_("Entered"), "all": N_("All entries")}
    rows: list[tuple[Any, ...]] = [(_(KIND_LABELS[kind]), *counts) for kind, counts in register_counts(session).items()]
    found = institution_coverage(session)
    rows.append((_("Firms that must have a research institution"), found.with_institution, found.firms))
    return head, rows


def _credits(session: Session, _on: date) -> Found:
    head = {"unit": N_("Unit"), "projects": N_("Projects with a part"), "credit": N_("Credit"), "exact": N_("Exactly")}
    found = credit_table(session)
    rows: list[tuple[Any, ...]] = [
        (each.unit or _("not filled in"), each.projects, decimal_text(_exact(each.credit)), str(each.credit))
        for each in found
    ]
    total = sum((each.credit for each in found), start=Fraction(0))
    return head, [*rows, (_("The whole, each project once"), int(total), decimal_text(_exact(total)), str(total))]


def as_table(overview: Overview, found: Found) -> Table:
    """Return a table for a screen or a workbook: lists as words, yes and no as marks, whole numbers as numbers."""
    head, rows = found
    shown = [tuple(_cell(cell) for cell in row) for row in rows]
    units = [
        Unit.NUMBER if shown and all(isinstance(row[place], int) for row in shown) else Unit.TEXT
        for place in range(len(head))
    ]
    heads = [(_(word), unit) for word, unit in zip(head.values(), units, strict=True)]
    return Table(_(overview.name), heads, shown, _(overview.note))


def _cell(cell: object) -> Value:
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    if isinstance(cell, list | tuple):
        return list_mark().join(map(str, cell)) or None
    return cell if isinstance(cell, int | Decimal) or cell is None else str(cell)


TABLES: Mapping[str, Overview] = {
    "campaigns": Overview(
        N_("Campaigns"), N_("Counted: sign-ups, leads and talents that name the campaign."), _campaigns
    ),
    "stations": Overview(
        N_("Stations abroad"), N_("Counted: leads and talents that name the station; no ranking."), _stations
    ),
    "groups": Overview(
        N_("What groups owe an answer to"), N_("Requests to state-owned groups without a reply."), _groups
    ),
    "requests": Overview(
        N_("Requests of enterprises"), N_("Requests without an answer, by who handles them."), _requests
    ),
    "incentives": Overview(N_("Incentives due"), N_("Overdue: due on a day that is over, and not paid."), _incentives),
    "land": Overview(N_("Land pool"), N_("Free: available, or reserved until a day that is over."), _land),
    "durations": Overview(
        N_("Days between stages"), N_("Counted: leads whose two days are exactly known."), _durations
    ),
    "increments": Overview(
        N_("New and existing"), N_("Every lead is in one of the parts; amounts in ten thousand yuan."), _increments
    ),
    "registers": Overview(N_("Registers and their slots"), N_("Entered of all entries, by register."), _registers),
    "credits": Overview(
        N_("Shared credit"),
        N_("Each project is one in the whole, by the shares agreed at its transfer."),
        _credits,
    ),
    **{word: Overview(*told) for word, told in STANDING_TABLES.items()},
}
"""By the word of the command line."""
