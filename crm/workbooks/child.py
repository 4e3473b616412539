"""The process that parses a workbook: the file on standard input, lines of JSON on standard output, then it is gone.

It limits itself before it looks at a byte. Whatever a file does to it (memory, time, an abort inside the reader), the
program that started it only sees a process that ended early (reliability.md §4.9, stage 2).
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from crm.domain.imports.cell_names import cell_name
from crm.workbooks.answers import Answers
from crm.workbooks.cells import SheetCells
from crm.workbooks.limits import MEGABYTE, Limits, Refusal
from crm.workbooks.package import Package
from crm.workbooks.sniffing import sniff, zip_kind
from crm.workbooks.texts import read_text
from crm.workbooks.values import Values, blank_left, guarded, open_values
from crm.workbooks.xlsx import XlsxReader

if TYPE_CHECKING:
    from crm.workbooks.biff import SheetRecords

_VISIBILITY = {"SheetVisibleEnum.Visible": "visible", "SheetVisibleEnum.Hidden": "hidden"}


def main() -> None:
    """Read the request from the command line and the file from standard input, answer on standard output."""
    request = json.loads(sys.argv[1])
    limits = Limits(**request["limits"])
    limit_process(limits)
    gc.disable()  # nothing here lives in circles, and the process ends soon
    answers = Answers(sys.stdout.buffer)
    try:
        content = sys.stdin.buffer.read(limits.file_bytes + 1)
        read(content, limits, answers, together=request["together"], encoding=request["encoding"])
    except Refusal as refusal:
        answers.refuse(refusal)
    except MemoryError:
        answers.refuse(Refusal("memory"))


def limit_process(limits: Limits) -> None:
    """Bound the memory of this process and forbid it to write files; where the system has no such limit, go on."""
    if sys.platform == "win32":
        return  # its memory is bounded by what the guard lets through, its time by the program that started it
    import resource  # noqa: PLC0415  (not on Windows)

    sizes = {
        resource.RLIMIT_AS: limits.memory_bytes,
        resource.RLIMIT_CPU: limits.seconds,
        resource.RLIMIT_FSIZE: MEGABYTE,  # what a dying reader says on standard error
        resource.RLIMIT_CORE: 0,
    }
    for name, size in sizes.items():
        with suppress(ValueError, OSError):
            resource.setrlimit(name, (size, size))


def read(content: bytes, limits: Limits, answers: Answers, *, together: bool, encoding: str = "") -> None:
    """Read a workbook of any kind; ``together``: see ``XlsxReader``; ``encoding``: of a text file, as a person said.

    Raises:
        Refusal: it is not read.
    """
    if len(content) > limits.file_bytes:
        raise Refusal("file_size", detail=limits.file_bytes // MEGABYTE)
    kind, digest = sniff(content), sha256(content).hexdigest()
    if kind == "text":
        _read_text(content, digest, limits, answers, encoding)
    elif kind == "html":
        _read_html(content, digest, limits, answers)
    elif kind == "zip":
        package = Package(content, limits)
        kind = zip_kind(package.names)
        answers.begin(kind, digest)
        if kind == "xlsx":
            XlsxReader(content, package, limits, answers, together=together).read()
        else:
            _check_parts(package)
            _read_values(content, limits, answers)
    else:
        from crm.workbooks.biff import sheet_records  # noqa: PLC0415  (10 ms: only for an .xls)

        answers.begin("xls", digest)
        _read_values(content, limits, answers, sheet_records(content, limits))
    answers.end()


def _read_text(content: bytes, digest: str, limits: Limits, answers: Answers, encoding: str) -> None:
    text = read_text(content, limits, encoding)
    answers.begin("csv", digest, encoding=text.encoding, separator=text.separator)
    answers.sheet({"name": "", "formulas": []}, SheetCells("", text_limit=limits.text), text.rows)
    for code in text.notes:
        answers.note(code)


def _read_html(content: bytes, digest: str, limits: Limits, answers: Answers) -> None:
    from crm.workbooks.html_tables import read_html  # noqa: PLC0415  (20 ms: only for a web page)

    tables, encoding = read_html(content, limits)
    answers.begin("html", digest, encoding=encoding)
    area = 0
    for number, table in enumerate(tables, start=1):
        height, width = len(table.rows), len(table.rows[0])
        area += height * width
        if area > limits.grid:
            raise Refusal("grid", detail=limits.grid)
        about = {
            "name": "" if len(tables) == 1 else f"table {number}",
            "formulas": [],
            "merges": [each for each in table.merges if each[2] < height and each[3] < width],
            "hidden_rows": table.hidden_rows,
        }
        answers.sheet(about, SheetCells("", text_limit=limits.text), table.rows)


def _check_parts(package: Package) -> None:
    """Check the parts of an .ods or .xlsb, whose inside only the reader of values knows.

    Raises:
        Refusal: one declares a document type, or the workbook is encrypted.
    """
    for name in package.names:
        package.refuse_document_types(name)
    manifest = "META-INF/manifest.xml"
    if manifest in package and b"encryption-data" in b"".join(package.chunks(manifest)):
        raise Refusal("encrypted")


def _read_values(content: bytes, limits: Limits, answers: Answers, records: Sequence[SheetRecords] = ()) -> None:
    """Hand over an .xls, .xlsb or .ods: the values, the merges of an .xls, and what its records say beside them.

    Raises:
        Refusal: it is damaged or goes beyond the limits.
    """
    book = guarded(partial(open_values, content))
    area = 0
    for place, metadata in enumerate(book.sheets_metadata):
        if not str(metadata.typ).endswith("WorkSheet"):
            continue
        name = metadata.name
        sheet = guarded(partial(book.get_sheet_by_index, place), name)
        area += _size(sheet, name, limits)
        if area > limits.grid:
            raise Refusal("grid", sheet=name, detail=limits.grid)
        about = {
            "name": name,
            "visibility": _VISIBILITY.get(str(metadata.visible), "very_hidden"),
            "merges": _merges(sheet),
            "hidden_rows": None,
            "hidden_columns": None,
        }
        known = records[place] if place < len(records) and records[place].name == name else None
        errors = {}
        if known is not None:
            about |= _known(known, sheet)
            errors = known.errors
        cells = SheetCells(name, left=blank_left(sheet), errors=errors, text_limit=limits.text)
        answers.sheet(about, cells, sheet.iter_rows())


def _merges(sheet: Values) -> list[tuple[int, int, int, int]]:
    """Return the merges within the filled part of a sheet: whole columns are often merged."""
    last, right = sheet.end or (-1, -1)
    ranges = ((*start, min(end[0], last), min(end[1], right)) for start, end in sheet.merged_cell_ranges or [])
    return [each for each in ranges if each[0] <= each[2] and each[1] <= each[3]]


def _known(known: SheetRecords, sheet: Values) -> dict[str, Any]:
    """Return what the records of a sheet say, within its filled part."""
    row, column = sheet.end or (-1, -1)
    formats: dict[str, list[tuple[int, int]]] = {}
    for position, code in known.formats.items():
        formats.setdefault(code, []).append(position)
    return {
        "hidden_rows": [number for number in known.hidden_rows if number <= row],
        "hidden_columns": [
            number for first, last in known.hidden_columns for number in range(first, min(last, column) + 1)
        ],
        "formulas": known.formulas,
        "formats": list(formats.items()),
    }


def _size(sheet: Values, name: str, limits: Limits) -> int:
    """Return the cells of the sheet, up to its last.

    Raises:
        Refusal: it has too many rows or columns.
    """
    row, column = sheet.end or (-1, -1)
    for code, number, limit in (("rows", row, limits.rows), ("columns", column, limits.columns)):
        if number >= limit:
            raise Refusal(code, sheet=name, cell=cell_name(row, column), detail=limit)
    return int((row + 1) * (column + 1))


if __name__ == "__main__":
    main()
