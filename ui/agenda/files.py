"""Calendar files and mail drafts of the agenda: where they go is asked, what they hold the core writes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QWidget

from crm.errors import FileRefusedError
from crm.i18n import _
from ui.widgets.dialogs import open_dialog

if TYPE_CHECKING:
    from ui.desk import Desk


def save_calendar(desk: Desk, task_ids: Sequence[int], parent: QWidget) -> None:
    """Ask where to, and write these entries as a calendar file."""

    def make(session: Any) -> bytes:  # noqa: ANN401  (a session)
        from crm.domain.calendars.ics import to_ics  # noqa: PLC0415  (at the first calendar file)
        from crm.queries.agenda import planned  # noqa: PLC0415

        return to_ics([planned(session, each) for each in task_ids], datetime.now(tz=UTC))

    _save(desk, make, _("Save as a calendar file"), "agenda.ics", parent)


def save_draft(desk: Desk, task_id: int, parent: QWidget) -> None:
    """Ask where to, and write a mail draft about one entry."""

    def make(session: Any) -> bytes:  # noqa: ANN401  (a session)
        from crm.domain.calendars.mails import to_eml  # noqa: PLC0415  (at the first draft)
        from crm.queries.agenda import planned  # noqa: PLC0415

        return to_eml(*planned(session, task_id), datetime.now(tz=UTC), signed=desk.workspace.user)

    _save(desk, make, _("Save as a mail draft"), "draft.eml", parent)


def take_calendar_file(desk: Desk, parent: QWidget, then: Callable[[str], None]) -> None:
    """Ask for a calendar file and plan what it says; ``then`` is told what became of it."""
    dialog = QFileDialog(parent, _("Take a calendar file"), "", "iCalendar (*.ics)")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda path: take_from(desk, Path(path), then))
    open_dialog(dialog)


def take_from(desk: Desk, path: Path, then: Callable[[str], None]) -> None:
    """Plan what a calendar file says, off the window's thread."""

    def work() -> str:
        from crm.domain.calendars.explain import note_text  # noqa: PLC0415  (at the first calendar file)
        from crm.domain.calendars.ics import from_ics  # noqa: PLC0415
        from crm.services.calendars import take_calendar  # noqa: PLC0415

        try:
            incoming = from_ics(path.read_bytes())
        except (OSError, ValueError) as error:
            message = _("{file} is not a calendar file that can be read.").format(file=path.name)
            raise FileRefusedError(message, where=str(path)) from error
        user = desk.workspace.user
        taken = desk.workspace.database.change(
            lambda session: take_calendar(session, incoming, by=user), by=user, why=_("calendar file")
        )
        told = _("From the file: {new} new, {changed} changed, {same} the same.")
        counts = told.format(new=taken.new, changed=taken.changed, same=taken.same)
        return "\n".join([counts, *(note_text(note) for note in incoming.notes)])

    desk.runner.change(work, then, desk.fail)


def _save(desk: Desk, make: Callable[[Any], bytes], title: str, name: str, parent: QWidget) -> None:
    ending = Path(name).suffix
    dialog = QFileDialog(parent, title, name, f"*{ending}")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ending.removeprefix("."))
    dialog.fileSelected.connect(lambda path: write_to(desk, make, Path(path)))
    open_dialog(dialog)


def write_to(desk: Desk, make: Callable[[Any], bytes], path: Path) -> None:
    """Write what the core makes into a file, wholly or not at all, off the window's thread."""

    def work(session: Any) -> str:  # noqa: ANN401  (a session)
        from crm.files import check_over, save_bytes  # noqa: PLC0415  (at the first file)

        check_over(path, path.suffix.lower())
        save_bytes(path, make(session))
        return str(path)

    desk.ask(work, lambda place: desk.tell(_("Saved: {place}").format(place=place)))
