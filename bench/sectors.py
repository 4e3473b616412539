"""How often the true division is among the suggested ones, on labelled companies; none of them was learned from."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from crm.domain.sectors.standard import DIVISION, sector_codes
from crm.domain.sectors.suggest import suggest_divisions

RENAMED: Mapping[str, str] = {
    "农、林、牧、渔服务业": "05",
    "开采辅助活动": "11",
    "石油加工、炼焦和核燃料加工业": "25",
    "建筑装饰和其他建筑业": "50",
    "装卸搬运和运输代理业": "58",
    "仓储业": "59",
    "广播、电视、电影和影视录音制作业": "87",
}
"""Divisions of 2011 that have another name in 2017; the data names the edition of 2011."""


class Company(NamedTuple):
    """One labelled row."""

    name: str
    text: str
    division: str


def sector_scores(folder: Path) -> Iterator[str]:
    """Yield a line for each set: how many companies, top-1, top-3, and how many got no suggestion."""
    for title, companies in _sets(folder):
        first = among = none = 0
        for company in companies:
            keys = [one.key for one in suggest_divisions(company.name, company.text)]
            first += keys[:1] == [company.division]
            among += company.division in keys
            none += not keys
        count = len(companies)
        yield f"{title}: {count} companies, top-1 {first / count:.3f}, top-3 {among / count:.3f}, no suggestion {none}"


def _sets(folder: Path) -> Iterator[tuple[str, list[Company]]]:
    divisions = {name: code for code, name in sector_codes() if len(code) == DIVISION} | dict(RENAMED)
    listed = [
        Company(row["fullname"], row["经营范围"], row["csrc_class"][1:3])
        for row in _rows(folder / "ashare_scope_sw_csrc.csv")
        if row["csrc_class"][1:3].isdigit()
    ]
    yield "division from A-share scopes", listed
    for title, file, name, text in (
        ("division from NEEQ introductions", "neeq_intro_gbt2011.csv", "公司名称", "公司介绍"),
        ("division from NEEQ scopes", "neeq_scope_gbt2011_joined_by_name.csv", "企业名称", "经营范围"),
    ):
        yield title, [Company(row[name], row[text], divisions[row["div_n"]]) for row in _rows(folder / file)]


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    with path.open(encoding="utf-8") as file:
        yield from csv.DictReader(file)
