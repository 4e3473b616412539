"""House rules that no linter can say (architecture.md §2): who commits, how long a function is, what is translated."""

from __future__ import annotations

import ast
import gc
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests import catalogue

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("crm", "reports", "ui", "bench", "tests")
LONGEST_FUNCTION, LONGEST_FILE = 60, 500

BANNED = ("密" + "级", "/" + "work" + "/")
"""The program is not for state secrets (decisions 20); no path of a machine belongs into the repository."""

TEXT_FILES = (".py", ".po", ".md", ".toml", ".sh", ".cfg", ".json", ".csv", ".svg", ".qss", ".yml", ".txt", "")


@cache
def modules() -> tuple[tuple[str, ast.Module, int], ...]:
    """Every module of ours: its path from the root, its tree, its number of lines."""
    paths = [*(path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))), *ROOT.glob("*.py")]
    texts = [(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")) for path in paths]
    gc.disable()  # a million nodes, and none is garbage: looking for it again and again takes seven times as long
    try:
        return tuple((name, ast.parse(text), text.count("\n")) for name, text in texts)
    finally:
        gc.enable()


@pytest.fixture(autouse=True, scope="module")
def _forgotten() -> Iterator[None]:
    """Let go of the trees at the end: the tests that come after have nothing of them but longer garbage collections."""
    yield
    for kept in (walked, modules, catalogue.calls):
        kept.cache_clear()


@cache
def walked() -> dict[str, tuple[ast.AST, ...]]:
    """Every node of every module: each is walked through once for all rules."""
    return {name: tuple(ast.walk(tree)) for name, tree, _lines in modules()}


def places(wanted: Callable[[ast.AST], bool], *, outside: tuple[str, ...] = (), inside: str = "") -> list[str]:
    """Where a kind of node stands, in the modules of ``inside`` that are not ``outside``; tests aside."""
    return [
        f"{name}:{getattr(node, 'lineno', 0)}"
        for name, nodes in walked().items()
        if name.startswith(inside) and not name.startswith(("tests/", *outside))
        for node in nodes
        if wanted(node)
    ]


def method(node: ast.AST, *names: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names


def function(node: ast.AST, *names: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names


def writes(node: ast.AST) -> bool:
    """Whether it is ``database.write(``, whatever the database is an attribute of."""
    if not method(node, "write") or not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    owner = node.func.value
    name = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
    return name in {"database", "_database", "db"} or any(keyword.arg == "why" for keyword in node.keywords)


def imports_bulk(node: ast.AST) -> bool:
    """Whether it imports a statement that changes rows past the session."""
    if not isinstance(node, ast.ImportFrom) or (node.module or "").split(".")[0] not in {"sqlalchemy", "sqlmodel"}:
        return False
    return any(alias.name in {"insert", "update", "delete"} for alias in node.names)


def ends_a_transaction(node: ast.AST) -> bool:
    """Whether it is ``.commit(``, or ``.begin(`` of something that has transactions."""
    if (
        not method(node, "commit", "begin")
        or not isinstance(node, ast.Call)
        or not isinstance(node.func, ast.Attribute)
    ):
        return False
    owner = ast.unparse(node.func.value).split(".")[-1].strip("_()")
    has_transactions = owner in {"session", "connection", "engine", "database", "workspace"}
    return node.func.attr == "commit" or (node.func.attr == "begin" and has_transactions)


def test_a_transaction_begins_and_ends_in_one_room() -> None:
    assert places(ends_a_transaction, outside=("crm/database/", "crm/migrations/", "bench/")) == []


def test_a_transaction_is_opened_at_the_edges() -> None:
    door = "crm/database/door.py"  # Database.change is the door itself, opened again where a server has shut it
    assert places(writes, outside=("crm/jobs/", "crm/commands/", "ui/", "bench/", door)) == []


def test_no_record_loads_another_behind_ones_back() -> None:
    assert places(lambda node: function(node, "Relationship")) == []


def test_the_window_never_turns_its_own_wheel() -> None:
    assert places(lambda node: method(node, "processEvents"), outside=("bench/",)) == []


def test_bulk_statements_stand_where_their_history_is_written() -> None:
    allowed = ("crm/database/", "crm/migrations/", "bench/")
    assert places(imports_bulk, outside=allowed) == []


def test_no_float_decides() -> None:
    assert places(lambda node: function(node, "float"), inside="crm/domain/") == []


def test_no_function_is_long() -> None:
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    found = [
        f"{name}:{node.lineno} {node.name}"
        for name, nodes in walked().items()
        for node in nodes
        if isinstance(node, kinds) and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert found == []


def test_no_file_is_long() -> None:
    assert [name for name, _tree, lines in modules() if lines > LONGEST_FILE] == []


def test_no_banned_word_stands_anywhere() -> None:
    found = [
        f"{path}: {word}"
        for path in tracked()
        if "tests" not in path.relative_to(ROOT).parts  # a test may look for what must not be there
        for word in BANNED
        if word in path.read_text(encoding="utf-8")
    ]
    assert found == []


def tracked() -> Iterator[Path]:
    """Every text file that is committed; without git, every one in our folders."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        paths = [path for room in ROOMS for path in (ROOT / room).rglob("*") if path.is_file()]
    else:
        paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    for path in paths:
        if path.suffix in TEXT_FILES and path.name != "LICENSE" and path.is_file():
            yield path


def test_every_message_is_translated() -> None:
    there = catalogue.translated()
    assert {message.text: place for message, place in catalogue.said().items() if message not in there} == {}


def test_every_translation_is_still_said() -> None:
    here = catalogue.said()
    assert [message for message in catalogue.translated() if message not in here] == []


@pytest.mark.parametrize("faults", [catalogue.written_twice, catalogue.differing, catalogue.built])
def test_the_catalogue_is_in_order(faults: Callable[[], list[str]]) -> None:
    assert faults() == []


def test_placeholders_are_compared_by_name() -> None:
    assert catalogue.placeholders("{a} of {b:,} {{c}} {d!r}") == {"a", "b", "d"}
    assert catalogue.placeholders("nothing") == set()
    assert catalogue.placeholders("{}") == {"{}"}
