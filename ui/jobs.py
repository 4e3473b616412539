"""Work off the window's thread: questions, changes and long jobs, each answered on the thread that asked.

Four runners, so that none waits for another: ``reads`` with four threads, ``writes`` with one for what a user does
at once, ``long`` with one for jobs, ``quiet`` with one for those nobody waits for. Whatever goes wrong comes back as
``failed`` and is shown; nothing is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextvars import copy_context
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

READ_THREADS = 4


class RunningJob(QObject):
    """A job on its way. Its signals arrive on the thread that made it; connect them before it starts."""

    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, steps: Generator[Any, None, Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps = steps
        self._stop = Event()

    @Slot()
    def cancel(self) -> None:
        """Stop after the step under way; its transaction ends or is rolled back as a whole."""
        self._stop.set()

    def run(self) -> None:
        """Go through the steps; called on a runner's thread."""
        try:
            while not self._stop.is_set():
                self.progressed.emit(next(self._steps))
            self._steps.close()
            self.cancelled.emit()
        except StopIteration as end:
            self.finished.emit(end.value)
        except BaseException as error:  # noqa: BLE001  (whatever went wrong, the window must hear of it)
            self.failed.emit(error)


class _Task(QRunnable):
    """A call that a thread of a pool makes, in the context of who asked: a thread by itself speaks Chinese."""

    def __init__(self, call: Callable[[], None]) -> None:
        super().__init__()
        self._call, self._context = call, copy_context()

    def run(self) -> None:
        """Make the call."""
        self._context.run(self._call)


class _Answer(QObject):
    """Carries a result to the thread that asked."""

    done = Signal(object)
    failed = Signal(object)


class JobRunner(QObject):
    """Runs questions, changes and jobs; ``close`` waits for all of them."""

    went_wrong = Signal(object)  # an exception nobody else took
    writing = Signal(bool)  # a change is on its way; all changes are written

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reads, self._writes = QThreadPool(), QThreadPool()
        self._long, self._quiet = QThreadPool(), QThreadPool()
        self._reads.setMaxThreadCount(READ_THREADS)
        self._writes.setMaxThreadCount(1)
        self._long.setMaxThreadCount(1)
        self._quiet.setMaxThreadCount(1)
        self._answers: set[_Answer] = set()
        self._closed = False
        self._unwritten = 0
        self._jobs: set[RunningJob] = set()

    def query(
        self, ask: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[BaseException], None] | None = None
    ) -> None:
        """Ask off the window's thread; ``done`` gets the answer on it."""
        self._run(self._reads, ask, done, failed)

    def change(
        self, do: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[BaseException], None] | None = None
    ) -> None:
        """Make a change, one after the other; ``done`` gets what it returned."""
        self._unwritten += 1
        if self._unwritten == 1:
            self.writing.emit(True)
        self._run(self._writes, do, self._written(done), self._written(failed or self.went_wrong.emit))

    def _written(self, then: Callable[[Any], None]) -> Callable[[Any], None]:
        def told(result: Any) -> None:  # noqa: ANN401  (whatever the change returned)
            self._unwritten -= 1
            if not self._unwritten:
                self.writing.emit(False)
            then(result)

        return told

    def start(self, job: RunningJob, *, quiet: bool = False) -> RunningJob:
        """Start a long job; it belongs to the runner until it has ended.

        Args:
            job: not started yet.
            quiet: nobody asked for it: what somebody asks for meanwhile does not wait for its end.
        """
        self._jobs.add(job)
        for signal in (job.finished, job.failed):
            signal.connect(lambda _result, job=job: self._jobs.discard(job))
        job.cancelled.connect(lambda: self._jobs.discard(job))
        (self._quiet if quiet else self._long).start(_Task(job.run))
        return job

    def close(self) -> None:
        """Cancel the jobs, drop the questions that wait, and wait for what runs; no answer is given any more."""
        self._closed = True
        for job in tuple(self._jobs):
            job.cancel()
        for pool in (self._reads, self._writes, self._long, self._quiet):
            pool.waitForDone()

    def _run(
        self,
        pool: QThreadPool,
        call: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None] | None,
    ) -> None:
        answer = _Answer()
        self._answers.add(answer)
        answer.done.connect(lambda result: self._tell(done, result))
        answer.failed.connect(lambda error: self._tell(failed or self.went_wrong.emit, error))
        answer.done.connect(lambda _result: self._answers.discard(answer))
        answer.failed.connect(lambda _error: self._answers.discard(answer))

        def work() -> None:
            if self._closed and pool is self._reads:
                return
            try:
                result = call()
            except BaseException as error:  # noqa: BLE001  (shown by the window)
                answer.failed.emit(error)
            else:
                answer.done.emit(result)

        pool.start(_Task(work))

    def _tell(self, then: Callable[[Any], None], result: Any) -> None:  # noqa: ANN401  (whatever was asked)
        if not self._closed:
            then(result)
