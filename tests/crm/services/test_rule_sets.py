"""A new version of the threshold rules: what held keeps its days; verdicts follow the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from crm.database import Database
from crm.domain.fields.reading import read_record
from crm.domain.thresholds.ground import judge_values
from crm.domain.thresholds.judgement import Verdict
from crm.errors import ValueRefusedError
from crm.queries.thresholds import load_ground, load_rule_sets
from crm.services.dictionaries import add_word
from crm.services.rule_sets import NewLine, NewRuleSet, add_rule_set

FIRST = date(2027, 1, 1)
NEW = NewRuleSet(
    "2027-01",
    "2027年口径",
    "测试文件（虚构）",
    "测〔2027〕1号（虚构）",
    "测试单位（虚构）",
    FIRST,
    {
        code: NewLine(least, Decimal(per_mu), f"{code}的原文（虚构）")
        for code, least, per_mu in (
            ("TH-HSR", Decimal(6000), 240),
            ("TH-HTZ", Decimal(3000), 100),
            ("TH-DEV", Decimal(2000), 80),
            ("TH-OTHER", None, 50),
        )
    },
)


def test_a_new_version_holds_from_its_day(database: Database) -> None:
    lead = read_record("leads", {"area": "高铁新城", "land": "25亩", "annual_tax": "5500万元", "land_use": "工业"})
    with database.read() as session:
        base = load_rule_sets(session)[-1].rules
    new = replace(NEW, lines=dict(zip((rule.code for rule in base), NEW.lines.values(), strict=True)))
    with database.write(by="周", why="规则") as session:
        add_rule_set(session, new, base)
    with database.read() as session:
        before = judge_values(lead, load_ground(session, date(2026, 12, 31)))
        after = judge_values(lead, load_ground(session, FIRST))
        sets = load_rule_sets(session)
    assert (before.verdict, after.verdict) == (Verdict.MET, Verdict.NOT_MET)
    assert (before.rule_set_status, after.rule_set_status) == ("trial", "in_force")
    assert [one.name for one in sets] == ["2019-seed", "2027-01"]
    assert [(rule.area, rule.land_uses) for rule in sets[1].rules] == [(rule.area, rule.land_uses) for rule in base]


@pytest.mark.parametrize("wrong", ["code", "name", "source", "taken", "line", "quote", "figure"])
def test_what_is_not_whole_is_refused(database: Database, wrong: str) -> None:
    with database.read() as session:
        base = load_rule_sets(session)[-1].rules
    lines = dict(zip((rule.code for rule in base), NEW.lines.values(), strict=True))
    first = base[0].code
    new = {
        "taken": replace(NEW, code="2019-seed", lines=lines),
        "line": replace(NEW, lines={}),
        "quote": replace(NEW, lines=lines | {first: replace(lines[first], quote=" ")}),
        "figure": replace(NEW, lines=lines | {first: replace(lines[first], least_per_mu=Decimal("0.00001"))}),
        "code": replace(NEW, lines=lines, code=" "),
        "name": replace(NEW, lines=lines, name=" "),
        "source": replace(NEW, lines=lines, source=" "),
    }[wrong]
    with pytest.raises(ValueRefusedError), database.write(by="周", why="规则") as session:
        add_rule_set(session, new, base)
    with database.read() as session:
        assert len(load_rule_sets(session)) == 1


@pytest.mark.parametrize(
    ("dictionary", "term", "meaning"),
    [
        ("rate", "美元", "7.0950"),
        ("stage_probability", "评审", "55%"),
        ("deadline", "stay.review", "20"),
        ("area_mapping", "某某路", "高新区"),
        ("industry_alias", "固态电池", "新能源"),
    ],
)
def test_a_word_is_added_as_people_type_it(database: Database, dictionary: str, term: str, meaning: str) -> None:
    with database.write(by="周", why="词典") as session:
        assert add_word(session, dictionary, term, meaning, source="会议（虚构）", valid_from=FIRST)


@pytest.mark.parametrize(
    ("dictionary", "term", "meaning"),
    [
        ("rate", "美元", "709.5"),
        ("stage_probability", "没有的阶段", "0.5"),
        ("stage_probability", "评审", "150"),
        ("deadline", "stay.review", "二十天左右"),
        ("area_mapping", "某某路", "没有的片区"),
    ],
)
def test_a_word_that_cannot_be_is_refused(database: Database, dictionary: str, term: str, meaning: str) -> None:
    with pytest.raises(ValueRefusedError), database.write(by="周", why="词典") as session:
        add_word(session, dictionary, term, meaning, source="会议（虚构）", valid_from=FIRST)
