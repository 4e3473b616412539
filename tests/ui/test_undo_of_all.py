"""Whatever way a change was made, one key takes it back, one makes it again, and both say in words what it was."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit

from crm.domain.tasks import KINDS
from crm.jobs import finish
from crm.jobs.imports import Request, import_file
from crm.queries.agenda import agenda
from crm.queries.merging import merge_preview
from crm.queries.records import load, load_one
from crm.services.follow_ups import add_follow_up
from crm.services.merging import merge
from crm.services.records import update
from tests.ui.by_hand import NAME
from ui.agenda.page import AgendaPage
from ui.application import Xiangtu
from ui.blocks.paste_dialog import PasteDialog
from ui.leads.page import LeadsPage
from ui.pictures import wait_for

OTHER, THIRD = "新能源电驱动总成（虚构）", "自动驾驶算法研发中心（虚构）"
DAY = date(2027, 3, 2)


class Ways:
    """The ways a change is made in the window; each returns when it was asked for."""

    def __init__(self, xiangtu: Xiangtu, page: LeadsPage, folder: Path) -> None:
        assert xiangtu.desk is not None
        assert xiangtu.window is not None
        self.desk, self.window, self.page, self.folder = xiangtu.desk, xiangtu.window, page, folder
        self.database = self.desk.workspace.database

    def seen(self) -> Mapping[str, Any]:
        """Return everything a change of the ways below touches."""
        with self.database.read() as session:
            kinds = {kind: {one.code: one.values for one in load(session, kind)} for kind in ("leads", "funds")}
            return {**kinds, "tasks": [(row.text, row.day) for row in agenda(session, DAY, DAY)]}

    def id(self, name: str) -> int:
        with self.database.read() as session:
            return load_one(session, "leads", name).id

    def new_in_the_form(self) -> None:
        self.page.editing.new()
        self._in_the_form("name", "量子测量装备（虚构）")

    def edit_in_the_form(self) -> None:
        self.page.editing.edit(self.id(NAME), "owner")
        self._in_the_form("owner", "赵某")

    def _in_the_form(self, name: str, text: str) -> None:
        wait_for(lambda: self.page.editing.form is not None)
        form = self.page.editing.form
        assert form is not None
        form.lines[name].put(text)
        form.keep.click()
        wait_for(lambda: self.page.editing.form is None)

    def bulk(self) -> None:
        self.page.editing.change_many([self.id(NAME), self.id(OTHER)], {"owner": "吴某"}, "")

    def drag(self) -> None:
        self.page.shapes.move_lead(self.id(NAME), "review")

    def cell(self) -> None:
        ids = [int(each) for each in self.page.list.model.ids]
        self.page.cells.begin(ids.index(self.id(OTHER)), 3, None)
        wait_for(lambda: self.page.cells._record is not None)
        editor = self.page.cells.editor
        assert editor is not None
        assert isinstance(editor.editor, QLineEdit)
        editor.editor.setText("31.5亩")
        editor.kept.emit(0, 0)

    def paste(self) -> None:
        view = self.page.list.view
        view.go_to(0)
        view.span.choose(2, 3)
        QGuiApplication.clipboard().setText("1.1亿\t11\n1.2亿\t12\n")
        self.page.pasting.paste()
        found: list[QDialog] = []

        def shown() -> bool:
            found[:] = [one for one in QApplication.topLevelWidgets() if isinstance(one, PasteDialog)]
            return bool(found) and isinstance(found[0], PasteDialog) and found[0].plan is not None

        wait_for(shown)
        preview = found[0]
        assert isinstance(preview, PasteDialog)
        preview.take.click()

    def follow_up(self) -> None:
        lead = self.id(THIRD)
        self.desk.change(
            lambda session: add_follow_up(
                session, lead, kind="call", at=DAY, by="周敏", note="电话沟通", next_step="寄材料"
            ),
            "跟进记录",
        )

    def task(self) -> None:
        week = self.window.go("agenda")
        assert isinstance(week, AgendaPage)
        dialog = week.acts.new(DAY)
        dialog.kind.setCurrentIndex(dialog.kind.findData(KINDS[-1].code))
        dialog.lines["title"].setText("报送周报（虚构）")
        dialog.keep.click()

    def register(self) -> None:
        with self.database.read() as session:
            fund = load(session, "funds")[0]
        self.desk.change(lambda session: update(session, "funds", fund.id, {"manager": "管理人（虚构）"}), "编辑基金")

    def merging(self) -> None:
        kept, gone = self.id(NAME), self.id(THIRD)
        self.desk.change(
            lambda session: merge(session, merge_preview(session, "leads", kept, gone), "同一项目"), "合并线索"
        )

    def importing(self) -> None:
        path = self.folder / "leads.json"
        rows = [{"name": f"导入项目{number}（虚构）", "owner": "钱某"} for number in range(3)]
        path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
        finish(import_file(self.database, Request("leads", path, "周敏", backups=str(self.folder))))


WAYS: tuple[tuple[Callable[[Ways], None], str], ...] = (
    (Ways.new_in_the_form, "新建线索"),
    (Ways.edit_in_the_form, "编辑 XT-"),
    (Ways.bulk, "批量"),
    (Ways.drag, "变更阶段"),
    (Ways.cell, "用地需求："),
    (Ways.paste, "粘贴：4格"),
    (Ways.follow_up, "跟进记录"),
    (Ways.task, "报送周报"),
    (Ways.register, "编辑基金"),
    (Ways.merging, "合并"),
    (Ways.importing, "导入"),
)


def test_every_way_is_taken_back_and_made_again_with_words(page: LeadsPage, xiangtu: Xiangtu, tmp_path: Path) -> None:
    ways = Ways(xiangtu, page, tmp_path)
    undo, redo = ways.window.undo_action, ways.window.redo_action
    for way, words in WAYS:
        before, told = ways.seen(), undo.text()
        way(ways)
        wait_for(lambda told=told: undo.text() != told)  # type: ignore[misc]  # as it is now
        after = ways.seen()
        assert after != before, words
        assert undo.text().startswith("撤销"), words
        assert words in undo.text()
        undo.trigger()
        wait_for(lambda words=words: words in redo.text())  # type: ignore[misc]
        assert ways.seen() == before, words
        redo.trigger()
        wait_for(lambda words=words: words in undo.text())  # type: ignore[misc]
        assert ways.seen() == after, words
        undo.trigger()
        wait_for(lambda words=words: words in redo.text())  # type: ignore[misc]
        assert ways.seen() == before, words
        wait_for(page.is_settled)
