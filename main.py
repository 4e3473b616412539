"""The front door: a command, or the window. Nothing is decided here."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from crm.commands.line import Doors, run


def main() -> int:
    """Run what the command line asks for; return the exit code."""
    return run(sys.argv[1:], doors())


def doors() -> Doors:
    """Return what the rooms above the core lend to a command; nothing of it is imported before it is asked for."""
    renderers = {
        "brief": _brief,
        "dossier": _dossier,
        "threshold_sheet": _threshold_sheet,
        "match_sheet": _match_sheet,
    }
    return Doors(renderers=renderers, pictures=_pictures)


def _brief() -> Callable[..., Any]:
    from reports.brief import compose_brief

    return compose_brief


def _dossier() -> Callable[..., Any]:
    from reports.dossier import compose_dossier

    return compose_dossier


def _threshold_sheet() -> Callable[..., Any]:
    from reports.threshold_sheet import compose_threshold_sheet

    return compose_threshold_sheet


def _match_sheet() -> Callable[..., Any]:
    from reports.match_sheet import compose_match_sheet

    return compose_match_sheet


def _pictures(*arguments: Any) -> Any:  # noqa: ANN401  (a door: the command knows what it hands over)
    from ui.pdf_pages import picture_pages

    return picture_pages(*arguments)


if __name__ == "__main__":
    sys.exit(main())
