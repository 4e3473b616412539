"""What a field of a record is, and what a kind of record is; the fields themselves stand in the registry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from crm.domain.fields.codes import Choice


class Kind(StrEnum):
    """What a field holds, as the domain sees it."""

    TEXT = "text"  # str, one line
    NOTE = "note"  # str, many lines
    CHOICE = "choice"  # str: a code of ``choices``
    CHOICES = "choices"  # tuple[str, ...] of codes
    TEXTS = "texts"  # tuple[str, ...]
    MONEY = "money"  # Money
    LAND = "land"  # Land
    NUMBER = "number"  # Number in ``unit``
    FLAG = "flag"  # bool
    DATE = "date"  # PartialDate
    MOMENT = "moment"  # datetime, aware; PartialDate where only the day, the month or less is known
    YEAR = "year"  # int
    SPACES = "spaces"  # Mapping[str, Space]: kind of space -> m²
    PLOTS = "plots"  # tuple[Plot, ...]
    PHASES = "phases"  # tuple[Phase, ...]
    LEASES = "leases"  # tuple[Lease, ...]
    PLATFORMS = "platforms"  # tuple[Platform, ...]
    TAX_YEARS = "tax_years"  # Mapping[int, Money]
    CREDIT_CODE = "credit_code"  # str, checked, upper case
    PHONE = "phone"  # str


@dataclass(frozen=True, slots=True)
class Field:
    """One field of one kind of record.

    Attributes:
        name: as in the contract; the key in JSON and the name of the column.
        kind: what it holds.
        label: the message (English) that names it for people.
        choices: the dictionary of a CHOICE or CHOICES field. A TEXT or TEXTS field may have one too: a word in it
            becomes its code, any other text is kept.
        unit: of a NUMBER: m, kVA, kg/㎡, 人 …; of MONEY, LAND: the default unit people mean.
        personal: masked unless purpose and recipient are given (decisions 36).
        most: the largest figure that is believed; a larger one is asked (practice.md §4).
        to: the kind of record a TEXT or each entry of a TEXTS field names, by its code; "" for plain text.
        needed: a record cannot be without it.
    """

    name: str
    kind: Kind
    label: str
    choices: tuple[Choice, ...] = ()
    unit: str = ""
    personal: bool = False
    most: Decimal | None = None
    to: str = ""
    needed: bool = False


def fields_table(*fields: Field) -> Mapping[str, Field]:
    """Return fields by their names, in this order."""
    return {each.name: each for each in fields}


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of record that needs no code of its own: tables, forms, import and export all follow from this.

    Attributes:
        word: of the command line, of the history and (with ``_`` for ``-``) of the table.
        label: the message (English) for several of them.
        prefix: how codes begin that the program gives.
        fields: its fields.
        key: fields that together name a record. One without a code gets their values as its code, so that a list that
            comes again finds its records.
        telling: fields that tell two records of one name apart, beside those that name other records.
        own_codes: codes are given by others (a catalogue); a row without one is refused.
        headings: field → further headings that bureaus use, blanks between them.
        lasting: a ledger that only grows: what an entry says is never changed, and it goes only with what it is about.
    """

    word: str
    label: str
    prefix: str
    fields: Mapping[str, Field]
    key: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()
    own_codes: bool = False
    headings: Mapping[str, str] = field(default_factory=dict)
    lasting: bool = False

    @property
    def references(self) -> tuple[str, ...]:
        """The fields that name other records."""
        return tuple(name for name, each in self.fields.items() if each.to)
