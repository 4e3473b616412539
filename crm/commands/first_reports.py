"""``xiangtu first-reports``: who reported a lead first and why, until when it is protected; enters a report."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from crm.commands.line import DONE, Context
from crm.i18n import N_, _

if TYPE_CHECKING:
    from crm.domain.companies.claims import Entry, Ledger, Protection
    from crm.queries.records import Record

HELP = N_("who reported a lead first (首报) and why; with --reporter a report is entered")
ENTERED = ("at", "bureau", "referrer", "proof", "received", "corrects", "reason")
FIELDS = {"at": "reported_at", "received": "received_at"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("lead", metavar="LEAD", help=_("id, code or exact name of a lead"))
    parser.add_argument("--on", metavar="DATE", help=_("the day it is looked at; today when not given"))
    parser.add_argument("--reporter", metavar="NAME", default="", help=_("enters a report of this officer or unit"))
    parser.add_argument("--at", metavar="TIME", default="", help=_("when it was reported"))
    parser.add_argument("--as", dest="kind", default="complete", help=_("complete, preliminary or correction"))
    parser.add_argument("--bureau", metavar="NAME", default="", help=_("the unit reported for"))
    parser.add_argument("--referrer", metavar="NAME", default="", help=_("who referred it"))
    parser.add_argument("--proof", metavar="TEXT", default="", help=_("what proves it"))
    parser.add_argument("--received", metavar="TIME", default="", help=_("the time in the bureau's book"))
    parser.add_argument("--corrects", metavar="CODE", default="", help=_("the entry that this one corrects"))
    parser.add_argument("--reason", metavar="TEXT", default="", help=_("why an entry is corrected"))


def run(context: Context) -> int:
    """Print the ledger of a lead, after entering a report where one is given."""
    from crm.commands.opening import opened
    from crm.commands.options import day_given
    from crm.queries.first_reports import protection_of
    from crm.queries.records import load_one
    from crm.services.first_reports import report

    arguments, on = context.arguments, day_given(context.arguments.on)
    with opened(context) as workspace:
        if arguments.reporter:
            told = {name: getattr(arguments, name) for name in ENTERED}
            values = {FIELDS.get(name, name): value for name, value in told.items() if value}
            values |= {"reporter": arguments.reporter, "kind": arguments.kind}
            workspace.database.change(
                lambda session: report(session, arguments.lead, values), by=workspace.user, why=_("first report")
            )
        with workspace.database.read() as session:
            lead = load_one(session, "leads", arguments.lead)
            found, guarded = protection_of(session, lead, on)
    context.answer(_document(lead, found, guarded), lambda: _text(lead, found, guarded))
    return DONE


def _document(lead: Record, found: Ledger, guarded: Protection) -> dict[str, Any]:
    from crm.domain.companies.claims_explain import explain_first, protection_text

    return {
        "lead": lead.code,
        "first": _entry(found.first.entry) if found.first else None,
        "reasons": explain_first(found.reasons),
        "reason_codes": [reason.code for reason in found.reasons],
        "protection": guarded.state.value,
        "protection_text": protection_text(guarded),
        "protected_until": guarded.until.isoformat() if guarded.until else None,
        "entries": [_entry(entry) for entry in found.entries],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "code": entry.code or None,
        "reporter": entry.reporter,
        "bureau": entry.bureau or None,
        "at": None if entry.at is None else _iso(entry.at),
        "kind": entry.kind,
        "referrer": entry.referrer or None,
        "proof": entry.proof or None,
        "received_at": None if entry.received_at is None else _iso(entry.received_at),
        "corrects": entry.corrects or None,
        "reason": entry.reason or None,
        "noted_by": entry.noted_by or None,
        "noted_at": None if entry.noted_at is None else _iso(entry.noted_at),
    }


def _iso(at: Any) -> str:  # noqa: ANN401  (a datetime or a PartialDate)
    return at.isoformat() if hasattr(at, "isoformat") else str(at)


def _text(lead: Record, found: Ledger, guarded: Protection) -> str:
    from crm.domain.companies.claims_explain import (
        explain_first,
        moment_text,
        protection_text,
        report_kind_word,
    )

    name = lead.values.get("name") or ""
    first = found.first.entry.unit if found.first else _("not known")
    lines = [f"{lead.code} {name}".rstrip(), _("First report: {unit}").format(unit=first)]
    lines += [f"  - {words}" for words in explain_first(found.reasons)]
    lines.append(protection_text(guarded))
    lines.append(_("Entries:"))
    for entry in found.entries:
        parts = (
            moment_text(entry.at),
            report_kind_word(entry.kind),
            entry.bureau,
            entry.reporter,
            entry.referrer,
            entry.proof,
        )
        lines.append("  " + "  ".join(part for part in parts if part))
    return "\n".join(lines)
