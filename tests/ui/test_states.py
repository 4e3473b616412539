"""A page that cannot be read says so in its place, with the number in the log, and comes back when asked again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crm.database.sqlite import connect
from tests.ui.by_hand import click
from tests.ui.journeys.sight import texts
from ui.application import Xiangtu
from ui.leads.page import LeadsPage
from ui.pictures import wait_for
from ui.widgets.states import States

TABLES = ("leads", "communities", "rule_set", "entry", "change_set")
PAGES = ("agenda", "matching", "calculator", "statistics", "dashboard", "resources", "history", "releases")


@contextmanager
def broken(database: Path) -> Iterator[None]:
    """Take tables out of the file, as a disk that cannot be read would; put them back."""
    _rename(database, "{0} RENAME TO {0}_gone")
    try:
        yield
    finally:
        _rename(database, "{0}_gone RENAME TO {0}")


def _rename(database: Path, how: str) -> None:
    with closing(connect(database)) as connection:
        connection.execute("PRAGMA legacy_alter_table = ON")  # what refers to a table keeps its name
        for table in TABLES:
            connection.execute(f"ALTER TABLE {how.format(table)}")


def states(page: Any) -> States:  # noqa: ANN401  (a page)
    """Return the place of a page that says what is the matter; where there are several, the one in sight."""
    found: list[QWidget] = page.findChildren(States)
    return next(one for one in found if isinstance(one, States) and one.isVisible())


def _tells(page: Any, *, failure: bool) -> bool:  # noqa: ANN401  (a page)
    return ("编号" in texts(states(page))) is failure


@pytest.fixture
def logged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the log, in a folder of this test."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path / "xiangtu" / "log" / "xiangtu.log"


def test_every_page_says_that_it_could_not_be_read_and_is_read_again(
    page: LeadsPage, xiangtu: Xiangtu, database: Path, logged: Path, qtbot: QtBot
) -> None:
    del page
    window = xiangtu.window
    assert window is not None
    for key in PAGES:
        with broken(database):
            shown = window.go(key)
            wait_for(partial(_tells, shown, failure=True))
            told = texts(states(shown))
            click(qtbot, states(shown), "复制详情")
            assert QGuiApplication.clipboard().text().split("编号")[1] in told
        number = told.rpartition("编号 ")[2][:6]
        assert f"#{number}\n" in logged.read_text(encoding="utf-8")
        click(qtbot, states(shown), "重试")
        wait_for(partial(_tells, shown, failure=False))


def test_the_panes_of_the_preferences_too(
    page: LeadsPage, xiangtu: Xiangtu, database: Path, logged: Path, qtbot: QtBot
) -> None:
    del page, logged
    assert xiangtu.window is not None
    with broken(database):
        shown: Any = xiangtu.window.go("preferences")
        panes = (shown.rules, shown.weights, shown.words)
        for pane in panes:
            shown.tabs.setCurrentIndex(shown._parts.indexOf(pane))
            wait_for(partial(_tells, pane, failure=True))
    for pane in panes:
        shown.tabs.setCurrentIndex(shown._parts.indexOf(pane))
        click(qtbot, pane.states, "重试")
        wait_for(partial(_tells, pane, failure=False))
