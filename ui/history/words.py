"""Change sets and imports in words."""

from __future__ import annotations

from collections.abc import Mapping

from crm.domain.fields.registry import KIND_LABELS, RECORD_FIELDS
from crm.domain.fields.words import list_mark
from crm.i18n import N_, _
from crm.queries.change_log import BatchRow, RecordChange
from crm.queries.history import ChangeSetRow
from ui.widgets.history_card import change_text

SET_KINDS = {
    "edit": N_("edit"),
    "import": N_("import"),
    "undo": N_("undo"),
    "redo": N_("redo"),
    "restore": N_("restore"),
    "merge": N_("merge"),
    "seed": N_("first contents"),
}
"""What made a change set."""

DATA_KINDS = {
    "rule_set": N_("Rule set"),
    "rule": N_("Threshold rule"),
    "entry": N_("Dictionary entry"),
    "follow_up": N_("Follow-up"),
    "task": N_("Task"),
    "saved_view": N_("Saved view"),
    "frozen_report": N_("Frozen report"),
}
"""What else the history notes beside records."""

COUNTS = {
    "data": N_("rows"),
    "new": N_("new"),
    "changed": N_("changed"),
    "same": N_("same as before"),
    "doubtful": N_("doubtful"),
    "faulty": N_("faulty, not written"),
    "skipped": N_("skipped"),
}
"""What became of the rows of a file."""


def moment(row: ChangeSetRow) -> str:
    """Return when it was, in the time of this machine."""
    return row.at.astimezone().strftime("%Y-%m-%d %H:%M")


def state(row: ChangeSetRow) -> str:
    """Return whether it is taken back."""
    return _("taken back") if row.undone else ""


def set_kind(row: ChangeSetRow) -> str:
    """Return what made it."""
    return _(SET_KINDS[row.kind]) if row.kind in SET_KINDS else row.kind


def set_line(row: ChangeSetRow) -> tuple[str, ...]:
    """Return a change set as a line of the list."""
    return str(row.id), moment(row), row.by, set_kind(row), f"{row.records:,}", state(row), row.file or row.why


def batch_line(batch: BatchRow) -> tuple[str, ...]:
    """Return an import as a line of the list."""
    row, counts = batch.change_set, batch.counts
    told = (f"{counts.get(name, 0):,}" for name in ("data", "new", "changed", "doubtful", "faulty"))
    return str(row.id), moment(row), row.by, kind_word(batch.kind), *told, state(row), batch.file


def counts_text(counts: Mapping[str, int]) -> str:
    """Return what became of the rows of a file, in a line."""
    told = (f"{_(COUNTS[name])} {counts[name]:,}" for name in COUNTS if counts.get(name))
    return list_mark().join(told)


def kind_word(kind: str) -> str:
    """Return what people call a kind of record or of data."""
    label = KIND_LABELS.get(kind) or DATA_KINDS.get(kind)
    return _(label) if label else kind


def record_title(record: RecordChange) -> str:
    """Return which record was changed."""
    parts = (kind_word(record.kind), record.code, record.name)
    return " ".join(part for part in parts if part)


def record_lines(record: RecordChange) -> list[str]:
    """Return what was changed of a record, a line each; contacts masked."""
    fields = RECORD_FIELDS.get(record.kind, {})
    return [change_text(change, fields) for change in record.changes]
