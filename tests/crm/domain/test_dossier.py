from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from crm.domain.dossier import digest, plain
from crm.domain.quantities import Land
from tests.reports.made import NOTHING_KNOWN, drive, facts


def test_the_digest_is_of_the_facts_and_the_template() -> None:
    first = digest(drive(), "brief-1")
    assert digest(drive(), "brief-1") == first
    assert len(first) == 64
    assert digest(drive(), "brief-2") != first
    assert digest(replace(drive(), on=date(2026, 11, 29)), "brief-1") != first
    values = {**drive().values, "land": Land(Decimal("30.00001"), Decimal("30.00001"))}
    assert digest(replace(drive(), values=values), "brief-1") != first


def test_numbers_are_plain_without_rounding_or_exponent() -> None:
    long = Decimal("123456789012345678901234567890.000010")
    assert plain({"a": (long, Decimal("1E+2"), Fraction(1, 3), None, True)}) == {
        "a": ["123456789012345678901234567890.00001", "100", "1/3", None, True]
    }


def test_what_is_no_fact_is_refused() -> None:
    with pytest.raises(TypeError):
        plain(0.5)


def test_invented_data_say_so() -> None:
    assert drive().fictional
    assert not facts(NOTHING_KNOWN).fictional


def test_the_origin_of_a_figure_is_what_gave_it_last() -> None:
    origin, giver = drive().origin_of("land"), drive().giver_of("land")
    assert origin is not None
    assert giver is not None
    assert (origin.file, origin.row, giver.why) == ("月度台账.xlsx", 9, "导入 月度台账.xlsx")


def test_a_figure_corrected_by_hand_is_no_longer_from_the_file() -> None:
    giver = drive().giver_of("annual_tax")
    assert drive().origin_of("annual_tax") is None
    assert giver is not None
    assert (giver.by, giver.why) == ("刘某", "企业来函更正")


def test_a_figure_of_which_nothing_is_written_has_no_origin() -> None:
    assert drive().origin_of("jobs") is None
    assert drive().giver_of("jobs") is None
