"""What others commit is heard, from a file and from a server; what one does oneself is not."""

from __future__ import annotations

from contextlib import closing
from queue import Empty, Queue
from threading import Event, Thread

import pytest

from crm.database import Committed, Database
from crm.jobs.news import OthersNews
from crm.services.records import create

SOON = 10.0
"""Seconds in which a change is heard of on any machine."""


def test_what_another_commits_is_heard_and_nothing_else(database: Database, database_url: str) -> None:
    stop, heard, begun = Event(), Queue[Committed](), Event()

    def hear() -> None:
        news = OthersNews(database, stop, look_at_file=0.05).come()
        begun.set()
        for one in news:
            heard.put(one)

    with database.write(by="李", why="之前") as session:
        create(session, "leads", {"name": "甲"})
    thread = Thread(target=hear)
    thread.start()
    try:
        begun.wait(SOON)
        with closing(Database(database_url)) as other:
            told: list[Committed] = []
            other.on_commit(told.append)
            first = _until_heard(other, heard)
            with database.write(by="李", why="自己的") as session:
                create(session, "leads", {"name": "丙"})
            with other.write(by="周", why="别人的") as session:
                create(session, "funds", {"name": "基金（虚构）"})
            second = heard.get(timeout=SOON)
            while second.change_set_id != told[-1].change_set_id:  # an own one may be told where its notice was faster
                second = heard.get(timeout=SOON)
        assert first.kinds == {"leads"}
        assert second.kinds == {"funds"}
    finally:
        stop.set()
        thread.join(SOON)
    assert not thread.is_alive()


def _until_heard(other: Database, heard: Queue[Committed]) -> Committed:
    """Write until it is heard: nobody tells when the listening begins."""
    for number in range(int(SOON)):
        with other.write(by="周", why="别人的") as session:
            create(session, "leads", {"name": f"乙{number}"})
        try:
            return heard.get(timeout=1.0)
        except Empty:
            continue
    pytest.fail("nothing was heard")
