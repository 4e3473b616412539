"""Fields that name other records: a name becomes its code on every way in, a code that changes is followed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from crm.database import Session
from crm.domain.fields.registry import KIND_LABELS, RECORD_KINDS, Field
from crm.domain.fields.words import list_mark
from crm.errors import ConflictError, ValueRefusedError
from crm.i18n import _
from crm.models import RECORD_MODELS
from crm.queries.links import codes_meant, ids_naming, links_to, naming_fields

MOST_NAMED = 5
"""Records listed in a refusal."""


def with_codes(session: Session, kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of fields with every record that they name under its code.

    Raises:
        ValueRefusedError: a field names a record that is not there, or a name that several have.
    """
    (outcome,) = many_with_codes(session, kind, [values])
    if isinstance(outcome, ValueRefusedError):
        raise outcome
    return outcome


def many_with_codes(
    session: Session, kind: str, rows: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any] | ValueRefusedError]:
    """Return of each record what ``with_codes`` returns or raises; each other kind is asked once."""
    described = RECORD_KINDS.get(kind)
    naming = [] if described is None else [described.fields[name] for name in described.references]
    wanted: dict[str, set[str]] = {}
    for field in naming:
        for row in rows:
            wanted.setdefault(field.to, set()).update(_entries(row.get(field.name)))
    known = {to: codes_meant(session, to, words) for to, words in wanted.items() if words}
    return [_resolved(naming, row, known) for row in rows]


def _resolved(
    naming: Iterable[Field], row: Mapping[str, Any], known: Mapping[str, Mapping[str, list[str]]]
) -> dict[str, Any] | ValueRefusedError:
    found = dict(row)
    try:
        for field in naming:
            given = row.get(field.name)
            if given:
                codes = tuple(_one(field, word, known[field.to].get(word, [])) for word in _entries(given))
                found[field.name] = codes[0] if isinstance(given, str) else tuple(dict.fromkeys(codes))
    except ValueRefusedError as error:
        return error
    return found


def _one(field: Field, word: str, codes: Sequence[str]) -> str:
    if len(codes) == 1:
        return codes[0]
    told = {"label": _(field.label), "name": word, "kind": _(KIND_LABELS[field.to])}
    if not codes:
        message = _("{label}: there is no “{name}” among {kind}. Enter it there first, or give its code.")
        raise ValueRefusedError(message.format(**told), where=field.name)
    message = _("{label}: several of {kind} are named “{name}”: {codes}. Give the code of one.")
    raise ValueRefusedError(message.format(**told, codes=list_mark().join(codes[:MOST_NAMED])), where=field.name)


def _entries(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)  # type: ignore[arg-type]  # a list of texts


def follow_code(session: Session, kind: str, before: str, after: str) -> None:
    """Let the records that name a record by the code it had name it by its new one."""
    for word, field in naming_fields(kind):
        model: Any = RECORD_MODELS[word]
        for record_id in ids_naming(session, word, field.name, before):
            record = session.get_one(model, record_id)
            now = getattr(record, field.name)
            named = after if isinstance(now, str) else tuple(after if each == before else each for each in now)
            setattr(record, field.name, named)
    session.flush()


def refuse_named(session: Session, kind: str, code: str) -> None:
    """Refuse to delete a record that others name.

    Raises:
        ConflictError: naming them.
    """
    links = links_to(session, kind, code)
    if links:
        told = list_mark().join(f"{_(KIND_LABELS[each.kind])} {each.code}" for each in links[:MOST_NAMED])
        message = _("{code} is named by other records ({records}). Take it out there first.")
        raise ConflictError(message.format(code=code, records=told), where=code)
