"""The faces of the window: ours first, then those that have what ours lack (names of persons and places, signs).

The semi-bold face is cut to the 8,105 common characters. Qt goes to another family for what a face lacks, never to
another weight of the same; so the whole regular face stands once more, under a name of its own, behind it.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFontDatabase

from crm.resources import resource_folder

FAMILY = "Noto Sans SC"
WHOLE = "Noto Sans SW"  # as long as the name it stands for: it is written over it in the face's own table
FAMILIES = (FAMILY, WHOLE, "Noto Sans JP", "Noto Sans", "Noto Sans Symbols 2")
FIRST = ("NotoSansSC-Regular.ttf", "NotoSansSC-SemiBold.ttf")
FURTHER = ("NotoSansJP-Names.ttf", "NotoSans-LatinExtended.ttf", "NotoSansSymbols2-Signs.ttf")


def add_first_faces() -> None:
    """Load the faces nearly every text is set in."""
    for name in FIRST:
        QFontDatabase.addApplicationFont(str(resource_folder() / "fonts" / name))


def add_further_faces() -> None:
    """Load the faces for rare characters: not before the window has been seen."""
    folder = resource_folder() / "fonts"
    if WHOLE in QFontDatabase.families():
        return
    whole = (folder / FIRST[0]).read_bytes()
    for coding in ("utf-16-be", "ascii"):
        whole = whole.replace(FAMILY.encode(coding), WHOLE.encode(coding))
    QFontDatabase.addApplicationFontFromData(QByteArray(whole))
    for name in FURTHER:
        QFontDatabase.addApplicationFont(str(folder / name))
