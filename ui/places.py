"""The places of the navigation: each page, made at its first visit and wired to the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm.domain.documents import LEAD_DOCUMENTS, document_word
from crm.domain.fields.registry import KIND_LABELS
from crm.i18n import _, pgettext
from ui.icons import Glyph
from ui.main_window import NUMBERED, MainWindow, Place

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.search import Command

Renderers = Mapping[str, Callable[[], Callable[..., Any]]]

RESOURCES = (
    "communities",
    "funds",
    "plots",
    "carriers",
    "platforms",
    "clusters",
    "stations",
    "institutions",
    "talents",
    "services",
    "providers",
)
"""Kinds of record that a lead may be given or brought together with."""

ENTERPRISES = (
    "enterprises",
    "agreements",
    "obligations",
    "performance",
    "evaluations",
    "rd-institutions",
    "enterprise-requests",
    "financing-needs",
    "incentives",
    "clearings",
    "enrolments",
)
"""Kinds of record about firms that are here."""

AFFAIRS = (
    "approvals",
    "approval-chains",
    "approval-steps",
    "requirements",
    "reviews",
    "exceptions",
    "proofs",
    "access-list",
    "background-checks",
    "planning-checks",
    "plans",
    "plan-uses",
    "functional-areas",
    "stewards",
    "targets",
    "officers",
    "campaigns",
    "sign-ups",
    "groups",
    "group-requests",
    "cooperations",
    "referrals",
    "service-records",
    "fund-contacts",
    "first-reports",
    "duplicate-decisions",
    "transfers",
    "merges",
    "persons",
    "texts",
)
"""Kinds of record about how the work is done."""

BY_PAGE = {"resources": RESOURCES, "enterprises": ENTERPRISES, "affairs": AFFAIRS}
"""Which page shows which kinds."""


@dataclass(frozen=True)
class Places:
    """Makes the pages and lets one ask for another; pages do not know each other.

    It has no slots: Qt holds a method it calls weakly.

    Attributes:
        undo: takes the last change back.
        take_back: takes a change set back by its number; or, by the id and kind of a record, only what it did to it.
        check_ledger: looks at a ledger and opens what was found; told where to show how far it is.
    """

    desk: Desk
    window: MainWindow
    renderers: Renderers
    undo: Callable[[], object]
    take_back: Callable[..., object]
    check_ledger: Callable[[Path, Callable[[str], None]], object]

    def every(self) -> tuple[Place, ...]:
        """Return the entries of the navigation, in their order."""
        assess, keep, noted = _("Assessment tools"), _("Resources of the district"), _("Traces of work")
        return (
            Place("today", pgettext("page", "Today"), Glyph.TODAY, self._today),
            Place("leads", _("Leads"), Glyph.LEADS, self._leads),
            Place("agenda", _("Agenda"), Glyph.CALENDAR, self._agenda),
            Place("matching", _("Matching"), Glyph.MATCH, self._matching, section=assess),
            Place("calculator", _("Threshold calculator"), Glyph.THRESHOLD, self._calculator, section=assess),
            Place("dashboard", _("Dashboard"), Glyph.DASHBOARD, self._dashboard, section=assess),
            Place("statistics", _("Statistics"), Glyph.STATISTICS, self._statistics, section=assess),
            Place("resources", _("Resources"), Glyph.DATABASE, self._resources, section=keep),
            Place("enterprises", _("Enterprises here"), Glyph.ENTERPRISE, self._enterprises, section=keep),
            Place("duplicates", _("Duplicates"), Glyph.COPY, self._duplicates, section=keep),
            Place("affairs", _("Affairs and catalogues"), Glyph.TABLE, self._affairs, section=keep),
            Place("overviews", _("At a glance"), Glyph.COLUMNS, self._overviews, section=keep),
            Place("releases", _("Documents made"), Glyph.PDF, self._releases, section=noted),
            Place("history", _("History"), Glyph.HISTORY, self._history, section=noted),
            Place("imports", _("Import"), Glyph.IMPORT, self._imports, below=True),
            Place("preferences", _("Rules and settings"), Glyph.SETTINGS, self._preferences, below=True),
        )

    def commands(self) -> list[Command]:
        """Return what the palette offers to do: every page, every act of the window and of the leads, documents."""
        from ui.search import Command  # noqa: PLC0415  (the first leads are painted without it)

        found = [
            Command(_("Go to {page}").format(page=place.title), f"Ctrl+{number}" if number <= NUMBERED else "", go)
            for number, place in enumerate(self.every(), 1)
            for go in (partial(self.window.go, place.key),)
        ]
        leads: Any = self.window.page("leads")
        actions = [*self.window.actions(), *(leads.actions() if leads is not None else ())]
        found += [
            Command(action.text(), action.shortcut().toString(), action.trigger)
            for action in {each.text(): each for each in reversed(actions) if each.text()}.values()
        ]
        found += [
            Command(_("Print: {document}").format(document=document_word(kind)), "", partial(self._document_here, kind))
            for kind in LEAD_DOCUMENTS
        ]
        new = [(key, kind) for key, kinds in BY_PAGE.items() for kind in kinds if kind in KIND_LABELS]
        found += [
            Command(_("New: {kind}").format(kind=_(KIND_LABELS[kind])), "", partial(self._new_record, key, kind))
            for key, kind in new
        ]
        return found

    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of record that have a page."""
        return tuple(kind for kinds in BY_PAGE.values() for kind in kinds if kind in KIND_LABELS)

    def open_record(self, kind: str, record_id: int) -> None:
        """Show a record that is no lead, on the page of its kind."""
        page: Any = self.window.go(next(key for key, kinds in BY_PAGE.items() if kind in kinds))
        page.show_kind(kind, record_id)

    def _new_record(self, key: str, kind: str) -> None:
        page: Any = self.window.go(key)
        page.show_kind(kind)
        page.editing.new(kind)

    def _document_here(self, kind: str) -> None:
        page: Any = self.window.go("leads")
        self.document(kind, page.current_ids()[:1])

    def document(self, kind: str, ids: Sequence[int]) -> None:
        """Open the preview of a document about the first of some leads, or the first two."""
        if ids:
            from ui.documents.opening import open_document  # noqa: PLC0415  (at the first document)

            open_document(self.desk, self.renderers, kind, ids, self.window)

    def _today(self) -> Any:  # noqa: ANN401  (a page)
        from datetime import date  # noqa: PLC0415

        from ui.today.page import TodayPage  # noqa: PLC0415  (made at its first visit)

        page = TodayPage(self.desk, date.today)
        page.lead_asked.connect(self._show_lead)
        page.leads_asked.connect(self._show_leads)
        page.filter_asked.connect(self._filter_leads)
        page.pairs_asked.connect(lambda: self.window.go("duplicates"))
        page.import_asked.connect(lambda: self.window.go("imports"))
        page.new_asked.connect(self.window.new_asked.emit)
        page.note_changed.connect(lambda note: self.window.set_note("today", note))
        return page

    def _dashboard(self) -> Any:  # noqa: ANN401  (a page)
        from datetime import date  # noqa: PLC0415

        from ui.dashboard.page import DashboardPage  # noqa: PLC0415  (made at its first visit)

        page = DashboardPage(self.desk, date.today)
        page.filter_asked.connect(self._filter_leads)
        page.lead_asked.connect(self._show_lead)
        page.import_asked.connect(lambda: self.window.go("imports"))
        return page

    def _show_lead(self, lead_id: int) -> None:
        page: Any = self.window.go("leads")
        page.open_lead(lead_id)

    def _filter_leads(self, where: object) -> None:
        page: Any = self.window.go("leads")
        page.list.take_filter(where)

    def _agenda(self) -> Any:  # noqa: ANN401  (a page)
        from datetime import date  # noqa: PLC0415

        from ui.agenda.page import AgendaPage  # noqa: PLC0415  (made at its first visit)

        page = AgendaPage(self.desk, date.today())  # noqa: DTZ011  (the day on the desk)
        page.lead_asked.connect(self._open_lead)
        page.note_changed.connect(lambda note: self.window.set_note("agenda", note))
        page.undo_asked.connect(self.undo)
        return page

    def paste(self) -> None:
        """Open what was copied as a text to register a lead from."""
        from datetime import date  # noqa: PLC0415

        from PySide6.QtWidgets import QApplication  # noqa: PLC0415

        from ui.capture.dialog import CaptureDialog  # noqa: PLC0415  (at the first message)
        from ui.widgets.dialogs import open_dialog  # noqa: PLC0415

        today = date.today()  # noqa: DTZ011  (the day on the desk)
        dialog = CaptureDialog(self.desk, today, QApplication.clipboard().text(), self.window)
        dialog.saved.connect(self._open_lead)
        dialog.known_asked.connect(self._open_lead)
        dialog.undo_asked.connect(self.undo)
        open_dialog(dialog)

    def _show_leads(self, ids: object) -> None:
        page: Any = self.window.go("leads")
        page.show_these(ids)

    def _leads(self) -> Any:  # noqa: ANN401  (a page)
        from ui.leads.page import LeadsPage  # noqa: PLC0415  (made at its first visit)

        page = LeadsPage(self.desk)
        page.heading_changed.connect(lambda note: self.window.set_note("leads", note))
        page.document_asked.connect(self.document)
        page.import_asked.connect(lambda: self.window.go("imports"))
        page.export_asked.connect(self._export)
        page.print_asked.connect(self._print_list)
        return page

    def _print_list(self, listed: Any) -> None:  # noqa: ANN401  (of a signal)
        from ui.documents.listing import open_list  # noqa: PLC0415  (at the first list)

        open_list(self.desk, self.renderers["lead_list"], listed, self.window)

    def _export(self, ids: Any, columns: Any) -> None:  # noqa: ANN401  (of a signal)
        from ui.exports.opening import open_export  # noqa: PLC0415  (at the first export)

        open_export(self.desk, ids, columns, self.window)

    def _matching(self) -> Any:  # noqa: ANN401  (a page)
        from datetime import date  # noqa: PLC0415

        from ui.matching.page import MatchingPage  # noqa: PLC0415

        page = MatchingPage(self.desk, date.today())  # noqa: DTZ011  (the day on the desk)
        page.lead_asked.connect(self._open_lead)
        page.edit_asked.connect(self._edit_lead)
        page.weights_asked.connect(self._keep_weights)
        return page

    def _keep_weights(self, weights: object) -> None:
        page: Any = self.window.go("preferences")
        page.keep_weights(weights)

    def _preferences(self) -> Any:  # noqa: ANN401  (a page)
        from datetime import date  # noqa: PLC0415

        from ui.preferences.page import PreferencesPage  # noqa: PLC0415

        page = PreferencesPage(self.desk, date.today())  # noqa: DTZ011  (the day on the desk)
        page.machine_asked.connect(self.window.settings_asked.emit)
        page.matching_asked.connect(lambda: self.window.go("matching"))
        return page

    def _edit_lead(self, lead_id: int, field: str) -> None:
        page: Any = self.window.go("leads")
        page.editing.edit(lead_id, field)

    def _calculator(self) -> Any:  # noqa: ANN401  (a page)
        from datetime import date  # noqa: PLC0415

        from ui.calculator.page import CalculatorPage  # noqa: PLC0415

        page = CalculatorPage(self.desk, date.today())  # noqa: DTZ011  (the day on the desk)
        page.save_asked.connect(self._new_lead)
        return page

    def _new_lead(self, texts: Mapping[str, str]) -> None:
        page: Any = self.window.go("leads")
        page.editing.new_with(texts)

    def _statistics(self) -> Any:  # noqa: ANN401  (a page)
        from datetime import date  # noqa: PLC0415

        from ui.documents.opening import open_report  # noqa: PLC0415
        from ui.statistics.page import StatisticsPage  # noqa: PLC0415

        page = StatisticsPage(self.desk, date.today())  # noqa: DTZ011  (the day on the desk)
        page.print_asked.connect(lambda facts: open_report(self.desk, self.renderers, facts, self.window))
        page.leads_asked.connect(self._show_leads)
        return page

    def _resources(self) -> Any:  # noqa: ANN401  (a page)
        return self._records("resources")

    def _enterprises(self) -> Any:  # noqa: ANN401  (a page)
        return self._records("enterprises")

    def _affairs(self) -> Any:  # noqa: ANN401  (a page)
        return self._records("affairs")

    def _duplicates(self) -> Any:  # noqa: ANN401  (a page)
        from ui.duplicates.page import DuplicatesPage  # noqa: PLC0415  (made at its first visit)

        page = DuplicatesPage(self.desk)
        page.lead_asked.connect(self._open_lead)
        page.record_asked.connect(self.open_record)
        page.document_asked.connect(self.document)
        page.undo_asked.connect(self.undo)
        page.note_changed.connect(lambda note: self.window.set_note("duplicates", note))
        return page

    def _records(self, key: str) -> Any:  # noqa: ANN401  (a page)
        from datetime import date  # noqa: PLC0415

        from ui.records.page import RecordsPage, known_kinds  # noqa: PLC0415

        page = RecordsPage(self.desk, known_kinds(BY_PAGE[key]), date.today())  # noqa: DTZ011  (the day on the desk)
        page.note_changed.connect(lambda note: self.window.set_note(key, note))
        page.lead_asked.connect(self._open_lead)
        page.import_asked.connect(self._import_kind)
        page.export_asked.connect(self._export_records)
        page.print_asked.connect(lambda document, record_id: self.document(document, [record_id]))
        page.undo_asked.connect(self.undo)
        page.take_back_asked.connect(lambda number, kind, record_id: self.take_back(number, record_id, kind))
        return page

    def _open_lead(self, lead_id: int) -> None:
        page: Any = self.window.go("leads")
        page.open_lead(lead_id)

    def _import_kind(self, kind: str) -> None:
        page: Any = self.window.go("imports")
        page.file.kind.setCurrentIndex(max(0, page.file.kind.findData(kind)))

    def _export_records(self, kind: str, ids: Sequence[int]) -> None:
        from ui.exports.opening import open_records_export  # noqa: PLC0415  (at the first export)

        open_records_export(self.desk, kind, ids, self.window)

    def _releases(self) -> Any:  # noqa: ANN401  (a page)
        from ui.releases.page import ReleasesPage  # noqa: PLC0415

        page = ReleasesPage(self.desk)
        page.open_asked.connect(self._open_release)
        page.lead_asked.connect(self._open_lead_of_code)
        return page

    def _open_release(self, number: int, name: str) -> None:
        from ui.documents.opening import open_release  # noqa: PLC0415

        open_release(self.desk, self.renderers["keeping"](), number, name, self.window)

    def _open_lead_of_code(self, code: str) -> None:
        from crm.queries.records import find  # noqa: PLC0415

        self.desk.ask(lambda session: find(session, "leads", code), self._open_lead)

    def _overviews(self) -> Any:  # noqa: ANN401  (a page)
        from datetime import date  # noqa: PLC0415

        from ui.overviews.page import OverviewsPage  # noqa: PLC0415

        return OverviewsPage(self.desk, date.today)

    def _history(self) -> Any:  # noqa: ANN401  (a page)
        from ui.history.page import HistoryPage  # noqa: PLC0415

        page = HistoryPage(self.desk)
        page.take_back_asked.connect(self.take_back)
        page.import_asked.connect(lambda: self.window.go("imports"))
        return page

    def _imports(self) -> Any:  # noqa: ANN401  (a page)
        from ui.imports.page import ImportPage  # noqa: PLC0415

        page = ImportPage(self.desk)
        page.leads_asked.connect(lambda: self.window.go("leads"))
        page.check_asked.connect(lambda path: self.check_ledger(path, page.tell))
        page.undo_asked.connect(self.take_back)
        return page
