"""A document printed once more from the register: the very same file, seen by its SHA-256."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from crm.database import Database
from crm.errors import ValueRefusedError
from crm.files import save_bytes
from crm.i18n import _
from crm.jobs.dossiers import ENDING, ON_PAPER, Pages, check_target, content_of
from crm.queries.releases import ReleaseRow, release


@dataclass(frozen=True, slots=True)
class Repeated:
    """A document that was printed once more.

    Attributes:
        release: its entry in the register.
        same: whether the file has the very bytes of then; else the program has changed its form since, not its words.
    """

    release: ReleaseRow
    file: Path
    sha256: str
    same: bool


def print_again(database: Database, number: int, compose: Callable[[bytes], Pages], target: Path | None) -> Repeated:
    """Print what the register has, in the form it had: nothing is read from today's records.

    Args:
        database: whose register.
        number: of the entry.
        compose: makes the pages of kept words.
        target: the file; None: under its name of then, in the folder at hand.

    Raises:
        NotFoundError: the register has no such entry.
        ValueRefusedError: its words were not kept (a workbook), or the ending is of another form.
        FileRefusedError: the file may not or cannot be written there.
    """
    with database.read() as session:
        row, content = release(session, number)
    if content is None:
        message = _("Entry {number} is a workbook: only documents are kept. Make it anew with xiangtu report.")
        raise ValueRefusedError(message.format(number=number), where=str(number))
    ending = ENDING if row.form == ON_PAPER else row.form
    file = target or Path(row.file or f"{row.document} {row.subject} {row.number}{ending}")
    if file.suffix.lower() != ending:
        message = _("Entry {number} is a {ending} file; give a name that ends so.")
        raise ValueRefusedError(message.format(number=number, ending=ending), where=str(file))
    check_target(database, file)
    made = content_of(compose(content), file)
    sha256 = hashlib.sha256(made).hexdigest()
    save_bytes(file, made)
    return Repeated(row, file, sha256, sha256 == row.sha256)
