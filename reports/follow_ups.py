"""What documents say about calls, visits and meetings: a table in the dossier, the minutes of one."""

from __future__ import annotations

from collections.abc import Sequence

from crm.domain.follow_ups import KINDS, FollowUp
from crm.i18n import _, pgettext
from reports.content import Line, Table, Words
from reports.parts import day_text, grid, label
from reports.text import cap, clean

NOTE_MOST = 2_000
"""Characters of one note that the dossier prints; the program has all of it."""


def kind_text(code: str) -> str:
    """Return the word for a kind of follow-up."""
    return next((_(kind.label) for kind in KINDS if kind.code == code), code)


def next_text(one: FollowUp) -> str:
    """Return the next step and its day; "" where none was agreed."""
    day = day_text(one.next_date) if one.next_date else ""
    return pgettext("list", ", ").join(part for part in (day, one.next_step) if part)


def follow_ups_table(many: Sequence[FollowUp]) -> Table:
    """Return follow-ups in order: day, kind, officer, what was said, what comes next."""
    heads = (
        pgettext("page", "Date"),
        pgettext("page", "Kind"),
        pgettext("page", "By"),
        _("What was said or agreed"),
        label("next_step"),
    )
    rows = [(one.at.isoformat(), kind_text(one.kind), one.by, _note(one), next_text(one) or "—") for one in many]
    return grid(heads, rows, (15, 10, 12, 40, 23))


def _note(one: FollowUp) -> Line:
    return (Words(cap(clean(one.note), NOTE_MOST), where=_("What was said or agreed")),)
