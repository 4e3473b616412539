"""The saved views over the list: choosing one, keeping what is shown under its name or under a new one."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QMenu, QTabBar, QWidget

from crm.i18n import _
from crm.queries.lead_list import LeadFilter, LeadOrder
from ui.desk import Desk
from ui.icons import Glyph
from ui.widgets.dialogs import open_dialog, open_menu
from ui.widgets.labels import button, icon_button

if TYPE_CHECKING:
    from crm.queries.working import ViewRow


class ViewsBar(QWidget):
    """Tabs: those of the program first, then the saved ones; a dot marks a view that shows something else."""

    chosen = Signal(object, object, object)  # LeadFilter, LeadOrder, keys of the columns left out (None: as they are)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._views: list[tuple[int, str, str]] = []  # id (0: the program's own), name, content
        self._content = ""
        self._hidden: tuple[str, ...] = ()  # columns left out now; a view of one's own keeps them
        self._made = 0  # the view saved last: its tab is chosen when it comes
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Views"))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.keep = button(_("Save"), self._save, role="link")
        self.keep_as = button(_("Save as"), self._save_as, role="link")
        self.more = icon_button(Glyph.MORE, desk.tokens, _("More"), self._menu)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tabs)
        layout.addStretch(1)
        for widget in (self.keep, self.keep_as, self.more):
            layout.addWidget(widget)
        self.tabs.currentChanged.connect(self._chosen)
        self._show(())

    def reload(self) -> None:
        """Ask for the saved views again."""
        from crm.queries.working import saved_views  # noqa: PLC0415

        self._desk.ask(lambda session: saved_views(session, "leads"), self._show)

    def show_state(self, where: LeadFilter, order: LeadOrder, hidden: Collection[str] = ()) -> None:
        """Mark the view when the list shows something else than it was saved with."""
        self._content, self._hidden = content_of(where, order), tuple(sorted(hidden))
        self._mark()

    def _to_keep(self) -> str:
        """Return what a view of one's own is saved with: filter, order and columns."""
        return _with_columns(self._content, self._hidden)

    def _show(self, rows: Sequence[ViewRow]) -> None:
        kept = self._views[self.tabs.currentIndex()][:2] if self._views else None
        officer = self._desk.workspace.user if self._desk.opening.is_open else ""
        today = date.today()  # noqa: DTZ011  (the day on the officer's desk)
        self._views = [*_own_views(officer, today), *((one.id, one.name, one.content) for one in rows)]
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for _id, name, _content in self._views:
            self.tabs.addTab(name)
        places = {one[0]: number for number, one in enumerate(self._views) if one[0]}
        same = (number for number, one in enumerate(self._views) if one[:2] == kept)
        place = places[self._made] if self._made in places else next(same, 0)
        self._made = 0 if self._made in places else self._made
        self.tabs.setCurrentIndex(place)
        self.tabs.blockSignals(False)
        self._content = self._content or content_of(*state_of(self._views[place][2])[:2])
        self._mark()

    def _mark(self) -> None:
        place = self.tabs.currentIndex()
        view_id, name, content = self._views[place]
        changed = content != (self._to_keep() if view_id else self._content)
        self.tabs.setTabText(place, f"{name} •" if changed else name)
        self.keep.setVisible(changed and view_id > 0)
        self.keep_as.setVisible(changed)
        self.more.setVisible(view_id > 0)

    def _chosen(self, place: int) -> None:
        if 0 <= place < len(self._views):
            for number, (_id, name, _content) in enumerate(self._views):
                self.tabs.setTabText(number, name)
            where, order, hidden = state_of(self._views[place][2])
            self.show_state(where, order, self._hidden if hidden is None else hidden)
            self.chosen.emit(where, order, hidden)

    def save_shown(self) -> None:
        """Keep what is shown: in its view, or where that is one of the program's own, under a new name."""
        view_id, _name, content = self._views[self.tabs.currentIndex()]
        if content != self._content:
            (self._save if view_id else self._save_as)()

    def _save(self) -> None:
        from crm.services.views import save_view  # noqa: PLC0415

        view_id, name, _old = self._views[self.tabs.currentIndex()]
        content = self._to_keep()
        self._desk.change(lambda session: save_view(session, view_id, content), _("Save view {name}").format(name=name))

    def _save_as(self) -> None:
        dialog = QInputDialog(self)
        dialog.setWindowTitle(_("Save as"))
        dialog.setLabelText(_("Name of the view"))
        dialog.textValueSelected.connect(self._keep_as)
        open_dialog(dialog)

    def _keep_as(self, name: str) -> None:
        from crm.services.views import save_view_as  # noqa: PLC0415

        content = self._to_keep()

        def saved(view_id: int) -> None:
            self._made = view_id
            self.reload()
            self._desk.tell(_("View {name} saved.").format(name=name))

        self._desk.change(
            lambda session: save_view_as(session, "leads", name, content).id,
            _("Save view {name}").format(name=name),
            saved,
        )

    def _menu(self) -> None:
        menu = QMenu(self)
        menu.addAction(_("Delete view"), self._delete)
        open_menu(menu, self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _delete(self) -> None:
        from crm.services.views import delete_view  # noqa: PLC0415

        view_id, name, _content = self._views[self.tabs.currentIndex()]
        self._desk.change(
            lambda session: delete_view(session, view_id),
            _("Delete view {name}").format(name=name),
            lambda _none: self._desk.tell(_("View {name} deleted; the leads are as they were.").format(name=name)),
        )


def content_of(where: LeadFilter, order: LeadOrder) -> str:
    """Return a filter and an order as canonical JSON."""
    sets = {name: sorted(getattr(where, name)) for name in _SETS if getattr(where, name)}
    document: dict[str, Any] = {"filter": sets, "order": [order.key, order.descending]}
    document |= {name: getattr(where, name) for name in _SINGLE if getattr(where, name) is not None}
    document |= {"conditions": where.conditions} if where.conditions else {}
    return json.dumps(document, ensure_ascii=False, sort_keys=True)


def _with_columns(content: str, hidden: Collection[str]) -> str:
    return json.dumps(json.loads(content) | {"hidden": sorted(hidden)}, ensure_ascii=False, sort_keys=True)


def state_of(content: str) -> tuple[LeadFilter, LeadOrder, tuple[str, ...] | None]:
    """Return filter, order and the columns left out of a view; None: it says nothing of columns."""
    document = json.loads(content)
    sets: dict[str, Any] = {name: frozenset(words) for name, words in document["filter"].items() if name in _SETS}
    single: dict[str, Any] = {name: document.get(name) for name in _SINGLE}
    key, descending = document["order"]
    hidden = document.get("hidden")
    where = LeadFilter(**sets, **single, conditions=document.get("conditions", ""))
    return where, LeadOrder(key, descending), None if hidden is None else tuple(hidden)


_SETS = ("stages", "statuses", "industries", "areas", "owners", "verdicts", "missing")
_SINGLE = ("with_land", "due_until")


def _own_views(officer: str, today: date) -> list[tuple[int, str, str]]:
    """Return the program's own views: of an officer, on a day."""
    latest, soonest = LeadOrder(), LeadOrder("next", descending=False)
    sunday = today + timedelta(days=6 - today.weekday())
    due = sunday.year * 10_000 + sunday.month * 100 + sunday.day
    mine = [(_("Mine"), LeadFilter(owners=frozenset({officer})), latest)] if officer else []
    views = [
        (_("All"), LeadFilter(), latest),
        *mine,
        (_("Needs land"), LeadFilter(with_land=True), latest),
        (_("Threshold not met"), LeadFilter(verdicts=frozenset({"not_met"})), latest),
        (_("To be completed"), LeadFilter(verdicts=frozenset({"incomplete"})), latest),
        (_("Due this week"), LeadFilter(due_until=due, statuses=frozenset({"active"})), soonest),
    ]
    return [(0, name, content_of(where, order)) for name, where, order in views]
