"""The commands of the mechanisms: enter, look, reserve, convert, hand over, list approvals, evaluate."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest

from crm.commands.line import DONE, MENDABLE, run


@pytest.fixture
def call(sqlite_url: str) -> Any:  # noqa: ANN401  (a function)
    def call(*words: str) -> tuple[int, Any]:
        out = StringIO()
        code = run(["--database", sqlite_url, "--json", "--by", "李", *words], out=out, err=StringIO())
        return code, json.loads(out.getvalue())

    return call


def test_a_campaign_from_its_entry_to_its_table(call: Any) -> None:  # noqa: ANN401
    assert call("add", "campaigns", "name=秋季推介（虚构）", "country=德国")[1]["code"].startswith("HD-")
    assert call("add", "sign-ups", "campaign=秋季推介（虚构）", "name=来宾甲", "organisation=甲公司（虚构）")[0] == DONE
    (made,) = call("convert", "1")[1]["converted"]
    assert made["kind"] == "leads"
    (line,) = call("overview", "campaigns")[1]["rows"]
    assert (line["sign_ups"], line["converted"], line["leads"]) == (1, 1, 1)
    shown = call("show", made["code"])[1]
    assert [each["kind"] for each in shown["named_by"]] == ["sign-ups"]
    assert call("convert", "1")[0] == MENDABLE
    changed = call("set", "--kind", "campaigns", "秋季推介（虚构）", "place=慕尼黑")[1]
    assert [each["field"] for each in changed["changed"]] == ["place"]
    assert len(call("history", "--kind", "campaigns", "秋季推介（虚构）")[1]["changes"]) == 2
    assert call("search", "--kind", "campaigns", "qjtj")[1]["total"] == 1


def test_a_plot_is_reserved_and_released(call: Any) -> None:  # noqa: ANN401
    call("add", "plots", "code=P-1", "land=10亩", "status=可供")
    for name in ("甲项目（虚构）", "乙项目（虚构）"):
        call("add", "leads", f"name={name}")
    assert call("overview", "land")[1]["rows"][0]["free_mu"] == "10"
    assert call("reserve", "P-1", "--for", "甲项目（虚构）", "--until", "2099-01-01")[0] == DONE
    code, answer = call("reserve", "P-1", "--for", "乙项目（虚构）", "--until", "2099-01-01")
    assert (code, answer["error"]["kind"]) == (MENDABLE, "conflict")
    assert call("overview", "land")[1]["rows"][0]["free_mu"] == "0"
    assert call("reserve", "P-1", "--release")[1]["reserved_for"] is None


def test_a_project_has_a_steward_and_its_approvals(call: Any) -> None:  # noqa: ANN401
    call("add", "leads", "name=甲项目（虚构）")
    assert call("steward", "甲项目（虚构）", "王", "--since", "2026-01-05")[1]["steward"] == "王"
    for place, name in enumerate(("备案", "环评"), start=1):
        call("add", "approvals", f"code=SX-{place}", f"name={name}")
        after = ["after=备案"] if place > 1 else []
        call("add", "approval-chains", "project_type=工业供地", f"approval={name}", f"place={place}", *after)
    steps = call("checklist", "甲项目（虚构）", "工业供地")[1]["steps"]
    assert [(each["approval"], each["waits_for"]) for each in steps] == [("SX-1", []), ("SX-2", ["SX-1"])]


def test_a_year_is_evaluated_by_given_weights_only(call: Any) -> None:  # noqa: ANN401
    call("add", "enterprises", "name=甲公司（虚构）")
    call("add", "performance", "enterprise=甲公司（虚构）", "year=2026", "kind=实际", "tax=2000", "land=100亩")
    (firm,) = call("evaluate", "2026", "--weight", "tax_per_mu=45/30", "--cuts", "20,60,95")[1]["firms"]
    assert (firm["grade"], firm["points"]) == ("A", {"tax_per_mu": "30"})
    assert call("evaluate", "2026", "--weight", "tax_per_mu=45", "--cuts", "20,60,95")[0] == MENDABLE
    assert call("evaluate", "2026", "--weight", "tax_per_mu=45/30", "--cuts", "60,20,95")[0] == MENDABLE


@pytest.mark.parametrize(
    "table", ["stations", "groups", "requests", "incentives", "durations", "increments", "registers"]
)
def test_every_table_can_be_shown_of_a_new_database(call: Any, table: str) -> None:  # noqa: ANN401
    code, answer = call("overview", table)
    assert (code, answer["table"]) == (DONE, table)
