"""Facts of leads as the database would hand them over, made through the program's own reading, judging and matching."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from crm.domain.dossier import Change, LeadFacts, Origin
from crm.domain.fields.reading import read_value
from crm.domain.fields.registry import COMMUNITY_FIELDS, FUND_FIELDS, LEAD_FIELDS, Field
from crm.domain.matching.land import gate_of
from crm.domain.matching.match import Targets, match, targets_from_values
from crm.domain.matching.need import need_from_values
from crm.domain.quantities import Rate
from crm.domain.thresholds import SEED, case_from_values, judge
from crm.domain.thresholds.alternatives import alternatives
from crm.resources import resource_folder

DAY = date(2026, 11, 28)

DRIVE: Mapping[str, object] = {
    "code": "XT-2026-0012",
    "name": "新能源电驱动总成（虚构）",
    "investor": "电驰动力科技有限公司（虚构）",
    "country": "中国",
    "industry": "人工智能",
    "nature": "manufacturing",
    "increment": "new",
    "planned_investment": "6.8亿元",
    "fixed_investment": "约5亿元",
    "area": "高铁新城",
    "land": "30亩",
    "land_use": "工业",
    "annual_tax": "5400万元",
    "annual_output": "15亿元",
    "jobs": "320人",
    "full_year": "2029",
    "tax_by_year": {"2027": "800万元", "2028": "2600万元", "2029": "5400万元"},
    "space": {"研发": "1200㎡"},
    "financing_stage": "A",
    "financing_need": "3000万元",
    "landing": ["registration", "research_centre"],
    "needed_by": "2027-03",
    "stage": "negotiation",
    "status": "active",
    "owner": "李昇璟",
    "bureau": "高铁新城招商一局",
    "next_step": "请企业补充分年税收承诺，与自规局会商28亩以内用地方案",
    "next_date": "2026-12-05",
    "notes": "年产电驱动总成30万套，含电机、电控、减速器三合一产线；一期投产后可配套区内整车企业。",
}
"""A lead that misses the line per 亩 of its area; all invented."""

SPREAD: Mapping[str, object] = {
    "name": "跨区协同制造基地项目（虚构）",
    "annual_tax": "5200万元",
    "plots": [
        {"area": "高铁新城", "land": "10亩", "land_use": "工业"},
        {"area": "开发区", "land": "30亩", "land_use": "工业"},
    ],
}

DOLLARS: Mapping[str, object] = {
    "name": "细胞治疗药物研发中试及商业化生产总部基地建设项目（虚构）",
    "annual_tax": "720万美元",
    "tax_basis": "full",
    "area": "高铁新城",
    "land": "25亩",
    "land_use": "工业",
    "industry": "生物医药",
}

RANGE: Mapping[str, object] = {**DRIVE, "annual_tax": "4500-6500万元", "tax_by_year": None, "land": "25.0005亩"}

NOTHING_KNOWN: Mapping[str, object] = {"code": "XT-2026-0031", "name": "城市环境治理装备研发制造基地项目"}

LEASE: Mapping[str, object] = {
    "name": "研发中心",
    "land": "无供地",
    "lease": [{"kind": "研发", "space": "10000㎡", "plot_ratio": "2.0"}],
}


def read(fields: Mapping[str, Field], given: Mapping[str, object]) -> dict[str, Any]:
    """Return a record as the domain has it."""
    values = {name: read_value(fields[name], each) for name, each in given.items() if each is not None}
    return {name: value for name, value in values.items() if value is not None}


def targets() -> Targets:
    """Return the fictional communities and funds that come with the program."""
    folder = resource_folder() / "samples"
    return targets_from_values(
        _records(COMMUNITY_FIELDS, (folder / "研发社区.json").read_text("utf-8")),
        _records(FUND_FIELDS, (folder / "基金.json").read_text("utf-8")),
    )


def _records(fields: Mapping[str, Field], text: str) -> list[dict[str, Any]]:
    return [read(fields, {name: each for name, each in row.items() if name in fields}) for row in json.loads(text)]


def facts(
    given: Mapping[str, object],
    *,
    rates: Iterable[Rate] = (),
    changes: Sequence[Change] = (),
    origins: Sequence[Origin] = (),
    **more: Any,  # noqa: ANN401  (further facts)
) -> LeadFacts:
    """Return the facts of a lead."""
    values = read(LEAD_FIELDS, given)
    case = case_from_values(values, rates)
    judgement = judge(case, SEED, DAY)
    others = alternatives(case, judgement, SEED, DAY)
    return LeadFacts(
        values=values,
        on=DAY,
        case=case,
        judgement=judgement,
        rules=SEED,
        elsewhere=others,
        match=match(need_from_values(values), targets(), gate_of(judgement, others), on=DAY),
        changes=tuple(changes),
        origins=tuple(origins),
        head="9f3a" * 16,
        head_place=41,
        unit="苏州市相城区投资促进局",
        **more,
    )


def drive(**more: Any) -> LeadFacts:  # noqa: ANN401  (further facts)
    """Return the facts of DRIVE with a history: imported from a row, its tax corrected by hand since."""
    at = [datetime(2026, 11, day, 6, 3, tzinfo=UTC) for day in (20, 21, 22)]
    tax = [read_value(LEAD_FIELDS["annual_tax"], text) for text in ("5200万元", "5400万元")]
    return facts(
        DRIVE,
        changes=[
            Change(at[0], "李某", "导入 月度台账.xlsx", "created", "", change_set=1),
            Change(at[1], "刘某", "首次洽谈", "changed", "stage", "lead", "negotiation", 2),
            Change(at[2], "刘某", "企业来函更正", "changed", "annual_tax", tax[0], tax[1], 3),
        ],
        origins=[
            Origin(
                "月度台账.xlsx",
                "11月台账",
                9,
                {"name": "新能源电驱动总成（虚构）", "land": "30", "annual_tax": "5200"},
                change_set=1,
            )
        ],
        givers={"name": 1, "land": 1, "stage": 2, "annual_tax": 3},
        **more,
    )


def unpacked(pdf: bytes) -> bytes:
    """Return a file with all its compressed parts opened: what it is searched in for what must not be there."""
    parts = re.findall(rb"/FlateDecode[^>]*>>\nstream\n(.*?)\nendstream", pdf, re.DOTALL)
    return b"\n".join((pdf, *(zlib.decompress(part) for part in parts)))
