"""No character of a name is a box: what the semi-bold face lacks comes from the faces behind it."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QTextLayout
from PySide6.QtWidgets import QApplication

from ui.theme.faces import FAMILIES, add_further_faces

RARE = "𠮷龘㛃冇嘅項Łşø☐✗①≥"


@pytest.mark.parametrize("weight", [QFont.Weight.Normal, QFont.Weight.DemiBold], ids=["regular", "semi-bold"])
@pytest.mark.parametrize("character", RARE)
def test_every_rare_character_has_a_shape_of_our_own(qapp: QApplication, character: str, weight: QFont.Weight) -> None:
    del qapp
    add_further_faces()
    add_further_faces()  # asking twice adds nothing
    font = QFont(list(FAMILIES))
    font.setPixelSize(13)
    font.setWeight(weight)
    layout = QTextLayout(f"名{character}", font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    runs = layout.glyphRuns()
    assert all(number for run in runs for number in run.glyphIndexes())
    assert {run.rawFont().familyName() for run in runs} <= set(FAMILIES) | {"Noto Sans SC SemiBold"}
