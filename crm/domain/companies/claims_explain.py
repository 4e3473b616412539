"""Words for the ledger of first reports: who was first and why, until when that is protected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime

from crm.domain.companies.claims import PRELIMINARY, Guard, Protection
from crm.domain.fields.kinds.choices import REPORT_KINDS
from crm.domain.fields.words import label_of, list_mark
from crm.domain.quantities import CHINA_TIME, PartialDate
from crm.domain.reasons import Reason
from crm.i18n import N_, _

REASONS: Mapping[str, str] = {
    "no_report": N_("No first report is registered yet."),
    "only_report": N_("Only {unit} has reported it, at {at}."),
    "report_without_time": N_("The report of {unit} has no time: it cannot be told who was first."),
    "reports_may_fall_together": N_(
        "{unit} ({at}) and {other} ({other_at}) may fall together: the times must be entered more precisely."
    ),
    "reported_before": N_("{unit} reported it at {at}, before {other} at {other_at}."),
    "preliminary_lapsed": N_(
        "The preliminary report of {unit} ({at}) was not completed by {until}: {other} ({other_at}) comes first."
    ),
    "report_corrected": N_("The entry {code} was corrected by a later one."),
}
"""In the order of ``ledger_of``; words of the reasons."""

STATES: Mapping[Guard, str] = {
    Guard.HELD: N_("Protected until {until}"),
    Guard.LAPSING: N_("The protection ends on {until}: write a follow-up down"),
    Guard.LAPSED: N_("The protection ended on {until}: open to all"),
    Guard.SETTLED: N_("Signed: the first report is settled"),
    Guard.RESTING: N_("The lead rests: nothing is protected"),
    Guard.UNKNOWN: N_("It is not known who reported first, or since when"),
}
COMPLETING = N_("The preliminary report must be completed by {until}")
UNTAKEN = N_("The preliminary report was not completed by {until}")
MOMENT = "%Y-%m-%d %H:%M"


def explain_first(reasons: Iterable[Reason]) -> list[str]:
    """Return why somebody was first, a sentence a reason."""
    return [
        _(REASONS[each.code]).format_map({name: _shown(value) for name, value in each.parameters.items()})
        for each in reasons
    ]


def protection_text(found: Protection) -> str:
    """Return until when a first report is protected, or why not."""
    message = STATES[found.state]
    if found.kind == PRELIMINARY:
        message = {Guard.LAPSING: COMPLETING, Guard.HELD: COMPLETING, Guard.LAPSED: UNTAKEN}.get(found.state, message)
    return _(message).format(until=found.until)


def moment_text(at: datetime | PartialDate | None) -> str:
    """Return a time of report in China's time, as precisely as it is known."""
    if at is None:
        return _("time not known")
    return at.astimezone(CHINA_TIME).strftime(MOMENT) if isinstance(at, datetime) else str(at)


def report_kind_word(kind: str) -> str:
    """Return the word for a kind of report."""
    return label_of(REPORT_KINDS, kind)


def missing_text(groups: Iterable[tuple[str, ...]], label: Callable[[str], str]) -> str:
    """Return what a report lacks to be complete: the first field of each group."""
    return list_mark().join(label(group[0]) for group in groups)


def _shown(value: object) -> object:
    if isinstance(value, datetime | PartialDate):
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return value or _("not filled in")
