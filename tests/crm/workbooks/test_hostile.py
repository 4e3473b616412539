"""Hostile and broken files end in one clear sentence; the program goes on."""

from __future__ import annotations

import random
import struct
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from crm.errors import WorkbookError
from crm.workbooks.limits import Limits, Refusal
from crm.workbooks.package import Package
from crm.workbooks.reading import UNBELIEVABLE, Collector, Line, read_workbook
from crm.workbooks.scanning import SheetScan
from tests.crm.workbooks.making import MAIN, pack, parts, relationships, save, sheet_xml, strings_xml

ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


def refusal(path: Path, limits: Limits | None = None) -> str:
    """Return the sentence with which a file is refused."""
    with pytest.raises(WorkbookError) as caught:
        read_workbook(path, limits=limits)
    assert "\n" not in caught.value.message
    assert (caught.value.where or "").startswith(path.name)
    return caught.value.message


def test_a_zip_bomb(tmp_path: Path) -> None:
    content = parts(sheet_xml(ONE + " " * 50_000_000))
    assert "解压后的大小" in refusal(save(tmp_path, content))


def test_a_part_that_lies_about_its_size(tmp_path: Path) -> None:
    whole = bytearray(pack(parts(sheet_xml(ONE + " " * 300_000))))
    place = whole.rfind(b"PK\x01\x02", 0, whole.rfind(b"sheet1.xml"))
    struct.pack_into("<I", whole, place + 24, 200)  # the size unpacked, in the list at the end
    assert "已损坏" in refusal(save(tmp_path, bytes(whole)))


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "docProps/app.xml", "xl/x.xml"])
def test_document_types_are_refused_in_every_part(tmp_path: Path, part: str) -> None:
    content = parts(sheet_xml(ONE))
    content[part] = f"{LAUGHS}<w>&c;</w>"
    assert "文档类型声明" in refusal(save(tmp_path, content))


@pytest.mark.parametrize(
    ("cell", "words"),
    [("XFD1048576", "内容超过第 200000 行"), ("A200001", "内容超过第 200000 行"), ("SS1", "内容超过 512 列")],
)
def test_a_cell_in_the_far_corner_is_named(tmp_path: Path, cell: str, words: str) -> None:
    message = refusal(save(tmp_path, parts(sheet_xml(f'{ONE}<row><c r="{cell}"><v>1</v></c></row>'))))
    assert words in message
    assert f"台账.xlsx，工作表“表1”，单元格 {cell}" in message


def test_two_far_cells_that_span_a_huge_grid(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="SR1"><v>1</v></c></row><row r="200000"><c r="A200000"><v>1</v></c></row>'
    assert "散布" in refusal(save(tmp_path, parts(sheet_xml(rows))))


def test_more_cells_than_are_read(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}"/><c r="B{row}"/></row>' for row in range(1, 60))
    path = save(tmp_path, parts(sheet_xml(ONE + rows)))
    assert "单元格超过 100 个" in refusal(path, Limits(cells=100))


@pytest.mark.parametrize("unique", [4_000_000_000, 10**30])
def test_shared_strings_that_claim_to_be_billions(tmp_path: Path, unique: int) -> None:
    text = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    strings = strings_xml("<si><t>a</t></si>", unique)
    message = refusal(save(tmp_path, parts(sheet_xml(text), strings=strings)))
    assert "文字过多" in message or "已损坏" in message


def test_a_shared_string_that_is_not_there(tmp_path: Path) -> None:
    assert "已损坏" in refusal(save(tmp_path, parts(sheet_xml('<row r="1"><c r="A1" t="s"><v>7</v></c></row>'))))


def test_a_text_of_megabytes(tmp_path: Path) -> None:
    long = "".join(random.Random(1).choices("abcdefghij", k=600_000))  # noqa: S311  (only to pack badly)
    strings = strings_xml(f"<si><t>{long}</t></si>", 1)
    assert "过长" in refusal(
        save(tmp_path, parts(sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), strings=strings))
    )
    inline = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{long}</t></is></c></row>'
    assert "超过 40000 个字符" in refusal(save(tmp_path, parts(sheet_xml(inline))))


def test_a_merge_bomb(tmp_path: Path) -> None:
    merges = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(1, 300))
    rows = "".join(f'<row r="{row}"><c r="B{row}"><v>1</v></c></row>' for row in range(1, 300))
    path = save(tmp_path, parts(sheet_xml(rows, after=f"<mergeCells>{merges}</mergeCells>")))
    assert "合并单元格过多" in refusal(path, Limits(merges=100))
    assert len(read_workbook(path).sheets[0].merges) == 299


