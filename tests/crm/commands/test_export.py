"""``export`` and ``template`` as a person or a script calls them."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from crm.commands.line import DONE, MENDABLE, WRONG_ARGUMENTS, run
from crm.database import Database
from crm.domain.fields.reading import read_record
from crm.services.records import create

Call = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def call(database: Database, database_url: str) -> Call:
    with database.write(by="李", why="登记") as session:
        for lead in (
            {"name": "甲", "contact_phone": "13800001111", "land": "25亩"},
            {"name": "乙", "area": "开发区"},
        ):
            create(session, "leads", read_record("leads", lead))

    def call(*words: str) -> tuple[int, Any, str]:
        out, err = StringIO(), StringIO()
        code = run(["--database", database_url, "--by", "王", "--json", *words], out=out, err=err)
        return code, json.loads(out.getvalue()), err.getvalue()

    return call


def test_export_answers_with_file_and_rows(call: Call, tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    code, answer, said = call("export", "leads", str(target))
    assert (code, answer["file"], answer["rows"], answer["masked"]) == (DONE, str(target), 2, 1)
    assert "1 条记录的联系方式已脱敏" in said
    assert "138****1111" in target.read_text("utf-8-sig")
    code, answer, said = call(
        "export", "leads", str(target), "--where", "land is not empty", "--purpose", "会商", "--recipient", "发改委"
    )
    assert (code, answer["rows"], said.count("\n")) == (DONE, 1, 1)
    assert "csv 文件不带修改标记" in said
    assert "13800001111" in target.read_text("utf-8-sig")
    assert call("export", "leads", str(tmp_path / "a.xlsx"), "--purpose", "会商", "--recipient", "发改委")[2] == ""


def test_a_csv_comes_back_by_the_codes_of_its_rows(call: Call, tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    call("export", "leads", str(target))
    written = target.read_text("utf-8-sig")
    _code, document, _said = call("import", "leads", str(target), "--dry-run")
    assert (document["counts"]["same"], document["counts"]["changed"], document["counts"]["new"]) == (2, 0, 0)
    assert ",25," in written
    target.write_text(written.replace(",25,", ",30,"), "utf-8-sig")
    _code, document, _said = call("import", "leads", str(target))
    assert (document["counts"]["same"], document["counts"]["changed"], document["counts"]["new"]) == (1, 1, 0)
    _code, shown, _said = call("show", "甲")
    assert (shown["lead"]["land"]["low"], shown["lead"]["contact_phone"]) == ("30", "13800001111")


def test_what_is_wrong_is_told(call: Call, tmp_path: Path) -> None:
    for words, place in (
        (["--purpose", "会商"], None),
        (["--where", "land >> 3"], "--where"),
        (["--where", "contact_phone = 1"], "--where"),
    ):
        code, answer, said = call("export", "leads", str(tmp_path / "a.xlsx"), *words)
        assert (code, answer["error"]["where"]) == (MENDABLE, place)
        assert said.count("\n") == 1
    with pytest.raises(SystemExit) as left:
        call("export", "houses", "a.xlsx")
    assert left.value.code == WRONG_ARGUMENTS
    assert not list(tmp_path.glob("a.xlsx"))


def test_template(call: Call, tmp_path: Path) -> None:
    code, answer, _said = call("template", "funds", str(tmp_path / "a.xlsx"))
    assert (code, answer["columns"]) == (DONE, 22)
    code, answer, _said = call("template", "funds", str(tmp_path / "a.csv"))
    assert (code, answer["error"]["kind"]) == (MENDABLE, "file")
