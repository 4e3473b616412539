"""Words for deadlines: clocks, rests, days of the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from crm.domain.deadlines.clocks import Clock, ClockState, Rest
from crm.domain.deadlines.working_days import DayKind, day_kind, day_name, working_days_between
from crm.domain.stages.explain import stage_name
from crm.i18n import N_, _, current_language, ngettext

CLOCK_NAMES = {
    "respond": N_("Respond"),
    "assess": N_("Assess"),
    "feedback": N_("Tell the reporter"),
    "report": N_("Report progress"),
}
_KINDS = {
    DayKind.WORKING: "",
    DayKind.WEEKEND: N_("weekend"),
    DayKind.MAKE_UP: N_("make-up working day"),
}
_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


PROTECTION_NAMES = {
    "preliminary": N_("working days to complete a preliminary first report"),
    "complete": N_("days without a record after which a first report is open to all"),
    "warn": N_("days before, on which that is told"),
}


def clock_name(code: str) -> str:
    """Return what a clock is called."""
    return _(CLOCK_NAMES[code])


def clock_text(clock: Clock, on: date) -> str:
    """Return a clock in one line: what, until when, how it stands on a day."""
    name = clock_name(clock.code)
    if clock.state is ClockState.DONE:
        return _("{name}: done").format(name=name)
    if clock.state is ClockState.OVERDUE:
        late = working_days_between(clock.due, on)
        text = ngettext(
            "{name}: was due {due}, {late} working day late", "{name}: was due {due}, {late} working days late", late
        )
        return text.format(name=name, due=clock.due.isoformat(), late=late)
    if clock.state is ClockState.DUE:
        return _("{name}: due today").format(name=name)
    left = working_days_between(on, clock.due)
    text = ngettext("{name}: by {due}, {left} working day left", "{name}: by {due}, {left} working days left", left)
    return text.format(name=name, due=clock.due.isoformat(), left=left)


def rest_text(rest: Rest) -> str:
    """Return how long a lead rests, against its limit."""
    words = (
        {"stay": N_("{days} days in {stage}"), "quiet": N_("no follow-up for {days} days")}
        if rest.limit is None
        else {
            "stay": N_("{days} days in {stage}, limit {limit}"),
            "quiet": N_("no follow-up for {days} days, limit {limit}"),
        }
    )
    return _(words[rest.code]).format(days=rest.days, stage=stage_name(rest.stage), limit=rest.limit)


def day_note(day: date) -> str:
    """Return what is special about a day: 春节, 周末, 调休上班; "" for a plain working day."""
    kind = day_kind(day)
    return day_name(day, current_language()) if kind is DayKind.HOLIDAY else _(_KINDS[kind]) if _KINDS[kind] else ""


def weekday_name(day: date) -> str:
    """Return the short name of the day of the week."""
    return _(_WEEKDAYS[day.weekday()])


def unarranged_text(years: Sequence[int]) -> str:
    """Return what is said where working days lie in years that are not arranged yet; "" for none."""
    if not years:
        return ""
    text = _("The days off and make-up days of {years} are not in this program yet: working days are provisional.")
    return text.format(years=", ".join(map(str, years)) if current_language() == "en" else "、".join(map(str, years)))


def limit_text(key: str) -> str:
    """Return what a limit is about: working days of a clock, days in a stage, days without a follow-up."""
    group, _dot, name = key.partition(".")
    if group == "clock":
        return _("{name}: working days after the first report, or the last follow-up").format(name=clock_name(name))
    if group == "protection":
        return _(PROTECTION_NAMES[name])
    words = {"stay": N_("days in {stage}"), "quiet": N_("days without a follow-up in {stage}")}
    return _(words[group]).format(stage=stage_name(name))
