"""The same words as a Word file, for an officer who must change a sentence before it goes out.

Content is that of the PDF, block by block; fonts are named, not embedded, so that Word and WPS use the office's own:
``w:eastAsia`` is set on every style, else Chinese shows in a Latin face. The same words give the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from crm.i18n import _
from reports.content import (
    Align,
    Bars,
    Block,
    Body,
    Cell,
    Centred,
    Document,
    Frontier,
    Heading,
    Line,
    Note,
    Signatures,
    Table,
    Title,
    Tone,
    Words,
    line,
)
from reports.styles import LEFT, MM, PAPER, TEXT_HEIGHT, TEXT_WIDTH, TOP
from reports.word_parts import add_code, add_entry, mark

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

LATIN = "Times New Roman"
STYLES = {
    "Normal": ("仿宋", 12.0, False),
    "Title": ("宋体", 22.0, True),
    "Heading 1": ("黑体", 16.0, False),
    "Heading 2": ("楷体", 14.0, True),
    "Subtitle": ("宋体", 12.0, False),
    "Body Text": ("仿宋", 16.0, False),
    "Caption": ("宋体", 9.0, False),
    "Header": ("宋体", 9.0, False),
    "Footer": ("宋体", 10.5, False),
}
"""Style -> face for Chinese that Windows and WPS have, size in points, bold; practice.md §8 as far as they go."""

CELL, CELL_FACE = 10.5, "宋体"
BODY_PITCH = 28.95
SHADE, GREY = "EDEDED", (0x59, 0x59, 0x59)
MADE_AT = datetime(2000, 1, 1, tzinfo=UTC)
"""In the file's properties and its package: the same words give the same bytes; the page itself tells the day."""

_ALIGNS = {Align.LEFT: "LEFT", Align.CENTRE: "CENTER", Align.RIGHT: "RIGHT"}


def word(document: Document, *, contents: bool = False) -> bytes:
    """Return a document as a .docx file of A4 pages with the margins of GB/T 9704; a chart as its points in words.

    Args:
        document: its words.
        contents: it begins with its headings and their pages.
    """
    import docx  # noqa: PLC0415  (the start is budgeted)

    made = docx.Document()
    _set_styles(made)
    _set_page(made, document)
    if document.header:
        _write(made.add_paragraph(style="Title"), line(document.header))
    heads = [block for block in document.blocks if isinstance(block, Heading) and block.level == 1]
    for block in document.blocks:
        if contents and heads and block is heads[0]:
            _add_contents(made, heads)
        paragraph = _add(made, block)
        if paragraph is not None and isinstance(block, Heading) and block.level == 1:
            mark(paragraph, next(number for number, head in enumerate(heads) if head is block))
    if document.code:
        add_code(made, document.code, _("QR code: the digits of the last line"))
    _set_properties(made, document)
    target = io.BytesIO()
    made.save(target)
    return _same_bytes(target.getvalue())


def _set_styles(made: WordDocument) -> None:
    from docx.shared import Pt, RGBColor  # noqa: PLC0415

    for name, (face, size, bold) in STYLES.items():
        style: Any = made.styles[name]
        style.font.name = LATIN
        style.font.size = Pt(size)
        style.font.bold = bold
        style.font.italic = False
        style.font.color.rgb = RGBColor(0, 0, 0)
        _set_faces(style.element.get_or_add_rPr(), face)
        style.paragraph_format.space_before = Pt(8 if name.startswith("Heading") else 0)
        style.paragraph_format.space_after = Pt(2)
        for border in style.element.xpath("./w:pPr/w:pBdr"):
            border.getparent().remove(border)
    body: Any = made.styles["Body Text"].paragraph_format
    body.line_spacing = Pt(BODY_PITCH)
    body.first_line_indent = Pt(32)


def _set_faces(properties: Any, face: str) -> None:  # noqa: ANN401  (an element of lxml)
    """Name the face for Chinese and the one for Latin letters; themes must not overrule them."""
    from docx.oxml.ns import qn  # noqa: PLC0415

    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(name), LATIN)
    fonts.set(qn("w:eastAsia"), face)


