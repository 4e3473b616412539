"""Making and changing leads from the window: opens the form, keeps its draft, settles a conflict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from crm.domain.fields.changes import changed_fields
from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.fields.words import list_mark
from crm.domain.fields.writing import value_to_text
from crm.domain.stages.explain import stage_name
from crm.errors import ConflictError, UserError
from crm.i18n import _, ngettext
from ui.desk import Desk
from ui.leads.cells import is_closed
from ui.leads.form import LeadForm
from ui.widgets.conflict_dialog import ConflictDialog
from ui.widgets.dialogs import open_dialog

if TYPE_CHECKING:
    from crm.queries.records import Record
    from crm.queries.working import DraftRow

PASTED = "capture"
"""The key of the draft of a pasted message."""


class LeadEditing(QObject):
    """One form at a time; every change goes through the services in the user's name."""

    saved = Signal(int)
    paste_asked = Signal()  # go on with the message that was pasted and not saved

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._window = desk, parent
        self.form: LeadForm | None = None
        self._record: Record | None = None  # the lead of the form, as it was shown

    def news(self) -> None:
        """Look whether the lead of the form was changed meanwhile, and by whom, and say so in the form."""
        from crm.queries.records import load  # noqa: PLC0415

        form, shown = self.form, self._record
        if form is None or shown is None:
            return

        def told(found: Sequence[Record]) -> None:
            if self.form is form:
                form.tell(stale_text(shown, found[0] if found else None))

        self._desk.ask(lambda session: load(session, "leads", [shown.id]), told)

    def new(self) -> None:
        """Open the form for a new lead, with the draft there may be."""
        from crm.queries.working import draft  # noqa: PLC0415

        if is_closed(self._desk):
            return
        self._desk.ask(lambda session: draft(session, "lead:new"), lambda kept: self._open(None, kept, ""))

    def new_with(self, texts: Mapping[str, str]) -> None:
        """Open the form for a new lead with what was typed elsewhere; one that waits to be saved comes first."""
        from crm.queries.working import draft  # noqa: PLC0415

        def opened(kept: DraftRow | None) -> None:
            if kept is None:
                self._open(None, None, "", texts)
                return
            name = kept.content.get("name") or _("(no name)")
            self._desk.tell(_("Another new lead waits to be saved: {name}").format(name=name), _("Go on"), self.new)

        self._desk.ask(lambda session: draft(session, "lead:new"), opened)

    def edit(self, lead_id: int, field: str) -> None:
        """Open the form of a lead at a field."""
        from crm.queries.records import load  # noqa: PLC0415
        from crm.queries.working import draft  # noqa: PLC0415

        if lead_id:
            self._desk.ask(
                lambda session: (load(session, "leads", [lead_id]), draft(session, f"lead:{lead_id}")),
                lambda found: self._open(found[0][0], found[1], field) if found[0] else None,
            )

    def tell_drafts(self) -> None:
        """Tell of a form that was not saved before the window was last closed, or fell over."""
        from crm.queries.working import drafts  # noqa: PLC0415

        def told(found: Sequence[DraftRow]) -> None:
            forms = [one for one in found if one.key.startswith("lead:") or one.key == PASTED]
            if not forms or self.form is not None:
                return
            newest = forms[0]
            if newest.key == PASTED:
                self._desk.tell(_("A pasted message was not saved yet."), _("Go on"), self.paste_asked.emit)
                return
            name = newest.content.get("name") or _("(no name)")
            text = _("Not saved yet: {name}").format(name=name)
            lead = newest.key.removeprefix("lead:")
            resume = self.new if lead == "new" else lambda: self.edit(int(lead), "")
            self._desk.tell(text, _("Go on"), resume)

        self._desk.ask(drafts, told)

    def keep_typed(self, key: str, texts: Mapping[str, str]) -> None:
        """Keep what is typed outside a form; nothing typed is nothing kept."""
        self._keep_draft(key, texts, None)

    def change_one(self, lead_id: int, changes: Mapping[str, Any], reason: str, base_version: int) -> None:
        """Change a lead as a dialog or a drop on the board asked; the toast says which lead is where now."""
        from crm.services.leads import change_lead  # noqa: PLC0415

        self._desk.change(
            lambda session: change_lead(session, lead_id, changes, reason=reason, base_version=base_version),
            reason or _("Change stage"),
            lambda record: self._desk.tell(_changed_text(record.values, changes), _("Undo"), self._undo),
        )

    def change_many(self, ids: Sequence[int], changes: Mapping[str, Any], reason: str) -> None:
        """Change the chosen leads in one transaction: all of them or, with the reason said, none."""
        from crm.domain.stages.pipeline import STEPS  # noqa: PLC0415
        from crm.queries.records import load  # noqa: PLC0415
        from crm.services.bulk import update_many  # noqa: PLC0415
        from crm.services.leads import change_lead  # noqa: PLC0415

        def work(session: Any) -> int:  # noqa: ANN401
            if not changes.keys() & set(STEPS):  # no rule of the pipeline is touched
                return len(update_many(session, "leads", dict.fromkeys(ids, changes)))
            before = {each.id: each.version for each in load(session, "leads", ids)}
            return sum(
                change_lead(session, lead_id, changes, reason=reason).version != before.get(lead_id) for lead_id in ids
            )

        def told(count: int) -> None:
            text = ngettext("{count} lead changed.", "{count} leads changed.", count).format(count=count)
            self._desk.tell(text, _("Undo"), self._undo)

        self._desk.change(work, reason or _("Bulk change"), told)

    def report_first(self, lead_id: int) -> None:
        """Ask for a further report of a lead, a completion or a correction, and enter it."""
        from crm.queries.first_reports import protection_of  # noqa: PLC0415
        from crm.queries.records import load  # noqa: PLC0415
        from crm.services.clock import today  # noqa: PLC0415
        from crm.services.first_reports import report  # noqa: PLC0415
        from ui.leads.first_report_dialog import FirstReportDialog  # noqa: PLC0415  (at the first report)

        def opened(found: Any) -> None:  # noqa: ANN401  (a record and its ledger)
            lead, entries = found
            name = str(lead.values.get("name") or lead.code)
            dialog = FirstReportDialog(
                name, entries, self._desk.workspace.user, self._desk.tokens, self._window.window()
            )

            def done(record: Any) -> None:  # noqa: ANN401  (Record)
                dialog.accept()
                self._desk.tell(_("The report {code} is entered.").format(code=record.code))

            dialog.agreed.connect(
                lambda values: self._desk.change(
                    lambda session: report(session, lead.code, values), _("first report"), done, dialog.refuse
                )
            )
            open_dialog(dialog)

        def ask(session: Any) -> Any:  # noqa: ANN401
            (lead,) = load(session, "leads", [lead_id])
            return lead, protection_of(session, lead, today())[0].entries

        if lead_id:
            self._desk.ask(ask, opened)

    undo_asked = Signal()

    def _undo(self) -> None:
        self.undo_asked.emit()

    def _open(self, record: Any, kept: Any, field: str, texts: Mapping[str, str] | None = None) -> None:  # noqa: ANN401  (rows of the core or None)
        key = f"lead:{record.id}" if record is not None else "lead:new"
        form = LeadForm(
            record.values if record is not None else {},
            self._desk.tokens,
            draft=kept.content if kept is not None else texts,
            note="" if kept is not None else _("These are the figures you had; nothing is saved yet."),
            parent=self._window,
        )
        form.kept.connect(lambda changes: self._keep(form, record, changes, key))
        form.draft_changed.connect(lambda texts: self._keep_draft(key, texts, record))
        form.thrown_away.connect(lambda: self._drop_draft(key))
        form.party_changed.connect(lambda party: self._look_for_known(form, record, party))
        form.known_asked.connect(lambda lead_id: self._leave_for(form, lead_id))
        form.finished.connect(lambda _code: setattr(self, "form", None))
        self.form, self._record = form, record
        if self._desk.workspace.database.read_only:
            form.close_for_writing(_("The database is open for reading only: nothing is changed here."))
        open_dialog(form)
        form.focus_field(field or "name")

    def _leave_for(self, form: LeadForm, lead_id: int) -> None:
        form.close()
        self.saved.emit(lead_id)

    def _keep(self, form: LeadForm, record: Any, changes: Mapping[str, Any], key: str) -> None:  # noqa: ANN401
        from crm.services.drafts import drop_draft  # noqa: PLC0415
        from crm.services.leads import change_lead  # noqa: PLC0415
        from crm.services.records import create  # noqa: PLC0415

        def work(session: Any) -> Any:  # noqa: ANN401
            if record is None:
                made = create(session, "leads", {"status": "active", "stage": "lead", **changes})
            else:
                made = change_lead(session, record.id, changes, base_version=record.version)
            drop_draft(session, key)
            return made

        def done(made: Any) -> None:  # noqa: ANN401
            if self.form is form:
                form.accept()
            self.saved.emit(made.id)
            self._desk.tell(_("{code} saved.").format(code=made.code), _("Undo"), self._undo)

        def failed(error: BaseException) -> None:
            if self.form is not form:  # it was left meanwhile; its draft is kept
                self._desk.fail(error)
            elif isinstance(error, ConflictError):
                self._settle(form, record, changes, key)
            elif isinstance(error, UserError):
                form.refuse(error.message)
            else:
                form.refuse("")
                self._desk.fail(error)

        why = _("New lead") if record is None else _("Edit {code}").format(code=record.code)
        self._desk.change(work, why, done, failed)

    def _settle(self, form: LeadForm, record: Any, changes: Mapping[str, Any], key: str) -> None:  # noqa: ANN401
        """Show the three-way choice: what it was, what the other wrote, what is typed here."""
        from crm.queries.records import load  # noqa: PLC0415

        def choose(found: Any) -> None:  # noqa: ANN401
            if not found:
                form.refuse(_("This lead is no longer there."))
                return
            dialog = ConflictDialog(record.values, found[0].values, changes, self._desk.tokens, form)
            dialog.settled.connect(lambda mine: self._keep(form, found[0], mine, key))
            dialog.rejected.connect(lambda: form.refuse(_("Nothing was saved.")))
            open_dialog(dialog)

        self._desk.ask(lambda session: load(session, "leads", [record.id]), choose)

    def _keep_draft(self, key: str, texts: Mapping[str, str], record: Any) -> None:  # noqa: ANN401
        from crm.services.drafts import drop_draft, keep_draft  # noqa: PLC0415

        if self._desk.workspace.database.read_only:
            return
        version = record.version if record is not None else None
        if texts:
            self._desk.change(lambda session: keep_draft(session, key, texts, version), _("Draft"))
        else:
            self._desk.change(lambda session: drop_draft(session, key), _("Draft"))

    def _drop_draft(self, key: str) -> None:
        from crm.services.drafts import drop_draft  # noqa: PLC0415

        if self._desk.workspace.database.read_only:
            return
        self._desk.change(lambda session: drop_draft(session, key), _("Draft"))

    def _look_for_known(self, form: LeadForm, record: Any, party: Mapping[str, Any]) -> None:  # noqa: ANN401
        from crm.queries.known import leads_like  # noqa: PLC0415

        own = record.id if record is not None else 0

        def show(found: Any) -> None:  # noqa: ANN401
            if self.form is form:
                form.show_duplicates(found)

        self._desk.ask(lambda session: leads_like(session, party, but=own), show)


def stale_text(shown: Record, now: Record | None) -> str:
    """Return what became of a lead since a form has shown it; "" for nothing.

    Args:
        shown: as the form shows it.
        now: as it is; None: it is gone.
    """
    if now is None:
        return _("This lead is no longer there.")
    names = [name for name in changed_fields(shown.values, now.values) if name in LEAD_FIELDS]
    if not names:
        return ""
    fields = list_mark().join(
        _("{field}: {value}").format(
            field=_(LEAD_FIELDS[name].label),
            value=value_to_text(LEAD_FIELDS[name], now.values.get(name)) or _("(nothing)"),
        )
        for name in names
    )
    return _("Changed meanwhile: {fields}. Where you change the same, you are asked which holds.").format(fields=fields)


def _changed_text(values: Mapping[str, Any], changes: Mapping[str, Any]) -> str:
    """Return what became of a lead: where it moved to, else that it was changed."""
    if "stage" not in changes:
        return _("Changed.")
    stage = stage_name(str(changes["stage"]), values)
    return _("{name} is at “{stage}” now.").format(name=values.get("name") or values.get("code"), stage=stage)
