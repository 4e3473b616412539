"""Records are made and changed on both databases, with their history, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import select

from crm.database import Database, Session
from crm.domain.fields.values import Lease, Phase, Platform, Plot
from crm.domain.quantities import Land, Money, Number, PartialDate, Space
from crm.errors import AmbiguousError, ConflictError, NotFoundError, ValueRefusedError
from crm.models import ChangeSet
from crm.queries.records import find, load, load_one
from crm.services.bulk import create_many, update_many
from crm.services.records import create, delete, next_codes, update

WAN = Decimal(5000)
LEAD: dict[str, Any] = {
    "name": "智能网联测试项目（虚构）",
    "credit_code": "91320507MA9XC00178",
    "first_reported_at": datetime(2026, 11, 3, 9, 12, tzinfo=UTC),
    "industries": ("大数据", "人工智能"),
    "planned_investment": Money(Decimal("11.7"), Decimal("14.7"), approximate=True, text="约11.7-14.7万"),
    "paid_in_foreign": Money(Decimal(200), Decimal(200), text="200万美元", currency="USD"),
    "land": Land(Decimal("25.0005"), Decimal("25.0005"), text="16667㎡", phase1=Decimal(20)),
    "plots": (Plot("高铁新城", Land(Decimal(25), Decimal(25)), "industrial", Money(WAN, WAN)), Plot(None, None)),
    "phases": (Phase(Land(Decimal(10), Decimal(10)), None, committed=True),),
    "lease": (Lease("厂房", Space(Decimal(2500), Decimal(2500)), Decimal("2.0")),),
    "space": {"研发": Space(Decimal(1200), Decimal(1200))},
    "ceiling_height": Number(Decimal("5.4"), None),
    "environment": (),
    "needed_by": PartialDate(2027, half=2),
    "annual_tax": Money(None, None, vague=True, text="数千万元"),
    "tax_by_year": {2028: Money(Decimal(800), Decimal(800))},
    "full_year": 2030,
    "stage": "negotiation",
    "confidential": False,
    "signed_on": PartialDate(2026, 3, 15),
    "notes": "第一行\n第二行",
}


def test_what_was_stored_comes_back_to_the_letter(database: Database) -> None:
    with database.write(by="李", why="登记") as session:
        made = create(session, "leads", LEAD)
    with database.read() as session:
        [read] = load(session, "leads", [made.id])
    assert {name: read.values[name] for name in LEAD} == LEAD
    assert read.code == f"XT-{datetime.now(UTC).year}-0001"
    assert (read.uid, read.version) == (made.uid, made.version)


def test_a_first_report_may_be_known_to_the_month_only(database: Database) -> None:
    with database.write(by="李", why="登记") as session:
        made = create(session, "leads", {"name": "甲", "first_reported_at": PartialDate(2024, half=1)})
    with database.read() as session:
        assert load_one(session, "leads", made.id).values["first_reported_at"] == PartialDate(2024, half=1)


def test_what_is_not_known_is_missing_and_what_is_known_to_be_none_is_not(database: Database) -> None:
    with database.write(by="李", why="登记") as session:
        values = create(session, "leads", {"name": "甲", "environment": (), "investor": None}).values
    assert values["environment"] == ()
    assert "investor" not in values
    assert "annual_tax" not in values


def test_the_other_kinds_keep_their_fields(database: Database) -> None:
    community = {
        "name": "甲社区（虚构）",
        "platforms": (Platform("检测", "新材料"), Platform("孵化")),
        "fields": ("新材料",),
    }
    fund = {"name": "甲基金（虚构）", "ticket_low": Money(Decimal(200), Decimal(200)), "leads_rounds": True}
    plot = {"land": Land(Decimal(30), Decimal(30)), "locked_until": PartialDate(2026, quarter=4)}
    with database.write(by="李", why="登记") as session:
        for kind, values in (("communities", community), ("funds", fund), ("plots", plot)):
            made = create(session, kind, values)
            assert {name: made.values[name] for name in values} == values


def test_a_record_is_found_by_code_id_and_exact_name(database: Database) -> None:
    with database.write(by="李", why="登记") as session:
        first = create(session, "leads", {"name": "甲", "code": "A1"})
        create(session, "leads", {"name": "乙"})
        create(session, "leads", {"name": "乙"})
    with database.read() as session:
        assert find(session, "leads", "A1") == find(session, "leads", str(first.id)) == find(session, "leads", "甲")
        with pytest.raises(AmbiguousError, match=r"-0001、XT-\d{4}-0002"):
            find(session, "leads", "乙")
        with pytest.raises(NotFoundError, match="丙"):
            load_one(session, "leads", "丙")


def test_codes_follow_each_other_and_leave_out_those_taken(database: Database) -> None:
    year = datetime.now(UTC).year
    with database.write(by="李", why="登记") as session:
        create(session, "leads", {"code": f"XT-{year}-0002"})
        assert next_codes(session, "leads", 3) == [f"XT-{year}-000{number}" for number in (1, 3, 4)]
        with pytest.raises(ValueRefusedError):
            create(session, "leads", {"code": f"XT-{year}-0002"})


def test_the_second_of_two_editors_of_one_field_is_refused_and_of_another_is_not(database: Database) -> None:
    with database.write(by="李", why="登记") as session:
        seen = create(session, "leads", {"name": "甲"})
    with database.write(by="王", why="改") as session:
        update(session, "leads", seen.id, {"industry": "新材料"}, base_version=seen.version)
    with pytest.raises(ConflictError, match="王"), database.write(by="李", why="改") as session:
        update(session, "leads", seen.id, {"industry": "大数据"}, base_version=seen.version)
    with database.write(by="李", why="改") as session:
        now = update(session, "leads", seen.id, {"owner": "李"}, base_version=seen.version)
    assert (now.values["industry"], now.values["owner"]) == ("新材料", "李")


def test_two_sessions_that_meet_do_not_overwrite_each_other(postgres_url: str) -> None:
    """Two processes on a server: the row is locked, the second sees the first one's change."""
    first, second = Database(postgres_url), Database(postgres_url)
    with first.write(by="李", why="登记") as session:
        lead = create(session, "leads", {"name": "甲"})
    with second.write(by="王", why="改") as late:
        assert load(late, "leads", [lead.id])[0].version == lead.version
        with first.write(by="李", why="改") as session:
            update(session, "leads", lead.id, {"industry": "新材料"}, base_version=lead.version)
        with pytest.raises(ConflictError):
            update(late, "leads", lead.id, {"industry": "大数据"}, base_version=lead.version)
    first.close()
    second.close()


