"""One document between the facts and the paper: what is seen is what is saved, printed and noted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from crm.i18n import _
from ui.desk import Desk
from ui.documents.editing import EditPanel
from ui.documents.preview import DocumentPreview

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from crm.domain.dossier import LeadFacts
    from crm.domain.enterprise_file import EnterpriseFacts
    from crm.jobs.dossiers import Order, Printed
    from reports.editing import Edits
    from reports.page import Composed


@dataclass(frozen=True, slots=True)
class Seen:
    """What is on the screen.

    Attributes:
        order: who prints what, for whom.
        facts: the pages are made of.
        own: the pages as the program makes them.
        pages: with what an officer changed.
        pdf: of these pages.
        doubts: what of the new words does not agree with the data.
    """

    order: Order
    facts: LeadFacts | EnterpriseFacts
    own: Composed
    pages: Composed
    pdf: bytes
    doubts: tuple[str, ...] = ()

    def with_changes(self, edits: Edits, recipient: str, purpose: str) -> Seen:
        """Return the document for a recipient with what an officer changed. Takes a tenth of a second."""
        from reports.editing import doubt_text, doubts  # noqa: PLC0415  (made when somebody edits)

        order = replace(self.order, recipient=recipient, purpose=purpose if recipient else "")
        facts, own = self.facts, self.own
        if recipient != facts.recipient:
            facts = replace(facts, recipient=recipient)
            own = order.compose(facts)  # type: ignore[assignment]  # the door of a document composes it
        pages = own.rewritten(edits) if edits else own
        told = tuple(doubt_text(each) for each in doubts(own.source, edits))
        return Seen(order, facts, own, pages, pages.pdf(), told)


class Showing(QObject):
    """The preview of a document with the form beside it; lives as long as its window."""

    def __init__(self, desk: Desk, seen: Seen, name: str, parent: QWidget) -> None:
        from reports.editing import parts_of  # noqa: PLC0415  (made when one is asked for)

        self.panel = EditPanel(parts_of(seen.own.source), desk.tokens)
        self.preview = DocumentPreview(seen.pdf, name, desk.tokens, Path.home(), parent, panel=self.panel)
        super().__init__(self.preview)
        self._desk, self._seen, self._asked = desk, seen, 0
        self.panel.changed.connect(self._changed)
        self.preview.save_asked.connect(self._save)
        self.preview.print_asked.connect(self._print)

    def open(self) -> None:
        """Open the window."""
        self.preview.open()

    def _changed(self) -> None:
        """Make the pages anew; what was asked for before is not shown any more."""
        self._asked += 1
        edits = self.panel.edits()
        recipient, purpose = (field.text().strip() for field in (self.panel.recipient, self.panel.purpose))
        work = partial(self._seen.with_changes, edits, recipient, purpose)
        self._desk.runner.query(work, partial(self._show, self._asked), self._desk.fail)

    def _show(self, asked: int, seen: Seen) -> None:
        if asked != self._asked:
            return
        self._seen = seen
        self.preview.show_pdf(seen.pdf)
        self.panel.tell(seen.doubts)

    def _save(self, target: Path) -> None:
        from crm.jobs.dossiers import print_seen  # noqa: PLC0415  (made when one is saved)

        def told(printed: Printed) -> None:
            text = _("Saved: {place}").format(place=printed.file)
            if printed.version:
                text = _("{text} (version {number} in the register)").format(text=text, number=printed.version)
            self._desk.tell(text)

        seen, database = self._seen, self._desk.workspace.database
        work = partial(print_seen, database, seen.order, seen.facts, seen.pages, target)
        self._desk.runner.change(work, told, self._desk.fail)

    def _print(self, printer: QPrinter) -> None:
        seen = self._seen
        print_pdf(self._desk, printer, seen.pdf, partial(self._note, seen))

    def _note(self, seen: Seen) -> None:
        from crm.jobs.dossiers import note_paper  # noqa: PLC0415  (made when one is printed)

        database = self._desk.workspace.database
        work = partial(note_paper, database, seen.order, seen.facts.code, seen.pages, seen.pdf)
        self._desk.runner.change(work, lambda _none: None, self._desk.fail)


def print_pdf(desk: Desk, printer: QPrinter, pdf: bytes, then: Callable[[], None]) -> None:
    """Draw pages on a printer, off the window's thread, and go on."""
    from ui.documents.printing import print_pages  # noqa: PLC0415

    desk.runner.query(lambda: print_pages(pdf, printer), lambda _pages: then(), desk.fail)
