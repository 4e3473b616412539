"""A bureau's own form looked at before it is filled: its sheets as they stand, so that somebody can point at cells."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from crm.domain.exchange.form_marks import has_marks, mark_of
from crm.domain.imports.grid import Sheet, Visibility
from crm.files import replacing
from crm.i18n import _
from crm.jobs import Job, Progress
from crm.workbooks.form_rows import merges_in
from crm.workbooks.forms import Filling, Form, place_of, place_text
from crm.workbooks.reading import read_workbook


@dataclass(frozen=True, slots=True)
class FormLook:
    """A form as it is before it is filled.

    Attributes:
        path: the file.
        sheets: that are seen, as they were read.
        marks: place (``表1!B5``) → the text in which marks stand.
        sha256: of its bytes: what was pointed at before counts for the same form.
    """

    path: Path
    sheets: tuple[Sheet, ...]
    marks: Mapping[str, str]
    sha256: str


def look_at_form(path: Path) -> Job[FormLook]:
    """Return a form with its sheets; nothing is written.

    Raises:
        FileRefusedError, WorkbookError: it cannot be read, or is no .xlsx; it says why.
    """
    yield Progress(0, 1, _("reading {file}").format(file=path.name))
    form = Form(path)
    marks = {
        place_text(sheet.name, (cell.row, cell.column)): cell.text
        for sheet in form.sheets
        for cell in form.cells(sheet)
        if has_marks(cell.text)
    }
    merges = {sheet.name: merges_in(sheet.xml) for sheet in form.sheets}  # the reader leaves out blank ends
    book = read_workbook(path)
    sheets = tuple(
        replace(one, merges=merges[one.name])
        for one in book.sheets
        if one.name in merges and one.visibility is Visibility.VISIBLE
    )
    return FormLook(path, sheets, marks, book.sha256)


def save_marked(path: Path, mapping: Mapping[str, str], target: Path) -> str:
    """Save a copy of a form in which marks stand where somebody pointed; return its SHA-256.

    Args:
        path: the form.
        mapping: place of a cell → mark without braces.
        target: the copy; the form itself stays as it is.

    Raises:
        FileRefusedError, WorkbookError: the form cannot be read, or the copy not written.
        ValueRefusedError: a mark that names nothing.
    """
    form = Form(path)
    names = [sheet.name for sheet in form.sheets]
    cells: dict[str, dict[tuple[int, int], str]] = {}
    for place, mark in mapping.items():
        sheet, cell = place_of(place, names)
        cells.setdefault(sheet, {})[cell] = "{{" + mark_of(mark).text + "}}"
    content = form.filled({sheet: Filling(dict(found)) for sheet, found in cells.items()}, lambda text: text)
    with replacing(target) as copy:
        copy.write_bytes(content)
    return hashlib.sha256(content).hexdigest()
