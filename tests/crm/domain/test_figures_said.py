from __future__ import annotations

from decimal import Decimal

import pytest

from crm.domain.figures_said import figures_said, not_in_data


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("税收5,400万元", [Decimal(54_000_000)]),
        ("税收５４００万元", [Decimal(54_000_000)]),
        ("总投资12.8亿元，用地32亩", [Decimal(1_280_000_000), Decimal(32)]),
        ("5,600–7,000万元", [Decimal(56_000_000), Decimal(70_000_000)]),
        ("3—4亿元", [Decimal(300_000_000), Decimal(400_000_000)]),
        ("2026年1月5日", ["2026-01-05"]),
        ("2027年3月交付", ["2027-03"]),
        ("截至2026-11-28", ["2026-11-28"]),
        ("1. 请企业补充\n（2）会商\n3、报批", []),
        ("5000，300亩", [Decimal(5000), Decimal(300)]),
        ("用地三十亩、税收五千四百万元", [Decimal(30), Decimal(54_000_000)]),
        ("3千万元，一点五亿元", [Decimal(30_000_000), Decimal(150_000_000)]),
        ("带动就业三百二十人，一企一档，分两期，三人到会", [Decimal(320)]),
        ("无", []),
        ("", []),
    ],
)
def test_figures_are_read_as_values(text: str, values: list[object]) -> None:
    assert [said.value for said in figures_said(text)] == values


DATA = ["计划总投资", "6.8亿元", "5400.00", "用地30亩", "达产年税收5,400万元", "2026年11月28日", "180.00", "86.66"]


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("总投资6.8亿元，用地30亩", []),
        ("总投资68000万元", []),
        ("达产年税收5400.00万元", []),
        ("亩均税收180万元", []),  # the cell of a table in 万元
        ("亩均税收180亿元", ["180亿"]),
        ("达产年税收6400万元", ["6400万"]),
        ("用地28亩、30亩", ["28"]),
        ("用地二十八亩、三十亩，年税收五千四百万元", ["二十八"]),
        ("亩均税收一百八十万元", []),
        ("总投资六亿八千万元", []),
        ("2026年11月28日会商", []),
        ("2026年11月29日会商，2026年11月29日前", ["2026年11月29日"]),
    ],
)
def test_what_the_data_do_not_say_is_named(text: str, strange: list[str]) -> None:
    assert not_in_data(text, DATA) == strange
