"""The three ledgers that bureaus keep (practice.md §13): weekly sheet, monthly ledger, flat list of a system.

Their headings are the bureaus' own words, so they stay Chinese in every language; what the program does not know of a
column is left blank for a person. Figures are numbers in the unit of the heading; one that is more than one number, or
in another currency, is written in words with its own unit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any, TypeAlias

from crm.domain.fields.codes import STAGES, STATUSES, Choice
from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.fields.words import label_of
from crm.domain.fields.writing import value_to_text
from crm.domain.quantities import CHINA_TIME, MU_PER_SQUARE_METRE, Land, Money, Span
from crm.i18n import DEFAULT_LANGUAGE, use_language
from crm.jobs.export_cells import cell
from crm.workbooks.ledgers import LedgerValue, Look
from crm.workbooks.shapes import Heading, Line, Section, Shape

Lead: TypeAlias = Mapping[str, Any]
Give: TypeAlias = Callable[[Lead], LedgerValue]

WEEKLY, MONTHLY, FLAT = "weekly", "monthly", "flat"
FORMS = (WEEKLY, MONTHLY, FLAT)

_WAN_PER_YI = Decimal(10_000)
_LARGE = Decimal(50_000)  # 5亿元, in 万元
_WEEK = timedelta(days=7)
_CENT, _SMALLEST = Decimal("0.01"), Decimal("0.0001")
_ONES = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its heading, what it shows of a lead, and the figure that its sums are of."""

    heading: Heading
    give: Give
    summed: Callable[[Lead], Span | None] | None = None
    per: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Report:
    """Who makes it, and when (aware)."""

    by: str
    made_at: datetime

    @property
    def local(self) -> datetime:
        """The moment in China."""
        return self.made_at.astimezone(CHINA_TIME)


def make_shape(form: str, leads: Sequence[Lead], report: Report) -> Shape:
    """Return the ledger of a form: ``weekly``, ``monthly`` or ``flat``."""
    with use_language(DEFAULT_LANGUAGE):
        return {WEEKLY: _weekly, MONTHLY: _monthly, FLAT: _flat}[form](leads, report)


# ------------------------------------------------------------------------------------------- the forms


def _weekly(leads: Sequence[Lead], report: Report) -> Shape:
    since = report.made_at - _WEEK
    fresh = sum(isinstance(day := lead.get("first_reported_at"), datetime) and day > since for lead in leads)
    large = sum(_least(lead.get("planned_investment")) >= _LARGE for lead in leads)
    kinds = {kind: sum(lead.get("kind") == kind for lead in leads) for kind in ("investment", "talent")}
    counts = (
        f"共上报项目{len(leads)}个（近7日新增{fresh}个），（其中产业项目{kinds['investment']}个，"
        f"人才项目{kinds['talent']}个，5亿元以上项目{large}个）"
    )
    columns = [
        _text("项目名称", "name", width=26),
        _text("投资方", "investor", width=22),
        _money("固定资产投资（万元）", "fixed_investment"),
        _blank("投资方简介", width=16),
        _blank("项目内容", width=16),
        _figure("需用土地（亩）", "land"),
        _text("企业联系人", "contact"),
        _text("联系方式", "contact_phone", look=Look.CODE, width=16),
        _text("片区", "area"),
        _Column(Heading("进度、备注", width=26), _progress),
        _text("产业类型", "industry"),
        _blank("研判结果"),
    ]
    return Shape(
        "驻点招商项目信息采集表",
        "驻点招商项目信息采集表",
        _headings(columns),
        _rows(columns, leads),
        above=(counts, f"填报人：{report.by}    填报时间：{report.local:%Y.%m.%d}"),
        below=(
            "备注：1.未填写的为尚不掌握，不等于零；“研判结果”由人员填写。",
            "2.新增按首次报备时间计，未填首报时间的不计入。",
        ),
    )


def _monthly(leads: Sequence[Lead], report: Report) -> Shape:
    columns = _monthly_columns()
    body: list[Section | Line] = []
    number = 0
    sections = _sections(leads)
    for place, (label, members) in enumerate(sections, 1):
        body.append(Section(f"{_numeral(place)}、{label}项目（{len(members)}个）"))
        body += _rows(columns, members, first=number + 1)
        number += len(members)
        body.append(_sums("小计", columns, members))
    if sections:
        body.append(_sums("合计", columns, leads))
    return Shape(
        "招商引资项目台账",
        f"{report.local.year}年{report.local.month}月招商引资项目台账",
        _headings(columns),
        body,
        corner="单位：亿元、万元、万美元、亩",
        below=(
            "注：1.按项目计数，同一企业的几个项目分别计；小计、合计只含已填写且为该列币种的数，区间按两端分别相加。",
            "2.未填写的为尚不掌握，不等于零；亩均税收＝达产年税收÷用地，截至两位小数，不进位。",
        ),
        label_width=4,
    )


