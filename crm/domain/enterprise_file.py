"""What 一企一档 prints of an enterprise: its record, its projects, its figures by year, what was promised and done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from crm.domain.dossier import Change, Linked


@dataclass(frozen=True, slots=True)
class EnterpriseFacts:
    """Everything the file of one enterprise says.

    Attributes:
        values: field name -> domain value, personal ones already masked; missing is unknown.
        on: the day of the document.
        leads: the values of the projects it stands behind, by code.
        linked: the records that name it.
        changes: of its record, oldest first.
        head: seal of the last change set of the whole database (decisions 8).
        head_place: how many change sets the chain had then.
        unit: as of ``LeadFacts``, and so are ``header``, ``marking`` and ``recipient``.
    """

    values: Mapping[str, object]
    on: date
    leads: tuple[Mapping[str, object], ...] = ()
    linked: tuple[Linked, ...] = ()
    changes: tuple[Change, ...] = ()
    head: str = ""
    head_place: int = 0
    unit: str = ""
    header: str = ""
    marking: str = ""
    recipient: str = ""

    @property
    def code(self) -> str:
        """The enterprise's code."""
        return str(self.values.get("code") or "")

    @property
    def name(self) -> str:
        """The enterprise's name, else its code."""
        return str(self.values.get("name") or self.code)

    @property
    def fictional(self) -> bool:
        """Whether the data are invented for a demonstration (decisions 14)."""
        return any("虚构" in str(self.values.get(field) or "") for field in ("name", "notes"))
