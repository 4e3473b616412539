"""The stage that telling text plainly says is reached: 双方已签订投资协议 → signed. It is proposed, never decided."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from crm.domain.imports.texts import plain
from crm.domain.imports.words import Found, stage_of


class Reached(NamedTuple):
    """What a text says: ``stage`` or ``status`` with its code, and the words that say it."""

    found: Found
    words: str


PROGRESS = re.compile("^(?!.*备注).*(?:进展|进度|推进|洽谈|对接|跟进|跟踪|动态)", re.DOTALL)
"""Headings of columns that tell how far a project has come; what is a remark as well (进度、备注) is left out."""

_CLAUSES = re.compile(r"[。；;，,、！!\n\r]+")
_NOT_YET = re.compile(
    "未|尚|拟|计划|预计|将|待|准备|争取|下一步|力争|有望|如果|若|暂不|不|需|要求|建议|希望|希|推动|促|催|协调|前期|之前|曾|原定"
)
"""What is wished, planned or denied is not reached."""
_BEFORE = re.compile(
    r"^(?:(?:20)?\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:目前|现|近日|当前|本周|上周|项目|企业|公司|双方|该)*"
)
_SAID: tuple[tuple[Found, re.Pattern[str]], ...] = tuple(
    ((what, code), re.compile(words))
    for what, code, words in (
        ("status", "ended", "(?:已|项目)终止|已流失|已放弃|已取消"),
        ("status", "paused", "已搁置|已暂停|已暂缓|(?:项目)?搁置"),
        ("stage", "full_production", "(?:已|全面|正式|实现)达产"),
        ("stage", "production", "(?:已|正式|全面|顺利)(?:投产|开业|投入运营|投入使用)|试生产"),
        ("stage", "completed", "(?:已|完成|通过|全面)竣工"),
        ("stage", "started", "(?:已|正式|全面|顺利)(?:开工|动工)|施工中|正在施工|正在建设"),
        ("stage", "land_supplied", "(?:已|完成|成功)(?:摘牌|供地|拿地)|已取得土地|土地已(?:出让|摘牌)"),
        ("stage", "registered", "(?:已|完成)(?:工商)?(?:注册|登记)|注册成立|完成公司注册"),
        ("stage", "signed", "(?:已|完成|正式|成功)(?:签约|签订|签署)|签(?:订|署)了|签约完成"),
        ("stage", "review", "(?:已|通过|完成)(?:评审|上会|过会|预审|准入)|评审通过"),
        (
            "stage",
            "negotiation",
            "(?:正在|深入|进一步|持续|已)(?:洽谈|对接|商谈|谈判|磋商|接洽)|(?:洽谈|对接|商谈|谈判|磋商)中",
        ),
    )
)


@lru_cache(maxsize=4096)
def reached(text: str) -> Reached | None:
    """Return the last stage or state that a text plainly says is reached; None where it says none."""
    for clause in reversed(_CLAUSES.split(text)):
        words = plain(clause)
        if not words or _NOT_YET.search(words):
            continue
        bare = _BEFORE.sub("", words, count=1)
        found = stage_of(bare) or next((code for code, pattern in _SAID if pattern.search(words)), None)
        if found is not None:
            return Reached(found, clause.strip())
    return None