def _monthly_columns() -> list[_Column]:
    sums, good, when = "投资额", "预计效益", "进展时间"
    return [
        _text("项目名称", "name", width=26),
        _text("企业名称", "investor", group="投资方", width=22),
        _text("国别/地区", "country", group="投资方"),
        _money("总投资（亿元）", "planned_investment", per=_WAN_PER_YI, group=sums),
        _money("其中：固定资产（亿元）", "fixed_investment", per=_WAN_PER_YI, group=sums),
        _money("到账外资（万美元）", "paid_in_foreign", currency="USD", group=sums),
        _figure("用地（亩）", "land"),
        _money("产值（亿元）", "annual_output", per=_WAN_PER_YI, group=good),
        _money("税收（万元）", "annual_tax", group=good),
        _Column(Heading("亩均税收（万元/亩）", good, Look.NUMBER), _tax_per_mu),
        *(
            _text(text, name, look=Look.DATE, group=when)
            for text, name in (
                ("签约", "signed_on"),
                ("注册", "registered_on"),
                ("开工", "started_on"),
                ("投产", "production_on"),
            )
        ),
        _text("责任单位", "bureau"),
        _text("责任人", "owner"),
        _text("备注", "notes", width=22),
    ]


def _flat(leads: Sequence[Lead], _report: Report) -> Shape:
    columns = [
        _text("项目名称", "name", width=26),
        _blank("新公司名称", width=22),
        _text("统一社会信用代码", "credit_code", look=Look.CODE, width=22),
        *(_industry(text, digits) for text, digits in (("行业大类", 2), ("行业中类", 3), ("行业小类", 4))),
        _text("投资方名称", "investor", width=22),
        _money("投资总额（万元）", "planned_investment"),
        _blank("当月实际到位额（万元）"),
        _blank("企业类型"),
        _blank("落地时间"),
        _blank("是否500强"),
        _blank("功能中心类型"),
        _money("年纳税总额（万元）", "annual_tax"),
        _money("年营业收入（万元）", "annual_revenue"),
        _money("固定资产投资（万元）", "fixed_investment"),
        _figure("带动就业（人）", "jobs"),
        _Column(Heading("用地需求（平方米）", look=Look.NUMBER, width=14), _square_metres),
        _space("厂库房需求（平方米）", "厂房"),
        _space("办公楼需求（平方米）", "办公"),
        _money("注册资本（万元）", "registered_capital"),
        _text("上报部门", "bureau"),
        _text("填报人", "first_reporter"),
        _text("项目方联系人", "contact"),
        _text("项目方联系方式", "contact_phone", look=Look.CODE, width=16),
    ]
    return Shape(
        "项目信息", "", [column.heading for column in columns], [Line(_cells(columns, lead)) for lead in leads]
    )


# ------------------------------------------------------------------------------------------- columns


def _text(text: str, name: str, *, group: str = "", look: Look = Look.TEXT, width: int = 12) -> _Column:
    field = LEAD_FIELDS[name]
    return _Column(Heading(text, group, look, width), lambda lead: cell(field, lead.get(name), lead))


def _blank(text: str, *, width: int = 12) -> _Column:
    return _Column(Heading(text, width=width), lambda _lead: None)


def _figure(text: str, name: str, *, group: str = "") -> _Column:
    field = LEAD_FIELDS[name]
    heading = Heading(text, group, Look.NUMBER)
    return _Column(heading, lambda lead: cell(field, lead.get(name), lead), summed=lambda lead: lead.get(name))


def _money(text: str, name: str, *, group: str = "", per: Decimal = Decimal(1), currency: str = "CNY") -> _Column:
    """Return a column of sums; ``per``: how many 万 one unit of it is."""
    field = LEAD_FIELDS[name]

    def give(lead: Lead) -> LedgerValue:
        money: Money | None = lead.get(name)
        if money is None:
            return None
        exact = money.exact
        if exact is None or money.approximate or money.currency != currency:
            return value_to_text(field, money)
        return exact / per

    def summed(lead: Lead) -> Span | None:
        money: Money | None = lead.get(name)
        return money if money is not None and money.currency == currency else None

    return _Column(Heading(text, group, Look.NUMBER, 14), give, summed, per)


