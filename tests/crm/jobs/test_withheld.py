"""What an export withholds never comes back as a value; a template is written over no database."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest

from crm.commands.line import DONE, MENDABLE, run
from crm.domain.fields.masking import is_withheld
from crm.domain.fields.registry import LEAD_FIELDS

LEADS = [
    {
        "name": "精密光电产业园",
        "investor": "澄光光电股份有限公司",
        "contact": "李四光",
        "contact_phone": "13912345678",
        "annual_tax": "5000万元",
    },
    {"name": "乙项目", "investor": "乙公司", "confidential": True},
]


def _call(folder: Path, *words: str) -> tuple[int, dict[str, Any]]:
    out = StringIO()
    code = run(["--database", str(folder / "book.db"), "--json", *words], out=out, err=StringIO())
    document: dict[str, Any] = json.loads(out.getvalue())
    return code, document


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a folder with a database of two leads and their masked export."""
    (tmp_path / "leads.json").write_text(json.dumps(LEADS, ensure_ascii=False), encoding="utf-8")
    assert _call(tmp_path, "import", "leads", str(tmp_path / "leads.json"))[0] == DONE
    assert _call(tmp_path, "export", "leads", str(tmp_path / "masked.xlsx"))[0] == DONE
    return tmp_path


def test_a_masked_export_read_back_destroys_nothing(book: Path) -> None:
    _code, document = _call(book, "import", "leads", str(book / "masked.xlsx"))
    assert document["counts"]["changed"] == 0
    kept = [_call(book, "show", name, "--contacts")[1]["lead"] for name in ("精密光电产业园", "乙项目")]
    assert (kept[0]["contact"], kept[0]["contact_phone"]) == ("李四光", "13912345678")
    assert kept[1]["investor"] == "乙公司"


@pytest.mark.parametrize(
    ("field", "text", "withheld"),
    [
        ("contact", "李*", True),
        ("contact", "李四光", False),
        ("contact_phone", "139****5678", True),
        ("contact_phone", "13912345678", False),
        ("name", "（保密项目）", True),
        ("name", "保密项目", False),
        ("investor", "李*", False),
    ],
)
def test_what_is_withheld(field: str, text: str, withheld: bool) -> None:  # noqa: FBT001  (a case of the table)
    assert is_withheld(LEAD_FIELDS[field], text) is withheld


def test_a_template_is_written_over_no_database(book: Path) -> None:
    copyfile(book / "book.db", book / "other.xlsx")
    before = (book / "other.xlsx").read_bytes()
    code, document = _call(book, "template", "leads", str(book / "other.xlsx"))
    assert (code, document["error"]["kind"]) == (MENDABLE, "file")
    assert (book / "other.xlsx").read_bytes() == before


def test_a_name_is_never_emptied(book: Path) -> None:
    code, document = _call(book, "set", "精密光电产业园", "name=")
    assert (code, document["error"]["where"]) == (MENDABLE, "name")


def test_what_fill_leaves_is_told(book: Path) -> None:
    (book / "next.csv").write_text(
        "项目名称,投资方,税收（万元）\n精密光电产业园,澄光光电股份有限公司,6000\n", encoding="utf-8"
    )
    out = StringIO()
    words = ("import", "leads", str(book / "next.csv"), "--answer", "duplicates=fill")
    assert run(["--database", str(book / "book.db"), *words], out=out, err=StringIO()) == DONE
    assert "达产年税收" in out.getvalue().split("需要核对的行")[1]
