"""Records for the tests of matching: from ``cases.json``, and small ones of their own (all fictional)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from crm.domain.fields.values import Platform
from crm.domain.matching.communities import Community, assess_community, community_from_values
from crm.domain.matching.funds import Fund, assess_fund, fund_from_values
from crm.domain.matching.land import NO_LAND, LandGate
from crm.domain.matching.need import need_from_values
from crm.domain.matching.reasons import Assessment
from crm.domain.matching.weights import weights_on
from crm.domain.quantities import Land, Money, Number, PartialDate, Space

TODAY = date(2026, 11, 22)
_KINDS = {"子基金": "sub", "母基金": "mother"}
_ORIGINS = {"合作设立子基金": "joint", "引进基金": "attracted", "相融资本母基金": "mother"}


def money(low: object, high: object = None, currency: str = "CNY") -> Money:
    return Money(Decimal(str(low)), Decimal(str(low if high is None else high)), currency=currency)


def space(low: object, high: object = None) -> Space:
    return Space(Decimal(str(low)), Decimal(str(low if high is None else high)))


def number(value: object) -> Number:
    return Number(Decimal(str(value)), Decimal(str(value)))


def month(text: str) -> PartialDate:
    year, of_year = text.split("-")
    return PartialDate(int(year), int(of_year))


def case_community(code: str, case: Mapping[str, Any]) -> dict[str, Any]:
    """Return the record of a community of ``cases.json``."""
    record: dict[str, Any] = {"code": code, "area": case.get("area")}
    if case.get("status") == "待补录":
        return record | {"status": "slot"}
    return record | {
        "status": "open",
        "fields": (case["field"],),
        "space": {kind: space(size) for kind, size in case["space"].items()},
        "ceiling_height": number(case["height"]),
        "power": number(case["power"]),
        "environment": tuple(case["env"]),
        "international": tuple(case["intl"]),
        "platforms": tuple(Platform(f"平台{each}（虚构）", case["field"]) for each in range(case["platforms"])),
        "ready": month(case["ready"]),
    }


def case_fund(code: str, case: Mapping[str, Any]) -> dict[str, Any]:
    """Return the record of a fund of ``cases.json``, with its cap of 20 % for one project (matching.md §4)."""
    record: dict[str, Any] = {"code": code, "kind": _KINDS[case["kind"]], "origin": _ORIGINS[case["origin"]]}
    if "fields" not in case:
        return record
    low, high = case["ticket"]
    return record | {
        "fields": tuple(case["fields"]),
        "stages": tuple(case["stages"]),
        "core_stages": tuple(case["core"]),
        "ticket_low": money(low),
        "ticket_high": money(high),
        "remaining": money(case["left"]),
        "size": money(case["size"]),
        "per_project_cap": number(20),
        "invest_until": month(case["until"]),
    }


def case_lead(case: Mapping[str, Any]) -> dict[str, Any]:
    """Return the record of the lead of C22 or C24: it needs no land."""
    record: dict[str, Any] = {
        "industry": case["field"],
        "space": {kind: space(size) for kind, size in case["space"].items()},
        "needed_by": month(case["need"]),
        "financing_stage": case["stage"],
        "financing_need": money(case["need_fund"]),
        "landing": ("registration", "research_centre")[: case["landing"]],
        "country": case.get("country"),
        "land": Land(Decimal(0), Decimal(0)),
    }
    if "height" in case:
        record["ceiling_height"] = number(case["height"])
    if "env" in case:
        record["environment"] = tuple(case["env"])
    return record


def lead(**changes: Any) -> dict[str, Any]:  # noqa: ANN401  (any field of a lead)
    """Return a lead that everything fits, with changes."""
    record = {
        "industry": "人工智能",
        "space": {"研发": space(1000)},
        "needed_by": month("2027-03"),
        "financing_stage": "A轮",
        "financing_need": money(3000),
        "landing": ("registration", "research_centre"),
        "land": Land(Decimal(0), Decimal(0)),
    }
    return record | changes


def community(**changes: Any) -> dict[str, Any]:  # noqa: ANN401  (any field of a community)
    """Return a community that fits the lead, with changes."""
    record = {
        "code": "RC-1",
        "status": "open",
        "area": "高铁新城",
        "fields": ("人工智能",),
        "space": {"研发": space(5000)},
        "ceiling_height": number("3.9"),
        "floor_load": number(400),
        "power": number(1250),
        "environment": ("中试",),
        "platforms": (Platform("甲（虚构）", "人工智能"), Platform("乙（虚构）", "大数据")),
        "international": ("日本",),
        "ready": month("2026-12"),
    }
    return record | changes


def fund(**changes: Any) -> dict[str, Any]:  # noqa: ANN401  (any field of a fund)
    """Return a fund that fits the lead, with changes."""
    record = {
        "code": "F-1",
        "kind": "sub",
        "origin": "joint",
        "fields": ("人工智能",),
        "stages": ("A", "B"),
        "core_stages": ("A",),
        "ticket_low": money(1000),
        "ticket_high": money(5000),
        "remaining": money(20000),
        "size": money(80000),
        "per_project_cap": number(20),
        "invest_until": month("2028-06"),
        "leads_rounds": True,
    }
    return record | changes


def with_community(of_lead: Mapping[str, Any], of_community: Mapping[str, Any], gate: LandGate = NO_LAND) -> Assessment:
    """Return the lead against the community."""
    target: Community = community_from_values(of_community)
    return assess_community(need_from_values(of_lead), target, gate, weights_on(TODAY))


def with_fund(of_lead: Mapping[str, Any], of_fund: Mapping[str, Any], on: date = TODAY) -> Assessment:
    """Return the lead against the fund."""
    target: Fund = fund_from_values(of_fund)
    return assess_fund(need_from_values(of_lead), target, on, weights_on(on))
