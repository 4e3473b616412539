from __future__ import annotations

import io
from collections.abc import Iterator

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from reports.brief import brief_document, compose_brief
from reports.content import Body, Document, Frontier, Heading, Table, Words
from reports.dossier import compose_dossier, dossier_document
from reports.match_sheet import match_document
from reports.qr import code_squares
from reports.text import clean
from reports.threshold_sheet import threshold_document
from reports.word import LATIN, STYLES, word
from reports.word_parts import QUIET, SCALE, code_picture
from tests.reports.made import LEASE, NOTHING_KNOWN, SPREAD, drive, facts


def opened(document: Document) -> WordDocument:
    return docx.Document(io.BytesIO(word(document)))


def squeezed(text: str) -> str:
    return "".join(text.split())


def texts(made: WordDocument) -> Iterator[str]:
    yield from (paragraph.text for paragraph in made.paragraphs)
    for table in made.tables:
        for row in table.rows:
            seen = []
            for cell in row.cells:
                if cell._tc not in seen:
                    seen.append(cell._tc)
                    yield cell.text


DOCUMENTS = [
    brief_document(drive()),
    dossier_document(drive()),
    threshold_document(drive(), drawn=False),
    match_document(drive()),
    brief_document(facts(SPREAD)),
    dossier_document(facts(NOTHING_KNOWN)),
    dossier_document(facts(LEASE)),
]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.title)
def test_a_word_file_says_every_word_of_the_pdf(document: Document) -> None:
    made = "".join(squeezed(text) for text in texts(opened(document)))
    charts = [block for block in document.blocks if isinstance(block, Frontier)]
    blocks = [block for block in document.blocks if not isinstance(block, Table | Frontier)]
    told = [squeezed("".join(word_.text for word_ in line)) for block in blocks for line in block.lines()]
    cells = [
        squeezed("".join(word_.text for word_ in line))
        for block in document.blocks
        if isinstance(block, Table)
        for line in block.lines()
    ]
    points = [squeezed(point.label) for chart in charts for point in (chart.point, *chart.others)]
    for text in (*told, *cells, *points):
        assert text in made
    assert sum(map(len, cells)) == sum(len(squeezed(cell)) for cell in _cells(opened(document)))


def _cells(made: WordDocument) -> Iterator[str]:
    count = len(made.paragraphs)
    yield from list(texts(made))[count:]


def test_the_same_words_give_the_same_bytes() -> None:
    assert word(DOCUMENTS[1]) == word(DOCUMENTS[1])


def test_every_style_names_a_chinese_face_and_no_theme_overrules_it() -> None:
    made = opened(DOCUMENTS[0])
    for name, (face, size, _bold) in STYLES.items():
        fonts = made.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == face
        assert fonts.get(qn("w:ascii")) == LATIN
        assert fonts.get(qn("w:eastAsiaTheme")) is None
        assert made.styles[name].font.size.pt == size


def test_a_head_is_repeated_and_no_row_is_split() -> None:
    document = DOCUMENTS[1]
    tables = [block for block in document.blocks if isinstance(block, Table)]
    made = opened(document)
    assert len(made.tables) == len(tables)
    for table, shown in zip(tables, made.tables, strict=True):
        heads = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in shown.rows]
        assert heads == [number < table.heads for number in range(len(table.rows))]
        assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in shown.rows)


def test_headings_are_words_own_and_the_page_has_the_margins_of_the_standard() -> None:
    made = opened(DOCUMENTS[1])
    levels = [(block.text, f"Heading {block.level}") for block in DOCUMENTS[1].blocks if isinstance(block, Heading)]
    styled = [
        (one.text, one.style.name)
        for one in made.paragraphs
        if one.style and (one.style.name or "").startswith("Heading")
    ]
    assert styled == levels
    section = made.sections[0]
    sizes = (section.page_width, section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
    assert [round(size.mm) for size in sizes if size is not None] == [210, 37, 28, 26, 35]


def test_the_properties_name_no_account_and_no_machine() -> None:
    core = opened(DOCUMENTS[0]).core_properties
    assert (core.author, core.last_modified_by) == ("苏州市相城区投资促进局",) * 2
    assert core.keywords == DOCUMENTS[0].digest
    assert core.comments == ""


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_text(given_text: str) -> None:
    document = Document("", "", "", "zh_CN", [Body((Words(given_text),)), Body((Words("<w:p>&{{x}}"),))])
    made = opened(document)
    assert squeezed(made.paragraphs[0].text) == squeezed(clean(given_text))
    assert made.paragraphs[1].text == "<w:p>&{{x}}"


def test_the_pages_of_a_document_give_its_word_file() -> None:
    assert compose_brief(drive()).word() == word(brief_document(drive()))


def test_a_long_document_begins_with_contents_that_count_their_own_pages() -> None:
    made = docx.Document(io.BytesIO(compose_dossier(drive()).word()))
    heads = [one for one in made.paragraphs if one.style and one.style.name == "Heading 1"]
    names = [one._p.find(qn("w:bookmarkStart")).get(qn("w:name")) for one in heads]
    entries = [one for one in made.paragraphs if one._p.findall(f".//{qn('w:instrText')}")]
    assert len(heads) > 10
    assert [one.text.rstrip() for one in entries] == [one.text for one in heads]
    fields = [one._p.find(f".//{qn('w:instrText')}").text.split() for one in entries]
    assert fields == [["PAGEREF", name] for name in names]
    assert not [one for one in opened(DOCUMENTS[0]).paragraphs if one._p.findall(f".//{qn('w:instrText')}")]


def test_the_code_of_the_last_page_is_in_the_word_file_too() -> None:
    document = DOCUMENTS[0]
    (picture,) = opened(document).inline_shapes
    assert picture._inline.docPr.get("descr") == "二维码：内容与末行摘要一致"
    image = Image.open(io.BytesIO(code_picture(document.code)))
    side, runs = code_squares(document.code)
    assert image.size == ((side + 2 * QUIET) * SCALE,) * 2
    dark = {(column + at, row) for row, column, length in runs for at in range(length)}
    middle = SCALE // 2
    dots = ((x, y) for y in range(side) for x in range(side))
    seen = {(x, y) for x, y in dots if not image.getpixel(((x + QUIET) * SCALE + middle, (y + QUIET) * SCALE + middle))}
    assert seen == dark
