"""Carriers and plots for a lead; tests named by a row of systems.md run its acceptance check."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from crm.domain.fields.kinds.choices import CARRIER_KINDS
from crm.domain.fields.values import Platform
from crm.domain.matching.carriers import carriers_from_values
from crm.domain.matching.explain import explanation, plot_text, sentence
from crm.domain.matching.land import LandGate
from crm.domain.matching.match import EVERY, Match, Targets, match
from crm.domain.matching.need import need_from_values
from crm.domain.matching.plots import PlotSide, offer_plots, plots_from_values
from crm.domain.matching.to_json import match_document
from crm.domain.quantities import Land, PartialDate
from tests.crm.domain.matching.builders import TODAY, lead, space


def mu(size: int) -> Land:
    return Land(Decimal(size), Decimal(size))


FILM = lead(industry="影视娱乐", industries=(), space={"研发": space(1200)})


def carrier(**more: Any) -> dict[str, Any]:  # noqa: ANN401  (any field)
    known = {"code": "ZT-26", "name": "相城影视产业园", "status": "open", "fields": ("影视娱乐",)}
    return known | {"space": {"研发": space(3000)}} | more


def matched(*carriers: Mapping[str, Any], communities: tuple[Mapping[str, Any], ...] = ()) -> Match:
    targets = Targets(carriers=carriers_from_values(carriers, communities))
    return match(need_from_values(FILM), targets, LandGate("not_applicable"), on=TODAY, kinds=EVERY)


def codes(*carriers: Mapping[str, Any]) -> tuple[list[str], list[str], list[str]]:
    """Return what is proposed, refused and still to be entered."""
    side = match_document(matched(*carriers), "XT-1", {"verdict": "not_applicable"})["carriers"]
    return [one["code"] for one in side["recommended"]], [one["code"] for one in side["refused"]], side["not_ready"]


# ------------------------------------------------------------------------------------------------- S07, S32, S37


def test_s07_a_carrier_of_each_kind_is_compared_but_a_school_never_appears() -> None:
    records = [carrier(code=f"ZT-{kind.code}", kind=kind.code) for kind in CARRIER_KINDS]
    proposed, refused, _slots = codes(*records)
    assert len(CARRIER_KINDS) == 11
    assert set(proposed) == {one["code"] for one in records} - {"ZT-school", "ZT-hospital", "ZT-exhibition_centre"}
    assert refused == []


def test_s32_a_film_lead_matches_the_film_park_once_its_space_is_entered() -> None:
    assert codes(carrier(space=None, status="slot")) == ([], ["ZT-26"], ["ZT-26"])
    assert codes(carrier(space=None)) == ([], ["ZT-26"], ["ZT-26"])
    assert codes(carrier()) == (["ZT-26"], [], [])
    assert "影视娱乐一致" in explanation(matched(carrier()))


@pytest.mark.parametrize(
    ("conversion", "ready", "proposed"),
    [
        ("planned", None, False),
        ("converting", None, False),
        ("converting", PartialDate(2027, 3), True),  # a day of delivery is agreed
        ("converted", None, True),
    ],
)
@pytest.mark.parametrize("status", [None, "converting"])
def test_s37_space_can_be_matched_after_the_conversion_or_with_an_agreed_day(
    conversion: str, ready: PartialDate | None, *, proposed: bool, status: str | None
) -> None:
    record = carrier(conversion=conversion, ready=ready, status=status)
    assert codes(record) == ((["ZT-26"], [], []) if proposed else ([], ["ZT-26"], []))


def test_a_full_carrier_stays_full_after_its_conversion() -> None:
    assert codes(carrier(conversion="converted", status="full"))[0] == []


def test_a_carrier_has_the_platforms_of_the_community_it_lies_in() -> None:
    around = {"code": "RC-1", "platforms": (Platform("甲（虚构）", "影视娱乐"), Platform("乙（虚构）", "影视娱乐"))}
    alone, inside = matched(carrier()), matched(carrier(community="RC-1"), communities=(around,))
    assert alone.carriers is not None
    assert inside.carriers is not None
    assert (alone.carriers.ranked[0].parts["platform"], inside.carriers.ranked[0].parts["platform"]) == (
        Decimal(0),
        Decimal(15),
    )


# ------------------------------------------------------------------------------------------------- S16, S20

MAKER = {"code": "XT-1", "name": "甲（虚构）", "land": mu(20), "land_use": "industrial", "area": "高铁新城"}
DETAILED = {"code": "GH-2", "kind": "detailed"}
GATE = LandGate("met", frozenset(("高铁新城",)), {"高新区": "not_met", "开发区": "met"})


def plot(code: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401  (any field)
    known = {"code": code, "area": "高铁新城", "land": mu(25), "land_use": "industrial", "status": "available"}
    return known | more


def offered(*plots: dict[str, Any], uses: tuple[dict[str, Any], ...] = (), asks: Any = MAKER) -> PlotSide:  # noqa: ANN401
    side = offer_plots(need_from_values(asks), plots_from_values(plots, uses, (DETAILED,), date(2026, 11, 28)), GATE)
    assert side is not None
    return side


def test_s16_a_plot_on_which_two_plans_disagree_is_not_proposed() -> None:
    uses = (
        {"plan": "GH-2", "plot": "P-1", "land_use": "industrial"},
        {"plan": "GH-1", "plot": "P-1", "land_use": "research"},
        {"plan": "GH-2", "plot": "P-2", "land_use": "industrial"},
    )
    side = offered(plot("P-1"), plot("P-2"), uses=uses)
    assert [one.code for one in side.proposed] == ["P-2"]
    assert [sentence(each) for each in side.refused[0].refusals] == ["各规划用途不一致（工业、科研），解决前不予推荐"]


@pytest.mark.parametrize(
    ("more", "reasons"),
    [
        ({}, []),
        ({"status": "locked", "locked_by": "XT-2", "locked_until": PartialDate(2026, 12, 1)}, ["plot.reserved"]),
        ({"status": "locked", "locked_by": "XT-1", "locked_until": PartialDate(2026, 12, 1)}, []),
        ({"status": "locked", "locked_by": "XT-2", "locked_until": PartialDate(2026, 11, 27)}, []),
        ({"status": "supplied"}, ["plot.not_free"]),
        ({"land": mu(19)}, ["plot.land.not_met"]),
        ({"land_use": "commercial"}, ["plot.use.not_met"]),
        ({"area": "高新区"}, ["threshold.not_met"]),
        ({"area": "开发区"}, []),
        ({"land": None, "land_use": None, "area": None, "status": None}, []),  # unknown is looked at by a person
    ],
)
def test_s20_a_plot_of_the_right_size_and_use_that_nobody_else_has(more: dict[str, Any], reasons: list[str]) -> None:
    side = offered(plot("P-1", **more))
    assert [reason.code for one in side.refused for reason in one.refusals] == reasons
    assert len(side.proposed) == (not reasons)


def test_the_nearest_plot_stands_first_and_nothing_is_promised() -> None:
    side = offered(plot("P-1", land=mu(90)), plot("P-2", area="开发区"), plot("P-3"), plot("P-4", land=None))
    assert [one.code for one in side.proposed] == ["P-3", "P-1", "P-4", "P-2"]
    text = plot_text(side.proposed[0])
    assert text.startswith("可作意向选址：地块P-3")
    assert not [word for word in ("锁定", "保证", "承诺") if word in text]


def test_a_lead_without_land_is_offered_no_plot() -> None:
    plots = plots_from_values((plot("P-1"),), (), (), date(2026, 11, 28))
    assert offer_plots(need_from_values(FILM), plots, LandGate("not_applicable")) is None
