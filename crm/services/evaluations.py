"""The evaluation of a year (S22): from the firms' actual figures (``performance``) to ``evaluations``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from crm.database import Session
from crm.domain.evaluation import Scheme, Worksheet, grade, is_new, score
from crm.domain.quantities import Number, PartialDate, Span, decimal_text
from crm.queries.records import load
from crm.services.records import create, update

PLACES = Decimal("0.0001")
"""Points and indicators are kept to four places; the classes are cut by the exact score."""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One firm of the year: its worksheet, class (None while figures are missing) and record."""

    enterprise: str
    worksheet: Worksheet
    grade: str | None
    code: str


def evaluate(session: Session, year: int, scheme: Scheme) -> list[Evaluated]:
    """Score and grade the firms with actual figures of a year and keep the results; a second run replaces them.

    Points added or taken stand in the firm's record of the year (``bonus``) and are kept.

    Args:
        session: of ``Database.write``.
        year: of the figures.
        scheme: the bureau's own weights, bases and cuts.
    """
    figures = {
        str(each.values["enterprise"]): each.values for each in load(session, "performance") if _of(each.values, year)
    }
    known = {each.values["enterprise"]: each for each in load(session, "evaluations") if each.values["year"] == year}
    firms = {each.code: each.values for each in load(session, "enterprises")}
    sheets = {code: score(indicators(one), scheme, _bonus(known.get(code))) for code, one in figures.items()}
    new = frozenset(code for code in sheets if is_new(_first_year(firms.get(code, {})), year))
    grades = grade({code: sheet.score for code, sheet in sheets.items()}, new, scheme)
    found: list[Evaluated] = []
    for code, sheet in sheets.items():
        values = _values(indicators(figures[code]), sheet, grades[code], scheme)
        there = known.get(code)
        if there is None:
            record = create(session, "evaluations", {"enterprise": code, "year": year, **values})
        else:
            record = update(session, "evaluations", there.id, values)
        found.append(Evaluated(code, sheet, grades[code], record.code))
    return found


def indicators(figures: Mapping[str, Any]) -> dict[str, Decimal | None]:
    """Return tax and revenue in 万元 for each 亩, and tax for each tce; None where a figure is not exact."""
    tax, revenue, land, energy = (_exact(figures.get(name)) for name in ("tax", "revenue", "land", "energy"))
    return {
        "tax_per_mu": _ratio(tax, land),
        "sales_per_mu": _ratio(revenue, land),
        "green": _ratio(tax, energy),
    }


def _of(figures: Mapping[str, Any], year: int) -> bool:
    return figures.get("year") == year and figures.get("kind") == "actual"


def _exact(value: object) -> Decimal | None:
    return value.low if isinstance(value, Span) and value.low == value.high else None


def _ratio(above: Decimal | None, below: Decimal | None) -> Decimal | None:
    return None if above is None or not below else above / below


def _bonus(record: Any) -> Decimal:  # noqa: ANN401  (a record, or None)
    return Decimal(0) if record is None else _exact(record.values.get("bonus")) or Decimal(0)


def _first_year(firm: Mapping[str, Any]) -> int | None:
    since = firm.get("production_on")
    return since.year if isinstance(since, PartialDate) else None


def _values(
    known: Mapping[str, Decimal | None], sheet: Worksheet, grade_: str | None, scheme: Scheme
) -> dict[str, Any]:
    total = None if sheet.score is None else rounded(sheet.score)
    said = "、".join(
        f"{name}={decimal_text(weight)}/{decimal_text(scheme.bases[name])}" for name, weight in scheme.weights.items()
    )
    figures = {name: None if value is None else rounded(Fraction(value)) for name, value in known.items()}
    return {**figures, "score": total, "grade": grade_, "weights": said}


def rounded(value: Fraction) -> Number:
    """Return an exact figure to four places."""
    exact = (Decimal(value.numerator) / Decimal(value.denominator)).quantize(PLACES, ROUND_HALF_UP)
    return Number(exact, exact)
