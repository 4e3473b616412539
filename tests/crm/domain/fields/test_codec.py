"""What is stored comes back without loss, in one canonical form."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.fields.codec import CODECS, canonical, text_of, value_of
from crm.domain.fields.registry import Kind
from crm.domain.fields.values import Lease, Phase, Platform, Plot
from crm.domain.quantities import Land, Money, Number, PartialDate, Space

decimals = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12)
bound = st.none() | decimals
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
spans = {"low": bound, "high": bound, "approximate": st.booleans(), "vague": st.booleans(), "text": texts}
moneys = st.builds(Money, **spans, currency=st.sampled_from(["CNY", "USD", "JPY"]))
lands = st.builds(Land, **spans, phase1=bound)
spaces = st.builds(Space, **spans)
years = st.integers(1900, 2100)
dates = st.one_of(
    st.builds(PartialDate, years, month=st.none() | st.integers(1, 12)),
    st.builds(PartialDate, years, month=st.integers(1, 12), day=st.integers(1, 28)),
    st.builds(PartialDate, years, quarter=st.integers(1, 4)),
    st.builds(PartialDate, years, half=st.integers(1, 2)),
)
VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    **dict.fromkeys((Kind.TEXT, Kind.NOTE, Kind.CHOICE, Kind.CREDIT_CODE, Kind.PHONE), texts),
    Kind.FLAG: st.booleans(),
    Kind.YEAR: years,
    Kind.MONEY: moneys,
    Kind.LAND: lands,
    Kind.NUMBER: st.builds(Number, **spans),
    Kind.DATE: dates,
    Kind.MOMENT: dates | st.datetimes(datetime(1900, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    **dict.fromkeys((Kind.TEXTS, Kind.CHOICES), st.lists(texts).map(tuple)),
    Kind.SPACES: st.dictionaries(texts, spaces, max_size=3),
    Kind.TAX_YEARS: st.dictionaries(years, moneys, max_size=3),
    Kind.PLOTS: st.lists(
        st.builds(Plot, st.none() | texts, st.none() | lands, st.none() | texts, st.none() | moneys), max_size=3
    ).map(tuple),
    Kind.PHASES: st.lists(st.builds(Phase, st.none() | lands, st.none() | moneys, st.booleans()), max_size=3).map(
        tuple
    ),
    Kind.LEASES: st.lists(st.builds(Lease, texts, st.none() | spaces, bound), max_size=3).map(tuple),
    Kind.PLATFORMS: st.lists(st.builds(Platform, texts, st.none() | texts), max_size=3).map(tuple),
}


def test_every_kind_has_its_codec() -> None:
    assert set(CODECS) == set(Kind) == set(VALUES)


@given(st.sampled_from(list(VALUES)).flatmap(lambda kind: st.tuples(st.just(kind), VALUES[kind])))
def test_a_value_comes_back_and_its_text_is_the_only_one(pair: tuple[Kind, Any]) -> None:
    kind, value = pair
    text = text_of(kind, value)
    assert text is not None
    assert value_of(kind, text) == value
    assert text_of(kind, value_of(kind, text)) == text
    assert canonical(json.loads(text)) == text


def test_a_value_of_a_wrong_class_is_a_bug() -> None:
    with pytest.raises(TypeError):
        text_of(Kind.MONEY, Land(Decimal(1), Decimal(1)))
    assert text_of(Kind.MONEY, None) is None
