"""A new version of the threshold rules: dated, with its source; what held before keeps its days, never changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import col, select

from crm.database import Session
from crm.domain.quantities import YUAN_PER_WAN
from crm.domain.thresholds.rules import Rule as RuleOf
from crm.errors import ValueRefusedError
from crm.i18n import N_, _
from crm.models import Rule, RuleSet


@dataclass(frozen=True, slots=True)
class NewLine:
    """What one area asks for.

    Attributes:
        least_tax: of the project, 万元 a year; None: no such line.
        least_per_mu: of each 亩, 万元 a year.
        quote: the sentence it comes from, to the letter.
    """

    least_tax: Decimal | None
    least_per_mu: Decimal
    quote: str


@dataclass(frozen=True, slots=True)
class NewRuleSet:
    """What a new version of the rules says.

    Attributes:
        code: its name in verdicts, not used before.
        name: how a page names it.
        source: where its figures are written.
        document_number: of the document that sets it, "" while there is none: verdicts stay trial conclusions (29).
        approved_by: likewise.
        valid_from: the first day it holds.
        lines: rule code -> what it asks for.
    """

    code: str
    name: str
    source: str
    document_number: str
    approved_by: str
    valid_from: date
    lines: Mapping[str, NewLine]


NEEDED = (("code", N_("Name in verdicts")), ("name", N_("Name on pages")), ("source", N_("Source")))
"""What a version must say."""


def add_rule_set(session: Session, new: NewRuleSet, base: Sequence[RuleOf]) -> int:
    """Add a version of the rules with the areas and uses of another; return its id.

    Args:
        session: of ``Database.write``.
        new: what it says.
        base: the rules it follows: area and use are theirs, figures and sentences are new.

    Raises:
        ValueRefusedError: something is not said, the name is taken, a rule has no figures, or a figure is not above 0
            or not in whole 元.
    """
    for field, words in NEEDED:
        if not getattr(new, field).strip():
            raise ValueRefusedError(_("Fill in “{name}”.").format(name=_(words)), where=field)
    if session.exec(select(RuleSet).where(col(RuleSet.code) == new.code.strip())).first() is not None:
        raise ValueRefusedError(_("There is a version {name} already.").format(name=new.code), where="code")
    made = RuleSet(
        code=new.code.strip(),
        name=new.name.strip(),
        source=new.source.strip(),
        document_number=new.document_number.strip() or None,
        approved_by=new.approved_by.strip() or None,
        valid_from=new.valid_from.isoformat(),
    )
    session.add(made)
    session.flush()
    for rule in base:
        session.add(_line(rule, new, int(made.id)))
    session.flush()
    return int(made.id)


def _line(rule: RuleOf, new: NewRuleSet, rule_set: int) -> Rule:
    line = new.lines.get(rule.code)
    if line is None or not line.quote.strip():
        message = _("Give the figures of {area} and the sentence they come from.")
        raise ValueRefusedError(message.format(area=rule.area), where=rule.code)
    return Rule(
        rule_set_id=rule_set,
        code=rule.code,
        area=rule.area,
        land_use=next(iter(rule.land_uses), None),
        least_tax_yuan=None if line.least_tax is None else _yuan(line.least_tax, rule.area),
        least_tax_per_mu_yuan=_yuan(line.least_per_mu, rule.area),
        quote=line.quote.strip(),
        source=new.source.strip(),
        valid_from=new.valid_from.isoformat(),
    )


def _yuan(wan: Decimal, area: str) -> int:
    """Return 万元 in whole 元."""
    yuan = wan * YUAN_PER_WAN
    if wan <= 0 or yuan != yuan.to_integral_value():
        message = _("The figures of {area} must be above 0 and in whole yuan.")
        raise ValueRefusedError(message.format(area=area), where=area)
    return int(yuan)
