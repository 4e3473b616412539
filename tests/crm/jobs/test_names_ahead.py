"""What a second process works out of names is what this one would, also when that process is killed."""

from __future__ import annotations

from typing import Any

import pytest

from bench.leads import leads
from crm.database.search import tokens_of
from crm.domain.companies.parties import read_party
from crm.domain.companies.pinyin import sort_key
from crm.jobs.names_ahead import LARGE, Round, names_ahead, texts_of

ODD: tuple[dict[str, Any], ...] = (
    {},
    {"name": ""},
    {"name": "华信（上海）有限公司苏州分公司", "investor": "严牌股份", "credit_code": "91320507MA9XC00254"},
    {
        "name": "生产基地",
        "contact": "张三",
        "contact_phone": "13800001111、0512-65870000转8001",
        "address": "元和街道 18 号楼",
    },
    {"name": "\ud800项目\n二期", "investor": "長" * 300, "credit_code": "坏的", "contact_phone": "1380000****"},
    {"name": "Ünïcode GmbH (Suzhou) Co., Ltd.", "investor": None},
)

LATER = {"name": "后来问的项目"}


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second process is for machines with a second core."""
    monkeypatch.setattr("os.cpu_count", lambda: 2)


def _sort_name(row: dict[str, Any]) -> str:
    return sort_key(row.get("name") or "")


def _tokens(row: dict[str, Any]) -> str:
    return " ".join(tokens_of((row.get("name"), row.get("investor"))))


def _rows() -> list[dict[str, Any]]:
    return [*ODD, *leads(1_200)]


def test_the_second_process_says_the_same() -> None:
    rows = _rows()
    with names_ahead() as ahead:
        ahead.start(LARGE)
        ahead.ask(map(texts_of, rows))
        assert [ahead.party(row) for row in rows] == [read_party(None, row) for row in rows]
        assert [*ahead.sort_names(rows)] == [*map(_sort_name, rows)]
        assert [*ahead.tokens(rows)] == [*map(_tokens, rows)]
        assert [len(known) for known in ahead._known] == [len(rows)] * len(Round)
        assert ahead.party({"name": "没有问过的项目"}) == read_party(None, {"name": "没有问过的项目"})


def test_when_it_is_gone_the_rest_is_worked_out_here() -> None:
    rows = _rows()
    with names_ahead() as ahead:
        ahead.start(LARGE)
        ahead.ask(map(texts_of, rows))
        ahead.party(rows[0])
        ahead.close()
        assert [ahead.party(row) for row in rows] == [read_party(None, row) for row in rows]
        ahead.ask([texts_of(LATER)])
        assert [*ahead.tokens([*rows, LATER])] == [*map(_tokens, [*rows, LATER])]
        assert [*ahead.sort_names([LATER])] == [_sort_name(LATER)]


def test_a_row_is_asked_about_once() -> None:
    rows = [texts_of(row) for row in _rows()]
    with names_ahead() as ahead:
        ahead.start(LARGE)
        ahead.ask(rows)
        ahead.ask([*rows, ("补问的项目", *rows[0][1:])])
        assert sum(map(len, ahead._asked)) == len(rows) + 1
        assert ahead.party({"name": "补问的项目"}) == read_party(None, {"name": "补问的项目"})


def test_it_may_end_before_it_was_asked() -> None:
    with names_ahead() as ahead:
        ahead.start(LARGE)
    assert ahead.party(ODD[2]) == read_party(None, ODD[2])


def test_a_small_file_needs_none() -> None:
    with names_ahead() as ahead:
        ahead.start(LARGE - 1)
        assert ahead._process is None
        ahead.ask(map(texts_of, ODD))
        assert [ahead.party(row) for row in ODD] == [read_party(None, row) for row in ODD]


def test_no_process_stays() -> None:
    with names_ahead() as ahead:
        ahead.start(LARGE)
        ahead.ask(map(texts_of, _rows()))
    assert ahead._process is not None
    assert ahead._process.poll() is not None
    assert not any(thread.is_alive() for thread in ahead._threads)
