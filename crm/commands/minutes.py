"""``xiangtu minutes``: the minutes of a visit or a meeting as PDF or Word."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from crm.commands.line import Context
from crm.commands.options import day_given
from crm.commands.printing import configure_one, print_one
from crm.errors import NotFoundError
from crm.i18n import N_, _, pgettext

if TYPE_CHECKING:
    from crm.domain.dossier import LeadFacts
    from crm.jobs.dossiers import Compose, Pages

HELP = N_("print the minutes of a visit or meeting of a lead")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    configure_one(parser)
    parser.add_argument("--at", metavar="DATE", help=_("of this day, YYYY-MM-DD; default: the last visit or meeting"))


def run(context: Context) -> int:
    """Print them."""
    given = context.arguments.at
    of_day = partial(_of_day, on=day_given(given) if given else None)
    return print_one(context, "minutes", pgettext("document", "Minutes"), of_day)


def _of_day(facts: LeadFacts, compose: Compose, on: date | None) -> Pages:
    """Return the pages of the visits and meetings of a day, or of the last one.

    Raises:
        NotFoundError: there is none.
    """
    from crm.domain.follow_ups import IN_PERSON

    held = [one for one in facts.follow_ups if one.kind in IN_PERSON]
    wanted = [one for one in held if one.at == on] if on is not None else held[-1:]
    if not wanted:
        message = _("{lead} has no visit or meeting of that day.") if on else _("{lead} has no visit or meeting yet.")
        raise NotFoundError(message.format(lead=facts.name), where=str(on or facts.name))
    return compose(replace(facts, follow_ups=tuple(wanted)))
