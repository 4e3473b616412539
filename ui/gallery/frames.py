"""In which sizes, themes and languages the window is painted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from ui.theme.tokens import Density, Theme


class Frame(NamedTuple):
    """A screen: its size in real pixels and its scale in per cent."""

    width: int
    height: int
    percent: int = 100

    @property
    def name(self) -> str:
        """What files and the command line call it: ``1366x768``, ``3840x2160@200``."""
        return f"{self.width}x{self.height}" + (f"@{self.percent}" if self.percent != 100 else "")  # noqa: PLR2004

    @property
    def logical(self) -> tuple[int, int]:
        """Width and height in logical pixels."""
        return self.width * 100 // self.percent, self.height * 100 // self.percent


class Wear(NamedTuple):
    """What the window wears in a picture."""

    theme: Theme
    language: str
    frame: Frame
    density: Density = Density.COMFORTABLE

    def file(self, scene: str) -> str:
        """Return the name of the picture of a scene."""
        return f"{scene}-{self.theme.value}-{self.language[:2]}-{self.frame.name}.png"


FRAMES = (Frame(1600, 1000), Frame(1366, 768), Frame(1280, 720), Frame(3840, 2160, 200), Frame(1920, 1080, 150))
BY_NAME = {frame.name: frame for frame in FRAMES}
THEMES = (Theme.LIGHT, Theme.DARK)


def screen_file(frame: Frame, folder: Path) -> Path:
    """Write what Qt's offscreen screen is to be: dialogs ask it how much room there is; return the file."""
    screen = {"name": "paper", "x": 0, "y": 0, "width": frame.width, "height": frame.height, "logicalDpi": 96, "dpr": 1}
    file = folder / f".screen-{frame.name}.json"
    file.write_text(json.dumps({"screens": [screen | {"logicalBaseDpi": 96}]}), encoding="utf-8")
    return file
