"""The words of ``xiangtu import``: what was understood, what is open, what to do next; for an officer, not a script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from crm.commands.layout import columns as laid_out
from crm.domain.imports.explain import SOURCES
from crm.domain.imports.kinds import IMPORT_FIELDS
from crm.i18n import _

SHOWN = 20
"""Rows with notes that are listed."""


def report(document: Mapping[str, Any]) -> str:
    """Return the report of an import."""
    parts = (
        _head(document),
        *(_sheet(document["kind"], sheet) for sheet in document["sheets"]),
        *(_remembered(document["kind"], one) for one in document["remembered"]),
        _counts(document),
        _suspect_columns(document["suspects"]["columns"]),
        _rows(document["rows"]),
        _questions(document["questions"]),
        _next(document),
    )
    return "\n\n".join(part for part in parts if part)


def _head(document: Mapping[str, Any]) -> str:
    lines = [_("File: {file}").format(file=document["file"]), *document["notes"]]
    return "\n".join(lines)


def _sheet(kind: str, sheet: Mapping[str, Any]) -> str:
    if "refused" in sheet:
        return _("Sheet {sheet}: not imported, {why}.").format(sheet=sheet["name"], why=sheet["reason"])
    rows = _(", ").join(str(row) for row in sheet["header_rows"])
    lines = [_("Sheet {sheet}, heading in row {rows}:").format(sheet=sheet["name"], rows=rows)]
    fields = IMPORT_FIELDS[kind]
    table = [(_("Column"), _("Heading"), _("Field of the record"), _("Unit"))]
    for column in sheet["columns"]:
        name, _dot, part = column["field"].partition(".")
        label = _(fields[name].label) + (f"（{part}）" if part else "")
        unit = column["unit"] or ""
        if column["inferred"]:
            unit = _("{unit} ({source})").format(unit=unit, source=_(SOURCES[column["unit_from"]]))
        table.append((column["column"], column["header"], label, unit))
    lines += [f"  {line}" for line in laid_out(table)]
    if sheet["unmapped_columns"]:
        left = _("; ").join(
            _("{column} {heading} ({why})").format(
                column=one["column"], heading=one["header"] or _("no heading"), why=one["reason"]
            )
            for one in sheet["unmapped_columns"]
        )
        lines.append(_("  Not mapped, kept with the record's source: {columns}").format(columns=left))
    if sheet["hidden_columns"]:
        hidden = _(", ").join(sheet["hidden_columns"])
        lines.append(_("  Hidden in the sheet, read like the others: columns {columns}").format(columns=hidden))
    lines += [_bad_sum(check) for check in sheet["sums"] if not check["holds"]]
    return "\n".join(lines)


def _remembered(kind: str, one: Mapping[str, Any]) -> str:
    """Return what was said of a heading before: what holds again, what is only offered, how the heading differs."""
    words = _("Remembered from {file} ({on}, {by}), the same heading:")
    if not one["same"]:
        words = _("A heading like this one came in with {file} ({on}, {by}):")
    lines = [words.format(file=one["file"], on=one["on"], by=one["by"])]
    if one["heading_named"]:
        lines.append(_told(_("which rows the heading is"), holds=one["same"]))
    lines += [_told(f"{each['header']} → {_shown(kind, each['said'])}", holds=each["holds"]) for each in one["columns"]]
    lines += [
        _told(f"{each['text'] or each['key']} {each['answer_text']}", holds=each["holds"]) for each in one["answers"]
    ]
    for title, headings in ((_("New columns: {columns}"), one["added"]), (_("Gone: {columns}"), one["missing"])):
        if headings:
            lines.append("  " + title.format(columns=_(", ").join(headings)))
    lines.append(_("  All of it as last time: --as-last-time; nothing of it: --forget"))
    return "\n".join(lines)


def memory_lines(one: Mapping[str, Any]) -> Iterator[str]:
    """Give the lines of what is remembered of a heading: its beginning, file and officer, what was said."""
    yield _("{fingerprint}  {file} ({on}, {by})").format(**{**one, "fingerprint": one["fingerprint"][:12]})
    yield "  " + _(", ").join(one["headings"])
    if one["named"]:
        yield "  " + _("which rows the heading is")
    for header, said in one["columns"].items():
        yield f"  {header} → {_shown(one['kind'], said)}"
    for key, answer in one["answers"].items():
        yield f"  {key} = {answer}"


def _shown(kind: str, said: Mapping[str, Any] | None) -> str:
    """Return the field and unit that were said of a column."""
    if said is None:
        return _("left out")
    label = _(IMPORT_FIELDS[kind][said["field"].partition(".")[0]].label)
    return label + (_(" ({unit})").format(unit=said["unit"]) if said["unit"] else "")


def _told(what: str, *, holds: bool) -> str:
    return (_("  taken again: {what}") if holds else _("  last time: {what}")).format(what=what)


def _bad_sum(check: Mapping[str, Any]) -> str:
    return _("  Sum in {cell}: the sheet says {stated}, its rows give {computed}.").format(
        cell=f"{check['column']}{check['row']}",
        stated=check["stated"],
        computed=check["computed_text"],
    )


def _counts(document: Mapping[str, Any]) -> str:
    counts = document["counts"]
    words = _(
        "{data} rows: {new} new, {changed} changed, {same} the same; {doubtful} with doubts, {faulty} faulty."
    ).format(**counts)
    if document["sheets"] and counts["skipped"]:
        words += _(" {skipped} other rows (titles, sections, sums, notes).").format(skipped=counts["skipped"])
    head = _("Tried only, nothing was written.") if document["dry_run"] else _("Written.")
    if not document["dry_run"] and document["batch"] is None:
        head = _("Nothing was written.")
    if counts["left"]:
        words += "\n" + _("{left} rows were left out, as answered.").format(left=counts["left"])
    if counts["held"]:
        words += "\n" + _("{held} rows wait: they may be known already.").format(held=counts["held"])
    return _("{done} {counts}").format(done=head, counts=words)


def _suspect_columns(columns: Sequence[Mapping[str, Any]]) -> str:
    """Return the lines about columns most of whose figures seem to be in another unit."""
    from crm.domain.magnitudes.explain import SLIPS, label_of
    from crm.domain.magnitudes.guard import Slip

    words = _(
        "{label}, the whole column: {rows} of {of} figures may be in another unit ({slip}). Please check the unit."
    )
    return "\n".join(
        words.format(label=label_of(each["field"]), rows=each["rows"], of=each["of"], slip=_(SLIPS[Slip(each["slip"])]))
        for each in columns
    )


def _rows(rows: Sequence[Mapping[str, Any]]) -> str:
    telling = [row for row in rows if row["action"] in ("doubtful", "faulty") or row.get("kept") or row.get("suspects")]
    noted = [row for row in telling if row.get("notes")]
    if not noted:
        return ""
    lines = [_("Rows to look at:"), *(line for row in noted[:SHOWN] for line in _row(row))]
    if len(noted) > SHOWN:
        lines.append(_("  … and {number} more (see --json)").format(number=len(noted) - SHOWN))
    return "\n".join(lines)


def _row(row: Mapping[str, Any]) -> Iterator[str]:
    where = _("{sheet}, row {row}").format(sheet=row["sheet"], row=row["row"]) if row["sheet"] else str(row["row"])
    yield _("  {where} {name}").format(where=where, name=row["fields"].get("name", ""))
    for note in row["notes"]:
        yield f"    - {note}"
    if "duplicate" in row:
        yield from _duplicate(row["duplicate"])


def _duplicate(found: Mapping[str, Any]) -> Iterator[str]:
    """Give the lines of a row that may be known already: what differs, and how to answer for this row alone."""
    for one in found["differs"]:
        words = _("{label}: known {known}, here {said}") if not one["fills"] else _("{label}: not known, here {said}")
        known, said = (" ".join(one[side].split()) for side in ("known_text", "said_text"))
        yield "      " + words.format(label=one["label"], known=known, said=said)
    if found["choice"] is None:
        yield f'      --answer "{found["key"]}=new|skip|fill|fill:{_("FIELD")},…"'


def _questions(questions: Sequence[Mapping[str, Any]]) -> str:
    if not questions:
        return ""
    lines = [_("Questions:")]
    for question in questions:
        lines.append(f"  - {question['text']}")
        lines.append(f'    --answer "{question["key"]}={"|".join(question["choices"])}"')
    return "\n".join(lines)


def _next(document: Mapping[str, Any]) -> str:
    """Return what to do next, the workbook of the faulty rows first."""
    mend = _("Faulty rows are in {file}: mend them there and import that file.").format(
        file=document.get("faulty_file")
    )
    return "\n".join([*([mend] if document.get("faulty_file") else []), _steps(document)])


def _steps(document: Mapping[str, Any]) -> str:
    if document["dry_run"]:
        return (
            _("Next: answer the questions with --answer, then run again without --dry-run.")
            if document["questions"]
            else _("Next: run again without --dry-run.")
        )
    lines = []
    if document["batch"] is not None:
        lines.append(_("To take this import back: xiangtu undo {batch}").format(batch=document["batch"]))
    if document["questions"]:
        lines.append(_("Run again with --answer: what is still blank is filled, nothing is made twice."))
    return "\n".join(lines)
