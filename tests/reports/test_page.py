from __future__ import annotations

import io
import time
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PageObject, PdfReader

from crm.errors import GlyphMissingError
from crm.resources import resource_folder
from reports.content import (
    Align,
    Block,
    Body,
    Cell,
    Document,
    Frontier,
    Heading,
    Note,
    Point,
    Signatures,
    Table,
    Title,
    Tone,
    Words,
    line,
)
from reports.fonts import bundled_fonts
from reports.page import compose
from reports.styles import DENSITIES, TEXT_WIDTH
from reports.tables import TableBox
from tests.reports.made import unpacked

HOSTILE = "<a href='http://x'>链接</a> <img src='file:///etc/passwd'/> &amp; <b>粗</b> ${x} {{y}} \\(z) %s"


def document(*blocks: Block, **more: object) -> Document:
    return Document("项目简报", "澄芯项目简报", "区投促局", "zh_CN", blocks, **more)  # type: ignore[arg-type]


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def root(reader: PdfReader) -> dict[str, Any]:
    return reader.trailer["/Root"].get_object()  # type: ignore[return-value]


def where(page: PageObject, mark: str) -> float:
    """Return how far from the left edge a mark stands."""
    found: list[float] = []

    def see(text: str, _page: Any, matrix: Any, _font: Any, _size: Any) -> None:  # noqa: ANN401  (pypdf calls it)
        if mark in text:
            found.append(matrix[4])

    page.extract_text(visitor_text=see)
    return found[0]


def text_of(pdf: bytes) -> str:
    return "".join("".join(page.extract_text() for page in read(pdf).pages).split())


def table(*rows: tuple[str, ...], heads: int = 1) -> Table:
    cells = tuple(tuple(Cell(line(text)) for text in row) for row in rows)
    return Table(cells, tuple(1.0 for _cell in rows[0]), tuple(Align.LEFT for _cell in rows[0]), heads=heads)


def test_text_in_any_field_prints_as_text() -> None:
    composed = compose(
        document(Title(HOSTILE), Heading(HOSTILE), Body(line(HOSTILE)), table((HOSTILE, HOSTILE)), Note(line(HOSTILE)))
    )
    pdf = composed.pdf()
    assert text_of(pdf).count("".join(HOSTILE.split())) >= 3
    plain = unpacked(pdf)
    assert b"/StructTreeRoot" in plain
    for word in (b"/Annots", b"/JS", b"/JavaScript", b"/URI", b"/Launch", b"/XObject", b"/AA", b"/OpenAction"):
        assert word not in plain
    assert all("/Annots" not in page for page in read(pdf).pages)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet="税亩元项目昇璟喆䶮𬭎㛃𠮷☐✗ŁŞé²㎡−≥〔〕“”，。（）()<>&%/-— aZ09", min_size=1, max_size=200))
def test_what_is_read_back_is_what_was_put_in(text: str) -> None:
    pdf = compose(document(Body(line("始", text, "终")))).pdf()
    assert f"始{''.join(text.split())}终" in text_of(pdf)


def test_the_same_words_give_the_same_bytes() -> None:
    words = document(Title("甲"), Body(line("乙𬭎", Words("待补充", Tone.GREY))), table(("a", "b"), ("c", "d")))
    first = compose(words).pdf()
    compose(document(Body(line("别的文字先占用字形编号")))).pdf()
    assert compose(words).pdf() == first


def test_the_file_says_what_it_is() -> None:
    reader = read(compose(document(Heading("一、概况"), Body(line("乙")), digest="ab12")).pdf())
    assert reader.metadata is not None
    assert reader.metadata.title == "澄芯项目简报"
    assert reader.metadata.author == "区投促局"
    assert str(reader.metadata["/Keywords"]) == "ab12"
    assert root(reader)["/Lang"] == "zh-CN"
    assert root(reader)["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert [str(entry.title) for entry in reader.outline] == ["一、概况"]  # type: ignore[union-attr]
    assert round(float(reader.pages[0].mediabox.width)) == 595


def test_only_embedded_faces_are_used() -> None:
    reader = read(compose(document(Body(line("字体")))).pdf())
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]  # type: ignore[index]
    assert [font["/Encoding"] for font in fonts] == ["/Identity-H"]  # one code a character, however many there are
    assert all("/FontFile2" in font["/DescendantFonts"][0]["/FontDescriptor"] for font in fonts)


def test_a_missing_character_is_told_before_a_page_is_begun() -> None:
    labelled = Table(
        ((Cell(line("投资方"), label=True), Cell(line("王\U00020000"))),), (1, 1), (Align.LEFT, Align.LEFT)
    )
    with pytest.raises(GlyphMissingError, match="U\\+20000") as caught:
        compose(document(labelled))
    assert caught.value.where == "投资方"


def test_heads_are_repeated_and_rows_stay_whole() -> None:
    rows = [("序号", "名称"), *((str(number), "第三代半导体项目" * 6) for number in range(120))]
    composed = compose(document(table(*rows)))
    pages = [page.extract_text() for page in read(composed.pdf()).pages]
    assert composed.count > 2
    assert all("序号" in page for page in pages)
    assert "".join("".join(pages).split()).count("第三代半导体项目" * 6) == 120


