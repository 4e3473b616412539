"""What can be imported: the kinds of record there are, and what belongs to leads: follow-ups and contacts."""

from __future__ import annotations

from collections.abc import Mapping

from crm.domain.fields.registry import LEAD_FIELDS, RECORD_FIELDS, Field, Kind
from crm.domain.follow_ups import KINDS
from crm.errors import NotFoundError
from crm.i18n import N_, _

FOLLOW_UPS = "follow-ups"
"""The word for follow-ups on the command line; in the history they are ``follow_up``."""

FOLLOW_UP_FIELDS: Mapping[str, Field] = {
    field.name: field
    for field in (
        LEAD_FIELDS["code"],
        LEAD_FIELDS["name"],
        LEAD_FIELDS["investor"],
        Field("kind", Kind.CHOICE, N_("Kind of follow-up"), KINDS),
        Field("at", Kind.DATE, N_("Day of the follow-up")),
        Field("by", Kind.TEXT, N_("Written by")),
        Field("note", Kind.NOTE, N_("What was said")),
        LEAD_FIELDS["next_step"],
        LEAD_FIELDS["next_date"],
    )
}
"""A row of a list of follow-ups: which lead it belongs to (code, name, investor), and what was done."""

CONTACTS = "contacts"
"""The word for the people to talk to; they are fields of their leads."""

CONTACT_FIELDS: Mapping[str, Field] = {
    name: LEAD_FIELDS[name] for name in ("code", "name", "investor", "credit_code", "contact", "contact_phone")
}
"""A row of a list of contacts: which lead it belongs to, and whom to call."""

IMPORT_FIELDS: Mapping[str, Mapping[str, Field]] = {
    **RECORD_FIELDS,
    FOLLOW_UPS: FOLLOW_UP_FIELDS,
    CONTACTS: CONTACT_FIELDS,
}
"""The fields of everything that can be imported, by the word of the command line."""


def naming(fields: Mapping[str, Field]) -> tuple[str, ...]:
    """Return the fields of which one must be in a table: what names its records, or the lead its rows belong to."""
    if fields is FOLLOW_UP_FIELDS or fields is CONTACT_FIELDS:
        return ("name", "code", "investor", "credit_code")
    if "name" in fields:
        return ("name",)
    return ("code", *(name for name, field in fields.items() if field.needed))


def import_fields(kind: str) -> Mapping[str, Field]:
    """Return the fields of what can be imported.

    Raises:
        NotFoundError: there is no such kind.
    """
    if kind not in IMPORT_FIELDS:
        message = _("There are no records of kind “{kind}”; there are {kinds}.")
        raise NotFoundError(message.format(kind=kind, kinds=", ".join(IMPORT_FIELDS)))
    return IMPORT_FIELDS[kind]
