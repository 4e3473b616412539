"""One condition of the filter: a field, how it is compared, and with what; read at once by the core."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from crm.domain.condition_groups import SEVERAL, VALUES, Group, Groups, Relation, Test, checked, relations_of
from crm.domain.conditions import ORDERED
from crm.domain.conditions_explain import RELATION_WORDS, askable_fields
from crm.domain.fields.field import Field, Kind
from crm.domain.fields.words import label_of, list_mark
from crm.errors import UserError
from crm.i18n import N_, _
from ui.icons import Glyph
from ui.theme.tokens import Tokens
from ui.widgets.dialogs import open_menu
from ui.widgets.labels import button, icon_button, label, name_box, restyle
from ui.widgets.staying_menu import StayingMenu

HINTS: Mapping[Kind, str] = {
    Kind.MONEY: N_("e.g. 5000万元, 1.2亿元"),
    Kind.LAND: N_("e.g. 25亩, 16667㎡"),
    Kind.DATE: N_("e.g. 2026-12-05, 2027-03"),
    Kind.MOMENT: N_("e.g. 2026-12-05, 2027-03"),
    Kind.YEAR: N_("e.g. 2028"),
}
FIRST = ("stage", "status", "industry", "area", "owner", "planned_investment", "land", "annual_tax", "tax_per_mu")
"""The fields that are asked about most stand first."""

BETWEEN_VALUES = "|"


class FieldBox(QComboBox):
    """The fields of a lead; typing a part of a name finds it, and what is none is put back."""

    def __init__(self, fields: Mapping[str, Field]) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for name in (*(name for name in FIRST if name in fields), *(name for name in fields if name not in FIRST)):
            self.addItem(_(fields[name].label), name)
        completer = self.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        name_box(self, _("Field"))
        line = self.lineEdit()
        if line is not None:
            line.setPlaceholderText(_("Field …"))
            line.setAccessibleName(_("Field"))
            line.editingFinished.connect(self._put_back)
        self.setCurrentIndex(-1)
        self.editTextChanged.connect(self._take)

    def _take(self, text: str) -> None:
        """Take what was typed as soon as it is a field."""
        place = self.findText(text, Qt.MatchFlag.MatchFixedString)
        if place >= 0 and place != self.currentIndex():
            self.setCurrentIndex(place)

    def _put_back(self) -> None:
        """Put the field back where what was typed is none."""
        if self.findText(self.currentText(), Qt.MatchFlag.MatchFixedString) < 0:
            self.setEditText(self.itemText(self.currentIndex()))


class ConditionLine(QWidget):
    """One test. ``edited`` tells that it says something else, ``removed`` that it is not wanted."""

    edited = Signal()
    removed = Signal()

    def __init__(self, tokens: Tokens, test: Test | None = None) -> None:
        super().__init__()
        self._fields = askable_fields("leads")
        self.field, self.relation = FieldBox(self._fields), QComboBox()
        name_box(self.relation, _("How it is compared"))
        self.low, self.high = QLineEdit(), QLineEdit()
        self.choice = button("", self._choose, role="chip")
        self._codes: list[str] = []
        self._free = QWidget()  # where no value is asked for
        self._until, self._below = label(_("to"), "second"), label("", "meta", wrap=True)
        self.field.setFixedWidth(tokens.px(210))
        self.relation.setFixedWidth(tokens.px(150))
        for line in (self.low, self.high):
            line.setMinimumWidth(tokens.px(110))
        self.take_off = icon_button(Glyph.CLOSE, tokens, _("Remove this condition"), self.removed.emit)
        layout = QHBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for widget, stretch in (
            (self.field, 0),
            (self.relation, 0),
            (self.low, 1),
            (self._until, 0),
            (self.high, 1),
            (self.choice, 1),
            (self._free, 1),
            (self.take_off, 0),
        ):
            layout.addWidget(widget, stretch)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(2)
        around.addLayout(layout)
        around.addWidget(self._below)
        self._below.hide()
        self.field.currentIndexChanged.connect(lambda _place: self._field_changed())
        self.relation.currentIndexChanged.connect(lambda _place: self._relation_changed())
        for line in (self.low, self.high):
            line.textChanged.connect(lambda _text: self._changed())
        if test is None:
            self._show_parts()
        else:
            self.put(test)

    def put(self, test: Test) -> None:
        """Show a test."""
        self.field.setCurrentIndex(self.field.findData(test.field))
        self.relation.setCurrentIndex(max(0, self.relation.findData(test.relation.value)))
        self._codes = list(test.values) if self._chooses() else []
        single = BETWEEN_VALUES.join(test.values) if test.relation in SEVERAL else "".join(test.values[:1])
        self.low.setText(single)
        self.high.setText(test.values[1] if test.relation is Relation.BETWEEN else "")
        self._show_choice()
        self._changed()

    def test(self) -> Test | None:
        """Return what the line asks; None where no field is chosen."""
        field = self._field()
        if field is None:
            return None
        relation = self._relation()
        if VALUES.get(relation) == 0:
            values: tuple[str, ...] = ()
        elif self._chooses():
            values = tuple(self._codes)
        elif relation in SEVERAL:
            values = tuple(part.strip() for part in self.low.text().split(BETWEEN_VALUES) if part.strip())
        else:
            values = (self.low.text().strip(), self.high.text().strip())[: VALUES.get(relation, 1)]
        return Test(field.name, relation, values)

    def check(self, *, whole: bool = False) -> bool:
        """Show what is wrong; return whether the line can be used. Unless ``whole``, a missing value is no mistake."""
        test = self.test()
        wrong = ""
        if test is not None and (whole or any(test.values)):
            try:
                checked("leads", Groups((Group((test,)),)))
            except UserError as error:
                wrong = error.message if whole or all(test.values) else ""
        self._below.setText(wrong)
        self._below.setVisible(bool(wrong))
        restyle(self._below, "tone", "bad" if wrong else "")
        return not wrong

    # -- parts

    def _field(self) -> Field | None:
        return self._fields.get(str(self.field.currentData() or ""))

    def _relation(self) -> Relation:
        return Relation(str(self.relation.currentData() or Relation.EMPTY.value))

    def _chooses(self) -> bool:
        """Return whether the values are ticked in a menu."""
        field = self._field()
        several = self._relation() in SEVERAL
        return field is not None and several and (field.kind is Kind.FLAG or bool(field.choices))

    def _field_changed(self) -> None:
        field = self._field()
        self.relation.blockSignals(True)
        self.relation.clear()
        for relation in relations_of(field) if field is not None else ():
            self.relation.addItem(_(RELATION_WORDS[relation]), relation.value)
        self.relation.blockSignals(False)
        self._codes = []
        hint = HINTS.get(field.kind, "") if field is not None else ""
        self.low.setPlaceholderText(_(hint) if hint else "")
        self._relation_changed()

    def _relation_changed(self) -> None:
        field = self._field()
        if self._relation() in SEVERAL and field is not None and field.kind not in ORDERED:
            self.low.setPlaceholderText(_("several by |"))
        self._show_parts()
        self._show_choice()
        self._changed()

    def _show_parts(self) -> None:
        needed = VALUES.get(self._relation(), 1) if self._field() is not None else 0
        chooses = self._chooses()
        self.relation.setEnabled(self._field() is not None)
        self.low.setVisible(needed > 0 and not chooses)
        two = needed == VALUES[Relation.BETWEEN]
        self._until.setVisible(two)
        self.high.setVisible(two)
        self.choice.setVisible(chooses)
        self._free.setVisible(needed == 0)
        name = self.field.currentText()
        self.low.setAccessibleName(_("Value of {field}").format(field=name))
        self.high.setAccessibleName(_("Upper end of {field}").format(field=name))

    # -- choices

    def _choices(self) -> Sequence[tuple[str, str]]:
        field = self._field()
        if field is None:
            return ()
        if field.kind is Kind.FLAG:
            return (("是", _("yes")), ("否", _("no")))
        return [(choice.code, _(choice.label)) for choice in field.choices]

    def _choose(self) -> None:
        menu = StayingMenu(self)
        for code, word in self._choices():
            action = menu.addAction(word.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(self._has(code))
            action.toggled.connect(lambda on, code=code: self._tick(code, on=on))
        open_menu(menu, self.choice.mapToGlobal(QPoint(0, self.choice.height() + 2)))

    def _has(self, code: str) -> bool:
        field = self._field()
        word = label_of(field.choices, code) if field is not None else code
        return code in self._codes or word in self._codes

    def _tick(self, code: str, *, on: bool) -> None:
        ticked = {each for each, _word in self._choices() if self._has(each)}
        ticked = ticked | {code} if on else ticked - {code}
        self._codes = [each for each, _word in self._choices() if each in ticked]
        self._show_choice()
        self._changed()

    def _show_choice(self) -> None:
        words = [word for code, word in self._choices() if self._has(code)]
        text = list_mark().join(words) if words else _("Choose …")
        self.choice.setText(text)
        self.choice.setAccessibleName(_("Value of {field}").format(field=self.field.currentText()) + _(": ") + text)

    def _changed(self) -> None:
        self.check()
        self.edited.emit()