def _set_page(made: WordDocument, document: Document) -> None:
    from docx.shared import Pt  # noqa: PLC0415

    section = made.sections[0]
    section.page_width, section.page_height = Pt(PAPER[0]), Pt(PAPER[1])
    section.top_margin, section.left_margin = Pt(TOP), Pt(LEFT)
    section.right_margin = Pt(PAPER[0] - LEFT - TEXT_WIDTH)
    section.bottom_margin = Pt(PAPER[1] - TOP - TEXT_HEIGHT)
    section.footer_distance = Pt(PAPER[1] - TOP - TEXT_HEIGHT - 14 * MM)
    made.settings.odd_and_even_pages_header_footer = True
    for footer, align in ((section.footer, Align.RIGHT), (section.even_page_footer, Align.LEFT)):
        number = footer.paragraphs[0]
        number.alignment = _alignment(align)
        _page_number(number)
        if document.footer:
            mark = footer.add_paragraph(style="Footer")
            mark.alignment = _alignment(Align.CENTRE)
            _write(mark, line(document.footer))
    above = "　".join((*([document.title] if document.running else []), document.watermark)).strip("　")
    if above:  # no watermark in Word: its words stand over every page instead
        for header in (section.header, section.even_page_header):
            _write(header.paragraphs[0], (Words(above, Tone.GREY),))


def _page_number(paragraph: Paragraph) -> None:
    """Write — 1 — with Word's own field for the number."""
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # noqa: SLF001  (python-docx has no word for fields)
    paragraph.add_run(" —")


def _add_contents(made: WordDocument, heads: Sequence[Heading]) -> None:
    _write(_paragraph(made, "Subtitle", Align.CENTRE), (Words(_("Contents"), Tone.STRONG),))
    for number, head in enumerate(heads):
        add_entry(_paragraph(made, "Normal"), head.text, number, TEXT_WIDTH)


def _add(made: WordDocument, block: Block) -> Paragraph | None:
    """Write a block; return the paragraph of a heading."""
    match block:
        case Title(text):
            _write(_paragraph(made, "Title", Align.CENTRE), line(text))
        case Centred(words):
            _write(_paragraph(made, "Subtitle", Align.CENTRE), words)
        case Heading(text, level):
            heading = _paragraph(made, f"Heading {level}")
            _write(heading, line(text))
            return heading
        case Body(words):
            _write(_paragraph(made, "Body Text"), words)
        case Note(words, with_next):
            paragraph = _paragraph(made, "Caption")
            paragraph.paragraph_format.keep_with_next = with_next or None
            _write(paragraph, words)
        case Table():
            _add_table(made, block)
        case Signatures(labels):
            _write(_paragraph(made, "Normal"), line("　".join(f"{label}____________" for label in labels)))
        case Frontier() | Bars():
            for told in _told(block):
                _write(_paragraph(made, "Caption"), told)
        case _:
            raise TypeError(f"no way to write {type(block).__name__}")
    return None


def _told(chart: Frontier | Bars) -> Iterable[Line]:
    """Yield the points of a chart in words: a Word file draws none. Counts stand in the table below their chart."""
    if isinstance(chart, Bars):
        return
    yield line(_("{label}: {points}").format(label=chart.area_label, points=chart.point.label))
    for number, point in enumerate(chart.others):
        yield line(f"{chr(ord('A') + number)} {point.label}")


def _paragraph(made: WordDocument, style: str, align: Align | None = None) -> Paragraph:
    paragraph = made.add_paragraph(style=style)
    if align is not None:
        paragraph.alignment = _alignment(align)
    return paragraph


def _alignment(align: Align) -> Any:  # noqa: ANN401  (an enum of python-docx)
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415

    return getattr(WD_ALIGN_PARAGRAPH, _ALIGNS[align])


