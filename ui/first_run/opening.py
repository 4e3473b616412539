"""The ways in that take some steps: a new database with the offer of a password, the demonstration made first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crm.workspace import password_given
from ui.first_run.new_database_dialog import NewDatabaseDialog
from ui.jobs import RunningJob
from ui.widgets.dialogs import open_dialog

if TYPE_CHECKING:
    from ui.jobs import JobRunner
    from ui.theme.tokens import Tokens


def begin(place: Path, make: Callable[[str], object], tokens: Tokens, parent: QWidget) -> None:
    """Call ``make`` with the password wished for a new database, "" for none (decisions 6).

    It is not asked for where the file is there already, nor where the environment names one.
    """
    if place.exists() or password_given() is not None:
        make("")
        return
    dialog = NewDatabaseDialog(place, tokens, parent)
    dialog.given.connect(make)
    open_dialog(dialog)


def make_demonstration(
    folder: Path,
    runner: JobRunner,
    tell: Callable[[str], object],
    then: Callable[[str], object],
    fail: Callable[[BaseException], object],
) -> None:
    """Make the demonstration in a folder of its own, telling how far it is; hand its place on."""
    from crm.jobs.demonstration import DATABASE, fill_demonstration  # noqa: PLC0415  (where it is made)

    place = folder / "demo" / DATABASE
    place.parent.mkdir(parents=True, exist_ok=True)
    job = RunningJob(fill_demonstration(place))
    job.progressed.connect(lambda step: tell(step.text))
    job.finished.connect(lambda _done: then(str(place)))
    job.failed.connect(fail)
    runner.start(job)
