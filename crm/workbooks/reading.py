"""A workbook as plain sheets. A child process parses it; this one only starts that process and checks what it says.

The file is opened here and handed over as the child's standard input, so a missing or locked file is told at once.
What comes back is JSON, of which only plain values in equally long rows are taken.
"""

from __future__ import annotations

import json
import stat
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, BinaryIO, TypeAlias

from crm.domain.imports.grid import CellValue, Flaw, Flawed, Merge, Sheet, Visibility, exact_number
from crm.files import unreadable
from crm.workbooks.limits import MEGABYTE, Limits, Refusal
from crm.workbooks.processes import start
from crm.workbooks.texts import split
from crm.workbooks.words import note_text, refused

_LONGEST_LINE = 256 * MEGABYTE
_PLAIN = frozenset({str, int, bool, type(None), Flawed}) | {type(exact_number(0.5))}

UNBELIEVABLE = (EOFError, ValueError, KeyError, TypeError, IndexError, RecursionError)
"""What comes of an answer that breaks off or is not as agreed."""

_ENDINGS = {"xlsx": "xlsx", "xlsm": "xlsx", "xls": "xls", "et": "xls", "ods": "ods", "xlsb": "xlsb", "csv": "csv"}
"""The kind that a file name promises."""

Line: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know about a workbook that was read: a code of ``words.NOTES``."""

    code: str
    sheet: str = ""
    detail: str = ""

    @property
    def text(self) -> str:
        """The sentence, in the language in use."""
        return note_text(self.code, sheet=self.sheet, detail=self.detail)


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook that was read.

    Attributes:
        sheets: in the order of the tabs; charts and the like are left out.
        kind: ``xlsx``, ``xlsb``, ``xls``, ``ods``, ``csv`` or ``html``: what the file is, whatever its name says.
        sha256: of the bytes that were read.
        notes: what the user should know.
        encoding: of a text file, else "".
        separator: between the columns of a text file, else "".
    """

    sheets: tuple[Sheet, ...]
    kind: str
    sha256: str
    notes: tuple[Note, ...]
    encoding: str = ""
    separator: str = ""


def read_workbook(path: Path, *, limits: Limits | None = None, encoding: str = "") -> Book:
    """Return the sheets of a workbook or text file; ``encoding`` is what a person said of a text file (``ENCODINGS``).

    Raises:
        FileRefusedError: the file is missing, is no file, or may not be read.
        WorkbookError: it is no workbook, is damaged, encrypted, or goes beyond the limits.
    """
    limits = limits or Limits()
    book = _Child(path, limits, together=True, encoding=encoding).book()
    if book is None:  # the reader took the process down: the guard, run alone first, may say why
        book = _Child(path, limits, together=False, encoding=encoding).book()
    if book is None:
        raise refused("stopped", path.name)
    if not any(sheet.rows for sheet in book.sheets):
        raise refused("blank", path.name)
    return book


def read_pasted(text: str, *, name: str) -> Book:
    """Return a block pasted from a spreadsheet as a workbook of one sheet.

    Raises:
        WorkbookError: it is empty, a quotation mark is never closed, or the block is too large.
    """
    try:
        rows, separator, _loose = split(text, Limits(), "\t" if "\t" in text else "")
    except Refusal as refusal:
        raise refused(refusal.code, name, cell=refusal.cell, detail=refusal.detail) from refusal
    if not any(cell.strip() for row in rows for cell in row):
        raise refused("blank", name)
    sheet = Sheet(name, [[cell or None for cell in row] for row in rows])
    return Book((sheet,), "csv", sha256(text.encode()).hexdigest(), (), separator=separator)


class _Child:
    """One process that reads one file."""

    def __init__(self, path: Path, limits: Limits, *, together: bool, encoding: str) -> None:
        self._path = path
        self._limits = limits
        self._request = json.dumps({"limits": limits._asdict(), "together": together, "encoding": encoding})
        self._late = False

    def book(self) -> Book | None:
        """Return the workbook; None when the child ended before its last word.

        Raises:
            FileRefusedError, WorkbookError: as ``read_workbook``.
        """
        with _opened(self._path) as file, tempfile.TemporaryFile() as complaints:
            child = start("crm.workbooks.child", self._request, stdin=file, stderr=complaints)
            timer = threading.Timer(self._limits.seconds, self._stop, [child])
            timer.start()
            try:
                return Collector(self._path).collect(_lines(child.stdout))
            except UNBELIEVABLE:
                self._explain(complaints)
                return None
            finally:
                timer.cancel()
                child.kill()
                child.communicate()

    def _stop(self, child: subprocess.Popen[bytes]) -> None:
        self._late = True
        child.kill()

    def _explain(self, complaints: BinaryIO) -> None:
        """Say why the child ended early, where that is known.

        Raises:
            WorkbookError: it took too long, or more memory than it may.
        """
        if self._late:
            raise refused("time", self._path.name, detail=str(self._limits.seconds))
        complaints.seek(0)
        said = complaints.read(100_000)
        if b"memory allocation" in said or b"MemoryError" in said:
            raise refused("memory", self._path.name)


