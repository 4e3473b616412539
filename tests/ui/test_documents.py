"""The form beside a document: its words change, the pages follow, what contradicts the data is told and kept."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crm.domain.fields.reading import read_record
from crm.queries.history import NOTES, change_sets
from crm.queries.records import load_one
from crm.queries.releases import ReleaseRow, releases_of
from crm.services.records import create
from ui.application import Xiangtu
from ui.documents.editing import EditPanel
from ui.documents.preview import DocumentPreview
from ui.leads.page import LeadsPage
from ui.pictures import settle, wait_for
from ui.records.page import RecordsPage


@pytest.fixture
def preview(page: LeadsPage, xiangtu: Xiangtu) -> Iterator[DocumentPreview]:
    """Return the preview of the brief of the second lead, with the form open."""
    page.document_asked.emit("brief", [2])
    window = xiangtu.window
    assert window is not None
    wait_for(lambda: bool(window.findChildren(DocumentPreview)))
    shown = window.findChildren(DocumentPreview)[0]
    shown.edit.click()
    settle(20)
    yield shown
    shown.close()
    settle(20)


def panel_of(preview: DocumentPreview) -> EditPanel:
    assert isinstance(preview.panel, EditPanel)
    return preview.panel


def row_of(panel: EditPanel, words: str) -> int:
    return next(at for at in range(panel.list.count()) if words in panel.list.item(at).text())


def pages(preview: DocumentPreview) -> str:
    text = "".join(preview.document.getAllText(at).text() for at in range(preview.document.pageCount()))
    return "".join(text.split())


def rewrite(panel: EditPanel, words: str, text: str) -> None:
    panel.list.setCurrentRow(row_of(panel, words))
    panel.text.setPlainText(text)


def register(xiangtu: Xiangtu) -> list[ReleaseRow]:
    assert xiangtu.desk is not None
    with xiangtu.desk.workspace.database.read() as session:
        sets = [each.id for each in change_sets(session, kinds=NOTES)]
        return [row for rows in releases_of(session, sets).values() for row in rows]


def test_the_pages_follow_the_words_and_say_what_contradicts_the_data(preview: DocumentPreview) -> None:
    panel = panel_of(preview)
    assert panel.isVisible()
    assert "不达标" in pages(preview)
    rewrite(panel, "试算结论", "试算结论（待核口径）：达标，税收9999万元。")
    wait_for(lambda: "税收9999万元" in pages(preview))
    assert "“9999万”在本件所依据的数据中没有出处。" in panel.doubts.text()
    assert "数据的测算结论不是“达标”。" in panel.doubts.text()
    panel.back.click()
    wait_for(lambda: "税收9999万元" not in pages(preview))
    assert not panel.doubts.isVisible()
    assert not panel.edits()


def test_a_heading_left_out_takes_what_stands_below(preview: DocumentPreview) -> None:
    panel = panel_of(preview)
    at = row_of(panel, "载体与基金匹配")
    panel.list.item(at).setCheckState(Qt.CheckState.Unchecked)
    assert panel.list.item(at + 1).checkState() is Qt.CheckState.Unchecked
    assert panel.list.item(0).checkState() is Qt.CheckState.Checked
    wait_for(lambda: "载体与基金匹配" not in pages(preview))
    assert "三、推进情况与下一步" in pages(preview)


def test_what_was_seen_is_saved_and_entered_with_its_reader(
    preview: DocumentPreview, xiangtu: Xiangtu, tmp_path: Path
) -> None:
    panel = panel_of(preview)
    rewrite(panel, "试算结论", "试算结论（待核口径）：不达标，另行会商。")
    panel.recipient.setText("区自规局")
    panel.purpose.setText("会商用地")
    wait_for(lambda: "接收人：区自规局" in pages(preview) and "另行会商" in pages(preview))
    for ending in (".pdf", ".docx"):
        preview.save_asked.emit(tmp_path / f"简报{ending}")
        wait_for((tmp_path / f"简报{ending}").exists)
    printed = "".join(page.extract_text() for page in PdfReader(tmp_path / "简报.pdf").pages)
    written = "".join(each.text for each in docx.Document(io.BytesIO((tmp_path / "简报.docx").read_bytes())).paragraphs)
    for text in (printed, written):
        assert "另行会商" in text
        assert "本件文字经人工修改" in "".join(text.split())
    wait_for(lambda: len(register(xiangtu)) == 2)
    assert {(row.recipient, row.purpose, row.edited) for row in register(xiangtu)} == {("区自规局", "会商用地", True)}
    assert sorted(row.number for row in register(xiangtu)) == [1, 2]


def test_the_form_is_worked_by_keys(preview: DocumentPreview) -> None:
    panel = panel_of(preview)
    panel.list.setFocus()
    panel.list.setCurrentRow(row_of(panel, "试算结论"))
    QTest.keyClick(panel.list, Qt.Key.Key_Space)
    assert panel.list.item(panel.list.currentRow()).checkState() is Qt.CheckState.Unchecked
    QTest.keyClick(panel.list, Qt.Key.Key_Tab)
    settle(5)
    assert panel.back.hasFocus() or panel.text.hasFocus()
    for widget in (panel.recipient, panel.purpose, panel.list, panel.text, panel.doubts):
        assert widget.accessibleName()
    preview.edit.click()
    assert not panel.isVisible()


def test_the_file_of_an_enterprise_is_seen_and_saved_from_its_page(
    page: LeadsPage, xiangtu: Xiangtu, tmp_path: Path
) -> None:
    del page
    window, desk = xiangtu.window, xiangtu.desk
    assert window is not None
    assert desk is not None
    with desk.workspace.database.write(by="李", why="登记") as session:
        values = {"code": "QY-1", "name": "电驰动力（虚构）", "leads": [load_one(session, "leads", 2).code]}
        create(session, "enterprises", read_record("enterprises", values))
    shown = window.go("enterprises")
    assert isinstance(shown, RecordsPage)
    wait_for(lambda: shown.detail._id != 0 and shown.detail.print_.isVisible())
    shown.detail.print_.click()
    wait_for(lambda: bool(window.findChildren(DocumentPreview)))
    preview = window.findChildren(DocumentPreview)[0]
    assert "电驰动力（虚构）一企一档" in pages(preview)
    assert "新能源电驱动总成（虚构）" in pages(preview)
    preview.save_asked.emit(tmp_path / "一企一档.pdf")
    wait_for(lambda: [(row.document, row.subject) for row in register(xiangtu)] == [("enterprise_file", "QY-1")])
    preview.close()
    settle(20)
