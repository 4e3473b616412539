"""From blocks of words to boxes with a height."""

from __future__ import annotations

from reports.bars import BarsBox
from reports.boxes import Box, SignBox, TextBox
from reports.charts import ChartBox
from reports.content import (
    Bars,
    Block,
    Body,
    Centred,
    Document,
    Frontier,
    Heading,
    Line,
    Note,
    Signatures,
    Table,
    Title,
    Words,
)
from reports.fonts import FontSet, Role
from reports.styles import TEXT_WIDTH, Sheet, Style
from reports.tables import table_box
from reports.typeset import Laid, lay

HEADER = Style(Role.TITLE, 16, 30)
"""The unit's own header text: black and plain; a brief is not an official document (decisions 10, 11)."""


def boxes_of(document: Document, sheet: Sheet, fonts: FontSet) -> list[Box]:
    """Return the boxes of a document in order."""
    made = _Maker(sheet, fonts)
    boxes: list[Box] = [made.header(document.header)] if document.header else []
    above: Block | None = None
    for number, block in enumerate(document.blocks):
        boxes.append(made.box(block, number, above))
        above = block
    return boxes


class _Maker:
    """Makes boxes of one density and one set of fonts."""

    def __init__(self, sheet: Sheet, fonts: FontSet) -> None:
        self._sheet = sheet
        self._fonts = fonts

    def header(self, text: str) -> Box:
        return TextBox(lay((Words(text),), HEADER, TEXT_WIDTH, self._fonts), stays=True)

    def box(self, block: Block, number: int, above: Block | None) -> Box:
        """Return the box of a block; ``number`` names its bookmark; nothing touches a table or chart ``above`` it."""
        apart = self._sheet.apart
        match block:
            case Title() | Heading() | Centred() | Body() | Note():
                return self._text(block, number, apart if isinstance(above, Table | Frontier | Bars) else 0.0)
            case Signatures(labels):
                laid = tuple(self._lay((Words(label),), self._sheet.cell) for label in labels)
                return SignBox(laid, self._sheet.cell, TEXT_WIDTH, self._sheet.gap)
            case Table():
                style, pad = self._sheet.cell, self._sheet.pad
                return table_box(block, style, TEXT_WIDTH, self._fonts, pad=pad, above=apart)
            case Bars():
                return BarsBox(block, self._sheet.note, TEXT_WIDTH, self._fonts, apart, self._sheet.chart)
            case Frontier():
                return ChartBox(block, self._sheet.note, TEXT_WIDTH, self._fonts, apart, self._sheet.chart)
            case _:
                raise TypeError(f"no way to lay out {type(block).__name__}")

    def _text(self, block: Title | Heading | Centred | Body | Note, number: int, apart: float) -> Box:
        sheet = self._sheet
        match block:
            case Title(text, keep, _where):
                laid = lay((Words(text),), sheet.title, TEXT_WIDTH, self._fonts, keep=keep)
                return TextBox(laid, sheet.gap, stays=True, role="H1")
            case Heading(text, level):
                laid = self._lay((Words(text),), sheet.heading if level == 1 else sheet.subheading)
                mark = (f"b{number}", text, level - 1)
                return TextBox(laid, max(sheet.gap, apart), stays=True, bookmark=mark, role=f"H{level + 1}")
            case Centred(words):
                return TextBox(self._lay(words, sheet.centred), 1)
            case Body(words):
                return TextBox(self._lay(words, sheet.body), apart)
            case Note(words, with_next):
                return TextBox(self._lay(words, sheet.note), max(3.0, apart * 0.6), with_next)

    def _lay(self, words: Line, style: Style) -> Laid:
        return lay(words, style, TEXT_WIDTH, self._fonts)
