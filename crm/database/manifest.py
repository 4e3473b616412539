"""What a database holds, in a few figures: written beside each backup, compared when it is put back."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, select, text

from crm.database.chain import Head, head_of
from crm.models import Fact, table_of
from crm.models.types import now

SUFFIX = ".manifest.json"
READ_AT_ONCE = 1 << 20
VERSION_TABLE = "alembic_version"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    Attributes:
        sha256: of the file's bytes.
        schema: the revision of its schema.
        counts: rows by table.
        place: of the chain's head (``crm.database.chain.Head``).
        seal: of the chain's head; kept outside the file, it shows a later cut or forgery.
        made_at: ISO moment in UTC.
        reason: why it was made.
    """

    file: str
    sha256: str
    size: int
    schema: str
    database_uid: str
    counts: dict[str, int]
    place: int
    seal: str
    made_at: str
    reason: str

    @property
    def head(self) -> Head:
        """The head of the chain."""
        return Head(self.place, self.seal)


def describe(connection: Connection, path: Path, reason: str) -> Manifest:
    """Return the manifest of a database file that the connection has open."""
    head = head_of(connection)
    return Manifest(
        file=path.name,
        sha256=sha256_of(path),
        size=path.stat().st_size,
        schema=str(connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar_one()),  # noqa: S608
        database_uid=uid_of(connection),
        counts=counts_of(connection),
        place=head.place,
        seal=head.seal,
        made_at=now().isoformat(timespec="seconds"),
        reason=reason,
    )


def uid_of(connection: Connection) -> str:
    """Return the mark a database got when it was made; its copies have it too."""
    facts = table_of(Fact)
    return str(connection.execute(select(facts.c.value).where(facts.c.name == "database_uid")).scalar_one())


def counts_of(connection: Connection) -> dict[str, int]:
    """Return the number of rows of every table; those of the search index are counted as leads."""
    quote = connection.dialect.identifier_preparer.quote
    tables = [name for name in inspect(connection).get_table_names() if not name.startswith("lead_search")]
    return {
        name: int(connection.execute(text(f"SELECT count(*) FROM {quote(name)}")).scalar_one())  # noqa: S608
        for name in sorted(tables)
    }


def manifest_path(backup: Path) -> Path:
    """Return where the manifest of a backup lies."""
    return backup.with_name(backup.name + SUFFIX)


def read_manifest(backup: Path) -> Manifest | None:
    """Return the manifest beside a backup, or None when there is none that can be read."""
    try:
        document: dict[str, Any] = json.loads(manifest_path(backup).read_text(encoding="utf-8"))
        return Manifest(**document)
    except (OSError, ValueError, TypeError):
        return None


def manifest_text(manifest: Manifest) -> str:
    """Return the JSON text of a manifest."""
    return json.dumps(asdict(manifest), ensure_ascii=False, indent=1)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(READ_AT_ONCE):
            digest.update(chunk)
    return digest.hexdigest()
