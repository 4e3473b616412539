"""A document's words as they are kept, so that the very same file can be made again (decisions 44).

Kept are the words, their density and the name of the fonts, some 5 kB a document; the same program then gives the same
bytes. Whether they are the same is seen by their SHA-256, which the register has.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any

from reports import content
from reports.content import Document
from reports.fonts import FontSet, bundled_fonts, installed_fonts
from reports.page import Composed, compose

FORM = 1
"""Of what is kept; a newer program reads the older ones."""

_KIND, _VALUE = "=", "value"
_KINDS: Mapping[str, Any] = {
    kind.__name__: kind
    for kind in (
        content.Align,
        content.Bars,
        content.Body,
        content.Cell,
        content.Centred,
        content.Document,
        content.Frontier,
        content.Heading,
        content.Note,
        content.Point,
        content.Signatures,
        content.Table,
        content.Title,
        content.Tone,
        content.Words,
    )
}


def kept(composed: Composed) -> bytes:
    """Return the words of a document and how they were set, to be kept."""
    told = {
        "form": FORM,
        "density": composed.density,
        "fonts": composed.fonts.name,
        "document": _plain(composed.source),
    }
    return zlib.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))


def compose_kept(facts: bytes, fonts: FontSet | None = None, *, stand_ins: bool = True) -> Composed:
    """Return the pages of what was kept.

    Args:
        facts: what ``kept`` returned.
        fonts: instead of those it was set in: the bundled ones, or the office's own.
        stand_ins: characters no font has were printed as their code points then; they are again.
    """
    told = json.loads(zlib.decompress(facts).decode("utf-8", "surrogatepass"))
    document: Document = _made(told["document"])
    then = installed_fonts() if told["fonts"] != bundled_fonts().name else bundled_fonts()
    return compose(document, fonts or then, told["density"], stand_ins=stand_ins)


def _plain(value: Any) -> Any:  # noqa: ANN401  (any part of a document)
    if isinstance(value, Enum):
        return {_KIND: type(value).__name__, _VALUE: value.value}
    if is_dataclass(value):
        kind: Any = type(value)
        told: dict[str, Any] = {_KIND: kind.__name__}
        for name, default in _shape(kind):
            given = getattr(value, name)
            if given != default:
                told[name] = given if type(given) in _AS_IT_IS else _plain(given)
        return told
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value


_AS_IT_IS = frozenset((str, bool, int))
"""Types that are JSON already."""


@cache
def _shape(kind: Any) -> tuple[tuple[str, Any], ...]:  # noqa: ANN401  (a class of ``content``)
    """Return the names of the attributes of a class, each with the value that is not kept, if there is one."""
    return tuple((one.name, one.default) for one in fields(kind))  # MISSING is equal to nothing


def _made(told: Any) -> Any:  # noqa: ANN401  (any part of a document)
    if isinstance(told, list):
        return tuple(_made(each) for each in told)
    if not isinstance(told, dict):
        return told
    kind = _KINDS[told[_KIND]]
    if _VALUE in told:
        return kind(told[_VALUE])
    return kind(**{name: _made(each) for name, each in told.items() if name != _KIND})
