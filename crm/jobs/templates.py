"""The empty workbook of each kind of record: every field, how it is filled in, and the words it knows."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from crm.domain.fields.registry import KIND_LABELS, Field, Kind
from crm.domain.fields.words import label_of
from crm.domain.imports.kinds import CONTACTS, FOLLOW_UPS, IMPORT_FIELDS
from crm.domain.quantities.space_kinds import SPACE_KINDS
from crm.domain.quantities.values import SHARE
from crm.files import check_over
from crm.i18n import N_, _
from crm.jobs.export_cells import Part
from crm.workbooks.ledgers import Look
from crm.workbooks.templates import Blank, Template, write_template

TITLES = {
    "leads": N_("Form for leads"),
    "communities": N_("Form for research communities"),
    "funds": N_("Form for funds"),
    "plots": N_("Form for plots"),
    FOLLOW_UPS: N_("Form for follow-ups"),
    CONTACTS: N_("Form for contacts"),
}
_HOW: dict[Kind, tuple[str, str]] = {
    Kind.TEXT: (N_("Text."), ""),
    Kind.NOTE: (N_("Text, of several lines if need be."), ""),
    Kind.CHOICE: (N_("One of the words in the list."), ""),
    Kind.CHOICES: (N_("One or more of the words, separated by “、”."), ""),
    Kind.TEXTS: (N_("One or more entries, separated by “、”."), "中试、P2"),
    Kind.MONEY: (
        N_("A number in {unit}; otherwise write the unit too. A range or about is kept as such."),
        "5000；约5亿元；4500-5500万元；720万美元",
    ),
    Kind.LAND: (
        N_("A number in {unit}; otherwise write the unit too. 0 when no land is wanted; blank when not known."),
        "25；约30亩；2公顷；50亩（一期20亩）",
    ),
    Kind.NUMBER: (N_("A number in {unit}."), "120"),
    Kind.FLAG: (N_("Yes or no; blank when not known."), "是"),
    Kind.DATE: (
        N_("A day, a month, a quarter, a half-year or a year."),
        "2027-03-15；2027年3月；2027年二季度；2027年下半年",
    ),
    Kind.MOMENT: (N_("A day, with the time where it matters."), "2026-11-03 09:12"),
    Kind.YEAR: (N_("A year."), "2028"),
    Kind.SPACES: (N_("Floor space in m²."), "1200"),
    Kind.PLOTS: (
        N_("For land in several areas: area: mu: use: tax, separated by “；”."),
        "高铁新城：25亩：工业：5000万元",
    ),
    Kind.PHASES: (N_("For phases: mu: tax: committed or intended, separated by “；”."), "25亩：5000万元：已承诺"),
    Kind.LEASES: (N_("Space to rent: kind: area@plot ratio, separated by “；”."), "厂房：10000㎡@2.0"),
    Kind.PLATFORMS: (N_("Platforms, each with its field in brackets, separated by “；”."), "公共检测平台（生物医药）"),
    Kind.TAX_YEARS: (N_("Tax of the year, a number in {unit}."), "800"),
    Kind.CREDIT_CODE: (N_("The 18 characters of the unified social credit code."), ""),
    Kind.PHONE: (N_("Telephone number; several separated by “、”."), ""),
}
"""What to write into a field of each kind, and an example."""

YEARS_AHEAD = 5
_LONGEST_LIST = 60
"""Choices of a drop-down; a longer list is only explained."""


def make_template(kind: str, target: Path, made_at: datetime) -> int:
    """Write the empty workbook of a kind of record; return the number of its columns.

    Raises:
        FileRefusedError: it cannot be written there.
    """
    check_over(target, ".xlsx")
    columns = [_blank(part) for field in IMPORT_FIELDS[kind].values() for part in _parts_of(field, made_at.year)]
    lines = [
        _("One row a record. Columns that are not needed may be left blank or deleted; their order does not matter."),
        _("Leave blank what is not known; do not write 0 for it."),
        _("A row names its lead by code, or by the name of the project or its investor.")
        if kind in (FOLLOW_UPS, CONTACTS)
        else _("A new record needs no code: it gets the next one."),
    ]
    title = _(TITLES[kind]) if kind in TITLES else _("Form for {kind}").format(kind=_(KIND_LABELS[kind]))
    words = (_("Column"), _("What to write"), _("Example"), _("Choices"))
    template = Template(title, title, columns, _("Instructions"), lines, words, _("Lists"))
    write_template(target, template, made_at=made_at)
    return len(columns)


def _parts_of(field: Field, year: int) -> list[Part]:
    """Return the columns of a field: one for each kind of space, one for each of the coming years of tax."""
    if field.kind is Kind.SPACES:
        return [Part(field, kind) for kind in SPACE_KINDS]
    if field.kind is Kind.TAX_YEARS:
        return [Part(field, year + ahead) for ahead in range(1, YEARS_AHEAD + 1)]
    return [Part(field)]


def _blank(part: Part) -> Blank:
    """Return a column to fill in."""
    field = part.field
    how, example = _HOW[field.kind]
    if field.most is not None:  # an example that is believed
        example = "35%" if field.unit == SHARE else f"{field.most / 10:f}"
    unit = "%" if field.unit == SHARE else field.unit
    text = _("A number.") if field.kind is Kind.NUMBER and not unit else _(how).format(unit=unit)
    choices = tuple(label_of(field.choices, choice.code) for choice in field.choices)[:_LONGEST_LIST]
    if field.kind is Kind.FLAG:
        choices = (_("yes"), _("no"))
    look = Look.CODE if part.look is Look.CODE else Look.TEXT
    return Blank(part.heading, look, text, "" if field.choices else example, choices)
