"""Words for what is planned, and for what a calendar file holds that was not taken."""

from __future__ import annotations

from crm.domain.follow_ups import KINDS as FOLLOW_UP_KINDS
from crm.domain.reasons import Reason
from crm.domain.tasks import KINDS
from crm.i18n import N_, _

NOTES = {
    "cancelled": N_("“{title}” was cancelled: left out."),
    "repeats": N_("“{title}” repeats: only its first day was taken."),
    "no_day": N_("“{title}” has no day: left out."),
    "too_many": N_("Only the first {most} entries were taken."),
}


def note_text(note: Reason) -> str:
    """Return what is to be said of an entry of a calendar file."""
    return _(NOTES[note.code]).format_map({name: str(value) for name, value in note.parameters.items()})


def kind_text(kind: str) -> str:
    """Return the word for a kind of entry: Visit, Task, Next step, Note and so on."""
    known = {each.code: each.label for each in (*FOLLOW_UP_KINDS, *KINDS)}
    return _(known[kind]) if kind in known else _("Next step")
