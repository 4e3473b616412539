"""Start to the first frame and to the first leads of a million, beside a bare PySide6 window (decision 17)."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench.start import ROOT
from bench.table import Line
from crm.i18n import DEFAULT_LANGUAGE, DOMAIN, compiled_catalogue
from crm.resources import resource_folder
from crm.settings import Settings, save_settings

FRAME_TIMES, LEADS_TIMES = 1.5, 3.0
"""Budgets of issues 3 and 5: the frame in 1.5, the first leads in 3 times a bare window's start."""


class _Start(NamedTuple):
    """Milliseconds from the start of the process until the paint: by the clock, and of the processor."""

    clock: float
    processor: float


def lines(database: Path, rounds: int = 15) -> list[Line]:
    """Return the best of the starts, all taken in turn, by the clock and of the processor."""
    starts: dict[str, list[_Start]] = {"bare": [], "frame": [], "leads": []}
    with TemporaryDirectory() as home:
        around = _around(Path(home))
        for turn in range(rounds + 1):
            for what, taken in starts.items():
                one = _start(around, what, *([] if what == "bare" else [str(database)]))
                if turn:  # the first one writes the byte code and reads the files
                    taken.append(one)
    return [
        *_beside(starts, "frame", "frame painted", FRAME_TIMES),
        *_beside(starts, "leads", "first page of leads painted", LEADS_TIMES),
    ]


def _beside(starts: dict[str, list[_Start]], which: str, what: str, times: float) -> list[Line]:
    found = []
    for field, how in (("clock", "by the clock"), ("processor", "of the processor")):
        ours, floor = (min(getattr(one, field) for one in starts[name]) for name in (which, "bare"))
        found.append(
            Line(f"start, {what}, {how}", ours, "a bare window's start", floor, times * floor, f"{times:g} x the floor")
        )
    return found


def _around(home: Path) -> dict[str, str]:
    """Return the environment of a start: offscreen, with what a second start finds: settings, byte code, catalogue."""
    around = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    around |= {"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":none", "XDG_CONFIG_HOME": str(home)}
    save_settings(Settings(), home / "xiangtu")
    source = resource_folder() / "locale" / DEFAULT_LANGUAGE / "LC_MESSAGES" / f"{DOMAIN}.po"
    source.with_suffix(".mo").write_bytes(compiled_catalogue(source))
    return around


def _start(around: dict[str, str], *words: str) -> _Start:
    command = (sys.executable, "-m", "bench.window_child", *words)
    before = time.monotonic_ns()
    ended = subprocess.run(command, cwd=ROOT, env=around, check=True, stdout=subprocess.PIPE)
    at, spent = map(int, ended.stdout.split())
    return _Start((at - before) / 1e6, spent / 1e6)
