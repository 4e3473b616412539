from __future__ import annotations

from decimal import Decimal

import pytest

from crm.domain.fields.codes import STAGES as STAGE_CHOICES
from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.quantities import Land, Money, PartialDate
from crm.domain.stages.explain import explain_refusals, stage_name
from crm.domain.stages.pipeline import STAGES, refusals
from crm.i18n import use_language

DAY = PartialDate(2026, 11, 1)
NO_LAND, LAND = Land(Decimal(0), Decimal(0)), Land(Decimal(25), Decimal(25))
MONEY = Money(Decimal(5000), Decimal(5000))


def refused(before: dict[str, object], changes: dict[str, object], reason: str = "") -> list[str]:
    known = {"nature": "research"} | before  # without it nothing leaves 研判 (S02)
    return [each.code for each in refusals(known, known | changes, reason)]


def test_the_stages_are_those_of_the_dictionary_and_need_real_fields() -> None:
    assert [stage.code for stage in STAGES] == [choice.code for choice in STAGE_CHOICES]
    assert {name for stage in STAGES for group in stage.needs for name in group} <= set(LEAD_FIELDS)
    assert all(stage.proof and stage.basis for stage in STAGES)


def test_a_lead_goes_through_the_whole_pipeline() -> None:
    lead: dict[str, object] = {"name": "甲乙", "land": LAND}
    steps: list[dict[str, object]] = [
        {"stage": "assessment"},
        {"stage": "negotiation"},
        {"stage": "review"},
        {"stage": "signed", "signed_on": DAY},
        {"stage": "registered", "registered_on": DAY, "credit_code": "91320507MA9XC00178"},
        {"stage": "land_supplied", "land_supplied_on": DAY},
        {"stage": "started", "started_on": DAY},
        {"stage": "completed", "completed_on": DAY},
        {"stage": "production", "production_on": DAY},
        {"stage": "full_production", "full_production_on": DAY, "annual_tax": MONEY, "annual_output": MONEY},
    ]
    for step in steps:
        assert refused(lead, step) == []
        without = {name: value for name, value in step.items() if name == "stage"}
        assert refused(lead, without) == ([] if len(step) == 1 else ["step_needs"])
        lead |= step


@pytest.mark.parametrize(
    ("before", "changes", "reason", "codes"),
    [
        ({"stage": "lead"}, {"stage": "negotiation"}, "", ["step_skips"]),
        ({"stage": "lead"}, {"stage": "negotiation"}, "投资方直接上门", []),
        ({}, {"stage": "assessment"}, "", []),  # without a stage it is a 线索
        ({"stage": "review"}, {"stage": "negotiation"}, "", ["step_back"]),
        ({"stage": "review"}, {"stage": "negotiation"}, "方案重做", []),
        ({"stage": "review"}, {"stage": None}, "x", ["no_stage"]),
        ({"stage": "review"}, {"stage": "review"}, "", []),
        ({"stage": "review"}, {"stage": "signed"}, "领导要求", ["step_needs"]),  # a reason is no agreement
        ({"stage": "signed"}, {"stage": "review"}, "协议解除", []),  # going back needs no date
        ({"stage": "review", "status": "paused"}, {"stage": "signed", "signed_on": DAY}, "", ["step_of_resting"]),
        ({"stage": "review", "status": "paused"}, {"stage": "signed", "signed_on": DAY, "status": "active"}, "", []),
        ({"stage": "review"}, {"status": "paused"}, "", ["status_needs_reason"]),
        ({"stage": "review"}, {"status": "paused"}, "投资方资金未到位", []),
        ({"stage": "review"}, {"status": "paused", "status_reason": "投资方资金未到位"}, "", []),
        ({"stage": "review"}, {"status": "moved_out"}, "迁往外地", ["not_here"]),
        ({"stage": "production"}, {"status": "moved_out"}, "迁往外地", []),
        ({"stage": "review", "status": "paused"}, {"status": "active"}, "", []),
    ],
)
def test_steps(before: dict[str, object], changes: dict[str, object], reason: str, codes: list[str]) -> None:
    assert refused(before, changes, reason) == codes


def test_a_lead_without_land_passes_over_building() -> None:
    handed_over: dict[str, object] = {"stage": "land_supplied", "land": NO_LAND}
    assert refused(handed_over, {"stage": "production", "production_on": DAY}) == []
    assert refused(handed_over | {"land": LAND}, {"stage": "production", "production_on": DAY}) == ["step_skips"]
    assert refused(handed_over | {"land": None}, {"stage": "production", "production_on": DAY}) == ["step_skips"]
    assert stage_name("land_supplied", handed_over) == "载体交付"
    assert stage_name("land_supplied", {"land": LAND}) == stage_name("land_supplied") == "供地"


def test_a_refusal_names_the_fields_in_both_languages() -> None:
    before: dict[str, object] = {"stage": "lead", "nature": "research"}
    reasons = refusals(before, before | {"stage": "registered"}, "")
    words = explain_refusals(reasons, before)
    assert "注册" in words
    assert "credit_code" in words
    assert "研判、在谈、评审、签约" in words
    with use_language("en"):
        assert "Registered needs: Credit code (credit_code), Registered on (registered_on)." in explain_refusals(
            reasons, before
        )


@pytest.mark.parametrize(
    ("before", "changes"),
    [
        ({"stage": "lead"}, {"stage": "land_supplied"}),
        ({"stage": "review"}, {"stage": "lead"}),
        ({"stage": "review"}, {"stage": None, "status": "moved_out"}),
        ({"stage": "review", "status": "ended"}, {"stage": "signed"}),
    ],
)
def test_every_refusal_has_words(before: dict[str, object], changes: dict[str, object]) -> None:
    after = before | changes
    for language in ("zh_CN", "en"):
        with use_language(language):
            words = explain_refusals(refusals(before, after, ""), after)
            assert words
            assert "{" not in words
