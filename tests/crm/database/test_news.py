"""News from a real server: what one client commits, another hears; what is rolled back, nobody."""

from __future__ import annotations

from contextlib import closing
from itertools import islice

import pytest
from sqlalchemy import make_url

from crm.database import Database
from crm.database.postgresql import News, hear_news
from crm.services.records import create

SOON = 5.0
"""Seconds in which a notice that was sent arrives on any machine."""


def test_a_client_hears_what_another_commits_and_nothing_else(postgres_url: str) -> None:
    heard = hear_news(postgres_url, every=0.05)
    with closing(heard), closing(Database(postgres_url)) as database:
        assert next(heard) is None  # it listens now, and nobody has done anything

        def refused() -> None:
            with database.write(by="李", why="登记") as session:
                create(session, "leads", {"name": "甲"})
                session.flush()
                raise RuntimeError("never committed")

        with pytest.raises(RuntimeError):
            refused()
        with database.read() as session:
            session.connection()
        assert next(heard) is None
        numbers = []
        database.on_commit(lambda news: numbers.append(news.change_set_id))
        for name in ("甲", "乙"):
            with database.write(by="李", why="登记") as session:
                create(session, "leads", {"name": name})
        said = list(islice(filter(None, islice(heard, int(SOON / 0.05))), 2))
        assert next(heard) is None
        assert said == [News(number, frozenset({"leads"})) for number in numbers]
        assert len(numbers) == 2


def test_another_schema_is_another_bureau(postgres_url: str) -> None:
    url = make_url(postgres_url).update_query_dict({"options": "-csearch_path=pg_catalog"})
    heard = hear_news(url, every=0.05)
    with closing(heard), closing(Database(postgres_url)) as database:
        assert next(heard) is None
        with database.write(by="李", why="登记") as session:
            create(session, "leads", {"name": "甲"})
        assert [next(heard) for _turn in range(5)] == [None] * 5
