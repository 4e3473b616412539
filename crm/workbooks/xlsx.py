"""An .xlsx from its package: the guard over its parts, the scan of its sheets, the reader of its values, joined."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from crm.workbooks.answers import Answers
from crm.workbooks.cells import SheetCells
from crm.workbooks.limits import Limits, Refusal
from crm.workbooks.package import Package, Target
from crm.workbooks.scanning import SheetScan, scan_strings, scan_styles
from crm.workbooks.values import Later, Values, blank_left, open_values

_STATES = {"hidden": "hidden", "veryHidden": "very_hidden"}
_TRUE = ("1", "true")


class _Tab(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    identity: str
    state: str


class XlsxReader:
    """One .xlsx on its way to the parent process.

    Args:
        together: let the reader of values run beside the guard, which halves the time; when the reader takes the
            process down the parent asks again without it, and the guard says what is wrong.
    """

    def __init__(self, content: bytes, package: Package, limits: Limits, answers: Answers, *, together: bool) -> None:
        self._package = package
        self._limits = limits
        self._answers = answers
        self._together = together
        self._part = _workbook_part(package)
        self._targets = package.relationships(self._part)
        self._tabs: list[_Tab] = []
        self._counts_from_1904 = False
        package.parse(self._part, self._list)
        self._book = Later(partial(open_values, content), at_once=together)
        self._styles: dict[str, str] = {}

    def read(self) -> None:
        """Hand over the sheets.

        Raises:
            Refusal: the workbook is not read.
        """
        self._guard()
        area = 0
        for place, tab in enumerate(self._tabs):
            target = self._targets.get(tab.identity)
            if target is None or target.kind != "worksheet" or target.part not in self._package:
                continue
            values = Later(partial(self._values, place, tab.name), at_once=self._together, sheet=tab.name)
            scan = SheetScan(self._styles, self._limits, tab.name)
            scan.read(self._package, target.part)
            area += scan.height * scan.width
            if area > self._limits.grid:
                raise Refusal("grid", sheet=tab.name, detail=self._limits.grid)
            self._hand_over(tab, scan, values.value())

    def _list(self, name: str, attributes: dict[str, str]) -> None:
        """Note a sheet, or where the days are counted from."""
        if name == "sheet":
            identity = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            self._tabs.append(_Tab(attributes.get("name", ""), identity, attributes.get("state", "")))
        elif name == "workbookPr":
            self._counts_from_1904 = attributes.get("date1904") in _TRUE

    def _values(self, place: int, name: str) -> Values:
        """Return the values of a sheet; the reader must list the same sheets."""
        book = self._book.value()
        if book.sheet_names[place] != name:
            raise Refusal("damaged", sheet=name, detail=book.sheet_names[place])
        return book.get_sheet_by_index(place)

    def _guard(self) -> None:
        """Check all parts but the sheets, which are checked as they are read."""
        sheets = {target.part.lower() for target in self._targets.values() if target.kind == "worksheet"}
        folder = self._part.lower().rpartition("/")[0]
        for name in self._package.names:
            lowered = name.lower()
            base = lowered.rpartition("/")[2]
            if lowered in sheets:
                continue
            if base == "sharedstrings.xml":
                scan_strings(self._package, name, self._limits)
            elif base == "styles.xml" and lowered.startswith(folder):
                self._styles = scan_styles(self._package, name, self._limits)
            else:
                self._package.refuse_document_types(name)
            self._note(lowered)

    def _note(self, name: str) -> None:
        """Note a part that could do more than hold values; nothing of it is ever run or opened."""
        if name.endswith("vbaproject.bin"):
            self._answers.note("macros")
        elif "/externallinks/" in name and name.endswith(".xml"):
            self._answers.note("external_links")
            if b"ddeLink" in b"".join(self._package.chunks(name)):
                self._answers.note("dde")

    def _hand_over(self, tab: _Tab, scan: SheetScan, values: Values) -> None:
        formats: dict[str, list[tuple[int, int]]] = {}
        for position, style in scan.formats.items():
            formats.setdefault(self._styles[style], []).append(position)
        about = {
            "name": tab.name,
            "visibility": _STATES.get(tab.state, "visible"),
            "merges": scan.merges,
            "hidden_rows": [row for row in scan.hidden_rows if row < scan.height],
            "hidden_columns": [
                column for first, last in scan.hidden_columns for column in range(first, min(last + 1, scan.width))
            ],
            "formulas": list(scan.formulas),
            "formats": list(formats.items()),
        }
        if any("|" in text for text, _kind in scan.formulas.values()):
            self._answers.note("dde", tab.name)
        cells = SheetCells(
            tab.name,
            left=blank_left(values),
            formulas=scan.formulas,
            errors=scan.errors,
            text_limit=self._limits.text,
            counts_from_1904=self._counts_from_1904,
        )
        self._answers.sheet(about, cells, values.iter_rows())


def _workbook_part(package: Package) -> str:
    """Return the name of the part that lists the sheets.

    Raises:
        Refusal: there is none.
    """
    targets: dict[str, Target] = package.relationships("")
    for target in targets.values():
        if target.kind == "officeDocument" and not target.external and target.part in package:
            return target.part
    if "xl/workbook.xml" in package:
        return "xl/workbook.xml"
    raise Refusal("damaged", detail="xl/workbook.xml")
