"""``xiangtu reprint N``: an old version of a document once more, byte for byte."""

from __future__ import annotations

import argparse
from pathlib import Path

from crm.commands.line import DONE, Context
from crm.i18n import N_, _

HELP = N_("print a version of the register once more")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("number", metavar="N", type=int, help=_("number of the document in xiangtu releases"))
    where = _("the file to write; default: its name of then")
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help=where)


def run(context: Context) -> int:
    """Print it, and say whether the bytes are those of then."""
    from crm.commands.opening import opened
    from crm.jobs.releases import print_again

    with opened(context) as workspace:
        compose = context.doors.renderers["keeping"]()
        done = print_again(workspace.database, context.arguments.number, compose, context.arguments.output)
    if not done.same:
        text = _("The words are those of then, but this program sets them in another form: the file is not the same.")
        context.say(text)
    answer = {
        "document": done.release.document,
        "subject": done.release.subject,
        "version": done.release.number,
        "file": str(done.file),
        "sha256": done.sha256,
        "same": done.same,
    }
    same = _("{file}: version {number}, the same file (SHA-256 {sha256})")
    changed = _("{file}: version {number}, the same words in another form (SHA-256 {sha256})")
    text = (same if done.same else changed).format(file=done.file, number=done.release.number, sha256=done.sha256[:16])
    context.answer(answer, lambda: text)
    return DONE
