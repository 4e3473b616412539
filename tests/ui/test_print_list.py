"""The list on paper: filtered, sorted and seen as on the screen, looked at first, noted when it is saved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtPdf import QPdfDocument
from sqlmodel import col, select

from crm.models import ChangeSet
from crm.queries.history import EXPORTED
from crm.workspace import open_workspace
from ui.application import Xiangtu
from ui.documents.preview import DocumentPreview
from ui.leads.page import LeadsPage
from ui.pictures import wait_for


def test_what_is_seen_is_printed_and_noted(page: LeadsPage, xiangtu: Xiangtu, database: Path, tmp_path: Path) -> None:
    menu = page.list.bar.show_menu("verdicts", [("met", 1), ("not_met", 1)])
    for action in menu.actions()[:2]:
        action.trigger()
    menu.close()
    wait_for(lambda: page.list.model.rowCount() == 2)
    page.print_list()
    assert xiangtu.window is not None
    window = xiangtu.window
    wait_for(lambda: bool(window.findChildren(DocumentPreview)))
    preview = window.findChildren(DocumentPreview)[-1]
    target = tmp_path / "清单.pdf"
    preview.save_asked.emit(target)
    wait_for(target.exists)
    preview.close()
    document = QPdfDocument()
    document.load(str(target))
    said = document.getAllText(0).text().replace("\n", "").replace("\r", "").replace(" ", "")
    document.close()
    assert "筛选条件：供地门槛：达标、不达标" in said
    assert "共2个项目" in said
    assert "新能源电驱动总成（虚构）" in said
    assert "自动驾驶算法" not in said
    workspace = open_workspace(str(database), "x")
    with workspace.database.read() as session:
        notes = session.exec(select(ChangeSet.why).where(col(ChangeSet.kind) == EXPORTED)).all()
    workspace.database.close()
    assert any("打印项目线索清单（2条）：清单.pdf" in str(note) for note in notes)
