"""What the demonstration enters and prints after its leads: an enterprise, checks, a review, visits; all fictional."""

from __future__ import annotations

from typing import Any

AFTER_THE_LEADS: dict[str, Any] = {
    "records": [
        {
            "kind": "enterprises",
            "values": {
                "name": "电驰动力科技有限公司（虚构）",
                "leads": ["新能源电驱动总成（虚构）"],
                "roles": ["investor"],
                "industry": "新能源汽车",
                "area": "高铁新城",
                "owner": "刘某",
                "bureau": "高铁新城",
                "registered_on": "2026-07-08",
                "registered_capital": "5000万元",
                "source": "企业申报（虚构）",
                "as_of": "2026-11-20",
            },
        },
        {
            "kind": "background-checks",
            "values": {
                "lead": "新能源电驱动总成（虚构）",
                "item": "registration",
                "result": "clear",
                "checked_on": "2026-03-12",
                "checked_by": "演示核查员",
                "source": "演示数据（虚构）",
            },
        },
        {
            "kind": "background-checks",
            "values": {
                "lead": "新能源电驱动总成（虚构）",
                "item": "dishonesty",
                "result": "clear",
                "checked_on": "2026-03-12",
                "checked_by": "演示核查员",
                "source": "演示数据（虚构）",
            },
        },
        {
            "kind": "reviews",
            "values": {
                "lead": "新能源电驱动总成（虚构）",
                "reviewer": "项目评审会（演示）",
                "held_on": "2026-04-16",
                "decision": "conditional",
                "score": 82,
                "conditions": "分年税收承诺写入协议；用地控制在27亩以内。",
                "minutes_number": "演示〔2026〕4号",
            },
        },
        {
            "kind": "proofs",
            "values": {
                "name": "投资协议（演示）",
                "lead": "新能源电驱动总成（虚构）",
                "stage": "signed",
                "dated": "2026-05-20",
                "document_number": "演示协〔2026〕12号",
            },
        },
        {
            "kind": "performance",
            "values": {
                "enterprise": "电驰动力科技有限公司（虚构）",
                "lead": "新能源电驱动总成（虚构）",
                "year": 2026,
                "kind": "promised",
                "investment": "8000万元",
                "jobs": 60,
                "source": "投资协议（演示）",
            },
        },
        {
            "kind": "performance",
            "values": {
                "enterprise": "电驰动力科技有限公司（虚构）",
                "lead": "新能源电驱动总成（虚构）",
                "year": 2026,
                "kind": "actual",
                "investment": "6500万元",
                "tax": "120万元",
                "tax_basis": "full",
                "jobs": 48,
                "declared_by": "企业申报",
                "source": "企业年报（虚构）",
                "as_of": "2026-11-20",
            },
        },
        {
            "kind": "incentives",
            "values": {
                "name": "首台套装备研发补助（演示）",
                "head": "innovation",
                "enterprise": "电驰动力科技有限公司（虚构）",
                "lead": "新能源电驱动总成（虚构）",
                "time": "new",
                "basis": "演示政策〔2026〕1号第三条",
                "conditions": "经认定后兑现",
                "promised": "200万元",
                "promised_on": "2026-06-01",
                "due": "2027-06-30",
                "review": "passed",
                "reviewer": "演示审查员",
                "reviewed_on": "2026-05-28",
            },
        },
    ],
    "visits": [
        {
            "name": "自动驾驶算法研发中心（虚构）",
            "kind": "visit",
            "at": "2026-11-11",
            "note": (
                "到企业走访。企业介绍算法团队60人、两条测试线的安排；我方介绍研发社区面积与交付时间。\n"
                "共识：先租用1200㎡研发空间，年底前看现场。\n分歧：租金优惠年限，企业希望三年，尚待研究。"
            ),
            "next_step": "请研发社区报租金方案，陪同企业看现场",
            "next_date": "2026-12-03",
        },
        {
            "name": "新能源电驱动总成（虚构）",
            "kind": "meeting",
            "at": "2026-11-18",
            "note": "专题协调会。议题：用地由30亩压缩到27亩的总平面方案。\n共识：企业两周内提交压缩方案。",
            "next_step": "会自规局核对总平面方案",
            "next_date": "2026-12-02",
        },
    ],
    "review_sheet": ["半导体光刻配套材料（虚构）", "新能源电驱动总成（虚构）"],
    "minutes": ["自动驾驶算法研发中心（虚构）"],
    "blind_profile": ["国际生物医药中试基地（虚构）"],
    "coordination_sheet": [["城市数据要素流通平台（虚构）", "苏州城市数据要素流通平台（虚构）"]],
    "enterprise_file": ["电驰动力科技有限公司（虚构）"],
    "periods": ["2026-W47", "2026-11", "2026"],
    "word": {"brief": ["自动驾驶算法研发中心（虚构）"]},
    "workbook": ["2026-11"],
}
"""Records by kind, visits, and the leads of which each further document is printed."""
