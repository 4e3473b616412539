"""Text of a cell in one form, so that headings can be compared: half width, simplified, no blanks, no line breaks."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from crm.domain.companies.texts import simplified
from crm.domain.imports.grid import CellValue

_BLANKS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_ODD_BRACKETS = str.maketrans("［］【】〔〕﹝﹞{}｛｝[]", "()()()()()()()")
_BRACKETS = re.compile(r"\(([^()]*)\)")


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Return a text in half width and simplified (計劃總投資), without blanks, brackets all round, capitals kept."""
    folded = simplified(unicodedata.normalize("NFKC", text).translate(_ODD_BRACKETS))
    return _BLANKS.sub("", folded).replace("㎡", "m2").replace("²", "2")


def cell_text(value: CellValue) -> str:
    """Return a cell's value as a person reads it: a date in ISO form, a number without an exponent."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return str(value)
    return format(value, "f") if hasattr(value, "as_tuple") else str(value)


def plain_cell(value: CellValue) -> str:
    """Return the plain text of a cell, "" for a blank one."""
    return plain(cell_text(value)) if value is not None else ""


def bracketed(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a plain text without its brackets, and what stood in them, from left to right."""
    return _BRACKETS.sub("", text), tuple(_BRACKETS.findall(text))
