"""Somebody's own form, filled: only the cells with marks change; styles, pictures, text boxes, print set-up stay.

The package is read within the limits of every workbook (reliability.md §4.9); parts that are not touched are copied
byte for byte.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import TypeAlias
from xml.sax.saxutils import escape

from crm.domain.imports.grid import cell_name, column_number
from crm.errors import FileRefusedError
from crm.files import unreadable
from crm.i18n import _
from crm.workbooks.form_rows import Push, pushed, room_below
from crm.workbooks.form_xml import (
    FormCell,
    FormValue,
    Styles,
    cell_xml,
    in_runs,
    items_of,
    rich_cell_xml,
    said,
    text_cells,
    with_cells,
    without_prefix,
)
from crm.workbooks.formats import BUILT_IN
from crm.workbooks.limits import Limits, Refusal
from crm.workbooks.package import Package
from crm.workbooks.sniffing import sniff
from crm.workbooks.words import refused

ENDINGS = (".xlsx", ".xlsm")

_DRAWN_TEXT = re.compile(r"(<a:t\b[^>]*>)([^<]*)(</a:t>)")
_CALCULATION = re.compile(r"<calcPr\b([^>]*?)/>")
_BEFORE_CALCULATION = ("</definedNames>", "<definedNames/>", "</externalReferences>", "</sheets>")
_NAME = re.compile(r"(<definedName\b[^>]*>)([^<]*)(</definedName>)")
_DAY = re.compile(r"[yd]|m(?!:)", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_AREA_OF = re.compile(r"((?:'(?:[^']|'')+'|[^,!]+)!)([^,]+)")


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A sheet of a form: its name, its part, its XML, the drawings on it."""

    name: str
    part: str
    xml: str
    drawings: tuple[str, ...] = ()


Words: TypeAlias = Callable[[str], str]
"""What turns the words of a cell (a run of them at a time) into others: 用地：{{land}} → 用地：25亩."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A row that is written once for every lead.

    Attributes:
        row: where it stands, from 1.
        lines: for each lead, column from 0 → value or words.
    """

    row: int
    lines: Sequence[Mapping[int, FormValue | Words]]


@dataclass(frozen=True, slots=True)
class Filling:
    """What goes into one sheet.

    Attributes:
        cells: (row from 1, column from 0) → a value, or what turns the words of the cell into others.
        repeat: the row that repeats, where there is one; the cells stand where they stood before it did.
    """

    cells: Mapping[tuple[int, int], FormValue | Words]
    repeat: Repeat | None = None


