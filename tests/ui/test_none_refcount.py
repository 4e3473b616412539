"""PySide6 6.12.0 loses a reference to None at every void call and aborts Python 3.11 (decision 2)."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from 3.12 on")
def test_void_calls_keep_the_references_of_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    label.setText("warm")
    before = sys.getrefcount(None)
    for _number in range(1000):
        label.setText("相土")
    assert abs(sys.getrefcount(None) - before) < 100
