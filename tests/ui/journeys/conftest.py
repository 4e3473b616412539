"""A window whose keys go where those of a real screen would go."""

from __future__ import annotations

import pytest

from tests.ui.journeys.keyboard import Keyboard
from ui.application import Xiangtu
from ui.pictures import settle


@pytest.fixture
def keyboard(xiangtu: Xiangtu) -> Keyboard:
    """Return the keyboard in front of the window, which has the focus as the one window of a screen has."""
    assert xiangtu.window is not None
    xiangtu.window.activateWindow()
    settle(0)
    return Keyboard()
