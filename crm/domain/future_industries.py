"""Which of the three future industries (fact C08) a lead's own words speak for: a proposal, never an assignment (S12).

The founding document names 大研发, 大文化 and 大健康 but not what belongs to them; 大文化 has no member among the six
(inconsistency I25). So the five lines of culture (C10), the six industries (C07), classes of GB/T 4754 and the nature
of the project are asked in this order; where none speaks, nothing is proposed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from crm.domain.fields.codes import CULTURE_LINES
from crm.domain.matching.need import industries_of
from crm.domain.matching.taxonomy import TAXONOMY, Taxonomy

RESEARCH, CULTURE, HEALTH = "research", "culture", "health"

CULTURE_WORDS = (*(word for line in CULTURE_LINES for word in line.words), "文化", "影视", "动漫", "文创", "游戏")
HEALTH_FIELD = "生物医药"
HEALTH_WORDS = ("医药", "医疗", "健康", "康养", "诊断")

DIVISIONS: Mapping[str, str] = {
    **dict.fromkeys(("86", "87", "88", "89", "90"), CULTURE),
    **dict.fromkeys(("27", "84"), HEALTH),
    **dict.fromkeys(("73", "74", "75"), RESEARCH),
}
"""Divisions of GB/T 4754-2017 that one of the three has wholly (practice.md §6: a proposal, editable)."""

_DIVISION = re.compile(r"(?<![A-Z\d])[A-T]?(\d{2})\d{0,2}(?!\d)")


class Proposal(NamedTuple):
    """A future industry, and the word, class or field that speaks for it."""

    code: str
    because: str


def propose(lead: Mapping[str, Any], taxonomy: Taxonomy = TAXONOMY) -> Proposal | None:
    """Return the future industry a lead seems to belong to; None where nothing speaks for one, or one is entered."""
    if lead.get("future_industry"):
        return None
    if lead.get("culture_line"):
        return Proposal(CULTURE, _line(str(lead["culture_line"])))
    words = industries_of(lead)
    for code, known in ((CULTURE, CULTURE_WORDS), (HEALTH, HEALTH_WORDS)):
        because = next((word for word in words if any(each in word for each in known)), None)
        if because is not None:
            return Proposal(code, because)
    for word in words:
        if taxonomy.field(word) in taxonomy.highlands:
            return Proposal(HEALTH if taxonomy.field(word) == HEALTH_FIELD else RESEARCH, word)
    for division in _DIVISION.findall(str(lead.get("gbt4754") or "")):
        if division in DIVISIONS:
            return Proposal(DIVISIONS[division], division)
    return Proposal(RESEARCH, RESEARCH) if lead.get("nature") == RESEARCH else None


def _line(code: str) -> str:
    return next((line.words[0] for line in CULTURE_LINES if line.code == code), code)
