"""What the README shows is what the program says: its commands are run, in order, in an empty folder."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from crm.commands.line import run
from main import doors
from tests.make_pictures import MOST_BYTES, TARGET

ROOT = Path(__file__).resolve().parent.parent
SECTIONS = ("# 相土 Xiangtu", "# 中文说明")
MOST_PICTURES = 2_000_000
ANYTHING, ANY_LINES = r"[^\n]*", r"(?:[^\n]*\n)*?"


def console(section: str) -> Iterator[tuple[str, list[str]]]:
    """Give the commands of a section and the lines shown after each."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    begin = text.index(f"{section}\n")
    ends = [text.index(f"\n{other}\n") for other in SECTIONS if f"\n{other}\n" in text[begin + 1 :]]
    part = text[begin : min((end for end in ends if end > begin), default=len(text))]
    for block in re.findall(r"^```console\n(.*?)^```$", part, flags=re.MULTILINE | re.DOTALL):
        for call in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *lines = call.rstrip("\n").split("\n")
            yield command, lines


def pattern(lines: list[str]) -> re.Pattern[str]:
    """Return what the output must be: … stands for anything, alone for any lines; codes carry the year."""
    parts = [ANY_LINES if line == "…" else ANYTHING.join(map(re.escape, line.split("…"))) + " *\n" for line in lines]
    return re.compile(re.sub(r"XT\\-\d{4}", r"XT-\\d{4}", "".join(parts)))


@pytest.mark.parametrize("section", SECTIONS)
def test_the_commands_say_what_is_shown(section: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XIANGTU_DATABASE", str(tmp_path / "try.db"))
    (tmp_path / "resources").symlink_to(ROOT / "resources", target_is_directory=True)
    calls = list(console(section))
    assert len(calls) > 8
    for command, lines in calls:
        name, *words = shlex.split(command)
        out, err = StringIO(), StringIO()
        assert (name, run(words, doors(), out, err)) == ("xiangtu", 0), err.getvalue()
        said = out.getvalue()
        assert pattern(lines).fullmatch(said), f"{command}\n{said}"


def test_the_pictures_are_there_and_small() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = {ROOT / name for name in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text)}
    assert sorted(shown) == sorted(TARGET.glob("*.png"))
    sizes = [picture.stat().st_size for picture in shown]
    assert max(sizes) <= MOST_BYTES
    assert sum(sizes) <= MOST_PICTURES
