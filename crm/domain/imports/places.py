"""Words for places in ledgers and the areas they stand for or only propose (decisions 27)."""

from __future__ import annotations

import re
from functools import lru_cache

from crm.domain.fields.codes import AREAS
from crm.domain.fields.words import lookup
from crm.domain.imports.texts import plain

PLACES: dict[str, str] = {
    "漕湖": "开发区",
    **dict.fromkeys(
        ("元和", "太平街道", "黄桥", "北桥", "北河泾", "澄阳", "望亭", "黄埭", "渭塘", "阳澄湖", "度假区"), ""
    ),
}
"""Streets, towns and the resort of the district, with the area each proposes; "" where only a person can say."""

ELSEWHERE = re.compile("虎丘|姑苏|吴中|吴江|工业园区|苏州园区|昆山|太仓|常熟|张家港")
"""Other districts and cities of 苏州: an address there and an area here do not fit."""

_NAMED = sorted(
    ((word, choice.code) for choice in AREAS[:3] for word in (choice.code, *choice.words)),
    key=lambda entry: -len(entry[0]),
)


@lru_cache(maxsize=4096)
def area_of(text: str) -> str | None:
    """Return the area a text is a word for; None for any other text, a town's name included."""
    return lookup(AREAS).get(plain(text).lower())


@lru_cache(maxsize=4096)
def proposal(text: str) -> str | None:
    """Return the area that an office or a place proposes: 高铁新城招商一科 → 高铁新城; "" when it names a place only.

    None when the text names no place of the district: 区科技局, 第一招商片组.
    """
    bare = plain(text)
    for word, area in _NAMED:
        if word in bare:
            return area
    return next((area for word, area in PLACES.items() if word in bare), None)


def is_elsewhere(address: str) -> bool:
    """Whether an address lies in another district."""
    return ELSEWHERE.search(plain(address)) is not None