def test_more_styles_than_excel_has(tmp_path: Path) -> None:
    content = parts(sheet_xml(ONE))
    content["xl/styles.xml"] = f"<styleSheet xmlns='{MAIN}'><cellXfs>{'<xf/>' * 70_000}</cellXfs></styleSheet>"
    assert "单元格样式超过 65490 种" in refusal(save(tmp_path, content), Limits(ratio=10_000))


@pytest.mark.parametrize("name", ["../../etc/passwd", "/xl/x.xml", "C:/x.xml", "xl/../../x.xml", "..\\x.xml"])
def test_parts_outside_of_the_package(tmp_path: Path, name: str) -> None:
    assert "指向文件以外" in refusal(save(tmp_path, parts(sheet_xml(ONE)) | {name: "x"}))


def test_a_relationship_that_leads_outside(tmp_path: Path) -> None:
    content = parts(sheet_xml(ONE))
    content["xl/_rels/workbook.xml.rels"] = relationships(("worksheet", "../../../etc/passwd"))
    assert "指向文件以外" in refusal(save(tmp_path, content))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_same_part_twice(tmp_path: Path) -> None:
    target = BytesIO(pack(parts(sheet_xml(ONE))))
    with zipfile.ZipFile(target, "a") as file:
        file.writestr("xl/worksheets/Sheet1.xml", sheet_xml('<row r="1"><c r="A1"><v>2</v></c></row>'))
    assert "已损坏" in refusal(save(tmp_path, target.getvalue()))


def test_a_part_in_an_unknown_encoding(tmp_path: Path) -> None:
    content = parts("")
    content["xl/worksheets/sheet1.xml"] = sheet_xml(ONE).replace("UTF-8", "GBK").encode("gbk")
    assert "已损坏" in refusal(save(tmp_path, content))


def test_nesting_without_end(tmp_path: Path) -> None:
    content = parts(sheet_xml(ONE))
    content["xl/workbook.xml"] = "<a>" * 5000
    assert "已损坏" in refusal(save(tmp_path, content))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "没有可读取的内容"),
        (b"\0" * 5000, "没有可读取的内容"),
        (b"PK\x03\x04 and no more", "不完整"),
        (pack(parts(sheet_xml(ONE)))[:-300], "不完整"),
        (b"%PDF-1.7 ...", "是 PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "是图片"),
        (b"Rar!\x1a\x07\0", "是压缩文件"),
        (pack({"a.txt": "x"}), "是压缩文件"),
        (pack({"word/document.xml": "<x/>", "[Content_Types].xml": "<x/>"}), "是 Word 文档"),
        (b"<html><body><p>1</p><table><tr></tr></table></body></html>", "实际是没有表格的网页"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "实际是没有表格的网页"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "2003 版的 XML 表格"),
        (b"\x09\x08\x08\0\0\x05\x05\0", "Excel 97 以前"),
        (b"MZ\x90\0\x03\0\0\0\x04\0", "不是表格文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "设有打开密码"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "是 Word 文档"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "已损坏"),
    ],
)
def test_what_is_no_workbook_is_called_by_its_name(tmp_path: Path, content: bytes, words: str) -> None:
    assert words in refusal(save(tmp_path, content))


def test_an_encrypted_part(tmp_path: Path) -> None:
    whole = bytearray(pack(parts(sheet_xml(ONE))))
    whole[whole.rfind(b"PK\x01\x02") + 8] |= 1
    assert "设有打开密码" in refusal(save(tmp_path, bytes(whole)))


def test_an_ods_of_sixteen_billion_cells(tmp_path: Path) -> None:
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<o:document-content xmlns:o="{office}office:1.0" xmlns:t="{office}table:1.0"><o:body><o:spreadsheet>'
        '<t:table t:name="a"><t:table-row t:number-rows-repeated="1048576"><t:table-cell '
        't:number-columns-repeated="16384" o:value-type="float" o:value="1"/></t:table-row></t:table>'
        "</o:spreadsheet></o:body></o:document-content>"
    )
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    message = refusal(save(tmp_path, {"mimetype": mimetype, "content.xml": content}, "a.ods"))
    assert "已损坏" in message or "内存" in message


