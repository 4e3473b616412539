"""The commands about single leads, as a person or a script calls them, on both databases."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest

from crm.commands.line import DONE, MENDABLE, WRONG_ARGUMENTS, run
from crm.database import Database
from crm.domain.fields.reading import read_record
from crm.services.records import create

CODE = "91320507MA9XC00178"
LEADS: list[dict[str, Any]] = [
    {
        "code": "A-1",
        "name": "苏州某某智能科技有限公司",
        "credit_code": CODE,
        "first_reported_at": "2026-11-03 09:12",
        "first_reporter": "高铁新城招商一科",
        "contact": "张伟",
        "contact_phone": "13800001111",
        "area": "高铁新城",
        "land": "25亩",
        "annual_tax": "5200万元",
    },
    {
        "code": "A-2",
        "name": "某某智能（苏州）项目",
        "credit_code": CODE,
        "first_reported_at": "2026-11-05 15:40",
        "first_reporter": "高新区招商局",
    },
    {"code": "A-3", "name": "重庆单氏仪器", "stage": "lead", "nature": "manufacturing"},
    {"code": "A-4", "name": "同名"},
    {"code": "A-5", "name": "同名"},
]

Call = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def call(database: Database, database_url: str) -> Call:
    """Fill the database and return what calls a command: its exit code, its answer (JSON read), its messages."""
    with database.write(by="李", why="登记") as session:
        for lead in LEADS:
            create(session, "leads", read_record("leads", lead))

    def call(*words: str, text: bool = False) -> tuple[int, Any, str]:
        out, err = StringIO(), StringIO()
        more = [] if text else ["--json"]
        code = run(["--database", database_url, "--by", "王", *more, *words], out=out, err=err)
        return code, out.getvalue() if text else json.loads(out.getvalue()), err.getvalue()

    return call


def changed(answer: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {each["field"]: (each["before"], each["after"]) for each in answer["changed"]}


def test_search(call: Call) -> None:
    code, answer, _err = call("search", "某某")
    assert (code, answer["total"]) == (DONE, 2)
    assert [(lead["code"], lead["name"]) for lead in answer["leads"]] == [
        ("A-2", "某某智能（苏州）项目"),
        ("A-1", "苏州某某智能科技有限公司"),
    ]
    assert [call("search", word)[1]["total"] for word in ("chongqing", "shanshi", "cqss", "智", "某智", "不在")] == [
        1,
        1,
        1,
        2,
        2,
        0,
    ]
    assert len(call("search", "某某", "--limit", "1")[1]["leads"]) == 1
    assert "共找到 2 条线索" in call("search", "某某", text=True)[1]


def test_c28_the_first_reporter_is_named_and_nothing_is_merged(call: Call) -> None:
    code, answer, _err = call("duplicates")
    assert code == DONE
    [certain] = [pair for pair in answer["pairs"] if pair["likelihood"] == "certain"]
    assert (certain["a"], certain["b"]) == ("A-1", "A-2")
    assert any("统一社会信用代码相同" in reason for reason in certain["reasons"])
    assert (certain["first"], certain["first_reporter"]) == ("A-1", "高铁新城招商一科")
    text = call("duplicates", text=True)[1]
    assert "首报：A-1，高铁新城招商一科" in text
    assert "协同跟进" in text
    assert [call("show", each)[0] for each in ("A-1", "A-2")] == [DONE, DONE]


def test_show_gives_fields_verdict_and_history(call: Call) -> None:
    code, answer, _err = call("show", "A-1")
    assert code == DONE
    assert answer["lead"]["land"]["low"] == "25"
    assert answer["lead"]["investor"] is None
    assert answer["lead"]["contact_phone"] == "13800001111"
    assert answer["threshold"]["verdict"] == "met"
    assert answer["history_count"] == 1


def test_scripts_get_a_record_as_it_is_stored_and_its_history_masked_unless_asked_for(call: Call) -> None:
    said = call("set", "A-1", "contact_phone=13900002222", "contact=李明")[1]
    assert changed(said) == {"contact_phone": ("13800001111", "13900002222"), "contact": ("张伟", "李明")}
    shown = call("show", "A-1")[1]["lead"]
    assert (shown["contact"], shown["contact_phone"]) == ("李明", "13900002222")
    answer = call("history", "A-1")[1]
    assert not any(hidden in str(answer) for hidden in ("13800001111", "13900002222", "张伟", "李明"))
    told = str(call("history", "A-1", "--contacts")[1])
    assert all(shown in told for shown in ("13800001111", "13900002222", "张伟", "李明"))


def test_check_says_which_lead_it_judged(call: Call) -> None:
    head, verdict, *_rest = call("check", "1", text=True)[1].splitlines()
    assert head == "苏州某某智能科技有限公司（A-1）"
    assert "达标" in verdict


def test_search_finds_a_code_and_says_that_a_stage_is_not_filled_in(call: Call) -> None:
    code, text, _err = call("search", "a-1", text=True)
    assert code == DONE
    [line] = text.splitlines()[1:]
    assert line.startswith("A-1")
    assert line.endswith("未填写")


def test_contacts_are_masked_on_the_terminal(call: Call) -> None:
    text = call("show", "A-1", text=True)[1]
    assert "138****1111" in text
    assert "张*" in text
    assert "13800001111" not in text
    assert "13800001111" in call("show", "A-1", "--contacts", text=True)[1]
    assert "13800001111" not in call("history", "A-1", text=True)[1]


def test_set_takes_fields_by_their_labels(call: Call) -> None:
    code, answer, _err = call(
        "set", "A-1", "用地需求＝2.5公顷", "载体需求．研发=1200㎡", "Land use = 科研用地", "达产年税收（万元）=6000"
    )
    assert code == DONE
    fields = changed(answer)
    assert fields["land"][1]["low"] == "37.5"
    assert fields["space"][1]["研发"]["low"] == "1200"
    assert fields["land_use"][1] == "research"
    assert fields["annual_tax"][1]["low"] == "6000"


@pytest.mark.parametrize(
    ("assignment", "where", "said"),
    [
        ("annual_tax=很多", "annual_tax", "达产年税收：“很多”"),
        ("用地性质=飞地", "land_use", "用地性质：“飞地”不在可选范围内"),
        ("credit_code=123", "credit_code", "统一社会信用代码："),
        ("land.一期=3亩", "land", "用地需求："),
        ("用地=3亩", "用地", "项目线索没有名为“用地”的字段"),
    ],
)
def test_set_names_the_field_that_it_cannot_read(call: Call, assignment: str, where: str, said: str) -> None:
    code, answer, err = call("set", "A-1", assignment)
    assert (code, answer["error"]["where"]) == (MENDABLE, where)
    assert said in err


@pytest.mark.parametrize(
    "words", [("land=3亩", "用地需求=4亩"), ("space.研发=1㎡", "载体需求.研发=2㎡"), ("name=a", "name=b")]
)
def test_a_field_given_twice_is_refused(call: Call, words: tuple[str, ...]) -> None:
    code, answer, _err = call("set", "A-1", *words)
    assert code == MENDABLE
    assert "给了两次" in answer["error"]["message"]
    assert call("set", "A-1", "space=研发=200㎡", "space.办公=30㎡")[0] == DONE


def test_set_reads_values_as_people_write_them(call: Call) -> None:
    code, answer, _err = call(
        "set", "A-1", "space.研发=1200㎡", "industries=大数据|人工智能", "annual_tax=", "land=2.5公顷", "land_use=工业"
    )
    assert code == DONE
    fields = changed(answer)
    assert fields["space"][1]["研发"]["low"] == "1200"
    assert fields["industries"] == (None, ["大数据", "人工智能"])
    assert fields["annual_tax"][1] is None
    assert fields["land"][1]["low"] == "37.5"
    assert fields["land_use"] == (None, "industrial")
    assert answer["lead"] == "A-1"
    unchanged: dict[str, object] = {"lead": "A-1", "changed": [], "change_set": None, "may_be_known": []}
    assert call("set", "A-1", "land_use=industrial")[1] == unchanged
    assert call("set", "A-1", "space.办公=300㎡")[1]["changed"][0]["after"].keys() == {"研发", "办公"}


@pytest.mark.parametrize("word", ["nosuch=1", "land", "land=abc", "space.研发=x", "code="])
def test_set_refuses_what_it_cannot_read_and_changes_nothing(call: Call, word: str) -> None:
    code, answer, err = call("set", "A-1", "land=30亩", word)
    assert code == MENDABLE
    assert answer["error"]["message"] in err
    assert call("show", "A-1")[1]["lead"]["land"]["low"] == "25"


def test_a_stage_is_a_step_of_the_pipeline_whichever_way_it_is_taken(call: Call) -> None:
    reason = ("--reason", "急")
    for words in (("stage", "A-3", "签约"), ("set", "A-3", "stage=签约")):
        code, answer, _err = call(*words, *reason)
        assert (code, answer["error"]["kind"], answer["error"]["where"]) == (MENDABLE, "step", "A-3")
        assert "signed_on" in answer["error"]["message"]
        assert "--reason" not in answer["error"]["message"]  # one was given; what is missing is the date
    for words in (("stage", "A-3", "在谈"), ("set", "A-3", "stage=在谈")):
        message = call(*words)[1]["error"]["message"]
        assert "跳过研判" in message
        assert "--reason" in message
    assert changed(call("stage", "A-3", "研判")[1]) == {"stage": ("lead", "assessment")}
    code, answer, _err = call("stage", "A-3", "signed", "signed_on=2026-11-01", "--reason", "领导会见当场签约")
    assert code == DONE
    assert changed(answer) == {"stage": ("assessment", "signed"), "signed_on": (None, "2026-11-01")}
    last = call("history", "A-3")[1]["changes"][-1]
    assert (last["by"], last["why"], last["change_set"]) == ("王", "领导会见当场签约", answer["change_set"])


def test_a_lead_rests_with_a_reason_and_goes_on_without(call: Call) -> None:
    assert call("stage", "A-3", "搁置")[0] == MENDABLE
    answer = call("stage", "A-3", "搁置", "--reason", "等待资金")[1]
    assert changed(answer) == {"status": (None, "paused"), "status_reason": (None, "等待资金")}
    assert "搁置" in call("stage", "A-3", "研判")[1]["error"]["message"]
    assert changed(call("stage", "A-3", "active")[1])["status_reason"] == ("等待资金", None)
    assert call("stage", "A-3", "研判")[0] == DONE
    assert call("stage", "A-3", "起飞")[0] == MENDABLE


def test_history_says_who_when_from_what_to_what(call: Call) -> None:
    number = call("set", "A-1", "annual_tax=6000", "--reason", "企业更新测算")[1]["change_set"]
    first, last = call("history", "A-1")[1]["changes"]
    assert (first["action"], first["field"], first["by"], first["after"]["code"]) == ("created", None, "李", "A-1")
    assert (last["field"], last["before"]["low"], last["after"]["low"]) == ("annual_tax", "5200", "6000")
    assert (last["change_set"], last["by"], last["why"]) == (number, "王", "企业更新测算")
    assert last["at"].endswith("Z")
    assert "达产年税收" in call("history", "A-1", text=True)[1]


def test_a_change_is_taken_back_unless_it_was_changed_since(call: Call) -> None:
    first = call("set", "A-1", "land=30亩", "annual_tax=6000")[1]["change_set"]
    call("set", "A-1", "annual_tax=7000")
    code, answer, _err = call("undo", str(first))
    assert (code, answer["reversed"]) == (DONE, 1)
    assert [(each["lead"], each["field"]) for each in answer["kept"]] == [("A-1", "annual_tax")]
    lead = call("show", "A-1")[1]["lead"]
    assert (lead["land"]["low"], lead["annual_tax"]["low"]) == ("25", "7000")
    sets = {each["id"]: each for each in call("imports")[1]["change_sets"]}
    assert sets[first]["undone"]
    assert sets[answer["change_set"]]["undoes"] == first
    assert "已撤销" in call("imports", text=True)[1]
    assert "A-1" in call("undo", str(first), text=True)[1] or call("undo", str(first))[1]["reversed"] == 0


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (("show", "nobody"), "not_found"),
        (("history", "99"), "not_found"),
        (("show", " "), "not_found"),
        (("set", "同名", "land=1亩"), "ambiguous"),
        (("undo", "9999"), "not_found"),
    ],
)
def test_what_is_not_there_is_said_in_one_line(call: Call, words: tuple[str, ...], kind: str) -> None:
    code, answer, err = call(*words)
    assert (code, answer["error"]["kind"]) == (MENDABLE, kind)
    assert err.count("\n") == 1
    if kind == "ambiguous":
        assert "A-4、A-5" in err


@pytest.mark.parametrize("words", [("undo", "x"), ("set", "A-1"), ("search",), ("stage", "A-1")])
def test_wrong_arguments_leave_with_two(call: Call, words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as left:
        call(*words)
    assert left.value.code == WRONG_ARGUMENTS


def test_the_texts_are_in_the_language_asked_for(call: Call) -> None:
    assert "leads found" in call("--lang", "en", "search", "某某", text=True)[1]
    assert "Likely" in call("--lang", "en", "duplicates", text=True)[1]
