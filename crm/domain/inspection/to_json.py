"""The health of a ledger as a document for scripts; keys never change with the language, texts do."""

from __future__ import annotations

from typing import Any

from crm.domain.companies.explain import explain_duplicate
from crm.domain.imports.explain import cell_note_text
from crm.domain.imports.to_json import question_to_json, sheets_to_json
from crm.domain.inspection.health import Doubt, Health, Judged, Place
from crm.domain.magnitudes.explain import reading_text, suspicion_text
from crm.domain.quantities import decimal_text
from crm.domain.thresholds.explain import conclusion
from crm.domain.thresholds.judgement import Verdict


def health_to_json(health: Health) -> dict[str, Any]:
    """Return the document of ``xiangtu inspect``."""
    counts = health.counts
    return {
        "rows": health.rows - len(health.unnamed),
        "unnamed": [_place(place) for place in health.unnamed],
        "sheets": sheets_to_json(health.understood),
        "verdicts": {verdict.value: counts.get(verdict, 0) for verdict in Verdict},
        "critical": health.critical,
        "judged": [_judged(one) for one in health.verdicts],
        "duplicates": [
            {
                "a": _place(one.a),
                "b": _place(one.b),
                "likelihood": one.likelihood.value,
                "reasons": explain_duplicate(one.reasons),
            }
            for one in health.twins
        ],
        "slips": [
            {
                **_place(one.place),
                "cell": one.cell or None,
                "field": one.suspicion.field,
                "slip": one.suspicion.slip.value,
                "stated": reading_text(one.suspicion, one.suspicion.stated),
                "other": reading_text(one.suspicion, one.suspicion.other),
                "text": suspicion_text(one.suspicion),
            }
            for one in health.slips
        ],
        "missing": [{"field": one.field, "rows": one.rows, "column": one.asked} for one in health.missing],
        "credit_codes": [_doubt(one) for one in health.credit_codes],
        "doubtful": [_doubt(one) for one in health.doubts],
        "sums": [
            {
                "sheet": sheet,
                "cell": f"{check.column}{check.row}",
                "field": check.field,
                "stated": check.stated,
                "computed": {"low": decimal_text(check.computed[0]), "high": decimal_text(check.computed[1])},
            }
            for sheet, check in health.sums
        ],
        "questions": [question_to_json("leads", one) for one in health.understood.questions.open],
    }


def _place(place: Place) -> dict[str, Any]:
    return {"sheet": place.sheet, "row": place.row, "name": place.name or None}


def _judged(one: Judged) -> dict[str, Any]:
    judgement = one.judgement
    return {
        **_place(one.place),
        "verdict": judgement.verdict.value,
        "verdict_text": conclusion(judgement),
        "critical": judgement.critical,
        "missing": list(judgement.missing),
    }


def _doubt(one: Doubt) -> dict[str, Any]:
    text = cell_note_text(one.note, one.columns, one.place.row)
    return {**_place(one.place), "cell": one.cell, "code": one.note.note.code, "raw": one.raw or None, "text": text}
