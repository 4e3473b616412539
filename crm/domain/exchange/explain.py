"""The words for what was done with an entry of a ``.json`` file, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from crm.domain.companies.explain import explain_duplicate, likelihood_word
from crm.domain.exchange.plan import Planned
from crm.domain.fields.registry import RECORD_FIELDS
from crm.domain.fields.words import list_mark
from crm.domain.reasons import Reason
from crm.domain.stages.explain import explain_refusals
from crm.i18n import N_, _

WORDS: Mapping[str, str] = {
    "code_twice": N_("entry {entry} has the code {code} already"),
    "record_twice": N_("entry {entry} is about {known} {name} already"),
    "several": N_("several records are named so ({codes}); give the code of one"),
    "no_name": N_("a new record needs a name or a code"),
    "no_code": N_("a plot needs a code, or it would be made again each time"),
    "code_of_another": N_("the code {code} is that of {name}, another project of another company"),
    "credit_code_of": N_("the credit code {credit_code} is that of {known} {name}"),
    "name_of": N_("{known} has the same name, {name}"),
    "name_twice": N_("entry {entry} has the same name, {name}"),
    "like_known": N_("{likelihood} the same as {known} {name}: {reasons}"),
    "like_entry": N_("{likelihood} the same as entry {entry}: {reasons}"),
    "kept": N_("{field} was changed in the program since; the program's value stays"),
    "step_refused": N_("stage or status: {refusals}"),
}
"""The words for each code of a note."""

_SHOWN: Mapping[str, Callable[[Any], str]] = {
    "codes": lambda codes: list_mark().join(codes),
    "reasons": lambda reasons: "; ".join(explain_duplicate(reasons)),
    "likelihood": likelihood_word,
}


def entry_text(kind: str, planned: Planned, file: str) -> list[str]:
    """Return what there is to say about an entry, a sentence a note; faults name file, entry and field."""
    number, fields = planned.entry.number, RECORD_FIELDS[kind]
    said = [
        _("{field}: {message}").format(
            field=_("{label} ({name})").format(label=_(fields[name].label), name=name) if name in fields else name,
            message=message,
        )
        if name
        else message
        for name, message in planned.entry.faults.items()
    ]
    said += [_note(note, kind) for note in planned.notes]
    return [_("{file}, entry {number}: {message}").format(file=file, number=number, message=words) for words in said]


def question_text(number: int) -> str:
    """Return the question what to do with the entries that are held back."""
    words = _("{count} entries may be known already. Make them anyway (new), fill blanks (fill), leave them (skip)?")
    return words.format(count=number)


def _note(note: Reason, kind: str) -> str:
    shown = {name: _SHOWN[name](value) if name in _SHOWN else value for name, value in note.parameters.items()}
    if note.code == "step_refused":
        parameters: Mapping[str, Any] = note.parameters
        shown = {"refusals": explain_refusals(parameters["refusals"], parameters["record"])}
    elif note.code == "kept":
        shown = {"field": _(RECORD_FIELDS[kind][str(note.parameters["field"])].label)}
    return _(WORDS[note.code]).format_map(shown)
