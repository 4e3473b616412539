"""A company's text cut into what it does: legal formulas of a business scope fall away, each phrase keeps its part."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

_FORMULAS = re.compile(
    r"(?:货物|商品)?(?:及|和|、|与|或)?(?:技术)?(?:的)?(?:代理)?进出口(?:业务|贸易)?|[^;。,]*(?:自营|经营)[^;。,]*进出口[^;。]*"
    r"|依法须经批准[^;。]*|(?:但)?国家(?:法律)?(?:限定|禁止|规定)[^;。]*除外|法律[、,]?(?:行政)?法规[^;。]*"
    r"|[^;。,]*企业自产产品[^;。]*|本企业[^;。]*(?:进出口|除外)[^;。]*|(?:许可|一般)经营项目:?无?"
    r"|\((?:不含|不得|除|依法|凭|国家|涉及|以上|限|仅限)[^()]*\)|以上[^;。]*除外"
)
_MAKES = re.compile("生产|制造|加工|制售|研制")
_SELLS = re.compile("销售|批发|零售|贸易|经销")
_LEGAL_FORMS = re.compile("股份有限公司|有限责任公司|有限公司|集团|控股|公司")


class Part(Enum):
    """What a phrase says the company does with what it names."""

    NAME = "name"
    MAKES = "makes"
    SELLS = "sells"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of the text between two commas.

    Attributes:
        order: 0 for the first phrase of the text; what stands first is the main business.
    """

    text: str
    part: Part
    order: int


def read_scope(name: str, text: str) -> Iterator[Phrase]:
    """Yield the phrases of a company's name and of its business scope or introduction."""
    if core := _LEGAL_FORMS.sub("", _plain(name)):
        yield Phrase(core, Part.NAME, 0)
    order = 0
    for clause in re.split("[;。]", _FORMULAS.sub("", _plain(text))):
        part = Part.MAKES if _MAKES.search(clause) else Part.SELLS if _SELLS.search(clause) else Part.OTHER
        for phrase in re.split("[,、]", clause):
            if phrase:
                yield Phrase(phrase, part, order)
                order += 1


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()
