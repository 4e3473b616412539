"""What the first paint may import (decision 17): the frame little, the first leads no library of the database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SLOW = {"sqlalchemy", "sqlmodel", "pydantic", "alembic", "reportlab", "openpyxl", "numpy", "pandas", "python_calamine"}
"""Each takes as long to import as the frame to paint, or longer."""

FRAME = {
    "crm.commands.line",
    "crm.errors",
    "crm.i18n",
    "crm.resources",
    "crm.settings",
    "ui.application",
    "ui.changes",
    "ui.errors",
    "ui.icons",
    "ui.main_window",
    "ui.starting",
    "ui.theme.faces",
    "ui.theme.style",
    "ui.theme.tokens",
    "ui.widgets.elided",
    "ui.widgets.labels",
    "ui.widgets.search_field",
}
"""All the frame imports of ours, beside the packages themselves."""

LATER = (
    "crm.models",
    "crm.services",
    "crm.jobs",
    "crm.domain.dossier",
    "crm.domain.matching",
    "crm.domain.thresholds",
    "reports",
    "ui.search",
)
"""What the first leads are painted without: a tenth of a second all together."""

PROGRAM = """
import json, os, sys
from bench import window_child
import PySide6.QtCore

def painted():
    print(json.dumps([sorted(sys.modules), "Qt" in vars(PySide6.QtCore)]), flush=True)
    os._exit(0)

window_child.painted = painted
sys.exit(window_child.program(*sys.argv[1:]))
"""


def _imported(what: str, database: Path, home: Path) -> tuple[set[str], bool]:
    """Return the modules imported when the frame or the first leads have been painted, and whether ``Qt`` was made."""
    around = os.environ | {"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":none", "XDG_CONFIG_HOME": str(home)}
    command = (sys.executable, "-c", PROGRAM, what, str(database))
    ended = subprocess.run(command, cwd=ROOT, env=around, check=True, stdout=subprocess.PIPE, timeout=60)
    modules, whole = json.loads(ended.stdout)
    return set(modules), whole


def test_the_frame_imports_little(database: Path, tmp_path: Path) -> None:
    modules, whole = _imported("frame", database, tmp_path)
    ours = {name for name in modules if name.split(".")[0] in ("crm", "ui", "reports") and not _is_package(name)}
    assert ours <= FRAME
    assert not modules & SLOW
    assert not whole  # the namespace Qt: 13 ms


@pytest.mark.parametrize("what", ["frame", "leads"])
def test_nothing_slow_is_imported_before_the_first_leads_are_painted(what: str, database: Path, tmp_path: Path) -> None:
    modules, _whole = _imported(what, database, tmp_path)
    assert not modules & SLOW
    assert not {name for name in modules if name.startswith(LATER)}


def _is_package(name: str) -> bool:
    return (ROOT / name.replace(".", "/")).is_dir()
