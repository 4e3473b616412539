"""The names people see of columns (A) and cells (A1), which are counted from 0 in the program.

By itself, for the process that parses a workbook loads nothing it can do without.
"""

from __future__ import annotations


def column_letter(column: int) -> str:
    """Return the letters of a column counted from 0: 0 is A, 25 is Z, 26 is AA."""
    if column < 0:
        raise ValueError(f"a column is counted from 0, not {column}")
    letters = ""
    rest = column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell, both counted from 0: (0, 0) is A1, (9, 27) is AB10."""
    return f"{column_letter(column)}{row + 1}"


def column_number(letters: str) -> int:
    """Return the column of its letters, counted from 0: A is 0, AA is 26.

    Raises:
        ValueError: ``letters`` is empty or holds more than the letters A to Z.
    """
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise ValueError(f"not a column: {letters!r}")
        number = number * 26 + ord(letter) - ord("A") + 1
    if not number:
        raise ValueError(f"not a column: {letters!r}")
    return number - 1
