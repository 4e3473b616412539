"""A list as it is on the screen, or a form filled for it, written off the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QWidget

from crm.domain.fields.registry import KIND_LABELS
from crm.i18n import _, ngettext
from ui.desk import Desk
from ui.exports.dialog import AS_SHOWN, FORM, FULL, ExportDialog
from ui.jobs import RunningJob
from ui.widgets.dialogs import open_dialog

if TYPE_CHECKING:
    from crm.jobs.exports import Exported
    from crm.jobs.forms import Filled

FIELDS = {
    "stage": ("stage",),
    "investment": ("planned_investment",),
    "land": ("land",),
    "tax_per_mu": ("annual_tax", "tax_per_mu"),
    "verdict": ("verdict",),
    "match": ("match",),
    "next": ("next_step", "next_date"),
    "owner": ("owner",),
    "area": ("area",),
}
"""The columns of a ledger for each column of the list; those of the name stand before them all."""

_FIRST = ("code", "name", "investor", "industry")


def open_export(desk: Desk, ids: Sequence[int], columns: Sequence[str], parent: QWidget) -> None:
    """Ask in which shape these leads leave, and where to; then write them in their order.

    Args:
        desk: the database and the threads.
        ids: of the leads, in the order of the list.
        columns: keys of the columns that are seen.
        parent: the window.
    """
    dialog = ExportDialog(len(ids), desk.tokens, parent)
    dialog.asked.connect(lambda *chosen: _ask_place(desk, ids, columns, *chosen, parent=parent))
    open_dialog(dialog)


def ledger_columns(columns: Sequence[str]) -> str:
    """Return the columns of a ledger that says what the list shows, as an export takes them."""
    found = [*_FIRST, *(name for key in columns for name in FIELDS.get(key, ()))]
    return ", ".join(dict.fromkeys(found))


def write_list(desk: Desk, ids: Sequence[int], target: Path, **order: str) -> None:
    """Write leads in their order; ``order``: columns, view, form, purpose and recipient of an export."""
    from crm.jobs.exports import Order, export_records  # noqa: PLC0415  (made when one is asked for)

    workspace = desk.workspace
    wanted = Order(
        "leads", workspace.user, datetime.now(UTC), ids=list(ids), marking=workspace.settings.marking, **order
    )

    def told(done: Exported) -> None:
        text = ngettext("{count} lead in {place}", "{count} leads in {place}", done.rows)
        desk.tell(text.format(count=f"{done.rows:,}", place=done.file))

    _start(desk, RunningJob(export_records(workspace.database, wanted, target)), told)


def open_records_export(desk: Desk, kind: str, ids: Sequence[int], parent: QWidget) -> None:
    """Ask where records of another kind are to be written; contacts leave masked."""
    name = str(Path.home() / f"{_(KIND_LABELS[kind])}.xlsx")
    dialog = QFileDialog(parent, _("Export"), name, _("Workbook (*.xlsx);;CSV (*.csv);;JSON (*.json)"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("xlsx")
    dialog.fileSelected.connect(lambda target: write_records(desk, kind, ids, Path(target)))
    open_dialog(dialog)


def write_records(desk: Desk, kind: str, ids: Sequence[int], target: Path) -> None:
    """Write records of a kind in their order, every column that holds something."""
    from crm.jobs.exports import Order, export_records  # noqa: PLC0415  (made when one is asked for)

    workspace = desk.workspace
    marking = workspace.settings.marking
    order = Order(kind, workspace.user, datetime.now(UTC), ids=list(ids), marking=marking)

    def told(done: Exported) -> None:
        text = ngettext("{count} record in {place}", "{count} records in {place}", done.rows)
        desk.tell(text.format(count=f"{done.rows:,}", place=done.file))

    _start(desk, RunningJob(export_records(workspace.database, order, target)), told)


def fill_form_for(
    desk: Desk, ids: Sequence[int], form: Path, folder: Path, *, purpose: str = "", recipient: str = ""
) -> None:
    """Fill a form of the bureau's own for leads, into a folder."""
    from crm.jobs.forms import Request, fill_form  # noqa: PLC0415

    workspace = desk.workspace
    request = Request(form, list(ids), workspace.user, datetime.now(UTC), purpose=purpose, recipient=recipient)

    def told(done: Filled) -> None:
        text = ngettext("{count} form filled in {place}", "{count} forms filled in {place}", len(done.files))
        desk.tell(text.format(count=len(done.files), place=folder))

    _start(desk, RunningJob(fill_form(workspace.database, request, folder)), told)


def _start(desk: Desk, job: RunningJob, told: Callable[[Any], None]) -> None:
    job.finished.connect(told)
    job.failed.connect(desk.fail)
    desk.runner.start(job)


def _ask_place(
    desk: Desk,
    ids: Sequence[int],
    columns: Sequence[str],
    *chosen: str,
    parent: QWidget,
) -> None:
    shape, purpose, recipient = chosen
    if shape == FORM:
        _ask_form(desk, ids, purpose, recipient, parent)
        return
    order = {"purpose": purpose, "recipient": recipient}
    if shape == AS_SHOWN:
        order["columns"] = ledger_columns(columns)
    elif shape == FULL:
        order["view"] = FULL
    else:
        order["form"] = shape
    plain = shape in {AS_SHOWN, FULL}
    kinds = _("Workbook (*.xlsx);;CSV (*.csv);;JSON (*.json)") if plain else _("Workbook (*.xlsx)")
    dialog = QFileDialog(parent, _("Export"), str(Path.home() / _("Ledger.xlsx")), kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("xlsx")
    dialog.fileSelected.connect(lambda target: write_list(desk, ids, Path(target), **order))
    open_dialog(dialog)


def _ask_form(desk: Desk, ids: Sequence[int], purpose: str, recipient: str, parent: QWidget) -> None:
    """Ask for the form, then for the folder of the filled ones."""
    form = QFileDialog(parent, _("A form of your own"), str(Path.home()), _("Workbook (*.xlsx *.xlsm)"))
    form.setFileMode(QFileDialog.FileMode.ExistingFile)

    def ask_folder(path: str) -> None:
        folder = QFileDialog(parent, _("Folder for the filled forms"), str(Path(path).parent))
        folder.setFileMode(QFileDialog.FileMode.Directory)
        take = partial(fill_form_for, desk, ids, Path(path), purpose=purpose, recipient=recipient)
        folder.fileSelected.connect(lambda place: take(folder=Path(place)))
        open_dialog(folder)

    form.fileSelected.connect(ask_folder)
    open_dialog(form)
