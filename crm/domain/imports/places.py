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

OF_ITS_OWN_NAME = "高铁新城"
"""The area whose name is no word for zones elsewhere; 开发区 and 高新区 are everywhere."""

_OURS = re.compile(r"(?!.*(?<!苏州)市).*")
"""What may stand before the name of an area that is nobody else's: no other city."""

_BARE = re.compile(
    r"(?:江苏省?)?(?:苏州市?)?相城区?|(?:.*[,;:、。()/])?(?:拟|意向|计划|优先|考虑|落户|入驻|选址|供地|位于|在|到|于|至|或|和|与)*"
)
"""What may stand before a word that other zones have too: nothing, our district's name, or words of wishing."""

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


@lru_cache(maxsize=4096)
def area_named(site: str) -> str:
    """Return the area that the words for a site name, to be asked about: 意向高铁新城地块3 → 高铁新城; else "".

    A zone of a village (黄桥镇经济开发区) or of another city (苏州高新区 lies in 虎丘) is none: decisions 27.
    """
    bare = plain(site)
    if is_elsewhere(bare):
        return ""
    for word, area in _NAMED:
        before, found, _behind = bare.partition(word)
        if found and (_OURS if area == OF_ITS_OWN_NAME else _BARE).fullmatch(before):
            return area
    return ""


def is_elsewhere(address: str) -> bool:
    """Whether an address lies in another district."""
    return ELSEWHERE.search(plain(address)) is not None
