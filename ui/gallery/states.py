"""Every page before anything is entered, and every page that cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from functools import partial
from typing import Any

from crm.database.sqlite import connect
from ui.gallery.studio import Studio
from ui.pictures import settle, wait_for
from ui.widgets.states import States

PAGES = (
    "today",
    "agenda",
    "matching",
    "calculator",
    "dashboard",
    "statistics",
    "resources",
    "enterprises",
    "affairs",
    "releases",
    "history",
    "imports",
    "preferences",
)
READ = ("leads", "communities", "enterprises", "approvals", "rule_set", "entry", "change_set")
"""Tables that are taken away; without them each page but the import and today has nothing to show."""


def _new(studio: Studio, key: str) -> None:
    """Show a page of a database in which nothing is."""
    studio.window.go(key)
    settle(1500)  # nothing tells that there will be nothing


def _new_board(studio: Studio) -> None:
    studio.window.go("leads")
    studio.leads.shapes.show_shape("board")
    settle(800)


def _unreadable(studio: Studio, key: str) -> None:
    """Show a page whose tables are not there."""
    _take_tables_away(studio)
    page: Any = studio.window.go(key)
    wait_for(lambda: any(each.isVisible() and _says_something(each) for each in page.findChildren(States)))
    settle(300)


def _unreadable_today(studio: Studio) -> None:
    _take_tables_away(studio)
    studio.window.go("today")
    settle(800)


def _says_something(states: States) -> bool:
    return states.currentWidget() is not states.widget(0) and states.findChild(type(states)) is None


def _take_tables_away(studio: Studio) -> None:
    """Rename the tables, once."""
    database = studio.desk.workspace.database
    with closing(connect(database.path)) as connection:
        connection.execute("PRAGMA legacy_alter_table = ON")
        there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table in there.intersection(READ):
            connection.execute(f"ALTER TABLE {table} RENAME TO {table}_gone")


Scene = Callable[[Studio], Any]

ON_NEW: dict[str, Scene] = {
    "new-board": _new_board,
    **{f"new-{key}": partial(_new, key=key) for key in PAGES},
}
ON_BROKEN: dict[str, Scene] = {
    "unreadable-today": _unreadable_today,
    **{f"unreadable-{key}": partial(_unreadable, key=key) for key in PAGES if key not in ("today", "imports")},
}
