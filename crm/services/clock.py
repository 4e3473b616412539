"""The day on which a service acts."""

from __future__ import annotations

from datetime import date

from crm.domain.quantities import CHINA_TIME
from crm.models.types import now


def today() -> date:
    """Return the day in China."""
    return now().astimezone(CHINA_TIME).date()
