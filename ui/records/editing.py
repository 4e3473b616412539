"""Making and changing records of a kind from the window: opens the form, keeps its draft, settles a conflict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from crm.domain.fields.registry import KIND_LABELS, RECORD_FIELDS
from crm.errors import ConflictError, UserError
from crm.i18n import _
from ui.desk import Desk
from ui.widgets.dialogs import open_dialog

if TYPE_CHECKING:
    from ui.records.form import RecordForm


class RecordEditing(QObject):
    """One form at a time; every change goes through the services in the user's name."""

    saved = Signal(str, int)  # kind, id
    undo_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._window = desk, parent
        self.form: RecordForm | None = None

    def new(self, kind: str) -> None:
        """Open the form for a new record, with the draft there may be."""
        from crm.queries.working import draft  # noqa: PLC0415  (not before the first paint)

        self._desk.ask(lambda session: draft(session, f"{kind}:new"), lambda kept: self._open(kind, None, kept, ""))

    def edit(self, kind: str, record_id: int, field: str = "") -> None:
        """Open the form of a record at a field."""
        from crm.queries.records import load  # noqa: PLC0415
        from crm.queries.working import draft  # noqa: PLC0415

        def opened(found: Any) -> None:  # noqa: ANN401  (records, and a draft or None)
            if found[0]:
                self._open(kind, found[0][0], found[1], field)

        self._desk.ask(
            lambda session: (load(session, kind, [record_id]), draft(session, f"{kind}:{record_id}")), opened
        )

    def _open(self, kind: str, record: Any, kept: Any, field: str) -> None:  # noqa: ANN401  (rows of the core or None)
        from ui.records.form import RecordForm  # noqa: PLC0415  (the page is shown without it)

        key = f"{kind}:{record.id}" if record is not None else f"{kind}:new"
        form = RecordForm(
            kind,
            record.values if record is not None else {},
            self._desk.tokens,
            draft=kept.content if kept is not None else None,
            parent=self._window,
        )
        form.kept.connect(lambda changes: self._keep(form, kind, record, changes))
        form.draft_changed.connect(lambda texts: self._keep_draft(key, texts, record))
        form.thrown_away.connect(lambda: self._drop_draft(key))
        form.finished.connect(lambda _code: setattr(self, "form", None))
        self.form = form
        open_dialog(form)
        form.focus_field(field or next(iter(form.lines)))

    def _keep(self, form: RecordForm, kind: str, record: Any, changes: Mapping[str, Any]) -> None:  # noqa: ANN401
        from crm.services.drafts import drop_draft  # noqa: PLC0415
        from crm.services.records import create, update  # noqa: PLC0415

        key = f"{kind}:{record.id}" if record is not None else f"{kind}:new"

        def work(session: Any) -> Any:  # noqa: ANN401
            if record is None:
                made = create(session, kind, changes)
            else:
                made = update(session, kind, record.id, changes, base_version=record.version)
            drop_draft(session, key)
            return made

        def done(made: Any) -> None:  # noqa: ANN401
            if self.form is form:
                form.accept()
            self.saved.emit(kind, made.id)
            self._desk.tell(_("{code} saved.").format(code=made.code), _("Undo"), self.undo_asked.emit)

        def failed(error: BaseException) -> None:
            if self.form is not form:  # it was left meanwhile; its draft is kept
                self._desk.fail(error)
            elif isinstance(error, ConflictError):
                self._settle(form, kind, record, changes)
            elif isinstance(error, UserError):
                form.refuse(error.message, str(error.where or ""))
            else:
                form.refuse("")
                self._desk.fail(error)

        new = _("New: {kind}").format(kind=_(KIND_LABELS[kind]))
        why = new if record is None else _("Edit {code}").format(code=record.code)
        self._desk.change(work, why, done, failed)

    def _settle(self, form: RecordForm, kind: str, record: Any, changes: Mapping[str, Any]) -> None:  # noqa: ANN401
        """Show the three-way choice: what it was, what the other wrote, what is typed here."""
        from crm.queries.records import load  # noqa: PLC0415
        from ui.widgets.conflict_dialog import ConflictDialog  # noqa: PLC0415

        def choose(found: Any) -> None:  # noqa: ANN401
            if not found:
                form.refuse(_("This record is no longer there."))
                return
            fields = RECORD_FIELDS[kind]
            dialog = ConflictDialog(record.values, found[0].values, changes, self._desk.tokens, form, fields=fields)
            dialog.settled.connect(lambda mine: self._keep(form, kind, found[0], mine))
            dialog.rejected.connect(lambda: form.refuse(_("Nothing was saved.")))
            open_dialog(dialog)

        self._desk.ask(lambda session: load(session, kind, [record.id]), choose)

    def _keep_draft(self, key: str, texts: Mapping[str, str], record: Any) -> None:  # noqa: ANN401
        from crm.services.drafts import drop_draft, keep_draft  # noqa: PLC0415

        version = record.version if record is not None else None
        if texts:
            self._desk.change(lambda session: keep_draft(session, key, texts, version), _("Draft"))
        else:
            self._desk.change(lambda session: drop_draft(session, key), _("Draft"))

    def _drop_draft(self, key: str) -> None:
        from crm.services.drafts import drop_draft  # noqa: PLC0415

        self._desk.change(lambda session: drop_draft(session, key), _("Draft"))
