"""What tells a reader where a page belongs: contents, page of how many, watermark, QR code."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import docx
import pytest
from pypdf import PdfReader

from reports.blind_profile import compose_blind_profile
from reports.brief import compose_brief
from reports.content import Align, Body, Cell, Document, Heading, Table, Title, line
from reports.contents import FROM_PAGES
from reports.dossier import compose_dossier
from reports.page import CODE, compose
from reports.parts import Numbering
from reports.period_report import progress_table
from reports.qr import code_squares
from reports.word import word
from tests.reports.made import DRIVE, drive, facts

CONFIDENTIAL = {**DRIVE, "confidential": True}


def pages_of(pdf: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def chapters(count: int, lines: int = 40) -> Document:
    body = Body(line("本段说明该项目的基本情况。" * lines))
    blocks = [Title("项目档案"), *(block for place in range(count) for block in (Heading(f"第{place + 1}章"), body))]
    return Document("项目档案", "项目档案", "区投促局", "zh_CN", blocks, running=True)


def test_the_contents_name_the_page_of_each_heading_as_its_bookmark_does() -> None:
    pdf = compose(chapters(12)).pdf()
    reader = PdfReader(io.BytesIO(pdf))
    pages = pages_of(pdf)
    assert len(pages) >= FROM_PAGES
    assert "目录" in pages[0]
    told = dict(re.findall(r"(第\d+章)(\d+)", pages[0] + pages[1]))
    for entry in reader.outline:
        number = reader.get_destination_page_number(entry)  # type: ignore[arg-type]
        assert number is not None
        assert told[str(entry.title)] == str(number + 1)  # type: ignore[union-attr]
    assert len(told) == 12


def test_a_short_document_has_no_contents() -> None:
    composed = compose(chapters(2, 10))
    assert composed.count < FROM_PAGES
    assert "目录" not in pages_of(composed.pdf())[0]


def test_later_pages_say_which_they_are_of_how_many() -> None:
    pages = pages_of(compose(chapters(6)).pdf())
    for number, text in enumerate(pages[1:], start=2):
        assert f"第{number}页共{len(pages)}页" in text
    assert f"共{len(pages)}页" not in pages[0]


@pytest.mark.parametrize("compose_document", [compose_brief, compose_dossier])
def test_a_confidential_project_says_so_across_every_page_and_who_received_it(compose_document: object) -> None:
    assert callable(compose_document)
    given = facts(CONFIDENTIAL, recipient="区自规局")
    for text in pages_of(compose_document(given).pdf()):
        assert "保密项目仅供区自规局使用" in text
    assert "接收人：区自规局" in pages_of(compose_document(given).pdf())[0]
    assert all("仅供" not in text for text in pages_of(compose_document(drive(recipient="区自规局")).pdf()))


def test_word_says_over_every_page_what_the_watermark_says() -> None:
    document = compose_brief(facts(CONFIDENTIAL, recipient="区自规局")).document
    section = docx.Document(io.BytesIO(word(document))).sections[0]
    for header in (section.header, section.even_page_header):
        assert "保密项目　仅供区自规局使用" in header.paragraphs[0].text


def test_a_profile_made_for_outside_has_no_watermark() -> None:
    assert all("保密项目" not in text for text in pages_of(compose_blind_profile(facts(CONFIDENTIAL)).pdf()))


def test_a_long_recipient_still_fits_across_the_page() -> None:
    given = facts(CONFIDENTIAL, recipient="某某某某有限公司" * 20)
    assert "某某某某有限公司" * 20 in pages_of(compose_brief(given).pdf())[1]


def test_the_code_says_what_the_last_line_says() -> None:
    composed = compose_brief(drive())
    assert composed.document.code == f"XT1 {composed.document.digest[:16]} 41 9f3a9f3a9f3a9f3a".upper()
    side, runs = code_squares(composed.document.code)
    finder = {(row, column) for row, start, long in runs for column in range(start, start + long) if row < 7 > column}
    ring = {(row, column) for row in range(7) for column in range(7) if row in {0, 6} or column in {0, 6}}
    eye = {(row, column) for row in range(2, 5) for column in range(2, 5)}
    assert finder == ring | eye
    assert CODE / side > 1.4  # points: half a millimetre a module, so that a telephone reads it from paper


def test_the_code_moves_no_line() -> None:
    document = compose_brief(drive()).document
    with_code, without = compose(document, density=1), compose(replace(document, code=""), density=1)
    assert [[placed.down for placed in page] for page in with_code.pages] == [
        [placed.down for placed in page] for page in without.pages
    ]
    assert len(with_code.pdf()) > len(without.pdf())


def test_a_head_of_two_rows_is_one_cell_in_both_files() -> None:
    table = progress_table(())
    document = Document("月报", "月报", "", "zh_CN", [table])
    assert pages_of(compose(document).pdf())[0].count("事项") == 1
    made = docx.Document(io.BytesIO(word(document))).tables[0]
    assert made.cell(0, 0)._tc is made.cell(1, 0)._tc
    assert made.cell(0, 0).text == "事项"


def test_a_rule_never_crosses_a_joined_cell() -> None:
    rows = (
        (Cell(line("")), Cell(line("甲"))),
        (Cell(line("合"), up=True), Cell(line("乙"))),
    )
    parted = tuple(tuple(replace(cell, up=False) for cell in row) for row in rows)
    joined, plain = (
        compose(Document("表", "表", "", "zh_CN", [Table(each, (1, 1), (Align.LEFT,) * 2)])) for each in (rows, parted)
    )
    assert joined.pdf() != plain.pdf()
    assert pages_of(joined.pdf()) == pages_of(plain.pdf())


def test_headings_are_numbered_past_ten() -> None:
    number = Numbering()
    heads = [number.heading("章").text for _place in range(33)]
    assert [heads[place - 1] for place in (1, 9, 10, 11, 19, 20, 21, 30, 33)] == [
        f"{word}、章" for word in ("一", "九", "十", "十一", "十九", "二十", "二十一", "三十", "三十三")
    ]
