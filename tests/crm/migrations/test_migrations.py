"""The schema is that of the models; a migration that fails, loses something or is killed leaves the old one."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
import textwrap
import threading
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import BigInteger, Boolean, DateTime, Integer, String, Text, make_url, text
from sqlalchemy.schema import SchemaItem
from sqlmodel import SQLModel

from crm.commands.line import DONE, MENDABLE, run
from crm.database import Database
from crm.database.chain import verify_chain
from crm.domain.fields.registry import RECORD_FIELDS
from crm.errors import DatabaseError
from crm.migrations import VERSIONS, State, revisions, state_of, upgrade
from crm.models import RECORD_MODELS
from crm.queries.records import load
from crm.services.bulk import create_many
from crm.workspace import open_workspace

ROOT = Path(__file__).resolve().parents[3]
SAME_ON_SQLITE = ((BigInteger, Integer), (DateTime, (Text, String)), (Boolean, Integer))


def _of_ours(item: SchemaItem, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:  # noqa: FBT001
    """Leave out the search index, which SQLAlchemy cannot describe, and the table of the version."""
    del item, kind
    return not (name or "").startswith(("lead_search", "ix_lead_search", "alembic_version"))


def _types_differ(*compared: Any) -> bool | None:  # noqa: ANN401  (Alembic's: context, two columns, two types)
    """SQLite's STRICT tables know INTEGER and TEXT only: a moment is a text there, yes and no a number."""
    context, _column, _metadata, found, wanted = compared
    if context.dialect.name == "sqlite":
        wanted = wanted.dialect_impl(context.dialect)
        wanted = getattr(wanted, "impl_instance", wanted)
        if any(isinstance(wanted, one) and isinstance(found, other) for one, other in SAME_ON_SQLITE):
            return False
    return None


def test_the_schema_is_that_of_the_models(database: Database) -> None:
    assert len(dict(RECORD_MODELS)) == len(RECORD_FIELDS)  # every table is made now: the metadata knows them all
    with database.engine.connect() as connection:
        options = {"compare_type": _types_differ, "include_object": _of_ours}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, SQLModel.metadata) == []


def test_every_table_of_a_file_is_strict_and_no_link_cascades(sqlite_url: str) -> None:
    with closing(Database(sqlite_url)) as database, database.engine.connect() as connection:
        tables = connection.exec_driver_sql("SELECT name, strict FROM pragma_table_list WHERE type = 'table'").all()
        loose = {name for name, strict in tables if not strict and not name.startswith("sqlite_")}
        assert loose == {"alembic_version"}
        for name, _strict in tables:
            links = connection.exec_driver_sql(f"PRAGMA foreign_key_list({name})").all()
            assert all(link[5:7] == ("NO ACTION", "NO ACTION") for link in links)


def test_migrations_import_none_of_our_code() -> None:
    for path in VERSIONS.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [name for name in names if name.split(".")[0] in ("crm", "sqlmodel", "ui", "reports")], path


def test_a_new_database_has_the_slots_of_the_founding_document_and_no_invented_name(database: Database) -> None:
    with database.read() as session:
        communities, funds = load(session, "communities"), load(session, "funds")
    assert [each.code for each in communities] == [f"RC-{n:02d}" for n in range(1, 13)]
    assert [each.values.get("fields") for each in communities[:5]] == [
        ("新材料",),
        ("光电信息",),
        ("生物医药",),
        ("人工智能",),
        None,
    ]
    assert {each.values["status"] for each in communities} == {"slot"}
    assert len(funds) == 119
    assert all("name" not in each.values and "G01" in each.values["source"] for each in communities)
    assert all("name" not in each.values and "N03" in each.values["source"] for each in funds)


@pytest.fixture
def filled(database: Database) -> Database:
    with database.write(by="李", why="登记") as session:
        create_many(session, "leads", [{"name": f"甲{n}"} for n in range(20)])
    return database


