"""What the parts of a document are: headings, paragraphs, tables, figures, for whoever has the pages read aloud.

The structure tree of ISO 32000-1, 14.7, with the standard roles of 14.8.4: a reader follows it in the order of the
words, tells heads of tables from cells, and passes over rules, page numbers and repeated heads.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from reports.pdf_file import PdfFile

HEADER_OF_COLUMN, HEADER_OF_ROW = "/O/Table/Scope/Column", "/O/Table/Scope/Row"


@dataclass(slots=True)
class Element:
    """A part of the document.

    Attributes:
        role: such as H1, P, Table, TR, TH, TD, Figure.
        attributes: further entries of its dictionary.
        place: in the order of all parts.
        above: place of the part it belongs to; −1: none.
        kids: parts of it.
        marks: page (from 0) and number of the marked content on it that this part is made of.
    """

    role: str
    attributes: str
    place: int
    above: int
    kids: list[Element] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)


class Tags:
    """The parts of one document, in the order of its words."""

    def __init__(self) -> None:
        root = Element("Document", "", 0, -1)
        self._elements = [root]
        self._path = [root]
        self._pages: list[list[Element]] = []

    def new_page(self) -> None:
        """Begin the next page."""
        self._pages.append([])

    def enter(self, role: str, attributes: str = "", again: int | None = None) -> Element:
        """Begin a part of the present one.

        Args:
            role: of the part.
            attributes: further entries of its dictionary.
            again: go on with a part begun before, on another page: its place among its siblings.
        """
        above = self._path[-1]
        if again is not None and above.kids:
            element = above.kids[again]
        else:
            element = Element(role, attributes, len(self._elements), above.place)
            self._elements.append(element)
            above.kids.append(element)
        self._path.append(element)
        return element

    def leave(self) -> None:
        """End the present part."""
        self._path.pop()

    def mark(self, element: Element) -> int:
        """Return the number of the next marked content of the page, which belongs to a part."""
        page = self._pages[-1]
        page.append(element)
        element.marks.append((len(self._pages) - 1, len(page) - 1))
        return len(page) - 1

    def write(self, file: PdfFile, pages: list[int]) -> int:
        """Write the tree; return the number of its root.

        Args:
            file: to write to.
            pages: numbers of the page objects.
        """
        root, first = file.reserve(), file.reserve_row(len(self._elements))
        for element in self._elements:
            above = first + element.above if element.place else root
            told = f"/S/{element.role}/P {above} 0 R{element.attributes}{_content(element, first, pages)}"
            file.put(first + element.place, f"<<{told}>>")
        each = (" ".join(f"{first + element.place} 0 R" for element in page) for page in self._pages[: len(pages)])
        nums = " ".join(f"{number} [{told}]" for number, told in enumerate(each))
        parents = file.add(f"<</Nums[{nums}]>>")
        told = f"/K {first} 0 R/ParentTree {parents} 0 R/ParentTreeNextKey {len(pages)}"
        file.put(root, f"<</Type/StructTreeRoot{told}>>")
        return root


def _content(element: Element, first: int, pages: list[int]) -> str:
    """Return the entries that name the parts of a part, or its words on the pages."""
    if not element.marks:
        return f"/K[{' '.join(f'{first + kid.place} 0 R' for kid in element.kids)}]" if element.kids else ""
    begun, mark = element.marks[0]
    where = f"/Pg {pages[begun]} 0 R"
    if len(element.marks) == 1:
        return f"{where}/K {mark}"
    kids = (f"<</Type/MCR/Pg {pages[page]} 0 R/MCID {mark}>>" for page, mark in element.marks)
    return f"{where}/K[{' '.join(kids)}]"
