"""The JSON of what was found in a pasted text: places in the text, fields, values, certainty, reasons."""

from __future__ import annotations

from typing import Any

from crm.domain.capture.explain import certainty_text, reason_text
from crm.domain.capture.marks import UNASSIGNED, Candidate, Capture, Mark
from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.fields.writing import record_to_json, value_to_json


def capture_to_json(found: Capture) -> dict[str, Any]:
    """Return the document of ``xiangtu capture --json``."""
    return {
        "on": found.on.isoformat(),
        "cut": found.cut,
        "candidates": [_candidate(each) for each in found.candidates],
    }


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return {
        "fields": record_to_json("leads", candidate.values, unknown=False),
        "marks": [_mark(mark) for mark in candidate.marks],
        "others": [_mark(mark) for mark in candidate.others],
    }


def _mark(mark: Mark) -> dict[str, Any]:
    field = LEAD_FIELDS["planned_investment" if mark.field == UNASSIGNED else mark.field]
    return {
        "start": mark.start,
        "end": mark.end,
        "text": mark.text,
        "field": mark.field or None,
        "value": value_to_json(field, mark.value),
        "certainty": mark.certainty.name.casefold(),
        "certainty_text": certainty_text(mark.certainty),
        "reason": reason_text(mark.reason),
    }
