"""``xiangtu check`` as a whole process, beside an empty Python."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bench.table import Line, alternating

ROOT = Path(__file__).resolve().parent.parent
CHECK = ("main.py", "check", "--area", "高铁新城", "--land", "25亩", "--tax", "5000万元", "--json")
TIMES_EMPTY, MORE_MILLISECONDS = 3, 150


def lines(rounds: int = 15) -> list[Line]:
    """Return the best of the starts, each taken in turn with an empty process."""
    empty, check = alternating(rounds, lambda: _run("-c", "pass"), lambda: _run(*CHECK))
    limit = TIMES_EMPTY * min(empty) + MORE_MILLISECONDS
    budget = f"{TIMES_EMPTY} x empty + {MORE_MILLISECONDS} ms"
    return [Line("xiangtu check, whole process", min(check), "python -c pass", min(empty), limit, budget)]


def _run(*words: str) -> None:
    subprocess.run((sys.executable, *words), cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
