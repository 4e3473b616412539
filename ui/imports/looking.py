"""The jobs of the wizard. What they need is imported on their own thread: it takes as long as painting a page."""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from crm.domain.imports.kinds import import_fields
from ui.imports.preview import Preview, preview_of
from ui.imports.state import ImportState

if TYPE_CHECKING:
    from crm.domain.imports.headers import Said
    from crm.jobs import Job
    from crm.jobs.headings import Heading
    from crm.workspace import Workspace


def looking_through(workspace: Workspace, state: ImportState, *, dry_run: bool) -> Job[Preview]:
    """Import a file, or only try it; return what was found made ready to be looked at.

    Python looks for cycles while it holds the interpreter: among the millions of objects of a large ledger for seconds,
    in which the window would stand still. So it does not look while they come about, and not among them afterwards.

    Raises:
        UserError: as ``crm.jobs.imports.run_import``.
    """
    from crm.jobs.imports import Request, run_import  # noqa: PLC0415
    from crm.jobs.lead_lists import LISTS, import_lead_list  # noqa: PLC0415

    request = Request(
        state.kind,
        state.path,
        workspace.user,
        sheet=state.sheet or None,
        said=_said(state),
        answers=dict(state.answers),
        backups=workspace.settings.backup_folder,
        encoding=state.encoding,
        headings=_headings(state),
        recall=state.recall,  # type: ignore[arg-type]  # one of the three words
    )
    work = import_lead_list if state.kind in LISTS else run_import
    was = gc.isenabled()
    gc.disable()
    try:
        imported = yield from work(workspace.database, request, dry_run=dry_run)
        made = preview_of(imported)
        gc.freeze()
    finally:
        if was:
            gc.enable()
    return made


def looking_at_headings(state: ImportState) -> Job[tuple[Heading, ...]]:
    """Return the headings of a file in which no column names the records.

    Raises:
        FileRefusedError, WorkbookError: the file cannot be read; it says why.
    """
    from crm.jobs.headings import read_headings  # noqa: PLC0415

    job = read_headings(
        state.kind,
        state.path,
        sheet=state.sheet,
        said=_said(state),
        encoding=state.encoding,
        headings=_headings(state),
    )
    return (yield from job)


def _headings(state: ImportState) -> Mapping[str, Sequence[int]]:
    from crm.domain.imports.said import read_heading_rows  # noqa: PLC0415

    return read_heading_rows(f"{sheet}={rows}" for sheet, rows in state.headings.items())


def _said(state: ImportState) -> Mapping[str, Said] | None:
    from crm.domain.imports.said import read_said  # noqa: PLC0415

    return read_said(dict(state.said), import_fields(state.kind)) if state.said else None
