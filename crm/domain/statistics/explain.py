"""Words of a report of a period: what its steps and tables are called, and what each of them counts (decisions 13)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from crm.domain.fields.codes import AREAS, INCREMENTS, NATURES
from crm.domain.fields.words import label_of
from crm.domain.quantities import PartialDate, date_text, grouped
from crm.domain.quantities.currencies import BY_CODE
from crm.domain.stages.explain import stage_name, status_name
from crm.domain.statistics.counts import Breakdown, Count
from crm.domain.statistics.paper import PeriodFacts
from crm.domain.statistics.report import ABROAD, DOMESTIC, PeriodReport, Progress
from crm.i18n import N_, _, current_language, pgettext

PERCENT = Decimal("0.1")

EVENTS = {
    "first_reported_at": N_("Leads reported"),
    "signed_on": N_("Projects signed"),
    "registered_on": N_("Companies registered"),
    "land_supplied_on": N_("Land or premises handed over"),
    "started_on": N_("Construction begun"),
    "completed_on": N_("Construction completed"),
    "production_on": N_("Production begun"),
    "full_production_on": N_("Full production reached"),
}

BREAKDOWNS = {
    "capital": N_("By domestic and foreign capital"),
    "industry": N_("By main industry"),
    "area": N_("By threshold area"),
    "tag": N_("By every industry a project names"),
}

WAITING = {
    "signed_on": N_("Signed, construction not begun"),
    "started_on": N_("Construction begun, no production yet"),
}


def amount_text(count: Count) -> str:
    """Return the sum in 万元, "—" where nothing could be added."""
    return grouped(count.amount) if count.summed else "—"


def share_text(part: int, whole: int) -> str:
    """Return a share in percent with one decimal; "—" of nothing."""
    if not whole:
        return "—"
    return f"{(Decimal(100 * part) / whole).quantize(PERCENT, ROUND_HALF_UP)}%"


def value_text(by: str, value: str) -> str:
    """Return what a row of a breakdown is called."""
    if by == "stage":
        return stage_name(value)
    if by == "status":
        return status_name(value)
    if by == "area":
        return next((_(choice.label) for choice in AREAS if choice.code == value), value)
    if by == "increment":
        return label_of(INCREMENTS, value)
    if by == "nature":
        return next((_(choice.label) for choice in NATURES if choice.code == value), value)
    return {DOMESTIC: _("Domestic capital"), ABROAD: _("Foreign capital")}.get(value, value)


def basis_text(breakdown: Breakdown, first: str) -> str:
    """Return what a table counts: whether its rows add up, what is not in the sum."""
    whole = breakdown.whole
    told = [first]
    if breakdown.overlaps:
        text = _("A project may stand in several rows: {places} entries, {projects} projects, so rows do not add up.")
        told.append(text.format(places=breakdown.places, projects=whole.projects))
    if whole.without_amount:
        told.append(_("Without an amount: {count}.").format(count=whole.without_amount))
    if whole.foreign_projects:
        sums = pgettext("list", ", ").join(
            _("{amount} x 10k {currency}").format(amount=grouped(amount), currency=_(BY_CODE[code].name))
            for code, amount in sorted(whole.foreign.items())
        )
        told.append(
            _("In foreign currency, not in the sum: {count} ({sums}).").format(count=whole.foreign_projects, sums=sums)
        )
    return ("" if current_language() == "zh_CN" else " ").join(told)


def progress_basis(rows: tuple[Progress, ...]) -> Iterator[str]:
    """Yield what the table of steps counts, and what is in none of its columns."""
    yield _(
        "Counted: projects, each once, by the date of the step. Amounts: planned investment given in yuan, the lower "
        "end of a range; foreign currencies are not converted."
    )
    told = []
    for row in rows:
        name = _(EVENTS[row.milestone])
        if row.unclear:
            text = _("{event}: {count} with a date too rough for the period")
            told.append(text.format(event=name, count=row.unclear))
        if row.undated:
            told.append(_("{event}: {count} past this step without its date").format(event=name, count=row.undated))
    if told:
        yield _("In no column of the period: {cases}.").format(cases=_("; ").join(told))


def states(report: PeriodReport) -> tuple[tuple[str, Breakdown, str], ...]:
    """Return how the projects stand: head, breakdown and what it counts, of stages, states and natures."""
    active = _("Counted: projects that are active, each once, on the day of making.")
    every = _("Counted: all projects of the book, each once.")
    increments = report.increments
    split = () if increments is None else ((_("New or existing"), increments, basis_text(increments, every)),)
    return (
        (pgettext("page", "Stage"), report.stages, basis_text(report.stages, active)),
        (pgettext("page", "Status"), report.statuses, basis_text(report.statuses, every)),
        (pgettext("page", "Nature"), report.natures, basis_text(report.natures, active)),
        *split,
    )


def signed_basis(breakdown: Breakdown) -> str:
    """Return what a breakdown of the signed counts."""
    first = _("Counted: projects signed since January, each once.")
    if breakdown.by == "capital":
        first += _(" Foreign capital includes that of Hong Kong, Macao and Taiwan.")
    return basis_text(breakdown, first)


def as_of_text(facts: PeriodFacts) -> str:
    """Return of which day the figures are, and whether they are frozen."""
    if facts.frozen_on is not None:
        return _("frozen on {day} by {name}").format(day=_day(facts), name=facts.frozen_by)
    return _("as of {day}, not frozen").format(day=_day(facts))


def _day(facts: PeriodFacts) -> str:
    day = facts.frozen_on or facts.report.on
    return date_text(PartialDate(day.year, day.month, day.day))


def corrections_text(facts: PeriodFacts) -> str:
    """Return what was corrected since the figures were frozen; "" for nothing. They are never written over."""
    if not facts.corrections:
        return ""
    columns = {"here": _("in the period"), "year": _("this year"), "ever": _("in all")}
    told = [
        _("{event}, {column}: {frozen} when frozen, {now} today").format(
            event=_(EVENTS[one.milestone]), column=columns[one.column], frozen=one.frozen, now=one.now
        )
        for one in facts.corrections
    ]
    return _("Corrected since it was frozen: {corrections}.").format(corrections=_("; ").join(told))
