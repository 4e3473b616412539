"""What the importer has to say about a cell, a column or a row: a code and its parameters; words come at the edge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Note:
    """One remark.

    Attributes:
        code: what is said; :mod:`crm.domain.imports.explain` has the words.
        params: what goes into them: texts, and the reasons of a duplicate.
        doubtful: the value it is about was left empty (decisions 35).
    """

    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    doubtful: bool = False
