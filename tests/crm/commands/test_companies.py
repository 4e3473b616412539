"""The commands of companies and first reports; a second lead of one company is told on every way in."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from crm.commands.line import DONE, MENDABLE, run
from crm.queries.known import leads_like
from crm.queries.records import load
from crm.services.records import delete
from crm.workspace import open_workspace

CODE = "91320507MA9XC00178"
KNOWN = ("name=苏州某某智能科技有限公司（虚构）", f"credit_code={CODE}", "first_reported_at=2026-11-03 09:12")
SECOND = ("name=某某二期（虚构）", f"credit_code={CODE}")


@pytest.fixture
def call(sqlite_url: str) -> Any:  # noqa: ANN401  (a function)
    def call(*words: str) -> tuple[int, Any]:
        out = StringIO()
        code = run(["--database", sqlite_url, "--json", "--by", "李", *words], out=out, err=StringIO())
        return code, json.loads(out.getvalue())

    return call


def typing(_call: Any, url: str, _folder: Path) -> list[str]:  # noqa: ANN401
    """While a form is filled in."""
    with open_workspace(url, by="李").database.read() as session:
        return [why for _id, _name, why in leads_like(session, {"credit_code": CODE})]


def entering(call: Any, _url: str, _folder: Path) -> list[str]:  # noqa: ANN401
    """One new record on the command line."""
    found: list[str] = call("add", "leads", *SECOND)[1]["may_be_known"]
    return found


def editing(call: Any, _url: str, _folder: Path) -> list[str]:  # noqa: ANN401
    """A key field of a lead that was another's."""
    code = call("add", "leads", "name=别的项目（虚构）")[1]["code"]
    found: list[str] = call("set", code, f"credit_code={CODE}")[1]["may_be_known"]
    return found


def importing(call: Any, _url: str, folder: Path) -> list[str]:  # noqa: ANN401
    """A row of a file: it is held back until answered."""
    path = folder / "leads.json"
    path.write_text(json.dumps([{"name": "某某二期（虚构）", "credit_code": CODE}]), encoding="utf-8")
    document = call("import", "leads", str(path))[1]
    assert document["counts"]["new"] == 0
    return [each["text"] for each in document["questions"]]


def converting(call: Any, _url: str, _folder: Path) -> list[str]:  # noqa: ANN401
    """A sign-up of a campaign: asked before anything is written."""
    call("add", "campaigns", "name=推介（虚构）")
    for _time in range(2):
        call("add", "sign-ups", "campaign=推介（虚构）", "name=来宾", "organisation=苏州某某智能科技有限公司（虚构）")
    code, refused = call("convert", "1")
    assert code == MENDABLE
    assert call("convert", "1", "--known", "link")[1]["converted"][0]["code"] == "XT-2026-0001"
    assert call("convert", "2", "--known", "new")[1]["converted"][0]["code"] == "XT-2026-0002"
    return [refused["error"]["message"]]


def restoring(call: Any, url: str, _folder: Path) -> list[str]:  # noqa: ANN401
    """A deleted lead that comes back after its company was entered anew."""
    call("add", "leads", *SECOND)
    database = open_workspace(url, by="李").database
    with database.write(by="李", why="删除") as session:
        delete(session, "leads", load(session, "leads")[-1].id)
    number = call("imports")[1]["change_sets"][0]["id"]
    found: list[str] = call("undo", str(number))[1]["may_be_known"]
    return found


def scanning(call: Any, _url: str, _folder: Path) -> list[str]:  # noqa: ANN401
    """All of the book, in the inbox and on the command line."""
    call("add", "leads", *SECOND)
    return [reason for pair in call("duplicates")[1]["pairs"] for reason in pair["reasons"]]


WAYS: tuple[Callable[[Any, str, Path], list[str]], ...] = (
    typing,
    entering,
    editing,
    importing,
    converting,
    restoring,
    scanning,
)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_second_lead_of_one_company_is_told_on_every_way_in(
    call: Any,  # noqa: ANN401
    sqlite_url: str,
    tmp_path: Path,
    way: Callable[[Any, str, Path], list[str]],
) -> None:
    call("add", "leads", *KNOWN)
    told = way(call, sqlite_url, tmp_path)
    assert told
    assert any(word in told[0] for word in ("信用代码相同", "同名", "名称", "疑似重复", "疑似已有")), told


def test_a_merge_is_shown_done_and_split_on_the_command_line(call: Any) -> None:  # noqa: ANN401
    one, two = (call("add", "leads", f"name={name}", "land=25亩")[1]["code"] for name in ("甲（虚构）", "乙（虚构）"))
    call("add", "financing-needs", f"lead={two}", "kind=股权", "amount=3000万元")
    shown = call("merge", one, two)[1]
    assert [(each["kind"], each["count"]) for each in shown["moves"]] == [("financing-needs", 1)]
    assert {each["field"]: each["take"] for each in shown["fields"]}["name"] == "kept"
    assert "change_set" not in shown
    assert call("merge", one, two, "--why", "同一项目", "--take", "name=gone")[1]["change_set"] > 0
    assert call("show", two)[1]["lead"]["name"] == "乙（虚构）"
    assert call("merge", one, two, "--take", "name=mine")[0] == MENDABLE
    assert call("split", two)[1]["kept"] == []
    assert call("show", one)[1]["lead"]["name"] == "甲（虚构）"


def test_first_reports_are_entered_and_told_with_their_reasons(call: Any) -> None:  # noqa: ANN401
    code = call("add", "leads", *KNOWN, "first_reporter=招商一科")[1]["code"]
    entered = call("first-reports", code, "--reporter", "街道", "--at", "2026-11-06 08:00", "--proof", "来信")[1]
    assert (entered["first"]["reporter"], entered["reason_codes"]) == ("招商一科", ["reported_before"])
    entered = call("first-reports", code, "--reporter", "开发区", "--at", "2026-11-09 08:00")[1]
    # the preliminary report of 招商一科 was to be completed by Friday the 6th, the third working day
    assert (entered["first"]["reporter"], len(entered["entries"])) == ("街道", 3)


def test_decisions_and_credits_on_the_command_line(call: Any) -> None:  # noqa: ANN401
    one, two = (call("add", "leads", *given)[1]["code"] for given in (KNOWN, SECOND))
    assert call("decide", one, two, "one_project", "--why", "信用代码相同")[0] == DONE
    assert call("duplicates")[1]["pairs"] == []
    (pair,) = call("duplicates", "--all")[1]["pairs"]
    assert (pair["conclusion"], pair["reopened"]) == ("one_project", False)
    assert call("overview", "credits")[1]["rows"][-1]["exact"] == "1"  # two leads, one project


def test_one_credit_code_is_one_enterprise(call: Any) -> None:  # noqa: ANN401
    assert call("add", "enterprises", "name=甲公司（虚构）", f"credit_code={CODE}")[0] == DONE
    code, refused = call("add", "enterprises", "name=乙公司（虚构）", f"credit_code={CODE}")
    assert (code, refused["error"]["where"]) == (MENDABLE, "credit_code")
    assert call("duplicates", "--kind", "enterprises")[1]["pairs"] == []
