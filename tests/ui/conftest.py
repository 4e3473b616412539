"""The real window, offscreen, on a real database."""

from __future__ import annotations

import gc
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from shutil import copyfile, copytree

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import main
from crm.database.backup import backup_folder
from crm.domain.fields.reading import read_record
from crm.i18n import set_language
from crm.jobs import finish
from crm.jobs.backups import back_up_when_due
from crm.jobs.standings import refresh_standings
from crm.services.records import create
from crm.workspace import open_workspace
from tests.make_samples import COMMUNITIES, FUNDS
from tests.ui.watching import LONGEST_S, Turns, active, left_over, slowness, watched_turns
from ui.application import Xiangtu
from ui.imports.page import ImportPage
from ui.leads.page import LeadsPage
from ui.pictures import settle, wait_for
from ui.starting import make_application

LEADS = (
    {
        "name": "精密光电产业园（虚构）",
        "investor": "澄光光电（虚构）",
        "planned_investment": "5.2亿元",
        "land": "25亩",
        "area": "高铁新城",
        "annual_tax": "5000万元",
        "land_use": "工业",
        "stage": "negotiation",
        "status": "active",
        "owner": "刘某",
        "industry": "光电信息",
    },
    {
        "name": "新能源电驱动总成（虚构）",
        "investor": "电驰动力（虚构）",
        "planned_investment": "6.8亿元",
        "land": "30亩",
        "area": "高铁新城",
        "annual_tax": "5400万元",
        "land_use": "工业",
        "stage": "assessment",
        "status": "active",
        "owner": "周某",
        "industry": "新材料",
    },
    {
        "name": "自动驾驶算法研发中心（虚构）",
        "investor": "行智智能（虚构）",
        "planned_investment": "200万美元",
        "land": "0亩",
        "industry": "人工智能",
        "space": {"研发": "1200㎡"},
        "needed_by": "2027-03",
        "financing_stage": "A",
        "financing_need": "3000万元",
        "landing": ["registration", "research_centre"],
        "stage": "lead",
        "status": "active",
        "contact": "王伟",
        "contact_phone": "13800001111",
    },
)


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """Return the application as the program makes it."""
    return make_application()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database with three leads, communities and funds, made once, with the backup and the standings of a day.

    It is as the window has left it the day before: else each of hundreds of windows would back it up and judge its
    leads anew.
    """
    folder = tmp_path_factory.mktemp("filled")
    path = folder / "window.db"
    workspace = open_workspace(str(path), "周敏", settings_folder=folder)
    with workspace.database.write(by="周敏", why="fixture") as session:
        for kind, documents in (("communities", COMMUNITIES), ("funds", FUNDS), ("leads", LEADS)):
            for document in documents:
                create(session, kind, read_record(kind, document))
    finish(refresh_standings(workspace.database))
    assert back_up_when_due(workspace.database, timedelta()) is not None
    workspace.database.close()
    return path


@pytest.fixture
def database(filled: Path, tmp_path: Path) -> Path:
    """Return a copy of the filled database for one test, with its backup."""
    copytree(backup_folder(filled), backup_folder(tmp_path / filled.name))
    return Path(copyfile(filled, tmp_path / filled.name))


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    """Return settings of this test alone."""
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def xiangtu(qapp: QApplication, qtbot: QtBot, settings: QSettings) -> Iterator[Xiangtu]:
    """Return the application with its window shown; nothing is open."""
    del qtbot
    made = Xiangtu(qapp, settings, main.doors().renderers)
    made.show().resize(1600, 1000)  # more than the offscreen screen has
    yield made
    if made.window is not None:
        made.window.close()
        made.window.deleteLater()
    made.close()
    settle(20)
    QGuiApplication.clipboard().clear()  # the offscreen one lets go of what was copied after Python has ended: a crash
    set_language("zh_CN")


@pytest.fixture
def page(xiangtu: Xiangtu, database: Path) -> LeadsPage:
    """Return the page of the leads, filled."""
    xiangtu.start(str(database), "周敏")
    wait_for(lambda: xiangtu.window is not None and isinstance(xiangtu.window.page("leads"), LeadsPage))
    assert xiangtu.window is not None
    shown = xiangtu.window.page("leads")
    assert isinstance(shown, LeadsPage)
    wait_for(shown.is_settled)
    return shown


@pytest.fixture(autouse=True, scope="module")
def _collected() -> None:
    """Set aside what the tests before have left, as the program does with what it has imported when it has settled.

    Else Python looks through all of it again and again in the turns that are measured, half a second each time.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def turns(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Turns]:
    """Fail a test in which one turn of the event loop kept the window's thread busy for more than a tenth of a second.

    And one that leaves something behind: a timer, a thread, a window still shown.
    """
    del qapp
    gc.freeze()
    before = active()
    with watched_turns(monkeypatch) as watched:
        yield watched
    left = left_over(before)
    assert not left
    if watched.longest > LONGEST_S:
        assert watched.longest <= LONGEST_S * slowness(), watched.told()


@pytest.fixture
def wizard(page: LeadsPage, xiangtu: Xiangtu) -> ImportPage:
    """Return the wizard over the filled database."""
    del page
    assert xiangtu.window is not None
    shown = xiangtu.window.go("imports")
    assert isinstance(shown, ImportPage)
    return shown
