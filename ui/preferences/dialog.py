"""Preferences of this user on this machine: language, theme, density, type size, name. Taken at once."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from crm.i18n import LANGUAGES, N_, _
from ui.preferences.look import ZOOMS, Look
from ui.theme.tokens import Density, Theme
from ui.widgets.labels import button, label, row

LANGUAGE_NAMES = {"zh_CN": "中文", "en": "English"}
THEME_NAMES = {Theme.LIGHT: N_("Light"), Theme.DARK: N_("Dark"), Theme.SYSTEM: N_("As the system")}
DENSITY_NAMES = {
    Density.COMFORTABLE: N_("Comfortable (two lines)"),
    Density.STANDARD: N_("Standard"),
    Density.COMPACT: N_("Compact"),
}


class PreferencesDialog(QDialog):
    """Shows the look and tells the new one."""

    changed = Signal(object)  # Look
    backup_asked = Signal()
    open_asked = Signal()

    def __init__(self, look: Look, place: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setWindowTitle(_("Preferences"))
        self.setMinimumWidth(460)
        self.language = self._choice([(LANGUAGE_NAMES[code], code) for code in LANGUAGES], look.language)
        self.theme = self._choice([(_(THEME_NAMES[one]), one.value) for one in Theme], look.theme.value)
        self.density = self._choice([(_(DENSITY_NAMES[one]), one.value) for one in Density], look.density.value)
        self.zoom = self._choice([(f"{zoom} %", str(zoom)) for zoom in ZOOMS], str(look.zoom))
        self.officer = QLineEdit(look.officer)
        self.officer.setPlaceholderText(_("the system's user name"))
        form = QFormLayout()
        for title, widget in (
            (_("Language"), self.language),
            (_("Theme"), self.theme),
            (_("Density of lists"), self.density),
            (_("Type size"), self.zoom),
            (_("Your name"), self.officer),
        ):
            widget.setAccessibleName(title)
            form.addRow(title, widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(label(_("Database: {place}").format(place=place), "meta", wrap=True))
        acts = row(
            button(_("Back up now"), self.backup_asked.emit), button(_("Open another"), self.open_asked.emit), None
        )
        layout.addLayout(acts)
        layout.addLayout(row(None, button(_("Cancel"), self.reject), button(_("Apply"), self._apply, role="primary")))

    def _choice(self, entries: list[tuple[str, str]], current: str) -> QComboBox:
        made = QComboBox()
        for word, code in entries:
            made.addItem(word, code)
        made.setCurrentIndex(max(0, made.findData(current)))
        return made

    def _apply(self) -> None:
        self.accept()
        self.changed.emit(
            replace(
                self._look,
                language=str(self.language.currentData()),
                theme=Theme(self.theme.currentData()),
                density=Density(self.density.currentData()),
                zoom=int(self.zoom.currentData()),
                officer=self.officer.text().strip(),
            )
        )
