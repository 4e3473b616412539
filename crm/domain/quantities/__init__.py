"""Exact quantities: values, how people write them, how they are shown.

What is named here comes from its module when it is asked for: the first page of leads is painted with the values alone,
and the grammars of amounts, areas and dates take 15 ms to import (decision 17).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crm.domain.quantities.amounts import UnitMissingError
    from crm.domain.quantities.areas import (
        NO_LAND_QUESTION,
        SPACE_KIND_QUESTION,
        Site,
        read_land,
        read_site,
        read_space,
    )
    from crm.domain.quantities.currencies import CURRENCIES, Currency
    from crm.domain.quantities.dates import (
        Ambiguous,
        AmbiguousDateError,
        date_of_serial,
        date_question,
        find_dates,
        read_date,
    )
    from crm.domain.quantities.display import (
        Exact,
        date_text,
        decimal_text,
        grouped,
        land_text,
        money_text,
        number_text,
        round_down,
        round_up,
        show_mu,
        show_wan,
        space_text,
    )
    from crm.domain.quantities.money import read_money
    from crm.domain.quantities.numbers import read_number, read_year
    from crm.domain.quantities.plain import EMPTY_WORDS, exact, is_empty, narrow, quoted
    from crm.domain.quantities.rates import read_rate
    from crm.domain.quantities.space_kinds import SPACE_KINDS, space_kind
    from crm.domain.quantities.values import (
        CHINA_TIME,
        LAND_UNITS_PER_MU,
        MU_PER_HECTARE,
        MU_PER_SQUARE_METRE,
        SHARE,
        YUAN_PER_WAN,
        Land,
        Money,
        Number,
        PartialDate,
        Rate,
        Space,
        Span,
    )

__all__ = [
    "CHINA_TIME",
    "CURRENCIES",
    "EMPTY_WORDS",
    "LAND_UNITS_PER_MU",
    "MU_PER_HECTARE",
    "MU_PER_SQUARE_METRE",
    "NO_LAND_QUESTION",
    "SHARE",
    "SPACE_KINDS",
    "SPACE_KIND_QUESTION",
    "YUAN_PER_WAN",
    "Ambiguous",
    "AmbiguousDateError",
    "Currency",
    "Exact",
    "Land",
    "Money",
    "Number",
    "PartialDate",
    "Rate",
    "Site",
    "Space",
    "Span",
    "UnitMissingError",
    "date_of_serial",
    "date_question",
    "date_text",
    "decimal_text",
    "exact",
    "find_dates",
    "grouped",
    "is_empty",
    "land_text",
    "money_text",
    "narrow",
    "number_text",
    "quoted",
    "read_date",
    "read_land",
    "read_money",
    "read_number",
    "read_rate",
    "read_site",
    "read_space",
    "read_year",
    "round_down",
    "round_up",
    "show_mu",
    "show_wan",
    "space_kind",
    "space_text",
]

_MODULES = {
    "amounts": ("UnitMissingError",),
    "areas": (
        "NO_LAND_QUESTION",
        "SPACE_KIND_QUESTION",
        "Site",
        "read_land",
        "read_site",
        "read_space",
    ),
    "currencies": (
        "CURRENCIES",
        "Currency",
    ),
    "dates": (
        "Ambiguous",
        "AmbiguousDateError",
        "date_of_serial",
        "date_question",
        "find_dates",
        "read_date",
    ),
    "display": (
        "Exact",
        "date_text",
        "decimal_text",
        "grouped",
        "land_text",
        "money_text",
        "number_text",
        "round_down",
        "round_up",
        "show_mu",
        "show_wan",
        "space_text",
    ),
    "money": ("read_money",),
    "numbers": (
        "SHARE",
        "read_number",
        "read_year",
    ),
    "plain": (
        "EMPTY_WORDS",
        "exact",
        "is_empty",
        "narrow",
        "quoted",
    ),
    "rates": ("read_rate",),
    "space_kinds": (
        "SPACE_KINDS",
        "space_kind",
    ),
    "values": (
        "SHARE",
        "CHINA_TIME",
        "LAND_UNITS_PER_MU",
        "MU_PER_HECTARE",
        "MU_PER_SQUARE_METRE",
        "YUAN_PER_WAN",
        "Land",
        "Money",
        "Number",
        "PartialDate",
        "Rate",
        "Space",
        "Span",
    ),
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:  # noqa: ANN401  (whatever a module has)
    """Return a name of one of the modules, and keep it here.

    Raises:
        AttributeError: none of them gives this name; a module of this room is then looked for.
    """
    if name not in _MODULE_OF:
        raise AttributeError(name)
    found = globals()[name] = getattr(import_module(f"crm.domain.quantities.{_MODULE_OF[name]}"), name)
    return found