class Form:
    """A form that was read.

    Raises:
        FileRefusedError, WorkbookError: it cannot be read, is no .xlsx or .xlsm, is damaged, or beyond the limits.
    """

    def __init__(self, path: Path) -> None:
        if path.suffix.lower() not in ENDINGS:
            message = _("{path} is no .xlsx. Open the form in Excel or WPS and save it as xlsx.")
            raise FileRefusedError(message.format(path=path), where=str(path))
        try:
            self._content = path.read_bytes()
        except OSError as error:
            raise unreadable(error, path) from error
        self.path = path
        try:
            _refuse_encrypted(self._content)
            self._package = Package(self._content, Limits())
            self._read()
        except Refusal as refusal:
            place = {"sheet": refusal.sheet, "cell": refusal.cell, "detail": refusal.detail}
            raise refused(refusal.code, path.name, **place) from refusal

    def _read(self) -> None:
        package = self._package
        targets = package.relationships("")
        self._book = next((each.part for each in targets.values() if each.kind == "officeDocument"), "xl/workbook.xml")
        for name in package.names:
            package.refuse_document_types(name)
        related = package.relationships(self._book)
        parts = {each.kind: each.part for each in related.values() if each.part in package}
        self._shared = items_of(self._text(parts["sharedStrings"])) if "sharedStrings" in parts else []
        self._styles = _styles(self._text(parts["styles"])) if "styles" in parts else Styles(frozenset(), frozenset())
        self.sheets = [
            self._sheet(name, related[identity].part)
            for name, identity in self._tabs()
            if identity in related and related[identity].kind == "worksheet" and related[identity].part in package
        ]

    def _tabs(self) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == "sheet":
                identity = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
                found.append((attributes.get("name", ""), identity))

        self._package.parse(self._book, start)
        return found

    def _sheet(self, name: str, part: str) -> FormSheet:
        xml = self._text(part)
        if "<sheetData" not in xml:
            raise Refusal("damaged", sheet=name, detail="sheetData")
        related = self._package.relationships(part).values()
        return FormSheet(name, part, xml, tuple(each.part for each in related if each.kind == "drawing"))

    def _text(self, part: str) -> str:
        try:
            return without_prefix(b"".join(self._package.chunks(part)).decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise Refusal("damaged", detail=part) from error

    def cells(self, sheet: FormSheet) -> list[FormCell]:
        """Return the cells of a sheet that hold a text."""
        return list(text_cells(sheet.xml, self._shared))

    def drawn_texts(self, sheet: FormSheet) -> list[str]:
        """Return the texts of the boxes drawn on a sheet, a run each."""
        return [
            unescape(found[2])
            for part in sheet.drawings
            if part in self._package
            for found in _DRAWN_TEXT.finditer(self._text(part))
        ]

    def filled(self, fillings: Mapping[str, Filling], draw: Words) -> bytes:
        """Return the workbook with cells filled; formulas are worked out when it is opened.

        Args:
            fillings: by the name of the sheet.
            draw: turns the text of a drawn box into another.

        Raises:
            FileRefusedError: rows would have to be pushed down that cannot be.
        """
        changed: dict[str, str] = {}
        book = self._text(self._book)
        for sheet in self.sheets:
            filling = fillings.get(sheet.name, Filling({}))
            push = _push(sheet.xml, filling.repeat)
            xml = sheet.xml
            if push is not None and push.count > 0:
                self._refuse_pointing(sheet)
                xml = pushed(xml, push, name=sheet.name)
                book = _names_pushed(book, sheet.name, push)
            changed[sheet.part] = with_cells(xml, self._writers(sheet, filling, push))
            for part in sheet.drawings:
                if part in self._package:
                    changed[part] = _drawn(self._text(part), draw, push)
        changed[self._book] = _calculated_anew(book) if any("<f" in xml for xml in changed.values()) else book
        return self._packed({part: xml for part, xml in changed.items() if xml != self._text(part)})

    def _writers(
        self, sheet: FormSheet, filling: Filling, push: Push | None
    ) -> dict[tuple[int, int], Callable[[str], str]]:
        """Return what writes each cell, by where it stands when the rows are in."""
        known = {(cell.row, cell.column): cell for cell in self.cells(sheet)}
        found: dict[tuple[int, int], Callable[[str], str]] = {}
        for (row, column), value in filling.cells.items():
            place = (push.moved(row) if push else row, column)
            found[place] = self._writer(place, value, known.get((row, column)))
        if filling.repeat is None:
            return found
        row = filling.repeat.row
        own = {cell.column: cell for cell in known.values() if cell.row == row}
        for step, line in enumerate(filling.repeat.lines):
            words: dict[int, FormValue | Words] = {}
            if step:
                words |= {column: cell.text for column, cell in own.items()}
            for column, value in (words | dict(line)).items():
                found[row + step, column] = self._writer((row + step, column), value, own.get(column))
        return found

    def _writer(self, place: tuple[int, int], value: FormValue | Words, cell: FormCell | None) -> Callable[[str], str]:
        (row, column), own = place, cell.style if cell else ""
        if not callable(value):
            return lambda style: cell_xml(row, column, style or own, value, self._styles)
        inside = cell.inside if cell else ""
        whole, runs = value(said(inside)), in_runs(inside, value)
        if said(runs) != whole:  # a mark goes over several runs: their letters cannot all stay
            return lambda style: cell_xml(row, column, style or own, whole, self._styles)
        return lambda style: rich_cell_xml(row, column, style or own, runs)

    def _refuse_pointing(self, sheet: FormSheet) -> None:
        """Refuse to push down rows that formulas of other sheets point to.

        Raises:
            FileRefusedError: there are such formulas.
        """
        for other in self.sheets:
            formulas = "".join(re.findall(r"<f\b[^>]*>(.*?)</f>", other.xml, re.DOTALL))
            if other is not sheet and f"{sheet.name}" in unescape(formulas):
                message = _("Sheet {other} has formulas on sheet {sheet}, which needs more rows. Add blank rows there.")
                raise FileRefusedError(message.format(other=other.name, sheet=sheet.name), where=sheet.name)

    def _packed(self, changed: Mapping[str, str]) -> bytes:
        target = BytesIO()
        with zipfile.ZipFile(BytesIO(self._content)) as source, zipfile.ZipFile(target, "w") as copy:
            for info in source.infolist():
                name = info.filename.replace("\\", "/")
                content = source.read(info)
                if name in changed:
                    content = changed[name].encode()
                entry = zipfile.ZipInfo(info.filename, info.date_time)
                entry.compress_type, entry.external_attr = info.compress_type, info.external_attr
                copy.writestr(entry, content)
        return target.getvalue()


def _refuse_encrypted(content: bytes) -> None:
    """Refuse a workbook with a password: it lies in another kind of file.

    Raises:
        Refusal: it does, or is no workbook at all.
    """
    if sniff(content) != "zip":
        raise Refusal("encrypted")


def _push(xml: str, repeat: Repeat | None) -> Push | None:
    if repeat is None:
        return None
    room = room_below(xml, repeat.row)
    return Push(repeat.row, repeat.row + room, max(0, len(repeat.lines) - 1 - room))


def _styles(xml: str) -> Styles:
    """Return which styles show a date, and which a text."""
    codes = dict(BUILT_IN)
    for number, code in re.findall(r'<numFmt\b[^>]*?numFmtId="(\d+)"[^>]*?formatCode="([^"]*)"', xml):
        codes[int(number)] = unescape(code)
    cells = re.search(r"<cellXfs\b.*?</cellXfs>", xml, re.DOTALL)
    formats = [int(found) for found in re.findall(r'<xf\b[^>]*?numFmtId="(\d+)"', cells[0])] if cells else []
    bare = {number: _QUOTED.sub("", codes.get(number, "")) for number in set(formats)}
    days = {number for number, code in bare.items() if _DAY.search(code) and "General" not in code}
    return Styles(
        frozenset(str(place) for place, number in enumerate(formats) if number in days),
        frozenset(str(place) for place, number in enumerate(formats) if bare[number].strip() == "@"),
    )


def _drawn(xml: str, draw: Words, push: Push | None) -> str:
    xml = _DRAWN_TEXT.sub(lambda found: f"{found[1]}{escape(draw(unescape(found[2])))}{found[3]}", xml)
    return push.drawing(xml) if push is not None and push.count > 0 else xml


def _calculated_anew(book: str) -> str:
    """Return a list of sheets whose formulas are worked out when it is opened: their stored results are of before."""
    if _CALCULATION.search(book):
        return _CALCULATION.sub(
            lambda found: "<calcPr" + re.sub(r'\s+fullCalcOnLoad="\w+"', "", found[1]) + ' fullCalcOnLoad="1"/>', book
        )
    for sign in _BEFORE_CALCULATION:
        if sign in book:
            return book.replace(sign, f'{sign}<calcPr fullCalcOnLoad="1"/>', 1)
    return book


def _names_pushed(book: str, sheet: str, push: Push) -> str:
    """Return a list of sheets whose names of areas (print area, titles) on a sheet moved with its rows."""
    quoted = "'" + sheet.replace("'", "''") + "'!"

    def area(found: re.Match[str]) -> str:
        of = unescape(found[1])
        return found[1] + (push.areas(found[2], growing=True) if of in (quoted, f"{sheet}!") else found[2])

    return _NAME.sub(lambda found: f"{found[1]}{_AREA_OF.sub(area, found[2])}{found[3]}", book)


def place_of(text: str, sheets: Sequence[str]) -> tuple[str, tuple[int, int]]:
    """Return sheet and cell of a place as people write it: ``B5`` (first sheet), ``表1!B5``.

    Raises:
        FileRefusedError: there is no such sheet, or it is no cell.
    """
    name, mark, cell = text.strip().rpartition("!")
    name = name.strip("'") if mark else (sheets[0] if sheets else "")
    found = re.fullmatch(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})", cell)
    if name not in sheets or found is None or int(found[2]) < 1:
        message = _("“{place}” is no cell of the form. Its sheets: {sheets}.")
        raise FileRefusedError(message.format(place=text, sheets=_(", ").join(sheets)), where=text)
    return name, (int(found[2]), column_number(found[1]))


def place_text(sheet: str, place: tuple[int, int]) -> str:
    """Return a place as people write it."""
    return f"{sheet}!{cell_name(place[0] - 1, place[1])}"
