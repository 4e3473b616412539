"""The front door: a command, or the window. Nothing is decided here."""

from __future__ import annotations

import sys

from crm.commands.line import Doors, run


def main() -> int:
    """Run what the command line asks for; return the exit code."""
    return run(sys.argv[1:], Doors())


if __name__ == "__main__":
    sys.exit(main())
