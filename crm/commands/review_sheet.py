"""``xiangtu review-sheet``: the twelve gates of a review, with what the record says to each."""

from __future__ import annotations

import argparse

from crm.commands.line import Context
from crm.commands.printing import configure_one, print_one
from crm.i18n import N_, _

HELP = N_("print the review sheet of a lead with all gates")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    configure_one(parser)


def run(context: Context) -> int:
    """Print it."""
    return print_one(context, "review_sheet", _("Review sheet"))
