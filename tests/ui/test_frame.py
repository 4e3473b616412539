"""The frame: first start, search, language, theme, geometry, documents."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import main
from crm.database.sqlite import is_plain
from crm.errors import UserError
from crm.queries.history import PRINTED, change_sets
from crm.services.records import update
from crm.settings import Settings, load_settings, save_settings
from tests.ui.by_hand import click
from ui.application import Xiangtu
from ui.documents.preview import DocumentPreview
from ui.first_run.new_database_dialog import NewDatabaseDialog
from ui.first_run.page import FirstRunPage
from ui.leads.page import LeadsPage
from ui.pictures import settle, wait_for
from ui.preferences.dialog import PreferencesDialog
from ui.theme.tokens import Density, Theme
from ui.widgets.palette import Palette


def test_the_first_start_offers_its_ways_in(
    xiangtu: Xiangtu, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    xiangtu.start(None)
    assert xiangtu.window is not None
    wait_for(lambda: bool(xiangtu.window and xiangtu.window.findChildren(FirstRunPage)))
    page = xiangtu.window.findChildren(FirstRunPage)[0]
    qtbot.mouseClick(page.make, Qt.MouseButton.LeftButton)
    click(qtbot, xiangtu.window.findChildren(NewDatabaseDialog)[0], "不加密")
    wait_for(lambda: xiangtu.window is not None and isinstance(xiangtu.window.page("leads"), LeadsPage))
    assert is_plain(tmp_path / "xiangtu" / "xiangtu.db")


def test_a_file_that_is_no_database_is_refused_in_words(
    qapp: QApplication, settings: QSettings, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.db"
    wrong.write_text("no database at all, but long enough to look like something" * 20)
    errors: list[BaseException] = []
    xiangtu = Xiangtu(qapp, settings, main.doors().renderers, lambda _window, error: errors.append(error))
    window = xiangtu.show()
    xiangtu.start(str(wrong))
    wait_for(lambda: bool(errors))
    assert isinstance(errors[0], UserError)
    assert xiangtu.desk is None
    window.close()
    window.deleteLater()
    xiangtu.close()
    settle(20)


def _palette(xiangtu: Xiangtu) -> Palette:
    assert xiangtu.window is not None
    xiangtu.window.search_asked.emit()
    found = xiangtu.window.findChildren(Palette)
    return found[-1]


def _first(palette: Palette) -> str:
    return palette._hits[0].name if palette._hits else ""


@pytest.mark.parametrize("typed", ["光电", "guangdian", "jmgd"])
def test_search_finds_by_characters_pinyin_and_initials(page: LeadsPage, xiangtu: Xiangtu, typed: str) -> None:
    del page
    palette = _palette(xiangtu)
    palette.line.setText(typed)
    wait_for(lambda: "精密光电产业园" in _first(palette))


def test_search_answers_while_an_input_method_composes(page: LeadsPage, xiangtu: Xiangtu) -> None:
    del page
    palette = _palette(xiangtu)
    QApplication.sendEvent(palette.line, QInputMethodEvent("guang'dian", []))
    assert palette.line.text() == ""
    wait_for(lambda: "光电" in _first(palette))


def test_enter_opens_the_lead(page: LeadsPage, xiangtu: Xiangtu, qtbot: QtBot) -> None:
    palette = _palette(xiangtu)
    palette.line.setText("电驱动")
    wait_for(lambda: "电驱动" in _first(palette))
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    wait_for(lambda: page.peek.facts_shown is not None and "电驱动" in str(page.peek.facts_shown.values["name"]))


def test_another_look_is_taken_at_once_and_kept(page: LeadsPage, xiangtu: Xiangtu, tmp_path: Path) -> None:
    del page
    xiangtu.take_look(replace(xiangtu.look, language="en", theme=Theme.DARK, density=Density.COMPACT))
    wait_for(lambda: xiangtu.window is not None and isinstance(xiangtu.window.page("leads"), LeadsPage))
    assert xiangtu.window is not None
    assert xiangtu.window.undo_action.text() == "Undo"
    assert load_settings(tmp_path)[0].theme == Theme.DARK


def test_rows_made_by_the_threads_speak_the_language_of_the_window(page: LeadsPage, xiangtu: Xiangtu) -> None:
    xiangtu.take_look(replace(xiangtu.look, language="en"))
    assert xiangtu.window is not None
    english = xiangtu.window.page("leads")
    assert isinstance(english, LeadsPage)
    assert english is not page
    wait_for(english.is_settled)
    words = {row.verdict_text for row in map(english.list.model.row, range(3)) if row is not None}
    assert words == {"Reached", "Not reached", "No land"}


def test_the_preferences_are_those_of_the_command_line(
    qapp: QApplication, settings: QSettings, database: Path, tmp_path: Path
) -> None:
    backups = tmp_path / "备份"
    backups.mkdir()
    save_settings(Settings(officer="陈一鸣", unit="招商一科（虚构）", theme="dark"), tmp_path)
    xiangtu = Xiangtu(qapp, settings, main.doors().renderers)
    xiangtu.show()
    assert xiangtu.look.theme == "dark"
    xiangtu.start(str(database))
    wait_for(lambda: xiangtu.desk is not None and xiangtu.desk.opening.is_open)
    assert xiangtu.window is not None
    assert xiangtu.desk is not None
    assert xiangtu.desk.workspace.user == "陈一鸣"
    dialog = PreferencesDialog(xiangtu.look, str(database), xiangtu.window)
    dialog.changed.connect(xiangtu.take_look)
    dialog.backups.setText(str(tmp_path / "没有"))
    dialog._apply()
    assert not dialog._wrong.isHidden()
    dialog.backups.setText(str(backups))
    dialog.marking.setText("内部资料")
    dialog._apply()
    assert load_settings(tmp_path)[0] == Settings(
        officer="陈一鸣", unit="招商一科（虚构）", theme="dark", marking="内部资料", backup_folder=str(backups)
    )
    xiangtu.back_up()
    wait_for(lambda: bool(list(backups.rglob("*.db"))))
    assert xiangtu.desk.workspace.settings.marking == "内部资料"
    xiangtu.window.close()
    xiangtu.window.deleteLater()
    xiangtu.close()
    settle(20)


def test_the_geometry_is_remembered(xiangtu: Xiangtu, qapp: QApplication, settings: QSettings) -> None:
    assert xiangtu.window is not None
    xiangtu.window.resize(1024, 700)  # the offscreen screen is small
    xiangtu.window.close()
    again = Xiangtu(qapp, settings, main.doors().renderers)
    window = again.show()
    assert (window.width(), window.height()) == (1024, 700)
    window.close()
    window.deleteLater()
    again.close()
    settle(10)


@pytest.mark.parametrize("kind", ["brief", "dossier", "threshold_sheet"])
def test_a_document_is_seen_then_saved_and_printed(
    page: LeadsPage, xiangtu: Xiangtu, tmp_path: Path, kind: str
) -> None:
    assert xiangtu.window is not None
    page.document_asked.emit(kind, page.current_ids()[:1])
    wait_for(lambda: bool(xiangtu.window and xiangtu.window.findChildren(DocumentPreview)))
    preview = xiangtu.window.findChildren(DocumentPreview)[0]
    assert preview.document.pageCount() >= 1
    target = tmp_path / "saved.pdf"
    preview.save_asked.emit(target)
    wait_for(target.exists)
    assert target.read_bytes().startswith(b"%PDF-")
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    preview.print_asked.emit(printer)
    wait_for(lambda: len(_prints(xiangtu)) == 2)
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == preview.document.pageCount()
    assert "打印" in _prints(xiangtu)[0]
    private = Path(preview._private.name)
    preview.reject()  # as Escape does
    settle(20)
    assert not private.exists()


def test_a_character_no_font_has_is_told_and_printed_as_its_code_point(
    page: LeadsPage, xiangtu: Xiangtu, tmp_path: Path
) -> None:
    assert xiangtu.window is not None
    assert xiangtu.desk is not None
    lead_id = page.current_ids()[0]
    with xiangtu.desk.workspace.database.write(by="李", why="改名") as session:
        update(session, "leads", lead_id, {"investor": "澄芯\U00020000公司（虚构）"})
    page.document_asked.emit("brief", [lead_id])
    wait_for(lambda: bool(xiangtu.window and xiangtu.window.findChildren(DocumentPreview)))
    assert "“投资方”中的“\U00020000”（U+20000）" in xiangtu.window.toast.text()
    target = tmp_path / "saved.pdf"
    preview = xiangtu.window.findChildren(DocumentPreview)[0]
    preview.save_asked.emit(target)
    wait_for(target.exists)
    assert "〔U+20000〕" in "".join("".join(page.extract_text() for page in PdfReader(target).pages).split())
    preview.reject()
    settle(20)


def _prints(xiangtu: Xiangtu) -> list[str]:
    """Return what the history says of prints, the newest first."""
    assert xiangtu.desk is not None
    with xiangtu.desk.workspace.database.read() as session:
        return [each.why for each in change_sets(session, kinds=[PRINTED])]
