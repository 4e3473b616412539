"""A csv or tab-separated file, or a pasted block, as rows of text: which encoding, which separator, what it says.

Nothing is made a number here: a telephone number and 0012 stay what they are.
"""

from __future__ import annotations

import csv
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from io import StringIO
from typing import NamedTuple

from crm.domain.formulas import unprefixed
from crm.domain.imports.cell_names import cell_name
from crm.workbooks.limits import Limits, Refusal

_SEPARATORS = "\t,;|"  # where two cut alike, the one that texts hold less often
_PLAUSIBLE = 0.6
"""Share of everyday characters below which a text was read in the wrong encoding; real Chinese has more than 0.9."""

_ENOUGH = 4
"""Characters beyond ASCII before the first wrong byte, from which on a file is UTF-8 with a damage."""


ENCODINGS = {"UTF-8": "utf-8-sig", "GB18030": "gb18030", "Big5": "big5", "UTF-16": "utf-16"}
"""The encodings a person may name, and Python's words for them."""

_PUNCTUATION = frozenset("　、。〃〈〉《》「」『』【】〔〕·—…‘’“”￥×℃㎡②③④⑤①") | {
    chr(code) for code in range(0xFF00, 0xFFF0)
}
"""Signs that stand in Chinese texts of any encoding, and say nothing of it."""

_PREVIEW = 40
"""Characters shown of a text whose encoding is in doubt."""

_CLEARLY = 0.2
"""By how much Big5 must fit better than GB18030 for a text that fits both to be asked about."""


class Text(NamedTuple):
    """A text file as rows.

    Attributes:
        rows: equally long rows of texts; "" is blank.
        encoding: in which it was read.
        separator: between its columns.
        notes: codes of what the user should know.
    """

    rows: list[list[str]]
    encoding: str
    separator: str
    notes: list[str]


def read_text(content: bytes, limits: Limits, encoding: str = "") -> Text:
    """Return the rows of a text file; ``encoding`` is what a person said, one of ``ENCODINGS``.

    Raises:
        Refusal: its encoding is none of those known or not sure, a quotation mark is never closed, or it is too large.
    """
    text, encoding = _decode_as(content, encoding) if encoding else decode(content)
    rows, separator, loose = split(text, limits)
    notes = [code for code, holds in (("big5", encoding == "Big5"), ("quotes", loose)) if holds]
    return Text(rows, encoding, separator, notes)


def decode(content: bytes) -> tuple[str, str]:
    """Return the text of a file and the name of its encoding: by its mark, else UTF-8, else GB18030.

    A file in Big5 decodes as GB18030 too, as nonsense; it is told apart by its rare characters.

    Raises:
        Refusal: none of them fits.
    """
    if content.startswith(BOM_UTF8):
        return _utf8(content[len(BOM_UTF8) :], marked=True) or "", "UTF-8"
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        try:
            return content.decode("utf-16"), "UTF-16"
        except UnicodeDecodeError as error:
            raise Refusal("encoding_damaged", detail=f"UTF-16, {error.start}") from error
    text = _utf8(content, marked=False)
    if text is not None:
        return text, "UTF-8"
    return _decode_chinese(content)


def _utf8(content: bytes, *, marked: bool) -> str | None:
    """Return the text, or None when the file is not UTF-8 at all.

    Raises:
        Refusal: it is UTF-8, but damaged.
    """
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        if marked or sum(not character.isascii() for character in before) >= _ENOUGH:
            raise Refusal("encoding_damaged", detail=f"UTF-8, {before.count(chr(10)) + 1}") from error
        return None


def _decode_as(content: bytes, encoding: str) -> tuple[str, str]:
    """Return the text of a file in the encoding a person named, and its name.

    Raises:
        Refusal: it is not in that encoding.
    """
    try:
        return content.decode(ENCODINGS[encoding]), encoding
    except UnicodeDecodeError as error:
        raise Refusal("encoding_damaged", detail=f"{encoding}, {error.start}") from error


