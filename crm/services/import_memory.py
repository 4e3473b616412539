"""What was said of a heading, kept for the next file with it: an entry of a dictionary, in the history as any."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import col, select

from crm.database import Session
from crm.domain.fields.codec import canonical
from crm.domain.imports.memory import Memory
from crm.domain.quantities import CHINA_TIME
from crm.models import Entry
from crm.queries.imports import MEMORY


def keep_memory(session: Session, memory: Memory, at: datetime) -> None:
    """Keep what was said of a heading; what was kept of it before is replaced.

    Args:
        session: of ``Database.write``.
        memory: with file and officer.
        at: the moment, aware.
    """
    meaning, day = canonical(memory.document()), at.astimezone(CHINA_TIME).date().isoformat()
    entry = _entry(session, memory.kind, memory.fingerprint)
    if entry is None:
        session.add(
            Entry(
                dictionary=MEMORY,
                term=f"{memory.kind}:{memory.fingerprint}",
                meaning=meaning,
                valid_from=day,
                source=memory.file,
            )
        )
    elif entry.meaning != meaning:
        entry.meaning, entry.valid_from, entry.source = meaning, day, memory.file
    session.flush()


def forget_memory(session: Session, kind: str, fingerprint: str) -> bool:
    """Forget what was said of a heading; return whether anything was."""
    entry = _entry(session, kind, fingerprint)
    if entry is None:
        return False
    session.delete(entry)
    session.flush()
    return True


def _entry(session: Session, kind: str, fingerprint: str) -> Entry | None:
    query = select(Entry).where(col(Entry.dictionary) == MEMORY, col(Entry.term) == f"{kind}:{fingerprint}")
    return session.exec(query).first()
