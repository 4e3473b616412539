"""The frame: navigation at the side, a header with the search, a stack of pages, a status line.

It knows no page's insides. Pages are made at their first visit, so that the frame is painted at once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QByteArray, QSettings, QSize, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from crm.i18n import _
from ui.icons import Glyph, icon
from ui.theme.tokens import Tokens
from ui.widgets.elided import ElidedLabel
from ui.widgets.labels import IconButton, button, icon_button, label
from ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent

    from ui.widgets.toast import Toast

SIDE_WIDTH, NARROW_SIDE = 204, 56
NARROW_BELOW = 1500
NUMBERED = 9
"""Pages that a number of the keyboard opens."""
HEADER_HEIGHT = 56
TITLE_BAR = 36
"""Logical pixels that a screen's own frame takes above the window."""
BESIDE_ICON, ICON_ONLY = "ToolButtonTextBesideIcon", "ToolButtonIconOnly"


class Place(NamedTuple):
    """One entry of the navigation.

    Attributes:
        key: stable name of the page.
        title: what people call it.
        glyph: its icon.
        make: makes the page at the first visit.
        below: stands at the foot of the side bar.
        section: the heading it stands under, with those before it of the same section.
    """

    key: str
    title: str
    glyph: Glyph
    make: Callable[[], QWidget]
    below: bool = False
    section: str = ""


