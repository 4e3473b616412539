"""The import wizard: file, columns, questions, rows, result. The core does the work, and nothing is written unseen.

Each answer is kept as a draft: a window that is closed, or falls over, goes on where it was. The file is read and
compared on the job's thread; what is shown of its rows is put into words when it is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QProgressBar, QScrollArea, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from crm.errors import ValueRefusedError, WorkbookError
from crm.i18n import _, ngettext, pgettext
from ui.desk import Desk
from ui.errors import words
from ui.icons import Glyph
from ui.imports.columns_step import ColumnsStep
from ui.imports.file_step import TEXT_FILES, FileStep
from ui.imports.looking import looking_at_headings, looking_through
from ui.imports.preview import Preview
from ui.imports.questions_step import QuestionsStep
from ui.imports.result_step import ResultStep
from ui.imports.rows_step import RowsStep
from ui.imports.state import DRAFT, ImportState, Said, state_of
from ui.jobs import RunningJob
from ui.widgets.dialogs import open_dialog, order_by_tab
from ui.widgets.labels import button, label, row

if TYPE_CHECKING:
    from crm.database import Committed
    from crm.domain.imports.grid import Sheet
    from crm.jobs.headings import Heading
    from crm.queries.history import ChangeSetRow

FILE, COLUMNS, QUESTIONS, ROWS, RESULT = range(5)
LATELY = 8


class ImportPage(QWidget):
    """The five pages, and the one job that runs for them."""

    leads_asked = Signal()
    check_asked = Signal(object)  # Path: the health of a ledger
    undo_asked = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAcceptDrops(True)
        self._desk = desk
        self.state: ImportState | None = None
        self.preview: Preview | None = None
        self.document: Mapping[str, Any] | None = None
        self._begun: ImportState | None = None
        self._stale = False  # something was said since the file was looked through
        self._job: RunningJob | None = None
        self._block: TemporaryDirectory[str] | None = None
        tokens = desk.tokens
        self.file, self.columns = FileStep(tokens), ColumnsStep(tokens)
        self.questions, self.rows, self.result = QuestionsStep(tokens), RowsStep(tokens), ResultStep(tokens)
        self.choose = self.file.choose
        self.steps = QTabBar()
        self.steps.setAccessibleName(_("Steps of the import"))
        self.steps.setExpanding(False)
        self._stack = QStackedWidget()
        pages = (
            (pgettext("step", "File"), self.file),
            (pgettext("step", "Columns"), self.columns),
            (pgettext("step", "Questions"), self.questions),
            (pgettext("step", "Preview"), self.rows),
            (pgettext("step", "Result"), self.result),
        )
        for number, (title, step) in enumerate(pages, 1):
            self.steps.addTab(f"{number} {title}")
            self._stack.addWidget(_scrolled(step, title))
        self.cancel = button(_("Cancel"), self._cancel)
        self.back = button(_("Back"), self._back)
        self.next = button(_("Next"), self._next, role="primary", glyph=Glyph.NEXT, tokens=tokens)
        self.apply = button(_("Import"), self._apply, role="primary", glyph=Glyph.IMPORT, tokens=tokens)
        self._told = label("", "second", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Progress"))
        self._lay_out()
        self._wire()
        self._go(FILE)
        self._busy(on=False)

    # -- what others call

    def open_file(self, path: Path) -> None:
        """Read a file and show how its columns were understood; nothing is written."""
        if not self._desk.opening.is_open:
            self._tell(_("Opening the database …"))
            return
        self.state = ImportState(path, str(self.file.kind.currentData()))
        self._check(COLUMNS)

    def tell(self, text: str) -> None:
        """Say what is being done."""
        self._tell(text)

    def news(self, news: Committed) -> None:
        """Show the last imports anew when one was taken back."""
        if news.kinds and self._stack.currentIndex() == FILE and self.isVisible():
            self._look_back()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on to what one does first."""
        self.choose.setFocus(event.reason())

    def showEvent(self, event: QShowEvent) -> None:
        """Look for what was begun before and what came in lately."""
        super().showEvent(event)
        self._look_back()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.open_file(Path(paths[0]))

    # -- making

    def _lay_out(self) -> None:
        foot = row(self._told, self.cancel, self.back, self.next, self.apply, spacing=10)
        foot.setStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 12, 24, 14)
        layout.setSpacing(10)
        layout.addWidget(self.steps)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._bar)
        layout.addLayout(foot)

    def _wire(self) -> None:
        self.steps.currentChanged.connect(self._show_step)
        self.file.file_chosen.connect(self.open_file)
        self.file.encoding_chosen.connect(self._encoded)
        self.file.check_asked.connect(self.check_asked.emit)
        self.file.pasted.connect(self._open_block)
        self.file.resumed.connect(self._resume)
        self.file.forgotten.connect(self._forget)
        self.file.undo_asked.connect(self.undo_asked.emit)
        self.columns.said.connect(self._said)
        self.columns.unsaid.connect(lambda heading: self._changed(self._of().without_said(heading)))
        self.columns.sheet_chosen.connect(lambda sheet: self._changed(replace(self._of(), sheet=sheet, answers={})))
        self.columns.heading_asked.connect(self._ask_heading)
        self.columns.recalled.connect(lambda code: self._changed(replace(self._of(), recall=code)))
        self.questions.answered.connect(self._answered)
        self.result.leads_asked.connect(self.leads_asked.emit)
        self.result.undo_asked.connect(self.undo_asked.emit)
        for step in (self.rows, self.result):
            step.faulty_asked.connect(self._choose_faulty)
        self.result.rows_asked.connect(lambda: self._go(ROWS))
        self.result.another_asked.connect(self._another)

    # -- going from page to page

    def _of(self) -> ImportState:
        if self.state is None:
            raise RuntimeError("no file is open")
        return self.state

    def _go(self, step: int) -> None:
        """Show a page; those that make no sense yet cannot be gone to."""
        done = self.preview is not None and not self.preview.imported.dry_run
        looked = self.preview is not None
        columns = (looked and not done) or step == COLUMNS
        for number, on in enumerate((True, columns, looked and not done, looked, done)):
            self.steps.setTabEnabled(number, on)
        if self.steps.currentIndex() == step:
            self._show_step(step)
        else:
            self.steps.setCurrentIndex(step)

    def _show_step(self, step: int) -> None:
        if step in (QUESTIONS, ROWS) and self._stale:  # what was said is looked through first
            self._check(step)
            return
        moved = step != self._stack.currentIndex()
        self._stack.setCurrentIndex(step)
        dry = self.preview is not None and self.preview.imported.dry_run
        self.back.setVisible(step in (COLUMNS, QUESTIONS, ROWS) and dry)
        self.next.setVisible(step in (COLUMNS, QUESTIONS) and dry)
        self.apply.setVisible(step == ROWS and dry)
        order_by_tab(self.steps, self._stack, self.cancel, self.back, self.next, self.apply)
        if moved and not self.steps.hasFocus():
            self._enter(step)
        if step == FILE:
            self._look_back()

    def _enter(self, step: int) -> None:
        """Let the keys go to what one does first on a page: Enter goes on where nothing is asked."""
        asked = [choice for choice in self.questions.choices.values() if not choice.currentData()]
        first: QWidget = self.choose
        if step == QUESTIONS:
            first = asked[0] if asked else self.next
        elif step in (COLUMNS, ROWS):
            first = self.next if step == COLUMNS else self.apply
        elif step == RESULT:
            first = self.result.first
        first.setFocus()

    def _next(self) -> None:
        step = self._stack.currentIndex() + 1
        if self._stale:
            self._check(step)
        else:
            self._go(step)

    def _back(self) -> None:
        self._go(max(FILE, self._stack.currentIndex() - 1))

    def _another(self) -> None:
        self.state = self.preview = self.document = None
        self._stale = False
        self._tell("")
        self._go(FILE)

    # -- what is said

    def _said(self, heading: str, said: Said) -> None:
        self._changed(self._of().with_said(heading, said))

    def _ask_heading(self, grid: Sheet, rows: Sequence[int]) -> None:
        """Let a person point at the rows of a heading that was not found, or was taken for another."""
        from ui.imports.heading_dialog import HeadingDialog  # noqa: PLC0415  (made when one is asked for)

        dialog = HeadingDialog(grid, rows, self._desk.tokens, self)
        dialog.auto.setVisible(grid.name in self._of().headings)
        dialog.named.connect(lambda rows: self._changed(self._of().with_heading(grid.name, rows)))
        open_dialog(dialog)

    def _changed(self, state: ImportState) -> None:
        """Look through the file again: what columns are understood as changes all the rest."""
        self.state = state
        self._check(COLUMNS)

    def _encoded(self, encoding: str) -> None:
        if self.state is not None:
            self._changed(replace(self.state, encoding=encoding))

    def _answered(self, key: str, answer: str) -> None:
        self.state = self._of().with_answer(key, answer)
        self._stale = True
        self._keep()
        self.questions.state_changed(self.state)

    def _take_proposals(self) -> None:
        self.questions.take_proposals()

    # -- the job

    def _check(self, then: int) -> None:
        """Look through the file as an import would, write nothing, and show a page."""
        self._stop_running()
        self._run(dry_run=True, done=lambda preview: self._checked(preview, then))

    def _run(self, *, dry_run: bool, done: Callable[[Preview], None]) -> None:
        job = RunningJob(looking_through(self._desk.workspace, self._of(), dry_run=dry_run))
        job.progressed.connect(lambda step: self._progress(job, step, dry_run=dry_run))
        job.finished.connect(lambda preview: self._ended(job, lambda: done(preview)))
        job.failed.connect(lambda error: self._ended(job, lambda: self._failed(error, dry_run=dry_run)))
        job.cancelled.connect(lambda: self._ended(job, lambda: self._tell(_("Cancelled; nothing was written."))))
        self._job = job
        self._busy(on=True)
        self._desk.runner.start(job)

    def _ended(self, job: RunningJob, then: Callable[[], object]) -> None:
        """Take the answer of a job, unless another was started since."""
        if job is self._job:
            self._job = None
            self._busy(on=False)
            then()

    def _progress(self, job: RunningJob, step: Any, *, dry_run: bool) -> None:  # noqa: ANN401  (Progress)
        if job is not self._job:
            return
        self._tell(step.text)
        self._bar.setRange(0, step.total or 0)
        self._bar.setValue(step.done)
        if not dry_run and step.done == step.total - 1:  # the last step is one transaction
            self.cancel.setEnabled(False)
            self._tell(_("writing; this is one step and is not broken off"))

    def _checked(self, preview: Preview, then: int) -> None:
        self.preview, self._stale = preview, False
        self.file.show_encodings("")
        self.columns.show_preview(preview, self._of())
        self.questions.show_preview(preview, self._of())
        self.rows.show_preview(preview)
        counts = preview.imported.counts
        self.apply.setEnabled(counts["new"] + counts["changed"] > 0)
        self.document = {"counts": dict(counts), "dry_run": True}
        self._tell(self._summary(preview))
        self._keep()
        self._go(then)

    def _summary(self, preview: Preview) -> str:
        counts = preview.imported.counts
        told = _(
            "{file}: {data} rows; {new} new, {changed} changed, {same} the same, {doubtful} doubtful, {faulty} faulty"
        )
        text = told.format(file=preview.imported.file, **{name: f"{count:,}" for name, count in counts.items()})
        still = len(preview.imported.understood.questions.open)
        return text + (_("; {number} questions open").format(number=still) if still else "")

    def _failed(self, error: BaseException, *, dry_run: bool) -> None:
        state = self.state
        if (
            dry_run
            and state is not None
            and isinstance(error, ValueRefusedError)
            and (error.where or "") in state.answers
        ):
            self._changed(state.with_answer(error.where or "", ""))  # what was asked then is asked no more
            return
        told = words(error)
        self._tell(told, tone="bad")
        self.preview = None
        if state is not None and state.path.suffix.lower() in TEXT_FILES and isinstance(error, WorkbookError):
            self.file.show_encodings(told)
        if dry_run and state is not None and isinstance(error, WorkbookError) and state.path.suffix.lower() != ".json":
            self._look_at_headings(state)
        else:
            self._go(FILE)

    def _look_at_headings(self, state: ImportState) -> None:
        """Ask for the headings of a file without records: perhaps a person knows which column names them."""
        job = RunningJob(looking_at_headings(state))

        def shown(headings: Sequence[Heading]) -> None:
            if headings:
                self.columns.show_headings(state.kind, headings, state)
            self._go(COLUMNS if headings else FILE)

        job.finished.connect(lambda headings: self._ended(job, lambda: shown(headings)))
        job.failed.connect(lambda _error: self._ended(job, lambda: self._go(FILE)))  # why is told already
        job.cancelled.connect(lambda: self._ended(job, lambda: self._go(FILE)))
        self._job = job
        self._busy(on=True)
        self._desk.runner.start(job)

    def _apply(self) -> None:
        """Write what was looked at; what becomes of it in a crash is told at the next start (``import_journal``)."""
        self.apply.setEnabled(False)
        self._run(dry_run=False, done=self._written)

    def _written(self, preview: Preview) -> None:
        self.preview = preview
        self.result.show_preview(preview)
        self.rows.show_preview(preview)
        counts = preview.imported.counts
        self.document = {"counts": dict(counts), "batch": preview.imported.batch, "dry_run": False}
        self.state = None
        self._tell(self._summary(preview))
        self._drop_draft()
        self._go(RESULT)

    def _busy(self, *, on: bool) -> None:
        self._bar.setVisible(on)
        self.cancel.setVisible(on)
        self.cancel.setEnabled(True)
        for each in (self.choose, self.file.paste, self.next, self.back):
            each.setEnabled(not on)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _stop_running(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _tell(self, text: str, *, tone: str = "") -> None:
        self._told.setText(text)
        self._told.setProperty("tone", tone)
        self._told.style().unpolish(self._told)
        self._told.style().polish(self._told)

    # -- the rows that were not taken

    def _choose_faulty(self) -> None:
        """Ask where the rows that cannot be written are kept: to be mended there and brought in by themselves."""
        if self.preview is None:
            return
        name = _("{file}, faulty rows").format(file=Path(self.preview.imported.file).stem)
        folder = self.state.path.parent if self.state is not None else Path.home()
        dialog = QFileDialog(self, _("Save the faulty rows as a workbook"), str(folder / f"{name}.xlsx"), "*.xlsx")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.fileSelected.connect(lambda path: self.save_faulty(Path(path)))
        open_dialog(dialog)

    def save_faulty(self, target: Path) -> None:
        """Write the faulty rows in the layout of their file, each with its reason."""
        from crm.jobs.leftovers import write_faulty  # noqa: PLC0415

        if self.preview is None:
            return
        imported = self.preview.imported

        def told(count: int) -> None:
            text = ngettext("{count} row in {file}", "{count} rows in {file}", count)
            self._desk.tell(text.format(count=f"{count:,}", file=target))

        self._desk.runner.query(lambda: write_faulty(imported, target), told, self._desk.fail)

    # -- drafts, and what was before

    def _keep(self) -> None:
        from crm.services.drafts import keep_draft  # noqa: PLC0415

        state = self.state
        if state is None or self._desk.workspace.database.read_only or self._is_block(state):
            return
        texts = state.texts()
        self._desk.change(lambda session: keep_draft(session, DRAFT, texts, None), _("Draft"))

    def _is_block(self, state: ImportState) -> bool:
        return self._block is not None and state.path.parent == Path(self._block.name)

    def _drop_draft(self) -> None:
        from crm.services.drafts import drop_draft  # noqa: PLC0415

        self._begun = None
        if not self._desk.workspace.database.read_only:
            self._desk.change(lambda session: drop_draft(session, DRAFT), _("Draft"))

    def _look_back(self) -> None:
        """Ask for the draft there may be, and for the last imports."""
        from crm.queries.history import change_sets  # noqa: PLC0415
        from crm.queries.working import draft  # noqa: PLC0415

        def ask(session: Any) -> tuple[Any, list[ChangeSetRow]]:  # noqa: ANN401
            return draft(session, DRAFT), change_sets(session, limit=LATELY, kinds=("import",))

        self._desk.ask(ask, lambda found: self._show_past(*found))

    def _show_past(self, kept: Any, sets: list[ChangeSetRow]) -> None:  # noqa: ANN401  (a draft or None)
        self.file.show_lately(sets)
        self._begun = state_of(kept.content) if kept is not None and self.state is None else None
        self.file.show_begun(self._begun)

    def _resume(self) -> None:
        if self._begun is not None:
            self.state = self._begun
            place = self.file.kind.findData(self.state.kind)
            self.file.kind.setCurrentIndex(max(0, place))
            self._check(COLUMNS)

    def _forget(self) -> None:
        self._drop_draft()
        self.file.show_begun(None)

    def _open_block(self, text: str) -> None:
        """Import a block pasted from a spreadsheet, by way of a file that lives as long as the page."""
        if not text.strip():
            self._tell(_("There is no table on the clipboard."), tone="bad")
            return
        self._block = TemporaryDirectory(prefix="xiangtu-")
        path = Path(self._block.name) / _("clipboard.tsv")
        path.write_text(text, encoding="utf-8")
        self.open_file(path)


def _scrolled(step: QWidget, title: str) -> QScrollArea:
    area = QScrollArea()
    area.setAccessibleName(title)
    area.setWidgetResizable(True)
    area.setWidget(step)
    return area
