"""What everybody may see of a personal field (decisions 36): enough to recognise, too little to call."""

from __future__ import annotations

SHOWN_DIGITS = 4


def mask_phone(phone: str) -> str:
    """Return ``138****1111`` for ``13800001111``; of a shorter one the last four characters."""
    middle = 2 * SHOWN_DIGITS
    return f"{phone[:-middle]}****{phone[-SHOWN_DIGITS:]}" if len(phone) > middle else f"****{phone[-SHOWN_DIGITS:]}"


def mask_person(name: str) -> str:
    """Return ``张*`` for ``张伟`` and ``J*`` for ``John Smith``; ``""`` for no name."""
    return f"{name[0]}*" if name else ""
