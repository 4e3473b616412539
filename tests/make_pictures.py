"""Makes the pictures of the README from a demonstration: ``python -m tests.make_pictures FOLDER`` (after
``make run`` without a screen).

Grey with 16 levels: a page takes some 60 KB.
"""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from crm.commands.layout import width
from crm.commands.line import run
from crm.jobs.demonstration import DATABASE
from main import doors

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "pictures"
FONTS = ROOT / "resources" / "fonts"
LEVELS, COLOURS = 16, 96
PAGE_WIDTH = 760
MOST_BYTES = 150_000

PAGES = {
    "threshold-sheet.png": "供地门槛测算单 新能源电驱动总成（虚构）-1.png",
    "brief.png": "项目简报 半导体光刻配套材料（虚构）-1.png",
    "dossier.png": "项目档案 新能源电驱动总成（虚构）-4.png",
    "match.png": "匹配建议书 国际生物医药中试基地（虚构）-1.png",
}
"""The page that each picture shows."""

WINDOW = {
    "window.png": "leads-light-1366x768.png",
    "window-dark.png": "leads-dark-1366x768.png",
    "window-import.png": "import-light.png",
}
"""The page of the window that each picture shows."""

TERMINALS: dict[str, tuple[str, ...]] = {
    "terminal-check.png": ("check", "半导体光刻配套材料（虚构）"),
    "terminal-duplicates.png": ("duplicates",),
}
"""The command whose output each picture shows."""

SIZE, LINE, EDGE = 15, 23, 18
CELL = SIZE * 0.56
WIDE = 1.3 * CELL


def main() -> int:
    """Make every picture; return 1 when one is too large."""
    demo = Path(sys.argv[1])
    TARGET.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        image = Image.open(demo / page).convert("L")
        _save(
            image.resize((PAGE_WIDTH, round(image.height * PAGE_WIDTH / image.width)), Image.Resampling.LANCZOS), name
        )
    for name, page in WINDOW.items():
        _save(Image.open(demo / page).convert("RGB"), name, COLOURS)
    for name, words in TERMINALS.items():
        _save(_terminal(words, _output(demo / DATABASE, words)), name)
    sizes = {file.name: file.stat().st_size for file in sorted(TARGET.glob("*.png"))}
    print(sizes)  # noqa: T201  (a script)
    return int(max(sizes.values()) > MOST_BYTES)


def _output(database: Path, words: tuple[str, ...]) -> list[str]:
    out = io.StringIO()
    with redirect_stderr(io.StringIO()):
        run(["--database", str(database), *words], doors(), out=out, err=io.StringIO())
    return out.getvalue().splitlines()


def _terminal(words: tuple[str, ...], lines: list[str]) -> Image.Image:
    """Draw lines on a grid: a Chinese character takes two cells."""
    text = ImageFont.truetype(FONTS / "NotoSansSC-Regular.ttf", SIZE)
    signs = ImageFont.truetype(FONTS / "NotoSansSymbols2-Signs.ttf", SIZE)
    every = [f"$ xiangtu {' '.join(words)}", *lines]
    columns = max(map(width, every)) + 1
    image = Image.new("L", (round(columns * CELL) + 2 * EDGE, len(every) * LINE + 2 * EDGE), 28)
    draw = ImageDraw.Draw(image)
    for row, line in enumerate(every):
        column = 0
        for letter in line:
            cells = 2 if not letter.isascii() and text.getlength(letter) > WIDE else 1
            place = (EDGE + (column + cells / 2) * CELL, EDGE + row * LINE)
            draw.text(place, letter, 235, font=signs if letter == "✗" else text, anchor="ma")
            column += cells
    return image


def _save(image: Image.Image, name: str, colours: int = LEVELS) -> None:
    how = Image.Quantize.MEDIANCUT if image.mode == "L" else Image.Quantize.MAXCOVERAGE  # a verdict's colour is rare
    image.quantize(colours, how).save(TARGET / name, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
