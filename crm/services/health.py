"""Is everything sound? The file, links, history, records, search index, backups, fonts, settings (``doctor``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from sqlalchemy import Connection, select

from crm.database import Database
from crm.database.backup import automatic_backups, backup_folder
from crm.database.chain import drifted, verify_chain
from crm.database.errors import told
from crm.database.manifest import uid_of
from crm.database.search import SEARCHED, kept_tokens, tokens_of
from crm.errors import UserError
from crm.i18n import N_, _
from crm.migrations import State, revisions, state_of
from crm.models import Lead, table_of
from crm.resources import resource_folder

FONTS = ("NotoSansSC-Regular.ttf", "NotoSerifSC-Regular.ttf")
"""Without these no page can be printed."""

TRUETYPE = b"\x00\x01\x00\x00"
FEW = 5


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: a stable word for scripts.
        detail: a sentence in the user's language.
    """

    name: str
    ok: bool
    detail: str


def examine(database: Database, *, backups: str = "", settings_warning: str | None = None) -> list[Check]:
    """Look at everything, changing nothing; what cannot be looked at is not sound."""
    checks = [_looked("schema", database, lambda: _schema(database))]
    if checks[0].ok:
        for name, look in LOOKS.items():
            checks.append(_looked(name, database, lambda look=look: _connected(database, look)))  # type: ignore[misc]
    elif database.is_sqlite:
        checks.append(_looked("integrity", database, lambda: _connected(database, _integrity)))
    if database.path is not None:
        checks.append(_backups(database.path, backups, _uid(database)))
    return [*checks, *surroundings(settings_warning)]


def surroundings(settings_warning: str | None = None) -> list[Check]:
    """Look at what is no part of the database: fonts and settings."""
    settings = Check("settings", settings_warning is None, settings_warning or _("The settings can be read."))
    return [_fonts(resource_folder() / "fonts"), settings]


def _connected(database: Database, look: Callable[[Connection], tuple[bool, str]]) -> tuple[bool, str]:
    with database.engine.connect() as connection:
        return look(connection)


def _looked(name: str, database: Database, look: Callable[[], tuple[bool, str]]) -> Check:
    try:
        with told(database.place):
            return Check(name, *look())
    except UserError as error:
        return Check(name, ok=False, detail=error.message)


def _schema(database: Database) -> tuple[bool, str]:
    state = state_of(database)
    words = {
        State.CURRENT: _("The schema is that of this program ({revision})."),
        State.OLDER: _("The schema is older than this program; it is brought up to date at the next start."),
        State.NEWER: _("The schema is newer than this program; update the program."),
        State.EMPTY: _("There is nothing in it."),
        State.FOREIGN: _("It is a database of another program."),
    }
    return state is State.CURRENT, words[state].format(revision=revisions()[-1])


def _integrity(connection: Connection) -> tuple[bool, str]:
    if connection.dialect.name != "sqlite":
        return True, _("The server keeps its files itself.")
    faults = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check") if row[0] != "ok"]
    if not faults:
        return True, _("Every page of the file is sound.")
    return False, _("The file is damaged: {faults}. Put a backup back.").format(faults="; ".join(faults[:FEW]))


def _links(connection: Connection) -> tuple[bool, str]:
    if connection.dialect.name != "sqlite":
        return True, _("Every link leads somewhere.")
    lost = [f"{row[0]} {row[1]} → {row[2]}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]
    if not lost:
        return True, _("Every link leads somewhere.")
    return False, _("Links lead nowhere: {lost}.").format(lost="; ".join(lost[:FEW]))


def _history(connection: Connection) -> tuple[bool, str]:
    found = verify_chain(connection)
    if found.broken:
        return False, _("The history was tampered with or damaged, first at change set {number}.").format(
            number=found.broken[0]
        )
    return True, _(
        "The history holds: {sets} change sets, {lines} lines, last seal {seal}. The key lies in the database itself;"
        " only a seal kept elsewhere (in the manifest of a backup) shows a forged chain."
    ).format(sets=found.head.place, lines=found.lines, seal=found.head.seal[:16] or "—")


def _records(connection: Connection) -> tuple[bool, str]:
    wrong = drifted(connection)
    if not wrong:
        return True, _("Every record is as its history says.")
    named = ", ".join(f"{kind} {record_id}" for kind, record_id in wrong[:FEW])
    message = _("{number} records are not as their history says: {records}.")
    return False, message.format(number=len(wrong), records=named)


def _search(connection: Connection) -> tuple[bool, str]:
    """Compare how many leads each token has in the index with how many it should have."""
    table = table_of(Lead)
    leads = connection.execute(select(*(table.c[name] for name in SEARCHED)))
    wanted = Counter(chain.from_iterable(tokens_of(tuple(row)) for row in leads))
    kept = kept_tokens(connection)
    different = [token for token in wanted.keys() | kept.keys() if wanted[token] != kept.get(token, 0)]
    if not different:
        return True, _("The search index knows every lead.")
    return False, _("The search index differs from the leads ({number} tokens); it can be built anew.").format(
        number=len(different)
    )


LOOKS: Mapping[str, Callable[[Connection], tuple[bool, str]]] = {
    "integrity": _integrity,
    "foreign_keys": _links,
    "history": _history,
    "records": _records,
    "search": _search,
}
"""What is looked at in a database of this schema."""


def _uid(database: Database) -> str | None:
    """Return the database's mark; None where it is too damaged to tell."""
    try:
        with told(database.place), database.engine.connect() as connection:
            return uid_of(connection)
    except UserError:
        return None


def _backups(path: Path, folder: str, uid: str | None) -> Check:
    proved = [each for each in automatic_backups(backup_folder(path, folder), path.stem, uid) if each.verified]
    if not proved:
        return Check("backups", ok=True, detail=_("There is no automatic backup yet."))
    detail = _("The newest proved backup: {path}.").format(path=proved[0].path)
    return Check("backups", ok=True, detail=detail)


def _fonts(folder: Path) -> Check:
    missing = [name for name in FONTS if not _is_font(folder / name)]
    if missing:
        return Check("fonts", ok=False, detail=_("Fonts are missing: {names}.").format(names=", ".join(missing)))
    return Check("fonts", ok=True, detail=_("The fonts are there."))


def _is_font(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(TRUETYPE)) == TRUETYPE
    except OSError:
        return False


LABELS: Mapping[str, str] = {
    "database": N_("Database"),
    "schema": N_("Schema"),
    "integrity": N_("Integrity"),
    "foreign_keys": N_("Links"),
    "history": N_("History"),
    "records": N_("Records and history"),
    "search": N_("Search index"),
    "backups": N_("Backups"),
    "fonts": N_("Fonts"),
    "settings": N_("Settings"),
}
"""What people call each check."""


def lines_of(checks: list[Check]) -> Iterator[str]:
    """Yield a line for each check, for people."""
    for check in checks:
        line = _("✓ {name}: {detail}") if check.ok else _("✗ {name}: {detail}")
        yield line.format(name=_(LABELS[check.name]), detail=check.detail)