def test_a_row_taller_than_a_page_is_split() -> None:
    text = "很长的一段说明，" * 1_500
    composed = compose(document(table(("名称", "说明"), ("甲", text))))
    assert composed.count > 1
    assert text_of(composed.pdf()).count("很长的一段说明，") > 1_400


def test_a_heading_never_stands_alone_at_the_foot() -> None:
    for lines in range(10, 24):
        blocks = [Body(line("行")) for _line in range(lines)]
        composed = compose(
            document(*blocks, Heading("二、标题"), Heading("（一）小标题", 2), table(("甲", "乙"), ("丙", "丁")))
        )
        for page in composed.pages:
            assert not page or not page[-1].box.stays


def test_a_small_table_is_never_parted() -> None:
    small = table(("甲", "乙"), ("丙", "丁"), ("戊", "己"))
    for lines in range(12, 22):
        composed = compose(document(*(Body(line("行")) for _line in range(lines)), small))
        assert [
            len(placed.box.rows) for page in composed.pages for placed in page if isinstance(placed.box, TableBox)
        ] == [2]


def test_a_table_begins_and_ends_with_more_than_a_line() -> None:
    long = table(("甲", "乙"), *((str(number), "戊") for number in range(30)))
    for lines in range(22):
        composed = compose(document(*(Body(line("行")) for _line in range(lines)), long))
        pieces = [placed.box for page in composed.pages for placed in page if isinstance(placed.box, TableBox)]
        assert sum(len(piece.rows) for piece in pieces) == 30
        assert all(sum(row.height for row in piece.rows) >= 45 for piece in pieces)


def test_the_end_of_a_document_is_never_alone_on_a_page() -> None:
    long = table(("甲", "乙"), *((str(number), "戊") for number in range(40)))
    for lines in range(40):
        for end in (long, table(("甲", "乙"), ("丙", "丁"))):
            blocks: list[Block] = [
                *(Body(line("行")) for _line in range(lines)),
                Heading("标题"),
                end,
                Note(line("摘要")),
            ]
            composed = compose(document(*blocks))
            assert len(composed.pages[-1]) > 1
            for page in composed.pages:
                assert page[-1].down + page[-1].box.height <= composed.sheet.height + 0.01
                assert not page[-1].box.stays


def test_nothing_touches_a_table() -> None:
    composed = compose(document(Body(line("上文")), table(("甲", "乙")), Heading("下文"), Body(line("正文"))))
    boxes = composed.pages[0]
    for above, below in pairwise(boxes):
        if not hasattr(above.box, "laid") or not hasattr(below.box, "laid"):
            assert below.down - above.down - above.box.height >= 4


def test_hostile_lengths_survive_in_time() -> None:
    begun = time.process_time()
    long = "x" * 80_000
    composed = compose(
        document(Body(line(long)), table(("甲", "乙"), ("丙", "漢" * 64_000)), Body(line("，" * 20_000)))
    )
    assert len(composed.pdf()) > 10_000
    assert time.process_time() - begun < 20  # quadratic work would take minutes


def test_full_lines_end_at_the_margin_and_none_beyond() -> None:
    composed = compose(
        document(Body(line("项目拟落户高铁新城，总投资12.8亿元，拟用地32亩，达产后年税收5600万元。" * 12)))
    )
    laid = composed.pages[0][0].box.laid  # type: ignore[attr-defined]
    paragraph = laid.paragraphs[0]
    for start, end, indent, _last in paragraph.lines:
        over = indent + sum(paragraph.widths[start:end]) - TEXT_WIDTH
        assert over <= 8.01  # half of a closing mark, which is blank


def test_a_page_has_22_lines_of_28_characters() -> None:
    composed = compose(document(Body(line("国" * (22 * 28 - 2)))))
    laid = composed.pages[0][0].box.laid  # type: ignore[attr-defined]
    assert composed.count == 1
    assert [len(text) for text in laid.texts()] == [26, *[28] * 21]
    assert compose(document(Body(line("国" * (22 * 28 - 1))))).count == 2


def test_pages_are_numbered_right_and_left() -> None:
    pages = compose(document(*(Body(line("行")) for _line in range(30)))).pdf()
    found = [where(page, "—") for page in read(pages).pages]
    assert found[0] > 400
    assert found[1] < 120


def test_the_chart_draws_its_points_and_labels() -> None:
    chart = Frontier(
        5000, 200, Point(32, 5600, "本项目"), (Point(28, 5600, "压缩至28亩"),), "用地（亩）", "年税收（万元）", "达标"
    )
    text = text_of(compose(document(chart)).pdf())
    assert all(label in text for label in ("本项目", "A压缩至28亩", "用地（亩）", "年税收（万元）", "达标", "6000"))


def test_signatures_have_room() -> None:
    assert "测算人" in text_of(compose(document(Signatures(("测算人", "复核人")))).pdf())


def test_closer_type_takes_fewer_pages() -> None:
    blocks = [Body(line("项目拟落户高铁新城，总投资12.8亿元。" * 8)) for _number in range(12)]
    counts = [compose(document(*blocks), density=density).count for density in range(len(DENSITIES))]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] < counts[0]


def test_bundled_fonts_are_the_default() -> None:
    assert compose(document(Body(line("甲")))).fonts is bundled_fonts()
    assert (resource_folder() / "fonts" / "README.md").exists()
