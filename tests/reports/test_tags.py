"""The structure of a document in its file: what a reader that speaks is told, and in which order."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader

from reports.content import (
    Align,
    Bars,
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
    line,
)
from reports.page import compose

ROWS = 90
WORDS = tuple((Cell(line(f"甲{number}"), label=True), Cell(line("乙"))) for number in range(ROWS))
LONG = Table(((Cell(line("名称")), Cell(line("说明"))), *WORDS), (1, 1), (Align.LEFT, Align.LEFT), heads=1)
WIDE = Table(((Cell(line("合并"), span=2),),), (1, 1), (Align.LEFT, Align.LEFT))
CHART = Frontier(5000, 200, Point(32, 5600, "本项目"), (Point(28, 5600, "压缩"),), "用地", "税收", "达标")
BARS = Bars(("一月", "二月"), (("首报", (1, 2)),))
BLOCKS = (
    Title("题目"),
    Heading("一、概况"),
    Heading("（一）主体", 2),
    Body(line("正文很长，要跨页。" * 400)),
    LONG,
    WIDE,
    CHART,
    BARS,
    Note(line("注")),
    Signatures(("测算人", "复核人")),
)
READER = PdfReader(io.BytesIO(compose(Document("简报", "题目", "", "zh_CN", BLOCKS, watermark="仅供审阅")).pdf()))
ROOT: Any = READER.trailer["/Root"]
TREE: Any = ROOT["/StructTreeRoot"]


def kids(element: Any) -> list[Any]:  # noqa: ANN401  (a dictionary of the file)
    found = element.get("/K", [])
    each = found if isinstance(found, list) else [found]
    return [one.get_object() for one in each]


def walk(element: Any) -> Iterator[Any]:  # noqa: ANN401
    for kid in kids(element):
        if isinstance(kid, dict) and "/S" in kid:
            yield kid
            yield from walk(kid)


def test_the_file_says_that_it_is_tagged() -> None:
    assert ROOT["/MarkInfo"]["/Marked"].value is True
    assert ROOT["/Lang"] == "zh-CN"
    assert [str(page["/StructParents"]) for page in READER.pages] == [str(at) for at in range(len(READER.pages))]
    assert [kid["/S"] for kid in kids(TREE)] == ["/Document"]


def test_the_parts_stand_in_the_order_of_the_words() -> None:
    (whole,) = kids(TREE)
    roles = [kid["/S"] for kid in kids(whole)]
    assert roles == ["/H1", "/H2", "/H3", "/P", "/Table", "/Table", "/Figure", "/Figure", "/P", "/P"]


def test_what_goes_on_over_pages_is_one_part() -> None:
    (whole,) = kids(TREE)
    paragraph, table = kids(whole)[3:5]
    assert len(READER.pages) > 3
    assert len(kids(paragraph)) > 1
    rows = kids(table)
    assert [row["/S"] for row in rows] == ["/TR"] * (ROWS + 1)
    assert [cell["/S"] for cell in kids(rows[0])] == ["/TH", "/TH"]  # repeated heads are read once
    assert [cell["/A"]["/Scope"] for cell in (kids(rows[0])[0], kids(rows[1])[0])] == ["/Column", "/Row"]
    assert [cell["/S"] for cell in kids(rows[1])] == ["/TH", "/TD"]


def test_a_joined_cell_tells_its_columns_and_a_chart_what_it_shows() -> None:
    elements = list(walk(TREE))
    assert [each["/A"]["/ColSpan"] for each in elements if "/ColSpan" in each.get("/A", {})] == [2]
    assert [each["/Alt"] for each in elements if each["/S"] == "/Figure"] == ["本项目; 压缩", "首报: 一月 1, 二月 2"]


def test_all_that_is_drawn_belongs_to_a_part_or_to_none() -> None:
    parents = [entry.get_object() for entry in TREE["/ParentTree"]["/Nums"][1::2]]
    for page, owners in zip(READER.pages, parents, strict=True):
        drawn: Any = page.get_contents()
        code = drawn.get_data().decode("ascii")
        marks = [int(number) for number in re.findall(r"/MCID (\d+)", code)]
        assert marks == list(range(len(owners)))
        depth = 0
        for operator in re.findall(r"BDC|BMC|EMC|Tj|\bS\b|\bf\b", code):
            depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(operator, 0)
            assert depth in ((0, 1) if operator == "EMC" else (1,))
        assert depth == 0


def test_each_part_knows_the_one_it_belongs_to() -> None:
    (whole,) = kids(TREE)
    for element in walk(whole):
        assert any(kid is element or kid == element for kid in kids(element["/P"].get_object()))
