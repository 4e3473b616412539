"""The process that works out what the rows of an import are compared by: lines of JSON in, lines of JSON out.

A line is a list of rows; of a row it is told the texts ``ASKED``, and answers its party.
"""

from __future__ import annotations

import gc
import json
import sys

from crm.domain.companies.parties import Party, read_party

ASKED = ("name", "investor", "credit_code", "contact", "contact_phone", "address")
"""The fields a record is compared by; None for one that is not known."""


def main() -> None:
    """Answer until nothing more is asked."""
    gc.disable()  # nothing here lives in circles, and the process ends soon
    for line in sys.stdin.buffer:
        answer = [plain(read_party(None, dict(zip(ASKED, row, strict=True)))) for row in json.loads(line)]
        sys.stdout.buffer.write(written(answer))
        sys.stdout.buffer.flush()


def written(line: list[list[object]]) -> bytes:
    """Return a line as both processes write it."""
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"


def plain(party: Party) -> list[object]:
    """Return a party as JSON holds it: without its key, and without its identities, which are among its names."""
    return [*party[1:8], *party[9:]]
