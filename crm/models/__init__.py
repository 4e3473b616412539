"""The tables (SQLModel): columns, keys, indexes; no behaviour, no relationship."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm.models.communities import Community
from crm.models.dictionaries import Entry
from crm.models.funds import Fund
from crm.models.history import ChangeLine, ChangeSet, Counter, Fact
from crm.models.imports import ImportBatch, Provenance
from crm.models.kinds import RecordModels
from crm.models.leads import Lead
from crm.models.plots import PlotOfLand
from crm.models.records import RecordColumns
from crm.models.releases import ReleasedDocument
from crm.models.statistics import FrozenReport
from crm.models.thresholds import Rule, RuleSet
from crm.models.types import table_of
from crm.models.working import Draft, FollowUp, SavedView, Standing, Task

WRITTEN: Mapping[str, type[RecordColumns]] = {
    "leads": Lead,
    "communities": Community,
    "funds": Fund,
    "plots": PlotOfLand,
}
RECORD_MODELS = RecordModels(WRITTEN)
"""The table of each kind of record, by the word ``crm.domain.fields.registry`` uses for it."""

DATA_MODELS: Mapping[str, type[RuleSet | Rule | Entry | FollowUp | Task | SavedView | FrozenReport]] = {
    "rule_set": RuleSet,
    "rule": Rule,
    "entry": Entry,
    "follow_up": FollowUp,
    "task": Task,
    "saved_view": SavedView,
    "frozen_report": FrozenReport,
}
"""The tables of rules, dictionaries, follow-ups, tasks, views and frozen reports: in the history too."""

for _model in (*WRITTEN.values(), *DATA_MODELS.values()):
    _mapper: Any = _model.__mapper__  # type: ignore[union-attr]  # SQLModel has no word for the version column
    _mapper.version_id_col = table_of(_model).c.version

__all__ = [
    "DATA_MODELS",
    "RECORD_MODELS",
    "ChangeLine",
    "ChangeSet",
    "Community",
    "Counter",
    "Draft",
    "Entry",
    "Fact",
    "FollowUp",
    "FrozenReport",
    "Fund",
    "ImportBatch",
    "Lead",
    "PlotOfLand",
    "Provenance",
    "RecordColumns",
    "ReleasedDocument",
    "Rule",
    "RuleSet",
    "SavedView",
    "Standing",
    "Task",
    "table_of",
]
