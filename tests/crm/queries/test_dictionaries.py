"""A new database judges and matches as the seed says, until the bureau enters something else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from crm.database import Database
from crm.domain.matching.candidates import STAGE_PROBABILITIES
from crm.domain.matching.taxonomy import TAXONOMY
from crm.domain.matching.weights import WEIGHTS
from crm.domain.thresholds.rules import SEED, AreaMapping
from crm.models import Entry
from crm.queries.dictionaries import stage_probabilities, taxonomy, weights_text, weights_versions
from crm.queries.history import change_sets
from crm.queries.thresholds import load_rule_sets

TODAY = date(2026, 11, 28)


def test_the_rules_and_dictionaries_of_a_new_database_are_the_seed(database: Database) -> None:
    with database.read() as session:
        assert load_rule_sets(session) == [SEED]
        assert taxonomy(session, TODAY) == TAXONOMY
        assert stage_probabilities(session, TODAY) == STAGE_PROBABILITIES
        assert weights_versions(session) == WEIGHTS


def test_what_the_bureau_enters_holds_from_its_day_and_is_in_the_history(database: Database) -> None:
    new = replace(WEIGHTS[0], version="2027", since=date(2027, 1, 1), source="会议纪要（虚构）", late_months=3)
    with database.write(by="李", why="会议纪要（虚构）") as session:
        text, day = weights_text(new), "2027-01-01"
        session.add(Entry(dictionary="weights", term="2027", meaning=text, valid_from=day, source=new.source))
        road = Entry(dictionary="area_mapping", term="某某路", meaning="高新区", valid_to="2026-12-31", source="虚构")
        session.add(road)
        session.add(Entry(dictionary="stage_probability", term="paused", meaning="0.01", source="虚构"))
    with database.read() as session:
        assert weights_versions(session)[-1] == new
        [rules] = load_rule_sets(session)
        assert rules.area_mappings == (AreaMapping("某某路", "高新区", "虚构", None, date(2026, 12, 31)),)
        assert rules.area_of("相城区某某路1号", TODAY) == "高新区"
        assert rules.area_of("相城区某某路1号", date(2027, 1, 1)) is None
        assert stage_probabilities(session, TODAY)["paused"] == Decimal("0.01")
        assert change_sets(session)[0].records == 3
