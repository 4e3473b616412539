"""Which cell of a form takes which field: what somebody pointed at, by place, kept apart from how it is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from crm.domain.exchange.form_marks import has_marks
from crm.domain.imports.grid import cell_name

STAR = "*"
"""Before a mark: its row is written once for every lead."""


class Pointing:
    """The marks of one form; one row of a sheet may repeat for every lead."""

    def __init__(self, own: Mapping[str, str], said: Mapping[str, str] | None = None) -> None:
        self._own = dict(own)
        self._said = dict(said or {})

    @property
    def mapping(self) -> dict[str, str]:
        """Place (``表1!B5``) → mark without braces, as a filling takes it."""
        return dict(self._said)

    @property
    def empty(self) -> bool:
        """Whether the form has no mark at all, of its own or pointed at."""
        return not (self._said or self._own)

    @property
    def repeats(self) -> bool:
        """Whether some row is written once for every lead."""
        return any(mark.startswith(STAR) for mark in self._said.values()) or any(
            has_marks(text) and "{{*" in text.replace(" ", "") for text in self._own.values()
        )

    def at(self, sheet: str, row: int, column: int) -> str:
        """Return the mark that was pointed to a cell, without its star; "" for none. Counted from 0."""
        return self._said.get(_place(sheet, row, column), "").removeprefix(STAR)

    def own_at(self, sheet: str, row: int, column: int) -> str:
        """Return the text with marks that stands in a cell of the form itself; "" for none."""
        return self._own.get(_place(sheet, row, column), "")

    def row_repeats(self, sheet: str, row: int) -> bool:
        """Whether the marks of a row have a star."""
        return any(self._said[place].startswith(STAR) for place in self._in_row(sheet, row))

    def put(self, sheet: str, row: int, column: int, mark: str) -> None:
        """Point a mark to a cell, "" to take it away; in a row that repeats it repeats too."""
        place = _place(sheet, row, column)
        star = STAR if self.row_repeats(sheet, row) else ""
        self._said.pop(place, None)
        if mark:
            self._said[place] = star + mark

    def repeat(self, sheet: str, row: int, *, on: bool) -> None:
        """Let a row be written once for every lead, and no other row of its sheet; or once only."""
        for place, mark in list(self._said.items()):
            if place.startswith(f"{sheet}!"):
                bare = mark.removeprefix(STAR)
                self._said[place] = STAR + bare if on and place in set(self._in_row(sheet, row)) else bare

    def _in_row(self, sheet: str, row: int) -> Iterator[str]:
        for place in self._said:
            name, _mark, cell = place.rpartition("!")
            if name == sheet and cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == str(row + 1):
                yield place


def _place(sheet: str, row: int, column: int) -> str:
    return f"{sheet}!{cell_name(row, column)}"
