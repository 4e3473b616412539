"""A pasted message that is not saved yet, with what a person has typed beside it: kept in the database as a draft."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING

from crm.i18n import _

if TYPE_CHECKING:
    from crm.queries.working import DraftRow
    from ui.desk import Desk

KEY = "capture"
TEXT, DONE = "text", "done"
"""Beside them the entries are ``<number of the lead>.<field>``."""

Typed = dict[int, dict[str, str]]


class Draft:
    """One at a time, as of the form for a new lead."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._last: dict[str, str] | None = None

    def load(self, then: Callable[[Mapping[str, str]], object]) -> None:
        """Ask for what was kept; ``then`` gets it, nothing where there is none."""
        from crm.queries.working import draft  # noqa: PLC0415  (the database is open then)

        def loaded(kept: DraftRow | None) -> None:
            then({} if kept is None else kept.content)

        self._desk.ask(lambda session: draft(session, KEY), loaded)

    def keep(self, text: str, typed: Mapping[int, Mapping[str, str]], done: Collection[int]) -> None:
        """Keep a message, what was typed by number of the lead, and which leads of it are saved."""
        from crm.services.drafts import keep_draft  # noqa: PLC0415

        if not text.strip():
            self.drop()
            return
        content = {TEXT: text, DONE: ",".join(map(str, sorted(done)))}
        content |= {f"{place}.{name}": said for place, lines in typed.items() for name, said in lines.items()}
        if content != self._last and not self._desk.workspace.database.read_only:
            self._last = content
            self._desk.change(lambda session: keep_draft(session, KEY, content, None), _("Draft"))

    def drop(self) -> None:
        """Forget it: it is saved, or thrown away."""
        from crm.services.drafts import drop_draft  # noqa: PLC0415

        self._last = None
        if not self._desk.workspace.database.read_only:
            self._desk.change(lambda session: drop_draft(session, KEY), _("Draft"))

    @staticmethod
    def parts(content: Mapping[str, str]) -> tuple[str, Typed, set[int]]:
        """Return the message, what was typed, and which leads are saved."""
        typed: Typed = {}
        for key, said in content.items():
            place, dot, name = key.partition(".")
            if dot and place.isdecimal():
                typed.setdefault(int(place), {})[name] = said
        done = {int(each) for each in content.get(DONE, "").split(",") if each}
        return content.get(TEXT, ""), typed, done
