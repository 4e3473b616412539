"""Exact quantities: values, how people write them, how they are shown."""

from crm.domain.quantities.values import (
    LAND_UNITS_PER_MU,
    MU_PER_HECTARE,
    MU_PER_SQUARE_METRE,
    Land,
    Money,
    Number,
    PartialDate,
    Rate,
    Space,
    Span,
)

__all__ = [
    "LAND_UNITS_PER_MU",
    "MU_PER_HECTARE",
    "MU_PER_SQUARE_METRE",
    "Land",
    "Money",
    "Number",
    "PartialDate",
    "Rate",
    "Space",
    "Span",
]
