"""What the report of a period prints: its figures, whether they were frozen, and what the unit wants on its pages."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from crm.domain.statistics.periods import Period, read_period
from crm.domain.statistics.report import PeriodReport
from crm.domain.statistics.snapshot import Correction, text_of


@dataclass(frozen=True, slots=True)
class PeriodFacts:
    """Everything the document of a period says.

    Attributes:
        report: as frozen, else as of today.
        frozen_by: who froze it; "" where it is not frozen.
        frozen_on: the day of that.
        corrections: counts that are others now.
        head: seal of the last change set of the whole database, and how many there were (decisions 8).
        fictional: the database is a demonstration (decisions 14).
    """

    report: PeriodReport
    frozen_by: str = ""
    frozen_on: date | None = None
    corrections: tuple[Correction, ...] = ()
    head: str = ""
    head_place: int = 0
    unit: str = ""
    header: str = ""
    marking: str = ""
    fictional: bool = False

    @property
    def period(self) -> Period:
        """The period it is of."""
        return read_period(self.report.period)

    def digest(self, template: str) -> str:
        """Return the SHA-256 of the figures and the template (decisions 44)."""
        told = [f"{one.milestone} {one.column} {one.frozen} {one.now}" for one in self.corrections]
        content = "\n".join([template, text_of(self.report), self.frozen_by, str(self.frozen_on), *told])
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
