"""GB/T 4754-2017, the national classification of economic activities: names of codes, and of which edition a code is.

A code means nothing without its edition: 3963 is 集成电路制造 in 2011 and 智能无人飞行器制造 in 2017. A code of the
older edition is recognised and never converted by itself (practice.md §6).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from crm.domain.reasons import Reason
from crm.errors import ValueRefusedError
from crm.i18n import _
from crm.resources import resource_folder

NEWER, OLDER = 2017, 2011
DIVISION = 2
"""Digits of a division."""
SECTIONS = "ABCDEFGHIJKLMNOPQRST"
_CODE = re.compile(r"([A-T]?)(\d{2,4})(?!\d)(.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SectorCode:
    """A code as it was read.

    Attributes:
        digits: two (大类) to four (小类).
        section: letter of the 门类 in 2017; None where 2017 has no such code.
        edition: 2017 or 2011; None where the code alone does not tell.
        name_2017, name_2011: what it means in either edition; the older only where it differs.
        remark: why the edition is not 2017, or not known.
    """

    digits: str
    section: str | None
    edition: int | None
    name_2017: str | None
    name_2011: str | None
    remark: Reason | None = None


def read_sector_code(text: str, name: str = "") -> SectorCode:
    """Return the code of a text: "C3963", "39", "3963 集成电路制造"; the name, in it or beside it, tells the edition.

    Raises:
        ValueRefusedError: no code of two to four digits, no edition has it, or its letter is another section's.
    """
    found = _CODE.fullmatch(_plain(text))
    if found is None:
        raise ValueRefusedError(
            _("“{text}” is no code of GB/T 4754: give two to four digits, such as C39 or 3971").format(text=text)
        )
    letter, digits, rest = found.groups()
    newer, older = sector_name(digits), _older_names().get(digits)
    if newer is None and older is None:
        raise ValueRefusedError(_("GB/T 4754 has no code {code}, neither in 2017 nor in 2011").format(code=digits))
    section = section_of(digits) if newer is not None else None
    if letter and older is None and letter.upper() != section:
        raise ValueRefusedError(
            _("GB/T 4754 has {code} in section {section}, not in {letter}").format(
                code=digits, section=section, letter=letter.upper()
            )
        )
    edition = _edition(newer, older, _plain(name) or rest)
    remark = (
        None if edition == NEWER else Reason("edition_open" if edition is None else "edition_2011", {"code": digits})
    )
    return SectorCode(digits, section, edition, newer, older, remark)


def _edition(newer: str | None, older: str | None, name: str) -> int | None:
    if older is None or (newer is not None and name == _plain(newer)):
        return NEWER
    if newer is None or name == _plain(older):
        return OLDER
    return None


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def sector_name(digits: str) -> str | None:
    """Return what a code of two to four digits means in 2017; None if 2017 has no such code."""
    return _newer_names().get(digits)


def section_of(digits: str) -> str:
    """Return the letter of the section in which a code of 2017 stands.

    Raises:
        KeyError: 2017 has no such division.
    """
    return _sections()[digits[:DIVISION]]


def sector_codes() -> Iterator[tuple[str, str]]:
    """Yield code and name of every division, group and class of 2017."""
    return ((code, name) for code, name in _newer_names().items() if code not in SECTIONS)


@cache
def _sections() -> Mapping[str, str]:
    sections: dict[str, str] = {}
    letter = ""
    for code in _newer_names():
        if code in SECTIONS:
            letter = code
        elif len(code) == DIVISION:
            sections[code] = letter
    return sections


@cache
def _newer_names() -> Mapping[str, str]:
    return _table("gbt4754-2017.txt")


@cache
def _older_names() -> Mapping[str, str]:
    return _table("gbt4754-2011-differences.txt")


def _table(file: str) -> Mapping[str, str]:
    lines = (resource_folder() / "sectors" / file).read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ", 1) for line in lines if line and not line.startswith("#"))
