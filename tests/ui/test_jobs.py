"""The runners: none waits for another."""

from __future__ import annotations

from collections.abc import Generator
from threading import Event

from pytestqt.qtbot import QtBot

from ui.jobs import JobRunner, RunningJob
from ui.pictures import wait_for


def test_what_somebody_asks_for_does_not_wait_for_a_quiet_job(qtbot: QtBot) -> None:
    del qtbot
    gate, done = Event(), list[str]()

    def quiet() -> Generator[str, None, str]:
        yield "waits"
        gate.wait()
        return "quiet"

    def asked() -> Generator[str, None, str]:
        yield "step"
        return "asked"

    runner = JobRunner()
    for job, still in ((RunningJob(quiet()), True), (RunningJob(asked()), False)):
        job.finished.connect(done.append)
        runner.start(job, quiet=still)
    wait_for(lambda: done == ["asked"])
    gate.set()
    wait_for(lambda: done == ["asked", "quiet"])
    runner.close()


def test_the_runner_says_while_something_is_written(qtbot: QtBot) -> None:
    del qtbot
    runner, told = JobRunner(), list[bool]()
    runner.writing.connect(told.append)
    results: list[int] = []
    for number in (1, 2):
        runner.change(lambda number=number: number, results.append)  # type: ignore[misc]  # bound at once
    wait_for(lambda: results == [1, 2])
    assert told == [True, False]
    runner.close()
