"""Where leads stand is kept up to date: what changed is worked out again, what is gone is forgotten."""

from __future__ import annotations

from datetime import date

from crm.database import Database, writing_of
from crm.domain.fields.reading import read_record
from crm.jobs import finish
from crm.jobs.standings import refresh_standings
from crm.queries.leads import facet, load_lead_rows
from crm.services.bulk import create_many
from crm.services.history import revert
from crm.services.records import update

DAY = date(2026, 11, 22)
LEAD = {"name": "甲（虚构）", "area": "高铁新城", "land": "25亩", "annual_tax": "5000万元"}


def test_only_what_changed_is_worked_out_again(database: Database) -> None:
    with database.write(by="李", why="登记") as session:
        ids = create_many(session, "leads", [read_record("leads", LEAD | {"name": name}) for name in "甲乙"])
    assert finish(refresh_standings(database, DAY)) == 2
    assert finish(refresh_standings(database, DAY)) == 0
    with database.write(by="李", why="改") as session:
        update(session, "leads", ids[0], {"annual_tax": "4000万元"})
    assert finish(refresh_standings(database, DAY)) == 1
    with database.read() as session:
        assert [row and row.verdict for row in load_lead_rows(session, ids)] == ["not_met", "met"]
        assert dict(facet(session, "verdicts")) == {"met": 1, "not_met": 1}


def test_a_lead_that_is_taken_back_is_counted_nowhere(database: Database) -> None:
    with database.write(by="李", why="登记") as session:
        create_many(session, "leads", [read_record("leads", LEAD)])
        number = writing_of(session).number(session)
    finish(refresh_standings(database, DAY))
    with database.write(by="李", why="撤销") as session:
        revert(session, number)
    assert finish(refresh_standings(database, DAY)) == 0
    with database.read() as session:
        assert facet(session, "verdicts") == []
