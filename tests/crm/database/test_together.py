"""Officers together: nobody overwrites anybody, no code twice, one chain, and set-based statements cannot slip past."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing

import pytest
from sqlalchemy import text, update

from crm.database import Database, Session
from crm.database.chain import drifted, verify_chain
from crm.database.door import WAITS
from crm.database.upsert import take_numbers, upsert
from crm.domain.quantities import Number
from crm.errors import BusyError, ConflictError
from crm.jobs import Job, Progress, finish
from crm.models import Fact, Lead
from crm.queries.records import load, load_one
from crm.services import records
from crm.services.records import create

OFFICERS, TIMES = 4, 6


def _at_once(work: Callable[[int], None], officers: int = OFFICERS) -> None:
    faults: list[BaseException] = []

    def run(number: int) -> None:
        try:
            work(number)
        except BaseException as error:  # noqa: BLE001  (a thread's error would be lost)
            faults.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(officers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_no_code_is_given_twice_and_the_chain_does_not_fork(database_url: str) -> None:
    def register(number: int) -> None:
        with closing(Database(database_url)) as own:
            for time in range(TIMES):
                with own.write(by=f"officer {number}", why="登记") as session:
                    create(session, "leads", {"name": f"甲{number}-{time}"})

    _at_once(register)
    with closing(Database(database_url)) as database, database.read() as session:
        leads = load(session, "leads")
        chain = verify_chain(session.connection())
        assert drifted(session.connection()) == []
    assert len({lead.code for lead in leads}) == OFFICERS * TIMES
    assert chain.ok
    assert chain.head.place == OFFICERS * TIMES


def test_two_who_wait_for_each_other_both_get_through(postgres_url: str) -> None:
    with closing(Database(postgres_url)) as database, database.write(by="李", why="登记") as session:
        ids = [create(session, "leads", {"name": name}).id for name in ("甲", "乙")]
    met, calls = threading.Barrier(2, timeout=20), []

    def cross(number: int) -> None:
        first, second = ids if number == 0 else ids[::-1]

        def work(session: Session) -> None:
            calls.append(number)
            records.update(session, "leads", first, {"owner": f"officer {number}"})
            if calls.count(number) == 1:
                met.wait()  # each holds one record and wants the other's: the server breaks one off
            records.update(session, "leads", second, {"owner": f"officer {number}"})

        with closing(Database(postgres_url)) as own:
            own.change(work, by=f"officer {number}", why="改")

    _at_once(cross, officers=2)
    assert sorted(calls) in ([0, 0, 1], [0, 1, 1])
    with closing(Database(postgres_url)) as database, database.read() as session:
        assert {lead.values["owner"] for lead in load(session, "leads")} in ({"officer 0"}, {"officer 1"})
        assert verify_chain(session.connection()).head.place == 3


def test_what_is_broken_off_each_time_is_told_and_has_changed_nothing(postgres_url: str) -> None:
    calls = []

    def work(session: Session) -> None:
        calls.append(create(session, "leads", {"name": "甲"}))
        session.connection().execute(text("DO $$ BEGIN RAISE serialization_failure; END $$"))

    with closing(Database(postgres_url)) as database:
        with pytest.raises(BusyError, match="他人正在修改"):
            database.change(work, by="李", why="登记")
        with database.read() as session:
            assert load(session, "leads") == []
    assert len(calls) == len(WAITS) + 1


def test_officers_who_change_different_records_share_one_chain(database_url: str) -> None:
    """No row makes them wait for each other here: only the chain does."""
    with closing(Database(database_url)) as database, database.write(by="李", why="登记") as session:
        leads = [create(session, "leads", {"name": f"甲{number}"}) for number in range(OFFICERS)]

    def change(number: int) -> None:
        with closing(Database(database_url)) as own:
            for time in range(TIMES):
                with own.write(by=f"officer {number}", why="改") as session:
                    records.update(session, "leads", leads[number].id, {"next_step": f"{time}"})

    _at_once(change)
    with closing(Database(database_url)) as database, database.read() as session:
        chain = verify_chain(session.connection())
    assert chain.ok
    assert chain.head.place == OFFICERS * TIMES + 1


def test_no_update_is_lost(database_url: str) -> None:
    """Each officer reads, adds one and writes with the version read; who comes too late reads again."""
    with closing(Database(database_url)) as database, database.write(by="李", why="登记") as session:
        lead = create(session, "leads", {"name": "甲", "jobs": "0"})

    def add(number: int) -> None:
        with closing(Database(database_url)) as own:
            done = 0
            while done < TIMES:
                with own.read() as session:
                    seen = load_one(session, "leads", lead.code)
                jobs: Number = seen.values["jobs"]
                assert jobs.low is not None
                try:
                    with own.write(by=f"officer {number}", why="加一") as session:
                        change = {"jobs": str(jobs.low + 1)}
                        records.update(session, "leads", lead.id, change, base_version=seen.version)
                except ConflictError:
                    continue
                done += 1

    _at_once(add)
    with closing(Database(database_url)) as database, database.read() as session:
        assert load_one(session, "leads", lead.code).values["jobs"].exact == OFFICERS * TIMES


def test_a_set_based_change_past_the_history_is_a_bug(database: Database) -> None:
    with database.write(by="李", why="登记") as session:
        create(session, "leads", {"name": "甲"})
        with pytest.raises(RuntimeError, match="history"):
            session.exec(update(Lead).values(owner="王"))


def test_upsert_inserts_or_replaces(database: Database) -> None:
    with database.write(by="李", why="试") as session:
        connection = session.connection()
        upsert(connection, Fact, [{"name": "a", "value": "1"}, {"name": "b", "value": "1"}], key=["name"])
        upsert(connection, Fact, [{"name": "b", "value": "2"}, {"name": "c", "value": "2"}], key=["name"])
        upsert(connection, Fact, [], key=["name"])
        rows = connection.execute(text("SELECT name, value FROM fact WHERE length(name) = 1 ORDER BY name")).all()
    assert [tuple(row) for row in rows] == [("a", "1"), ("b", "2"), ("c", "2")]


def test_numbers_are_taken_in_one_go(database: Database) -> None:
    with database.write(by="李", why="试") as session:
        assert [take_numbers(session.connection(), "X-", count) for count in (1, 5, 2)] == [1, 6, 8]
        assert take_numbers(session.connection(), "Y-", 3) == 3


def test_what_a_caller_changed_is_not_lost_by_an_update(database: Database) -> None:
    with database.write(by="李", why="登记") as session:
        lead = create(session, "leads", {"name": "甲"})
    with database.write(by="李", why="改") as session:
        session.get_one(Lead, lead.id).owner = "李"
        now = records.update(session, "leads", lead.id, {"industry": "新材料"})
    assert (now.values["owner"], now.values["industry"]) == ("李", "新材料")


def test_a_job_is_run_to_its_result() -> None:
    def count() -> Job[str]:
        yield Progress(1, 2, "甲")
        yield Progress(2, 2)
        return "done"

    assert finish(count()) == "done"
