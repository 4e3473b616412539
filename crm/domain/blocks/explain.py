"""The words for the cells of a block: what becomes of each, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm.domain.blocks.plan import Cell, Fate
from crm.domain.fields.registry import RECORD_FIELDS
from crm.domain.fields.writing import value_to_text
from crm.domain.imports.explain import NOTES, note_text
from crm.domain.imports.notes import Note
from crm.domain.magnitudes.explain import suspicion_text
from crm.domain.stages.explain import explain_refusals
from crm.i18n import N_, _

FATES: Mapping[Fate, str] = {
    Fate.CHANGED: N_("is changed"),
    Fate.EMPTIED: N_("is emptied"),
    Fate.SAME: N_("is so already"),
    Fate.SUSPECT: N_("to be confirmed"),
    Fate.DOUBTFUL: N_("doubtful, stays"),
    Fate.REFUSED: N_("refused, stays"),
}
"""What becomes of a cell, in two words."""

OF_BLOCKS: Mapping[str, str] = {
    "code": N_("The code is given by the program and is not changed here."),
    "contact": N_("Contacts are masked in a list; change them in the form."),
    "needs_name": N_("A record keeps its name."),
    "asked_unit": N_("“{raw}” has no unit."),
    "asked_month": N_("{raw} may be January or October: write it like 2024-01."),
    "asked_day_month": N_("“{raw}” may be day or month first: write it like 2024-03-04."),
    "asked_year": N_("“{raw}” says no year."),
    "asked_no_land": N_("“{raw}”: no land wanted (write 0亩), or not known yet (leave it empty)?"),
    "asked_area": N_("“{raw}” is not the name of an area."),
}
"""What a block says otherwise than an import, which asks."""


def fate_text(fate: Fate) -> str:
    """Return what becomes of a cell."""
    return _(FATES[fate])


def cell_text(kind: str, cell: Cell) -> str:
    """Return what a cell would make of its field, as people read it; of one that changes nothing what stands in it."""
    if not cell.changes:
        return cell.raw
    name = cell.field if cell.field in cell.changes else next(iter(cell.changes))
    return value_to_text(RECORD_FIELDS[kind][name], cell.changes[name]) or _("(nothing)")


def why_text(cell: Cell, after: Mapping[str, Any]) -> str:
    """Return why a cell is doubtful or refused, or what is to be known of how it was read; "" for nothing.

    Args:
        cell: of the plan.
        after: the record as it would be.
    """
    if cell.refusals:
        return explain_refusals(cell.refusals, after, with_names=False)
    if cell.suspicion is not None:
        return suspicion_text(cell.suspicion)
    return "\n".join(_note(note) for note in cell.notes)


def _note(note: Note) -> str:
    if note.code in OF_BLOCKS:
        return _(OF_BLOCKS[note.code]).format_map(note.params)
    return note_text(note) if note.code in NOTES or "problem" not in note.params else str(note.params["problem"])
