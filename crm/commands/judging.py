"""The threshold verdict of a stored lead, as of today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from crm.domain.thresholds import SEED, Judgement, case_from_values, judge


def judge_today(values: Mapping[str, object]) -> Judgement:
    """Return the verdict on a lead's fields by the rules in force today."""
    return judge(case_from_values(values), SEED, datetime.now(tz=UTC).astimezone().date())
