"""How much of a workbook is read, and the refusal of what goes beyond (reliability.md §4.9).

The child process that parses imports this module; it stays light and knows no words.
"""

from __future__ import annotations

from typing import NamedTuple

MEGABYTE = 1 << 20


class Limits(NamedTuple):
    """What a workbook may cost. The largest ledgers of a province stay far below; bombs do not."""

    file_bytes: int = 100 * MEGABYTE
    part_bytes: int = 500 * MEGABYTE
    """One part of the package, unpacked."""
    total_bytes: int = 800 * MEGABYTE
    """All parts, unpacked."""
    ratio: int = 150
    """Unpacked to packed bytes of a part of more than a megabyte; sheets of real ledgers stay under 60."""
    parts: int = 10_000
    rows: int = 200_000
    columns: int = 512
    cells: int = 3_000_000
    """Cells of one sheet as they stand in the file, blank formatted ones too."""
    grid: int = 6_000_000
    """Rows times columns of all sheets together, up to their last filled cell."""
    merges: int = 50_000
    """Merged ranges of one sheet, where it is filled; a ledger of 765 rows was seen with 808."""
    merged_area: int = 1_000_000
    """Cells under the merged ranges of one sheet, where it is filled."""
    strings: int = 3_000_000
    styles: int = 65_490
    """Excel's own limit of cell formats."""
    depth: int = 64
    """Nesting of the parts that describe the package."""
    text: int = 40_000
    """Characters of one cell; Excel takes 32,767."""
    memory_bytes: int = 1024 * MEGABYTE
    """Address space of the child process."""
    seconds: int = 60
    """Wall time of the child process."""


class Refusal(Exception):  # noqa: N818  (not an error of the program: an answer about the file)
    """The file is not read; ``code`` says why (``words.REFUSALS``).

    Attributes:
        code: a key of ``words.REFUSALS``.
        sheet: the sheet it is about, or "".
        cell: the cell, such as ``XFD1048576``, or "".
        detail: a number or a name that the sentence needs, or "".
    """

    def __init__(self, code: str, *, sheet: str = "", cell: str = "", detail: object = "") -> None:
        super().__init__(code, sheet, cell, detail)
        self.code = code
        self.sheet = sheet
        self.cell = cell
        self.detail = str(detail)
