"""Keeping a printed list as a file, noted in the history: neither is there without the other."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from pathlib import Path

from crm.database import Database, writing_of
from crm.files import replacing, save_bytes
from crm.i18n import _
from crm.jobs.dossiers import Pages, check_target, content_of
from crm.queries.history import EXPORTED


def save_list(database: Database, pages: Pages, rows: int, target: Path, *, by: str) -> None:
    """Write a list as PDF, Word or a mail draft, by the ending of the file.

    Args:
        database: whose leads they are.
        pages: of the list.
        rows: how many leads are on them.
        target: the file.
        by: the officer.

    Raises:
        FileRefusedError: the ending is another, or the file cannot be written there.
    """
    check_target(database, target)
    content = content_of(pages, target)
    if database.read_only:
        save_bytes(target, content)
        return
    with ExitStack() as file:
        temporary = file.enter_context(replacing(target))
        temporary.write_bytes(content)
        _note(database, rows, target.name, hashlib.sha256(content).hexdigest(), by)
        file.close()


def note_list(database: Database, pages: Pages, rows: int, *, by: str) -> None:
    """Note in the history that a list went to a printer."""
    if not database.read_only:
        _note(database, rows, _("paper"), pages.digest, by)


def _note(database: Database, rows: int, where: str, sha256: str, by: str) -> None:
    note = _("list of {count} leads printed as {file}, SHA-256 {sha256}").format(count=rows, file=where, sha256=sha256)
    with database.write(by=by, why=note, kind=EXPORTED) as session:
        writing_of(session).number(session)
