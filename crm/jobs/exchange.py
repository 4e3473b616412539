"""Reading a list of objects (``.json``) with the field names of the contract: each object becomes a row to plan."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

from crm.domain.fields.reading import field_named, fields_of
from crm.domain.imports.notes import Note
from crm.domain.imports.rows import CellNote, RowRecord, SourceRow
from crm.errors import FileRefusedError, UserError
from crm.files import unreadable
from crm.i18n import _
from crm.services.values import fitting

LARGEST = 200 * 1024 * 1024
"""Bytes of the largest file that is read; 100,000 leads take half of it."""


@dataclass(frozen=True, slots=True)
class RecordList:
    """A list that was read.

    Attributes:
        sha256: of the file's bytes.
        rows: its entries in their order.
    """

    sha256: str
    rows: list[SourceRow]


def read_list(kind: str, path: Path) -> RecordList:
    """Return the entries of a ``.json`` file, each value in the form it is stored in; figures stay exact.

    Raises:
        FileRefusedError: the file cannot be read, or is no list of objects.
        NotFoundError: there is no such kind of record.
    """
    fields_of(kind)
    content = _content(path)
    documents = _documents(path.name, content)
    entries = (_entry(kind, path.name, number, document) for number, document in enumerate(documents, start=1))
    return RecordList(hashlib.sha256(content).hexdigest(), [SourceRow("", record, entry=True) for record in entries])


def _content(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_dir() and not path.is_file():
            raise FileRefusedError(_("{path} is no file.").format(path=path), where=str(path))
        if path.is_file() and path.stat().st_size > LARGEST:
            message = _("{path} is larger than {most} MB. Split it.")
            raise FileRefusedError(message.format(path=path, most=LARGEST // 1024 // 1024), where=str(path))
        return path.read_bytes()
    except OSError as error:
        raise unreadable(error, path) from error


def _documents(file: str, content: bytes) -> list[object]:
    """Return what the list holds; figures stay exact."""
    try:
        found = json.loads(
            content.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_object
        )
    except UnicodeDecodeError as error:
        raise FileRefusedError(_("{file} is not in UTF-8. Save it as UTF-8.").format(file=file), where=file) from error
    except json.JSONDecodeError as error:
        message = _("{file} is no JSON document: line {line}, column {column} cannot be read.")
        raise FileRefusedError(
            message.format(file=file, line=error.lineno, column=error.colno), where=f"{file}:{error.lineno}"
        ) from error
    except (ValueError, RecursionError) as error:
        message = _("{file} is no list of records: {why}.").format(file=file, why=error)
        raise FileRefusedError(message, where=file) from error
    if not isinstance(found, list):
        raise FileRefusedError(_("{file} must be a list of objects, one a record.").format(file=file), where=file)
    return found


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return an object; one that says a thing twice is refused, for nobody knows which counts."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, times in Counter(key for key, _value in pairs).items() if times > 1)
        raise ValueError(_("“{key}” stands twice in one object").format(key=twice))
    return found


def _no_number(word: str) -> NoReturn:
    raise ValueError(_("{word} is no number").format(word=word))


def _entry(kind: str, file: str, number: int, document: object) -> RowRecord:
    """Return an entry; a value that cannot be stored is a fault with its field."""
    if not isinstance(document, dict):
        return RowRecord(number, fault=Note("no_object", {"file": file, "number": str(number)}))
    raw = {name: given if isinstance(given, str) else _text(given) for name, given in document.items()}
    record = RowRecord(number, raw=raw)
    for name, given in document.items():
        try:
            value = fitting(field_named(kind, name), given)[0]
        except UserError as error:
            why = {"file": file, "number": str(number), "kind": kind, "field": name, "why": error.message}
            record.notes.append(CellNote("", Note("field_refused", why)))
        else:
            if value is not None:
                record.values[name] = value
    if record.notes:
        record.fault = Note("fields_refused", {"count": str(len(record.notes))})
    return record


def _text(given: object) -> str:
    return json.dumps(given, ensure_ascii=False, default=str)
