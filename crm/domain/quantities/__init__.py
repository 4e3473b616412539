"""Exact quantities: values, how people write them, how they are shown."""

from crm.domain.quantities.amounts import UnitMissingError
from crm.domain.quantities.areas import NO_LAND_QUESTION, SPACE_KIND_QUESTION, Site, read_land, read_site, read_space
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
from crm.domain.quantities.numbers import SHARE, read_number, read_year
from crm.domain.quantities.plain import EMPTY_WORDS, exact, is_empty, plain, quoted
from crm.domain.quantities.rates import read_rate
from crm.domain.quantities.space_kinds import SPACE_KINDS, space_kind
from crm.domain.quantities.values import (
    LAND_UNITS_PER_MU,
    MU_PER_HECTARE,
    MU_PER_SQUARE_METRE,
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
    "number_text",
    "plain",
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
