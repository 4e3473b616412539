"""``xiangtu duplicates``: pairs of leads that may be the same, with reasons; nothing is merged (practice.md §2)."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from crm.commands.line import DONE, Context
from crm.i18n import N_, _

if TYPE_CHECKING:
    from crm.queries.duplicates import Known, LeadPair

HELP = N_("list pairs of leads that may be the same, with reasons")
ADVICE = N_(
    "Nothing is merged: keep both records, let the later report follow up jointly, tell both sides, "
    "record what they agree."
)


KINDS = ("leads", "enterprises")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("--kind", choices=KINDS, default=KINDS[0], help=_("leads or enterprises"))
    parser.add_argument("--all", action="store_true", help=_("also the pairs on which people have decided"))


def run(context: Context) -> int:
    """Print the pairs, the surest first."""
    from crm.commands.opening import opened
    from crm.queries.duplicates import duplicate_leads

    arguments = context.arguments
    with opened(context) as workspace, workspace.database.read() as session:
        pairs = duplicate_leads(session, arguments.kind, settled=arguments.all)
    context.answer({"pairs": [_document(pair) for pair in pairs]}, lambda: _text(pairs, arguments.kind))
    return DONE


def _document(pair: LeadPair) -> dict[str, Any]:
    from crm.domain.companies.explain import explain_duplicate, likelihood_word

    return {
        "a": pair.a.code,
        "b": pair.b.code,
        "likelihood": pair.likelihood.value,
        "likelihood_text": likelihood_word(pair.likelihood),
        "reasons": explain_duplicate(pair.reasons),
        "reason_codes": [reason.code for reason in pair.reasons],
        "first": pair.first.code if pair.first else None,
        "first_reporter": pair.first.reporter if pair.first else None,
        "decision": pair.decided.record.code if pair.decided else None,
        "conclusion": pair.decided.record.values["conclusion"] if pair.decided else None,
        "reopened": pair.decided.reopened if pair.decided else False,
    }


def _text(pairs: list[LeadPair], kind: str) -> str:
    leads = kind == KINDS[0]
    if not pairs:
        return _("No leads look the same.") if leads else _("No two enterprises look the same.")
    counted = _("{number} pairs of leads may be the same.") if leads else _("{number} pairs of enterprises may be one.")
    blocks = [counted.format(number=len(pairs))]
    blocks += ["\n".join(_lines(pair)) for pair in pairs]
    return "\n\n".join([*blocks, _(ADVICE)])


def _lines(pair: LeadPair) -> list[str]:
    from crm.domain.companies.explain import explain_duplicate, likelihood_word
    from crm.queries.decisions import decided_text

    lines = [f"【{likelihood_word(pair.likelihood)}】", *(f"  {_who(lead)}" for lead in (pair.a, pair.b))]
    lines += [f"  - {words}" for words in explain_duplicate(pair.reasons)]
    if pair.decided is not None:
        lines.append("  " + decided_text(pair.decided))
    if pair.first is not None:
        reporter = pair.first.reporter or _("not filled in")
        lines.append("  " + _("First reported: {code}, by {reporter}").format(code=pair.first.code, reporter=reporter))
    return lines


def _who(lead: Known) -> str:
    return "  ".join(part for part in (lead.code, lead.name, lead.investor and f"({lead.investor})") if part)
