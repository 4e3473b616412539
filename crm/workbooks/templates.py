"""An empty workbook to fill in: headings the program reads without a question, drop-downs, and how to fill it in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from crm.domain.imports.grid import column_letter
from crm.files import save_bytes
from crm.workbooks.ledgers import Look

ROWS = 500
"""Rows that are ready to be filled in."""

_FONT = "宋体"
_HEAD = 1
_NARROWEST, _WIDEST = 10, 30
_LOOKS = {Look.CODE: "@", Look.DATE: "yyyy-mm-dd", Look.TEXT: "General"}


@dataclass(frozen=True, slots=True)
class Blank:
    """A column to fill in.

    Attributes:
        heading: with its unit.
        look: how what is typed is kept: a code stays a text.
        help: what to write, in one sentence.
        example: of a good entry.
        choices: of a drop-down; () for none. Another entry is let in: the importer asks about it.
    """

    heading: str
    look: Look
    help: str
    example: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """The whole form.

    Attributes:
        name: of the sheet to fill in.
        title: above it.
        columns: in order.
        instructions: name of the sheet that explains, and its lines before the table of columns.
        words: headings of that table: column, what to write, example, choices.
        lists: name of the hidden sheet with the choices.
    """

    name: str
    title: str
    columns: Sequence[Blank]
    instructions: str
    lines: Sequence[str]
    words: tuple[str, str, str, str]
    lists: str


def write_template(path: Path, template: Template, *, made_at: datetime) -> None:
    """Save the form.

    Raises:
        FileRefusedError: it cannot be written there.
    """
    import xlsxwriter  # noqa: PLC0415  (only when something is written)

    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": made_at})
    _Form(book, template).make()
    book.close()
    save_bytes(path, target.getvalue())


class _Form:
    """The sheets of a form in the making."""

    def __init__(self, book: Any, template: Template) -> None:  # noqa: ANN401  (xlsxwriter has no types)
        self._book = book
        self._template = template
        base = {"font_name": _FONT, "text_wrap": True, "valign": "vcenter"}
        self._title = book.add_format({**base, "bold": True, "font_size": 16, "align": "center", "text_wrap": False})
        self._heading = book.add_format({**base, "bold": True, "bg_color": "#D9D9D9", "border": 1, "align": "center"})
        self._words = book.add_format({**base, "valign": "top"})
        self._cells = {look: book.add_format({**base, "num_format": code}) for look, code in _LOOKS.items()}

    def make(self) -> None:
        """Make the three sheets."""
        page = self._book.add_worksheet(self._template.name)
        self._explain(self._book.add_worksheet(self._template.instructions))
        lists = self._book.add_worksheet(self._template.lists)
        lists.hide()
        columns = self._template.columns
        page.merge_range(0, 0, 0, len(columns) - 1, "", self._title)
        page.write_string(0, 0, self._template.title, self._title)
        for place, column in enumerate(columns):
            self._column(page, place, column)
            if column.choices:
                self._drop_down(page, lists, place, column)
        page.freeze_panes(_HEAD + 1, 2)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.repeat_rows(0, _HEAD)

    def _column(self, page: Any, place: int, column: Blank) -> None:  # noqa: ANN401  (as above)
        page.write_string(_HEAD, place, column.heading, self._heading)
        page.write_comment(_HEAD, place, "\n".join(part for part in (column.help, column.example) if part))
        width = len(column.heading.encode("gbk", "replace")) + 4
        look = self._cells.get(column.look, self._cells[Look.TEXT])
        page.set_column(place, place, max(_NARROWEST, min(_WIDEST, width)), look)

    def _drop_down(self, page: Any, lists: Any, place: int, column: Blank) -> None:  # noqa: ANN401  (as above)
        for row, choice in enumerate(column.choices):
            lists.write_string(row, place, choice)
        letter = column_letter(place)
        source = f"='{self._template.lists}'!${letter}$1:${letter}${len(column.choices)}"
        rule = {"validate": "list", "source": source, "error_type": "information"}
        page.data_validation(_HEAD + 1, place, _HEAD + ROWS, place, rule)

    def _explain(self, page: Any) -> None:  # noqa: ANN401  (as above)
        for place, width in enumerate((26, 60, 30, 50)):
            page.set_column(place, place, width, self._words)
        for row, line in enumerate(self._template.lines):
            page.write_string(row, 0, line)
        head = len(self._template.lines) + 1
        for place, word in enumerate(self._template.words):
            page.write_string(head, place, word, self._heading)
        for row, column in enumerate(self._template.columns, head + 1):
            for place, text in enumerate((column.heading, column.help, column.example, "、".join(column.choices))):
                page.write_string(row, place, text, self._words)
