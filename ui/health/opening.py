"""Looking at a ledger off the window's thread, and keeping what was found as a page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QWidget

from crm.i18n import _
from ui.health.dialog import HealthDialog
from ui.jobs import JobRunner, RunningJob
from ui.theme.tokens import Tokens
from ui.widgets.dialogs import open_dialog

if TYPE_CHECKING:
    from crm.domain.inspection.health import Inspected


def open_health(
    path: Path,
    runner: JobRunner,
    tokens: Tokens,
    parent: QWidget,
    *,
    compose: Callable[[], Callable[..., Any]],
    tell: Callable[[str], None],
    fail: Callable[[BaseException], None],
) -> None:
    """Look at a ledger and open what was found.

    Args:
        path: a workbook or text file of leads.
        runner: the threads.
        tokens: of the look.
        parent: the window.
        compose: makes what lays out the page.
        tell: shows a short message.
        fail: shows an error.
    """
    from crm.jobs.inspections import inspect_file  # noqa: PLC0415  (not before a file is chosen)

    job = RunningJob(inspect_file(path, date.today()))  # noqa: DTZ011  (the day on the officer's desk)

    def show(found: Inspected) -> None:
        tell("")
        dialog = HealthDialog(found, tokens, parent)
        save = partial(save_page, found, runner=runner, compose=compose, tell=tell, fail=fail)
        dialog.page_asked.connect(lambda: _ask_place(dialog, found, save))
        open_dialog(dialog)

    job.progressed.connect(lambda step: tell(step.text))
    job.finished.connect(show)
    job.failed.connect(fail)
    runner.start(job)


def _ask_place(dialog: HealthDialog, found: Inspected, save: Callable[[Path], None]) -> None:
    name = _("Health of {file}").format(file=Path(found.file).stem)
    chosen = QFileDialog(dialog, _("Save as PDF"), str(Path.home() / f"{name}.pdf"), "PDF (*.pdf)")
    chosen.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    chosen.setDefaultSuffix("pdf")
    chosen.fileSelected.connect(lambda place: save(Path(place)))
    open_dialog(chosen)


def save_page(
    found: Inspected,
    target: Path,
    runner: JobRunner,
    *,
    compose: Callable[[], Callable[..., Any]],
    tell: Callable[[str], None],
    fail: Callable[[BaseException], None],
) -> None:
    """Keep what was found as a page (PDF); arguments as of ``open_health``."""
    from crm.files import save_bytes  # noqa: PLC0415

    def work() -> None:
        save_bytes(target, compose()(found, stand_ins=True).pdf())

    runner.query(work, lambda _none: tell(_("Saved: {place}").format(place=target)), fail)
