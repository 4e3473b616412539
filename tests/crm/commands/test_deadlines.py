"""``xiangtu deadlines``: the limits that hold, whose they are, and how a bureau sets its own."""

from __future__ import annotations

import json
from io import StringIO

import pytest

from crm.commands.line import DONE, MENDABLE, run


def test_a_bureau_sets_a_limit_from_a_day_on(sqlite_url: str) -> None:
    words = ["--database", sqlite_url, "--json", "deadlines"]
    out = StringIO()
    given = ["--set", "clock.respond=2", "--source", "局办公会纪要（虚构）", "--since", "2026-11-20"]
    assert run([*words, *given], out=out, err=StringIO()) == DONE
    found = json.loads(out.getvalue())
    assert (found["limits"]["clock.respond"], found["entered"]) == (2, ["clock.respond"])
    before = StringIO()
    assert run([*words, "--since", "2026-11-19"], out=before, err=StringIO()) == DONE
    assert json.loads(before.getvalue())["limits"]["clock.respond"] == 1


@pytest.mark.parametrize("given", [["clock.respond=0"], ["clock.respond=x"], ["clock.nothing=3"], ["stay.review=45"]])
def test_a_limit_that_cannot_be_or_has_no_source_is_refused(sqlite_url: str, given: list[str]) -> None:
    source = [] if given == ["stay.review=45"] else ["--source", "纪要（虚构）"]
    words = ["--database", sqlite_url, "deadlines", "--set", *given, *source]
    assert run(words, out=StringIO(), err=StringIO()) == MENDABLE


def test_each_limit_is_told_with_whose_it_is(sqlite_url: str) -> None:
    out = StringIO()
    assert run(["--database", sqlite_url, "deadlines"], out=out, err=StringIO()) == DONE
    lines = out.getvalue().splitlines()
    assert any(line.startswith("clock.respond") and "响应" in line and "程序默认" in line for line in lines)
    assert any(line.startswith("quiet.negotiation") and "在谈" in line for line in lines)
