"""Values of every kind of field, as the readers may make them, for property tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from hypothesis import strategies as st

from crm.domain.fields.codes import AREA_CODES, LAND_USES
from crm.domain.fields.registry import RECORD_FIELDS, Field, Kind
from crm.domain.fields.values import Lease, Phase, Platform, Plot
from crm.domain.quantities import (
    CURRENCIES,
    SHARE,
    SPACE_KINDS,
    Land,
    Money,
    Number,
    PartialDate,
    Space,
    Span,
    is_empty,
)

WORDS = st.text("中试研发平台甲乙丙abcXYZ123", min_size=1, max_size=8).filter(lambda text: not is_empty(text))
EXACT = st.decimals(min_value=0, max_value=10**9, places=6).map(lambda number: Decimal(f"{number:f}").normalize() + 0)
CODES = st.sampled_from(("91320507MA9XC00178", "91320507MA9XC00253", "91320507MA9XC0033X"))
PHONES = st.sampled_from(("13600001396", "0512-65870000", "13600001396、13700001505"))
MONTHS = st.builds(PartialDate, st.integers(1900, 2100), st.integers(1, 12))
DATES = st.one_of(
    st.builds(PartialDate, st.integers(1900, 2100)),
    MONTHS,
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)).map(lambda day: PartialDate(day.year, day.month, day.day)),
    st.builds(PartialDate, st.integers(1900, 2100), quarter=st.integers(1, 4)),
    st.builds(PartialDate, st.integers(1900, 2100), half=st.integers(1, 2)),
)
CHINA_TIME = dt.timezone(dt.timedelta(hours=8))
MOMENTS = st.integers(-600_000_000, 4_100_000_000).map(lambda seconds: dt.datetime.fromtimestamp(seconds, CHINA_TIME))
TEXTS = st.sampled_from(("", "约5亿", "5-8亿元", "25亩左右"))


S = TypeVar("S", bound=Span)


@st.composite
def spans(draw: st.DrawFn, /, kind: Callable[..., S], **more: st.SearchStrategy[object]) -> S:
    """Return figures of every shape: exact, a range, open on one side, vague."""
    low, high = sorted((draw(EXACT), draw(EXACT)))
    ends = draw(st.sampled_from(((low, low), (low, high), (low, None), (None, high))))
    extra = {name: draw(strategy) for name, strategy in more.items()}
    return kind(*ends, approximate=draw(st.booleans()), text=draw(TEXTS), **extra)


MONEY = st.one_of(
    spans(Money, currency=st.sampled_from([currency.code for currency in CURRENCIES])),
    st.just(Money(None, None, vague=True, text="数千万元")),
)
LAND = st.one_of(
    spans(Land),
    spans(Land, phase1=st.just(Decimal(0))).filter(lambda land: bool(land.high or land.low)),
    st.just(Land(Decimal(0), Decimal(0))),
)
SPACE = spans(Space)
PLOTS = st.builds(Plot, st.sampled_from(AREA_CODES), LAND, st.sampled_from([use.code for use in LAND_USES]), MONEY)
BY_KIND: Mapping[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: WORDS,
    Kind.NOTE: WORDS,
    Kind.TEXTS: st.lists(WORDS, min_size=1, max_size=4, unique=True).map(tuple),
    Kind.MONEY: MONEY,
    Kind.LAND: LAND,
    Kind.FLAG: st.booleans(),
    Kind.DATE: DATES,
    Kind.MOMENT: MOMENTS,
    Kind.YEAR: st.integers(1900, 2100),
    Kind.SPACES: st.dictionaries(st.sampled_from(SPACE_KINDS), SPACE, min_size=1, max_size=3),
    Kind.PLOTS: st.lists(PLOTS, min_size=1, max_size=3).map(tuple),
    Kind.PHASES: st.lists(st.builds(Phase, LAND, MONEY, st.booleans()), min_size=1, max_size=3).map(tuple),
    Kind.LEASES: st.lists(
        st.builds(Lease, st.sampled_from(("厂房", "")), SPACE, st.sampled_from((None, Decimal("2.5")))),
        min_size=1,
        max_size=3,
    ).map(tuple),
    Kind.PLATFORMS: st.lists(st.builds(Platform, WORDS, st.none() | WORDS), min_size=1, max_size=3).map(tuple),
    Kind.TAX_YEARS: st.dictionaries(st.integers(2020, 2060), MONEY, min_size=1, max_size=3).map(
        lambda years: dict(sorted(years.items()))
    ),
    Kind.CREDIT_CODE: CODES,
    Kind.PHONE: PHONES,
}


def values(field: Field) -> st.SearchStrategy[Any]:
    """Return values that the field can hold."""
    if field.kind is Kind.CHOICE:
        return st.sampled_from([choice.code for choice in field.choices])
    if field.kind is Kind.CHOICES:
        codes = [choice.code for choice in field.choices]
        return st.lists(st.sampled_from(codes), min_size=1, unique=True).map(tuple)
    if field.kind is Kind.NUMBER:
        return numbers(field)
    if field.choices:
        codes = [choice.code for choice in field.choices]
        return st.sampled_from(codes) if field.kind is Kind.TEXT else st.just(tuple(codes))
    return BY_KIND[field.kind]


def numbers(field: Field) -> st.SearchStrategy[Number]:
    """Return figures of the field, none larger than it believes."""
    most = 1 if field.unit == SHARE else int(field.most or 10**6)
    bounds = st.decimals(min_value=0, max_value=most, places=3).map(
        lambda number: Decimal(f"{number:f}").normalize() + 0
    )
    exact = bounds.map(lambda number: Number(number, number))
    ranges = st.tuples(bounds, bounds).map(lambda pair: Number(min(pair), max(pair), approximate=True, text="约"))
    return exact | ranges


ALL_FIELDS = [(f"{kind}.{name}", field) for kind, fields in RECORD_FIELDS.items() for name, field in fields.items()]
