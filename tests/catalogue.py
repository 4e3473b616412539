"""The messages of the sources beside the catalogue: ``python -m tests.catalogue`` prints what differs."""

from __future__ import annotations

import ast
import re
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "resources" / "locale" / "zh_CN" / "LC_MESSAGES" / "xiangtu.po"
ROOMS = ("crm", "reports", "ui")

MESSAGES = {"_": (0,), "N_": (0,), "ngettext": (0, 1), "pgettext": (1,)}
"""Where a function of crm.i18n has its messages among its arguments."""

PLACEHOLDER = re.compile(r"\{\{|\}\}|\{([^{}:!]*)[^{}]*\}")


class Message(NamedTuple):
    """One message: its context, its text, and its plural."""

    context: str | None
    text: str
    plural: str | None = None


def sources() -> list[Path]:
    """Return the modules whose messages people see."""
    return [*sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py")), ROOT / "main.py"]


@cache
def calls(path: Path) -> tuple[tuple[ast.Call, str], ...]:
    """Return the calls of a module that name a message, and the function called; a module is read once."""
    return tuple(
        (node, node.func.id)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MESSAGES
    )


def said() -> dict[Message, str]:
    """Return the messages of the sources, each with one place where it stands."""
    found: dict[Message, str] = {}
    for path in sources():
        for call, function in calls(path):
            texts = [_constant(call.args[place]) for place in MESSAGES[function]]
            if None in texts:
                continue
            context = _constant(call.args[0]) if function == "pgettext" else None
            plural = texts[1] if len(texts) > 1 else None
            found.setdefault(Message(context, texts[0] or "", plural), f"{path.relative_to(ROOT)}:{call.lineno}")
    return found


def built() -> list[str]:
    """Return the places where a message is put together before it is looked up: the catalogue cannot have it."""
    return [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in sources()
        for call, function in calls(path)
        for place in MESSAGES[function]
        if isinstance(call.args[place], ast.JoinedStr | ast.BinOp)
    ]


@cache
def translated() -> dict[Message, tuple[str, ...]]:
    """Return the entries of the catalogue; a fuzzy one counts as none."""
    with CATALOGUE.open("rb") as file:
        catalogue: Catalog = read_po(file, locale="zh_CN", abort_invalid=True)
    entries: dict[Message, tuple[str, ...]] = {}
    for entry in catalogue:
        if not entry.id or entry.fuzzy:
            continue
        text, plural = entry.id if isinstance(entry.id, tuple) else (entry.id, None)
        strings = entry.string if isinstance(entry.string, tuple | list) else (entry.string,)
        entries[Message(entry.context, str(text), plural)] = tuple(str(string) for string in strings)
    return entries


def written_twice() -> list[str]:
    """Return the messages that the file of the catalogue has more than once."""
    seen: set[str] = set()
    twice: list[str] = []
    for block in CATALOGUE.read_text(encoding="utf-8").split("\n\n"):
        key = "\n".join(line for line in block.splitlines() if line and not line.startswith(("#", "msgstr")))
        if key and key in seen:
            twice.append(key)
        seen.add(key)
    return twice


def placeholders(text: str) -> set[str]:
    """Return the names a message puts in: ``{name}``, ``{number:04d}``; without names, their number."""
    return {found for found in PLACEHOLDER.findall(text) if found} | ({"{}"} if "{}" in text else set())


def differing() -> list[str]:
    """Return the messages whose translation puts in other names."""
    return [
        f"{message.text!r}: {string!r}"
        for message, strings in translated().items()
        for string in strings
        if placeholders(string) != placeholders(message.plural or message.text) | placeholders(message.text)
    ]


def _constant(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def main() -> int:
    """Print what differs; return 1 when anything does."""
    here, there = said(), translated()
    faults = [f"no translation: {message.text!r} ({place})" for message, place in here.items() if message not in there]
    faults += [f"no longer said: {message.text!r}" for message in there if message not in here]
    faults += [f"twice: {each}" for each in written_twice()]
    faults += [f"other placeholders: {each}" for each in differing()]
    faults += [f"put together before it is looked up: {place}" for place in built()]
    sys.stdout.write("".join(f"{fault}\n" for fault in faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
