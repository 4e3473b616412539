"""Kinds of floor space: one word each, whatever people call them."""

from __future__ import annotations

from crm.domain.quantities.patterns import IGNORECASE, Pattern

SPACE_KINDS = ("研发", "中试", "GMP中试", "洁净", "测试", "办公", "厂房", "实验", "仓储")
"""The kinds the contract names, and two that ledgers add; a community may list others under their own word."""

_WORDS = (
    (Pattern("GMP", IGNORECASE), "GMP中试"),
    (Pattern("中试"), "中试"),
    (Pattern("洁净|净化|无尘"), "洁净"),
    (Pattern("测试|检测"), "测试"),
    (Pattern("实验"), "实验"),
    (Pattern("研发|科研"), "研发"),
    (Pattern("厂房|车间|生产"), "厂房"),
    (Pattern("仓"), "仓储"),
    (Pattern("办公|写字楼|楼宇|商务楼"), "办公"),
)


def space_kind(words: str) -> str | None:
    """Return the kind of space that words mean (标准厂房 → 厂房, 办公楼 → 办公); None when they name none."""
    return next((kind for pattern, kind in _WORDS if pattern.search(words)), None)
