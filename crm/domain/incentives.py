"""The fair-competition gate of incentives (S67): a promise needs its legal basis, and some wordings may not stand.

The red lines follow practice.md §10: 《公平竞争审查条例》（国务院令第783号） and its 实施办法 of 2025.
The words are a screen, no legal opinion: what they find a person looks at; what they do not find is not thereby lawful.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from crm.domain.quantities import PartialDate
from crm.domain.quantities.calendar_days import last_day

LEGACY = "legacy"
"""A promise of the past: stored as 存量承诺（待清理）, never stopped (decisions 49)."""

RED_LINES: Mapping[str, re.Pattern[str]] = {
    "tax_refund": re.compile(r"税收返还|返还.{0,6}税|税.{0,8}(?:全额|部分|先征后)返|先征后返|退还.{0,4}税款"),
    "by_tax_paid": re.compile(r"按.{0,6}(?:纳税|税收|缴税|税额).{0,10}(?:奖励|补贴|扶持|奖补)"),
    "local_share": re.compile(r"(?:地方留成|区级留成|留成部分).{0,12}(?:奖励|返还|补贴|扶持)"),
    "moving_here": re.compile(
        r"(?:注册地|注册地址|总部).{0,6}(?:迁|变更).{0,24}(?:奖励|补贴|扶持|条件)|以.{0,6}(?:迁入|迁移|本地纳税|纳入本地统计).{0,6}(?:为|作为)条件"
    ),
    "zero_land_price": re.compile(r"零地价|免费供地|免收土地出让金"),
    "land_price_back": re.compile(r"土地出让(?:金|价款).{0,8}(?:返还|奖励|补贴)|返还.{0,6}土地出让"),
    "fees_for_them": re.compile(r"代缴|代为缴纳"),
    "exclusive": re.compile(r"独家(?:经营|供应|采购|待遇|享受)?|排他性|排除其他(?:企业|经营者)"),
}
"""Code of the red line → what says so."""


class Light(StrEnum):
    """What the gate says."""

    RED = "red"  # stopped: a red line is touched
    YELLOW = "yellow"  # waits for its review: no basis, or no passed review
    GREEN = "green"  # nothing found, the review is passed


@dataclass(frozen=True, slots=True)
class Gate:
    """What the gate says of a promise.

    Attributes:
        touched: the red lines, and the words that touch each.
        missing: what is needed before it is paid: ``basis``, ``review``.
    """

    light: Light
    touched: Mapping[str, str]
    missing: tuple[str, ...]


def judge(promise: Mapping[str, Any]) -> Gate:
    """Return what the gate says of an incentive (``incentives``); a legacy promise is looked at, never stopped."""
    said = "\n".join(str(promise.get(name) or "") for name in ("name", "conditions", "text"))
    touched = {code: found[0] for code, pattern in RED_LINES.items() if (found := pattern.search(said))}
    passed = promise.get("review") in ("passed", "not_concerned")
    missing = tuple(name for name, there in (("basis", promise.get("basis")), ("review", passed)) if not there)
    if touched and promise.get("time") != LEGACY:
        return Gate(Light.RED, touched, missing)
    return Gate(Light.YELLOW if touched or missing else Light.GREEN, touched, missing)


def is_overdue(promise: Mapping[str, Any], on: date) -> bool:
    """Return whether a promise was due before a day and is not paid (a month is due at its end)."""
    due = promise.get("due")
    return isinstance(due, PartialDate) and last_day(due) < on and promise.get("paid_on") is None
