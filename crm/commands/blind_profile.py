"""``xiangtu blind-profile``: what a partner may see of a project before anybody is named."""

from __future__ import annotations

import argparse

from crm.commands.line import Context
from crm.commands.printing import configure_one, print_one
from crm.i18n import N_, pgettext

HELP = N_("print a profile of a lead without names")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    configure_one(parser)


def run(context: Context) -> int:
    """Print it."""
    return print_one(context, "blind_profile", pgettext("document", "Profile without names"))
