"""``xiangtu sector``: which sector a company's own words speak for; or what a code of GB/T 4754 means."""

from __future__ import annotations

import argparse
import sys

from crm.commands.line import DONE, Context
from crm.errors import ValueRefusedError
from crm.i18n import N_, _

HELP = N_("suggest sectors from a company's name, scope or introduction, with the words that speak for them")
FROM_INPUT = "-"


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument(
        "text", nargs="?", metavar="TEXT", help=_("business scope or introduction; - reads it from the standard input")
    )
    parser.add_argument("--name", metavar="NAME", help=_("name of the company or project"))
    parser.add_argument(
        "--lead", metavar="LEAD", help=_("name, investor and notes of this lead (id, code or exact name)")
    )
    parser.add_argument("--code", metavar="CODE", help=_("tell what this code of GB/T 4754 means, such as C39 or 3971"))


def run(context: Context) -> int:
    """Print the suggestions; that there are none is an answer, not an error."""
    from crm.domain.sectors.explain import code_document, code_text, suggestion_document, suggestion_text
    from crm.domain.sectors.standard import read_sector_code
    from crm.domain.sectors.suggest import suggest_divisions, suggest_fields

    arguments = context.arguments
    if arguments.code:
        code = read_sector_code(arguments.code, arguments.name or "")
        context.answer(code_document(code), lambda: code_text(code))
        return DONE
    name, text = _asked(context)
    divisions, fields = suggest_divisions(name, text), suggest_fields(name, text)
    context.answer(suggestion_document(divisions, fields), lambda: suggestion_text(divisions, fields))
    return DONE


def _asked(context: Context) -> tuple[str, str]:
    """Return name and text to look at.

    Raises:
        ValueRefusedError: nothing was given.
    """
    arguments = context.arguments
    if arguments.lead:
        return _of_lead(context, arguments.lead)
    text = sys.stdin.read() if arguments.text == FROM_INPUT else arguments.text or ""
    if not (text.strip() or arguments.name):
        raise ValueRefusedError(_("Give a text, or --name, --lead or --code"), where="TEXT")
    return arguments.name or "", text


def _of_lead(context: Context, lead: str) -> tuple[str, str]:
    from crm.commands.opening import opened
    from crm.queries.records import load_one

    with opened(context) as workspace, workspace.database.read() as session:
        values = load_one(session, "leads", lead).values
    said = (values.get("investor"), values.get("notes"), values.get("industry"), *(values.get("industries") or ()))
    return str(values.get("name") or ""), "。".join(str(one) for one in said if one)
