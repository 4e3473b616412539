"""What everybody may see of a personal field (decisions 36): enough to recognise, too little to call."""

from __future__ import annotations

BETWEEN_PHONES = "、"
"""Between the telephone numbers of one field; ``contacts.read_phone`` puts it there."""

SHOWN_DIGITS = 4


def mask_phone(phone: str) -> str:
    """Return ``138****1111`` for ``13800001111``, of a shorter one the last four characters; each of several masked."""
    return BETWEEN_PHONES.join(_masked(one) for one in phone.split(BETWEEN_PHONES))


def _masked(phone: str) -> str:
    middle = 2 * SHOWN_DIGITS
    return f"{phone[:-middle]}****{phone[-SHOWN_DIGITS:]}" if len(phone) > middle else f"****{phone[-SHOWN_DIGITS:]}"


def mask_person(name: str) -> str:
    """Return ``张*`` for ``张伟`` and ``J*`` for ``John Smith``; ``""`` for no name."""
    return f"{name[0]}*" if name else ""
