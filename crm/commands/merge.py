"""``xiangtu merge``: makes two leads or two enterprises one; without ``--why`` it only shows what would move."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from crm.commands.line import DONE, Context
from crm.i18n import N_, _

if TYPE_CHECKING:
    from crm.domain.companies.merging import Take
    from crm.queries.merging import MergePreview

HELP = N_("make two leads or two enterprises one (合并); without --why only what would move is shown")
KINDS = ("leads", "enterprises")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("kept", metavar="KEPT", help=_("id, code or exact name of the record that stays"))
    parser.add_argument("gone", metavar="OTHER", help=_("the record that is taken into it"))
    parser.add_argument("--kind", choices=KINDS, default=KINDS[0], help=_("leads or enterprises"))
    parser.add_argument("--why", metavar="TEXT", default="", help=_("why they are one; merges them"))
    parser.add_argument(
        "--take",
        metavar="FIELD=SIDE",
        action="append",
        default=[],
        help=_("whose value a field has afterwards: kept, gone or both"),
    )


def run(context: Context) -> int:
    """Show what would move, or merge."""
    from crm.commands.opening import opened
    from crm.database import Session, writing_of
    from crm.queries.merging import merge_preview
    from crm.queries.records import find
    from crm.services.merging import merge

    arguments = context.arguments
    take = _takes(arguments.take)

    def preview(session: Session) -> MergePreview:
        ids = [find(session, arguments.kind, ref) for ref in (arguments.kept, arguments.gone)]
        return merge_preview(session, arguments.kind, *ids)

    with opened(context) as workspace:
        if not arguments.why.strip():
            with workspace.database.read() as session:
                shown = preview(session)
            context.answer(_document(shown, take), lambda: _text(shown, take))
            return DONE

        def work(session: Session) -> tuple[MergePreview, int]:
            seen = preview(session)
            merge(session, seen, arguments.why, take)
            return seen, writing_of(session).number(session)

        seen, number = workspace.database.change(work, by=workspace.user, why=arguments.why)
    document = {**_document(seen, take), "change_set": number}
    context.answer(document, lambda: _merged_text(seen, number))
    return DONE


def _takes(words: Sequence[str]) -> dict[str, Take]:
    from crm.domain.companies.merging import Take
    from crm.errors import ValueRefusedError

    found: dict[str, Take] = {}
    for word in words:
        name, _equals, side = word.partition("=")
        if side not in set(Take):
            message = _("“{text}” is not FIELD=SIDE, such as land=gone (kept, gone, both).")
            raise ValueRefusedError(message.format(text=word), where="--take")
        found[name] = Take(side)
    return found


def _document(preview: MergePreview, take: Mapping[str, Take]) -> dict[str, Any]:
    from crm.domain.fields.writing import record_to_json

    kept, gone = (record_to_json(preview.kind, each.values) for each in (preview.kept, preview.gone))
    return {
        "kind": preview.kind,
        "kept": preview.kept.code,
        "gone": preview.gone.code,
        "fields": [
            {
                "field": pair.field.name,
                "kept": kept[pair.field.name],
                "gone": gone[pair.field.name],
                "take": take.get(pair.field.name, pair.take).value,
                "choices": [choice.value for choice in pair.choices],
                "kept_source": _source(preview, preview.kept.id, pair.field.name),
                "gone_source": _source(preview, preview.gone.id, pair.field.name),
            }
            for pair in preview.fields
        ],
        "moves": [
            {"kind": each.kind, "field": each.field, "count": len(each.ids), "records": list(each.titles)}
            for each in preview.moves
        ],
    }


def _source(preview: MergePreview, record_id: int, field: str) -> dict[str, Any] | None:
    change = preview.sources.get((record_id, field))
    if change is None:
        return None
    return {"change_set": change.change_set, "at": change.at.isoformat(), "by": change.by, "why": change.why}


def _text(preview: MergePreview, take: Mapping[str, Take]) -> str:
    from crm.commands.values import shown
    from crm.domain.companies.merging_explain import moves_text, take_word

    lines = [_("{gone} would become part of {kept}:").format(gone=preview.gone.code, kept=preview.kept.code)]
    for pair in preview.fields:
        mine = shown(pair.field, pair.kept, preview.kept.values)
        other = shown(pair.field, pair.gone, preview.gone.values)
        word = take_word(take.get(pair.field.name, pair.take))
        if pair.kept != pair.gone:
            lines.append(
                _("  {label}: {one} | {other} → {take}").format(
                    label=_(pair.field.label), one=mine, other=other, take=word
                )
            )
    lines.append(_("What moves:"))
    lines += [f"  {line}" for line in moves_text(preview.moves)] or [_("  nothing")]
    lines.append(_("Nothing was changed. Give the reason by --why to merge them."))
    return "\n".join(lines)


def _merged_text(preview: MergePreview, number: int) -> str:
    told = {"gone": preview.gone.code, "kept": preview.kept.code, "number": number}
    return _(
        "{gone} is part of {kept} now; its code leads there "
        "(xiangtu split {gone} takes it apart, xiangtu undo {number} too)."
    ).format(**told)
