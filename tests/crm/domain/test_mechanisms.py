"""Mechanisms of the district that are pure rules; each test runs the acceptance check of its row in systems.md."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from crm.domain.approvals import chain_of, checklist
from crm.domain.campaigns import by_station, conversions
from crm.domain.coverage import coverage
from crm.domain.due_lists import waiting
from crm.domain.durations import durations
from crm.domain.evaluation import Scheme, grade, is_new, score
from crm.domain.fields.codes import CULTURE_LINES
from crm.domain.fields.reading import read_value
from crm.domain.fields.registry import LEAD_FIELDS, RECORD_KINDS
from crm.domain.future_industries import propose
from crm.domain.gates.access import By, hits
from crm.domain.hints import has_two_industries, hints
from crm.domain.hints_explain import hint_text
from crm.domain.incentives import RED_LINES, Light, is_overdue, judge
from crm.domain.incentives_explain import RED_LINES as RED_LINE_WORDS
from crm.domain.matching.taxonomy import TAXONOMY
from crm.domain.plot_plans import conflicts, entered, without_detailed_plan
from crm.domain.quantities import Land, Number, PartialDate
from crm.domain.reservations import free_land, holder, is_free
from crm.domain.stages.pipeline import refusals
from crm.domain.stewardship import current, overlapping

TODAY = date(2026, 11, 28)
DAY = PartialDate(2026, 11, 1)


def number(text: str) -> Number:
    return Number(Decimal(text), Decimal(text))


def mu(text: str) -> Land:
    return Land(Decimal(text), Decimal(text))


# ------------------------------------------------------------------------------------------------- S02, N2


def test_s02_a_lead_without_its_nature_cannot_leave_assessment() -> None:
    lead = {"stage": "assessment", "name": "甲（虚构）"}
    (refused,) = refusals(lead, lead | {"stage": "negotiation"}, "")
    assert (refused.code, refused.parameters["fields"]) == ("step_needs", (("nature",),))
    assert [each.code for each in refusals(lead, lead | {"stage": "review"}, "领导要求")] == ["step_needs"]
    assert refusals(lead, lead | {"stage": "negotiation", "nature": "research"}, "") == []


@pytest.mark.parametrize(
    ("signed", "registered", "crossed"),
    [
        (PartialDate(2026, 3, 2), PartialDate(2026, 3, 1), True),
        (PartialDate(2026, 3, 1), PartialDate(2026, 3, 1), False),
        (PartialDate(2026, 3), PartialDate(2026, 3, 1), False),  # the month may begin before the day
        (PartialDate(2026, quarter=2), PartialDate(2026, 3), True),
        (PartialDate(2026, half=2), PartialDate(2026), False),
    ],
)
def test_n2_a_stage_is_not_dated_before_the_one_before_it_without_a_reason(
    signed: PartialDate, registered: PartialDate, *, crossed: bool
) -> None:
    before: dict[str, Any] = {"stage": "registered", "signed_on": signed}
    after = before | {"registered_on": registered}
    assert [each.code for each in refusals(before, after, "")] == (["dates_crossed"] if crossed else [])
    assert refusals(before, after, "补签协议") == []


# ------------------------------------------------------------------------------------------------- S63


ITEM = {"code": "ZR-1", "name": "某类项目（虚构）", "level": "forbidden", "gbt4754": ("C26",), "edition": "2017"}


def test_s63_a_class_meets_its_item_and_the_divisions_above_it() -> None:
    assert [hit.what for hit in hits([ITEM], {"gbt4754": "2614"}, TODAY)] == ["C26"]
    assert hits([ITEM], {"gbt4754": "C3972"}, TODAY) == []
    assert hits([ITEM], {}, TODAY) == []


def test_s63_versions_are_kept_and_the_one_of_the_day_counts() -> None:
    old = ITEM | {"list_version": "2024版", "valid_until": PartialDate(2025)}
    new = ITEM | {"code": "ZR-2", "level": "restricted", "list_version": "2026版", "valid_from": PartialDate(2026, 1)}
    lead = {"gbt4754": "C2614"}
    assert [hit.item["list_version"] for hit in hits([old, new], lead, date(2025, 12, 31))] == ["2024版"]
    assert [hit.level for hit in hits([old, new], lead, TODAY)] == ["restricted"]


def test_s63_a_class_of_another_edition_is_looked_at_by_people_and_words_count_too() -> None:
    (hit,) = hits([ITEM | {"edition": "2011"}], {"gbt4754": "2614"}, TODAY)
    assert hit.level == "consult"
    (hit,) = hits(
        [{"code": "ZR-3", "name": "某工艺", "level": "consult", "words": ("电镀",)}], {"notes": "含电镀工序"}, TODAY
    )
    assert (hit.by, hit.what) == (By.WORD, "电镀")


# ------------------------------------------------------------------------------------------------- S20, S15, S16


def test_s20_a_reservation_ends_by_itself_and_free_land_is_the_sum_of_free_plots() -> None:
    reserved = {"status": "locked", "locked_by": "XT-1", "locked_until": PartialDate(2026, 11, 27), "land": mu("10")}
    assert holder(reserved, date(2026, 11, 27)) == "XT-1"
    assert holder(reserved, TODAY) is None
    plots: list[dict[str, Any]] = [
        reserved,
        {"status": "available", "land": mu("25.5")},
        {"status": "available"},
        {"status": "supplied", "land": mu("100")},
        {"status": "locked", "locked_by": "XT-2", "land": mu("7")},
    ]
    assert [is_free(plot, TODAY) for plot in plots] == [True, True, True, False, False]
    assert free_land(plots, TODAY) == (Fraction("35.5"), 1)


def test_s15_a_plot_without_a_detailed_plan_is_marked_and_the_register_counts_its_entries() -> None:
    plans = [{"code": f"GH-{n}", "status": "slot"} for n in range(1, 21)]
    plans += [{"code": f"GH-{n}", "status": "entered", "kind": "detailed"} for n in range(21, 27)]
    uses = [{"plan": "GH-21", "plot": "P1"}, {"plan": "GH-1", "plot": "P2"}]
    assert without_detailed_plan(["P1", "P2", "P3"], uses, plans) == ["P2", "P3"]
    assert entered(plans) == (6, 26)


def test_s16_two_uses_on_one_plot_are_a_conflict() -> None:
    uses = [
        {"plan": "GH-1", "plot": "P1", "land_use": "industrial"},
        {"plan": "GH-2", "plot": "P1", "land_use": "research"},
        {"plan": "GH-1", "plot": "P2", "land_use": "industrial"},
        {"plan": "GH-2", "plot": "P2", "land_use": "industrial"},
        {"plan": "GH-3", "plot": "P2"},
    ]
    (found,) = conflicts(uses)
    assert (found.plot, found.uses) == ("P1", {"GH-1": "industrial", "GH-2": "research"})


# ------------------------------------------------------------------------------------------------- S22


def scheme() -> Scheme:
    weights = {"tax_per_mu": Decimal(45), "sales_per_mu": Decimal(35), "green": Decimal(20)}
    bases = {"tax_per_mu": Decimal(30), "sales_per_mu": Decimal(600), "green": Decimal("1.5")}
    return Scheme(weights, bases, (Decimal(20), Decimal(60), Decimal(95)))


def test_s22_the_score_is_that_of_the_hand_calculation() -> None:
    firm = {"tax_per_mu": Decimal(20), "sales_per_mu": Decimal(500), "green": Decimal(2)}
    sheet = score(firm, scheme(), Decimal(3))
    # 20/30*45 = 30; 500/600*35 = 29 1/6; 2/1.5*20 = 26 2/3; and 3 points
    assert [line.points for line in sheet.lines] == [30, Fraction(175, 6), Fraction(80, 3)]
    assert sheet.score == Fraction(533, 6)
    assert (score(firm | {"green": None}, scheme()).score, score(firm | {"green": None}, scheme()).missing) == (
        None,
        ("green",),
    )


def test_s22_classes_are_cut_at_20_60_and_95_per_cent_and_a_new_firm_is_t() -> None:
    scores: dict[str, Fraction | None] = {f"F{n:02d}": Fraction(100 - n) for n in range(20)}
    scores |= {"新": Fraction(1), "缺": None}
    found = grade(scores, frozenset(("新",)), scheme())
    assert "".join(found[f"F{n:02d}"] or "" for n in range(20)) == "A" * 4 + "B" * 8 + "C" * 7 + "D"
    assert (found["新"], found["缺"]) == ("T", None)
    assert [is_new(first, 2026) for first in (2025, 2026, 2024, None)] == [True, True, False, False]


def test_s22_firms_of_one_score_have_one_class() -> None:
    scores: dict[str, Fraction | None] = dict.fromkeys("abcde", Fraction(50))
    assert set(grade(scores, frozenset(), scheme()).values()) == {"A"}


# ------------------------------------------------------------------------------------------------- S35


def test_s35_coverage_shows_both_numbers_and_counts_only_the_firms_that_must() -> None:
    firms = [
        {"code": "A", "scale": "large_medium_industry"},
        {"code": "B", "scale": "hightech_above"},
        {"code": "C", "scale": "above"},
        {"code": "D"},
    ]
    found = coverage(firms, [{"enterprise": "A"}, {"enterprise": "A"}, {"enterprise": "C"}, {}])
    assert (found.with_institution, found.firms, found.share) == (1, 2, Fraction(1, 2))
    assert coverage([], []).share is None


# ------------------------------------------------------------------------------------------------- S43, S44, S46


def test_s43_the_table_of_conversions_counts_what_came_of_each_campaign() -> None:
    campaigns = [{"code": "HD-1", "name": "秋季推介（虚构）"}, {"code": "HD-2", "name": "春季（虚构）"}]
    sign_ups = [{"campaign": "HD-1", "lead": f"XT-{n}"} for n in range(3)] + [{"campaign": "HD-1"}] * 7
    leads = [{"campaign": "HD-1", "stage": "signed"}, {"campaign": "秋季推介（虚构）"}, {"campaign": "HD-1"}, {}]
    first, second = conversions(campaigns, sign_ups, leads, [{"campaign": "HD-1"}])
    told = (first.sign_ups, first.converted, first.leads, first.talents, first.signed)
    assert told == (10, 3, 3, 1, 1)
    assert (second.sign_ups, second.leads) == (0, 0)


def test_s44_a_talent_has_only_fields_its_purpose_needs() -> None:
    names = set(RECORD_KINDS["talents"].fields)
    assert not {name for name in names if any(word in name for word in ("id_", "card", "birth", "passport", "family"))}
    assert {field.name for field in RECORD_KINDS["talents"].fields.values() if field.personal} == {"name", "phone"}


def test_s46_the_table_of_stations_sums_to_the_leads_that_name_one() -> None:
    stations = [{"code": f"YZ-0{n}", "name": f"站{n}"} for n in range(1, 5)]
    leads: list[dict[str, Any]] = [{"station": "YZ-01"}, {"station": "站1"}, {"station": "YZ-03"}, {}]
    found = by_station(stations, leads, [])
    assert [line.leads for line in found] == [2, 0, 1, 0]
    assert sum(line.leads for line in found) == sum("station" in lead for lead in leads)
    assert all(line.sign_ups is None for line in found)


# ------------------------------------------------------------------------------------------------- S58


def test_s58_there_is_one_steward_at_any_time() -> None:
    first = {"steward": "李", "since": PartialDate(2026, 1, 5), "until": PartialDate(2026, 6, 1)}
    second = {"steward": "王", "since": PartialDate(2026, 6, 1)}
    found = [current([first, second], day) for day in (date(2026, 1, 4), date(2026, 5, 31), date(2026, 6, 1))]
    assert [each and each["steward"] for each in found] == [None, "李", "王"]
    assert overlapping([first, second]) == []
    assert overlapping([first | {"until": None}, second])


# ------------------------------------------------------------------------------------------------- S60, S61, S66


def test_s60_a_project_has_the_chain_of_its_type_in_order_and_late_approvals_are_listed() -> None:
    items = ("备案", "环评", "节能", "规划", "施工许可")
    chain = [
        {"project_type": "工业供地", "approval": item, "place": number(str(place)), "after": items[place - 1 : place]}
        for place, item in enumerate(items)
    ]
    ordered = chain_of(
        [*reversed(chain), {"project_type": "租赁", "approval": "备案", "place": number("1")}], "工业供地"
    )
    assert [each["approval"] for each in ordered] == list(items)
    steps = [{"approval": each["approval"], "place": each["place"]} for each in ordered]
    steps[0] |= {"due": PartialDate(2026, 10), "done_on": DAY}
    steps[1] |= {"due": PartialDate(2026, 11, 27)}
    steps[2] |= {"due": PartialDate(2026, 11)}  # due by the end of the month
    found = checklist(steps, ordered, TODAY)
    assert [step.approval for step in found if step.overdue] == ["环评"]
    assert [step.waits_for for step in found] == [(), (), ("环评",), ("节能",), ("规划",)]


def test_s61_the_median_of_days_is_that_of_a_count_by_hand() -> None:
    leads = [
        {"signed_on": PartialDate(2026, 1, 1), "registered_on": PartialDate(2026, 1, 11)},  # 10 days
        {"signed_on": PartialDate(2026, 1, 1), "registered_on": PartialDate(2026, 1, 31)},  # 30
        {"signed_on": PartialDate(2026, 1, 1), "registered_on": PartialDate(2026, 1, 21)},  # 20
        {"signed_on": PartialDate(2026, 1, 1), "registered_on": PartialDate(2026, 1, 26)},  # 25
        {"signed_on": PartialDate(2026, 1), "registered_on": PartialDate(2026, 2, 1)},  # not known to the day
        {"signed_on": PartialDate(2026, 1, 1)},
    ]
    first = durations(leads)[0]
    assert (first.since, first.until) == ("signed", "registered")
    assert (first.cases, first.left_out, first.median_days) == (4, 1, Fraction(45, 2))
    assert durations(leads)[1].median_days is None


def test_s66_what_groups_owe_is_listed_by_group_with_what_is_late() -> None:
    requests: list[dict[str, Any]] = [
        {"code": "SQ-1", "state_group": "GQ-01", "due": PartialDate(2026, 11, 1)},
        {"code": "SQ-2", "state_group": "GQ-01", "due": PartialDate(2026, 12, 1)},
        {"code": "SQ-3", "state_group": "GQ-04", "due": PartialDate(2026, 11, 1), "replied_on": DAY},
        {"code": "SQ-4", "state_group": "GQ-02"},
    ]
    found = waiting(requests, "state_group", "replied_on", TODAY)
    assert [(line.asked, line.open, line.overdue) for line in found] == [
        ("GQ-01", ("SQ-1", "SQ-2"), ("SQ-1",)),
        ("GQ-02", ("SQ-4",), ()),
    ]


# ------------------------------------------------------------------------------------------------- S67


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("企业缴纳税款后给予税收返还", "tax_refund"),
        ("按年度纳税额的30%给予奖励", "by_tax_paid"),
        ("区级留成部分全额奖励企业", "local_share"),
        ("将注册地迁入本区后给予补贴", "moving_here"),
        ("以本地纳税为条件", "moving_here"),
        ("实行零地价供地", "zero_land_price"),
        ("土地出让金返还50%", "land_price_back"),
        ("由园区代缴社保", "fees_for_them"),
        ("承诺独家供应", "exclusive"),
    ],
)
def test_s67_each_red_line_stops_a_new_promise_and_not_one_of_the_past(text: str, line: str) -> None:
    gate = judge({"name": "某事项", "basis": "某办法", "review": "passed", "text": text})
    assert gate.light is Light.RED
    assert line in gate.touched
    assert gate.touched[line] in text
    assert judge({"name": "某事项", "text": text, "time": "legacy"}).light is Light.YELLOW


def test_s67_a_promise_needs_basis_and_review_and_a_lawful_wording_passes() -> None:
    text = "符合条件的院士工作站，按程序评审后给予建设经费支持"
    assert judge({"name": "院士工作站建设", "text": text}).missing == ("basis", "review")
    assert judge({"name": "院士工作站建设", "text": text, "basis": "某办法第三条"}).light is Light.YELLOW
    whole = {"name": "院士工作站建设", "text": text, "basis": "某办法第三条", "review": "passed"}
    assert judge(whole) == judge(whole | {"promised_on": DAY})
    assert judge(whole).light is Light.GREEN
    assert set(RED_LINE_WORDS) == set(RED_LINES)


def test_s67_what_was_due_and_is_not_paid_is_overdue() -> None:
    assert is_overdue({"due": PartialDate(2026, 10)}, TODAY)
    assert not is_overdue({"due": PartialDate(2026, 11)}, TODAY)
    assert not is_overdue({"due": PartialDate(2026, 10), "paid_on": DAY}, TODAY)


# ------------------------------------------------------------------------------------------------- S19, S28, S63, S68


def test_s19_s28_s63_s68_an_officer_is_told_and_nothing_is_stopped() -> None:
    lead = {"credit_code": "91320507MA9XC00178", "site": "某载体（虚构）", "gbt4754": "C3972、I6510"}
    clearings = [
        {"code": "QL-1", "name": "某作坊（虚构）", "credit_code": "91320507MA9XC00178"},
        {"code": "QL-2", "name": "乙"},
    ]
    carriers: list[dict[str, Any]] = [
        {"code": "ZT-1", "name": "某载体（虚构）", "state_asset": True},
        {"code": "ZT-2", "name": "另一处"},
    ]
    access = [ITEM | {"level": "restricted", "gbt4754": ("C39",)}]
    found = hints(lead, TODAY, clearings=clearings, access=access, carriers=carriers)
    assert [each.code for each in found] == ["cleared_firm", "access_restricted", "state_asset", "two_industries"]
    assert all(hint_text(each) for each in found)
    assert hints({"site": "另一处", "gbt4754": "3972"}, TODAY, clearings=clearings, carriers=carriers) == []


@pytest.mark.parametrize(
    ("classes", "both"), [("C39、I65", True), ("3972|6510", True), ("C3972", False), ("I6510", False), (None, False)]
)
def test_s28_manufacturing_and_services_together_are_proposed_as_one(classes: str | None, *, both: bool) -> None:
    assert has_two_industries(classes) is both


# ------------------------------------------------------------------------------------------------- S12, S31


def test_s12_digital_culture_is_proposed_as_culture_though_none_of_the_six_fits() -> None:
    assert TAXONOMY.field("数字文化") not in TAXONOMY.highlands
    assert propose({"industry": "数字文化"}) == ("culture", "数字文化")
    assert propose({"industry": "数字文化", "future_industry": "research"}) is None  # overridden: what is entered holds
    (hint,) = hints({"industry": "数字文化"}, TODAY)
    assert "大文化" in hint_text(hint)


@pytest.mark.parametrize(
    ("lead", "code"),
    [
        ({"industry": "生物医药"}, "health"),
        ({"industry": "智能交通"}, "research"),
        ({"culture_line": "film", "industry": "大数据"}, "culture"),
        ({"gbt4754": "R8720"}, "culture"),
        ({"gbt4754": "C2710"}, "health"),
        ({"nature": "research"}, "research"),
        ({"industry": "光电信息"}, None),
        ({}, None),
    ],
)
def test_s12_what_nothing_speaks_for_is_not_proposed(lead: dict[str, str], code: str | None) -> None:
    found = propose(lead)
    assert (found.code if found else None) == code


def test_s31_the_five_lines_of_culture_can_be_chosen() -> None:
    words = ("数字文化", "创意设计", "影视娱乐", "文化旅游", "文教体育")
    assert [read_value(LEAD_FIELDS["culture_line"], word) for word in words] == [each.code for each in CULTURE_LINES]
