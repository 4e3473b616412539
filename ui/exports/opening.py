"""A list as it is on the screen, or a form filled for it, written off the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QWidget

from crm.domain.fields.registry import KIND_LABELS
from crm.i18n import _, ngettext
from ui.desk import Desk
from ui.exports.dialog import AS_SHOWN, FORM, FULL, ExportDialog
from ui.exports.form_dialog import FormDialog
from ui.jobs import RunningJob
from ui.widgets.dialogs import open_dialog

if TYPE_CHECKING:
    from crm.jobs.exports import Exported
    from crm.jobs.form_looks import FormLook
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
    """Write leads in their order; ``order``: columns, view, form, purpose, recipient, abroad and basis of an export."""
    from crm.jobs.exports import Order, export_records  # noqa: PLC0415  (made when one is asked for)

    workspace = desk.workspace
    wanted = Order(
        "leads", workspace.user, datetime.now(UTC), ids=list(ids), marking=workspace.settings.marking, **order
    )

    def told(done: Exported) -> None:
        text = ngettext("{count} lead in {place}", "{count} leads in {place}", done.rows)
        desk.tell(_with_unmarked(text.format(count=f"{done.rows:,}", place=done.file), done))

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
        desk.tell(_with_unmarked(text.format(count=f"{done.rows:,}", place=done.file), done))

    _start(desk, RunningJob(export_records(workspace.database, order, target)), told)


def fill_form_for(
    desk: Desk,
    ids: Sequence[int],
    form: Path,
    folder: Path,
    *,
    mapping: Mapping[str, str] | None = None,
    purpose: str = "",
    recipient: str = "",
) -> None:
    """Fill a form of the bureau's own for leads, into a folder; ``mapping``: place of a cell -> mark, pointed at."""
    from crm.jobs.forms import Request, fill_form  # noqa: PLC0415

    workspace = desk.workspace
    more = {"purpose": purpose, "recipient": recipient}
    request = Request(form, list(ids), workspace.user, datetime.now(UTC), mapping=mapping or {}, **more)

    def told(done: Filled) -> None:
        text = ngettext("{count} form filled in {place}", "{count} forms filled in {place}", len(done.files))
        desk.tell(text.format(count=len(done.files), place=folder))

    _start(desk, RunningJob(fill_form(workspace.database, request, folder)), told)


def _with_unmarked(text: str, done: Exported) -> str:
    return _("; ").join(filter(None, (text, done.unmarked)))


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
    shape, purpose, recipient, abroad, basis = chosen
    if shape == FORM:
        _ask_form(desk, ids, purpose, recipient, parent)
        return
    order = {"purpose": purpose, "recipient": recipient, "abroad": abroad, "basis": basis}
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
    """Ask for the form, then which of its cells take which fields, then for the folder of the filled ones."""
    form = QFileDialog(parent, _("A form of your own"), str(Path.home()), _("Workbook (*.xlsx *.xlsm)"))
    form.setFileMode(QFileDialog.FileMode.ExistingFile)
    take = partial(fill_form_for, desk, ids, purpose=purpose, recipient=recipient)
    form.fileSelected.connect(lambda path: point_at_form(desk, Path(path), len(ids), take, parent))
    open_dialog(form)


def point_at_form(desk: Desk, path: Path, leads: int, take: Callable[..., None], parent: QWidget) -> None:
    """Read a form and let somebody point at its cells; ``take`` then gets the form, a folder and the mapping."""
    from crm.jobs.form_looks import look_at_form  # noqa: PLC0415
    from crm.queries.working import draft  # noqa: PLC0415

    def looked(look: FormLook) -> None:
        desk.ask(lambda session: draft(session, _key(look)), lambda kept: show(look, kept.content if kept else {}))

    def show(look: FormLook, said: Mapping[str, str]) -> None:
        dialog = FormDialog(look, said, leads, desk.tokens, parent)
        dialog.kept.connect(partial(_keep, desk, look))
        dialog.copy_asked.connect(partial(_ask_copy, desk, look, parent))
        dialog.taken.connect(lambda mapping: _ask_folder(path, partial(take, form=path, mapping=mapping), parent))
        open_dialog(dialog)

    _start(desk, RunningJob(look_at_form(path)), looked)


def _ask_folder(form: Path, take: Callable[..., None], parent: QWidget) -> None:
    folder = QFileDialog(parent, _("Folder for the filled forms"), str(form.parent))
    folder.setFileMode(QFileDialog.FileMode.Directory)
    folder.fileSelected.connect(lambda place: take(folder=Path(place)))
    open_dialog(folder)


def _key(look: FormLook) -> str:
    """Return what the cells pointed at are kept under: they count for the same form, wherever it lies."""
    return f"form:{look.sha256[:32]}"


def _keep(desk: Desk, look: FormLook, mapping: Mapping[str, str]) -> None:
    from crm.services.drafts import keep_draft  # noqa: PLC0415

    if not desk.workspace.database.read_only:
        desk.change(lambda session: keep_draft(session, _key(look), mapping, None), _("Draft"))


def _ask_copy(desk: Desk, look: FormLook, parent: QWidget, mapping: Mapping[str, str]) -> None:
    """Ask where the copy with the marks is saved, and save it."""
    from crm.jobs.form_looks import save_marked  # noqa: PLC0415

    name = _("{file}, with marks").format(file=look.path.stem)
    dialog = QFileDialog(
        parent, _("Save as a form with marks"), str(look.path.with_name(f"{name}{look.path.suffix}")), "*.xlsx *.xlsm"
    )
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(look.path.suffix.lstrip("."))

    def save(target: str) -> None:
        told = _("The form with marks: {file}").format(file=target)
        desk.runner.query(
            lambda: save_marked(look.path, mapping, Path(target)), lambda _done: desk.tell(told), desk.fail
        )

    dialog.fileSelected.connect(save)
    open_dialog(dialog)
