"""``xiangtu capture``: shows what it read; saves only when asked, and not what may be known already."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from crm.commands.line import DONE, MENDABLE, run

TEXT = "苏州星瀚传感科技有限公司（虚构）李总，13900000001，高铁新城拿地25亩，总投资约5亿元，达产后年税收5000万"


def capture(database: str, *words: str) -> dict[str, Any]:
    out = StringIO()
    code = run(["--database", database, "--json", "--by", "李娜", "capture", *words], out=out, err=StringIO())
    assert code == DONE
    return dict(json.loads(out.getvalue()))


def test_it_shows_and_writes_nothing(tmp_path: Path) -> None:
    place = tmp_path / "x.db"
    found = capture(str(place), TEXT, "--on", "2026-11-26")
    [one] = found["candidates"]
    assert one["fields"]["land"]["low"] == "25"
    assert one["fields"]["annual_tax"]["low"] == "5000"
    assert one["fields"]["planned_investment"]["approx"] is True
    land = next(mark for mark in one["marks"] if mark["field"] == "land")
    assert TEXT[land["start"] : land["end"]] == "25亩"
    assert found["saved"] == []
    assert not place.exists()


def test_it_saves_the_lead_with_the_text_it_came_from_once(sqlite_url: str) -> None:
    code = capture(sqlite_url, TEXT, "--save")["saved"][0]
    out = StringIO()
    assert run(["--database", sqlite_url, "--json", "show", code], out=out, err=StringIO()) == DONE
    lead = json.loads(out.getvalue())["lead"]
    assert (lead["name"], lead["contact"]) == ("苏州星瀚传感科技有限公司", "李总")
    again = capture(sqlite_url, TEXT, "--save")
    assert again["saved"] == []
    assert again["held_back"][0]["known"][0]["name"] == "苏州星瀚传感科技有限公司"
    assert len(capture(sqlite_url, TEXT, "--save", "--new")["saved"]) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_file_is_read_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "消息.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert len(capture(str(tmp_path / "x.db"), str(path))["candidates"]) == 1


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.bin"
    path.write_bytes(b"\xff\xfe\x00\xd8\x00")
    err = StringIO()
    assert run(["capture", str(path)], out=StringIO(), err=err) == MENDABLE
    assert "x.bin" in err.getvalue()


def test_the_text_for_people_tells_value_certainty_and_reason() -> None:
    out = StringIO()
    assert run(["capture", TEXT], out=out, err=StringIO()) == DONE
    shown = out.getvalue()
    for words in ("投资方", "25亩", "约5亿元", "明确", "未写入"):
        assert words in shown
    assert run(["capture", "没什么新进展"], out=out, err=StringIO()) == DONE
    assert "没有识别到线索" in out.getvalue()
