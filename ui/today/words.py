"""The lines of today in words, from the rows of the core."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from crm.domain.companies.claims import Guard
from crm.domain.companies.claims_explain import protection_text
from crm.domain.companies.explain import explain_duplicate
from crm.domain.deadlines.clocks import ClockState
from crm.domain.deadlines.explain import clock_text, rest_text
from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.stages.explain import stage_name
from crm.domain.tasks import KINDS
from crm.domain.thresholds.explain import field_text
from crm.i18n import _, ngettext, pgettext
from ui.today.lines import Line

if TYPE_CHECKING:
    from crm.queries.agenda import AgendaRow
    from crm.queries.deadlines import LeadClocks
    from crm.queries.duplicates import LeadPair
    from crm.queries.first_reports import Guarded
    from crm.queries.today import Doubt, Due, Held, Incomplete, Opened, Staying

Open = Callable[[int], object]
OpenMany = Callable[[Sequence[int]], object]

MOST_LINES = 6
"""Lines of a group."""


def due_lines(due: Due, on: date, open_: Open) -> Iterator[Line]:
    """Yield what is overdue, due today and due this week, each group under its heading."""
    late = f"{due.late:,}" if due.late < COUNTED_TO else f"{COUNTED_TO:,}+"
    groups = (
        (_("Overdue: {count}").format(count=late), "bad", due.overdue),
        (_("Today: {count}").format(count=len(due.today)), "primary", due.today),
        (_("The rest of the week: {count}").format(count=len(due.week)), "", due.week),
    )
    for title, shade, rows in groups:
        if rows:
            yield Line(title, tone=shade)
            yield from (_due_line(row, on, shade, open_) for row in rows[:MOST_LINES])


COUNTED_TO = 1000


def _due_line(row: AgendaRow, on: date, shade: str, open_: Open) -> Line:
    kind = next((_(choice.label) for choice in KINDS if choice.code == row.kind), _("Next step"))
    detail = " · ".join(part for part in (kind, row.name or row.code, row.at, row.place, row.by) if part)
    lead_id = row.lead_id or 0
    return Line(row.text, detail, day_text(row.day, on), shade, lambda: open_(lead_id))


def day_text(day: date, on: date) -> str:
    """Return a day as it stands to today: overdue by so many days, today, else its date."""
    late = (on - day).days
    if late > 0:
        return ngettext("{days} day overdue", "{days} days overdue", late).format(days=late)
    return _("Today") if late == 0 else f"{day:%m-%d}"


def clock_lines(leads: Sequence[LeadClocks], on: date, open_: Open) -> Iterator[Line]:
    """Yield the leads with a response clock due or overdue, with the clock that ended first."""
    for lead in leads[:MOST_LINES]:
        waiting = [clock for clock in lead.clocks if clock.state in (ClockState.DUE, ClockState.OVERDUE)]
        clock = min(waiting, key=lambda one: one.due)
        shade = "bad" if clock.state is ClockState.OVERDUE else "primary"
        yield Line(
            _name(lead.name, lead.code), clock_text(clock, on), lead.owner or "", shade, _opens(open_, lead.lead_id)
        )


def staying_lines(found: Sequence[Staying], open_: Open, open_stage: Callable[[str, int], object]) -> Iterator[Line]:
    """Yield by stage the leads that stay longer than its limit."""
    for group in found:
        title = _("{stage}: {count} longer than {limit} days").format(
            stage=stage_name(group.stage), count=f"{group.count:,}", limit=group.limit
        )
        yield Line(title, tone="warn")
        for lead in group.leads[:MOST_IN_STAGE]:
            rest = group.rest(lead)
            days = "" if rest is None else _("{days} days").format(days=rest.days)
            quiet = next((each for each in lead.rests if each.code == "quiet"), None)
            detail = " · ".join(
                part for part in (rest_text(quiet) if quiet else _("no follow-up yet"), lead.owner or "") if part
            )
            yield Line(_name(lead.name, lead.code), detail, days, "warn", _opens(open_, lead.lead_id))
        if group.count > MOST_IN_STAGE:
            yield Line(_("Show all {count}").format(count=f"{group.count:,}"), then=_of(open_stage, group))


MOST_IN_STAGE = 3


def quiet_lines(leads: Sequence[LeadClocks], open_: Open) -> Iterator[Line]:
    """Yield the leads nobody has spoken of for longer than their stage's limit."""
    for lead in leads[:MOST_LINES]:
        rest = next(each for each in lead.rests if each.code == "quiet")
        detail = " · ".join(part for part in (stage_name(lead.stage), lead.owner or _("no officer yet")) if part)
        days = _("{days} days").format(days=rest.days)
        yield Line(_name(lead.name, lead.code), detail, days, "warn", _opens(open_, lead.lead_id))


