"""What everybody may see of a personal field (decisions 36): enough to recognise, too little to call."""

from __future__ import annotations

from collections.abc import Mapping

from crm.domain.fields.registry import RECORD_FIELDS, Field, Kind
from crm.i18n import N_, _

CONFIDENTIAL_NAME = N_("(confidential project)")
"""What stands for the name of a confidential project (decisions 20)."""

BETWEEN_PHONES = "、"
"""Between the telephone numbers of one field; ``contacts.read_phone`` puts it there."""

SHOWN_DIGITS = 4


def masked(field: Field, text: str) -> str:
    """Return the text of a field as everybody may see it: of a personal one only enough to recognise."""
    if not field.personal or not text:
        return text
    return mask_phone(text) if field.kind is Kind.PHONE else mask_person(text)


def holds_contacts(kind: str, values: Mapping[str, object]) -> bool:
    """Return whether a record of a kind has a value in a personal field."""
    return any(field.personal and values.get(name) is not None for name, field in RECORD_FIELDS[kind].items())


def masked_document(kind: str, document: Mapping[str, object], *, contacts: bool) -> dict[str, object]:
    """Return the JSON document of a record (or of some fields) as everybody may see it, for ``contacts`` whole."""
    fields = RECORD_FIELDS[kind]
    return {
        name: masked(fields[name], value) if not contacts and name in fields and isinstance(value, str) else value
        for name, value in document.items()
    }


def is_withheld(field: Field, text: str) -> bool:
    """Return whether a text is what an export shows in place of a value: read back, it must not replace the value."""
    if field.name == "name":
        return text.strip() in {CONFIDENTIAL_NAME, _(CONFIDENTIAL_NAME)}
    if not field.personal or "*" not in text:
        return False
    said = text.strip()
    return "****" in said or (said.endswith("*") and len(said) == len("张*"))


def mask_phone(phone: str) -> str:
    """Return ``138****1111`` for ``13800001111``, of a shorter one the last four characters; each of several masked."""
    return BETWEEN_PHONES.join(_masked(one) for one in phone.split(BETWEEN_PHONES))


def _masked(phone: str) -> str:
    middle = 2 * SHOWN_DIGITS
    return f"{phone[:-middle]}****{phone[-SHOWN_DIGITS:]}" if len(phone) > middle else f"****{phone[-SHOWN_DIGITS:]}"


def mask_person(name: str) -> str:
    """Return ``张*`` for ``张伟`` and ``J*`` for ``John Smith``; ``""`` for no name."""
    return f"{name[0]}*" if name else ""
