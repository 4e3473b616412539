"""One line of the table a figure, and how figures are taken: alternating with their floor, in the same run."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

from crm.commands.layout import columns


@dataclass(frozen=True, slots=True)
class Line:
    """One figure.

    Attributes:
        what: what was measured.
        ours: in milliseconds, or None when it could not run.
        beside: the floor or peer of the same run.
        theirs: its figure in milliseconds, or None.
        limit: the most ours may be, in milliseconds, or None where no budget is set.
        budget: the budget in words.
    """

    what: str
    ours: float | None
    beside: str = ""
    theirs: float | None = None
    limit: float | None = None
    budget: str = ""

    @property
    def kept(self) -> bool | None:
        """Whether the budget is kept; None where there is none."""
        if self.limit is None:
            return None
        return self.ours is not None and self.ours <= self.limit

    def cells(self) -> tuple[str, ...]:
        """Return the line as the table shows it."""
        ratio = f"{self.ours / self.theirs:.2f}x" if self.ours is not None and self.theirs else ""
        kept = {True: "yes", False: "NO", None: ""}[self.kept]
        return (self.what, _shown(self.ours), self.beside, _shown(self.theirs), ratio, self.budget, kept)


HEAD = ("what", "ours", "floor or peer", "theirs", "ratio", "budget", "kept")


def table(lines: Sequence[Line]) -> str:
    """Return the lines as a table."""
    return "\n".join(columns([HEAD, *(line.cells() for line in lines)]))


def machine() -> str:
    """Return what the figures were taken on, and how busy it was."""
    cpu = next(
        (
            line.split(":", 1)[1].strip()
            for line in _text("/proc/cpuinfo").splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    load = " ".join(f"{each:.2f}" for each in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"
    memory = _text("/proc/meminfo").split("\n", 1)[0].split()[1:2]
    gib = f"{int(memory[0]) / 2**20:.0f} GiB" if memory else "unknown memory"
    return f"{os.cpu_count()} x {cpu}, {gib}, Python {platform.python_version()}, {platform.system()}; load {load}"


def once(work: Callable[[], object], clock: Callable[[], float] = perf_counter) -> float:
    """Return how long a piece of work takes, in milliseconds of the clock."""
    start = clock()
    work()
    return (clock() - start) * 1000


def processor(work: Callable[[], object]) -> float:
    """Return what a piece of work and its child processes take of the processors, in milliseconds."""
    before = _spent()
    work()
    return (_spent() - before) * 1000


def _spent() -> float:
    children = os.times()
    return process_time() + children.children_user + children.children_system


def best(work: Callable[[], object], runs: int = 3) -> float:
    """Return the best of some runs: what the work costs, not what else the machine was doing."""
    return min(once(work) for _run in range(runs))


def alternating(
    rounds: int, *works: Callable[[], object], clock: Callable[[], float] = perf_counter
) -> list[list[float]]:
    """Return the times of each piece of work in milliseconds: all of them in turn, again and again."""
    times: list[list[float]] = [[] for _work in works]
    for _round in range(rounds):
        for place, work in enumerate(works):
            times[place].append(once(work, clock))
    return times


def median(times: Sequence[float]) -> float:
    """Return the middle one."""
    return statistics.median(times)


def percentile95(times: Sequence[float]) -> float:
    """Return the time that 95 of 100 stay below."""
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]


def _shown(milliseconds: float | None) -> str:
    if milliseconds is None:
        return "-"
    return f"{milliseconds / 1000:.2f} s" if milliseconds >= 1000 else f"{milliseconds:.3g} ms"


def _text(path: str) -> str:
    file = Path(path)
    return file.read_text(encoding="utf-8") if file.exists() else ""