def incomplete_lines(leads: Sequence[Incomplete], open_: Open) -> Iterator[Line]:
    """Yield the leads without a verdict with what is missing for one."""
    mark = pgettext("between the entries of a list", ", ")
    for lead in leads[:MOST_LINES]:
        missing = _("missing: {fields}").format(fields=mark.join(field_text(code) for code in lead.missing))
        yield Line(_name(lead.name, lead.code), missing, lead.owner, "", _opens(open_, lead.lead_id))


def doubt_lines(doubts: Sequence[Doubt], open_: Open) -> Iterator[Line]:
    """Yield the leads with fields an import left empty as doubtful, with the row of the file."""
    mark = pgettext("between the entries of a list", ", ")
    for doubt in doubts[:MOST_LINES]:
        fields = mark.join(_(LEAD_FIELDS[name].label) for name in doubt.fields)
        place = _("{file}, row {row}: {fields} could not be read for certain").format(
            file=doubt.file, row=doubt.row, fields=fields
        )
        yield Line(_name(doubt.name, doubt.code), place, "", "warn", _opens(open_, doubt.lead_id))


def held_lines(found: Sequence[Held], go: Callable[[], object]) -> Iterator[Line]:
    """Yield the imports of which rows wait for an answer."""
    for each in found[:MOST_LINES]:
        parts = (
            ngettext("{count} row held back", "{count} rows held back", each.held).format(count=each.held)
            if each.held
            else "",
            ngettext("{count} faulty row", "{count} faulty rows", each.faulty).format(count=each.faulty)
            if each.faulty
            else "",
        )
        detail = " · ".join(part for part in (*parts, _("import the file again to answer")) if part)
        yield Line(each.file, detail, f"{each.on:%m-%d}", "warn", go)


def pair_lines(pairs: Sequence[LeadPair], open_many: OpenMany) -> Iterator[Line]:
    """Yield the pairs of leads that may be the same, with the reasons."""
    for pair in pairs[:MOST_LINES]:
        title = _("{one} – {other}").format(one=_name(pair.a.name, pair.a.code), other=_name(pair.b.name, pair.b.code))
        mark = pgettext("between the entries of a list", ", ")
        reasons = mark.join(explain_duplicate(pair.reasons))
        yield Line(title, reasons, _("same?"), "warn", _both(open_many, pair))


def guard_lines(found: Sequence[Guarded], open_: Open) -> Iterator[Line]:
    """Yield the leads whose first report is about to lose its protection, or lost it lately."""
    for each in found[:MOST_LINES]:
        lapsed = each.protection.state is Guard.LAPSED
        detail = " · ".join(part for part in (each.unit, protection_text(each.protection)) if part)
        until = f"{each.protection.until:%m-%d}" if each.protection.until else ""
        yield Line(_name(each.name, each.code), detail, until, "bad" if lapsed else "warn", _opens(open_, each.lead_id))


def opened_lines(leads: Sequence[Opened], open_: Open) -> Iterator[Line]:
    """Yield the leads opened lately."""
    for lead in leads[:MOST_LINES]:
        detail = " · ".join(part for part in (lead.code, lead.owner) if part)
        stage = stage_name(lead.stage) if lead.stage else ""
        yield Line(_name(lead.name, lead.code), detail, stage, "", _opens(open_, lead.lead_id))


def _name(name: str | None, code: str) -> str:
    return name or code


def _opens(open_: Open, lead_id: int) -> Callable[[], object]:
    return lambda: open_(lead_id)


def _of(open_stage: Callable[[str, int], object], group: Staying) -> Callable[[], object]:
    return lambda: open_stage(group.stage, group.limit)


def _both(open_many: OpenMany, pair: LeadPair) -> Callable[[], object]:
    return lambda: open_many((pair.a.id, pair.b.id))
