"""The list of the keys names every key the window listens to, and none it does not."""

from __future__ import annotations

import re

from PySide6.QtGui import QAction, QKeySequence

from ui.application import Xiangtu
from ui.leads.page import LeadsPage
from ui.preferences.keys_dialog import KEYS

HANDLED_BY_WIDGETS = {
    *(
        "Space",
        "Enter",
        "Esc",
        "J",
        "K",
        "Left",
        "Right",
        "Ctrl+Space",
        "Shift+↑",
        "Ctrl+↑",
        "↑",
        "↓",
        "Ctrl+A",
        "Ctrl+C",
        "Ctrl+Shift+C",
        "Ctrl+V",
        "Delete",
        "Shift+Left",
        "Ctrl+Enter",
    ),
}
"""Keys of the list, the form and the follow-up, which the journeys press."""


def test_every_key_is_told(page: LeadsPage, xiangtu: Xiangtu) -> None:
    del page
    assert xiangtu.window is not None
    native = QKeySequence.SequenceFormat.PortableText
    listened = {
        keys.toString(native)
        for action in xiangtu.window.findChildren(QAction)
        for keys in action.shortcuts()
        if action.text()
    }
    told = {
        key.replace("→", "Right").replace("←", "Left").replace("Alt+↑", "Alt+Up").replace("Alt+↓", "Alt+Down")
        for keys, _words in KEYS
        for key in re.split(r"\s+", keys)
    }
    pages = {"Ctrl+1", "…"}  # one number for each entry of the navigation
    assert listened - told == set()
    assert told - listened - HANDLED_BY_WIDGETS - pages == set()
