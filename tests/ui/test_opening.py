"""Databases that need something: a password; and those that others change while they are open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

import main
from crm.database import Database
from crm.services.records import create, update
from crm.workspace import open_workspace
from tests.ui.by_hand import click
from ui.application import Xiangtu
from ui.first_run.page import FirstRunPage
from ui.first_run.password_dialog import PasswordDialog
from ui.leads.page import LeadsPage
from ui.pictures import settle, wait_for

PASSWORD = "相城 2026"  # noqa: S105  (of a database of this test)


@pytest.fixture
def encrypted(tmp_path: Path) -> Path:
    """Return an encrypted database with one lead."""
    path = tmp_path / "secret.db"
    workspace = open_workspace(path, "周敏", key=PASSWORD, settings_folder=tmp_path)
    with workspace.database.write(by="周敏", why="登记") as session:
        create(session, "leads", {"name": "项目甲（虚构）"})
    workspace.database.close()
    return path


@pytest.fixture
def started(qapp: QApplication, settings: QSettings, encrypted: Path) -> Iterator[tuple[Xiangtu, list[BaseException]]]:
    """Return the program started on the encrypted database, and the errors it tells."""
    errors: list[BaseException] = []
    xiangtu = Xiangtu(qapp, settings, main.doors().renderers, lambda _window, error: errors.append(error))
    xiangtu.show()
    xiangtu.start(str(encrypted), "周敏")
    wait_for(lambda: bool(_dialogs(xiangtu)))
    yield xiangtu, errors
    assert xiangtu.window is not None
    xiangtu.window.close()
    xiangtu.window.deleteLater()
    xiangtu.close()
    settle(20)


def _dialogs(xiangtu: Xiangtu) -> list[PasswordDialog]:
    window = xiangtu.window
    return [each for each in window.findChildren(PasswordDialog) if each.isVisible()] if window is not None else []


def _type(qtbot: QtBot, xiangtu: Xiangtu, text: str) -> None:
    (dialog,) = _dialogs(xiangtu)
    dialog.line.setText(text)
    click(qtbot, dialog, "打开")


def test_a_password_is_asked_for_until_it_is_right(
    started: tuple[Xiangtu, list[BaseException]], qtbot: QtBot, settings: QSettings
) -> None:
    xiangtu, errors = started
    (first,) = _dialogs(xiangtu)
    assert first.line.echoMode() is QLineEdit.EchoMode.Password
    first.seen.click()
    assert first.line.echoMode() is QLineEdit.EchoMode.Normal
    assert not first.take.isEnabled()
    _type(qtbot, xiangtu, "wrong")
    wait_for(lambda: bool(_dialogs(xiangtu)) and _dialogs(xiangtu)[0] is not first)
    _type(qtbot, xiangtu, PASSWORD)
    window = xiangtu.window
    assert window is not None
    wait_for(lambda: isinstance(window.page("leads"), LeadsPage))
    page = window.page("leads")
    assert isinstance(page, LeadsPage)
    wait_for(page.is_settled)
    assert page.list.model.rowCount() == 1
    assert not errors
    settings.sync()
    for kept in Path(settings.fileName()).parent.glob("*.*"):
        if kept.suffix in (".ini", ".toml"):
            assert PASSWORD not in kept.read_text(encoding="utf-8")


def test_who_has_no_password_is_led_to_the_ways_in(started: tuple[Xiangtu, list[BaseException]], qtbot: QtBot) -> None:
    xiangtu, errors = started
    click(qtbot, _dialogs(xiangtu)[0], "取消")
    wait_for(lambda: bool(xiangtu.window and xiangtu.window.findChildren(FirstRunPage)))
    assert not errors


def test_what_another_program_changes_is_seen(page: LeadsPage, xiangtu: Xiangtu, database: Path) -> None:
    facts = page.peek.facts_shown
    assert facts is not None
    other = Database(database)
    with other.write(by="李某", why="命令行") as session:
        create(session, "leads", {"name": "另一处登记的项目（虚构）"})
        update(session, "leads", facts.id, {"owner": "李某"})
    other.close()
    wait_for(lambda: page.list.model.rowCount() == 4)
    wait_for(lambda: page.peek.facts_shown is not None and page.peek.facts_shown.values.get("owner") == "李某")
    wait_for(page.is_settled)
    assert xiangtu.undo is not None
    assert not xiangtu.undo._undo  # it is not this officer's to take back
