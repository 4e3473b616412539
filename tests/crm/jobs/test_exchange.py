"""Lists of records (``.json``) into a real database, on both kinds of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crm.database import Database
from crm.database.backup import automatic_backups, backup_folder
from crm.errors import DatabaseError, FileRefusedError, NotFoundError, ValueRefusedError
from crm.jobs import finish
from crm.jobs.imports import Request, import_file
from crm.queries.history import change_sets, origins_of
from crm.queries.records import load_one
from crm.services.history import revert
from crm.services.leads import change_lead
from crm.services.records import delete
from tests.make_samples import FOLDER

GOOD, OTHER_GOOD = "91320507MA9XC00178", "91320507MA9XC00253"

Import = Callable[..., dict[str, Any]]


@pytest.fixture
def take(database: Database, tmp_path: Path) -> Import:
    """Return what imports a document and gives the answer of the contract."""

    def take(
        document: object,
        kind: str = "leads",
        *,
        name: str = "单.json",
        answer: str | None = None,
        dry_run: bool = False,
    ) -> dict[str, Any]:
        path = tmp_path / name
        text = document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)
        path.write_text(text, encoding="utf-8")
        answers = {"duplicates": answer} if answer else {}
        request = Request(kind, path, "李", answers=answers, backups=str(tmp_path / "backups"))
        return finish(import_file(database, request, dry_run=dry_run))

    return take


def actions(answer: dict[str, Any]) -> list[str]:
    return [row["action"] for row in answer["rows"]]


def values(database: Database, ref: str, kind: str = "leads") -> dict[str, Any]:
    with database.read() as session:
        return dict(load_one(session, kind, ref).values)


@pytest.mark.parametrize(("kind", "file"), [("communities", "研发社区"), ("funds", "基金"), ("plots", "地块")])
def test_the_samples_go_in_once(database: Database, kind: str, file: str) -> None:
    request = Request(kind, FOLDER / f"{file}.json", "李")
    first = finish(import_file(database, request))
    number = len(json.loads(request.path.read_text(encoding="utf-8")))
    assert first["counts"]["new"] == first["counts"]["data"] == number
    again = finish(import_file(database, request))
    assert (again["counts"]["same"], again["batch"]) == (number, None)
    with database.read() as session:
        assert [each.id for each in change_sets(session, kinds=["import"])] == [first["batch"]]


def test_values_are_read_as_people_write_them(take: Import, database: Database) -> None:
    answer = take(
        [{"code": "A-1", "name": "甲项目", "land": "2.5公顷", "annual_tax": 5000, "stage": "在谈", "area": None}]
    )
    assert actions(answer) == ["new"]
    assert answer["rows"][0]["fields"]["land"]["low"] == "37.5"
    lead = values(database, "A-1")
    assert (lead["stage"], str(lead["annual_tax"].low)) == ("negotiation", "5000")
    assert "area" not in lead


def test_where_a_record_came_from(take: Import, database: Database) -> None:
    answer = take([{"name": "甲项目"}, {"name": "乙项目", "land": "约25亩", "jobs": 30}])
    with database.read() as session:
        record = load_one(session, "leads", answer["rows"][1]["lead"])
        [origin] = origins_of(session, "leads", record.id)
    assert (origin.batch, origin.file, origin.row) == (answer["batch"], "单.json", 2)
    assert origin.raw == {"name": "乙项目", "land": "约25亩", "jobs": "30"}


def test_a_known_record_is_updated_with_what_is_given(take: Import, database: Database) -> None:
    take([{"code": "A-1", "name": "甲项目", "land": "25亩", "annual_tax": "5000万元"}])
    answer = take([{"code": "A-1", "land": "30亩", "annual_tax": "0.5亿元", "area": ""}], name="后.json")
    assert actions(answer) == ["changed"]
    assert answer["counts"]["changed"] == 1
    assert [(each["field"], each["after"]["low"]) for each in answer["rows"][0]["changes"]] == [("land", "30")]
    assert values(database, "A-1")["name"] == "甲项目"


@pytest.mark.parametrize(
    ("entry", "action"),
    [
        ({"credit_code": GOOD, "name": "甲项目", "land": "30亩"}, "changed"),
        ({"credit_code": GOOD, "land": "30亩"}, "changed"),
        ({"name": "甲项目", "land": "30亩"}, "changed"),
        ({"name": "甲项目", "investor": "甲方"}, "same"),
        ({"name": "甲项目", "investor": "别家"}, "doubtful"),
        ({"name": "甲项目", "credit_code": OTHER_GOOD}, "doubtful"),
        ({"name": "另一个项目", "credit_code": GOOD}, "doubtful"),
        ({"code": "B-1", "name": "甲项目"}, "doubtful"),
        ({"code": "A-1", "name": "改名的项目", "investor": "甲方"}, "changed"),
        ({"code": "A-1", "name": "毫不相干", "investor": "别家"}, "doubtful"),
        ({"name": "丙项目", "contact_phone": "13800001111"}, "doubtful"),
        ({"name": "丙项目"}, "new"),
    ],
)
def test_whose_record_an_entry_is(take: Import, entry: dict[str, Any], action: str) -> None:
    known = {"code": "A-1", "name": "甲项目", "investor": "甲方", "credit_code": GOOD, "contact_phone": "13800001111"}
    take([known])
    answer = take([entry], name="后.json")
    assert actions(answer) == [action]
    held = action == "doubtful"
    assert (answer["counts"]["doubtful"], len(answer["questions"]), bool(answer["rows"][0]["notes"])) == (
        (1, 1, True) if held else (0, 0, False)
    )
    assert (answer["batch"] is None) == (action in {"doubtful", "same"})


def test_the_question_is_answered(take: Import, database: Database) -> None:
    take([{"code": "A-1", "name": "甲项目", "credit_code": GOOD, "land": "25亩"}])
    entry = [{"name": "另一个项目", "credit_code": GOOD, "land": "30亩", "area": "高新区"}]
    assert take(entry, name="后.json")["questions"][0]["rows"] == [1]
    assert actions(take(entry, name="后.json", answer="skip")) == ["skipped"]
    filled = take(entry, name="后.json", answer="fill")
    assert [each["field"] for each in filled["rows"][0]["changes"]] == ["area"]
    assert str(values(database, "A-1")["land"].low) == "25"
    made = take([{**entry[0], "jobs": 3}], name="又.json", answer="new")
    assert actions(made) == ["new"]
    assert values(database, made["rows"][0]["lead"])["name"] == "另一个项目"


def test_each_entry_is_answered_for_itself(take: Import, database: Database, tmp_path: Path) -> None:
    take([{"code": "A-1", "name": "甲项目", "credit_code": GOOD, "land": "25亩", "owner": "刘某"}])
    entries = [
        {"name": "甲项目二期", "credit_code": GOOD, "land": "30亩", "owner": "孙某", "jobs": 3},
        {"name": "乙项目", "credit_code": GOOD},
    ]
    waiting = take(entries, name="后.json")
    found = waiting["rows"][0]["duplicate"]
    assert (found["key"], found["candidates"][0]["code"]) == ("duplicates:1", "A-1")
    assert {one["field"]: one["fills"] for one in found["differs"]} == {
        "name": False, "land": False, "owner": False, "jobs": True,
    }  # fmt: skip
    path = tmp_path / "后.json"
    answers = {"duplicates:1": "fill@A-1:land,owner", "duplicates:2": "skip"}
    merged = finish(import_file(database, Request("leads", path, "李", answers=answers)))
    assert (actions(merged), merged["questions"]) == (["changed", "skipped"], [])
    lead = values(database, "A-1")
    assert (str(lead["land"].low), lead["owner"], lead["name"], str(lead["jobs"].low)) == ("30", "孙某", "甲项目", "3")


def test_a_code_two_machines_gave_out_becomes_another_one(take: Import, database: Database) -> None:
    take([{"code": "XT-2026-0001", "name": "甲项目", "investor": "甲方"}])
    theirs = [{"code": "XT-2026-0001", "name": "乙项目", "investor": "乙方"}]
    assert actions(take(theirs, name="他.json")) == ["doubtful"]
    made = take(theirs, name="他.json", answer="new")
    assert made["rows"][0]["lead"] != "XT-2026-0001"
    assert values(database, "XT-2026-0001")["name"] == "甲项目"
    assert values(database, made["rows"][0]["lead"])["name"] == "乙项目"


def test_entries_of_one_file(take: Import) -> None:
    answer = take(
        [
            {"code": "A-1", "name": "同名"},
            {"code": "A-2", "name": "同名"},
            {"code": "A-1", "name": "又一个"},
            {"name": "丙项目"},
            {"name": "丙项目", "land": "5亩"},
        ]
    )
    assert actions(answer) == ["new", "new", "faulty", "new", "doubtful"]
    again = take([{"name": "丙项目", "jobs": 1}, {"name": "丙项目", "jobs": 2}], name="后.json")
    assert actions(again) == ["changed", "doubtful"]


def test_what_waits_goes_on_waiting_until_it_is_answered(take: Import, database: Database) -> None:
    document = [{"name": "丙项目"}, {"name": "丙项目", "land": "5亩"}, {"name": "丙项目", "land": "9亩", "jobs": 3}]
    assert actions(take(document)) == ["new", "doubtful", "doubtful"]
    assert actions(take(document)) == ["same", "doubtful", "doubtful"]
    filled = take(document, answer="fill")
    assert actions(filled) == ["same", "changed", "changed"]
    assert filled["counts"]["changed"] == 1
    lead = values(database, filled["rows"][0]["lead"])
    assert (str(lead["land"].low), str(lead["jobs"].low)) == ("5", "3")
    again = take(document)
    assert (actions(again), again["batch"]) == (["same", "same", "same"], None)


def test_a_repeated_entry_fills_the_first(take: Import, database: Database) -> None:
    answer = take([{"name": "丙项目"}, {"name": "丙项目", "land": "5亩"}], answer="fill")
    assert actions(answer) == ["new", "same"]
    code = answer["rows"][0]["lead"]
    assert answer["rows"][1]["lead"] == code
    assert str(values(database, code)["land"].low) == "5"


def test_faulty_entries_are_named_and_the_others_written(take: Import, database: Database) -> None:
    answer = take(
        [
            {"name": "甲项目"},
            {"name": "乙项目", "area": "火星", "annual_tax": "很多很多税", "colour": "red"},
            "一句话",
            {"land": "3亩"},
            {"name": "戊项目", "credit_code": "91320507MA9XC00254"},
        ]
    )
    assert actions(answer) == ["new", "faulty", "faulty", "faulty", "faulty"]
    assert [fault["field"] for fault in answer["rows"][1]["faults"]] == ["area", "annual_tax", "colour"]
    assert answer["rows"][1]["notes"][0].startswith("单.json 第2条：供地门槛片区（area）：")
    assert answer["counts"] | {"data": 5, "new": 1, "faulty": 4} == answer["counts"]
    with database.read() as session, pytest.raises(NotFoundError):
        load_one(session, "leads", "乙项目")


def test_a_plot_needs_its_code(take: Import) -> None:
    assert actions(take([{"area": "高新区", "land": "30亩"}], "plots")) == ["faulty"]


def test_the_same_file_never_overwrites_what_was_changed_since(take: Import, database: Database) -> None:
    document = [{"code": "A-1", "name": "甲项目", "land": "25亩"}]
    take(document)
    with database.write(by="王", why="核实") as session:
        change_lead(session, load_one(session, "leads", "A-1").id, {"land": "30亩"})
    answer = take(document)
    assert (actions(answer), answer["batch"]) == (["same"], None)
    assert "用地" in answer["rows"][0]["notes"][0]
    assert str(values(database, "A-1")["land"].low) == "30"


def test_an_import_is_taken_back_and_done_again(take: Import, database: Database) -> None:
    document = [{"code": "A-1", "name": "甲项目"}]
    first = take(document)
    with database.write(by="王", why="撤销") as session:
        assert revert(session, first["batch"]).reversed == [("leads", "A-1")]
    assert actions(take(document)) == ["new"]


def test_a_deleted_record_comes_back_as_new(take: Import, database: Database) -> None:
    document = [{"name": "甲项目"}]
    lead = take(document)["rows"][0]["lead"]
    with database.write(by="王", why="误录") as session:
        delete(session, "leads", load_one(session, "leads", lead).id)
    assert actions(take(document)) == ["new"]


def test_a_step_the_pipeline_refuses_is_left_and_told_as_in_a_ledger(take: Import, database: Database) -> None:
    take([{"code": "A-1", "name": "甲项目", "stage": "在谈"}, {"code": "A-2", "name": "乙项目", "stage": "在谈"}])
    answer = take(
        [{"code": "A-1", "stage": "签约", "owner": "孙某"}, {"code": "A-2", "stage": "签约", "signed_on": "2026-11"}],
        name="后.json",
    )
    assert actions(answer) == ["doubtful", "changed"]
    assert "signed_on" in answer["rows"][0]["notes"][0]
    lead = values(database, "A-1")
    assert (lead["stage"], lead["owner"]) == ("negotiation", "孙某")


def test_a_status_keeps_why(take: Import, database: Database) -> None:
    take([{"code": "A-1", "name": "甲项目"}])
    take([{"code": "A-1", "status": "搁置"}], name="后.json")
    assert values(database, "A-1")["status_reason"] == "导入后.json"


def test_a_dry_run_writes_nothing(take: Import, database: Database) -> None:
    answer = take([{"code": "A-1", "name": "甲项目"}], dry_run=True)
    assert (answer["batch"], answer["dry_run"], answer["counts"]["new"]) == (None, True, 1)
    with database.read() as session:
        assert change_sets(session, kinds=["import"]) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[{", "第1行第3列"),
        ('{"name": "甲"}', "列表"),
        ('[{"land": 1, "land": 2}]', "land"),
        ('[{"land": NaN}]', "NaN"),
        ("[" * 100_000, "单.json"),
        ("", "第1行第1列"),
    ],
)
def test_what_is_no_list_of_records_is_refused(take: Import, text: str, words: str) -> None:
    with pytest.raises(FileRefusedError, match=words):
        take(text)


def test_what_cannot_be_read_is_refused(database: Database, tmp_path: Path) -> None:
    (tmp_path / "旧.json").write_bytes('[{"name": "甲项目"}]'.encode("gb18030"))
    for name, words in (("旧.json", "UTF-8"), ("没有.json", "没有.json"), (".", "文件夹")):
        with pytest.raises(FileRefusedError, match=words):
            finish(import_file(database, Request("leads", tmp_path / name, "李")))


def test_an_answer_to_no_question_is_refused(database: Database, tmp_path: Path) -> None:
    (tmp_path / "单.json").write_text("[]", encoding="utf-8")
    for answers in ({"area": "x"}, {"duplicates": "maybe"}, {"duplicates:9": "skip"}):
        with pytest.raises(ValueRefusedError):
            finish(import_file(database, Request("leads", tmp_path / "单.json", "李", answers=answers)))


def test_a_backup_is_made_before_anything_is_written(take: Import, database: Database, tmp_path: Path) -> None:
    take([{"name": "甲项目"}])
    take([{"name": "甲项目"}])
    if database.path is not None:
        folder = backup_folder(database.path, str(tmp_path / "backups"))
        assert [each.verified for each in automatic_backups(folder, database.path.stem, None)] == [True]


def test_a_database_that_may_only_be_read_says_so(sqlite_url: str, tmp_path: Path) -> None:
    Path(sqlite_url).chmod(0o444)
    database = Database(sqlite_url)
    path = tmp_path / "单.json"
    path.write_text('[{"name": "甲项目"}]', encoding="utf-8")
    try:
        if database.read_only:  # root may write to any file
            with pytest.raises(DatabaseError):
                finish(import_file(database, Request("leads", path, "李")))
    finally:
        database.close()
        Path(sqlite_url).chmod(0o644)
