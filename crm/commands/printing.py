"""What the commands that print share: their arguments, the order, the answer."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from crm.commands.line import DONE, Context
from crm.commands.options import add_rates, day_given, rates_given
from crm.errors import GlyphMissingError, ValueRefusedError
from crm.i18n import _

if TYPE_CHECKING:
    from crm.domain.dossier import LeadFacts
    from crm.jobs.dossiers import Compose, Order, Pages, Printed
    from crm.workspace import Workspace


WITH_CONTACTS = frozenset({"dossier"})
"""The documents that print contacts; the others hold none to mask or to give."""


def configure_one(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments of a command that prints one lead."""
    parser.add_argument("lead", metavar="LEAD", help=_("id, code or exact name of a lead"))
    configure_output(parser)


def configure_output(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments of a command that prints one file."""
    output = _("the file to write: .pdf, .docx for Word, or .eml for a mail draft with the PDF")
    parser.add_argument("-o", "--output", metavar="FILE", required=True, type=Path, help=output)
    configure_paper(parser)


def configure_paper(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments that every printing command has."""
    parser.add_argument("--on", metavar="DATE", help=_("the day of the document, YYYY-MM-DD; default: today"))
    contacts = _("print contacts in full, for this purpose; without purpose and recipient they are masked")
    parser.add_argument("--purpose", metavar="TEXT", help=contacts)
    add_rates(parser)
    parser.add_argument("--recipient", metavar="NAME", help=_("who receives the document"))
    stand_ins = _("print a character that no font has as its code point, 〔U+20000〕, instead of refusing")
    parser.add_argument("--stand-ins", action="store_true", help=stand_ins)


def print_one(
    context: Context, document: str, name: str, of_part: Callable[[LeadFacts, Compose], Pages] | None = None
) -> int:
    """Print one document of one lead and say what was written.

    Args:
        context: of the command.
        document: name of the renderer.
        name: what the document is called.
        of_part: makes the pages of a part of the facts, where the document is not of all of them.
    """
    from crm.jobs.dossiers import print_lead

    def work(workspace: Workspace) -> Printed:
        order = order_of(context, workspace, document, name)
        if of_part is not None:
            whole = order.compose
            order = replace(order, compose=lambda facts: of_part(facts, whole))
        return print_lead(workspace.database, order, context.arguments.lead, context.arguments.output)

    return print_file(context, name, work)


def print_file(context: Context, name: str, work: Callable[[Workspace], Printed]) -> int:
    """Print a document and say what was written.

    Args:
        context: of the command.
        name: what the document is called.
        work: prints it.
    """
    from crm.commands.opening import opened

    with opened(context) as workspace:
        try:
            printed = work(workspace)
        except GlyphMissingError as error:
            way = _("{message} Or give --stand-ins: their code points are then printed.").format(message=error.message)
            raise GlyphMissingError(way, where=error.where) from error
    tell_unrecorded(context, [printed])
    answer = {
        "lead": printed.lead,
        "file": str(printed.file),
        "pages": printed.pages,
        "sha256": printed.sha256,
        "recorded": printed.recorded,
        "version": printed.version,
        "stand_ins": stand_ins_json(printed),
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
    purpose, recipient = ((text or "").strip() for text in (arguments.purpose, arguments.recipient))
    if bool(purpose) is not bool(recipient):
        raise ValueRefusedError(_("Contacts are printed in full only with both --purpose and --recipient."))
    contacts = bool(purpose) and document in WITH_CONTACTS
    if purpose and not contacts:
        context.say(_("This document prints no contacts; the history notes who receives it, and what for."))
    profile = bool(getattr(arguments, "profile", False))
    own = settings.unit, settings.header, settings.marking
    paper = Paper(*own, contacts=contacts, recipient=recipient, profile=profile)
    renderer = context.doors.renderers[document]()
    compose = partial(renderer, office_fonts=settings.office_fonts, stand_ins=arguments.stand_ins)
    rates = tuple(rates_given(arguments.rate))
    tell = partial(_tell_stand_ins, context)
    on, user = day_given(arguments.on), workspace.user
    return Order(name, compose, on, paper, user, purpose, recipient, rates, tell, document)


def stand_ins_json(printed: Printed) -> list[dict[str, str]]:
    """Return what was printed as its code point: where, the character, the code point."""
    return [
        {"where": where, "character": character, "code": f"U+{ord(character):04X}"}
        for where, character in printed.stand_ins
    ]


def _tell_stand_ins(context: Context, code: str, stand_ins: Sequence[tuple[str, str]]) -> None:
    """Say before a file is written what no font has."""
    from crm.jobs.dossiers import stand_ins_text

    context.say(stand_ins_text(code, stand_ins))


def tell_unrecorded(context: Context, printed: Sequence[Printed]) -> None:
    """Say that a read-only database notes no prints."""
    if printed and not printed[0].recorded:
        context.say(_("The database may only be read, so the print is not noted in its history."))
