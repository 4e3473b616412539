"""Long work over many transactions: a generator that yields progress and returns its result (architecture.md §9).

It yields between transactions; closing it cancels, and whole steps remain.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is.

    Attributes:
        done: steps done.
        total: all steps, or None where that is not known.
        text: what is being done, in the user's language.
    """

    done: int
    total: int | None
    text: str = ""


Job: TypeAlias = Generator[Progress, None, Result]
"""A job; its result comes with ``StopIteration`` (``yield from`` gives it)."""


def finish(job: Job[Result], tell: Callable[[Progress], object] | None = None) -> Result:
    """Run a job to its end, telling each step where somebody looks; return its result."""
    while True:
        try:
            step = next(job)
        except StopIteration as end:
            result: Result = end.value
            return result
        if tell is not None:
            tell(step)


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep Python from looking for cycles among millions of new objects that all stay: a fifth of the time.

    At the end they are put among the old ones: else the first step after it would look through them all.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.freeze()
            gc.unfreeze()
            gc.enable()
