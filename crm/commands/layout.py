"""Lines and columns for a terminal: a Chinese character is two wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence


def width(text: str) -> int:
    """Return how many columns a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def columns(rows: Iterable[Sequence[str]], gap: int = 2) -> list[str]:
    """Return rows as lines whose cells stand below each other; the last cell is as long as it likes, in lines too."""
    table = [list(row) for row in rows]
    widths = [max(map(width, cells)) for cells in zip(*(row[:-1] for row in table), strict=True)] if table else []
    below = "\n" + " " * sum(room + gap for room in widths)
    return [
        "".join(cell + " " * (room - width(cell) + gap) for cell, room in zip(row[:-1], widths, strict=True))
        + row[-1].replace("\n", below)
        for row in table
    ]
