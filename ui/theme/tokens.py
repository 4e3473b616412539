"""The colours, sizes and type of the window, once; style sheet, palette, delegates and charts read them here.

The contrast of every pair that carries text is held by ``tests/ui/test_tokens.py`` (WCAG: 4.5:1).
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Theme(StrEnum):
    """What the user chose."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


class Density(StrEnum):
    """How tall the rows of a list are."""

    COMFORTABLE = "comfortable"
    STANDARD = "standard"
    COMPACT = "compact"


ROW_HEIGHTS = {Density.COMFORTABLE: 44, Density.STANDARD: 36, Density.COMPACT: 28}
"""Logical pixels; below 44 a row has a single line."""


class Tone(NamedTuple):
    """A meaning in colour: text and marks in ``strong``, the field behind them in ``soft``."""

    strong: str
    soft: str


class Tokens(NamedTuple):
    """One theme. Colours are ``#rrggbb``."""

    dark: bool
    background: str
    side: str
    surface: str
    raised: str
    line: str
    field: str
    mark: str
    text: str
    text2: str
    text3: str
    on_primary: str
    primary: Tone
    ok: Tone
    warn: Tone
    bad: Tone
    info: Tone
    violet: Tone
    grey: Tone
    selection: str
    hover: str
    zoom: int = 100

    def px(self, size: int) -> int:
        """Return a size in logical pixels at the font zoom in use."""
        return round(size * self.zoom / 100)


META, BODY, CARD, RECORD, PAGE, FIGURE = 12, 13, 14, 16, 18, 26
"""Type sizes in logical pixels; nothing Chinese is smaller than 12."""

RADIUS_CONTROL, RADIUS_CARD = 6, 8

LIGHT = Tokens(
    dark=False,
    background="#F4F6F9",
    side="#EDF1F6",
    surface="#FFFFFF",
    raised="#FFFFFF",
    line="#E3E8EF",
    field="#C9D1DC",
    mark="#7C8797",
    text="#17202E",
    text2="#4D5A6B",
    text3="#5E6A7A",
    on_primary="#FFFFFF",
    primary=Tone("#1B5CD6", "#DEE9FC"),
    ok=Tone("#0F7B55", "#E0F3EA"),
    warn=Tone("#945005", "#FDF0DC"),
    bad=Tone("#BE2B2B", "#FCE7E7"),
    info=Tone("#0B6783", "#E0F1F6"),
    violet=Tone("#5B45C8", "#ECE9FB"),
    grey=Tone("#4D5A6B", "#EBEEF3"),
    selection="#EDF3FE",
    hover="#F3F6FB",
)

DARK = Tokens(
    dark=True,
    background="#12171F",
    side="#161C26",
    surface="#1B222D",
    raised="#232C39",
    line="#2D3746",
    field="#44505F",
    mark="#8A97A8",
    text="#E8EDF4",
    text2="#B4BFCD",
    text3="#98A5B5",
    on_primary="#FFFFFF",
    primary=Tone("#7FACFF", "#22345A"),
    ok=Tone("#5CCB9F", "#173A2E"),
    warn=Tone("#F0B45C", "#3F301A"),
    bad=Tone("#FF9A93", "#472425"),
    info=Tone("#6CC6E0", "#17363F"),
    violet=Tone("#B5A8FF", "#302A54"),
    grey=Tone("#B4BFCD", "#2A3442"),
    selection="#1F2D49",
    hover="#202936",
)


class Inverse(NamedTuple):
    """Colours of what stands out against the whole window."""

    ground: str
    text: str
    act: str


TOAST = {
    False: Inverse("#1F2A3A", "#FFFFFF", "#9CC0FF"),
    True: Inverse("#E8EDF4", "#17202E", "#1B4DB0"),
}
"""The short message over the window, by ``Tokens.dark``."""

PRIMARY_BUTTON = {False: "#1B5CD6", True: "#2F6BE0"}
"""The field of the one solid button of a window, by ``Tokens.dark``: white text keeps 4.5:1 on it."""


def tokens(theme: Theme, *, system_dark: bool = False, zoom: int = 100) -> Tokens:
    """Return the tokens of a theme at a font zoom (percent, 90 to 150)."""
    dark = theme is Theme.DARK or (theme is Theme.SYSTEM and system_dark)
    return (DARK if dark else LIGHT)._replace(zoom=zoom)


STAGE_TONES = {
    "lead": "grey",
    "assessment": "info",
    "negotiation": "warn",
    "review": "violet",
    "signed": "primary",
    "registered": "primary",
    "land_supplied": "info",
    "started": "ok",
    "completed": "ok",
    "production": "ok",
    "full_production": "ok",
}
"""Stage colours follow progress: grey, cyan, amber, violet, blue, green."""

VERDICT_TONES = {
    "met": "ok",
    "not_met": "bad",
    "uncertain": "warn",
    "incomplete": "warn",
    "consult": "violet",
    "not_applicable": "grey",
}


def tone(of: Tokens, name: str) -> Tone:
    """Return a tone by its name."""
    found = getattr(of, name)
    if not isinstance(found, Tone):
        raise TypeError(f"{name} is no tone")
    return found
