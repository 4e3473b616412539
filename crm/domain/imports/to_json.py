"""An import as the document of the contract (``cli.md``, ``import``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from crm.domain.fields.masking import masked
from crm.domain.fields.registry import Field
from crm.domain.fields.writing import value_to_json, value_to_text, values_to_json
from crm.domain.imports.body import RowKind
from crm.domain.imports.choices import answer_of, row_key
from crm.domain.imports.explain import (
    cell_note_text,
    choice_text,
    column_reason,
    how_text,
    note_text,
    question_text,
    refused_text,
    rows_give,
)
from crm.domain.imports.grid import column_letter
from crm.domain.imports.headers import Column
from crm.domain.imports.kinds import IMPORT_FIELDS
from crm.domain.imports.memory import Recalled, layout_of, said_to_json
from crm.domain.imports.plan import Candidate, Effect, PlannedRow, Twin
from crm.domain.imports.questions import Question
from crm.domain.imports.sums import SumCheck
from crm.domain.imports.understanding import TableRead, Understood
from crm.domain.magnitudes.explain import label_of, reading_text, suspicion_text
from crm.domain.magnitudes.guard import SLIPS, Suspicion
from crm.domain.quantities import decimal_text
from crm.i18n import _

A_COLUMN = 3
"""So many rows of one slip, and most of a column, make it the column's."""


def sheets_to_json(understood: Understood) -> list[dict[str, Any]]:
    """Return the sheets: their tables with columns and units, or why they are left out."""
    tables = [_table(table) for table in understood.tables]
    refused = [
        {
            "name": name,
            "header_rows": [],
            "columns": [],
            "unmapped": [],
            "refused": why.code,
            "reason": refused_text(why),
        }
        for name, why in understood.refused.items()
    ]
    return tables + refused


def _table(table: TableRead) -> dict[str, Any]:
    mapped = [column for column in table.columns if column.field]
    others = [column for column in table.columns if not column.field and column.reason != "serial"]
    return {
        "name": table.sheet,
        "header_rows": [row + 1 for row in table.table.header_rows],
        "columns": [_column(column) for column in mapped],
        "unmapped": [column.header or column_letter(column.index) for column in others],
        "unmapped_columns": [
            {"column": column_letter(column.index), "header": column.header, "reason": column_reason(column)}
            for column in others
        ],
        "hidden_columns": None if table.hidden_columns is None else list(table.hidden_columns),
        "sums": [_sum(check) for check in table.sums],
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "column": column_letter(column.index),
        "header": column.header,
        "field": column.target,
        "unit": column.unit.word if column.unit else None,
        "unit_from": column.unit_from or None,
        "inferred": column.inferred,
        "how": column.how,
        "how_text": how_text(column.how),
        "confidence": column.confidence,
    }


def _sum(check: SumCheck) -> dict[str, Any]:
    low, high = check.computed
    return {
        "row": check.row,
        "column": check.column,
        "field": check.field,
        "stated": check.stated,
        "computed": {"low": decimal_text(low), "high": decimal_text(high)},
        "computed_text": rows_give(check),
        "holds": check.holds,
    }


