"""The bureau's own limits: dated, with their source, undoable."""

from __future__ import annotations

from datetime import date

from sqlmodel import col, select

from crm.database import Session
from crm.domain.deadlines.limits import MOST_DAYS, keys
from crm.errors import ValueRefusedError
from crm.i18n import _
from crm.models import Entry

DICTIONARY = "deadline"


def set_limit(session: Session, key: str, days: int, *, source: str, since: date) -> Entry:
    """Set a limit from a day on; what held before keeps its days.

    Args:
        session: of ``Database.write``.
        key: of ``crm.domain.deadlines.limits.keys``.
        days: 1 to ``MOST_DAYS``: working days of a clock, days of the others.
        source: who decided it, in which document.
        since: the first day it holds.

    Raises:
        ValueRefusedError: a key there is not, a number of days that cannot be, or no source.
    """
    if key not in keys():
        known = ", ".join(keys())
        raise ValueRefusedError(_("There is no limit {key} ({keys}).").format(key=key, keys=known), where=key)
    if not 1 <= days <= MOST_DAYS:
        raise ValueRefusedError(_("A limit is 1 to {most} days, not {days}.").format(most=MOST_DAYS, days=days))
    if not source.strip():
        raise ValueRefusedError(_("Say who decided it, and where it is written."), where="source")
    query = select(Entry).where(col(Entry.dictionary) == DICTIONARY, col(Entry.term) == key)
    entry = next((one for one in session.exec(query) if one.valid_from == since.isoformat()), None)
    if entry is None:
        entry = Entry(dictionary=DICTIONARY, term=key, meaning="", valid_from=since.isoformat(), source="")
        session.add(entry)
    entry.meaning, entry.source = str(days), source.strip()
    session.flush()
    return entry
