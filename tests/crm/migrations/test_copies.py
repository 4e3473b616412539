"""A server's database becomes a file that opens as any other, with its history and seals."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from crm.database import Database
from crm.database.chain import drifted, verify_chain
from crm.database.manifest import read_manifest
from crm.migrations.copies import copy_to_file
from crm.queries.history import changes_of
from crm.queries.records import load
from crm.queries.search import search_leads
from crm.services.bulk import create_many
from crm.services.records import create, delete, update


def test_a_server_becomes_a_file(postgres_url: str, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    with closing(Database(postgres_url)) as server:
        with server.write(by="李", why="登记") as session:
            one, two = create_many(session, "leads", [{"name": "苏州甲"}, {"name": "乙", "confidential": True}])
        with server.write(by="王", why="核实") as session:
            update(session, "leads", one, {"land": "25亩", "needed_by": "2027-H2"})
            update(session, "communities", 1, {"name": "甲社区（虚构）"})
            last = create(session, "leads", {"name": "误报"}).id
        with server.write(by="王", why="误报") as session:
            delete(session, "leads", last)
        manifest = copy_to_file(server, target)
        with server.read() as session:
            wanted = [load(session, kind) for kind in ("leads", "communities", "funds")]
            chain = verify_chain(session.connection())
    assert manifest == read_manifest(target)
    assert manifest.head == chain.head
    with closing(Database(target)) as copy:
        with copy.read() as session:
            assert [load(session, kind) for kind in ("leads", "communities", "funds")] == wanted
            assert verify_chain(session.connection()) == chain
            assert drifted(session.connection()) == []
            assert search_leads(session, "sz").ids == [one]
            assert [change.by for change in changes_of(session, "leads", one)] == ["李", "王", "王"]
        with copy.write(by="李", why="登记") as session:
            assert create(session, "leads", {"name": "丙"}).id == last + 1
    assert two == one + 1