def test_a_transaction_that_fails_leaves_no_trace(database: Database) -> None:
    def two_of_which_one_fails() -> None:
        with database.write(by="李", why="试") as session:
            create(session, "leads", {"name": "甲"})
            create(session, "leads", {"colour": "red"})

    with pytest.raises(ValueRefusedError):
        two_of_which_one_fails()
    with database.write(by="李", why="登记") as session:
        assert load(session, "leads") == []
        assert session.exec(select(ChangeSet)).all() == []
        assert create(session, "leads", {"name": "乙"}).code.endswith("-0001")


def test_a_deleted_record_is_gone(database: Database) -> None:
    with database.write(by="李", why="登记") as session:
        lead = create(session, "leads", {"name": "甲"})
    with database.write(by="李", why="误报") as session:
        delete(session, "leads", lead.id)
    with database.write(by="李", why="再删") as session, pytest.raises(NotFoundError):
        delete(session, "leads", lead.id)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("  甲\t乙\n丙 ", "甲 乙 丙"),
        ("e\u0301", "é"),
        ("甲\u200b\u202e乙\ufeff", "甲乙"),
        ("\u3000", None),
        ("𠮷", "𠮷"),
    ],
)
def test_text_enters_in_one_form(database: Database, text: str, stored: str | None) -> None:
    with database.write(by="李", why="登记") as session:
        assert create(session, "leads", {"name": text}).values.get("name") == stored


@pytest.mark.parametrize("bad", ["a\0b", "a\x01", "\ud800", "\x9b", "长" * 30_000])
def test_text_that_cannot_be_stored_is_refused_with_its_field(database: Database, bad: str) -> None:
    with database.write(by="李", why="登记") as session, pytest.raises(ValueRefusedError) as refused:
        create(session, "leads", {"owner": "李", "name": bad})
    assert refused.value.where == "name"


