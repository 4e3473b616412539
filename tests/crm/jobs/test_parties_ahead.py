"""What a second process works out of names is what this one would, also when that process is killed."""

from __future__ import annotations

from typing import Any

import pytest

from bench.leads import leads
from crm.domain.companies.parties import read_party
from crm.jobs.parties_ahead import LARGE, parties_ahead

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


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second process is for machines with a second core."""
    monkeypatch.setattr("os.cpu_count", lambda: 2)


def _rows() -> list[dict[str, Any]]:
    return [*ODD, *leads(1_200)]


def test_the_second_process_says_the_same() -> None:
    rows = _rows()
    with parties_ahead() as ahead:
        ahead.start(LARGE)
        ahead.ask(rows)
        assert [ahead.party(row) for row in rows] == [read_party(None, row) for row in rows]
        assert len(ahead._parties) == len(rows)
        assert ahead.party({"name": "没有问过的项目"}) == read_party(None, {"name": "没有问过的项目"})


def test_when_it_is_gone_the_rest_is_worked_out_here() -> None:
    rows = _rows()
    with parties_ahead() as ahead:
        ahead.start(LARGE)
        ahead.ask(rows)
        ahead.party(rows[0])
        ahead.close()
        assert [ahead.party(row) for row in rows] == [read_party(None, row) for row in rows]


def test_it_may_end_before_it_was_asked() -> None:
    with parties_ahead() as ahead:
        ahead.start(LARGE)
    assert ahead.party(ODD[2]) == read_party(None, ODD[2])


def test_a_small_file_needs_none() -> None:
    with parties_ahead() as ahead:
        ahead.start(LARGE - 1)
        assert ahead._process is None
        ahead.ask(ODD)
        assert [ahead.party(row) for row in ODD] == [read_party(None, row) for row in ODD]


def test_no_process_stays() -> None:
    with parties_ahead() as ahead:
        ahead.start(LARGE)
        ahead.ask(_rows())
    assert ahead._process is not None
    assert ahead._process.poll() is not None
    assert not any(thread.is_alive() for thread in ahead._threads)
