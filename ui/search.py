"""Ctrl+K over the leads of the open database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from crm.domain.fields.codes import STAGES
from crm.i18n import _
from ui.desk import Desk
from ui.leads.columns import word
from ui.widgets.palette import ROWS, Hit, Palette


def open_palette(desk: Desk, window: Any) -> Palette:  # noqa: ANN401  (the main window)
    """Open the palette over a window; with an empty line it shows what was changed last."""
    from crm.queries.first_page import first_lead_ids  # noqa: PLC0415
    from crm.queries.lead_list import LeadFilter, LeadOrder  # noqa: PLC0415
    from crm.queries.leads import load_lead_rows  # noqa: PLC0415
    from crm.queries.search import first_found  # noqa: PLC0415

    def find(session: Any, text: str) -> list[Hit]:  # noqa: ANN401
        ids = first_found(session, text, ROWS) if text else first_lead_ids(session, LeadFilter(), LeadOrder(), ROWS)
        return [
            Hit(row.id, row.name or _("(no name)"), " · ".join(_about(row)))
            for row in load_lead_rows(session, ids)
            if row is not None
        ]

    def ask(text: str, done: Callable[[Sequence[Hit]], None]) -> None:
        def failed(error: BaseException) -> None:
            done(())
            desk.fail(error)

        desk.ask(lambda session: find(session, text), done, failed)

    palette = Palette(ask, window)
    palette.open_over(window)
    return palette


def _about(row: Any) -> list[str]:  # noqa: ANN401  (a row of the core)
    return [part for part in (row.code, row.investor, word(STAGES, row.stage)) if part]
