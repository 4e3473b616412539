"""Words in cells that stand for an entry of a dictionary: stages and states, areas, land uses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeAlias

from crm.domain.fields import codes
from crm.domain.imports.texts import bracketed, plain

_STAGES: tuple[tuple[str, str], ...] = (
    ("full_production", "达产|满产|达效"),
    ("production", "投产|运营|投用|投运|开业|试生产"),
    ("completed", "竣工|完工|建成|竣工验收"),
    ("started", "开工|在建|建设中|动工|施工|续建|新开工|建设"),
    ("land_supplied", "供地|拿地|摘牌|土地出让|取得土地|出让"),
    ("registered", "注册|落户|工商注册|登记注册|公司注册|注册落户"),
    ("signed", "签约|签订协议|签署协议|已签|签订合同|正式签约|框架签约|签框架协议|签订投资协议|协议签订|签约落地"),
    ("review", "评审|准入|过会|上会|评审会|项目评审|准入评审|论证|预审|立项评审|决策"),
    (
        "negotiation",
        "在谈|洽谈|商谈|对接|跟进|谈判|磋商|接洽|推进洽谈|深度洽谈|重点在谈|实质性洽谈|深入洽谈|跟踪洽谈|在跟踪|跟踪",
    ),
    ("assessment", "研判|初审|评估|筛选"),
    ("lead", "线索|意向|储备|信息|初步意向|初步接触|谋划|潜在|初步对接|初步洽谈|意向项目|有意向|了解"),
)
_STATUSES: tuple[tuple[str, str], ...] = (
    ("paused", "搁置|暂停|暂缓|缓建|停滞|停工|中止"),
    ("transferred", "流转|转出|移交|转办"),
    ("ended", "终止|流失|放弃|取消|退出|失败|停止谈判|停止|未成|淘汰|撤销|解约|不跟进|终止洽谈"),
    ("moved_out", "迁出|迁走|外迁|搬离"),
)
_AROUND = r"(?:已|正在|正|现|新|处于|进入|完成|重点|全部|项目|目前)*"
_AHEAD = re.compile(r"(?:本年|年内|近期|下周|下月)?(?:拟|待|即将|将|计划|预计|准备|筹备|力争|争取|有望)")
_BEHIND = r"(?:项目|阶段|类|中|期|完成|状态|类项目|阶段项目|落地|一批|的|了|环节|情况|落地项目|建设)*"


Found: TypeAlias = tuple[str, str]
"""``stage`` or ``status``, and its code."""


def _compiled(what: str, table: tuple[tuple[str, str], ...]) -> list[tuple[Found, re.Pattern[str]]]:
    return [((what, code), re.compile(f"{_AROUND}(?:{words}){_BEHIND}")) for code, words in table]


_PATTERNS = _compiled("status", _STATUSES) + _compiled("stage", _STAGES)
_LISTED: Mapping[str, Found] = {
    word: (what, choice.code)
    for what, choices in (("status", codes.STATUSES), ("stage", codes.STAGES))
    for choice in choices
    for word in (choice.code, *choice.words)
}


@lru_cache(maxsize=4096)
def stage_of(text: str) -> Found | None:
    """Return what a plain text says of the stage: ("stage" or "status", code); None when it is no such word.

    已签约, 签约项目, 签约阶段 are ``signed``; 搁置, 终止 are states; 9月到访，洽谈中 is a sentence and no stage.
    """
    bare = bracketed(text)[0].strip("：:。；;，,、.")
    if not bare or len(bare) > 12:  # noqa: PLR2004
        return None
    if bare.startswith(("初步", "有", "潜在")) and "意向" in bare:
        return "stage", "lead"
    return _LISTED.get(bare) or next((found for found, pattern in _PATTERNS if pattern.fullmatch(bare)), None)


def planned_stage_of(text: str) -> str | None:
    """Return the stage that a plain text says is still ahead: 拟签约 → ``signed``; None where it says no such thing."""
    ahead = _AHEAD.match(text)
    found = stage_of(text[ahead.end() :]) if ahead else None
    return found[1] if found and found[0] == "stage" else None


def stages_before(stage: str) -> tuple[str, ...]:
    """Return the stages that come before one, the nearest first."""
    pipeline = [choice.code for choice in codes.STAGES]
    return tuple(reversed(pipeline[: pipeline.index(stage)]))


_ROUND = "|".join(sorted(map(re.escape, codes.FINANCING_STAGES), key=len, reverse=True))
_ROUNDS_BETWEEN = re.compile(rf"({_ROUND})(?:轮|期)?(?:融资)?[-~—–至到]+({_ROUND})(?:轮|期)?(?:融资)?", re.IGNORECASE)


def stages_between(text: str) -> tuple[str, ...]:
    """Return the rounds of financing from one to another: A轮-C轮 → A, B, C; () where a text says no such thing."""
    match = _ROUNDS_BETWEEN.fullmatch(plain(text))
    if match is None:
        return ()
    order = [stage.upper() for stage in codes.FINANCING_STAGES]
    first, last = (order.index(word.upper()) for word in match.groups())
    return codes.FINANCING_STAGES[first : last + 1]


_LAND_USES = (
    ("industrial", "工业|M[1-3]"),
    ("research", "科研|科教"),
    ("commercial", "商服|商业|商务"),
    ("residential", "住宅|居住"),
)


@lru_cache(maxsize=1024)
def land_use_of(text: str) -> str | None:
    """Return the land use that plain words begin with: 工业（研发） → ``industrial``; None for other words."""
    return next((code for code, words in _LAND_USES if re.match(f"(?:{words})", text)), None)