def in_file_order(understood: Understood, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows in the order of the file."""
    order = {name: place for place, name in enumerate(dict.fromkeys(table.sheet for table in understood.tables))}
    return sorted(rows, key=lambda row: (order.get(row["sheet"], 0), row["row"]))


def passed_to_json(understood: Understood) -> list[dict[str, Any]]:
    """Return the rows that are no records: titles, sections, sums, notes; with the keys of every row."""
    return [
        {
            "sheet": table.sheet,
            "row": row.index + 1,
            "action": "skipped",
            "why": row.kind.value,
            "text": row.text,
            "lead": None,
            "fields": {},
            "raw": {},
            "notes": [],
        }
        for table in understood.tables
        for row in table.passed
        if row.kind is not RowKind.BLANK
    ]


def row_to_json(kind: str, planned: PlannedRow, code: str | None) -> dict[str, Any]:
    """Return a data row with what is done with it; ``code`` is that of its record, where there is one."""
    record, entry = planned.record, planned.source.entry
    notes = [cell_note_text(note, planned.source.columns, record.row, entry=entry) for note in record.notes]
    notes += [note_text(note, entry=entry) for note in planned.notes]
    document = {
        "sheet": planned.source.sheet,
        "row": record.row,
        "action": action_of(planned),
        "effect": planned.effect.value,
        "lead": code or record.values.get("code") or record.values.get("name"),
        "fields": values_to_json(IMPORT_FIELDS[kind], record.values, unknown=False),
        "raw": record.raw,
        "notes": notes,
    }
    kept = [str(note.params["field"]) for note in planned.notes if note.code == "kept"]
    if kept:
        document["kept"] = kept
    conflicts = [note.params for note in planned.notes if note.code in ("conflict", "conflict_kept")]
    if conflicts:
        document["conflicts"] = [_conflict(params) for params in conflicts]
    refused = [note.note.params for note in record.notes if note.note.code == "field_refused"]
    if refused:
        document["faults"] = [{"field": fault["field"], "message": fault["why"]} for fault in refused]
    if planned.changes:
        fields = IMPORT_FIELDS[kind]
        document["changes"] = [
            {"field": name, "before": _held(fields[name], before), "after": _value(fields[name], after)}
            for name, (before, after) in planned.changes.items()
        ]
    if planned.candidates:
        document["duplicate"] = _duplicate(kind, planned)
    if planned.suspicions:
        document["suspects"] = [_suspect(each, planned) for each in planned.suspicions]
        document["notes"] = [*notes, *map(suspicion_text, planned.suspicions)]
    return document


def _conflict(params: Mapping[str, object]) -> dict[str, object]:
    """Return a cell that both sides changed: what was exported, what the program and the file say now."""
    part = f".{params['part']}" if params["part"] else ""
    said = {name: params[name] or None for name in ("base", "program", "file")}
    return {"field": f"{params['field']}{part}", "key": params["key"], "base_known": params["base_known"], **said}


def _suspect(suspicion: Suspicion, planned: PlannedRow) -> dict[str, Any]:
    """Return a figure that may be a slip of its unit, with both readings and the cell it stands in."""
    columns = planned.source.columns.items()
    letter = next((letter for letter, column in columns if column.target == suspicion.field), None)
    return {
        "field": suspicion.field,
        "label": label_of(suspicion.field),
        "column": letter,
        "slip": suspicion.slip.value,
        "stated_text": reading_text(suspicion, suspicion.stated),
        "other_text": reading_text(suspicion, suspicion.other),
        "text": suspicion_text(suspicion),
    }


def suspects_to_json(planned: Sequence[PlannedRow]) -> dict[str, Any]:
    """Return how many rows have figures that may be slips, and the columns where most have the same one."""
    seen: Counter[tuple[str, str, str]] = Counter()
    filled: Counter[tuple[str, str]] = Counter()
    for row in planned:
        filled.update((row.source.sheet, name) for name in SLIPS if name in row.record.values)
        seen.update({(row.source.sheet, each.field.partition(".")[0], each.slip.value) for each in row.suspicions})
    whole = [
        {"sheet": sheet, "field": name, "slip": slip, "rows": count, "of": filled[sheet, name]}
        for (sheet, name, slip), count in seen.items()
        if count >= A_COLUMN and count * 2 > filled[sheet, name]
    ]
    return {"rows": sum(bool(row.suspicions) for row in planned), "columns": whole}


def _duplicate(kind: str, planned: PlannedRow) -> dict[str, Any]:
    """Return what a row may be, in which fields it differs from the likeliest, and what was answered about it."""
    fields = IMPORT_FIELDS[kind]
    return {
        "key": row_key(planned.source.sheet, planned.record.row),
        "candidates": [_candidate(each, entry=planned.source.entry) for each in planned.candidates],
        "differs": [
            {
                "field": name,
                "label": _(fields[name].label),
                "known": _held(fields[name], known),
                "said": _value(fields[name], said),
                "known_text": masked(fields[name], value_to_text(fields[name], known)),
                "said_text": value_to_text(fields[name], said),
                "fills": known is None,
            }
            for name, (known, said) in planned.differs.items()
            if name != "code"
        ],
        "choice": answer_of(planned.choice) if planned.choice else None,
    }


def _candidate(candidate: Candidate, *, entry: bool) -> dict[str, Any]:
    params = candidate.why.params
    row = candidate.key if isinstance(candidate.key, Twin) else None
    return {
        "code": None if row else params.get("code"),
        "name": params.get("name"),
        "sheet": row.sheet if row else None,
        "row": row.row if row else None,
        "likelihood": params.get("likelihood"),
        "why": note_text(candidate.why, entry=entry),
    }


def _held(field: Field, value: object) -> object:
    """Return a value that the program holds, as everybody may see it (decisions 36)."""
    document = _value(field, value)
    return masked(field, document) if isinstance(document, str) else document


def _value(field: Field, value: object) -> object:
    return None if value is None else value_to_json(field, value)


def action_of(planned: PlannedRow) -> str:
    """Return the action of the contract.

    A row held back, written with a value left empty, or about a known lead whose step is refused is ``doubtful``.
    """
    if planned.effect is Effect.LEFT:
        return "skipped"
    written = planned.effect in (Effect.NEW, Effect.CHANGED)
    refused = any(note.doubtful for note in planned.notes)
    if planned.effect is Effect.HELD or refused or (written and planned.record.doubtful):
        return "doubtful"
    return planned.effect.value


def counts_of(understood: Understood, planned: Sequence[PlannedRow]) -> dict[str, int]:
    """Return the counts of the contract, and how many rows wait (``held``) or were left (``left``)."""
    effects = Counter(row.effect for row in planned)
    passed = sum(row.kind is not RowKind.BLANK for table in understood.tables for row in table.passed)
    return {
        "data": len(planned),
        **{effect.value: effects[effect] for effect in (Effect.NEW, Effect.CHANGED, Effect.SAME)},
        "doubtful": sum(action_of(row) == "doubtful" for row in planned),
        "faulty": effects[Effect.FAULTY],
        "skipped": passed,
        "held": effects[Effect.HELD],
        "left": effects[Effect.LEFT],
    }


def question_to_json(kind: str, question: Question) -> dict[str, Any]:
    """Return a question with its key, words, choices and the rows it is about."""
    return {
        "key": question.key,
        "text": question_text(question, IMPORT_FIELDS[kind]),
        "choices": list(question.choices),
        "choice_texts": [choice_text(question, choice) for choice in question.choices],
        "proposed": question.parameters.get("proposed") or None,
        "kind": question.code,
        "sheet": question.sheet or None,
        "column": question.column or None,
        "rows": [proof.row for proof in question.proofs],
        "last_time": question.last_time,
    }


def remembered_to_json(kind: str, understood: Understood) -> list[dict[str, Any]]:
    """Return what was said of the headings of a file before: what holds again, what is only offered, what differs."""
    questions = understood.questions
    asked = {question.key: question for question in (*questions.settled, *questions.open)}
    return [
        _remembered(kind, table, table.recalled, asked) for table in understood.tables if table.recalled is not None
    ]


def _remembered(kind: str, table: TableRead, recalled: Recalled, asked: Mapping[str, Question]) -> dict[str, Any]:
    memory = recalled.memory
    taken, offered = recalled.answers(table.table, table.place)
    here, there = layout_of(table.table).headings, memory.layout.headings
    holds = recalled.same or recalled.whole
    return {
        "sheet": table.sheet,
        "fingerprint": memory.fingerprint,
        "file": memory.file,
        "on": None if memory.on is None else memory.on.isoformat(),
        "by": memory.by,
        "same": recalled.same,
        "heading_named": memory.named,
        "columns": [
            {"header": heading, "holds": holds and heading in here, "said": said_to_json(said)}
            for heading, said in memory.columns.items()
        ],
        "answers": [
            _remembered_answer(kind, key, answer, asked.get(key), holds=key in taken)
            for key, answer in (taken | offered).items()
        ],
        "added": [heading for heading in here if heading not in there],
        "missing": [heading for heading in there if heading not in here],
    }


def _remembered_answer(kind: str, key: str, answer: str, question: Question | None, *, holds: bool) -> dict[str, Any]:
    """Return an answer of last time; a question this file does not ask has no words."""
    return {
        "key": key,
        "text": question_text(question, IMPORT_FIELDS[kind]) if question else None,
        "answer": answer,
        "answer_text": choice_text(question, answer) if question else answer,
        "holds": holds and question is not None and question.recalled,
    }
