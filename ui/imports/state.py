"""What a person has said about a file on its way in: kept as a draft, so that it can be taken up again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from crm.domain.imports.texts import plain

DRAFT = "import"
"""The key of the draft: one file at a time."""

Said = Mapping[str, str | None] | None
"""Field and unit that were said of a heading; None: leave the column out."""


@dataclass(frozen=True, slots=True)
class ImportState:
    """One file and what was said about it.

    Attributes:
        path: the file.
        kind: leads, communities, funds or plots.
        sheet: the one sheet to take; "" for all visible ones.
        said: heading -> field and unit, as ``--map`` takes them.
        headings: sheet -> rows of its heading as a person named them, ``3-4``; the others are looked up.
        encoding: of a text file, as a person said; "" to find it out.
        answers: key of a question, or of a row that may be known -> answer.
        recall: what becomes of what was said of the same heading before: same, all or none.
    """

    path: Path
    kind: str = "leads"
    sheet: str = ""
    said: Mapping[str, Said] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    recall: str = "same"
    encoding: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)

    def with_said(self, heading: str, said: Said) -> ImportState:
        """Return the state after a heading was given a field."""
        return replace(self, said={**self.said, plain(heading): said})

    def without_said(self, heading: str) -> ImportState:
        """Return the state after a heading was left to the program again."""
        return replace(self, said={name: one for name, one in self.said.items() if name != plain(heading)})

    def with_heading(self, sheet: str, rows: str) -> ImportState:
        """Return the state after the heading rows of a sheet were named, or (with "") left to the program again."""
        headings = {name: one for name, one in self.headings.items() if name != sheet}
        return replace(self, headings=headings | ({sheet: rows} if rows else {}))

    def with_answer(self, key: str, answer: str) -> ImportState:
        """Return the state after a question was answered, or (with "") left open again."""
        answers = {name: one for name, one in self.answers.items() if name != key}
        return replace(self, answers=answers | ({key: answer} if answer else {}))

    def texts(self) -> dict[str, str]:
        """Return the draft: name -> text."""
        return {
            "path": str(self.path),
            "kind": self.kind,
            "sheet": self.sheet,
            "said": json.dumps(dict(self.said), ensure_ascii=False, sort_keys=True),
            "answers": json.dumps(dict(self.answers), ensure_ascii=False, sort_keys=True),
            "recall": self.recall,
            "encoding": self.encoding,
            "headings": json.dumps(dict(self.headings), ensure_ascii=False, sort_keys=True),
        }


def state_of(texts: Mapping[str, str]) -> ImportState:
    """Return the state that a draft holds."""
    said: dict[str, Any] = json.loads(texts["said"])
    answers: dict[str, str] = json.loads(texts["answers"])
    headings: dict[str, str] = json.loads(texts.get("headings", "{}"))  # a draft of an older version has none
    given = {name: texts[name] for name in ("kind", "sheet", "recall", "encoding")}
    return ImportState(Path(texts["path"]), said=said, answers=answers, headings=headings, **given)
