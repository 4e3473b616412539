"""C22 and C24 of ``cases.json``: scores, parts, refusals and order to the letter."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from crm.domain.matching.explain import refusal_text
from crm.domain.matching.land import NO_LAND
from crm.domain.matching.match import Match, Targets, match, targets_from_values
from crm.domain.matching.need import need_from_values
from crm.domain.matching.taxonomy import TAXONOMY
from crm.domain.matching.to_json import match_document
from tests.crm.domain.matching.builders import TODAY, case_community, case_fund, case_lead

pytestmark = pytest.mark.shared
PARTS = {
    "产业契合": "industry",
    "功能契合": "function",
    "空间适配": "space",
    "平台人才": "platform",
    "国际合作": "international",
    "交付时间": "delivery",
    "赛道": "field",
    "阶段": "stage",
    "金额": "amount",
    "落地": "landing",
    "协同": "synergy",
}
ACTIONS = {"推荐对接": "introduce", "建议投资": "propose"}


@pytest.fixture(scope="module")
def papers(shared: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((shared / "domain/cases.json").read_text("utf-8"), parse_float=Decimal)
    return read


@pytest.fixture(scope="module")
def targets(papers: dict[str, Any]) -> Targets:
    fixtures = papers["fixtures"]
    return targets_from_values(
        [case_community(code, case) for code, case in fixtures["communities"].items()],
        [case_fund(code, case) for code, case in fixtures["funds"].items()],
    )


def _case(papers: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(case for case in papers["cases"] if case["id"] == name)
    return found


def _matched(papers: dict[str, Any], targets: Targets, name: str) -> Match:
    return match(need_from_values(case_lead(_case(papers, name)["input"])), targets, NO_LAND, on=TODAY)


def test_aliases_and_families_are_those_of_the_papers(papers: dict[str, Any]) -> None:
    fixtures = papers["fixtures"]
    assert fixtures["alias"].items() <= dict(TAXONOMY.aliases).items()
    assert {frozenset(family) for family in fixtures["family"]} == set(TAXONOMY.families)


@pytest.mark.parametrize("name", ["C22", "C24"])
@pytest.mark.parametrize("side", ["community", "fund"])
def test_ranking(papers: dict[str, Any], targets: Targets, name: str, side: str) -> None:
    expected = _case(papers, name)["expected"][side]["ranked"]
    result = _matched(papers, targets, name)
    ours = result.communities if side == "community" else result.funds
    assert ours is not None
    assert [one.code for one in ours.ranked] == [row["id"] for row in expected]
    for one, row in zip(ours.ranked, expected, strict=True):
        assert abs(Fraction(one.score) - Fraction(row["score"])) < Fraction(1, 10**12)
        assert set(one.parts) == {PARTS[part] for part in row["parts"]}
        for part, value in row["parts"].items():
            assert abs(Fraction(one.parts[PARTS[part]]) - Fraction(value)) < Fraction(1, 10**12)


@pytest.mark.parametrize("name", ["C22", "C24"])
@pytest.mark.parametrize("side", ["community", "fund"])
def test_refusals_to_the_letter(papers: dict[str, Any], targets: Targets, name: str, side: str) -> None:
    expected = _case(papers, name)["expected"][side]["excluded"]
    result = _matched(papers, targets, name)
    ours = result.communities if side == "community" else result.funds
    assert ours is not None
    assert [(one.code, refusal_text(one)) for one in ours.refused] == [(row["id"], row["excluded"]) for row in expected]


@pytest.mark.parametrize("name", ["C22", "C24"])
def test_document(papers: dict[str, Any], targets: Targets, name: str) -> None:
    document = match_document(_matched(papers, targets, name), "甲", {"verdict": "not_applicable"})
    assert document["communities"]["not_ready"] == ["RC-07", "RC-08", "RC-09", "RC-10", "RC-11", "RC-12"]
    assert document["missing"] == document["questions"] == []
    (expected,) = _case(papers, name)["expected"]["fund"]["ranked"]
    (ours,) = document["funds"]["recommended"]
    assert ours["action"] == ACTIONS[expected["action"]]
    assert (ours["ticket_wan"], ours["gap_wan"]) == (str(expected["suggest"]), str(expected["gap"]))
    assert json.loads(json.dumps(document)) == document


def test_a_score_that_does_not_end_has_sixteen_digits(papers: dict[str, Any], targets: Targets) -> None:
    document = match_document(_matched(papers, targets, "C24"), "甲", {"verdict": "not_applicable"})
    (ours,) = document["funds"]["recommended"]
    assert (ours["score"], ours["parts"]["amount"]) == ("91.66666666666667", "16.66666666666667")
