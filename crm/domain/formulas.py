"""A text that a spreadsheet would reckon as a formula gets an apostrophe wherever it leaves (reliability.md §4.10)."""

from __future__ import annotations

import re

_PREFIXED = re.compile(r"'+\s*[=+\-@\t\r\n＝＋－＠]")
"""What our own exports write for such a text."""


def prefixed(cell: str) -> str:
    """Return the cell as our exports write it; ``unprefixed`` takes it back exactly."""
    return f"'{cell}" if _PREFIXED.match(f"'{cell}") else cell


def unprefixed(cell: str) -> str:
    """Return the cell without the apostrophe our own exports put before what looks like a formula."""
    return cell[1:] if cell.startswith("'") and _PREFIXED.match(cell) else cell
