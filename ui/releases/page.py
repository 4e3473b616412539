"""The register of documents: what left the house, when, for whom, in which version; opened again as it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from crm.domain.documents import document_word
from crm.i18n import _
from ui.icons import Glyph
from ui.registers import MasterDetail, Register
from ui.theme.tokens import Tokens
from ui.widgets.labels import Card, boxed, button, column, digest_label, label, pill, row

if TYPE_CHECKING:
    from crm.queries.history import ChangeSetRow
    from crm.queries.releases import ReleaseRow
    from ui.desk import Desk

MOST = 1000
"""Entries a list shows; the filter finds older ones."""

DIGITS = 8
"""Characters of a digest that a list shows."""

PAPER = "paper"
WITHOUT_LEAD = frozenset({"period_report", "ledger_health"})
"""Documents that are about no one lead."""


class Left(NamedTuple):
    """What left the house: the note of the history and, of a document, its entry in the register."""

    note: ChangeSetRow
    entry: ReleaseRow | None


class ReleasesPage(Register):
    """One list over what was printed and exported."""

    open_asked = Signal(int, str)  # number of the entry, heading
    lead_asked = Signal(str)  # code

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk, self._asked, self._chosen = desk, 0, 0
        self.rows: Sequence[Left] = ()
        columns = (
            (_("When"), 128),
            (_("Who"), 96),
            (_("Document"), 132),
            (_("About"), 150),
            (_("Version"), 56),
            (_("Form"), 60),
            (_("Contacts"), 84),
            (_("Recipient"), 110),
            (_("Digest"), 0),
        )
        choices = (("all", _("All that left")), ("documents", _("Documents only")), ("contacts", _("With contacts")))
        self.list = MasterDetail(_("Documents made"), columns, choices, desk.tokens)
        self.card = ReleaseCard(desk.tokens)
        self.list.set_detail(boxed(column(self.card, None)))
        self.list.add_keys(self.reload)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 12)
        layout.addWidget(self.list)
        self.list.asked.connect(self.reload)
        self.list.chosen.connect(self._show_one)
        self.list.opened.connect(self._open)
        self.card.open_asked.connect(self.open_asked.emit)
        self.card.lead_asked.connect(self.lead_asked.emit)

    def reload(self) -> None:
        """Ask for the list again; the choice stays."""
        from crm.queries.history import NOTES, WHOLE, change_sets  # noqa: PLC0415  (not before the first paint)
        from crm.queries.releases import releases_of  # noqa: PLC0415

        self._asked += 1
        self._stale = False
        number = self._asked
        text, which = self.list.wanted()
        kinds = WHOLE if which == "contacts" else NOTES

        def ask(session: Any) -> list[Left]:  # noqa: ANN401
            sets = change_sets(session, limit=MOST, kinds=kinds, text=text)
            entries = releases_of(session, [each.id for each in sets])
            found = [Left(each, entry) for each in sets for entry in entries.get(each.id) or (None,)]
            return [one for one in found if one.entry is not None or which != "documents"]

        def show(found: Sequence[Left]) -> None:
            if number == self._asked:
                self._show(found)

        if not self.rows:
            self.list.states.wait()
        self._desk.ask(ask, show, lambda error: self.list.fail(error, self.reload))

    def _show(self, found: Sequence[Left]) -> None:
        self.rows = found
        self.list.told.setText(_("{count} shown, the newest first").format(count=f"{len(found):,}"))
        self.card.setVisible(bool(found))
        if not found:
            self.list.set_nothing()
        if found:
            keys = [_key(one) for one in found]
            place = keys.index(self._chosen) if self._chosen in keys else 0
            self.list.set_lines(len(found), lambda place: release_line(found[place]), place)
        elif self.list.filter.text() or self.list.choice.currentIndex() > 0:
            self.list.states.say(Glyph.FILTER, _("Nothing fits this filter."), "", (_("Clear"), self._clear))
        else:
            more = _("Documents that are saved or printed and lists that are exported are noted here.")
            self.list.states.say(Glyph.PDF, _("Nothing left the house yet."), more)

    def _clear(self) -> None:
        self.list.choice.setCurrentIndex(0)
        self.list.filter.clear()

    def _show_one(self, place: int) -> None:
        self._chosen = _key(self.rows[place])
        self.card.show_one(self.rows[place])

    def _open(self, place: int) -> None:
        entry = self.rows[place].entry
        if entry is not None and entry.can_repeat:
            self.open_asked.emit(entry.id, heading(entry))


class ReleaseCard(Card):
    """All that is known of what left."""

    open_asked = Signal(int, str)
    lead_asked = Signal(str)

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(_("What left the house"), Glyph.PDF, tokens, parent)

    def show_one(self, one: Left) -> None:
        """Show an entry."""
        from crm.queries.history import WHOLE  # noqa: PLC0415

        self.clear_body()
        note, entry = one
        self.note.setText(f"#{note.id}")
        title = heading(entry) if entry is not None else _("Export of a list")
        self.body.addWidget(label(title, "card", wrap=True))
        marks = [
            pill(_("contacts in full"), "warn") if note.kind in WHOLE else pill(_("contacts masked or none"), "ok")
        ]
        if entry is not None and entry.edited:
            marks.append(pill(_("edited"), "violet"))
        self.body.addLayout(row(*marks, None))
        self._add_facts(one)
        if entry is not None:
            self._add_acts(entry)

    def _add_facts(self, one: Left) -> None:
        note, entry = one
        facts = [(_("When"), _moment(note)), (_("Who"), note.by), (_("What was noted"), note.why)]
        if entry is not None:
            facts += [
                (_("About"), entry.subject),
                (_("Version"), str(entry.number)),
                (_("Form"), _form(entry)),
                (_("File"), entry.file or "—"),
                (_("Pages"), str(entry.pages) if entry.pages else "—"),
                (_("Recipient"), entry.recipient or "—"),
                (_("Purpose"), entry.purpose or "—"),
                (_("Digest of facts and template"), entry.digest),
                ("SHA-256", entry.sha256),
            ]
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for place, (name, value) in enumerate(facts):
            grid.addWidget(label(name, "second", wrap=True), place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(digest_label(value), place, 1)
        grid.setColumnMinimumWidth(0, self._tokens.px(96))
        self.body.addLayout(grid)

    def _add_acts(self, entry: ReleaseRow) -> None:
        see = button(
            _("See it as it was"),
            lambda: self.open_asked.emit(entry.id, heading(entry)),
            role="soft",
            glyph=Glyph.PRINT,
            tokens=self._tokens,
        )
        see.setEnabled(entry.can_repeat)
        see.setToolTip("" if entry.can_repeat else _("The words of this file were not kept."))
        code = entry.subject.split(" ")[0]
        acts = [see]
        if entry.document not in WITHOUT_LEAD:
            acts.append(button(_("Open the lead"), lambda: self.lead_asked.emit(code), role="link"))
        self.body.addLayout(row(*acts, None))


def heading(entry: ReleaseRow) -> str:
    """Return what an entry is called: document, subject, version."""
    return _("{document} {subject}, version {number}").format(
        document=document_word(entry.document), subject=entry.subject, number=entry.number
    )


def release_line(one: Left) -> tuple[str, ...]:
    """Return an entry as a line of the list."""
    from crm.queries.history import WHOLE  # noqa: PLC0415

    note, entry = one
    contacts = _("in full") if note.kind in WHOLE else _("masked or none")
    if entry is None:
        return _moment(note), note.by, _("Export"), note.why, "—", "—", contacts, "—", "—"
    return (
        _moment(note),
        note.by,
        document_word(entry.document),
        entry.subject,
        str(entry.number),
        _form(entry),
        contacts,
        entry.recipient or "—",
        entry.digest[:DIGITS],
    )


def _key(one: Left) -> int:
    """Return a number that an entry keeps: that of the register, else of the history below it."""
    return one.entry.id if one.entry is not None else -one.note.id


def _moment(note: ChangeSetRow) -> str:
    return note.at.astimezone().strftime("%Y-%m-%d %H:%M")


def _form(entry: ReleaseRow) -> str:
    return _("paper") if entry.form == PAPER else entry.form.removeprefix(".").upper()
