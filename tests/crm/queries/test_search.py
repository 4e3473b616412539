"""The search finds what a scan finds, on both databases, whatever was changed on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm.database import Database
from crm.database.search import rebuild
from crm.domain.companies.search import matches
from crm.domain.companies.texts import plain_text
from crm.queries.search import first_found, first_leads, search_leads
from crm.services.bulk import create_many, update_many
from crm.services.records import create, delete, update

NAMES = ("苏州芯片医疗科技有限公司", "相城区重庆路项目", "ABB机器人（苏州）", "𠮷野家餐饮", "长三角新材料研究院", "甲")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("芯", [0]),
        ("苏州", [2, 0]),
        ("片医疗", [0]),
        ("szxp", [0]),
        ("chongqing", [1]),
        ("abb", [2]),
        ("苏州 abb", [2]),
        ("𠮷野", [3]),
        ("csj", [4]),
        ("甲乙", []),
        ("  ", []),
        ("'\"*", []),
    ],
)
def test_any_part_of_a_name_its_pinyin_and_its_initials_find_it(
    database: Database, text: str, found: list[int]
) -> None:
    with database.write(by="李", why="登记") as session:
        ids = create_many(session, "leads", [{"name": name} for name in NAMES])
    with database.read() as session:
        result = search_leads(session, text)
        assert result.ids == [ids[place] for place in found]
        assert result.total == len(found)
        assert first_leads(session, text, limit=1) == result.ids[:1]


CODED = (
    {"code": "XT-2026-0001", "name": "甲", "credit_code": "91320507MA9XC00178"},
    {"code": "XT-2026-0012", "name": "2026年产项目"},
    {"code": "XT-2025-0003", "name": "乙"},
    {"code": "老A", "name": "丙"},
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("XT-2026-0012", [1]),
        ("xt-2026-0012", [1]),
        ("ＸＴ－2026－0012", [1]),
        ("XT-2026", [1, 0]),
        ("XT-2", [2, 1, 0]),
        ("XT", []),  # a whole code, or two initials
        ("91320507MA9XC00178", [0]),
        ("91320507ma9", [0]),
        ("91320", [0]),
        ("2026", [1]),
        ("老a", [3]),
        ("XT-2026 年产", []),
        ("XT_2026", []),
        ("XT-20%", []),
    ],
)
def test_codes_and_credit_codes_are_found_whole_or_by_their_beginning(
    database: Database, text: str, found: list[int]
) -> None:
    with database.write(by="李", why="登记") as session:
        ids = create_many(session, "leads", CODED)
    with database.read() as session:
        result = search_leads(session, text)
        assert result.ids == [ids[place] for place in found]
        assert result.total == len(found)
        assert first_found(session, text, limit=2) == result.ids[:2]


def test_a_lead_found_by_its_code_and_its_name_is_counted_once(database: Database) -> None:
    with database.write(by="李", why="登记") as session:
        both, name, code = create_many(
            session,
            "leads",
            [
                {"code": "AB12-1", "name": "AB12项目"},
                {"code": "ZZ-1", "name": "另一AB12项目"},
                {"code": "AB12-2", "name": "丙"},
            ],
        )
    with database.read() as session:
        found = search_leads(session, "ab12")
        assert (found.total, found.ids) == (3, [code, both, name])
        assert (search_leads(session, "ab12", 1).total, search_leads(session, "ab12", 1).ids) == (3, [code])


def test_the_investor_is_searched_too_and_words_may_be_in_either(database: Database) -> None:
    with database.write(by="李", why="登记") as session:
        lead = create(session, "leads", {"name": "智能制造项目", "investor": "相城实业"})
    with database.read() as session:
        assert search_leads(session, "相城 智能").ids == [lead.id]
        assert search_leads(session, "目相").ids == []


def test_the_index_follows_every_way_to_change_a_name(database: Database) -> None:
    with database.write(by="李", why="登记") as session:
        one, two, three = create_many(session, "leads", [{"name": "甲一"}, {"name": "甲二"}, {"name": "甲三"}])
        update(session, "leads", one, {"name": "乙一"})
    with database.write(by="李", why="改") as session:
        update_many(session, "leads", {two: {"name": None, "investor": "乙二"}})
        delete(session, "leads", three)
    with database.read() as session:
        assert search_leads(session, "甲").ids == []
        assert search_leads(session, "乙").ids == [two, one]


TEXTS = st.text(alphabet="苏州长沙行科技aAｂ1 ·（", min_size=0, max_size=8)


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Database:
    """Return a database of its own for the many examples: making one for each would take minutes."""
    path = tmp_path_factory.mktemp("search") / "xiangtu.db"
    path.write_bytes(sqlite_template.read_bytes())
    return Database(path)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(TEXTS, min_size=1, max_size=12), queries=st.lists(TEXTS, min_size=1, max_size=4))
def test_the_index_finds_what_a_scan_finds(scanned: Database, names: list[str], queries: list[str]) -> None:
    with scanned.write(by="李", why="登记") as session:
        ids = create_many(session, "leads", [{"name": name} for name in names])
        for text in queries:
            words = [word for word in text.split() if plain_text(word)]  # a dot alone says nothing
            wanted = [
                lead_id
                for lead_id, name in zip(ids, names, strict=True)
                if words and all(matches(word, name) for word in words)
            ]
            found = search_leads(session, text, limit=100_000).ids
            assert sorted(set(found) & set(ids)) == wanted


def test_an_index_built_anew_finds_the_same(database: Database) -> None:
    with database.write(by="李", why="登记") as session:
        create_many(session, "leads", [{"name": name} for name in NAMES])
        before = {text: search_leads(session, text).ids for text in ("苏州", "szxp", "甲")}
        assert rebuild(session.connection()) == len(NAMES)
        assert {text: search_leads(session, text).ids for text in before} == before
