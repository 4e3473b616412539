"""Minutes, the profile without names, the coordination sheet, and follow-ups in the dossier."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from pypdf import PdfReader

from crm.domain.companies.duplicates import find_duplicates
from crm.domain.companies.pair import PairFacts
from crm.domain.dossier import LeadFacts
from crm.domain.fields.registry import LEAD_FIELDS, RECORD_KINDS
from crm.domain.follow_ups import FollowUp
from crm.domain.quantities import Money, PartialDate
from reports.blind_profile import GROUPS, blind_document, compose_blind_profile, names_somebody
from reports.content import Document
from reports.coordination_sheet import compose_coordination_sheet
from reports.dossier import FOLLOW_UPS_MOST, compose_dossier
from reports.linked_parts import kind_table
from reports.minutes import compose_minutes
from reports.page import Composed, compose
from reports.review_sheet import compose_review_sheet
from reports.tables import TableBox
from tests.reports.made import DRIVE, SPREAD, facts

VISIT = FollowUp(
    "visit", date(2026, 11, 20), "刘某", "拟分两期建设。\n需用电增容5000kVA。", "补充分年税收", date(2026, 12, 5)
)
CALL = FollowUp("call", date(2026, 11, 2), "王某", "首次联系")


def text_of(composed: Composed) -> str:
    pages = PdfReader(io.BytesIO(composed.pdf())).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def test_minutes_say_what_was_agreed_and_who_signs() -> None:
    printed = text_of(compose_minutes(replace(facts(DRIVE), follow_ups=(VISIT,))))
    for words in (
        "2026年11月20日走访",
        "拟分两期建设。",
        "需用电增容5000kVA。",
        "下一步工作补充分年税收",
        "2026年12月5日",
        "记录人刘某",
        "企业确认",
    ):
        assert words in printed


def test_the_dossier_lists_follow_ups_and_says_when_there_are_more() -> None:
    assert "洽谈与走访记录无跟进记录。" in text_of(compose_dossier(facts(DRIVE)))
    printed = text_of(compose_dossier(replace(facts(DRIVE), follow_ups=(CALL, VISIT))))
    assert printed.index("首次联系") < printed.index("拟分两期建设。")
    many = tuple(replace(CALL, note=f"第{number}次") for number in range(FOLLOW_UPS_MOST + 7))
    assert "另有较早的7条未列出" in text_of(compose_dossier(replace(facts(DRIVE), follow_ups=many)))


SECRET = {
    **DRIVE,
    "credit_code": "91320507MA1WXYZ123",
    "contact": "赵敏",
    "contact_phone": "13812345678",
    "address": "相城区南天成路88号",
    "referrer": "钱某",
    "source": "驻点推荐",
    "chain_position": "电驰动力的电机环节",
    "financing_use": "用于电驰二期",
}


def test_a_profile_without_names_has_none_anywhere_in_the_file() -> None:
    lead = facts({name: value for name, value in SECRET.items() if name != "credit_code"})
    composed = compose_blind_profile(lead)
    document = blind_document(lead)
    whole = text_of(composed) + document.title + document.author + document.kind
    for words in (
        "电驰",
        "电驱动",
        "赵敏",
        "1381",
        "138",
        "南天成路",
        "钱某",
        "驻点",
        "李昇璟",
        "招商一局",
        "5,400",
        "三合一",
    ):
        assert words not in whole.replace(document.digest, ""), words
    assert whole.count("（内容涉及企业名称，从略）") == 2
    assert "计划总投资6.8亿元" in whole
    properties = PdfReader(io.BytesIO(composed.pdf())).metadata
    assert properties is not None
    assert "电驰" not in str(properties)


def test_the_white_list_holds_no_personal_field_and_no_promise() -> None:
    shown = {field for fields in GROUPS.values() for field in fields}
    assert shown <= set(LEAD_FIELDS)
    assert not {name for name, field in LEAD_FIELDS.items() if field.personal} & shown
    assert not shown & {"name", "investor", "credit_code", "address", "site", "notes", "annual_tax", "owner", "source"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("电驰动力科技有限公司（虚构）的电机", True),
        ("由电 驰动力提供", True),
        ("电驰二期", True),
        ("电机、电控、减速器", False),
        ("苏州", False),
        ("", False),
    ],
)
def test_a_name_is_seen_whole_and_in_part(text: str, named: bool) -> None:  # noqa: FBT001  (what is expected)
    assert names_somebody(facts(DRIVE), text) is named


def pair(a: LeadFacts, b: LeadFacts) -> PairFacts:
    found = find_duplicates([("A", a.values), ("B", b.values)])
    return PairFacts(a, b, found[0].likelihood if found else None, found[0].reasons if found else (), None)


def test_the_sheet_sets_two_leads_side_by_side_and_decides_nothing() -> None:
    a = facts({**DRIVE, "first_reported_at": "2026-03-01", "first_reporter": "李某"})
    b = facts({**DRIVE, "code": "XT-2026-0099", "name": "电驱动总成项目（虚构）", "planned_investment": "7亿元"})
    told = replace(pair(a, b), first="XT-2026-0012")
    composed = compose_coordination_sheet(told)
    printed = text_of(composed)
    assert composed.count == 1
    for words in (
        "XT-2026-0012XT-2026-0099",
        "6.8亿元7亿元",
        "按首报时间，XT-2026-0012在先",
        "首报人：李某",
        "□同一项目",
        "系统不自动合并",
    ):
        assert words in printed
    places = [printed.index(words) for words in ("双方项目", "疑似重复的理由", "首报情况", "双方跟进情况", "协调结论")]
    assert all(one < other for one, other in pairwise(places))


def test_two_leads_without_a_reason_say_so() -> None:
    printed = text_of(compose_coordination_sheet(pair(facts(DRIVE), facts({**SPREAD, "code": "XT-2026-0002"}))))
    assert "按系统规则未发现重复理由" in printed
    assert "不足以判断先后" in printed


def test_a_review_sheet_has_every_gate_a_place_to_tick_and_to_sign() -> None:
    composed = compose_review_sheet(
        facts({**DRIVE, "energy": "800吨标煤", "rd_spend": "3000万元", "annual_revenue": "12亿元"})
    )
    printed = text_of(composed)
    assert composed.count == 1
    assert printed.count("□通过□不通过□待核□不适用") == 12
    gates = (
        "负面清单",
        "规划符合性",
        "土地税收门槛",
        "投资强度",
        "容积率",
        "亩均产值",
        "研发投入占比",
        "能耗",
        "环评",
        "安评",
        "投资方资信",
        "公平竞争",
    )
    assert all(f"{place}{gate}" in printed for place, gate in enumerate(gates, start=1))
    assert "试算结论（待核口径）：不达标" in printed
    assert "产值5,000.00万元/亩" in printed
    assert "占营业收入2.50%" in printed
    assert all(words in printed for words in ("经办人", "审核人", "负责人", "日期"))


def test_a_gate_without_exact_figures_is_left_to_people() -> None:
    """约 and ranges give no ratio; neither does land nobody has given."""
    printed = text_of(compose_review_sheet(facts({**DRIVE, "annual_output": "10-15亿元", "land": None})))
    assert "万元/亩" not in printed.partition("供地门槛核验")[0]


def test_dates_and_figures_of_linked_records_stay_on_their_line() -> None:
    records: list[dict[str, object]] = [
        {"name": "首台套装备研发补助，" * 4},
        {
            "promised": Money(Decimal(20000), Decimal(20000)),
            "promised_on": PartialDate(2026, 12, 28),
            "due": PartialDate(2027, 10, 30),
        },
    ]
    fields = RECORD_KINDS["incentives"].fields
    shown = kind_table({name: fields[name] for name in ("name", "promised", "promised_on", "due")}, records)
    composed = compose(Document("", "", "", "zh_CN", [shown]), density=1)
    (placed,) = composed.pages[0]
    assert isinstance(placed.box, TableBox)
    lines = [text for row in placed.box.rows for cell in row.cells for text in cell.laid.texts()]
    assert {"2亿元", "2026年12月28日", "2027年10月30日"} <= set(lines)
