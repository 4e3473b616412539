"""One look after another: opens a studio for each database and takes the pictures of its scenes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from shutil import copyfile

from PySide6.QtWidgets import QApplication

from ui.gallery.frames import Wear
from ui.gallery.scenes import ON_DEMONSTRATION, ON_EXTREMES, ON_NOTHING, ON_RESOURCES, Scene
from ui.gallery.states import ON_BROKEN, ON_NEW
from ui.gallery.studio import Studio
from ui.places import Renderers


def paint_round(
    application: QApplication, renderers: Renderers, folder: Path, wear: Wear, only: Sequence[str] = ()
) -> list[Path]:
    """Take the pictures of the scenes (all, or those named) in one look; return the files.

    Raises:
        TimeoutError: a page did not fill itself.
    """
    pictures: list[Path] = []
    rounds: tuple[tuple[str, Mapping[str, Scene]], ...] = (
        ("演示.db", ON_DEMONSTRATION),
        ("空.db", ON_RESOURCES),
        ("难.db", ON_EXTREMES),
        ("新.db", ON_NEW),
        ("坏.db", ON_BROKEN),
        ("", ON_NOTHING),
    )
    for name, scenes in rounds:
        wanted = {key: scene for key, scene in scenes.items() if not only or key in only}
        if wanted:
            pictures += _take(Studio(application, renderers, folder, wear), name, wanted)
    return pictures


def _take(studio: Studio, name: str, scenes: Mapping[str, Scene]) -> list[Path]:
    """Take the pictures on a copy of a database, so that what a scene writes does not stay."""
    copy = studio.folder / f"相土-{name}" if name else None
    if copy is not None:
        copyfile(studio.folder / name, copy)
    studio.open(copy)
    pictures = []
    for key, scene in scenes.items():
        scene(studio)
        pictures.append(studio.take(key))
        if name == "演示.db":
            studio.window.set_banner("")
            studio.window.toast.hide()
            studio.back()
    studio.close()
    if copy is not None:
        for file in studio.folder.glob(f"{copy.name}*"):
            if file.is_file():
                file.unlink()
    return pictures
