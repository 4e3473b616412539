"""Many records are made fit together exactly as each would be alone: an import writes no other values than a form."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from crm.database.derived import derive, derive_many
from crm.domain.quantities import Land, Money, PartialDate, Space
from crm.errors import ValueRefusedError
from crm.services.values import fitted, fitted_many

TEXTS = st.text(max_size=12) | st.sampled_from(
    (
        "华信智能",
        " 华信 ",
        "华 信",
        "华  信",
        "",
        " ",
        "cafe\u0301",
        "caf\u00e9",
        "\u0301x",
        "a\u200bb",
        "a\nb",
        "a\x07",
        "\ud800",
    )
)
MONEY = st.builds(
    lambda low, more, text, vague: Money(low, low + more, vague=vague, text=text),
    st.decimals(0, 10**9, places=2),
    st.decimals(0, 9, places=1) | st.just(Decimal(0)),
    TEXTS,
    st.booleans(),
)
RECORDS = st.lists(
    st.fixed_dictionaries(
        {"name": TEXTS},
        optional={
            "notes": TEXTS | st.none() | st.just("长" * 30_000),
            "annual_tax": MONEY | st.none() | st.just("500万"),
            "land": st.just(Land(Decimal(25), Decimal(25), phase1=Decimal(20))),
            "next_date": st.builds(PartialDate, st.integers(1990, 2040), st.integers(1, 12)),
            "space": st.just({"研发": Space(Decimal(10), Decimal(10), text=" 十 ")}),
            "industries": st.tuples(TEXTS),
            "unknown": st.just("x"),
        },
    ),
    max_size=6,
)


def _alone(record: dict[str, Any]) -> object:
    try:
        return fitted("leads", record)
    except ValueRefusedError as error:
        return error.message, error.where


@settings(max_examples=150, deadline=None)
@given(RECORDS)
@example([{"name": "a"}, {"name": "\u0301"}])
@example([{"name": "长" * 20_000}, {"name": "长" * 16_000}])
def test_together_as_alone(records: list[dict[str, Any]]) -> None:
    before = [dict(record) for record in records]
    shared = [record | {"annual_tax": records[0].get("annual_tax", Money(None, None))} for record in records]
    for rows in (records, shared):
        together = [
            (one.message, one.where) if isinstance(one, ValueRefusedError) else one
            for one in fitted_many("leads", rows)
        ]
        assert together == [_alone(row) for row in rows]
        values = [one[0] for one in together if isinstance(one[0], dict)]
        assert derive_many("leads", values) == [derive("leads", each) for each in values]
    assert records == before
