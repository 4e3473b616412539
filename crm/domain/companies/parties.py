"""What is compared of a record when one looks for duplicates."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from crm.domain.companies.credit_codes import read_credit_code
from crm.domain.companies.names import CompanyName, read_name
from crm.domain.companies.texts import plain_text
from crm.domain.fields.masking import BETWEEN_PHONES

COMPANY = ("credit_code", "investor")
"""What says whose project it is: two projects of one name are two when this differs."""

SHORTEST_EDITED = 3
"""Letters of a name from which one edit is a slip rather than another name."""

SHORTEST_ADDRESS = 6
SHORTEST_PHONE = 7
COUNTRY_CODES = ("0086", "86")
DIGITS = frozenset("0123456789")


Block: TypeAlias = str
"""What two records share, as one text (``phone 13800001111``): cheaper than a tuple by the hundred thousand."""


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
        identities: the names that say who it is: the record's own and its investor's.
        telling: what it shares with records worth comparing: its credit code, its names.
        weak: what agrees by chance when many share it: phone, contact and address with a part of the name (``_ends``).
        others: of an enterprise, what it was called before and is also called.
        group: of an enterprise, the group it belongs to with its industry; "" where either is not known.
    """

    key: Hashable
    name: CompanyName | None
    investor: CompanyName | None
    credit_code: str
    code_holds: bool
    phones: tuple[str, ...]
    contact: str
    address: str
    identities: tuple[CompanyName, ...]
    telling: tuple[Block, ...]
    weak: tuple[Block, ...]
    others: tuple[CompanyName, ...] = ()
    group: str = ""


def read_party(key: Hashable, record: Mapping[str, object]) -> Party:
    """Return the comparable facts of a record (field names of the contract; values as the domain keeps them)."""
    given = _text(record, "credit_code")
    code = read_credit_code(given) if given else None
    contact, address = plain_text(_text(record, "contact")), plain_text(_text(record, "address"))
    contact, address = contact if len(contact) > 1 else "", address if len(address) >= SHORTEST_ADDRESS else ""
    phones = phones_of(_text(record, "contact_phone"))
    name, investor = _name(record, "name"), _name(record, "investor")
    others = tuple(_other_names(record))
    identities = tuple(one for one in (name, investor, *others) if one is not None and not one.generic)
    group = _group(record)
    telling = [f"name {key}" for key in dict.fromkeys(one.key for one in identities)]
    return Party(
        key=key,
        name=name,
        investor=investor,
        credit_code=code.code if code else "",
        code_holds=code is not None and code.fault is None,
        phones=phones,
        contact=contact,
        address=address,
        identities=identities,
        telling=(*telling, f"code {code.code}") if code else tuple(telling),
        weak=(*_weak(name, identities, phones, contact, address), *((f"group {group}",) if group else ())),
        others=others,
        group=group,
    )


def agree_on(names: Iterable[str], one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    """Return whether two records do not contradict each other: of each field one is unknown, or both say the same."""
    return all(None in (one.get(name), other.get(name)) or one[name] == other[name] for name in names)


def is_another(record: Mapping[str, object], known: Mapping[str, object]) -> bool:
    """Return whether a record is plainly about somebody else than the known one with its code.

    Two machines both give out XT-2026-0001. A project may be renamed, but not its name and its company at once.
    """
    return not agree_on(("name",), record, known) and not agree_on(COMPANY, record, known)


def _weak(
    name: CompanyName | None, identities: tuple[CompanyName, ...], phones: tuple[str, ...], contact: str, address: str
) -> list[Block]:
    blocks = [f"phone {phone}" for phone in phones]
    if name is not None and name.generic:
        blocks.append(f"text {name.text}")
    if contact or address:
        ends = dict.fromkeys(end for one in identities for end in _ends(one.key))
        blocks += [f"contact {contact} {end}" for end in ends if contact]
        blocks += [f"address {address} {end}" for end in ends if address]
    return blocks


def _ends(key: str) -> Iterator[str]:
    """Give the parts of a name, of which two names that are one edit apart share at least one.

    An edit behind the first two letters leaves those; any other leaves all behind the third, or behind the second of
    the shorter name. Of three letters one at either end is all that need stay; fewer are never an edit.
    """
    if len(key) < SHORTEST_EDITED:
        return
    yield f"{key[:2]}…"
    yield f"…{key[2:]}"
    if len(key) > SHORTEST_EDITED:
        yield f"…{key[3:]}"
    else:
        yield f"{key[0]}…"


def phones_of(text: str) -> tuple[str, ...]:
    """Return the digits of each telephone number of a field (several stand with 、 between), each once."""
    if not text:
        return ()
    found = map(phone_digits, text.split(BETWEEN_PHONES)) if BETWEEN_PHONES in text else (phone_digits(text),)
    return tuple(dict.fromkeys(filter(None, found)))


def phone_digits(text: str) -> str:
    """Return the digits of a phone without the country code; ``""`` for a masked or too short one.

    ``+86 138-0000-1111`` → ``13800001111``; ``0512-65870000转8001`` keeps its extension.
    """
    if "*" in text:
        return ""
    digits = text if text.isascii() and text.isdigit() else "".join(filter(DIGITS.__contains__, text))
    for prefix in COUNTRY_CODES:
        if digits.startswith(prefix) and len(digits) > len(prefix) + SHORTEST_PHONE:
            digits = digits.removeprefix(prefix)
    return digits if len(digits) >= SHORTEST_PHONE else ""


def _name(record: Mapping[str, object], field: str) -> CompanyName | None:
    name = read_name(_text(record, field))
    return name if name.key else None


def _other_names(record: Mapping[str, object]) -> Iterator[CompanyName]:
    """Give what an enterprise was called before and is also called; a lead has no such fields."""
    for field in ("former_names", "aliases"):
        said = record.get(field)
        for text in said if isinstance(said, tuple) else ():
            name = read_name(text)
            if name.key and not name.generic:
                yield name


def _group(record: Mapping[str, object]) -> str:
    """Return the group an enterprise belongs to with its industry: two of one group in one trade may be one."""
    group, industry = plain_text(_text(record, "company_group")), plain_text(_text(record, "industry"))
    return f"{group} {industry}" if len(group) > 1 and industry else ""


def _text(record: Mapping[str, object], field: str) -> str:
    value = record.get(field)
    return value if isinstance(value, str) else ""
