"""How the window looks on this machine, kept between two starts. The frame needs it, not the dialog."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QSettings

from crm.i18n import DEFAULT_LANGUAGE, LANGUAGES
from ui.theme.tokens import Density, Theme

Word = TypeVar("Word", Theme, Density)
ZOOMS = (90, 100, 110, 125, 150)


@dataclass(frozen=True, slots=True)
class Look:
    """How the window looks and in whose name it works.

    Attributes:
        officer: the name changes are made in; "" for the system's user name.
        database: the database opened last; "" for none.
    """

    language: str = DEFAULT_LANGUAGE
    theme: Theme = Theme.LIGHT
    density: Density = Density.COMFORTABLE
    zoom: int = 100
    officer: str = ""
    database: str = ""


def load_look(settings: QSettings) -> Look:
    """Return the look kept on this machine; what cannot be understood is the default."""
    plain = Look()
    language = str(settings.value("look/language", plain.language))
    zoom = str(settings.value("look/zoom", plain.zoom))
    return Look(
        language if language in LANGUAGES else plain.language,
        _one_of(Theme, str(settings.value("look/theme", plain.theme)), plain.theme),
        _one_of(Density, str(settings.value("look/density", plain.density)), plain.density),
        int(zoom) if zoom.isdigit() and int(zoom) in ZOOMS else plain.zoom,
        str(settings.value("look/officer", "")),
        str(settings.value("look/database", "")),
    )


def keep_look(settings: QSettings, look: Look) -> None:
    """Keep the look on this machine."""
    for name in ("language", "theme", "density", "zoom", "officer", "database"):
        settings.setValue(f"look/{name}", str(getattr(look, name)))
    settings.sync()


def _one_of(words: type[Word], text: str, plain: Word) -> Word:
    try:
        return words(text)
    except ValueError:
        return plain
