"""Import by a simple page: a file, what was understood, what would change, the questions, then the button.

The core does the work (``crm.jobs.imports``): the page shows the document of its dry run and asks nothing twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHeaderView,
    QProgressBar,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from crm.domain.fields.registry import LEAD_FIELDS
from crm.i18n import N_, _
from ui.desk import Desk
from ui.errors import words
from ui.icons import Glyph
from ui.jobs import RunningJob
from ui.widgets.dialogs import open_dialog
from ui.widgets.labels import button, clear, label, pill, row

COUNTS: tuple[tuple[str, str, str], ...] = (
    ("new", N_("new"), "ok"),
    ("changed", N_("changed"), "info"),
    ("same", N_("the same"), "grey"),
    ("doubtful", N_("doubtful"), "warn"),
    ("faulty", N_("faulty"), "bad"),
    ("skipped", N_("passed over"), "grey"),
)
ACTIONS = {
    "new": N_("new"),
    "changed": N_("changed"),
    "same": N_("the same"),
    "doubtful": N_("doubtful"),
    "faulty": N_("faulty"),
    "skipped": N_("passed over"),
}
MOST_ROWS = 500
FILES = "*.xlsx *.xlsm *.xls *.csv *.tsv *.ods *.json"


class ImportPage(QWidget):
    """Leads from a workbook."""

    leads_asked = Signal()
    undo_asked = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAcceptDrops(True)
        self._desk, self._path = desk, Path()
        self._job: RunningJob | None = None
        self._answers: dict[str, str] = {}
        self._choices: dict[str, QComboBox] = {}
        self.document: Mapping[str, Any] | None = None
        self.choose = button(_("Choose a file"), self._choose, role="primary", glyph=Glyph.FOLDER, tokens=desk.tokens)
        self.again = button(_("Check again with these answers"), self._check_again)
        self.apply = button(_("Import"), self._apply, role="primary", glyph=Glyph.IMPORT, tokens=desk.tokens)
        self.cancel = button(_("Cancel"), self._cancel)
        self._state = label(
            _("Drop a workbook here, or choose one. Nothing is written before you have seen it."), "second", wrap=True
        )
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.hide()
        self._result = QVBoxLayout()
        self._result.setSpacing(12)
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(24, 20, 24, 20)
        inner.setSpacing(12)
        inner.addWidget(self._intro())
        inner.addLayout(self._result)
        inner.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(body)
        scroll.setAccessibleName(_("Import"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self._busy(on=False)

    # -- a file

    def open_file(self, path: Path) -> None:
        """Read a file and show what an import would do."""
        self._path, self._answers = path, {}
        self._run(dry_run=True)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on to what one does first."""
        self.choose.setFocus(event.reason())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.open_file(Path(paths[0]))

    def _choose(self) -> None:
        dialog = QFileDialog(self, _("Choose a file"), str(Path.home()), _("Ledgers ({pattern})").format(pattern=FILES))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self.open_file(Path(path)))
        open_dialog(dialog)

    # -- the job

    def _run(self, *, dry_run: bool) -> None:
        from crm.jobs.imports import Request, import_file  # noqa: PLC0415  (not before a file is chosen)

        workspace = self._desk.workspace
        request = Request(
            "leads",
            self._path,
            workspace.user,
            answers=dict(self._answers),
            backups=workspace.settings.backup_folder,
        )
        job = RunningJob(import_file(workspace.database, request, dry_run=dry_run))
        job.progressed.connect(self._progress)
        job.finished.connect(lambda document: self._show(document, dry_run=dry_run))
        job.failed.connect(self._failed)
        job.cancelled.connect(lambda: self._stopped(_("Cancelled; nothing was written.")))
        self._job = job
        self._busy(on=True)
        self._desk.runner.start(job)

    def _progress(self, step: Any) -> None:  # noqa: ANN401  (Progress)
        self._state.setText(step.text)
        self._bar.setRange(0, step.total or 0)
        self._bar.setValue(step.done)

    def _busy(self, *, on: bool) -> None:
        self._bar.setVisible(on)
        self.cancel.setVisible(on)
        self.choose.setEnabled(not on)
        for each in (self.again, self.apply):
            each.setEnabled(not on)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _failed(self, error: BaseException) -> None:
        self._stopped(words(error))
        clear(self._result)

    def _stopped(self, text: str) -> None:
        self._busy(on=False)
        self._state.setText(text)

    def _check_again(self) -> None:
        self._take_answers()
        self._run(dry_run=True)

    def _apply(self) -> None:
        self._take_answers()
        self._run(dry_run=False)

    def _take_answers(self) -> None:
        for key, choice in self._choices.items():
            if choice.currentData():
                self._answers[key] = str(choice.currentData())

    # -- showing

    def _intro(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(18, 14, 18, 14)
        layout.setSpacing(8)
        layout.addLayout(row(self.choose, self._state, None, self.cancel, spacing=14))
        layout.addWidget(self._bar)
        return card

    def _show(self, document: Mapping[str, Any], *, dry_run: bool) -> None:
        self.document = document
        self._busy(on=False)
        self._state.setText(str(self._path.name))
        self._detach()
        clear(self._result)
        self._result.addWidget(self._summary(document, dry_run=dry_run))
        if document["questions"] and dry_run:
            self._result.addWidget(self._questions(document["questions"]))
        self._result.addWidget(self._columns(document["sheets"]))
        self._result.addWidget(self._rows(document["rows"]))

    def _detach(self) -> None:
        """Keep the lasting buttons when the cards around them go."""
        self._choices = {}
        for each in (self.again, self.apply):
            each.setParent(None)

    def _card(self, heading: str) -> tuple[QFrame, QVBoxLayout]:
        card = QFrame()
        card.setObjectName("card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(18, 14, 18, 14)
        layout.setSpacing(8)
        layout.addWidget(label(heading, "card"))
        return card, layout

    def _summary(self, document: Mapping[str, Any], *, dry_run: bool) -> QFrame:
        counts = document["counts"]
        heading = _("What the import would do") if dry_run else _("Imported")
        card, layout = self._card(heading)
        marks = row(spacing=8)
        for key, name, tone in COUNTS:
            if counts.get(key):
                marks.addWidget(pill(f"{_(name)} {counts[key]:,}", tone))
        marks.addStretch(1)
        layout.addLayout(marks)
        if counts.get("held"):
            held = _("{number} rows look like known leads; they wait for an answer.").format(number=counts["held"])
            layout.addWidget(label(held, tone="warn", wrap=True))
        if dry_run:
            writes = counts.get("new", 0) + counts.get("changed", 0) + counts.get("doubtful", 0)
            self.apply.setEnabled(writes > 0)
            layout.addWidget(
                label(_("A backup is made and proved first; the import can be undone at any time."), "meta")
            )
            layout.addLayout(row(self.apply, self.again, None))
        else:
            batch = document.get("change_set") or document.get("batch")
            undo = button(_("Undo this import"), lambda: self.undo_asked.emit(int(batch)) if batch else None)
            layout.addLayout(row(button(_("Show the leads"), self.leads_asked.emit, role="primary"), undo, None))
        return card

    def _questions(self, questions: Sequence[Mapping[str, Any]]) -> QFrame:
        card, layout = self._card(_("Questions ({number})").format(number=len(questions)))
        layout.addWidget(label(_("What is not answered stays empty and is listed as doubtful."), "meta", wrap=True))
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        grid.setHorizontalSpacing(16)
        for place, question in enumerate(questions):
            choice = QComboBox()
            choice.addItem(_("(leave open)"), "")
            for code, words_ in zip(question["choices"], question["choice_texts"], strict=True):
                choice.addItem(str(words_), str(code))
            choice.setCurrentIndex(max(0, choice.findData(self._answers.get(question["key"], ""))))
            choice.setProperty("proposed", question.get("proposed") or "")
            choice.setAccessibleName(question["text"])
            choice.setMinimumWidth(self._desk.tokens.px(200))
            self._choices[question["key"]] = choice
            grid.addWidget(label(question["text"], wrap=True), place, 0)
            grid.addWidget(choice, place, 1, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(grid)
        if any(question.get("proposed") for question in questions):
            layout.addLayout(row(button(_("Take all proposals"), self._take_proposals), None))
        return card

    def _take_proposals(self) -> None:
        for choice in self._choices.values():
            place = choice.findData(choice.property("proposed"))
            if choice.property("proposed") and place > 0:
                choice.setCurrentIndex(place)

    def _columns(self, sheets: Sequence[Mapping[str, Any]]) -> QFrame:
        card, layout = self._card(_("What the columns were understood as"))
        for sheet in sheets:
            rows = "、".join(str(number) for number in sheet["header_rows"])
            layout.addWidget(
                label(
                    _("Sheet {sheet}, heading in row {rows}").format(sheet=sheet["name"] or "—", rows=rows or "—"),
                    "second",
                )
            )
            lines = [
                (one["column"], one["header"], _field_name(one["field"]), one["unit"] or "—", one["how_text"])
                for one in sheet["columns"]
            ]
            if lines:
                heads = (_("Column"), _("Heading"), _("Field"), _("Unit"), _("How"))
                layout.addWidget(_table(heads, lines, _("What the columns were understood as")))
            if sheet.get("unmapped"):
                kept = "、".join(str(one) for one in sheet["unmapped"])
                layout.addWidget(
                    label(_("Kept with the row, no field of ours: {columns}").format(columns=kept), "meta", wrap=True)
                )
        return card

    def _rows(self, rows: Sequence[Mapping[str, Any]]) -> QFrame:
        telling = [one for one in rows if one.get("notes") or one["action"] in ("doubtful", "faulty", "changed")]
        card, layout = self._card(_("Rows to look at ({number})").format(number=len(telling)))
        lines = [
            (
                str(one["row"]),
                _(ACTIONS.get(one["action"], one["action"])),
                str(one.get("lead") or ""),
                "；".join(_told(one)),
            )
            for one in telling[:MOST_ROWS]
        ]
        if lines:
            heads = (_("Row"), _("What happens"), _("Project"), _("Why"))
            layout.addWidget(_table(heads, lines, _("Rows to look at")))
        else:
            layout.addWidget(label(_("Every value was understood."), tone="ok"))
        if len(telling) > MOST_ROWS:
            more = _("and {number} more").format(number=len(telling) - MOST_ROWS)
            layout.addWidget(label(more, "meta"))
        return card


def _field_name(target: str) -> str:
    name, _colon, kind = target.partition(":")
    field = LEAD_FIELDS.get(name.partition(".")[0])
    return (_(field.label) if field is not None else target) + (f"：{kind}" if kind else "")


def _told(one: Mapping[str, Any]) -> list[str]:
    notes = [str(note) for note in one.get("notes", ())]
    for change in one.get("changes", ()):
        field = LEAD_FIELDS[change["field"]]
        notes.append(
            _("{field}: {before} → {after}").format(
                field=_(field.label), before=_short(change["before"]), after=_short(change["after"])
            )
        )
    return notes


def _short(value: Any) -> str:  # noqa: ANN401  (a JSON value)
    if isinstance(value, dict):
        return str(value.get("text") or value.get("low") or "—")
    return "—" if value is None else str(value)


def _table(heads: Sequence[str], lines: Sequence[Sequence[str]], name: str) -> QTableWidget:
    """Return a small table that cannot be edited, tall enough for some rows."""
    table = QTableWidget(len(lines), len(heads))
    table.setAccessibleName(name)
    table.setHorizontalHeaderLabels(list(heads))
    table.verticalHeader().hide()
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    table.setWordWrap(True)
    for place, line in enumerate(lines):
        for column, text in enumerate(line):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            table.setItem(place, column, item)
    head = table.horizontalHeader()
    for column in range(len(heads) - 1):
        head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
    head.setStretchLastSection(True)
    table.resizeRowsToContents()
    table.setFixedHeight(min(320, 40 + sum(table.rowHeight(place) for place in range(min(len(lines), 12)))))
    return table