def _industry(text: str, digits: int) -> _Column:
    def give(lead: Lead) -> LedgerValue:
        code = str(lead.get("gbt4754") or "").lstrip("ABCDEFGHIJKLMNOPQRST")
        return code[:digits] if len(code) >= digits else None

    return _Column(Heading(text, look=Look.CODE, width=10), give)


def _space(text: str, kind: str) -> _Column:
    def give(lead: Lead) -> LedgerValue:
        space = (lead.get("space") or {}).get(kind)
        if space is None:
            return None
        exact = space.exact
        return value_to_text(LEAD_FIELDS["space"], {kind: space}) if exact is None or space.approximate else exact

    return _Column(Heading(text, look=Look.NUMBER, width=14), give)


def _square_metres(lead: Lead) -> LedgerValue:
    """Return the land in m² where that is a finite figure; 25亩 is none, and stays 25亩 (decisions 5)."""
    land: Land | None = lead.get("land")
    if land is None:
        return None
    exact = land.exact
    if exact is None or land.approximate or land.phase1 is not None:
        return value_to_text(LEAD_FIELDS["land"], land)
    metres = (exact / MU_PER_SQUARE_METRE).quantize(_SMALLEST)
    return metres.normalize() + 0 if metres * MU_PER_SQUARE_METRE == exact else value_to_text(LEAD_FIELDS["land"], land)


def _progress(lead: Lead) -> LedgerValue:
    stage = label_of(STAGES, lead["stage"]) if lead.get("stage") else ""
    return "；".join(part for part in (stage, lead.get("next_step"), lead.get("notes")) if part) or None


def _tax_per_mu(lead: Lead) -> LedgerValue:
    tax, land = lead.get("annual_tax"), lead.get("land")
    if tax is None or land is None or tax.exact is None or not land.exact or tax.currency != "CNY":
        return None
    quotient: Decimal = tax.exact / land.exact
    return quotient.quantize(_CENT, ROUND_DOWN)


# ------------------------------------------------------------------------------------------- rows


def _headings(columns: Sequence[_Column]) -> list[Heading]:
    return [Heading("序号", width=6, look=Look.NUMBER), *(column.heading for column in columns)]


def _cells(columns: Sequence[_Column], lead: Lead) -> list[LedgerValue]:
    return [column.give(lead) for column in columns]


def _rows(columns: Sequence[_Column], leads: Sequence[Lead], *, first: int = 1) -> list[Line]:
    return [Line([number, *_cells(columns, lead)]) for number, lead in enumerate(leads, first)]


def _sums(label: str, columns: Sequence[_Column], leads: Sequence[Lead]) -> Line:
    return Line([label, *(_sum(column, leads) for column in columns)], total=True)


def _sum(column: _Column, leads: Sequence[Lead]) -> LedgerValue:
    """Return the sum of what is known; of ranges the sums of both ends."""
    if column.summed is None:
        return None
    figures = [figure for lead in leads if (figure := column.summed(lead)) is not None]
    pairs = [(one.low, one.high) for one in figures if one.low is not None and one.high is not None]
    if not pairs:
        return None
    low, high = (sum((ends[place] for ends in pairs), Decimal(0)) / column.per for place in (0, 1))
    return low if low == high else f"{_plain(low)}-{_plain(high)}"


def _plain(figure: Decimal) -> str:
    return format(figure.normalize(), "f")


def _sections(leads: Sequence[Lead]) -> list[tuple[str, list[Lead]]]:
    """Return the leads by stage, in the course of a project; those no longer active come last, by status."""
    found: dict[str, list[Lead]] = {}
    for choices, name in ((STAGES, "stage"), (STATUSES[1:], "status")):
        for choice in choices:
            members = [lead for lead in leads if _is(lead, name, choice)]
            if members:
                found[label_of(choices, choice.code)] = members
    placed = {id(lead) for members in found.values() for lead in members}
    rest = [lead for lead in leads if id(lead) not in placed]
    return [*found.items(), *([("未填阶段", rest)] if rest else [])]


def _is(lead: Lead, name: str, choice: Choice) -> bool:
    resting = lead.get("status") not in (None, "active")
    return lead.get(name) == choice.code and resting is (name == "status")


def _least(money: Money | None) -> Decimal:
    return money.low if money is not None and money.currency == "CNY" and money.low is not None else Decimal(-1)


def _numeral(number: int) -> str:
    """Return a number below 100 as it stands before a section: 一, 十, 十二."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("" if tens == 1 else _ONES[tens]) + "十"
    return head + (_ONES[ones] if ones else "")
