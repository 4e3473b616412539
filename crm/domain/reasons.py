"""Why a rule decided as it did: a code and its parameters; words are made at the edge, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, note or remark of a verdict.

    Attributes:
        code: names the sentence.
        parameters: what the sentence speaks of, as domain values (Decimal, str codes, dates), not yet rounded.
    """

    code: str
    parameters: Mapping[str, object] = field(default_factory=dict)
