"""Units that a column only inherited and that its figures contradict: 单位：亿元 above, and 9000 as a year's tax.

Such a unit is no guess to keep: the column is asked about, with its cells as proof, as if nothing had said a unit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from crm.domain.imports.grid import column_letter
from crm.domain.imports.headers import Column
from crm.domain.imports.rows import RowRecord
from crm.domain.imports.texts import plain
from crm.domain.magnitudes.guard import SLIPS, suspect

LOOKED_AT = 200
"""Bare figures of a column that are looked at."""

_BARE = re.compile(r"[\d,.]+(?:[-~至][\d,.]+)?")


def doubted(columns: Sequence[Column], records: Sequence[RowRecord]) -> list[Column]:
    """Return the columns whose inherited unit makes more than half of their bare figures senseless."""
    return [column for column in columns if column.inferred and column.field in SLIPS and _is_doubted(column, records)]


def _is_doubted(column: Column, records: Sequence[RowRecord]) -> bool:
    letter = column_letter(column.index)
    bare = (record.values for record in records if _BARE.fullmatch(plain(record.raw.get(letter, ""))))
    looked = list(islice(bare, LOOKED_AT))
    senseless = sum(any(each.field == column.field for each in suspect(values)) for values in looked)
    return senseless * 2 > len(looked)
