"""The front door: a command, or the window. Nothing is decided here."""

from __future__ import annotations

import sys


def main() -> int:
    """Run what the command line asks for; return the exit code."""
    from crm.commands.line import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
