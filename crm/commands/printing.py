"""What the commands that print share: their arguments, the order, the answer."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from crm.commands.line import DONE, Context
from crm.commands.options import add_rates, day_given, rates_given
from crm.errors import ValueRefusedError
from crm.i18n import _

if TYPE_CHECKING:
    from crm.jobs.dossiers import Order, Printed
    from crm.workspace import Workspace


def configure_one(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments of a command that prints one lead."""
    parser.add_argument("lead", metavar="LEAD", help=_("id, code or exact name of a lead"))
    parser.add_argument("-o", "--output", metavar="F.pdf", required=True, type=Path, help=_("the PDF file to write"))
    configure_paper(parser)


def configure_paper(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments that every printing command has."""
    parser.add_argument("--on", metavar="DATE", help=_("the day of the document, YYYY-MM-DD; default: today"))
    contacts = _("print contacts in full, for this purpose; without purpose and recipient they are masked")
    parser.add_argument("--purpose", metavar="TEXT", help=contacts)
    add_rates(parser)
    parser.add_argument("--recipient", metavar="NAME", help=_("who receives the document"))


def print_one(context: Context, document: str, name: str) -> int:
    """Print one document of one lead and say what was written.

    Args:
        context: of the command.
        document: name of the renderer.
        name: what the document is called.
    """
    from crm.commands.opening import opened
    from crm.jobs.dossiers import print_lead

    arguments = context.arguments
    with opened(context) as workspace:
        order = order_of(context, workspace, document, name)
        printed = print_lead(workspace.database, order, arguments.lead, arguments.output)
    tell_unrecorded(context, [printed])
    answer = {
        "lead": printed.lead,
        "file": str(printed.file),
        "pages": printed.pages,
        "sha256": printed.sha256,
        "recorded": printed.recorded,
    }
    text = _("{document} of {code}: {file} ({pages} pages)")
    context.answer(
        answer,
        lambda: text.format(document=name, code=printed.lead, file=printed.file, pages=printed.pages),
    )
    return DONE


def order_of(context: Context, workspace: Workspace, document: str, name: str) -> Order:
    """Return what is to be printed, by the arguments and the unit's settings.

    Raises:
        ValueRefusedError: the day cannot be read, or purpose and recipient do not come together.
    """
    from crm.jobs.dossiers import Order
    from crm.queries.dossiers import Paper

    arguments, settings = context.arguments, workspace.settings
    why = ""
    if arguments.purpose or arguments.recipient:
        if not (arguments.purpose and arguments.recipient):
            raise ValueRefusedError(_("Contacts are printed in full only with both --purpose and --recipient."))
        why = _("contacts in full for {recipient}: {purpose}").format(
            recipient=arguments.recipient, purpose=arguments.purpose
        )
    paper = Paper(settings.unit, settings.header, settings.marking, contacts=bool(why))
    compose = partial(context.doors.renderers[document](), office_fonts=settings.office_fonts)
    rates = tuple(rates_given(arguments.rate))
    return Order(name, compose, day_given(arguments.on), paper, workspace.user, why, rates)


def tell_unrecorded(context: Context, printed: Sequence[Printed]) -> None:
    """Say that a read-only database notes no prints."""
    if printed and not printed[0].recorded:
        context.say(_("The database may only be read, so the print is not noted in its history."))
