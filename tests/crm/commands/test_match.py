"""``xiangtu match`` and ``allocate`` on a real database: C22, C24 and C27 as they are stored, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from crm.commands.line import DONE, MENDABLE, run
from crm.database import Database, Session
from crm.domain.fields.reading import read_record
from crm.queries.records import find
from crm.services.records import create, update

pytestmark = pytest.mark.shared
ON = ("--on", "2026-11-22")
Call = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def papers(shared: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((shared / "domain/cases.json").read_text("utf-8"))
    return read


@pytest.fixture
def call(database: Database, database_url: str, papers: dict[str, Any]) -> Call:
    """Store the fixtures of the papers and return what calls a command: exit code, answer, messages."""
    with database.write(by="李", why="案例") as session:
        _store_targets(session, papers["fixtures"])
        for case in papers["cases"]:
            for lead in _leads(case):
                create(session, "leads", read_record("leads", lead))

    def call(*words: str, text: bool = False) -> tuple[int, Any, str]:
        out, err = StringIO(), StringIO()
        code = run(["--database", database_url, *([] if text else ["--json"]), *words], out=out, err=err)
        return code, out.getvalue() if text else json.loads(out.getvalue()), err.getvalue()

    return call


def _store_targets(session: Session, fixtures: Mapping[str, Any]) -> None:
    """Fill in six of the twelve slots, and add seven funds."""
    for code, case in fixtures["communities"].items():
        record = _community(case)
        update(session, "communities", find(session, "communities", code), read_record("communities", record))
    for code, case in fixtures["funds"].items():
        create(session, "funds", read_record("funds", _fund(code, case)))


def _community(case: Mapping[str, Any]) -> dict[str, Any]:
    """Return a community as people would write it."""
    if "status" in case:
        return {"status": case["status"]}
    return {
        "status": "可招商",
        "fields": [case["field"]],
        "area": case["area"],
        "space": {kind: f"{size}㎡" for kind, size in case["space"].items()},
        "ceiling_height": f"{case['height']}m",
        "power": case["power"],
        "environment": case["env"],
        "international": case["intl"],
        "platforms": [{"name": f"平台{each}（虚构）", "field": case["field"]} for each in range(case["platforms"])],
        "ready": case["ready"],
    }


def _fund(code: str, case: Mapping[str, Any]) -> dict[str, Any]:
    """Return a fund as people would write it."""
    record = {"code": code, "kind": case["kind"], "origin": case["origin"]}
    if "fields" not in case:
        return record
    low, high = case["ticket"]
    return record | {
        "fields": case["fields"],
        "stages": case["stages"],
        "core_stages": case["core"],
        "ticket_low": f"{low}万元",
        "ticket_high": f"{high}万元",
        "remaining": f"{case['left']}万元",
        "size": f"{case['size'] // 10000}亿元",
        "per_project_cap": "20%",
        "invest_until": case["until"],
    }


def _leads(case: Mapping[str, Any]) -> list[dict[str, Any]]:
    given = case["input"]
    if case["id"] == "C27":
        return [
            {
                "code": one["id"],
                "name": f"项目{one['id']}（虚构）",
                "area": "高铁新城",
                "land_use": "工业",
                "land": f"{one['land_mu']}亩",
                "annual_tax": f"{one['tax']}万元",
                "tax_basis": "全口径",
                "financing_need": f"{one['fund']}万元",
                "probability": one["prob"],
                "stage": "在谈",
            }
            for one in given["leads"]
        ]
    if case["id"] not in ("C22", "C24"):
        return []
    return [
        {
            "code": case["id"],
            "name": f"{case['title']}（虚构）",
            "industry": given["field"],
            "space": given["space"],
            "ceiling_height": given.get("height"),
            "environment": given.get("env"),
            "country": given.get("country"),
            "needed_by": given["need"],
            "financing_stage": f"{given['stage']}轮",
            "financing_need": f"{given['need_fund']}万元",
            "landing": ["registration", "research_centre"],
            "land": "无供地",
        }
    ]


def test_the_fixtures_imported_from_json(sqlite_url: str, papers: dict[str, Any], tmp_path: Path) -> None:
    """The whole way of a script: JSON in, match and allocation out. No status is given: filled-in slots are checked."""

    def call(*words: str) -> dict[str, Any]:
        out = StringIO()
        assert run(["--database", sqlite_url, "--json", *words], out=out, err=StringIO()) == DONE
        answer: dict[str, Any] = json.loads(out.getvalue())
        return answer

    leads = [lead for case in papers["cases"] for lead in _leads(case)]
    fixtures = papers["fixtures"]
    communities = [{"code": code, **_community(case)} for code, case in fixtures["communities"].items()]
    for record in communities:
        record.pop("status")
    funds = [_fund(code, case) for code, case in fixtures["funds"].items()]
    for kind, records in (("communities", communities), ("funds", funds), ("leads", leads)):
        (tmp_path / f"{kind}.json").write_text(json.dumps(records, ensure_ascii=False), "utf-8")
        counts = call("import", kind, str(tmp_path / f"{kind}.json"))["counts"]
        assert (counts["data"], counts["faulty"], counts["doubtful"]) == (len(records), 0, 0)
    answer = call("match", "C24", *ON)
    (first,) = answer["communities"]["recommended"]
    assert (first["code"], first["score"]) == ("RC-03", "97.5")
    assert {one["name"]: one["result"] for one in first["criteria"]}["status"] == "unknown"
    assert answer["communities"]["not_ready"] == [f"RC-{number:02}" for number in range(7, 13)]
    assert call("allocate", "--land", "高铁新城=70", "--funds", "14000", *ON)["objective_wan"] == "9830"


@pytest.mark.parametrize("name", ["C22", "C24"])
def test_a_match_is_that_of_the_papers(call: Call, papers: dict[str, Any], name: str) -> None:
    expected = next(case for case in papers["cases"] if case["id"] == name)["expected"]
    code, answer, messages = call("match", name, *ON)
    assert (code, messages, answer["lead"], answer["threshold"]["verdict"]) == (DONE, "", name, "not_applicable")
    for side, ours in (("community", answer["communities"]), ("fund", answer["funds"])):
        assert [(one["code"], float(one["score"])) for one in ours["recommended"]] == [
            (one["id"], one["score"]) for one in expected[side]["ranked"]
        ]
        refused = {one["code"]: "；".join(one["reasons"]) for one in ours["refused"]}
        assert refused.items() >= {one["id"]: one["excluded"] for one in expected[side]["excluded"]}.items()
    for ours, theirs in zip(answer["funds"]["recommended"], expected["fund"]["ranked"], strict=True):
        assert (ours["ticket_wan"], ours["gap_wan"]) == (str(theirs["suggest"]), str(theirs["gap"]))
    assert answer["communities"]["not_ready"] == [f"RC-{number:02}" for number in range(7, 13)]
    assert len(answer["funds"]["not_ready"]) == 119
    assert answer["missing"] == []


def test_one_kind_only(call: Call) -> None:
    assert "funds" not in call("match", "C22", "--kind", "community", *ON)[1]
    assert "communities" not in call("match", "C22", "--kind", "fund", *ON)[1]


def test_the_day_decides_about_investment_periods(call: Call) -> None:
    def codes(day: str) -> list[str]:
        answer = call("match", "C22", "--kind", "fund", "--on", day)[1]
        return [one["code"] for one in answer["funds"]["recommended"]]

    assert codes("2025-12-31") == ["F-05", "F-06"]
    assert codes("2026-01-01") == ["F-06"]
    assert codes("2028-07-01") == []


def test_text_for_people(call: Call) -> None:
    code, text, _messages = call("match", "C24", *ON, text=True)
    assert code == DONE
    lines = [line.strip() for line in text.splitlines()]
    assert lines[1] == "试算结论（待核口径）：不适用"
    assert "1. RC-03  97.5分  推荐" in lines
    assert "✓ 国际合作10/10（有以色列合作平台）" in lines
    assert "✗ 交付时间2.5/5（2027-06交付，2027-03需用，晚3个月）" in lines
    assert "→ 若需用时间可推迟至2027-06，可再加2.5分" in lines
    assert "合作设立子基金 · 建议投资（由投决会决定）" in lines
    assert "✗ F-05：投资期已于2025-12结束；赛道不符" in lines
    assert not [line for line in lines if "落地" in line]


def test_allocation_is_that_of_the_papers(call: Call) -> None:
    words = ("--land", "高铁新城=70", "--funds", "1.4亿元", *ON)
    code, answer, _messages = call("allocate", *words)
    assert (code, answer["objective_wan"], answer["status"]) == (DONE, "9830", "optimal")
    assert [one["lead"] for one in answer["chosen"]] == ["A", "E", "F"]
    assert answer["chosen"][0] | {"land": {"高铁新城": "25"}, "fund_wan": "5000"} == answer["chosen"][0]
    assert answer["used"] == {"land_mu": {"高铁新城": "66"}, "fund_wan": "13000"}
    assert answer["greedy"]["by_value_wan"] == "7660"
    assert answer["greedy"]["by_value_per_mu_wan"] == "6050"
    assert [(row["resource"], row["add"], row["gain_wan"]) for row in answer["shadow"]] == [
        ("land:高铁新城", "10", "1130"),
        ("fund", "1000", "0"),
    ]
    reasons = {one["lead"]: one["reason"] for one in answer["left_out"]}
    assert reasons["B"] == "若选入，目标减少2370万元，并换出A、E"
    assert reasons["C22"] == "达产年税收未填或无法换算；未填阶段，也未填成功概率"
    text = call("allocate", *words, text=True)[1]
    assert text.startswith("最优方案：概率×达产年税收合计9830万元（已证明最优）")


def test_leads_named_forced_in_and_out(call: Call) -> None:
    words = ("--land", "高铁新城=70", "--funds", "14000", "--leads", "A,B,C,F", *ON)
    assert call("allocate", *words)[1]["objective_wan"] == "7660"
    assert [one["lead"] for one in call("allocate", *words, "--in", "B")[1]["chosen"]] == ["B", "F"]
    assert [one["lead"] for one in call("allocate", *words, "--out", "项目C（虚构）")[1]["chosen"]] == ["B", "F"]


@pytest.mark.parametrize(
    ("words", "where", "part"),
    [
        (("match", "没有"), "没有", "没有"),
        (("match", "C22", "--on", "2026-13-01"), "--on", "2026-13-01"),
        (("allocate", "--land", "高铁=70"), "--land", "高铁新城"),
        (("allocate", "--land", "高铁新城"), "--land", "区域=亩数"),
        (("allocate", "--land", "高铁新城=约"), "--land", "约"),
        (("allocate", "--land", "高铁新城=1", "--land", "高铁新城=2"), "--land", "重复"),
        (("allocate", "--funds", "100万美元"), "--funds", "100万美元"),
        (("allocate", "--leads", "A,没有"), "没有", "没有"),
        (("allocate", "--in", "A,B,C", "--land", "高铁新城=70"), "land:高铁新城", "超出指标"),
        (("allocate", "--in", "C22"), "C22", "达产年税收未填"),
        (("allocate", "--in", "A", "--out", "A"), "A", "同时"),
        (("allocate", "--leads", "A", "--in", "B"), "B", "项目清单"),
    ],
)
def test_what_can_be_mended_is_one_sentence(call: Call, words: tuple[str, ...], where: str, part: str) -> None:
    code, answer, messages = call(*words)
    assert code == MENDABLE
    assert answer["error"]["where"] == where
    assert part in answer["error"]["message"]
    assert len(messages.splitlines()) == 1