def test_values_may_be_given_as_people_write_them(database: Database) -> None:
    given = {
        "name": "甲",
        "annual_tax": "约5000万元",
        "land": "16667㎡",
        "stage": "签约",
        "space": {"研发": "1200㎡"},
        "landing": ["注册", "总部"],
        "needed_by": "2027年下半年",
    }
    with database.write(by="李", why="登记") as session:
        values = create(session, "leads", given).values
    assert values["annual_tax"] == Money(WAN, WAN, approximate=True, text="约5000万元")
    assert values["land"].exact == Decimal("25.0005")
    assert values["stage"] == "signed"
    assert values["space"]["研发"].exact == 1200
    assert values["landing"] == ("registration", "headquarters")
    assert values["needed_by"] == PartialDate(2027, half=2)


@pytest.mark.parametrize(
    ("field", "bad"), [("stage", "起飞"), ("area", "火星"), ("annual_tax", "很多钱"), ("full_year", True)]
)
def test_a_value_that_cannot_be_read_is_refused_with_its_field(database: Database, field: str, bad: object) -> None:
    with database.write(by="李", why="登记") as session, pytest.raises(ValueRefusedError) as refused:
        create(session, "leads", {"name": "甲", field: bad})
    assert refused.value.where == field


def test_the_two_ends_of_a_ticket_must_agree(database: Database) -> None:
    def refused(act: Callable[[Session], object]) -> None:
        with pytest.raises(ValueRefusedError, match="高于") as caught, database.write(by="李", why="登记") as session:
            act(session)
        assert caught.value.where == "ticket_low"

    refused(lambda session: create(session, "funds", {"name": "甲", "ticket_low": "5000", "ticket_high": "3000"}))
    with database.write(by="李", why="登记") as session:
        fund = create(session, "funds", {"name": "甲", "ticket_low": "1000", "ticket_high": "1000"})
        other = create(session, "funds", {"name": "乙", "ticket_low": "800万美元", "ticket_high": "3000"})
    refused(lambda session: update(session, "funds", fund.id, {"ticket_low": "1000.01"}))
    refused(lambda session: update(session, "funds", fund.id, {"ticket_high": "999"}))
    with database.write(by="李", why="改") as session:
        update(session, "funds", fund.id, {"ticket_low": None})
        update(session, "funds", other.id, {"ticket_high": "2000"})  # without a rate they cannot be compared


def test_a_code_may_be_changed_to_a_free_one_only(database: Database) -> None:
    with database.write(by="李", why="登记") as session:
        one = create(session, "leads", {"name": "甲", "code": "A1"})
        create(session, "leads", {"name": "乙", "code": "A2"})
        for code in ("A2", None):
            with pytest.raises(ValueRefusedError):
                update(session, "leads", one.id, {"code": code})
        assert update(session, "leads", one.id, {"code": "A3"}).code == "A3"
        with pytest.raises(NotFoundError):
            update(session, "leads", 99, {"name": "丙"})


def test_many_at_once_keep_the_rules_of_codes(database: Database) -> None:
    with database.write(by="李", why="登记") as session:
        create(session, "leads", {"code": "A1"})
        for codes in (("A1",), ("A2", "A2")):
            with pytest.raises(ValueRefusedError):
                create_many(session, "leads", [{"code": code} for code in codes])
        ids = create_many(session, "leads", [{"name": "甲"}, {"code": "A2"}, {"name": "乙"}])
        found = [record.code for record in load(session, "leads", ids)]
        assert found[1] == "A2"
        assert found[0] < found[2]
        with pytest.raises(ValueRefusedError):
            update_many(session, "leads", {ids[0]: {"code": "A9"}})
        assert update_many(session, "leads", {ids[0]: {"name": "甲"}, 99: {"name": "丁"}}) == []


def test_records_come_in_the_order_asked_for_without_those_that_are_gone(database: Database) -> None:
    with database.write(by="李", why="登记") as session:
        one, two = create_many(session, "leads", [{"name": "甲"}, {"name": "乙"}])
        assert [record.id for record in load(session, "leads", [two, 99, one])] == [two, one]
