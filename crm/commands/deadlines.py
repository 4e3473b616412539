"""``xiangtu deadlines``: the limits of response clocks and stages; ``--set`` enters the bureau's own."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from crm.commands.line import DONE, Context
from crm.i18n import N_, _

if TYPE_CHECKING:
    from crm.domain.deadlines.limits import Limits

HELP = N_("show the limits of response clocks and of stages, or set one")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("--set", metavar="KEY=DAYS", help=_("set a limit, e.g. clock.respond=2, stay.review=45"))
    parser.add_argument("--source", metavar="TEXT", default="", help=_("who decided it, and where it is written"))
    parser.add_argument("--since", metavar="DATE", help=_("the first day it holds, YYYY-MM-DD; default: today"))


def run(context: Context) -> int:
    """Set one when asked, then print them."""
    from crm.commands.opening import opened
    from crm.commands.options import day_given
    from crm.domain.deadlines.limits import keys
    from crm.queries.deadlines import load_limits
    from crm.services.deadlines import set_limit

    arguments = context.arguments
    since = day_given(arguments.since)
    with opened(context) as workspace:
        if arguments.set:
            key, days = _given(arguments.set)
            with workspace.database.write(by=workspace.user, why=_("limits")) as session:
                set_limit(session, key, days, source=arguments.source, since=since)
        with workspace.database.read() as session:
            limits = load_limits(session, since)
    document = {"on": since.isoformat(), "limits": keys(limits), "entered": sorted(limits.entered)}
    context.answer(document, lambda: "\n".join(_lines(limits)))
    return DONE


def _given(text: str) -> tuple[str, int]:
    """Return key and days of ``--set``.

    Raises:
        ValueRefusedError: it is not KEY=DAYS.
    """
    from crm.errors import ValueRefusedError

    key, _equals, days = text.partition("=")
    if not days.strip().isdecimal():
        message = _("“{text}” is not KEY=DAYS, such as clock.respond=2.").format(text=text)
        raise ValueRefusedError(message, where="--set")
    return key.strip(), int(days)


def _lines(limits: Limits) -> list[str]:
    from crm.commands.layout import columns
    from crm.domain.deadlines.explain import limit_text
    from crm.domain.deadlines.limits import keys

    rows = []
    for key, days in keys(limits).items():
        whose = _("set by the bureau") if key in limits.entered else _("proposed by the program")
        rows.append((key, str(days), limit_text(key), whose))
    return columns(rows)
