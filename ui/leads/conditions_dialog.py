"""The filter put together by hand: groups of conditions, all or any of them, told in words and counted as one types."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from crm.domain.condition_groups import Group, Groups, Test, text_of
from crm.domain.conditions_explain import explain_groups
from crm.errors import UserError
from crm.i18n import _, ngettext
from crm.queries.lead_list import LeadFilter
from ui.desk import Desk
from ui.icons import Glyph
from ui.leads.condition_line import ConditionLine
from ui.theme.tokens import Tokens
from ui.widgets.dialogs import fit_dialog
from ui.widgets.labels import button, icon_button, label, name_box, row

REST_MS = 250
"""The leads are counted when one stops typing."""


class GroupBox(QFrame):
    """One group of conditions."""

    edited = Signal()
    removed = Signal()

    def __init__(self, tokens: Tokens, group: Group) -> None:
        super().__init__()
        self.setObjectName("card")
        self._tokens = tokens
        self.lines: list[ConditionLine] = []
        self.link = link_box(_("How the conditions of the group are joined"), any_of=group.any_of)
        self.link.currentIndexChanged.connect(lambda _place: self.edited.emit())
        self.take_off = icon_button(Glyph.CLOSE, tokens, _("Remove this group"), self.removed.emit)
        self.add = button(_("Add a condition"), self.add_line, role="link", glyph=Glyph.ADD, tokens=tokens)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(6)
        layout.addLayout(row(label(_("Of this group"), "second"), self.link, None, self.take_off))
        self._body = QVBoxLayout()
        self._body.setSpacing(6)
        layout.addLayout(self._body)
        layout.addLayout(row(self.add, None))
        for test in group.tests:
            self._put(ConditionLine(tokens, test))
        if not group.tests:
            self._put(ConditionLine(tokens))

    def group(self) -> Group:
        """Return what the group asks."""
        tests = (line.test() for line in self.lines)
        return Group(tuple(test for test in tests if test is not None), bool(self.link.currentData()))

    def add_line(self, test: Test | None = None) -> ConditionLine:
        """Add a condition and let the keys go to it."""
        line = ConditionLine(self._tokens, test)
        self._put(line)
        line.field.setFocus()
        return line

    def _put(self, line: ConditionLine) -> None:
        self.lines.append(line)
        self._body.addWidget(line)
        line.edited.connect(self.edited.emit)
        line.removed.connect(lambda: self._take_off(line))

    def _take_off(self, line: ConditionLine) -> None:
        self.lines.remove(line)
        self.add.setFocus()
        line.hide()
        self._body.removeWidget(line)
        line.deleteLater()
        if not self.lines:
            self.removed.emit()
        else:
            self.edited.emit()


class ConditionsDialog(QDialog):
    """Puts a filter together; ``chosen`` tells its text in the form of the contract, "" for none."""

    chosen = Signal(str)

    def __init__(self, desk: Desk, where: LeadFilter, groups: Groups, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._where, self._number = desk, where, 0
        self.boxes: list[GroupBox] = []
        self.setWindowTitle(_("Filter conditions"))
        self.link = link_box(_("How the groups are joined"), any_of=groups.any_of)
        self.link.currentIndexChanged.connect(lambda _place: self._edited())
        self.add = button(_("Add a group"), self.add_group, role="link", glyph=Glyph.ADD, tokens=desk.tokens)
        self._outer = row(label(_("Of the groups"), "second"), self.link, None)
        self.words = label("", wrap=True)
        self.count = label("", "meta")
        self.take = button(_("Show these leads"), self._take, role="primary")
        self.take.setDefault(True)
        self.copy = button(_("Copy as text"), self._copy, role="link", tip=_("For the command line: --where"))
        inside = QWidget()
        self._body = QVBoxLayout(inside)
        self._body.setContentsMargins(0, 0, 6, 0)
        self._body.setSpacing(10)
        self._body.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        layout.addLayout(self._outer)
        layout.addWidget(scroll, 1)
        layout.addLayout(row(self.add, None))
        layout.addWidget(self.words)
        none = button(_("Without conditions"), self._none, role="link")
        layout.addLayout(row(self.count, None, self.copy, none, button(_("Cancel"), self.reject), self.take))
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._count)
        for group in groups.groups or (Group(()),):
            self._put(GroupBox(desk.tokens, group))
        fit_dialog(self, desk.tokens.px(760), desk.tokens.px(520))
        self._edited()
        self.boxes[0].lines[0].field.setFocus()

    def groups(self) -> Groups:
        """Return what is put together."""
        return Groups(tuple(box.group() for box in self.boxes), bool(self.link.currentData()))

    def add_group(self) -> GroupBox:
        """Add a group and let the keys go to it."""
        box = GroupBox(self._desk.tokens, Group(()))
        self._put(box)
        self._edited()
        box.lines[0].field.setFocus()
        return box

    def _put(self, box: GroupBox) -> None:
        self.boxes.append(box)
        self._body.insertWidget(self._body.count() - 1, box)
        box.edited.connect(self._edited)
        box.removed.connect(lambda: self._take_off(box))

    def _take_off(self, box: GroupBox) -> None:
        self.boxes.remove(box)
        self.add.setFocus()
        box.hide()
        self._body.removeWidget(box)
        box.deleteLater()
        if not self.boxes:
            self.add_group()
        self._edited()

    def _edited(self) -> None:
        """Say in words what is asked, and count soon."""
        several = len(self.boxes) > 1
        for place in range(self._outer.count()):
            item = self._outer.itemAt(place)
            if item is not None and (widget := item.widget()) is not None:
                widget.setVisible(several)
        for box in self.boxes:
            box.take_off.setVisible(several)
        self._number += 1
        asked = self._asked()
        self.words.setText(explain_groups("leads", self.groups()) if asked else _("No condition yet."))
        self.copy.setEnabled(bool(asked))
        self.count.setText("")
        self._rest.start()

    def _asked(self) -> str | None:
        """Return the text of the conditions; None where something is missing or cannot be read."""
        try:
            return text_of(self.groups()) if all(line.check() for box in self.boxes for line in box.lines) else None
        except UserError:
            return None

    def _count(self) -> None:
        from crm.queries.leads import totals  # noqa: PLC0415  (the list is painted first)

        asked = self._asked()
        if asked is None:
            return
        number, where = self._number, replace(self._where, conditions=asked)

        def show(count: int) -> None:
            if number == self._number:
                self.count.setText(ngettext("{count} lead", "{count} leads", count).format(count=f"{count:,}"))

        self.count.setText(_("Counting …"))
        self._desk.ask(lambda session: totals(session, where).count, show)

    def _take(self) -> None:
        wrong = [line for box in self.boxes for line in box.lines if not line.check(whole=True)]
        if wrong:
            wrong[0].field.setFocus()
            return
        self.chosen.emit(text_of(self.groups()))
        self.accept()

    def _none(self) -> None:
        self.chosen.emit("")
        self.accept()

    def _copy(self) -> None:
        asked = self._asked()
        if asked:
            QGuiApplication.clipboard().setText(asked)
            self._desk.tell(_("Copied: {text}").format(text=asked))


def link_box(name: str, *, any_of: bool) -> QComboBox:
    """Return the choice between all and any."""
    box = QComboBox()
    box.addItem(_("all must hold (and)"), False)
    box.addItem(_("one is enough (or)"), True)
    box.setCurrentIndex(int(any_of))
    name_box(box, name)
    return box
