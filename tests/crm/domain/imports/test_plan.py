"""Rows against known records: made, changed, left the same, held back until it is answered."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from crm.domain.companies.duplicates import DuplicateIndex
from crm.domain.companies.parties import read_party
from crm.domain.imports.explain import note_text
from crm.domain.imports.plan import Effect, PlannedRow
from crm.domain.imports.planner import plan_rows
from crm.domain.imports.questions import Questions
from crm.domain.imports.rows import RowRecord, SourceRow
from crm.domain.imports.to_json import action_of
from crm.domain.quantities import Money, PartialDate
from crm.errors import ValueRefusedError

CODE = "91320507MA9XC00178"


class Book:
    """Records in memory, as the protocol ``Known`` asks for them."""

    def __init__(
        self,
        *records: dict[str, Any],
        imported: Mapping[tuple[str, int], int] | None = None,
        settled: Mapping[int, frozenset[str]] | None = None,
    ) -> None:
        self.records = dict(enumerate(records, 1))
        self._imported = dict(imported or {})
        self._settled = dict(settled or {})

    def settled(self, record_id: int) -> frozenset[str]:
        return self._settled.get(record_id, frozenset())

    def imported(self, sheet: str, row: int) -> int | None:
        return self._imported.get((sheet, row))

    def by_code(self, code: str) -> int | None:
        return next((key for key, values in self.records.items() if values.get("code") == code), None)

    def by_credit_code(self, credit_code: str) -> list[int]:
        return [key for key, values in self.records.items() if values.get("credit_code") == credit_code]

    def by_name(self, name: str) -> list[int]:
        return [key for key, values in self.records.items() if values.get("name") == name]

    def values(self, record_id: int) -> Mapping[str, Any]:
        return self.records[record_id]

    def index(self) -> DuplicateIndex:
        return DuplicateIndex(read_party(key, values) for key, values in self.records.items())


def row(number: int, **values: object) -> SourceRow:
    return SourceRow("台账", RowRecord(number, values))


def plan(
    book: Book,
    *rows: SourceRow,
    answer: str = "",
    by_name: bool = False,
    kind: str = "leads",
    answers: Mapping[str, str] | None = None,
) -> list[PlannedRow]:
    questions = Questions(({"duplicates": answer} if answer else {}) | dict(answers or {}))
    return plan_rows(kind, rows, book, questions, by_name=by_name, why="导入台账")


def effects(planned: list[PlannedRow]) -> list[str]:
    return [one.effect.value for one in planned]


def test_rows_nobody_knows_are_new() -> None:
    assert effects(plan(Book(), row(2, name="精密光电产业园"), row(3, name="德资汽车零部件"))) == ["new", "new"]


def test_a_row_like_a_known_lead_waits_and_every_answer_does_what_it_says() -> None:
    book = Book({"code": "A1", "name": "甲光电项目", "credit_code": CODE, "owner": "刘某"})
    known = {"name": "甲光电产业园", "credit_code": CODE, "owner": "孙某", "bureau": "区商务局"}
    questions = Questions()
    [held] = plan_rows("leads", [row(2, **known)], book, questions)
    assert (held.effect, held.notes[0].code, [one.key for one in questions.open]) == (
        "held",
        "like_known",
        ["duplicates"],
    )
    assert effects(plan(book, row(2, **known), answer="new")) == ["new"]
    assert effects(plan(book, row(2, **known), answer="skip")) == ["left"]
    [filled] = plan(book, row(2, **known), answer="fill")
    assert (filled.effect, filled.target, filled.changes) == ("changed", 1, {"bureau": (None, "区商务局")})
    assert [note.params["field"] for note in filled.notes if note.code == "kept"] == ["name", "owner"]


def test_a_row_that_repeats_one_above_waits_too_and_can_fill_it() -> None:
    first, second = row(2, name="甲光电", credit_code=CODE), row(5, name="甲光电", credit_code=CODE, owner="孙某")
    assert effects(plan(Book(), first, second)) == ["new", "held"]
    planned = plan(Book(), first, second, answer="fill")
    assert (effects(planned), planned[1].twin) == (["new", "same"], ("台账", 2))
    assert planned[0].record.values["owner"] == "孙某"


def test_a_row_that_says_nothing_else_than_a_known_lead_is_the_same() -> None:
    values = {"name": "甲光电", "credit_code": CODE}
    assert effects(plan(Book({"code": "A1", **values}), row(2, **values))) == ["same"]


def test_the_same_row_of_the_same_file_fills_blanks_and_keeps_what_was_edited() -> None:
    book = Book({"code": "A1", "name": "甲光电", "owner": "改过"}, imported={("台账", 2): 1})
    [same] = plan(book, row(2, name="甲光电", owner="刘某"))
    assert (same.effect, same.changes, [note.code for note in same.notes]) == ("same", {}, ["kept"])
    [filled] = plan(book, row(2, name="甲光电", area="开发区"))
    assert filled.changes == {"area": (None, "开发区")}


def test_a_row_with_the_code_of_a_lead_changes_what_differs_and_empties_nothing() -> None:
    book = Book({"code": "A1", "name": "甲光电", "owner": "刘某", "bureau": "区商务局"})
    [changed] = plan(book, row(2, code="A1", name="甲光电", owner="孙某"))
    assert (changed.effect, changed.changes) == ("changed", {"owner": ("刘某", "孙某")})


def test_a_code_given_twice_and_a_row_with_a_fault_are_not_written() -> None:
    twice = plan(Book(), row(2, code="A1", name="甲"), row(3, code="A1", name="乙"))
    assert effects(twice) == ["new", "faulty"]


def test_records_without_duplicates_are_named_by_their_name() -> None:
    book = Book({"code": "F-01", "name": "甲基金", "manager": "某公司"})
    planned = plan(book, row(2, name="甲基金", manager="另一公司"), row(3, name="乙基金"), by_name=True)
    assert effects(planned) == ["changed", "new"]
    assert planned[0].effect is Effect.CHANGED


def test_what_somebody_changed_since_is_not_filled_again() -> None:
    known = {"name": "甲", "owner": "刘某"}
    book = Book(known, imported={("台账", 2): 1}, settled={1: frozenset({"bureau"})})
    [planned] = plan(book, row(2, name="甲", owner="刘某", bureau="招商一科", source="展会"))
    assert (planned.effect, list(planned.changes)) == (Effect.CHANGED, ["source"])
    assert [note.params["field"] for note in planned.notes] == ["bureau"]


def test_a_figure_written_in_another_way_is_no_change() -> None:
    book = Book({"code": "A1", "name": "甲", "planned_investment": Money(Decimal(50000), Decimal(50000), text="5亿元")})
    [planned] = plan(book, row(2, code="A1", planned_investment=Money(Decimal(50000), Decimal(50000), text="50000")))
    assert (planned.effect, planned.changes) == (Effect.SAME, {})


def test_the_code_of_another_project_of_another_company_overwrites_nothing() -> None:
    book = Book({"code": "A1", "name": "甲项目", "investor": "甲公司"})
    values = {"code": "A1", "name": "乙项目", "investor": "乙公司", "owner": "孙某"}
    [held] = plan(book, row(2, **values))
    assert (held.effect, held.changes, [note.code for note in held.notes]) == (Effect.HELD, {}, ["code_of_another"])
    [made] = plan(book, row(2, **values), answer="new")
    assert (made.effect, "code" in made.record.values) == (Effect.NEW, False)
    [filled] = plan(book, row(2, **values), answer="fill")
    assert filled.changes == {"owner": (None, "孙某")}
    assert effects(plan(book, row(2, code="A1", name="甲项目二期", investor="甲公司"))) == ["changed"]


def test_a_known_lead_takes_only_a_step_that_the_pipeline_allows() -> None:
    book = Book({"code": "A1", "name": "甲", "stage": "negotiation"})
    [refused] = plan(book, row(2, code="A1", stage="full_production", owner="孙某"))
    assert (list(refused.changes), [note.code for note in refused.notes]) == (["owner"], ["step_refused"])
    assert action_of(refused) == "doubtful"
    assert "签约时间" not in note_text(refused.notes[0])
    assert "达产时间" in note_text(refused.notes[0])
    [alone] = plan(book, row(2, code="A1", stage="full_production"))
    assert (alone.effect, action_of(alone)) == (Effect.SAME, "doubtful")
    [taken] = plan(book, row(2, code="A1", stage="signed", signed_on=PartialDate(2026, 11)))
    assert list(taken.changes) == ["stage", "signed_on"]


def test_a_status_of_a_known_lead_keeps_the_import_as_its_reason() -> None:
    book = Book({"code": "A1", "name": "甲", "stage": "negotiation"})
    [paused] = plan(book, row(2, code="A1", status="paused"))
    assert paused.changes == {"status": (None, "paused"), "status_reason": (None, "导入台账")}


def test_a_step_does_not_come_in_by_a_side_door() -> None:
    book = Book({"code": "A1", "name": "甲光电项目", "credit_code": CODE}, imported={("台账", 2): 1})
    [again] = plan(book, row(2, name="甲光电项目", stage="production"))
    assert (again.effect, again.changes, action_of(again)) == (Effect.SAME, {}, "same")
    first, twin = row(2, name="甲光电项目"), row(3, name="甲光电项目", credit_code=CODE, stage="production")
    planned = plan(book, first, twin, answer="fill")
    assert [list(one.changes) for one in planned] == [[], []]


def test_a_row_is_merged_field_by_field() -> None:
    known = {"code": "A1", "name": "甲光电", "credit_code": CODE, "owner": "刘某", "bureau": "区商务局"}
    said = {"name": "甲光电", "credit_code": CODE, "owner": "孙某", "bureau": "高新区招商局", "source": "展会"}
    [held] = plan(Book(known), row(2, **said))
    assert held.differs == {"owner": ("刘某", "孙某"), "bureau": ("区商务局", "高新区招商局"), "source": (None, "展会")}
    [merged] = plan(Book(known), row(2, **said), answers={"duplicates:台账/2": "fill:owner"})
    assert merged.changes == {"owner": ("刘某", "孙某"), "source": (None, "展会")}
    assert [note.params["field"] for note in merged.notes if note.code == "kept"] == ["bureau"]
    [every] = plan(Book(known), row(2, **said), answers={"duplicates:台账/2": "fill:*"})
    assert list(every.changes) == ["owner", "bureau", "source"]


def test_what_is_said_of_one_row_goes_before_what_is_said_of_all() -> None:
    known = {"code": "A1", "name": "甲光电", "credit_code": CODE}
    rows = [row(number, name="甲光电", credit_code=CODE, owner="孙某") for number in (2, 3)]
    planned = plan(Book(known), *rows, answer="skip", answers={"duplicates:台账/3": "new"})
    assert effects(planned) == ["left", "new"]


def test_the_record_to_merge_into_is_chosen_among_those_it_may_be() -> None:
    first, second = {"code": "A1", "name": "甲光电", "credit_code": CODE}, {"code": "A2", "name": "甲光电二期"}
    book = Book(first, second | {"credit_code": CODE})
    said = {"name": "甲光电", "credit_code": CODE, "owner": "孙某"}
    [merged] = plan(book, row(2, **said), answers={"duplicates:台账/2": "fill@A2"})
    assert (merged.target, merged.changes) == (2, {"owner": (None, "孙某")})
    with pytest.raises(ValueRefusedError, match="A9"):
        plan(book, row(2, **said), answers={"duplicates:台账/2": "fill@A9"})
    with pytest.raises(ValueRefusedError, match="colour"):
        plan(book, row(2, **said), answers={"duplicates:台账/2": "fill:colour"})
    with pytest.raises(ValueRefusedError, match="duplicates:台账/7"):
        plan(book, row(2, **said), answers={"duplicates:台账/7": "skip"})


def test_a_row_takes_over_a_figure_from_the_one_it_repeats() -> None:
    first, second = row(2, name="甲光电", credit_code=CODE, owner="刘某"), row(5, name="甲光电", credit_code=CODE)
    second.record.values |= {"owner": "孙某", "source": "展会"}
    planned = plan(Book(), first, second, answers={"duplicates:台账/5": "fill:owner"})
    assert (effects(planned), planned[0].record.values["owner"]) == (["new", "same"], "孙某")
    assert planned[0].record.values["source"] == "展会"


def test_two_records_of_a_new_name_in_one_list_wait() -> None:
    planned = plan(Book(), row(2, name="乙基金"), row(3, name="乙基金"), by_name=True, kind="funds")
    assert effects(planned) == ["new", "held"]


def test_a_masked_name_beside_its_code_changes_the_record_it_names() -> None:
    book = Book({"code": "A1", "name": "某项目", "confidential": True})
    [changed] = plan(book, row(2, code="A1", owner="孙某"))
    assert changed.changes == {"owner": (None, "孙某")}
    assert effects(plan(book, row(2, code="A9", owner="孙某"))) == ["faulty"]
