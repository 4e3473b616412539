"""``python -m bench [PART]…``: one table; exit code 1 when a budget is missed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from importlib import import_module

from bench.table import Line, machine, table

PARTS = {
    "rules": "bench.rules",
    "search": "bench.search",
    "workbooks": "bench.workbooks",
    "import": "bench.imports",
    "export": "bench.exports",
    "start": "bench.start",
    "window": "bench.window",
    "duplicates": "bench.duplicates",
    "documents": "bench.documents",
}
"""The module of each part; its function ``lines`` measures."""


def main() -> int:
    """Measure what is asked for, all by default, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"any of: {', '.join(PARTS)}")
    wanted = parser.parse_args().parts or list(PARTS)
    unknown = set(wanted) - set(PARTS)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    print(machine())
    found: list[Line] = []
    for part, module in PARTS.items():
        if part in wanted:
            lines: Callable[[], list[Line]] = import_module(module).lines
            found += lines()
    print(machine())
    print(table(found))
    return 1 if any(line.kept is False for line in found) else 0


if __name__ == "__main__":
    sys.exit(main())
