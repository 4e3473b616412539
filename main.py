"""The front door: a command, or the window. Nothing is decided here."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

from crm.commands.line import Doors, run

Compose: TypeAlias = Callable[..., Any]
"""Facts in, a document on its pages out."""


def main() -> int:
    """Run what the command line asks for; return the exit code."""
    return run(sys.argv[1:], doors())


RENDERERS = {
    "brief": "compose_brief",
    "dossier": "compose_dossier",
    "threshold_sheet": "compose_threshold_sheet",
    "match_sheet": "compose_match_sheet",
    "period_report": "compose_period_report",
    "minutes": "compose_minutes",
    "review_sheet": "compose_review_sheet",
    "blind_profile": "compose_blind_profile",
    "coordination_sheet": "compose_coordination_sheet",
    "enterprise_file": "compose_enterprise_file",
    "ledger_health": "compose_ledger_health",
    "lead_list": "compose_lead_list",
    "keeping": "compose_kept",
}
"""Module in ``reports`` of each document -> what makes its pages."""


def doors() -> Doors:
    """Return what the rooms above the core lend to a command; nothing of it is imported before it is asked for."""
    renderers = {name: partial(_renderer, name) for name in RENDERERS}
    return Doors(renderers=renderers, pictures=_pictures, open_window=_open_window, paint_pages=_paint_pages)


def _renderer(name: str) -> Compose:
    compose: Compose = getattr(import_module(f"reports.{name}"), RENDERERS[name])
    return compose if name == "keeping" else _with_fonts(compose)  # what was kept names the fonts it was set in


def _with_fonts(compose: Compose) -> Compose:
    """Return the same with two switches.

    ``office_fonts``: the office's own 仿宋 and 小标宋 are used where installed. ``stand_ins``: a character that no font
    has may be printed as its code point.
    """
    from reports.fonts import bundled_fonts, installed_fonts

    def composed(facts: Any, *, office_fonts: bool = False, stand_ins: bool = False) -> Any:  # noqa: ANN401  (a door)
        return compose(facts, installed_fonts() if office_fonts else bundled_fonts(), stand_ins=stand_ins)

    return composed


def _pictures(*arguments: Any) -> Any:  # noqa: ANN401  (a door: the command knows what it hands over)
    from ui.pdf_pages import picture_pages

    return picture_pages(*arguments)


def _open_window(database: str | None, by: str | None) -> int:
    import gc

    gc.disable()  # nothing that is imported becomes garbage; looking for it is a tenth of the start
    from ui.application import run as run_window

    return run_window(database, by, doors().renderers)


def _paint_pages(database: str, folder: Path) -> list[Path]:
    from ui.pictures import paint_pages

    return paint_pages(database, folder, doors().renderers)


if __name__ == "__main__":
    sys.exit(main())
