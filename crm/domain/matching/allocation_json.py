"""An allocation as the document of the command line (cli.md, ``allocate``) and as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from crm.domain.fields.words import list_mark
from crm.domain.matching.allocation import Allocation, Shadow, WhatIf
from crm.domain.matching.board import FUND, Plan, resource_name
from crm.domain.matching.candidates import Candidate, LeftOut
from crm.domain.matching.explain import sentence
from crm.domain.quantities import decimal_text
from crm.i18n import _

OPTIMAL, BOUNDED = "optimal", "bounded"


def allocation_document(answer: Allocation) -> dict[str, Any]:
    """Return the document; ``bound_wan``, ``others``, ``what_if`` and ``notes`` go beyond the contract.

    ``status`` is ``optimal``, or ``bounded`` when the time limit ended the search: no plan exceeds ``bound_wan``.
    """
    return {
        "objective_wan": decimal_text(answer.plan.value),
        "status": OPTIMAL if answer.proved else BOUNDED,
        "bound_wan": decimal_text(answer.bound),
        "chosen": [_chosen(one) for one in _members(answer)],
        "used": {"land_mu": _land(answer.plan.land), "fund_wan": decimal_text(answer.plan.fund)},
        "covered": list(answer.plan.covered),
        "greedy": {
            "by_value_wan": decimal_text(answer.by_value.value),
            "by_value_per_mu_wan": decimal_text(answer.by_value_per_mu.value),
            "by_value": list(answer.by_value.codes),
            "by_value_per_mu": list(answer.by_value_per_mu.codes),
        },
        "shadow": [_shadow(row) for row in answer.shadow],
        "others": [_plan(plan) for plan in answer.others],
        "what_if": [_what_if(row) for row in answer.what_ifs],
        "left_out": [_left_out(one) for one in answer.left_out],
        "notes": list(notes(answer)),
    }


def notes(answer: Allocation) -> Iterator[str]:
    """Return what the answer rests on: the bureau's own inputs (matching.md §7)."""
    yield _("Quotas and probabilities are the bureau's own inputs; funds decide for themselves.")
    unlimited = sorted({area for one in answer.candidates for area in one.land if area not in answer.quotas.land})
    if unlimited:
        names = list_mark().join(resource_name(f"land:{area}") for area in unlimited)
        yield _("No quota is given and nothing limited: {names}.").format(names=names)
    silent = [one.code for one in answer.candidates if not one.fund_stated]
    if silent and answer.quotas.fund is not None:
        yield _("No financing need is stated, so none is counted: {codes}.").format(codes=list_mark().join(silent))
    if not answer.proved:
        yield _(
            "The search was ended before it was complete; no plan brings more than {bound} ten thousand yuan."
        ).format(bound=decimal_text(answer.bound))


def allocation_text(answer: Allocation) -> str:
    """Return the allocation for a terminal."""
    return "\n".join(_lines(answer))


def _lines(answer: Allocation) -> Iterator[str]:
    yield _("Best plan: Σ probability × tax {value} ten thousand yuan a year{sure}").format(
        value=decimal_text(answer.plan.value), sure=_(" (proved the best)") if answer.proved else ""
    )
    for one in _members(answer):
        yield "  ✓ " + _("{lead}: {land}, fund {fund}, probability {probability}, tax {tax}, worth {value}").format(
            lead=_title(one),
            land=_land_words(one.land),
            fund=decimal_text(one.fund),
            probability=decimal_text(one.probability),
            tax=decimal_text(one.tax),
            value=decimal_text(one.value),
        )
    yield _("Used: {uses}").format(uses=list_mark().join(_uses(answer)))
    yield _("Picking by value: {by_value}; by value per 亩: {by_value_per_mu}").format(
        by_value=_plan_words(answer.by_value), by_value_per_mu=_plan_words(answer.by_value_per_mu)
    )
    yield from (_("Next best: {plan}").format(plan=_plan_words(plan)) for plan in answer.others)
    for row in answer.shadow:
        if row.gain is None:
            continue
        yield _("With {add} more of {resource}: {gain} more").format(
            add=decimal_text(row.add), resource=resource_name(row.resource), gain=decimal_text(row.gain)
        )
    for left in answer.left_out:
        yield "  ✗ " + _("{name}: {why}").format(name=_title(left), why=_reasons(left))
    yield from notes(answer)


def _members(answer: Allocation) -> list[Candidate]:
    chosen = set(answer.plan.codes)
    return [one for one in answer.candidates if one.code in chosen]


def _title(one: Candidate | LeftOut) -> str:
    return _("{name} ({code})").format(name=one.name, code=one.code) if one.name not in ("", one.code) else one.code


def _uses(answer: Allocation) -> list[str]:
    used = {f"land:{area}": mu for area, mu in answer.plan.land.items()} | {FUND: answer.plan.fund}
    limits = dict(answer.quotas.resources)
    return [
        f"{resource_name(name)} {decimal_text(amount)}/{decimal_text(limits[name])}"
        if name in limits
        else f"{resource_name(name)} {decimal_text(amount)}"
        for name, amount in used.items()
    ]


def _plan_words(plan: Plan) -> str:
    codes = list_mark().join(plan.codes) or _("none")
    return _("{value} ({codes})").format(value=decimal_text(plan.value), codes=codes)


def _land_words(land: Mapping[str, Decimal]) -> str:
    words = [f"{resource_name(f'land:{area}')} {decimal_text(mu)}" for area, mu in land.items()]
    return list_mark().join(words) or _("no land")


def _reasons(left: LeftOut) -> str:
    return _("; ").join(sentence(reason) for reason in left.reasons)


def _chosen(one: Candidate) -> dict[str, Any]:
    return {
        "lead": one.code,
        "name": one.name,
        "land": _land(one.land),
        "fund_wan": decimal_text(one.fund),
        "tax_wan": decimal_text(one.tax),
        "probability": decimal_text(one.probability),
        "value_wan": decimal_text(one.value),
    }


def _land(land: Mapping[str, Decimal]) -> dict[str, str]:
    return {area: decimal_text(mu) for area, mu in land.items()}


def _plan(plan: Plan) -> dict[str, Any]:
    return {
        "leads": list(plan.codes),
        "objective_wan": decimal_text(plan.value),
        "land_mu": _land(plan.land),
        "fund_wan": decimal_text(plan.fund),
    }


def _shadow(row: Shadow) -> dict[str, Any]:
    return {
        "resource": row.resource,
        "add": decimal_text(row.add),
        "gain_wan": None if row.gain is None else decimal_text(row.gain),
        "leads": list(row.plan.codes),
    }


def _what_if(row: WhatIf) -> dict[str, Any]:
    return {
        "lead": row.code,
        "forced": "in" if row.forced_in else "out",
        "objective_wan": None if row.plan is None else decimal_text(row.plan.value),
        "loss_wan": None if row.plan is None else decimal_text(row.loss),
        "joins": list(row.joins),
        "leaves": list(row.leaves),
    }


def _left_out(left: LeftOut) -> dict[str, Any]:
    reasons: Sequence[str] = [sentence(reason) for reason in left.reasons]
    return {"lead": left.code, "name": left.name, "reason": _reasons(left), "reasons": list(reasons)}
