"""What an import is about to write, noted before it begins: after a crash the next start says what became of it.

An import is one transaction, so it is done or not begun, never half. The note is a draft (no history); it goes away
when the import ends in whatever way the program lives to see.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from crm.database import Database, Session
from crm.domain.quantities import CHINA_TIME
from crm.i18n import _
from crm.models import Draft, ImportBatch, table_of
from crm.services.drafts import drop_draft, keep_draft

PREFIX = "import:"
"""How the key of such a note begins; the uid of the batch follows."""

SURELY_OVER = timedelta(hours=24)
"""After so long an import of another machine has ended, one way or the other."""


@dataclass(frozen=True, slots=True)
class CutOff:
    """An import that the program did not live to end.

    Attributes:
        file: its name.
        by: the officer.
        at: when it began.
        batch: its change set when it is done; None when nothing of it was written.
        counts: of a done one: new, changed, … as it was written.
    """

    uid: str
    file: str
    by: str
    at: datetime
    batch: int | None
    counts: Mapping[str, int]

    @property
    def text(self) -> str:
        """What the user is told at the next start."""
        at = f"{self.at.astimezone(CHINA_TIME):%Y-%m-%d %H:%M}"
        if self.batch is None:
            words = _("The import of {file} ({at}, {by}) was cut off: nothing of it was written. Import it again.")
            return words.format(file=self.file, at=at, by=self.by)
        words = _(
            "The import of {file} ({at}, {by}) was cut off after it was wholly written: "
            "{new} new, {changed} changed. To take it back: xiangtu undo {batch}"
        )
        new, changed = self.counts.get("new", 0), self.counts.get("changed", 0)
        return words.format(file=self.file, at=at, by=self.by, new=new, changed=changed, batch=self.batch)


def note_begin(database: Database, uid: str, *, file: str, by: str) -> None:
    """Note that an import is about to be written; ``uid`` is that of its batch."""
    content = {
        "file": file,
        "by": by,
        "at": datetime.now(UTC).isoformat(),
        "machine": platform.node(),
        "process": str(os.getpid()),
    }
    with database.write(by=by, why=_("Draft")) as session:
        keep_draft(session, PREFIX + uid, content, None)


def note_end(database: Database, uid: str, *, by: str) -> None:
    """Note that an import has ended, done or not."""
    with database.write(by=by, why=_("Draft")) as session:
        drop_draft(session, PREFIX + uid)


def cut_off_imports(session: Session) -> list[CutOff]:
    """Return the imports that were cut off, the oldest first; not those that are still running somewhere."""
    drafts = table_of(Draft)
    query = select(drafts.c.key, drafts.c.content).where(drafts.c.key.startswith(PREFIX)).order_by(drafts.c.key)
    found = []
    for key, content in session.connection().execute(query):
        note = json.loads(content)
        at = datetime.fromisoformat(note["at"])
        if not _still_runs(note, at):
            uid = key.removeprefix(PREFIX)
            batch, counts = _written(session, uid)
            found.append(CutOff(uid, note["file"], note["by"], at, batch, counts))
    return found


def settle_cut_off(database: Database, found: list[CutOff], *, by: str) -> None:
    """Forget imports that were cut off, once somebody was told of them."""
    if found and not database.read_only:
        with database.write(by=by, why=_("Draft")) as session:
            for each in found:
                drop_draft(session, PREFIX + each.uid)


def _written(session: Session, uid: str) -> tuple[int | None, dict[str, int]]:
    batches = table_of(ImportBatch)
    query = select(batches.c.change_set_id, batches.c.rows).where(batches.c.uid == uid)
    row = session.connection().execute(query).first()
    return (None, {}) if row is None else (int(row.change_set_id), json.loads(row.rows))


def _still_runs(note: Mapping[str, str], at: datetime) -> bool:
    """Whether the process that began an import may still be at it."""
    if datetime.now(UTC) - at > SURELY_OVER:
        return False
    if note["machine"] != platform.node():
        return True
    process = int(note["process"])
    return process != os.getpid() and _lives(process)


def _lives(process: int) -> bool:
    if os.name == "nt":
        return _lives_on_windows(process)
    with suppress(PermissionError):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
    return True


def _lives_on_windows(process: int) -> bool:
    import ctypes  # noqa: PLC0415  (only there; os.kill would end the process)

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009  (the stubs of other systems have no windll)
    handle = kernel.OpenProcess(0x1000, 0, process)  # PROCESS_QUERY_LIMITED_INFORMATION
    if not handle:
        return False
    kernel.CloseHandle(handle)
    return True
