"""A lead registered from a text keeps the text, and one undo takes both back."""

from __future__ import annotations

from datetime import date

import pytest

from crm.database import Database
from crm.domain.capture.candidates import capture
from crm.errors import ValueRefusedError
from crm.queries.records import load
from crm.queries.working import follow_ups
from crm.services.capture import name_of, register
from crm.services.history import revert

ON = date(2026, 11, 26)
TEXT = "苏州星瀚传感科技有限公司（虚构），用地25亩，投资数千万元"


def test_a_registered_lead_keeps_its_text_and_is_taken_back_whole(database: Database) -> None:
    values = dict(capture(TEXT, ON).candidates[0].values)
    with database.write(by="李娜", why="paste to register") as session:
        made = register(session, {**values, "name": name_of(values)}, TEXT, by="李娜", on=ON)
        number = session.info["xiangtu_writing"].number(session)
    with database.read() as session:
        note = follow_ups(session, made.id)[0]
        assert (note.kind, note.at, note.by) == ("note", ON, "李娜")
        assert note.note.endswith(TEXT)
        assert load(session, "leads", [made.id])[0].values["planned_investment"].vague
    with database.write(by="李娜", why="undo") as session:
        done = revert(session, number)
    assert done.kept == []
    with database.read() as session:
        assert load(session, "leads", [made.id]) == []
        assert follow_ups(session, made.id) == []


def test_a_lead_without_a_name_is_not_registered(database: Database) -> None:
    with pytest.raises(ValueRefusedError), database.write(by="李娜", why="paste") as session:
        register(session, {"land": "25亩"}, TEXT, by="李娜", on=ON)