class MainWindow(QMainWindow):
    """The window. It wires; pages show and the core decides."""

    search_asked = Signal()
    new_asked = Signal()
    paste_asked = Signal()
    brief_asked = Signal()
    undo_asked = Signal()
    redo_asked = Signal()
    settings_asked = Signal()
    closing = Signal()
    painted = Signal()  # once: the window has been seen
    gone_to = Signal(str)

    def __init__(self, tokens: Tokens, settings: QSettings, title: str) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.setMinimumSize(1024, 640)
        self._tokens, self._settings = tokens, settings
        self._places: dict[str, Place] = {}
        self._pages: dict[str, QWidget] = {}
        self._buttons: dict[str, QToolButton] = {}
        self._sections: dict[str, QLabel] = {}
        self._stack = QStackedWidget()
        self._group = QButtonGroup(self)
        self._side = self._make_side()
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._make_header())
        self._banner = self._make_banner()
        right.addWidget(self._banner)
        right.addWidget(self._stack, 1)
        right.addWidget(self._make_status())
        middle = QWidget()
        middle.setObjectName("page")
        layout = QHBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._side)
        layout.addLayout(right, 1)
        self.setCentralWidget(middle)
        self._toast: Toast | None = None
        self._make_actions()
        self.set_undo("", "")
        self._restore_geometry()
        self._side.hide()
        self._seen = False

    # -- pages

    def set_places(self, places: tuple[Place, ...]) -> None:
        """Fill the navigation and show it."""
        for place in places:
            self._places[place.key] = place
            self._add_section(place.section)
            self._add_button(place)
        self._narrow(self._side.width() == NARROW_SIDE)
        self._side.show()

    def place_keys(self) -> list[str]:
        """Return the pages of the navigation, in the order of their numbers."""
        return list(self._places)

    def go(self, key: str) -> QWidget:
        """Show a page, making it at its first visit; return it."""
        before = self._stack.currentWidget()
        if key not in self._pages:
            self._pages[key] = self._places[key].make()
            self._stack.addWidget(self._pages[key])
        page = self._pages[key]
        if page is not before:
            self._stack.setCurrentWidget(page)
            page.setFocus()
            if page.hasFocus():  # it hands the focus on to nothing of its own: its first widget has it
                self.focusNextPrevChild(True)
        self._buttons[key].setChecked(True)
        self.set_heading(self._places[key].title)
        self.gone_to.emit(key)
        return self._pages[key]

    def page(self, key: str) -> QWidget | None:
        """Return a page if it has been made."""
        return self._pages.get(key)

    def pages(self) -> list[Any]:
        """Return the pages of the navigation that have been made."""
        return list(self._pages.values())

    def show_alone(self, page: QWidget, heading: str) -> None:
        """Show a page that has no entry in the navigation (first run)."""
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.setFocus()
        self.set_heading(heading)

    # -- what the frame tells

    @property
    def toast(self) -> Toast:
        """The short messages over the window; made for the first one."""
        if self._toast is None:
            from ui.widgets.toast import Toast  # noqa: PLC0415  (the frame is painted without it)

            self._toast = Toast(self)
        return self._toast

    def tell(self, text: str, act: str = "", then: Callable[[], object] | None = None) -> None:
        """Show a short message; ``act`` is the word of its button, ``then`` what it does."""
        self.toast.tell(text, act, then)

    def set_heading(self, heading: str, note: str = "") -> None:
        """Show the name of the page and a note beside it (counts)."""
        self._heading.setText(heading)
        self._note.setText(note)

    def set_note(self, key: str, note: str) -> None:
        """Show a note beside the name of a page, while that page is the one shown."""
        if self._stack.currentWidget() is self._pages.get(key):
            self._note.setText(note)

    def set_status(self, text: str, right: str = "", tip: str = "") -> None:
        """Show the status line: what is saved and where (the whole place as a tooltip), the last backup."""
        self._status.setText(text)
        self._status.tip = tip
        self._status_right.setText(right)

    def set_banner(self, text: str) -> None:
        """Show a line under the header (read-only, newer rules), or hide it when empty."""
        self._banner_text.setText(text)
        self._banner.setVisible(bool(text))

    def set_undo(self, undo: str, redo: str) -> None:
        """Name what Undo and Redo would do; empty disables."""
        for action, made, text, on in (
            (self.undo_action, self._undo_button, _("Undo {what}").format(what=undo) if undo else _("Undo"), undo),
            (self.redo_action, self._redo_button, _("Redo {what}").format(what=redo) if redo else _("Redo"), redo),
        ):
            action.setText(text)
            made.setToolTip(text)
            made.setAccessibleName(text)
            for each in (action, made):
                each.setEnabled(bool(on))

    # -- making

    def _make_side(self) -> QFrame:
        side = QFrame()
        side.setObjectName("side")
        side.setFixedWidth(SIDE_WIDTH)
        self._side_layout = QVBoxLayout(side)
        self._side_layout.setContentsMargins(10, 14, 10, 12)
        self._side_layout.setSpacing(2)
        self._side_layout.addLayout(self._make_brand())
        self._side_top = QVBoxLayout()
        self._side_top.setSpacing(2)
        self._side_layout.addLayout(self._side_top)
        self._side_layout.addStretch(1)
        self._side_foot = QVBoxLayout()
        self._side_foot.setSpacing(2)
        self._side_layout.addLayout(self._side_foot)
        return side

    def _make_brand(self) -> QHBoxLayout:
        mark = QLabel(_("Xiangtu")[:1])
        mark.setObjectName("brandMark")
        mark.setFixedSize(30, 30)
        mark.setProperty("alignment", "AlignCenter")
        self._brand = QWidget()
        words = QVBoxLayout(self._brand)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        words.addWidget(label(_("Xiangtu"), "card"))
        words.addWidget(label(_("Investment desk"), "meta"))
        line = QHBoxLayout()
        line.setContentsMargins(3, 0, 0, 14)
        line.setSpacing(9)
        line.addWidget(mark)
        line.addWidget(self._brand, 1)
        return line

    def _add_section(self, name: str) -> None:
        if name and name not in self._sections:
            self._sections[name] = label(name)
            self._sections[name].setObjectName("sideSection")
            self._side_top.addWidget(self._sections[name])

    def _add_button(self, place: Place) -> None:
        made = IconButton()
        made.setText(f"  {place.title}")
        made.setIcon(icon(place.glyph, self._tokens.text2, 18, chosen=self._tokens.primary.strong))
        made.setIconSize(QSize(18, 18))
        made.setProperty("toolButtonStyle", BESIDE_ICON)
        made.setCheckable(True)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.setAccessibleName(place.title)
        made.setToolTip(place.title)
        made.clicked.connect(lambda _checked=False: self.go(place.key))
        self._group.addButton(made)
        self._buttons[place.key] = made
        (self._side_foot if place.below else self._side_top).addWidget(made)

    def _make_header(self) -> QFrame:
        header = QFrame()
        header.setObjectName("header")
        header.setFixedHeight(HEADER_HEIGHT)
        layout = QHBoxLayout(header)
        layout.setContentsMargins(20, 0, 20, 0)
        layout.setSpacing(10)
        self._heading = label("", "page")
        self._note = label("", "meta")
        words = _("Search projects, resources, commands: part of a name, pinyin, initials")
        self._search = SearchField(words, "Ctrl K", self._tokens)
        self._search.clicked.connect(lambda _checked=False: self.search_asked.emit())
        self._search.setMinimumWidth(200)
        self._search.setMaximumWidth(430)
        self._search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        layout.addWidget(self._heading)
        layout.addWidget(self._note)
        layout.addStretch(1)
        layout.addWidget(self._search, 3)
        layout.addStretch(1)
        brief = button(_("Print brief"), self.brief_asked.emit, glyph=Glyph.PRINT, tokens=self._tokens)
        new = button(_("New lead"), self.new_asked.emit, role="primary", glyph=Glyph.ADD, tokens=self._tokens)
        paste = icon_button(Glyph.PASTE, self._tokens, _("Paste to register"), self.paste_asked.emit)
        self._lead_buttons = (brief, paste, new)
        self._undo_button = icon_button(Glyph.UNDO, self._tokens, _("Undo"), self.undo_asked.emit)
        self._redo_button = icon_button(Glyph.REDO, self._tokens, _("Redo"), self.redo_asked.emit)
        for widget in (
            self._undo_button,
            self._redo_button,
            brief,
            paste,
            new,
            icon_button(Glyph.SETTINGS, self._tokens, _("Preferences"), self.settings_asked.emit),
        ):
            layout.addWidget(widget)
        return header

    def _make_banner(self) -> QFrame:
        banner = QFrame()
        banner.setObjectName("banner")
        layout = QHBoxLayout(banner)
        layout.setContentsMargins(20, 6, 20, 6)
        self._banner_text = label("", wrap=True)
        layout.addWidget(self._banner_text)
        banner.hide()
        return banner

    def _make_status(self) -> QFrame:
        status = QFrame()
        status.setObjectName("status")
        status.setFixedHeight(28)
        layout = QHBoxLayout(status)
        layout.setContentsMargins(20, 0, 20, 0)
        self._status, self._status_right = ElidedLabel(), QLabel()
        layout.addWidget(self._status, 1)
        layout.addWidget(self._status_right)
        return status

    def set_leads_enabled(self, enabled: bool) -> None:  # noqa: FBT001  (a switch of the header)
        """Enable what needs an open database."""
        for widget in (*self._lead_buttons, self._search):
            widget.setEnabled(enabled)
            widget.setVisible(enabled)
        for each in (self._undo_button, self._redo_button):
            each.setVisible(enabled)

    def _make_actions(self) -> None:
        self.undo_action = self._action(_("Undo"), "Ctrl+Z", self.undo_asked.emit)
        self.redo_action = self._action(_("Redo"), "Ctrl+Y", self.redo_asked.emit)
        self._action(_("Search"), "Ctrl+K /", self.search_asked.emit)
        self._action(_("New lead"), "Ctrl+N", self.new_asked.emit)
        self._action(_("Paste to register"), "Ctrl+Shift+V", self.paste_asked.emit)
        self._action(_("Print brief"), "Ctrl+P", self.brief_asked.emit)
        self._action(_("Side bar"), "Ctrl+B", self.toggle_side)
        self._action(_("Preferences"), "Ctrl+,", self.settings_asked.emit)
        self._action(_("Keys"), "F1 Ctrl+/", self._show_keys)
        for number in range(1, NUMBERED + 1):
            self._action("", f"Ctrl+{number}", partial(self._go_number, number))

    def _action(self, text: str, keys: str, do: Callable[[], object]) -> QAction:
        """Return an action that answers to each of the keys, which are parted by a space."""
        made = [QAction(text, self) for _key in keys.split()]
        for action, key in zip(made, keys.split(), strict=True):
            action.setProperty("shortcut", key)  # setShortcut would import the namespace Qt
            action.triggered.connect(lambda _checked=False: do())
            self.addAction(action)
        return made[0]

    def _show_keys(self) -> None:
        from ui.preferences.keys_dialog import KeysDialog  # noqa: PLC0415  (made when it is asked for)
        from ui.widgets.dialogs import open_dialog  # noqa: PLC0415

        open_dialog(KeysDialog(self._tokens, self))

    def _go_number(self, number: int) -> None:
        keys = self.place_keys()
        if number <= len(keys):
            self.go(keys[number - 1])

    # -- geometry

    def toggle_side(self) -> None:
        """Show the side bar with words, or icons only."""
        self._narrow(self._side.width() > NARROW_SIDE)

    def _narrow(self, narrow: bool) -> None:  # noqa: FBT001  (two states of one bar)
        self._side.setFixedWidth(NARROW_SIDE if narrow else SIDE_WIDTH)
        for widget in (self._brand, *self._sections.values()):
            widget.setVisible(not narrow)
        style = ICON_ONLY if narrow else BESIDE_ICON
        for made in self._buttons.values():
            made.setProperty("toolButtonStyle", style)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the side bar where the window is narrow."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._narrow(event.size().width() < NARROW_BELOW)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self, self.painted.emit)

    def _restore_geometry(self) -> None:
        kept = self._settings.value("window/geometry")
        if not isinstance(kept, QByteArray) or not self.restoreGeometry(kept):
            room = self.screen().availableSize()
            self.resize(min(1600, room.width()), min(1000, room.height() - TITLE_BAR))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the geometry; whoever owns the database closes it."""
        self._settings.setValue("window/geometry", self.saveGeometry())
        self.closing.emit()
        super().closeEvent(event)
