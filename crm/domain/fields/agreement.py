"""Values of one record that cannot be true together, whatever each says by itself."""

from __future__ import annotations

from collections.abc import Mapping

from crm.domain.fields.registry import RECORD_FIELDS
from crm.domain.quantities import Span
from crm.i18n import _

ENDS: Mapping[str, tuple[tuple[str, str], ...]] = {"funds": (("ticket_low", "ticket_high"),)}
"""Fields that are the lower and the upper end of one thing, by kind of record."""


def crossed(kind: str, values: Mapping[str, object]) -> tuple[str, str] | None:
    """Return the two ends of which the lower is more than the upper; None where all agree or cannot be compared."""
    for low, high in ENDS.get(kind, ()):
        least, most = values.get(low), values.get(high)
        if not (isinstance(least, Span) and isinstance(most, Span)) or least.low is None or most.high is None:
            continue
        if getattr(least, "currency", None) == getattr(most, "currency", None) and least.low > most.high:
            return low, high
    return None


def crossed_text(kind: str, low: str, high: str) -> str:
    """Return the sentence about two ends that are crossed."""
    fields = RECORD_FIELDS[kind]
    return _("{low} is more than {high}; check both figures.").format(
        low=_(fields[low].label), high=_(fields[high].label)
    )
