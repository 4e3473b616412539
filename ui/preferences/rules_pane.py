"""The threshold rules: every version with its days, document and sentences; a new one follows by a form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from crm.domain.quantities import Money, decimal_text, read_money
from crm.domain.thresholds.explain import area_text, land_use_text
from crm.domain.thresholds.rules import Rule, RuleSet
from crm.errors import UserError, ValueRefusedError
from crm.i18n import N_, _
from ui.icons import Glyph
from ui.preferences.words_pane import first_day
from ui.theme.tokens import Tokens
from ui.widgets.dialogs import fit_dialog, open_dialog
from ui.widgets.labels import Card, boxed, button, clear, column, label, pill, row, rule
from ui.widgets.states import States

if TYPE_CHECKING:
    from crm.services.rule_sets import NewLine, NewRuleSet
    from ui.desk import Desk

FACTS = (
    ("code", N_("Name in verdicts")),
    ("name", N_("Name on pages")),
    ("source", N_("Source")),
    ("document_number", N_("Document number")),
    ("approved_by", N_("Approved by")),
    ("valid_from", N_("First day")),
)
"""What is asked of a new version."""


class RulesPane(QWidget):
    """A card a version, the newest first."""

    def __init__(self, desk: Desk, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._today = desk, today
        self.sets: Sequence[RuleSet] = ()
        self.dialog: RuleSetDialog | None = None
        self.new = button(_("New version"), self._new, role="primary", glyph=Glyph.ADD, tokens=desk.tokens)
        self._cards = column(spacing=12)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAccessibleName(_("Threshold rules"))
        area.setWidget(boxed(self._cards))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        words = _("Rules are never rewritten: a new version begins on its first day, and verdicts name theirs.")
        head = row(label(words, "second", wrap=True), self.new)
        head.setStretch(0, 1)
        layout.addLayout(head)
        self.states = States(area, desk.tokens)
        layout.addWidget(self.states, 1)
        self.reload()

    def reload(self) -> None:
        """Ask for the versions again."""
        from crm.queries.thresholds import load_rule_sets  # noqa: PLC0415  (not before the first paint)

        def failed(error: BaseException) -> None:
            self.states.fail(error, self.reload, _("The threshold rules could not be read."))

        self._desk.ask(load_rule_sets, self._show, failed)

    def _show(self, sets: Sequence[RuleSet]) -> None:
        self.states.show_content()
        self.sets = sets
        clear(self._cards)
        for one in reversed(sets):
            self._cards.addWidget(self._card(one))
        self._cards.addStretch(1)

    def _card(self, one: RuleSet) -> Card:
        card = Card(one.label, Glyph.THRESHOLD, self._desk.tokens)
        card.note.setText(one.name)
        card.head.addWidget(pill(_("on trial") if one.is_trial else _("in force"), "warn" if one.is_trial else "ok"))
        begins = one.valid_from.isoformat() if one.valid_from else _("not known")
        facts = (
            _("first day {day}").format(day=begins),
            _("document {number}").format(number=one.document_number or "—"),
            _("approved by {who}").format(who=one.approved_by or "—"),
        )
        card.body.addWidget(label(_("; ").join(facts), "second", wrap=True))
        card.body.addWidget(label(_("Source: {source}").format(source=one.source or "—"), "meta", wrap=True))
        card.body.addWidget(rule())
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(4, 1)
        heads = (
            _("Threshold area"),
            _("Land use"),
            _("Project, 10k yuan a year"),
            _("Per mu, 10k yuan a year"),
            _("Sentence"),
        )
        for place, head in enumerate(heads):
            grid.addWidget(label(head, "meta"), 0, place)
        for place, each in enumerate(one.rules, 1):
            for across, text in enumerate(_rule_texts(each)):
                grid.addWidget(label(text, wrap=across == len(heads) - 1), place, across)
        card.body.addLayout(grid)
        return card

    def _new(self) -> None:
        if not self.sets:
            return
        dialog = RuleSetDialog(self.sets[-1], self._today, self._desk.tokens, self)
        dialog.kept.connect(lambda new: self._keep(dialog, new))
        self.dialog = dialog
        open_dialog(dialog)

    def _keep(self, dialog: RuleSetDialog, new: NewRuleSet) -> None:
        from crm.services.rule_sets import add_rule_set  # noqa: PLC0415

        base = self.sets[-1].rules

        def done(_number: int) -> None:
            dialog.accept()
            self._desk.tell(_("Added."))
            self.reload()

        def failed(error: BaseException) -> None:
            if isinstance(error, UserError):
                dialog.refuse(error.message)
            else:
                self._desk.fail(error)

        why = _("Threshold rules {name}").format(name=new.name)
        self._desk.change(lambda session: add_rule_set(session, new, base), why, done, failed)


class RuleSetDialog(QDialog):
    """Asks for a new version: what it is called, where it stands, and for each area its figures and sentence."""

    kept = Signal(object)  # NewRuleSet

    def __init__(self, base: RuleSet, today: date, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("New version of the threshold rules"))
        fit_dialog(self, tokens.px(820), tokens.px(640))
        self._base = base
        self.facts = {name: QLineEdit() for name, _title in FACTS}
        self.facts["valid_from"].setText(today.isoformat())
        self.lines: dict[str, tuple[QLineEdit, QLineEdit, QLineEdit]] = {}
        self._told = label("", tone="bad", wrap=True)
        body = column(spacing=12)
        body.addLayout(self._make_facts())
        body.addWidget(label(_("What each area asks for (10k yuan a year), with the sentence it comes from"), "card"))
        body.addLayout(self._make_lines())
        body.addStretch(1)
        body.setContentsMargins(0, 0, 0, 0)
        inside = QScrollArea()
        inside.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # every line of it has the focus in its turn
        inside.setWidgetResizable(True)
        inside.setWidget(boxed(body))
        self.keep = button(_("Keep"), self._keep, role="primary")
        self.keep.setShortcut("Ctrl+Return")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 18, 24, 14)
        layout.addWidget(inside, 1)
        layout.addWidget(self._told)
        words = _("Without document number, approval and first day verdicts stay trial conclusions.")
        foot = row(label(words, "meta", wrap=True), button(_("Cancel"), self.reject), self.keep)
        foot.setStretch(0, 1)
        layout.addLayout(foot)

    def refuse(self, message: str) -> None:
        """Show why it was not taken; everything typed stays."""
        self._told.setText(message)
        self.keep.setEnabled(True)

    def _make_facts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        for place, (name, title) in enumerate(FACTS):
            self.facts[name].setAccessibleName(_(title))
            down, across = divmod(place, 3)
            grid.addWidget(label(_(title), "second"), 2 * down, across)
            grid.addWidget(self.facts[name], 2 * down + 1, across)
        return grid

    def _make_lines(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(3, 1)
        heads = (_("Threshold area"), _("Project tax"), _("Tax per mu"), _("Sentence"))
        for place, head in enumerate(heads):
            grid.addWidget(label(head, "meta"), 0, place)
        for place, each in enumerate(self._base.rules, 1):
            grid.addWidget(label(area_text(each.area), "strong"), place, 0)
            editors = (QLineEdit(), QLineEdit(), QLineEdit())
            editors[0].setText("" if each.least_tax is None else decimal_text(each.least_tax))
            editors[1].setText(decimal_text(each.least_per_mu))
            for across, (editor, head) in enumerate(zip(editors, heads[1:], strict=True), 1):
                editor.setAccessibleName(f"{area_text(each.area)} {head}")
                grid.addWidget(editor, place, across)
            self.lines[each.code] = editors
        return grid

    def _keep(self) -> None:
        from crm.services.rule_sets import NewRuleSet  # noqa: PLC0415

        try:
            new = NewRuleSet(
                **{name: line.text().strip() for name, line in self.facts.items() if name != "valid_from"},
                valid_from=first_day(self.facts["valid_from"].text()),
                lines={each.code: self._line(each) for each in self._base.rules},
            )
        except UserError as error:
            self.refuse(error.message)
            return
        self.keep.setEnabled(False)
        self.kept.emit(new)

    def _line(self, each: Rule) -> NewLine:
        from crm.services.rule_sets import NewLine  # noqa: PLC0415

        project, per_mu, quote = (editor.text().strip() for editor in self.lines[each.code])
        least = _wan(per_mu, each.area)
        if least is None:
            message = _("Give the figures of {area} and the sentence they come from.")
            raise ValueRefusedError(message.format(area=area_text(each.area)), where=each.code)
        return NewLine(_wan(project, each.area), least, quote)


def _wan(text: str, area: str) -> Decimal | None:
    """Return a sum in 万元 as typed; None where nothing is.

    Raises:
        ValueRefusedError: it is a range, in another currency, or no sum.
    """
    money: Money | None = read_money(text, unit="万元")
    if money is None:
        return None
    if money.exact is None or money.currency != "CNY":
        message = _("The figures of {area} must be above 0 and in whole yuan.")
        raise ValueRefusedError(message.format(area=area_text(area)), where=area)
    return money.exact


def _rule_texts(each: Rule) -> tuple[str, ...]:
    uses = _(", ").join(land_use_text(use) for use in sorted(each.land_uses)) or _("any use")
    least = "—" if each.least_tax is None else decimal_text(each.least_tax)
    return area_text(each.area), uses, least, decimal_text(each.least_per_mu), each.quote
