"""What a merge would do, field by field and record by record; a person chooses, says why, and merges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from crm.domain.companies.merging import Take
from crm.domain.companies.merging_explain import moves_text, take_word
from crm.domain.fields.masking import masked
from crm.domain.fields.writing import value_to_text
from crm.i18n import _
from ui.errors import words
from ui.theme.tokens import Tokens
from ui.widgets.dialogs import FittedScroll, GrowingDialog, fit_dialog
from ui.widgets.labels import boxed, button, column, label, row, rule

if TYPE_CHECKING:
    from crm.domain.companies.merging import FieldPair
    from crm.queries.merging import MergePreview

TOP = Qt.AlignmentFlag.AlignTop


class MergeDialog(GrowingDialog):
    """The preview is made by what merges; nothing is changed before it is agreed to."""

    agreed = Signal(str, object)  # why; field name -> Take where another than proposed was chosen
    turned = Signal()  # the other one is to stay

    def __init__(self, preview: MergePreview, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Merge {gone} into {kept}").format(gone=preview.gone.code, kept=preview.kept.code))
        fit_dialog(self, tokens.px(860), tokens.px(620))
        self._preview = preview
        self.choices: dict[str, dict[Take, QRadioButton]] = {}
        self.reason = QLineEdit()
        self.reason.setAccessibleName(_("Why they are one"))
        self.reason.setPlaceholderText(_("Why they are one; it is kept with the merge"))
        self.message = label("", tone="bad", wrap=True)
        self.message.hide()
        self.keep = button(_("Merge"), self._agree, role="primary")
        self.keep.setShortcut("Ctrl+Return")
        intro = _(
            "{kept} stays. {gone} becomes part of it; its code leads there from then on, and it can be split again."
        ).format(kept=_who(preview.kept), gone=_who(preview.gone))
        turn = button(_("Let the other one stay"), self.turned.emit, role="link")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(8)
        layout.addWidget(label(intro, wrap=True))
        layout.addWidget(FittedScroll(boxed(column(boxed(self._moves()), rule(), boxed(self._fields()), None))), 1)
        layout.addWidget(self.reason)
        layout.addWidget(self.message)
        layout.addLayout(row(turn, None, button(_("Cancel"), self.reject), self.keep))
        self.reason.setFocus()

    def refuse(self, error: BaseException) -> None:
        """Say why it was not merged."""
        self.message.setText(words(error))
        self.message.show()
        self.keep.setEnabled(True)

    def _fields(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        for place, share in enumerate((2, 4, 4, 3)):
            grid.setColumnStretch(place, share)
        heads = (_("Field"), self._preview.kept.code, self._preview.gone.code, _("Afterwards"))
        for place, title in enumerate(heads):
            grid.addWidget(label(title, "meta"), 0, place)
        different = [pair for pair in self._preview.fields if pair.kept != pair.gone]
        for line, pair in enumerate(different, 1):
            grid.addWidget(label(_(pair.field.label), "second", wrap=True), line, 0, TOP)
            for place, value, record in ((1, pair.kept, self._preview.kept), (2, pair.gone, self._preview.gone)):
                grid.addWidget(self._value(pair, value, record.id), line, place, TOP)
            grid.addWidget(self._choice(pair), line, 3, TOP)
        if not different:
            grid.addWidget(label(_("Both say the same in every field."), "second"), 1, 0, 1, 4)
        return grid

    def _value(self, pair: FieldPair, value: Any, record_id: int) -> QWidget:  # noqa: ANN401  (any value of a field)
        """Return a value with who gave it, when and why."""
        text = "—" if value is None else masked(pair.field, value_to_text(pair.field, value))
        lines = [label(text, wrap=True)]
        change = self._preview.sources.get((record_id, pair.field.name))
        if change is not None and value is not None:
            day = change.at.astimezone().strftime("%Y-%m-%d")
            source = _("{when} · {officer} · {why}").format(when=day, officer=change.by, why=change.why)
            lines.append(label(source, "meta", wrap=True))
        return boxed(column(*lines, spacing=0))

    def _choice(self, pair: FieldPair) -> QWidget:
        if len(pair.choices) == 1:
            return label(take_word(pair.take), "second")
        group, radios = QButtonGroup(self), {}
        for take in pair.choices:
            radio = QRadioButton(take_word(take))
            radio.setAccessibleName(_("{field}: {value}").format(field=_(pair.field.label), value=take_word(take)))
            radio.setChecked(take is pair.take)
            group.addButton(radio)
            radios[take] = radio
        self.choices[pair.field.name] = radios
        return boxed(column(*radios.values(), spacing=2))

    def _moves(self) -> QVBoxLayout:
        lines = moves_text(self._preview.moves)
        told = [label(_("What moves:"), "card"), *(label(line, wrap=True) for line in lines)]
        return column(*told, *([] if lines else [label(_("Nothing else names it."), "second")]))

    def _agree(self) -> None:
        reason = self.reason.text().strip()
        if not reason:
            self.message.setText(_("Say why the two are one; it is kept with the merge."))
            self.message.show()
            self.reason.setFocus()
            return
        self.keep.setEnabled(False)
        chosen = {
            name: next(take for take, radio in each.items() if radio.isChecked()) for name, each in self.choices.items()
        }
        proposed = {pair.field.name: pair.take for pair in self._preview.fields}
        self.agreed.emit(reason, {name: take for name, take in chosen.items() if take is not proposed[name]})


def _who(record: Any) -> str:  # noqa: ANN401  (Record)
    name = record.values.get("name")
    return f"{name}（{record.code}）" if name else record.code
