"""Makes the pictures of the README from a demonstration: ``python -m tests.make_pictures FOLDER`` (after
``make run`` without a screen).

Documents in grey with 16 levels, the window in 160 colours: a picture takes some 100 KB.
"""

from __future__ import annotations

import io
import subprocess
import sys
from collections import Counter
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
LEVELS, COLOURS = 16, 160
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
    "list": ("list", "light", "1600x1000"),
    "dark": ("list", "dark", "1366x768"),
    "board": ("board", "light", "1366x768"),
    "today": ("today", "light", "1366x768"),
    "dashboard": ("dashboard", "light", "1600x1000"),
    "form": ("form-known", "light", "1366x768"),
    "import": ("import-columns", "dark", "1600x1000"),
    "preview": ("preview", "light", "1366x768"),
    "first-run": ("first-run", "dark", "1366x768"),
}
"""The scene, theme and size of each picture of the window; there is one in each language."""

LANGUAGES = ("zh", "en")

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
    for name, painted in _window(demo / "window").items():
        _few_colours(Image.open(painted).convert("RGB")).save(TARGET / name, optimize=True)
    for name, words in TERMINALS.items():
        _save(_terminal(words, _output(demo / DATABASE, words)), name)
    sizes = {file.name: file.stat().st_size for file in sorted(TARGET.glob("*.png"))}
    print(sizes)  # noqa: T201  (a script)
    return int(max(sizes.values()) > MOST_BYTES)


def _few_colours(image: Image.Image) -> Image.Image:
    """Return a picture in its own most frequent colours: grounds and lines stay exactly as they were painted."""
    raw = image.tobytes()
    counted = Counter(raw[place : place + 3] for place in range(0, len(raw), 3))
    palette = Image.new("P", (1, 1))
    palette.putpalette(b"".join(colour for colour, _count in counted.most_common(COLOURS)))
    return image.quantize(palette=palette, dither=Image.Dither.NONE)


def _window(folder: Path) -> dict[str, Path]:
    """Paint the pages of the window; return the file of each picture."""
    scenes = sorted({scene for scene, _theme, _size in WINDOW.values()})
    sizes = sorted({size for _scene, _theme, size in WINDOW.values()})
    command = [sys.executable, "-m", "ui.gallery", str(folder), "--scene", *scenes, "--frame", *sizes]
    subprocess.run(command, check=True, cwd=ROOT)
    return {
        f"window-{name}-{language}.png": folder / f"{scene}-{theme}-{language}-{size}.png"
        for name, (scene, theme, size) in WINDOW.items()
        for language in LANGUAGES
    }


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
