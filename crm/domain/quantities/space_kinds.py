"""Kinds of floor space: one word each, whatever people call them."""

from __future__ import annotations

import re

SPACE_KINDS = ("研发", "中试", "GMP中试", "洁净", "测试", "办公", "厂房", "实验", "仓储")
"""The kinds the contract names, and two that ledgers add; a community may list others under their own word."""

_WORDS = (
    (re.compile("GMP", re.IGNORECASE), "GMP中试"),
    (re.compile("中试"), "中试"),
    (re.compile("洁净|净化|无尘"), "洁净"),
    (re.compile("测试|检测"), "测试"),
    (re.compile("实验"), "实验"),
    (re.compile("研发|科研"), "研发"),
    (re.compile("厂房|车间|生产"), "厂房"),
    (re.compile("仓"), "仓储"),
    (re.compile("办公|写字楼|楼宇|商务楼"), "办公"),
)


def space_kind(words: str) -> str | None:
    """Return the kind of space that words mean (标准厂房 → 厂房, 办公楼 → 办公); None when they name none."""
    return next((kind for pattern, kind in _WORDS if pattern.search(words)), None)
