"""The history writes itself, and takes changes back: undo, redo, what was changed since is kept."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import select

from crm.database import Committed, Database, Session, writing_of
from crm.database.chain import drifted
from crm.domain.quantities import Land, Money
from crm.errors import ConflictError, NotFoundError
from crm.models import ChangeLine, Entry, Lead
from crm.queries.history import change_set, change_sets, changes_of, count_changes, givers
from crm.queries.records import Record, load
from crm.queries.search import search_leads
from crm.queries.working import follow_ups
from crm.services.bulk import create_many, update_many
from crm.services.follow_ups import add_follow_up
from crm.services.history import Reverted, revert
from crm.services.records import create, delete, update

MU = Land(Decimal(25), Decimal(25), text="25亩")
WAN = Money(Decimal(5000), Decimal(5000))


def _write(database: Database, kind: str = "edit", **rows: Any) -> tuple[list[Record], int]:  # noqa: ANN401
    """Make leads in one change set; return them and its number."""
    with database.write(by="李", why="登记", kind=kind) as session:
        made = [create(session, "leads", {"name": name, **values}) for name, values in rows.items()]
        return made, writing_of(session).number(session)


def _revert(database: Database, number: int) -> tuple[Reverted, int | None]:
    with database.write(by="王", why="撤销") as session:
        done = revert(session, number)
        writing = writing_of(session)
    return done, writing.change_set_id


def _lead(database: Database, lead_id: int) -> Record | None:
    with database.read() as session:
        found = load(session, "leads", [lead_id])
    return found[0] if found else None


def test_one_line_a_field_however_often_it_is_flushed(database: Database) -> None:
    [lead], _number = _write(database, 甲={"land": MU})
    with database.write(by="王", why="核实") as session:
        update(session, "leads", lead.id, {"owner": "a", "land": None})
        update(session, "leads", lead.id, {"owner": "b"})
        update(session, "leads", lead.id, {"owner": "王", "annual_tax": WAN, "site": "x"})
        update(session, "leads", lead.id, {"site": None})
    with database.read() as session:
        made, *changes = changes_of(session, "leads", lead.id)
        assert count_changes(session, "leads", lead.id) == 4
    assert (made.action, made.after["land"], made.by, made.why) == ("created", MU, "李", "登记")
    assert {(each.field, each.before, each.after) for each in changes} == {
        ("owner", None, "王"),
        ("land", MU, None),
        ("annual_tax", None, WAN),
    }
    assert made.at.tzinfo is not None


def test_the_value_before_is_noted_even_of_a_record_that_was_expired(database: Database) -> None:
    [lead], _number = _write(database, 甲={"owner": "李"})
    with database.write(by="王", why="改") as session:
        record = session.get_one(Lead, lead.id)
        session.expire(record)
        record.owner = "王"
    with database.read() as session:
        assert changes_of(session, "leads", lead.id)[-1].before == "李"


def test_a_record_made_and_deleted_in_one_transaction_leaves_no_line(database: Database) -> None:
    with database.write(by="李", why="试") as session:
        lead = create(session, "leads", {"name": "甲"})
        update(session, "leads", lead.id, {"owner": "王"})
        delete(session, "leads", lead.id)
    with database.read() as session:
        assert session.exec(select(ChangeLine)).all() == []


def test_a_deleted_record_keeps_what_it_was_before_the_transaction(database: Database) -> None:
    [lead], _number = _write(database, 甲={"owner": "李"})
    with database.write(by="王", why="误报") as session:
        update(session, "leads", lead.id, {"owner": "王"})
        delete(session, "leads", lead.id)
    with database.read() as session:
        gone = changes_of(session, "leads", lead.id)[-1]
    assert (gone.action, gone.before["owner"], gone.after) == ("deleted", "李", None)


def test_news_tell_what_was_touched_and_nothing_when_nothing_was(database: Database) -> None:
    heard: list[Committed] = []
    database.on_commit(heard.append)
    [lead], number = _write(database, 甲={})
    with database.write(by="王", why="改") as session:
        update(session, "leads", lead.id, {"name": "甲"})
    assert heard == [Committed(number, frozenset({"leads"}), "李", "登记")]


def test_bulk_writes_what_single_records_write(database: Database) -> None:
    rows = [{"name": f"甲{n}", "land": MU, "annual_tax": WAN, "industries": ("大数据",)} for n in range(3)]
    with database.write(by="李", why="单") as session:
        single = [create(session, "leads", row).id for row in rows]
        for each in single:
            update(session, "leads", each, {"land": None, "owner": "王"})
    with database.write(by="李", why="批") as session:
        many = create_many(session, "leads", rows)
    with database.write(by="李", why="批") as session:
        assert update_many(session, "leads", {each: {"land": None, "owner": "王"} for each in many}) == many
    one, other = ([_columns(database, each) for each in ids] for ids in (single, many))
    assert one == other
    with database.read() as session:
        lines = changes_of(session, "leads", many[0])
    assert [(each.action, each.field) for each in lines] == [("created", ""), ("changed", "land"), ("changed", "owner")]


def test_a_bulk_edit_is_a_change_the_next_editor_must_see(database: Database) -> None:
    [lead], _number = _write(database, 甲={})
    with database.write(by="王", why="批量") as session:
        update_many(session, "leads", {lead.id: {"owner": "王"}})
    now = _lead(database, lead.id)
    assert now is not None
    assert now.version == lead.version + 1
    with pytest.raises(ConflictError, match="王"), database.write(by="李", why="改") as session:
        update(session, "leads", lead.id, {"owner": "李"}, base_version=lead.version)


def _columns(database: Database, lead_id: int) -> dict[str, Any]:
    with database.read() as session:
        lead = session.get_one(Lead, lead_id)
        different = {"id", "uid", "code", "version", "created_at", "updated_at"}
        return {name: getattr(lead, name) for name in Lead.model_fields if name not in different}


def test_undo_takes_out_what_was_made_and_keeps_what_was_changed_since(database: Database) -> None:
    [first, second], number = _write(database, 甲={}, 乙={})
    with database.write(by="王", why="核实") as session:
        update(session, "leads", second.id, {"owner": "王"})
    done, undo = _revert(database, number)
    assert done.reversed == [("leads", first.code)]
    [kept] = done.kept
    assert (kept.code, kept.field) == (second.code, "owner")
    assert "王" in kept.reason
    assert _lead(database, first.id) is None
    assert _lead(database, second.id) is not None
    assert undo is not None
    with database.read() as session:
        assert change_set(session, number).undone
        assert change_set(session, undo).kind == "undo"
        assert search_leads(session, "甲").ids == []


def test_undo_gives_fields_their_old_values_but_those_changed_since(database: Database) -> None:
    [lead], _number = _write(database, 甲={"owner": "李", "land": MU})
    with database.write(by="王", why="批量") as session:
        update_many(session, "leads", {lead.id: {"owner": "王", "land": None, "name": "乙"}})
        number = writing_of(session).number(session)
    with database.write(by="赵", why="改") as session:
        update(session, "leads", lead.id, {"owner": "赵"})
    done, _undo = _revert(database, number)
    now = _lead(database, lead.id)
    assert now is not None
    assert (now.values["owner"], now.values["land"], now.values["name"]) == ("赵", MU, "甲")
    assert [each.field for each in done.kept] == ["owner"]
    with database.read() as session:
        assert search_leads(session, "甲").total == 1
        assert search_leads(session, "乙").total == 0


def test_a_code_that_was_taken_meanwhile_is_kept_and_the_rest_is_undone(database: Database) -> None:
    [lead, other], _number = _write(database, 甲={"owner": "李"}, 乙={"owner": "李"})
    with database.write(by="王", why="改编号") as session:
        update(session, "leads", lead.id, {"code": "新-1", "owner": "王"})
        update(session, "leads", other.id, {"owner": "王"})
        number = writing_of(session).number(session)
    with database.write(by="赵", why="登记") as session:
        create(session, "leads", {"name": "丙", "code": lead.code})
    done, undo = _revert(database, number)
    now, rest = _lead(database, lead.id), _lead(database, other.id)
    assert now is not None
    assert rest is not None
    assert (now.code, now.values["owner"], rest.values["owner"]) == ("新-1", "李", "李")
    [kept] = done.kept
    assert (kept.code, kept.field, kept.reason) == ("新-1", "code", "该编号现已用于另一条记录。")
    assert done.failed == []
    assert undo is not None


def test_redo_brings_back_the_same_records_and_a_second_undo_takes_them_out_again(database: Database) -> None:
    [lead], number = _write(database, 甲={"land": MU})
    _done, undo = _revert(database, number)
    assert undo is not None
    done, redo = _revert(database, undo)
    now = _lead(database, lead.id)
    assert now is not None
    assert (now.uid, now.code, now.values) == (lead.uid, lead.code, lead.values)
    assert now.version > lead.version
    assert done.reversed == [("leads", lead.code)]
    with database.read() as session:
        assert not change_set(session, number).undone
        assert [row.undone for row in change_sets(session)] == [False, True, False]
        assert redo is not None
        assert change_set(session, redo).kind == "redo"
    _revert(database, number)
    assert _lead(database, lead.id) is None


def test_doing_it_twice_does_nothing(database: Database) -> None:
    _made, number = _write(database, 甲={})
    _revert(database, number)
    done, again = _revert(database, number)
    assert (done.reversed, done.kept, done.failed, again) == ([], [], [], None)


def test_a_deleted_record_whose_code_was_given_away_is_reported(database: Database) -> None:
    [lead], _number = _write(database, 甲={"code": "A1"})
    with database.write(by="王", why="误删") as session:
        delete(session, "leads", lead.id)
        session.flush()
        number = writing_of(session).number(session)
    _write(database, 乙={"code": "A1"})
    done, _undo = _revert(database, number)
    assert [(each.code, each.field) for each in done.failed] == [("A1", "")]


def test_an_unknown_change_set_is_an_error(database: Database) -> None:
    with database.write(by="王", why="撤销") as session, pytest.raises(NotFoundError):
        revert(session, 99)


def test_an_id_is_never_given_twice(database: Database) -> None:
    [lead], number = _write(database, 甲={})
    _revert(database, number)
    [other], _number = _write(database, 乙={})
    with database.write(by="李", why="批") as session:
        [many] = create_many(session, "leads", [{"name": "丙"}])
    assert len({lead.id, other.id, many}) == 3


def test_lines_hold_canonical_json(database: Database) -> None:
    [lead], _number = _write(database, 甲={"land": MU})
    with database.read() as session:
        text = session.exec(select(ChangeLine.after)).one()
    assert text is not None
    assert json.loads(text) == {
        "code": lead.code,
        "land": {"high": "25", "low": "25", "text": "25亩"},
        "name": "甲",
    }
    assert list(json.loads(text)) == sorted(json.loads(text))


def test_a_wrong_class_is_a_bug_at_the_moment_it_is_set(database: Database) -> None:
    def set_it(session: Session, value: Any) -> None:  # noqa: ANN401
        session.add(Lead(code="A", land=value))

    with database.write(by="李", why="错") as session:
        for wrong in (25, 25.0, "25亩", WAN):
            with pytest.raises(TypeError):
                set_it(session, wrong)


def test_rules_and_dictionaries_are_taken_back_too(database: Database) -> None:
    with database.write(by="李", why="补录") as session:
        session.add(Entry(dictionary="area_mapping", term="某某路", meaning="高新区", source="虚构"))
        number = writing_of(session).number(session)
    with database.write(by="李", why="更正") as session:
        entry = session.exec(select(Entry).where(Entry.term == "某某路")).one()
        entry.meaning, entry.valid_to = "开发区", "2026-12-31"
        change = writing_of(session).number(session)
    with database.write(by="李", why="作废") as session:
        session.delete(session.exec(select(Entry).where(Entry.term == "某某路")).one())
        gone = writing_of(session).number(session)

    def mapped() -> list[tuple[str, str | None]]:
        with database.read() as session:
            entries = session.exec(select(Entry).where(Entry.dictionary == "area_mapping")).all()
            assert drifted(session.connection()) == []
            return [(entry.meaning, entry.valid_to) for entry in entries]

    assert mapped() == []
    _revert(database, gone)
    assert mapped() == [("开发区", "2026-12-31")]
    _revert(database, change)
    assert mapped() == [("高新区", None)]
    _revert(database, number)
    assert mapped() == []


def test_a_lead_with_follow_ups_written_since_is_kept_by_an_undo(database: Database) -> None:
    leads, number = _write(database, 甲={}, 乙={})
    with database.write(by="王", why="跟进") as session:
        add_follow_up(session, leads[0].id, kind="call", at=date(2026, 11, 22), by="王", note="电话")
    done, _number = _revert(database, number)
    assert [(kept.code, kept.field) for kept in done.kept] == [(leads[0].code, "")]
    assert done.reversed == [("leads", leads[1].code)]
    with database.read() as session:
        assert len(follow_ups(session, leads[0].id)) == 1


def test_a_lead_and_its_follow_up_made_at_once_are_taken_back_at_once(database: Database) -> None:
    with database.write(by="李", why="登记") as session:
        lead = create(session, "leads", {"name": "甲"})
        add_follow_up(session, lead.id, kind="call", at=date(2026, 11, 22), by="李", note="电话")
        number = writing_of(session).number(session)
    done, undo = _revert(database, number)
    assert (done.kept, _lead(database, lead.id)) == ([], None)
    assert undo is not None
    _revert(database, undo)
    with database.read() as session:
        assert len(follow_ups(session, lead.id)) == 1
    assert _lead(database, lead.id) is not None


def test_a_value_that_came_back_is_from_the_change_set_that_gave_it(database: Database) -> None:
    [lead], made = _write(database, 甲={"owner": "李", "land": MU})
    with database.write(by="王", why="核实") as session:
        update(session, "leads", lead.id, {"owner": "王", "annual_tax": WAN})
        number = writing_of(session).number(session)
    assert _givers(database, lead.id) == {"owner": number, "annual_tax": number, "land": made}
    _done, undo = _revert(database, number)
    assert _givers(database, lead.id) == {"owner": made, "annual_tax": None, "land": made}
    assert undo is not None
    _revert(database, undo)
    assert _givers(database, lead.id) == {"owner": number, "annual_tax": number, "land": made}


def test_a_lead_brought_back_still_has_its_values_from_where_they_came(database: Database) -> None:
    [lead], made = _write(database, 甲={"land": MU})
    with database.write(by="王", why="误删") as session:
        delete(session, "leads", lead.id)
        session.flush()
        number = writing_of(session).number(session)
    _revert(database, number)
    assert _givers(database, lead.id)["land"] == made


def _givers(database: Database, lead_id: int) -> dict[str, int | None]:
    with database.read() as session:
        found = givers(session, "leads", lead_id)
        return {name: found.get(name) for name in ("owner", "annual_tax", "land")}