def _decode_chinese(content: bytes) -> tuple[str, str]:
    """Return the text of a file in GB18030 or Big5: what fits plainly; what fits neither or both is asked.

    Raises:
        Refusal: neither fits, or it is not sure which.
    """
    simple, simple_share = _tried(content, "gb18030", ("gb2312", 0xB0, 0xD7))
    other, other_share = _tried(content, "big5", ("big5", 0xA4, 0xC6))
    if simple is None and other is None:
        raise Refusal("encoding")
    if simple is not None and simple_share >= _PLAUSIBLE and other_share < simple_share + _CLEARLY:
        return simple, "GB18030"
    if other is not None and other_share >= _PLAUSIBLE and simple_share < _PLAUSIBLE:
        return other, "Big5"
    if simple is not None and other is None:
        return simple, "GB18030"
    raise Refusal("encoding_doubt", detail="  ".join(_previews(simple, other)))


def _tried(content: bytes, encoding: str, everyday: tuple[str, int, int]) -> tuple[str | None, float]:
    """Return the text in an encoding and how much of it is everyday words; None and 0 when it is not in it."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None, 0
    return text, _everyday(text, *everyday)


def _previews(simple: str | None, other: str | None) -> Iterator[str]:
    """Give the beginning of a text in each encoding, as far as it is beyond ASCII."""
    for name, text in (("GB18030", simple), ("Big5", other)):
        if text is not None:
            shown = " ".join(text.split())[:_PREVIEW]
            yield f"{name}: {shown}"


def _everyday(text: str, encoding: str, first: int, last: int) -> float:
    """Return the share of everyday ideographs (lead bytes first to last) among the characters beyond ASCII.

    Punctuation does not count; what a wrong encoding makes of ideographs (kana, accents, private signs) does.
    """
    counted = [character for character in text[:200_000] if not character.isascii() and character not in _PUNCTUATION]
    codes = [
        character.encode(encoding, errors="ignore")[:1] for character in counted if "\u3400" <= character <= "\u9fff"
    ]
    return sum(bool(code) and first <= code[0] <= last for code in codes) / len(counted) if counted else 1.0


def split(text: str, limits: Limits, separator: str = "") -> tuple[list[list[str]], str, bool]:
    """Return the rows of a text, its separator, and whether its quotation marks are used loosely.

    Raises:
        Refusal: a quotation mark is never closed, or there are too many rows, columns or characters in a cell.
    """
    separator = separator or _separator(text)
    before = csv.field_size_limit(limits.text)  # of the whole process: others read csv too
    try:
        rows, loose = _strictly_or_loosely(text, separator, limits)
    finally:
        csv.field_size_limit(before)
    while rows and not any(rows[-1]):
        rows.pop()
    width = max(map(len, rows), default=0)
    if len(rows) * width > limits.grid:
        raise Refusal("grid", detail=limits.grid)
    return [row + [""] * (width - len(row)) for row in rows], separator, loose


def _strictly_or_loosely(text: str, separator: str, limits: Limits) -> tuple[list[list[str]], bool]:
    try:
        return _rows(text, separator, limits, strict=True), False
    except csv.Error as error:
        if "unexpected end" in str(error) or "field larger" in str(error):
            raise Refusal("quote", detail=_unclosed(text, separator)) from error
        return _rows(text, separator, limits, strict=False), True


def _rows(text: str, separator: str, limits: Limits, *, strict: bool) -> list[list[str]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=strict)
    rows: list[list[str]] = []
    for row in reader:
        if len(rows) >= limits.rows:
            raise Refusal("rows", cell=cell_name(limits.rows, 0), detail=limits.rows)
        if len(row) > limits.columns:
            raise Refusal("columns", cell=cell_name(len(rows), len(row) - 1), detail=limits.columns)
        rows.append([unprefixed(cell) for cell in row])
    return rows


def _separator(text: str) -> str:
    """Return the separator that cuts the first rows into the most columns, most evenly; a comma when none does."""
    sample = text[:20_000]
    best, most = ",", 0
    for separator in _SEPARATORS:
        widths = [len(row) for row in csv.reader(StringIO(sample, newline=""), delimiter=separator) if any(row)]
        cells = max((widths.count(width) * (width - 1) for width in set(widths)), default=0)
        if cells > most:
            best, most = separator, cells
    return best


def _unclosed(text: str, separator: str) -> int:
    """Return the line on which the quotation mark stands that is never closed."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    begun, line = 1, 1
    try:
        for _row in reader:
            begun, line = line, reader.line_num + 1
    except csv.Error:
        return line
    return begun