def _write(paragraph: Paragraph, words: Line, *, cell: bool = False, strong: bool = False) -> None:
    """Write words as runs; python-docx turns line ends into breaks, and every text is text, never markup."""
    from docx.shared import Pt, RGBColor  # noqa: PLC0415

    for word_ in words:
        if not word_.text:
            continue
        run = paragraph.add_run(word_.text)
        run.font.bold = True if strong or word_.tone is Tone.STRONG else None
        if word_.tone is Tone.GREY:
            run.font.color.rgb = RGBColor(*GREY)
        if cell:
            run.font.size = Pt(CELL)
            _set_faces(run._r.get_or_add_rPr(), CELL_FACE)  # noqa: SLF001  (the only way to the eastern face)


def _add_table(made: WordDocument, table: Table) -> None:
    from docx.shared import Pt  # noqa: PLC0415

    whole = sum(table.widths)
    widths = [TEXT_WIDTH * share / whole for share in table.widths]
    grid = made.add_table(rows=len(table.rows), cols=len(widths), style="Table Grid")
    grid.autofit = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Pt(width)
    for number, row in enumerate(table.rows):
        head = number < table.heads
        _keep_row(grid.rows[number]._tr, head=head)  # noqa: SLF001
        _fill_row(grid.rows[number].cells, row, table.aligns, widths, head=head)
        for column in _joined_up(row):
            _fold_up(grid.cell(number - 1, column), grid.cell(number, column))
    _paragraph(made, "Caption").paragraph_format.space_after = Pt(0)


def _fill_row(
    cells: Sequence[_Cell], row: Sequence[Cell], aligns: Sequence[Align], widths: Sequence[float], *, head: bool
) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    column = 0
    for cell in row:
        last = column + cell.span - 1
        target = cells[column].merge(cells[last]) if cell.span > 1 else cells[column]
        target.width = Pt(sum(widths[column : last + 1]))
        target.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        paragraph = target.paragraphs[0]
        paragraph.alignment = _alignment(cell.align or (Align.CENTRE if head else aligns[column]))
        paragraph.paragraph_format.space_before = Pt(2)
        _write(paragraph, cell.words, cell=True, strong=head)
        if head or cell.label:
            _shade(target)
        column += cell.span


def _joined_up(row: Sequence[Cell]) -> Iterator[int]:
    """Yield the columns of the cells that are one with the cell above them."""
    column = 0
    for cell in row:
        if cell.up:
            yield column
        column += cell.span


def _fold_up(above: _Cell, below: _Cell) -> None:
    """Make one cell of two; the upper one is empty, so its paragraph goes."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415

    merged = above.merge(below)
    for paragraph in merged.paragraphs:
        if not paragraph.text and len(merged.paragraphs) > 1:
            paragraph._p.getparent().remove(paragraph._p)  # noqa: SLF001  (python-docx removes none)
    merged.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER


def _keep_row(row: Any, *, head: bool) -> None:  # noqa: ANN401  (an element of lxml)
    """A row stays on one page; a head is repeated on each."""
    from docx.oxml import OxmlElement  # noqa: PLC0415

    properties = row.get_or_add_trPr()
    for name in ("w:cantSplit", *(("w:tblHeader",) if head else ())):
        properties.append(OxmlElement(name))


def _shade(cell: _Cell) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", SHADE)):
        shade.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001


def _set_properties(made: WordDocument, document: Document) -> None:
    """Set title, author, kind, digest; no time, no name of a machine or an account."""
    core = made.core_properties
    core.title, core.author, core.subject = document.title[:255], document.author[:255], document.kind[:255]
    core.keywords, core.language = document.digest, document.language.replace("_", "-")
    core.last_modified_by, core.comments = document.author[:255], ""
    core.created = core.modified = MADE_AT


def _same_bytes(package: bytes) -> bytes:
    """Return the package with the times of its parts set to one moment."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as given, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for part in given.infolist():
            info = zipfile.ZipInfo(part.filename, MADE_AT.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(info, given.read(part))
    return target.getvalue()