def _planted(tmp_path: Path, body: str) -> Path:
    """Return a folder with the real migrations and one more."""
    folder = tmp_path / "planted" / "versions"
    shutil.copytree(VERSIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    head = f'revision, down_revision = "9001", "{revisions()[-1]}"\nfrom alembic import op\n\n\ndef upgrade():\n'
    (folder / "9001_planted.py").write_text(head + textwrap.indent(textwrap.dedent(body), "    "), encoding="utf-8")
    return folder


def _state(database: Database) -> list[Any]:
    """Return everything a failed migration must leave: tables, indexes, triggers, leads, version, chain."""
    with database.read() as session:
        connection = session.connection()
        if database.is_sqlite:
            schema = connection.execute(text("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2")).all()
        else:
            schema = connection.execute(text("SELECT tablename, indexdef FROM pg_indexes ORDER BY 1, 2")).all()
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return [*schema, version, verify_chain(connection), load(session, "leads")]


@pytest.mark.parametrize(
    ("body", "match"),
    [
        ("op.execute('ALTER TABLE leads ADD COLUMN more TEXT')\nop.execute('SELECT * FROM nowhere')\n", "nowhere"),
        ("op.execute('ALTER TABLE leads ADD COLUMN more TEXT')\nraise RuntimeError('planted')\n", "planted"),
        ("op.execute('DELETE FROM funds WHERE id > 100')\n", "funds"),
        ("op.execute('DROP INDEX ix_leads_stage')\n", "ix_leads_stage"),
    ],
)
def test_a_migration_that_fails_or_loses_something_leaves_the_old_schema(
    filled: Database, tmp_path: Path, body: str, match: str
) -> None:
    before = _state(filled)
    backups: list[int] = []
    with pytest.raises(DatabaseError, match=match):
        upgrade(filled, before=lambda: backups.append(1), folder=_planted(tmp_path, body))
    assert _state(filled) == before
    assert backups == [1]
    assert state_of(filled) is State.CURRENT


def test_a_rebuilt_table_does_not_delete_what_hangs_on_it(sqlite_url: str, tmp_path: Path) -> None:
    """With foreign keys on, DROP TABLE deletes or unlinks the children (reliability.md §0.4); here they are off."""
    body = """
    link = "lead INTEGER REFERENCES leads(id) ON DELETE CASCADE"
    op.execute(f"CREATE TABLE child (id INTEGER PRIMARY KEY, {link}) STRICT")
    op.execute("INSERT INTO child SELECT id, id FROM leads")
    """
    with closing(Database(sqlite_url)) as database:
        with database.write(by="李", why="登记") as session:
            create_many(session, "leads", [{"name": f"甲{n}"} for n in range(20)])
        folder = _planted(tmp_path, body)
        upgrade(database, folder=folder)
        (folder / "9002_rebuilt.py").write_text(REBUILT, encoding="utf-8")
        upgrade(database, folder=folder)
        with database.read() as session:
            assert session.connection().execute(text("SELECT count(*) FROM child")).scalar() == 20
            assert session.connection().exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


REBUILT = """
revision, down_revision = "9002", "9001"
DROPS = frozenset(f"index ix_leads_{name}" for name in (
    "credit_code industry area stage owner planned_investment_low land_low annual_tax_low next_date_low"
    " updated_at sort_name without_contact without_land_use").split())
from alembic import op


def upgrade():
    sql = op.get_bind().exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'leads'").scalar()
    op.execute(sql.replace("CREATE TABLE leads", "CREATE TABLE new_leads"))
    op.execute("INSERT INTO new_leads SELECT * FROM leads")
    op.execute("DROP TABLE leads")
    op.execute("ALTER TABLE new_leads RENAME TO leads")
"""

KILLED = """
    import os, signal, sys
    from pathlib import Path
    from crm.database import Database
    from crm.migrations import upgrade

    upgrade(Database(sys.argv[1]), folder=Path(sys.argv[2]))
"""


def test_a_kill_in_the_middle_leaves_the_old_schema(filled: Database, database_url: str, tmp_path: Path) -> None:
    body = """
    import os, signal
    op.execute('ALTER TABLE leads ADD COLUMN more TEXT')
    os.kill(os.getpid(), signal.SIGKILL)
    """
    before = _state(filled)
    words = [sys.executable, "-c", textwrap.dedent(KILLED), database_url, str(_planted(tmp_path, body))]
    done = subprocess.run(words, check=False, cwd=ROOT, env={**os.environ, "PYTHONPATH": "."})
    assert done.returncode == -9
    assert _state(filled) == before


def test_an_older_database_is_backed_up_and_brought_up_to_date(sqlite_url: str, tmp_path: Path) -> None:
    folder = _planted(tmp_path, "op.execute('ALTER TABLE leads ADD COLUMN more TEXT')\n")
    with closing(Database(sqlite_url)) as database:
        backups: list[int] = []
        assert upgrade(database, before=lambda: backups.append(1), folder=folder) == ["9001"]
        assert backups == [1]
        assert upgrade(database, before=lambda: backups.append(1), folder=folder) == []
        assert backups == [1]
        assert state_of(database) is State.NEWER


def test_four_programs_that_start_at_once_make_one_schema(postgres_server: str, tmp_path: Path) -> None:
    from sqlalchemy import create_engine, make_url  # noqa: PLC0415

    engine = create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS racers"))
        connection.execute(text("CREATE DATABASE racers"))
    url = make_url(postgres_server).set(database="racers").render_as_string(hide_password=False)
    faults: list[BaseException] = []

    def start(number: int) -> None:
        try:
            open_workspace(url, settings_folder=tmp_path / str(number)).database.close()
        except BaseException as error:  # noqa: BLE001  (a thread's error would be lost)
            faults.append(error)

    racers = [threading.Thread(target=start, args=(number,)) for number in range(4)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert faults == []
    with closing(Database(url)) as database:
        assert state_of(database) is State.CURRENT
        with database.read() as session:
            assert len(load(session, "funds")) == 119
    with engine.connect() as connection:
        connection.execute(text("DROP DATABASE racers WITH (FORCE)"))
    engine.dispose()


def _older(postgres_url: str, tmp_path: Path) -> str:
    """Return the URL of a schema at the version before this one."""
    folder = tmp_path / "older" / "versions"
    shutil.copytree(VERSIONS, folder, ignore=shutil.ignore_patterns("__pycache__", f"{revisions()[-1]}_*"))
    url = str(make_url(postgres_url).update_query_dict({"options": "-csearch_path=older"}).render_as_string(False))
    with closing(Database(url)) as database:
        upgrade(database, folder=folder)
        assert state_of(database) is State.OLDER
    return url


def test_no_client_upgrades_a_server_by_itself(postgres_url: str, tmp_path: Path) -> None:
    url = _older(postgres_url, tmp_path)
    with pytest.raises(DatabaseError, match="xiangtu upgrade"):
        open_workspace(url, settings_folder=tmp_path / "settings")
    with closing(Database(url)) as database:
        assert state_of(database) is State.OLDER


def test_the_administrator_upgrades_a_server_once_nobody_works_in_it(postgres_url: str, tmp_path: Path) -> None:
    url = _older(postgres_url, tmp_path)
    with closing(Database(url)) as other, other.read() as session:
        load(session, "funds")  # an officer at work
        out, err = StringIO(), StringIO()
        assert run(["--database", url, "upgrade"], out=out, err=err) == MENDABLE
        assert "正有他人打开：postgres" in err.getvalue()
    for applied in ([revisions()[-1]], []):
        out, err = StringIO(), StringIO()
        assert run(["--database", url, "--json", "upgrade"], out=out, err=err) == DONE
        assert json.loads(out.getvalue())["applied"] == applied
    with closing(open_workspace(url, settings_folder=tmp_path / "settings").database) as database:
        assert state_of(database) is State.CURRENT


def test_a_file_is_upgraded_when_it_is_opened(sqlite_url: str) -> None:
    out, err = StringIO(), StringIO()
    assert run(["--database", sqlite_url, "upgrade"], out=out, err=err) == DONE
    assert "已是最新版本" in out.getvalue()
