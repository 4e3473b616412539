"""One whole journey in a real window: the program as it is started, a real screen (Xvfb), real keys (xdotool).

``make journey`` runs it and says what must be installed; its pictures are left in ``out/journey`` to be looked at.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageGrab

from crm.queries.records import load, load_one
from crm.queries.working import follow_ups
from crm.workspace import Workspace, open_workspace

pytestmark = pytest.mark.screen

ROOT = Path(__file__).resolve().parents[3]
PICTURES = ROOT / "out" / "journey"
NEEDED = ("Xvfb", "openbox", "xdotool")
SIZE = (1600, 1000)
PATIENCE_S = 90
PAGE = 0.2
"""The part of the screen that is another where another page is shown."""
FEW_COLOURS = 20
"""No more are on a page without words."""
NAME = "量子测量装备（虚构）"
INVESTOR, SOURCE, OTHER_SOURCE = "测量公司（虚构）", "展会", "驻点推荐"
CALL, NEXT_STEP = "与企业通话，下周来访", "接待来访"
TYPED = (NAME, INVESTOR, SOURCE, OTHER_SOURCE, CALL, NEXT_STEP)


class Screen:
    """A screen of its own with a window manager; keys go to the window that has the focus, as on a desk."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._taken = 0

    def press(self, *keys: str) -> None:
        """Press keys, each named as X names them."""
        self._tool("key", "--delay", "60", *keys)

    def type(self, text: str) -> None:
        """Type a text, each character by the key that ``teach`` gave it."""
        self._tool("type", "--delay", "60", text)

    def teach(self, text: str) -> None:
        """Give every character that is on no key the key of a player or a launcher, before the program looks."""
        display = self._environment["DISPLAY"]
        asked = ["xkbcomp", "-w0", display, "-"]
        keymap = subprocess.run(asked, check=True, capture_output=True, text=True, timeout=60).stdout
        before, begin, symbols = keymap.partition("xkb_symbols ")
        head, brace, rest = symbols.partition("{")
        rest = re.sub(r"\n\s*key\s+<I\d+>\s*\{[^;]*\};", "", rest)
        free = sorted(set(re.findall(r"<(I\d+)> = \d+;", before)))
        strange = sorted({each for each in text if not each.isascii()})
        keys = "".join(f"key <{key}> {{ [ U{ord(each):04X} ] }};\n" for key, each in zip(free, strange, strict=False))
        assert len(free) >= len(strange), "there are fewer free keys than characters"
        taught = f"{before}{begin}{head}{brace}\n{keys}{rest}"
        subprocess.run(["xkbcomp", "-w0", "-", display], input=taught, check=True, text=True, timeout=60)

    def title(self) -> str:
        """Return the title of the window that has the focus."""
        return self._tool("getactivewindow", "getwindowname").strip()

    def wait_title(self, title: str) -> None:
        """Wait until a window of this title has the focus."""
        wait_for(lambda: title in self.title(), f"a window {title}")

    def press_for_a_page(self, *keys: str) -> None:
        """Press keys and wait until they have brought another page: a good part of the screen is another."""
        before = ImageGrab.grab(xdisplay=self._environment["DISPLAY"])
        self.press(*keys)
        wait_for(lambda: self._changed(before) > PAGE, "other page")

    def wait_words(self) -> None:
        """Wait until the middle of the screen shows a page: the frame is painted before there is one."""
        box = (SIZE[0] // 4, SIZE[1] // 4, SIZE[0] * 3 // 4, SIZE[1] * 3 // 4)

        def colours() -> int:
            middle = ImageGrab.grab(xdisplay=self._environment["DISPLAY"]).crop(box)
            return len(middle.getcolors(middle.width * middle.height) or ())

        wait_for(lambda: colours() > FEW_COLOURS, "words")

    def _changed(self, before: Image.Image) -> float:
        """Return which part of the screen is not as it was, 0 to 1."""
        now = ImageGrab.grab(xdisplay=self._environment["DISPLAY"])
        greys = ImageChops.difference(before, now).convert("L").histogram()
        return 1 - greys[0] / sum(greys)

    def take(self, name: str) -> None:
        """Wait until nothing moves, then take a picture."""
        before, now = b"", self._grab()
        until = time.monotonic() + 10
        while before != now and time.monotonic() < until:
            time.sleep(0.4)  # a real program has no event loop of ours to wait with
            before, now = now, self._grab()
        self._taken += 1
        ImageGrab.grab(xdisplay=self._environment["DISPLAY"]).save(PICTURES / f"{self._taken}-{name}.png")

    def _grab(self) -> bytes:
        return ImageGrab.grab(xdisplay=self._environment["DISPLAY"]).tobytes()

    def _tool(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words], env=self._environment, check=False, capture_output=True, text=True, timeout=60
        )
        return done.stdout


def wait_for(ready: Callable[[], Any], what: str) -> None:
    """Wait until something is so.

    Raises:
        AssertionError: it did not come about.
    """
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if ready():
            return
        time.sleep(0.2)  # another process; there is nothing else to wait with
    raise AssertionError(f"there is no {what}")


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Return the surroundings of a new user on a screen of its own."""
    missing = [name for name in NEEDED if which(name) is None]
    assert not missing, f"missing: {missing}; install them: apt-get install -y xvfb openbox xdotool"
    PICTURES.mkdir(parents=True, exist_ok=True)
    reading, writing = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        display = f":{told.readline().strip()}"
    made = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "XDG_", "XIANGTU_"))}
    made |= {
        "DISPLAY": display,
        "HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "QT_QPA_PLATFORM": "xcb",
    }
    manager = subprocess.Popen(["openbox"], env=made, stderr=subprocess.DEVNULL)
    yield made
    for each in (manager, screen):
        each.terminate()
        each.wait(10)


class Program:
    """The program as a user starts it."""

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        with log.open("wb") as told:
            self._process = subprocess.Popen(
                [sys.executable, str(ROOT / "main.py")], env=environment, stdout=told, stderr=subprocess.STDOUT
            )
        self._log = log

    def wait_end(self) -> str:
        """Wait until it has ended by itself; return all it said.

        Raises:
            AssertionError: it ended with another code than 0.
        """
        assert self._process.wait(PATIENCE_S) == 0
        return self._log.read_text(encoding="utf-8")

    def stop(self) -> None:
        """End it where the test did not."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait(10)


