"""Every pair of colours that carries text can be read: WCAG 2.1, 4.5 to 1."""

from __future__ import annotations

import re

import pytest

from ui.icons import Glyph, character
from ui.theme.style import palette, style_sheet
from ui.theme.tokens import DARK, LIGHT, PRIMARY_BUTTON, STAGE_TONES, TOAST, VERDICT_TONES, Tokens, tone

LEAST = 4.5
TEXTS = ("text", "text2", "text3")
FIELDS = ("background", "side", "surface", "raised", "selection", "hover")
TONES = ("primary", "ok", "warn", "bad", "info", "violet", "grey")


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("field", FIELDS)
def test_text_on_every_field(theme: Tokens, text: str, field: str) -> None:
    assert _contrast(getattr(theme, text), getattr(theme, field)) >= LEAST


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", TONES)
def test_a_tone_on_its_own_field_and_on_the_surfaces(theme: Tokens, name: str) -> None:
    of = tone(theme, name)
    for field in (of.soft, theme.surface, theme.background, theme.selection, theme.hover):
        assert _contrast(of.strong, field) >= LEAST


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_solid_button(theme: Tokens) -> None:
    assert _contrast(theme.on_primary, PRIMARY_BUTTON[theme.dark]) >= LEAST


PAIRS = (("color", "background"), ("selection-color", "selection-background-color"))
HEX = r"(?<![-\w]){name}: (#[0-9A-Fa-f]{{6}})"


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_pair_the_style_sheet_sets(theme: Tokens) -> None:
    """Colours of a rule on the field of the same rule: chosen, disabled, marked, over the window."""
    too_faint, seen = [], 0
    for rule in style_sheet(theme).split("}"):
        for text, field in PAIRS:
            colours = [re.search(HEX.format(name=name), rule) for name in (text, field)]
            if all(colours):
                seen += 1
                pair = [found.group(1) for found in colours if found is not None]
                if _contrast(*pair) < LEAST:
                    too_faint.append((rule.split("{")[0].strip(), *pair))
    assert too_faint == []
    assert seen >= 15


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_what_is_said_over_the_window(theme: Tokens) -> None:
    over = TOAST[theme.dark]
    assert min(_contrast(over.text, over.ground), _contrast(over.act, over.ground)) >= LEAST


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_what_is_off_can_still_be_read(theme: Tokens) -> None:
    made = palette(theme)
    for text, field in ((made.ColorRole.ButtonText, made.ColorRole.Button), (made.ColorRole.Text, made.ColorRole.Base)):
        off = made.ColorGroup.Disabled
        assert _contrast(made.color(off, text).name(), made.color(off, field).name()) >= LEAST


def test_every_stage_and_verdict_has_a_tone() -> None:
    for name in (*STAGE_TONES.values(), *VERDICT_TONES.values()):
        assert tone(LIGHT, name)


@pytest.mark.parametrize("glyph", list(Glyph))
def test_every_icon_is_in_the_face(glyph: Glyph) -> None:
    assert character(glyph)
