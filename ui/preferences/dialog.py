"""Preferences of this user on this machine: how the window looks, the name, the papers, the backups. Taken at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from crm.i18n import LANGUAGES, N_, _
from crm.settings import ZOOMS, Settings
from ui.theme.tokens import Density, Theme
from ui.widgets.dialogs import GrowingDialog, open_dialog
from ui.widgets.labels import button, label, row

LANGUAGE_NAMES = {"zh_CN": "中文", "en": "English"}
THEME_NAMES = {Theme.LIGHT: N_("Light"), Theme.DARK: N_("Dark"), Theme.SYSTEM: N_("As the system")}
DENSITY_NAMES = {
    Density.COMFORTABLE: N_("Comfortable (two lines)"),
    Density.STANDARD: N_("Standard"),
    Density.COMPACT: N_("Compact"),
}


class PreferencesDialog(GrowingDialog):
    """Shows the settings and tells the new ones."""

    changed = Signal(object)  # Settings
    backup_asked = Signal()
    open_asked = Signal()

    def __init__(self, settings: Settings, place: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setWindowTitle(_("Preferences"))
        self.setMinimumWidth(520)
        self.language = _choice(((LANGUAGE_NAMES[code], code) for code in LANGUAGES), settings.language)
        self.theme = _choice(((_(THEME_NAMES[one]), one.value) for one in Theme), settings.theme)
        self.density = _choice(((_(DENSITY_NAMES[one]), one.value) for one in Density), settings.density)
        self.zoom = _choice(((f"{zoom} %", str(zoom)) for zoom in ZOOMS), str(settings.zoom))
        self.officer = _line(settings.officer, _("the system's user name"))
        self.unit = _line(settings.unit, _("not on documents"))
        self.header = _line(settings.header, _("none"))
        self.marking = _line(settings.marking, _("none; e.g. internal papers"))
        self.office_fonts = QCheckBox(_("Print with the office's own typefaces where they are installed"))
        self.office_fonts.setChecked(settings.office_fonts)
        self.backups = _line(settings.backup_folder, _("beside the database"))
        self._wrong = label("", tone="bad", wrap=True)
        self._wrong.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(self._form())
        layout.addWidget(label(_("Database: {place}").format(place=place), "meta", wrap=True))
        acts = row(
            button(_("Back up now"), self.backup_asked.emit), button(_("Open another"), self.open_asked.emit), None
        )
        layout.addLayout(acts)
        layout.addWidget(self._wrong)
        layout.addLayout(row(None, button(_("Cancel"), self.reject), button(_("Apply"), self._apply, role="primary")))

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        lines: tuple[tuple[str, QWidget], ...] = (
            (_("Language"), self.language),
            (_("Theme"), self.theme),
            (_("Density of lists"), self.density),
            (_("Type size"), self.zoom),
            (_("Your name"), self.officer),
            (_("Unit on documents"), self.unit),
            (_("Header of documents"), self.header),
            (_("Marking at the foot"), self.marking),
        )
        for title, widget in lines:
            widget.setAccessibleName(title)
            form.addRow(title, widget)
        self.office_fonts.setAccessibleName(self.office_fonts.text())
        form.addRow("", self.office_fonts)
        self.backups.setAccessibleName(_("Folder of backups"))
        form.addRow(_("Folder of backups"), row(self.backups, button(_("Choose"), self._choose_folder)))
        return form

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, _("Folder of backups"), self.backups.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.backups.setText)
        open_dialog(dialog)

    def _apply(self) -> None:
        folder = self.backups.text().strip()
        if folder and not Path(folder).is_dir():
            self._wrong.setText(_("There is no folder {path} for the backups.").format(path=folder))
            self._wrong.show()
            self.backups.setFocus()
            return
        self.accept()
        self.changed.emit(
            replace(
                self._settings,
                language=str(self.language.currentData()),
                theme=str(self.theme.currentData()),
                density=str(self.density.currentData()),
                zoom=int(self.zoom.currentData()),
                officer=self.officer.text().strip(),
                unit=self.unit.text().strip(),
                header=self.header.text().strip(),
                marking=self.marking.text().strip(),
                office_fonts=self.office_fonts.isChecked(),
                backup_folder=folder,
            )
        )


def _choice(entries: Iterable[tuple[str, str]], current: str) -> QComboBox:
    made = QComboBox()
    for word, code in entries:
        made.addItem(word, code)
    made.setCurrentIndex(max(0, made.findData(current)))
    return made


def _line(text: str, when_empty: str) -> QLineEdit:
    made = QLineEdit(text)
    made.setPlaceholderText(when_empty)
    return made
