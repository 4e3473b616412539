"""The words for what an import understood, noted and asks; codes become sentences here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from crm.domain.companies.duplicates import Likelihood
from crm.domain.companies.explain import FAULTS, explain_duplicate, likelihood_word
from crm.domain.fields.agreement import crossed_text
from crm.domain.fields.codes import LAND_USES, STAGES
from crm.domain.fields.keys import needed_text
from crm.domain.fields.registry import Field
from crm.domain.fields.words import label_of, list_mark
from crm.domain.imports.choices import DUPLICATES
from crm.domain.imports.grid import column_letter
from crm.domain.imports.headers import Column
from crm.domain.imports.kinds import IMPORT_FIELDS
from crm.domain.imports.notes import Note
from crm.domain.imports.questions import CONFLICT, Question
from crm.domain.imports.rows import CellNote
from crm.domain.imports.sums import SumCheck
from crm.domain.quantities import decimal_text
from crm.domain.quantities.currencies import BY_CODE
from crm.domain.reasons import Reason
from crm.domain.stages.explain import explain_refusals
from crm.i18n import N_, _

NOTES: Mapping[str, str] = {
    "error": N_("“{raw}” is an error of the spreadsheet; left empty."),
    "formula": N_("The formula “{raw}” has no stored result; left empty. Open and save the file in Excel or WPS."),
    "damaged": N_("“{raw}” is a long number whose end the spreadsheet has lost; left empty. Enter it as text."),
    "not_a_date": N_("“{raw}” is no day of the calendar; left empty."),
    "unreadable": N_("Left empty: {why}"),
    "vague": N_("“{raw}” names no figure; kept as words."),
    "other_currency": N_("“{raw}” is in {currency} in a column of {expected}; the currency is kept."),
    "not_given": N_("“{raw}” is taken as not given, never as 0."),
    "withheld": N_("“{raw}” is what an export shows in place of a value; the value in the program stays."),
    "date_in_text": N_("“{raw}” speaks of {date}; no field was made of it."),
    "phase1": N_("“{raw}”: {phase1} 亩 of it in the first phase."),
    "space_in_land": N_("“{raw}” is leased floor space ({kind}), not land."),
    "space_kind": N_("“{raw}” does not say which kind of floor space it is; left empty."),
    "serial_date": N_("The day number {raw} is {date}."),
    "short_year": N_("“{raw}” is read as {date}."),
    "alias": N_("“{raw}” stands for {field}."),
    "land_use": N_("“{raw}” is entered as {use}; the rest stays with the row."),
    "stages_between": N_("“{raw}” is read as {stages}."),
    "unknown_stage": N_("“{raw}” is no known stage; left empty."),
    "no_phone": N_("“{raw}” is no telephone number."),
    "asked_unit": N_("“{raw}” has no unit; left empty until it is answered."),
    "asked_unit_doubted": N_("“{raw}” makes no sense in {unit}; left empty until it is answered."),
    "asked_month": N_("{raw} may be January or October; left empty until it is answered."),
    "asked_day_month": N_("“{raw}” may be day or month first; left empty until it is answered."),
    "asked_year": N_("“{raw}” says no year; left empty until it is answered."),
    "asked_no_land": N_("“{raw}”: no land wanted, or not known yet? Left empty until it is answered."),
    "asked_area": N_("“{raw}” is not the name of an area; left empty until it is answered."),
    "asked_site_area": N_("The site names {area}; the area is left empty until it is answered."),
    "asked_area_elsewhere": N_("The address “{address}” does not fit the area {raw}; left empty until it is answered."),
    "area_answered": N_("“{raw}” was answered: {area}."),
    "stage_from_text": N_("The stage was taken from “{raw}”, as answered."),
    "asked_stage_ahead": N_("“{raw}” is still ahead; the stage is left empty until it is answered."),
    "currency_beside": N_("The currency is that of this column: {raw}."),
    "unknown_currency": N_("“{raw}” is no currency the program knows; the sums beside it are left empty."),
    "stage_from_section": N_("The stage comes from “{raw}”."),
    "hidden_row": N_("The row is hidden in the sheet."),
    "no_name": N_("There is no name; the row is not written."),
    "code_of_another": N_("The code {code} is that of {name}, another project of another company."),
    "step_refused": N_("Stage and status stay as they are: {refusals}"),
    "reservation_stays": N_("The reservation stays as it is: {why}"),
    "code_twice": N_("The code {code} stands in {place} already; the row is not written."),
    "several": N_("Several records are named so ({codes}); give the code of one. The row is not written."),
    "no_code": N_("There is no code, and the record would be made again each time; the row is not written."),
    "no_lead": N_("There is no lead “{name}”; the row is not written."),
    "no_contact": N_("Neither name nor telephone number is given; the row is not written."),
    "other_contact": N_("{code} {name} has another contact already."),
    "no_day": N_("The day is missing or not exact; the row is not written."),
    "no_words": N_("It says nothing; the row is not written."),
    "no_object": N_("{file}, entry {number}: it is no object."),
    "field_refused": N_("{file}, entry {number}: {label}: {why}"),
    "fields_refused": N_("{count} values cannot be taken; the row is not written."),
    "record_twice": N_("{place} is about {code} {name} already."),
    "credit_code_of": N_("The credit code {credit_code} is that of {code} {name}."),
    "name_of": N_("{code} has the same name, {name}."),
    "name_twice": N_("{place} has the same name, {name}."),
    "refused": N_("{why} The row is not written."),
    "crossed": N_("{why} The row is not written."),
    "needed": N_("{why} The row is not written."),
    "gone": N_("The record this row was exported from is no longer in the program."),
    "copied_row": N_("The row is a copy of row {row}: it is read as a new record, without the other's code."),
    "code_stays": N_("The code was changed in the file; a code is never changed by an import."),
    "name_stays": N_("The name was emptied in the file; a record keeps its name."),
    "conflict": N_("{what} was changed in the file and in the program; the program's stays until it is answered."),
    "conflict_kept": N_("{what} was changed in the file and in the program; the program's stays, as answered."),
    "kept": N_("{field} differs from what is in the program; the program's value stays."),
}
"""The sentence for each code of a note."""

QUESTIONS: Mapping[str, str] = {
    "unit": N_("Column {column} “{heading}”: in which unit are its bare numbers?"),
    "unit_doubted": N_("Column {column} “{heading}”: its figures make no sense in {unit}. In which unit are they?"),
    "month": N_("Column {column} “{heading}”: a number such as 2024.1 was typed. January (1) or October (10)?"),
    "day_month": N_("Column {column} “{heading}”: does the day or the month come first?"),
    "year": N_("Column {column} “{heading}”: of which year are the dates without one?"),
    "no_land": N_("Column {column} “{heading}”: does 无 mean that no land is wanted (none) or that it is not known?"),
    "area": N_("“{raw}”: which area is it?"),
    "site_area": N_("Sites that name “{raw}”: which area do they count to?"),
    "stage_text": N_("No column gives the stage. Take it from what column {column} “{heading}” says is done?"),
    "stage_ahead": N_("“{raw}” says what is still ahead: at which stage are they now?"),
    "area_elsewhere": N_("Area {raw}, but the address is {address}: which area is it?"),
    "column": N_("Column {column} “{heading}” looks like {field}. Is it?"),
    "same_heading": N_("The heading “{heading}” stands over columns {first} and {second}. Which one counts?"),
    CONFLICT: N_("{name}, {what}: exported as {base}, now {program} in the program, {file} in the file. Which holds?"),
    DUPLICATES: N_(
        "{count} rows may be known: make them anyway (new), fill blanks (fill), update (fill:*), leave them (skip)?"
    ),
}
"""The sentence for each code of a question."""

COLUMNS: Mapping[str, str] = {
    "unknown": N_("not known"),
    "no_heading": N_("no heading"),
    "not_ours": N_("no field of the record"),
    "not_of_this_kind": N_("no field of this kind of record"),
    "planned": N_("planned, not done"),
    "one_year": N_("a figure of one year"),
    "wrong_unit": N_("its unit belongs to something else"),
    "values_do_not_fit": N_("its values do not fit its heading"),
    "taken": N_("column {rival} counts"),
    "same_heading": N_("the same heading as column {rival}"),
    "currency_of": N_("the currency of column {rival}"),
    "asked": N_("asked"),
    "serial": N_("running number"),
    "map": N_("left, as you said"),
    "memory": N_("left, as last time"),
    "worked_out": N_("worked out by the program, not read back"),
}
"""Why a column stays unmapped."""

REFUSED: Mapping[str, str] = {
    "empty": N_("the sheet is empty"),
    "no_heading": N_("no heading row was found; say which rows it is (--header-rows, or in the wizard)"),
    "no_rows": N_("has its heading in row {row}, but no row below it"),
    "no_name": N_("no column with names was found; say which one it is (--map, or in the wizard its field)"),
    "not_below": N_("there is no table below the heading rows that were named ({rows})"),
    "hidden": N_("the sheet is hidden"),
    "form": N_("is a form of one project, no ledger; copy its cells and register them by pasting (capture)"),
}
"""Why a sheet is not imported."""

CHOICE_WORDS: Mapping[tuple[str, str], str] = {
    (CONFLICT, "program"): N_("keep what the program has"),
    (CONFLICT, "file"): N_("take what the file says"),
    (DUPLICATES, "new"): N_("make them anyway"),
    (DUPLICATES, "fill"): N_("fill blanks of the known lead"),
    (DUPLICATES, "skip"): N_("leave them"),
    ("area", "none"): N_("none of these areas"),
    ("area_elsewhere", "none"): N_("none of these areas"),
    ("site_area", "none"): N_("none of these areas"),
    ("stage_ahead", "none"): N_("leave the stage as it is"),
    ("stage_text", "yes"): N_("take it"),
    ("stage_text", "no"): N_("leave the stage as it is"),
    ("month", "1"): N_("January"),
    ("month", "10"): N_("October"),
    ("day_month", "month_first"): N_("month first"),
    ("day_month", "day_first"): N_("day first"),
    ("no_land", "none"): N_("no land is wanted"),
    ("no_land", "unknown"): N_("not known yet"),
    ("same_heading", "first"): N_("the first"),
    ("same_heading", "second"): N_("the second"),
}
"""What an answer says, by kind of question; other answers are words already."""

HOW: Mapping[str, str] = {
    "synonym": N_("known heading"),
    "pattern": N_("form of the heading"),
    "context": N_("heading and unit"),
    "fuzzy": N_("similar heading"),
    "values": N_("look of the values"),
    "only_name": N_("the only column of names"),
    "answer": N_("as answered"),
    "map": N_("as you said"),
    "export": N_("column of an export"),
    "memory": N_("as last time"),
}
"""How a column got its field."""

SOURCES: Mapping[str, str] = {
    "header": N_("from the heading"),
    "unit_row": N_("from the row of units"),
    "group": N_("inferred from the heading above"),
    "corner": N_("inferred from the corner"),
    "map": N_("as you said"),
    "answer": N_("as answered"),
    "export": N_("as exported"),
    "memory": N_("as last time"),
}
"""Where a unit comes from."""


def note_text(note: Note, *, entry: bool = False) -> str:
    """Return the sentence of a note; ``entry``: what it calls a row is an entry of a list."""
    params = {**note.params, "place": place_text(note.params.get("sheet"), note.params.get("row"), entry=entry)}
    if note.code in ("like_known", "like_row"):
        return _like(note, str(params["place"]))
    if note.code == "step_refused":
        return _(NOTES[note.code]).format(refusals=_refused_step(note))
    if note.code in FAULTS:
        words = _(FAULTS[note.code]).format_map(params)
        hint = params.get("hint")
        more = _("Perhaps {hint} was meant: please check the certificate.").format(hint=hint) if hint else ""
        return _("“{raw}”: {problem} Left empty.").format(raw=params["raw"], problem=words + more)
    return _(NOTES[note.code]).format_map(_in_words(note.code, params))


def _in_words(code: str, params: dict[str, object]) -> dict[str, object]:
    """Return the parameters of a note with what is a code in them as people call it."""
    if code == "other_currency":
        params |= {name: _currency(str(params[name])) for name in ("currency", "expected")}
    elif code == "land_use":
        params["use"] = label_of(LAND_USES, str(params["use"]))
    elif code in ("crossed", "needed"):
        params["why"] = _why_not(params)
    elif code == "kept":
        params["field"] = _label(str(params["field"]))
    elif code == "field_refused":
        params["label"] = _named(str(params["field"]), str(params["kind"]))
    elif code == "several" and isinstance(params["codes"], tuple):
        params["codes"] = list_mark().join(params["codes"])
    elif code in ("conflict", "conflict_kept"):
        params["what"] = _label_of_entry(str(params["field"]), str(params["part"]))
    return params


def _why_not(params: Mapping[str, object]) -> str:
    """Return what speaks against a row as a whole: two ends that are crossed, or fields that are missing."""
    kind, fields = str(params["kind"]), params.get("fields")
    if isinstance(fields, tuple):
        return needed_text(kind, fields)
    return crossed_text(kind, str(params["low"]), str(params["high"]))


def _currency(code: str) -> str:
    """Return what people call a currency."""
    return _("renminbi") if code == "CNY" else _(BY_CODE[code].name) if code in BY_CODE else code


def _label_of_entry(name: str, part: str) -> str:
    """Return what a field or one entry of it is called: 载体需求（研发）."""
    return _("{text} ({note})").format(text=_label(name), note=part) if part else _label(name)


def place_text(sheet: object, row: object, *, entry: bool = False) -> str:
    """Return where a row stands: its sheet, where one is named, and its number; "" for no row."""
    if row is None:
        return ""
    if entry:
        return _("entry {number}").format(number=row)
    return _("{sheet}, row {row}").format(sheet=sheet, row=row) if sheet else _("row {row}").format(row=row)


def _named(field: str, kind: str) -> str:
    """Return a field with its label and name, as a list of records calls it."""
    fields = IMPORT_FIELDS[kind]
    return _("{label} ({name})").format(label=_(fields[field].label), name=field) if field in fields else field


def _label(name: str) -> str:
    """Return what a field is called, whichever record it is of."""
    fields = next((each for each in IMPORT_FIELDS.values() if name in each), {})
    return _(fields[name].label) if name in fields else name


def _refused_step(note: Note) -> str:
    record = note.params.get("record")
    return explain_refusals(_reasons(note.params.get("refusals")), record if isinstance(record, Mapping) else {})


def _like(note: Note, place: str) -> str:
    params = note.params
    reasons, likelihood = params.get("reasons"), params.get("likelihood")
    why = explain_duplicate(reason for reason in _reasons(reasons))
    word = likelihood_word(likelihood) if isinstance(likelihood, Likelihood) else ""
    message = _("{word} the same as {place}: {why}")
    known = place if note.code == "like_row" else _("{code} {name}").format(**{"name": "", **params})
    return message.format(word=word, place=known.strip(), why=_("; ").join(why))


def _reasons(given: object) -> Iterable[Reason]:
    return [one for one in given if isinstance(one, Reason)] if isinstance(given, tuple) else []


def cell_note_text(note: CellNote, columns: Mapping[str, Column], row: int, *, entry: bool = False) -> str:
    """Return the sentence of a note on a row, with its cell and heading."""
    words = note_text(note.note, entry=entry)
    if not note.column:
        return words
    header = columns[note.column].header if note.column in columns else ""
    return _("{cell} ({heading}): {text}").format(cell=f"{note.column}{row}", heading=header, text=words)


def question_text(question: Question, fields: Mapping[str, Field], *, proofs: int = 3) -> str:
    """Return a question with its first proofs: rows and what stands there."""
    params = dict(question.parameters)
    params |= {"column": question.column, "count": str(len(question.proofs))}
    if "field" in params and params["field"] in fields:
        params["field"] = _(fields[params["field"]].label)
    if question.code == CONFLICT:
        given = {key: params[key] or _("nothing") for key in ("base", "program", "file")}
        params |= given | {"what": _label_of_entry(question.parameters["field"], params["part"])}
    words = _(QUESTIONS[question.code]).format_map(params)
    if question.code in ("area", "site_area") and params.get("proposed"):
        words += _(" Proposed: {area}.").format(area=params["proposed"])
    shown = [_("row {row}: {raw}").format(row=proof.row, raw=proof.raw) for proof in question.proofs[:proofs]]
    if len(question.proofs) > proofs:
        shown.append("…")
    return words + (_(" ({proofs})").format(proofs=_("; ").join(shown)) if shown else "")


def rows_give(check: SumCheck) -> str:
    """Return what the rows under a sum give, in the unit of its column: 9.2-10.2亿元."""
    low, high, word = check.shown
    ends = decimal_text(low) if low == high else f"{decimal_text(low)}-{decimal_text(high)}"
    return f"{ends}{word or _unit_of(check.field)}"


def _unit_of(name: str) -> str:
    fields = next((each for each in IMPORT_FIELDS.values() if name in each), {})
    return fields[name].unit if name in fields else ""


def choice_text(question: Question, choice: str) -> str:
    """Return what an answer to a question says."""
    words = CHOICE_WORDS.get((question.code, choice))
    if words is None and question.code == "stage_ahead":
        return label_of(STAGES, choice)
    return _(words) if words is not None else choice


def how_text(how: str) -> str:
    """Return how a column got its field."""
    return _(HOW[how]) if how in HOW else how


def column_reason(column: Column) -> str:
    """Return why a column stays unmapped."""
    rival = column_letter(column.rival) if column.rival is not None else ""
    return _(COLUMNS[column.reason]).format(rival=rival)


def refused_text(why: Note) -> str:
    """Return why a sheet is not imported."""
    return _(REFUSED[why.code]).format_map(why.params)