def test_a_reader_that_needs_too_much_memory_takes_only_its_process_along(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{r}"><c r="A{r}"><v>{r}</v></c></row>' for r in range(1, 40_000))
    path = save(tmp_path, parts(sheet_xml(f'{rows}<row><c r="SR40000"><v>1</v></c></row>')))
    message = refusal(path, Limits(memory_bytes=150 << 20, grid=10**9))
    assert "内存" in message or "中断" in message


def test_cells_and_ranges_that_are_none(tmp_path: Path) -> None:
    for row in (
        '<c r="A0"><v>1</v></c>',
        '<c r="11"><v>1</v></c>',
        '<c r="ABCD1"><v>1</v></c>',
        '<c r="甲1"><v>1</v></c>',
    ):
        assert "已损坏" in refusal(save(tmp_path, parts(sheet_xml(f'<row r="1">{row}</row>'))))
    for after in ("A1:", "甲", "A1:B2:C3"):
        merges = f'<mergeCells><mergeCell ref="{after}"/></mergeCells>'
        assert "已损坏" in refusal(save(tmp_path, parts(sheet_xml(ONE, after=merges))))


WHOLE = pack(
    parts(
        sheet_xml(
            '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>45366</v></c></row>'
            '<row r="2" hidden="1"><c r="A2" t="e"><v>#N/A</v></c><c r="B2"><f>1+1</f></c></row>',
            before='<cols><col min="2" max="2" hidden="1"/></cols>',
            after='<mergeCells><mergeCell ref="A1:A2"/></mergeCells>',
        ),
        formats=['yyyy"年"m"月"'],
        strings=strings_xml("<si><t>项目名称</t></si>", 1),
    )
)
BAD_XML = some.sampled_from(["r", "s", "t", "ref", "min", "max", "hidden", "xf", "<v>", "1", "A1", "Id", "Target"])


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(some.lists(some.tuples(some.integers(0, len(WHOLE) - 1), some.integers(0, 255)), min_size=1, max_size=6))
def test_the_guard_survives_any_change_of_bytes(changes: list[tuple[int, int]]) -> None:
    content = bytearray(WHOLE)
    for place, byte in changes:
        content[place] = byte
    scan_all(bytes(content))


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(some.integers(0, 3), BAD_XML, some.text(max_size=5), some.integers(0, 30))
def test_the_guard_survives_any_change_of_words(part: int, old: str, new: str, where: int) -> None:
    content = parts(sheet_xml(ONE), formats=["0%"], strings=strings_xml("<si><t>a</t></si>", 1))
    name = list(content)[-1 - part]
    pieces = str(content[name]).split(old)
    place = where % len(pieces)
    changed = old.join(pieces[:place]) + new + old.join(pieces[place:])
    content[name] = changed.encode("utf-8", errors="surrogatepass")
    scan_all(pack(content))


def scan_all(content: bytes) -> None:
    """Look through a package as the child does, without the reader of values: only a refusal may come of it."""
    limits = Limits()
    try:
        package = Package(content, limits)
        for name in package.names:
            if name.startswith("xl/worksheets"):
                SheetScan({"1": "0%"}, limits, "a").read(package, name)
            else:
                package.refuse_document_types(name)
        package.relationships("xl/workbook.xml")
    except Refusal as error:
        assert error.code  # noqa: PT017  (a refusal is one of two good ends)


@pytest.mark.parametrize("seed", range(12))
def test_the_child_survives_damaged_files(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  (which bytes to damage)
    content = bytearray(WHOLE)
    for _change in range(chance.randint(1, 8)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    try:
        book = read_workbook(save(tmp_path, bytes(content)))
    except WorkbookError as error:
        assert error.where  # noqa: PT017  (refused, or read: both are good ends)
    else:
        assert book.sheets


ABOUT: Line = {"about": {"name": "a"}}


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [{"rows": [], "special": []}],
        [ABOUT, {"rows": [[["nested"]]], "special": []}],
        [ABOUT, {"rows": [{"a": 1}], "special": []}],
        [ABOUT, {"rows": [[1]], "special": [[0, 5, "date", "2024-01-01"]]}],
        [ABOUT, {"rows": [[1]], "special": [[-1, 0, "date", "2024-01-01"]]}],
        [ABOUT, {"rows": [[1]], "special": [[0, 0, "eval", "1"]]}],
        [ABOUT, {"rows": [[1]], "special": [[0, 0, "date", "soon"]]}],
        [ABOUT, {"rows": [[1]]}],
        [{"about": {"name": "a", "visibility": "x"}}, {"end": True, "notes": []}],
        [{"refused": "no such code", "sheet": "", "cell": "", "detail": ""}],
        [ABOUT, {"rows": [[1]], "special": []}],
    ],
)
def test_a_child_that_answers_nonsense_is_not_believed(lines: list[Line]) -> None:
    begun: list[Line] = [{"kind": "xlsx", "sha256": ""}]
    with pytest.raises(UNBELIEVABLE):
        Collector(Path("a.xlsx")).collect(iter(begun + lines))
