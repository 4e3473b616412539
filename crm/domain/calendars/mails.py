"""A mail to be sent by a person: an .eml draft that a mail program opens ready to be edited, with the .ics in it."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP

from crm.domain.calendars.ics import described, title_of, to_ics
from crm.domain.deadlines.explain import day_note, weekday_name
from crm.domain.tasks import Planned
from crm.i18n import _


def to_eml(entry: Planned, lead: str, now: datetime, *, signed: str = "") -> bytes:
    """Return a draft about something planned: no sender and no receiver, for a person fills them in and sends it.

    Args:
        entry: what is planned.
        lead: the name of its lead, "" without one.
        now: when it is made, aware.
        signed: the officer's name under it.
    """
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = title_of(entry, lead)
    mail["X-Unsent"] = "1"  # Outlook opens it as a draft then
    mail.set_content(_body(entry, lead, signed))
    mail.add_attachment(to_ics([(entry, lead)], now), maintype="text", subtype="calendar", filename="invitation.ics")
    return mail.as_bytes()


def _body(entry: Planned, lead: str, signed: str) -> str:
    when = f"{entry.day.isoformat()} {weekday_name(entry.day)}"
    if note := day_note(entry.day):
        when += f" ({note})"
    if entry.at is not None:
        when += entry.at.strftime(" %H:%M")
        when += entry.until.strftime("-%H:%M") if entry.until is not None else ""
    lines = [
        _("What: {title}").format(title=title_of(entry, lead)),
        _("When: {when}").format(when=when),
        _("Where: {place}").format(place=entry.place) if entry.place else "",
        described(entry),
        "",
        signed,
    ]
    return "\n".join(line for line in lines if line or line == "").strip() + "\n"
