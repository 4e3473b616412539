"""Cells that tell several kinds of floor space at once: 研发6000㎡、中试2000㎡."""

from __future__ import annotations

import re

from crm.domain.imports.notes import Note
from crm.domain.quantities import Space, read_space, space_kind

_BETWEEN = re.compile(r"[、，,;；/+\n]+\s*(?=[^\d\s])")
_LABEL = re.compile(r"^[^\d约近]*")


def read_rooms(text: str, unit: str | None) -> tuple[dict[str, Space], tuple[Note, ...]]:
    """Return the floor space of each kind a cell tells, and a doubt where it does not say the kind.

    Raises:
        UnitMissingError: a bare number, and no unit is known.
        ValueRefusedError: a part of it is no area.
    """
    found: dict[str, Space] = {}
    for part in _BETWEEN.split(text.strip()):
        label = _LABEL.match(part)
        kind = space_kind(part)
        space = read_space(part[label.end() :] if label else part, unit=unit)
        if space is None:
            continue
        if kind is None or kind in found:
            return {}, (Note("space_kind", {"raw": text.strip()}, doubtful=True),)
        found[kind] = space
    return found, ()
