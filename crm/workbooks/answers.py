"""What the child process says: lines of JSON, each flushed to the parent as it is ready."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from crm.workbooks.cells import SheetCells
from crm.workbooks.limits import Refusal


class Answers:
    """The lines of one workbook: first ``begin``, then the sheets, last ``end`` or ``refuse``."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._notes: list[tuple[str, str, str]] = []  # code, sheet, detail

    def begin(self, kind: str, digest: str, **more: str) -> None:
        """Say what the file is."""
        self._say({"kind": kind, "sha256": digest, **more})

    def sheet(self, about: dict[str, Any], cells: SheetCells, rows: Iterable[Sequence[Any]]) -> None:
        """Say what a sheet is and what it holds."""
        self._say({"about": about})
        for lines, special in cells.chunks(rows):
            self._say({"rows": lines, "special": special})
        if cells.controls:
            self.note("controls", about["name"], str(cells.controls))

    def note(self, code: str, sheet: str = "", detail: str = "") -> None:
        """Remember something to know about the workbook."""
        self._notes.append((code, sheet, detail))

    def end(self) -> None:
        """Say that all has been said."""
        self._say({"end": True, "notes": self._notes})

    def refuse(self, refusal: Refusal) -> None:
        """Say that the workbook is not read, and why."""
        self._say(
            {"refused": refusal.code, "sheet": refusal.sheet, "cell": refusal.cell, "detail": refusal.detail[:300]}
        )

    def _say(self, line: dict[str, Any]) -> None:
        self._out.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        self._out.flush()
