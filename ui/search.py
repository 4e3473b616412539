"""Ctrl+K over the leads of the open database, its other records, and the commands of the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from crm.domain.fields.codes import STAGES
from crm.domain.fields.registry import KIND_LABELS
from crm.i18n import _
from ui.desk import Desk
from ui.leads.columns import word
from ui.widgets.palette import ROWS, Hit, Palette

COMMANDS_ONLY = ">"
"""What a line begins with that asks for commands."""

MOST_COMMANDS, MOST_RECORDS = 3, 4
"""Answers of each sort beside leads."""


class Command(NamedTuple):
    """Something the window can do.

    Attributes:
        name: what people call it.
        keys: what does it at the keyboard, "" for nothing.
        do: does it.
    """

    name: str
    keys: str
    do: Callable[[], object]


def open_palette(
    desk: Desk,
    window: Any,  # noqa: ANN401  (the main window)
    commands: Sequence[Command],
    kinds: Sequence[str],
    open_record: Callable[[str, int], object],
) -> Palette:
    """Open the palette over a window; with an empty line it shows what was changed last.

    Args:
        desk: the database and the threads.
        window: the main window.
        commands: what can be done.
        kinds: of record that are looked through beside leads.
        open_record: opens a record that is no lead, by kind and id.
    """
    from crm.queries.first_page import first_lead_ids  # noqa: PLC0415
    from crm.queries.lead_list import LeadFilter, LeadOrder  # noqa: PLC0415
    from crm.queries.search import first_found  # noqa: PLC0415

    def find(session: Any, text: str) -> list[Hit]:  # noqa: ANN401
        if text.startswith(COMMANDS_ONLY):
            return list(_commands(commands, text.removeprefix(COMMANDS_ONLY).strip(), len(commands)))
        if not text:
            return _leads(session, first_lead_ids(session, LeadFilter(), LeadOrder(), ROWS))
        leads = _leads(session, first_found(session, text, ROWS))
        acts = list(_commands(commands, text, MOST_COMMANDS))
        records = list(_records(session, text, kinds, open_record))[: max(0, ROWS - len(acts) - len(leads))]
        return [*leads[: ROWS - len(acts) - len(records)], *records, *acts]

    def ask(text: str, done: Callable[[Sequence[Hit]], None]) -> None:
        def failed(error: BaseException) -> None:
            done(())
            desk.fail(error)

        desk.ask(lambda session: find(session, text), done, failed)

    palette = Palette(ask, window)
    palette.open_over(window)
    return palette


def _leads(session: Any, ids: Sequence[int]) -> list[Hit]:  # noqa: ANN401
    from crm.queries.leads import load_lead_rows  # noqa: PLC0415

    return [
        Hit(row.id, row.name or _("(no name)"), " · ".join(_about(row)))
        for row in load_lead_rows(session, ids)
        if row is not None
    ]


def _records(
    session: Any,  # noqa: ANN401
    text: str,
    kinds: Sequence[str],
    open_record: Callable[[str, int], object],
) -> Iterator[Hit]:
    from crm.queries.record_search import search_records  # noqa: PLC0415

    left = MOST_RECORDS
    for kind in kinds:
        for found in search_records(session, kind, text, left).rows:
            note = " · ".join((found.code, _(KIND_LABELS[kind])))
            yield Hit(0, found.name or found.code, note, partial(open_record, kind, found.id))
            left -= 1
        if left <= 0:
            return


def _commands(commands: Sequence[Command], text: str, most: int) -> Iterator[Hit]:
    """Yield the commands that are called so: characters, pinyin or initials, any reading of a character."""
    from crm.queries.resources import sounds  # noqa: PLC0415

    wanted = "".join(text.split()).casefold()
    for command in commands:
        name = command.name.casefold()
        if wanted in name.replace(" ", "") or (wanted.isascii() and sounds(name, wanted)):
            yield Hit(0, command.name, command.keys or _("command"), command.do)
            most -= 1
            if not most:
                return


def _about(row: Any) -> list[str]:  # noqa: ANN401  (a row of the core)
    return [part for part in (row.code, row.investor, word(STAGES, row.stage)) if part]