class Collector:
    """Puts a workbook together from what the child says, and believes nothing but plain values."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def collect(self, lines: Iterator[Line]) -> Book:
        """Return the workbook.

        Raises:
            WorkbookError: the child refuses it.
            UNBELIEVABLE: the child broke off, or says what it should not.
        """
        about: Line = {}
        sheets: list[_Growing] = []
        for line in lines:
            if "rows" in line:
                sheets[-1].add(line["rows"], line["special"])
            elif "about" in line:
                sheets.append(_Growing(line["about"]))
            elif "kind" in line:
                about = line
            elif "refused" in line:
                place = {name: str(line[name]) for name in ("sheet", "cell", "detail")}
                raise refused(line["refused"], self._path.name, **place)
            elif "end" in line:
                return self._finish(about, sheets, line["notes"])
        raise EOFError

    def _finish(self, about: Line, sheets: list[_Growing], notes: list[list[str]]) -> Book:
        kind = str(about["kind"])
        found = [Note(*map(str, note)) for note in notes]
        ending = self._path.suffix.lower().lstrip(".")
        if ending in _ENDINGS and _ENDINGS[ending] != kind:
            found.append(Note("named_otherwise", detail=kind))
        finished = tuple(sheet.finish(self._path.stem) for sheet in sheets)
        if any(sheet.hidden_rows is None for sheet in finished):
            found.append(Note("hidden_unknown"))
        encoding, separator = str(about.get("encoding", "")), str(about.get("separator", ""))
        return Book(finished, kind, str(about["sha256"]), tuple(dict.fromkeys(found)), encoding, separator)


class _Growing:
    """A sheet whose rows are still coming."""

    def __init__(self, about: Line) -> None:
        self._about = about
        self._rows: list[list[CellValue]] = []

    def add(self, rows: list[list[Any]], special: list[list[Any]]) -> None:
        """Take a chunk of rows.

        Raises:
            ValueError, TypeError: it holds something else than plain values.
        """
        before = len(self._rows)
        for row in rows:
            if type(row) is not list or not _PLAIN.issuperset(map(type, row)):
                raise TypeError
        self._rows.extend(rows)
        for row, column, kind, text in special:
            if row < before or column < 0:
                raise IndexError
            self._rows[row][column] = _SPECIAL[kind](text)

    def finish(self, name: str) -> Sheet:
        """Return the sheet, its rows equally long; one without a name is a text file and gets ``name``."""
        rows, about = self._rows, self._about
        while rows and all(value is None for value in rows[-1]):
            rows.pop()
        width = max(map(len, rows), default=0)
        for row in rows:
            if len(row) < width:
                row.extend([None] * (width - len(row)))
        formulas = about.get("formulas")
        formats = {(row, column): str(code) for code, places in about.get("formats", ()) for row, column in places}
        return Sheet(
            str(about["name"]) or name,
            rows,
            merges=tuple(Merge(*map(int, ends)) for ends in about.get("merges", ())),
            hidden_rows=_numbers(about.get("hidden_rows", ())),
            hidden_columns=_numbers(about.get("hidden_columns", ())),
            formats=formats,
            formulas=None if formulas is None else frozenset((int(row), int(column)) for row, column in formulas),
            visibility=Visibility(about.get("visibility", "visible")),
        )


_SPECIAL: dict[str, Any] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
    **{flaw.value: lambda text, flaw=flaw: Flawed(flaw, str(text)) for flaw in Flaw},
}


def _lines(stream: IO[bytes] | None) -> Iterator[Line]:
    """Yield the lines of the child; numbers are exact from here on."""
    while stream is not None and (text := stream.readline(_LONGEST_LINE)):
        yield json.loads(text, parse_float=_exact, parse_constant=_exact)


def _exact(text: str) -> CellValue:
    return exact_number(float(text))


def _numbers(numbers: list[int] | None) -> frozenset[int] | None:
    return None if numbers is None else frozenset(map(int, numbers))


def _opened(path: Path) -> BinaryIO:
    """Open a plain file for reading.

    Raises:
        FileRefusedError: it is not there, is a folder or a device, or may not be read.
    """
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise refused("not_a_workbook", path.name)
        return path.open("rb")
    except OSError as error:
        raise unreadable(error, path) from error