@pytest.fixture
def program(environment: dict[str, str], tmp_path: Path) -> Iterator[Callable[[], Program]]:
    """Return what starts the program."""
    started: list[Program] = []

    def start() -> Program:
        started.append(Program(environment, tmp_path / f"program-{len(started)}.log"))
        return started[-1]

    yield start
    for each in started:
        each.stop()


def _values(workspace: Workspace, name: str) -> dict[str, Any]:
    with workspace.database.read() as session:
        return dict(load_one(session, "leads", name).values)


def _count(workspace: Workspace) -> int:
    with workspace.database.read() as session:
        return len(load(session, "leads"))


def test_from_the_first_start_to_a_saved_brief(
    environment: dict[str, str], program: Callable[[], Program], tmp_path: Path
) -> None:
    screen = Screen(environment)
    screen.teach("".join(TYPED))
    running = program()
    screen.wait_title("相土")
    screen.wait_words()
    screen.take("first-start")
    screen.press("Tab", "Return")  # an empty database
    screen.wait_title("新建数据库")
    screen.take("new-database")
    screen.press_for_a_page("Tab", "Tab", "Tab", "Tab", "Return")  # without a password
    place = tmp_path / "data" / "xiangtu" / "xiangtu.db"
    wait_for(place.exists, "database")
    screen.take("no-lead-yet")
    workspace = open_workspace(str(place), "检查", settings_folder=tmp_path)
    try:
        _capture(screen, workspace)
        _complete(screen, workspace)
        _move_on(screen, workspace)
        _write_brief(screen, tmp_path)
        _find_and_take_back(screen, workspace)
    finally:
        workspace.database.close()
    screen.press("alt+F4")
    assert running.wait_end() == ""
    again = program()
    screen.wait_title("相土")
    screen.take("started-again")
    screen.press("alt+F4")
    assert again.wait_end() == ""


def _capture(screen: Screen, workspace: Workspace) -> None:
    """Write a lead down by three fields."""
    screen.press("ctrl+n")
    screen.wait_title("新建线索")
    for text in (NAME, INVESTOR, SOURCE):
        screen.type(text)
        screen.press("Tab")
    screen.take("new-lead")
    screen.press("ctrl+Return")
    wait_for(lambda: _count(workspace) == 1, "lead")
    assert _values(workspace, NAME)["investor"] == INVESTOR
    screen.wait_title("相土")
    screen.take("the-lead")


def _complete(screen: Screen, workspace: Workspace) -> None:
    """Fill in what the threshold asks for, where its card leads: 用地 first."""
    screen.press("ctrl+e")
    screen.wait_title("编辑线索")
    screen.press("Tab", "Tab")
    screen.press("ctrl+a")
    screen.type(OTHER_SOURCE)
    screen.take("edit")
    screen.press("ctrl+Return")
    wait_for(lambda: _values(workspace, NAME)["source"] == OTHER_SOURCE, "other source")
    screen.wait_title("相土")


def _move_on(screen: Screen, workspace: Workspace) -> None:
    """Move the lead to the next stage and write a follow-up down."""
    screen.press("alt+Right")
    screen.wait_title("变更阶段")
    screen.take("stage")
    screen.press("Return")
    wait_for(lambda: _values(workspace, NAME)["stage"] == "assessment", "next stage")
    screen.wait_title("相土")
    screen.press("ctrl+shift+n")
    screen.type(CALL)
    screen.press("Tab")
    screen.type(NEXT_STEP)
    screen.press("Tab")
    screen.type("2026-12-31")
    screen.take("follow-up")
    screen.press("ctrl+Return")
    wait_for(lambda: _values(workspace, NAME).get("next_step") == NEXT_STEP, "next step")
    with workspace.database.read() as session:
        [row] = follow_ups(session, load_one(session, "leads", NAME).id)
    assert row.note == CALL
    screen.press("Escape")


def _write_brief(screen: Screen, folder: Path) -> None:
    """See the brief and save it."""
    screen.press("ctrl+p")
    screen.wait_title("XT-2026-0001")
    screen.take("brief")
    screen.press("ctrl+s")
    screen.wait_title("保存")
    target = folder / "brief.pdf"
    screen.press("ctrl+a")
    screen.type(str(target))
    screen.press("Return")
    wait_for(target.exists, "brief")
    assert target.read_bytes().startswith(b"%PDF-")
    screen.wait_title("XT-2026-0001")
    screen.press("Escape")
    screen.wait_title("相土")


def _find_and_take_back(screen: Screen, workspace: Workspace) -> None:
    """Find the lead by its initials; take the follow-up and the stage back."""
    screen.press("ctrl+k")
    screen.type("lzcl")
    screen.take("search")
    screen.press("Return")
    screen.take("found")  # the palette has gone, and the keys with it
    screen.press("ctrl+z")
    wait_for(lambda: _values(workspace, NAME).get("next_step") is None, "undone follow-up")
    screen.press("ctrl+z")
    wait_for(lambda: _values(workspace, NAME)["stage"] == "lead", "undone stage")
    screen.take("taken-back")
