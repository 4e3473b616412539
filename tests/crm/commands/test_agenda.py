"""``xiangtu agenda``: the week with its working days, what is overdue, calendar files out and in."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

from crm.commands.line import DONE, MENDABLE, run
from tests.crm.domain.calendars.test_ics import FOREIGN


def agenda(database: str, *words: str) -> dict[str, Any]:
    out = StringIO()
    code = run(["--database", database, "--json", "--by", "李娜", "agenda", *words], out=out, err=StringIO())
    assert code == DONE
    return dict(json.loads(out.getvalue()))


def test_a_calendar_file_comes_in_and_goes_out(sqlite_url: str, tmp_path: Path) -> None:
    source, target = tmp_path / "in.ics", tmp_path / "out.ics"
    source.write_text(FOREIGN, encoding="utf-8")
    found = agenda(sqlite_url, "--week", "2026-12-02", "--take", str(source), "--ics", str(target))
    assert found["taken"] == {"new": 2, "changed": 0, "same": 0}
    assert len(found["notes"]) == 3
    assert [(each["day"], each["at"], each["text"]) for each in found["entries"]] == [
        ("2026-12-02", "14:00", "与投资方会谈"),
        ("2026-12-03", "09:00", "例会"),
    ]
    assert target.read_bytes().count(b"BEGIN:VEVENT") == 2
    again = agenda(sqlite_url, "--week", "2026-12-02", "--take", str(source))
    assert again["taken"] == {"new": 0, "changed": 0, "same": 2}


def test_the_week_says_what_its_days_are(sqlite_url: str) -> None:
    kinds = {each["day"]: each["kind"] for each in agenda(sqlite_url, "--week", "2026-02-24")["days"]}
    assert kinds["2026-02-23"] == "holiday"
    assert kinds["2026-02-28"] == "make_up"
    out = StringIO()
    words = ["--database", sqlite_url, "agenda", "--week", "2090-10-03"]
    assert run(words, out=out, err=StringIO()) == DONE
    assert "2090年的放假调休安排尚未收入本程序" in out.getvalue()


def test_a_file_that_is_no_calendar_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    path = tmp_path / "x.ics"
    path.write_bytes(b"BEGIN:VCALENDAR\r\nEND:VEVENT\r\n")
    err = StringIO()
    words = ["--database", sqlite_url, "agenda", "--take", str(path)]
    assert run(words, out=StringIO(), err=err) == MENDABLE
    assert "x.ics" in err.getvalue()
