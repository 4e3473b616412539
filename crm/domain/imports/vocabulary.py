"""What a heading means by its words; the words themselves are in :mod:`crm.domain.imports.headings`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from crm.domain.imports.heading_parts import Heading
from crm.domain.imports.headings import HEADINGS, NOT_OURS

_NUMBERING = re.compile(
    r"^(?:[*★☆※#]+|\d{1,2}[.、)]|[一二三四五六七八九十]{1,3}、|\(\d{1,2}\)|\d{1,2}(?=[\u4e00-\u9fff](?<![年月日期季周个])))+"
)
_MARKS = re.compile(r"[*★☆※]+$|\((?:必填|选填|下拉|下拉选择|单选|多选|必选|可选)\)")
_AS_OF = re.compile(r"^截[至止](?:目前|(?:20\d\d年)?\d{0,2}月?\d{0,2}日?)(?:底|末|止)?(?:的)?")
_ENGLISH_HEAD = re.compile(r"^\(?[A-Za-z][A-Za-z.&' -]{2,}\)?/?(?=[\u4e00-\u9fff])")
_ENGLISH_TAIL = re.compile(r"(?<=[\u4e00-\u9fff])/?\(?[A-Za-z][A-Za-z.&/' -]{2,}\)?$")

LONGEST = 40
"""Longer texts are no headings and are not compared."""

GROUPS: Mapping[str, re.Pattern[str]] = {
    kind: re.compile(words)
    for kind, words in (
        ("party", "投资方|投资商|投资主体|企业|客商|项目方|业主|公司|资方|外方"),
        ("officer", "责任|专班|分工|招商|牵头|我方|服务|跟踪|包联|推进机制"),
        ("land", "用地|土地|选址|供地|落地|落户|空间|载体"),
        ("when", "时间|节点|进度|日期|进展|里程碑|时序"),
        ("project", "项目"),
        ("money", "投资|资金|资本"),
    )
}
"""What a heading over several columns is about; the first that fits counts."""


def _context(**words: str) -> Mapping[str, str]:
    return {word: field for field, several in words.items() for word in several.split()}


NOTHING = "nothing"
"""The field of a short heading that is known to be none of ours under its group."""

CONTEXT: Mapping[str, Mapping[str, str]] = {
    "party": _context(
        investor="名称 企业 单位 公司 全称 简称 主体",
        country="国别 地区 国家",
        credit_code="代码",
        contact="姓名 负责人",
        contact_phone="方式",
        narrative="简介 情况 基本情况 背景",
    ),
    "officer": _context(
        bureau="单位 部门 主体",
        owner="姓名 人员 联系人 专员",
        nothing="电话 联系电话 联系方式 手机 手机号 手机号码",
    ),
    "land": _context(
        land="面积 亩数 规模 需求 数量",
        land_use="性质 用途 类型 类别",
        address="位置 地址 地点",
        area="区域",
        site="编号 地块",
    ),
    "when": {},
    "project": _context(
        name="名称",
        code="编号 编码",
        narrative="简介 内容 概况",
        stage="阶段 状态 进度",
        source="来源",
        address="地址 位置",
    ),
    "money": _context(planned_investment="总额 总量 规模 合计 金额 总计"),
}
"""Short headings whose meaning comes from the heading above them."""

_ENDINGS = """
名称 时间 日期 年月 单位 部门 情况 类型 类别 金额 面积 数量 编号 代码 地址 地点 方式 电话 性质 简介 内容 备注 进度 进展
状态 比例 总额 人数 人员
负责人 联系人 责任人 指标 数据 单价 价格 规格 型号 合计 年份 地区 分类 名 号 率 额 数 量 人 值 期 区 型 级 类
"""
LOOKS_LIKE_HEADING = re.compile(f".*(?:{'|'.join(_ENDINGS.split())})")
"""Endings headings of any table have; evidence where no word is known."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading means by its words.

    Attributes:
        field: the field; None when the heading is known and is no field of ours.
        part: the kind of a ``space`` field.
        exact: the whole heading is a word of the table; else it is built like one.
    """

    field: str | None
    part: str
    exact: bool


def _words() -> dict[str, Heading]:
    table: dict[str, Heading] = {}
    for heading in (NOT_OURS, *HEADINGS):
        for word in heading.words.split():
            table.setdefault(word.lower(), heading)
    return table


WORDS: Mapping[str, Heading] = _words()
"""Every listed heading, in lower case."""

_PATTERNS = [(re.compile(heading.pattern), heading) for heading in (NOT_OURS, *HEADINGS) if heading.pattern]


@lru_cache(maxsize=16384)
def meaning_of(text: str) -> Meaning | None:
    """Return what a plain heading without its unit means; None when neither listed nor built like one."""
    listed = WORDS.get(text.lower())
    if listed:
        return Meaning(listed.field, listed.part, exact=True)
    if len(text) > LONGEST:
        return None
    for pattern, heading in _PATTERNS:
        if pattern.fullmatch(text):
            return Meaning(heading.field, heading.part, exact=False)
    return None


@lru_cache(maxsize=16384)
def cleaned(text: str) -> str:
    """Return a plain heading without its numbering, its marks (*, 必填), and 截至11月底."""
    return _AS_OF.sub("", _MARKS.sub("", _NUMBERING.sub("", text))) or text


def without_english(text: str) -> str:
    """Return a heading without the English before or after the Chinese: 项目名称ProjectName, Investor投资方."""
    return _ENGLISH_TAIL.sub("", _ENGLISH_HEAD.sub("", text))
