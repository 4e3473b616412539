"""What is compared of a record when one looks for duplicates."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import NamedTuple

from crm.domain.companies.credit_codes import read_credit_code
from crm.domain.companies.names import CompanyName, read_name
from crm.domain.companies.texts import plain_text
from crm.domain.fields.masking import BETWEEN_PHONES

SHORTEST_ADDRESS = 6
SHORTEST_PHONE = 7
COUNTRY_CODES = ("0086", "86")


class Party(NamedTuple):
    """The comparable facts of a record; what it does not say is None or empty.

    Attributes:
        key: names the record: its id, its code, or a row of a file.
        name: of the project or company.
        investor: the company behind it.
        credit_code: normalised.
        code_holds: whether the credit code passes its checks.
        phones: digits alone, each once.
        contact: plain text.
        address: plain text.
    """

    key: Hashable
    name: CompanyName | None
    investor: CompanyName | None
    credit_code: str
    code_holds: bool
    phones: tuple[str, ...]
    contact: str
    address: str

    def identities(self) -> Iterator[CompanyName]:
        """Give the names that say who it is: the record's own and its investor's."""
        for name in (self.name, self.investor):
            if name is not None and not name.generic:
                yield name


def read_party(key: Hashable, record: Mapping[str, object]) -> Party:
    """Return the comparable facts of a record (field names of the contract; values as the domain keeps them)."""
    code = _text(record, "credit_code")
    read = read_credit_code(code) if code else None
    contact, address = plain_text(_text(record, "contact")), plain_text(_text(record, "address"))
    return Party(
        key=key,
        name=_name(record, "name"),
        investor=_name(record, "investor"),
        credit_code=read.code if read else "",
        code_holds=read is not None and read.fault is None,
        phones=phones_of(_text(record, "contact_phone")),
        contact=contact if len(contact) > 1 else "",
        address=address if len(address) >= SHORTEST_ADDRESS else "",
    )


def phones_of(text: str) -> tuple[str, ...]:
    """Return the digits of each telephone number of a field (several stand with 、 between), each once."""
    found = (phone_digits(one) for one in text.split(BETWEEN_PHONES))
    return tuple(dict.fromkeys(phone for phone in found if phone))


def phone_digits(text: str) -> str:
    """Return the digits of a phone without the country code; ``""`` for a masked or too short one.

    ``+86 138-0000-1111`` → ``13800001111``; ``0512-65870000转8001`` keeps its extension.
    """
    digits = "".join(letter for letter in text if letter.isascii() and letter.isdigit())
    if "*" in text:
        return ""
    for prefix in COUNTRY_CODES:
        if digits.startswith(prefix) and len(digits) > len(prefix) + SHORTEST_PHONE:
            digits = digits.removeprefix(prefix)
    return digits if len(digits) >= SHORTEST_PHONE else ""


def _name(record: Mapping[str, object], field: str) -> CompanyName | None:
    name = read_name(_text(record, field))
    return name if name.key else None


def _text(record: Mapping[str, object], field: str) -> str:
    value = record.get(field)
    return value if isinstance(value, str) else ""
