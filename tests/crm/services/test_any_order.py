"""Whatever is done in whatever order: the history tells the truth, the index finds what is there, undo is undone."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from crm.database import Database, Session, writing_of
from crm.database.chain import drifted, verify_chain
from crm.errors import NotFoundError
from crm.queries.history import change_sets
from crm.queries.records import load
from crm.services.bulk import create_many, update_many
from crm.services.health import examine
from crm.services.history import revert
from crm.services.records import create, delete, update

NAMES = st.sampled_from(["苏州甲项目", "乙", "ABB 机器人", None])
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "name": NAMES,
        "owner": st.sampled_from(["李", "王", None]),
        "land": st.sampled_from(["25亩", "10-20亩", None]),
        "space": st.sampled_from(["研发=1200㎡", None]),
    },
)


class Office(RuleBasedStateMachine):
    """One database and a plain dictionary that says what it should hold."""

    template: Path
    folder: Path
    number = 0

    leads = Bundle("leads")

    @initialize()
    def open(self) -> None:
        Office.number += 1
        path = self.folder / f"{Office.number}.db"
        shutil.copyfile(self.template, path)
        self.database = Database(path)
        self.held: dict[int, dict[str, Any]] = {}
        self.numbers: list[int] = []

    def _write(self, work: Any, why: str = "试") -> Any:  # noqa: ANN401
        with self.database.write(by="李", why=why) as session:
            result = work(session)
            writing = writing_of(session)
        if writing.change_set_id is not None:
            self.numbers.append(writing.change_set_id)
        self._look()
        return result

    def _look(self) -> None:
        """Take what is there as what should be; the invariants compare it with history and index."""
        with self.database.read() as session:
            self.held = {record.id: dict(record.values) for record in load(session, "leads")}

    @rule(target=leads, name=NAMES)
    def register(self, name: str | None) -> int:
        return int(self._write(lambda session: create(session, "leads", {"name": name}).id))

    @rule(names=st.lists(NAMES, max_size=4))
    def bring_in(self, names: list[str | None]) -> None:
        before = len(self.held)
        self._write(lambda session: create_many(session, "leads", [{"name": name} for name in names]))
        assert len(self.held) == before + len(names)

    @rule(lead=leads, changes=CHANGES)
    def change(self, lead: int, changes: dict[str, Any]) -> None:
        if lead not in self.held:
            return
        wanted = {name for name, value in changes.items() if value is not None}
        self._write(lambda session: update(session, "leads", lead, changes))
        assert wanted <= set(self.held[lead])

    @rule(lead=leads, changes=CHANGES)
    def change_many(self, lead: int, changes: dict[str, Any]) -> None:
        before = {each: values for each, values in self.held.items() if each != lead}
        self._write(lambda session: update_many(session, "leads", {lead: changes}))
        assert {each: values for each, values in self.held.items() if each != lead} == before

    @rule(lead=consumes(leads))
    def strike(self, lead: int) -> None:
        if lead in self.held:
            self._write(lambda session: delete(session, "leads", lead))
            assert lead not in self.held

    @rule(lead=leads, changes=CHANGES)
    def fail(self, lead: int, changes: dict[str, Any]) -> None:
        def work(session: Session) -> None:
            create(session, "leads", {"name": "不留"})
            update(session, "leads", lead, changes)
            update(session, "leads", 10**9, {})

        before = self.held
        with pytest.raises(NotFoundError):
            self._write(work)
        self._look()
        assert self.held == before

    @rule(data=st.data())
    def undo_the_last_and_redo(self, data: st.DataObject) -> None:
        """The newest change set can always be taken back wholly, and the undo of it too."""
        if not self.numbers:
            return
        before, last = self.held, self.numbers[-1]
        done = self._write(lambda session: revert(session, last))
        assert (done.kept, done.failed) == ([], [])
        if self.numbers[-1] != last and data.draw(st.booleans()):
            undo = self.numbers[-1]
            self._write(lambda session: revert(session, undo))
            assert self.held == before

    @rule(data=st.data())
    def undo_any(self, data: st.DataObject) -> None:
        if self.numbers:
            number = data.draw(st.sampled_from(self.numbers))
            self._write(lambda session: revert(session, number))

    @invariant()
    def everything_agrees(self) -> None:
        with self.database.read() as session:
            connection = session.connection()
            assert verify_chain(connection).ok
            assert drifted(connection) == []
            assert len(change_sets(session)) == len(self.numbers)
        assert all(check.ok for check in examine(self.database))

    def teardown(self) -> None:
        self.database.close()


def _run(folder: Path, template: Path, examples: int, steps: int) -> None:
    Office.folder, Office.template = folder, template
    limits = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    run_state_machine_as_test(Office, settings=limits)


def test_whatever_is_done_in_whatever_order(tmp_path: Path, sqlite_template: Path) -> None:
    _run(tmp_path, sqlite_template, examples=8, steps=12)


@pytest.mark.soak
def test_whatever_is_done_for_long(tmp_path: Path, sqlite_template: Path) -> None:
    _run(tmp_path, sqlite_template, examples=100, steps=30)
