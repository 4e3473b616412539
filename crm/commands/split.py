"""``xiangtu split``: takes a merge apart again, however long ago it was; what was changed since stays."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from crm.commands.line import DONE, Context
from crm.i18n import N_, _

if TYPE_CHECKING:
    from crm.services.merging import Split

HELP = N_("split two records that were merged")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("merge", metavar="MERGE", help=_("code of the merge, or the code of the record that went"))


def run(context: Context) -> int:
    """Split them and say what stays as it is."""
    from crm.commands.opening import opened
    from crm.services.merging import split

    ref: str = context.arguments.merge
    with opened(context) as workspace:
        done = workspace.database.change(
            lambda session: split(session, ref), by=workspace.user, why=_("split {merge}").format(merge=ref)
        )
    document = {
        "reversed": [{"kind": kind, "code": code} for kind, code in done.done.reversed],
        "kept": [
            {"kind": each.kind, "code": each.code, "field": each.field or None, "reason": each.reason}
            for each in done.done.kept
        ],
        "written_since": done.since,
    }
    context.answer(document, lambda: _text(ref, done))
    return DONE


def _text(ref: str, done: Split) -> str:
    lines = [_("{merge}: two records again.").format(merge=ref)]
    lines += [
        _("  Changed since, stays: {code} {field}: {reason}").format(
            code=each.code, field=each.field, reason=each.reason
        )
        for each in done.done.kept
    ]
    if done.since:
        lines.append(
            _("  {count} follow-ups and tasks written since the merge stay with the record that stayed.").format(
                count=done.since
            )
        )
    return "\n".join(lines)
