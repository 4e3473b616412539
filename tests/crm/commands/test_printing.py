"""The commands that print, as a person or a script calls them."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import insert

from crm.commands.line import DONE, MENDABLE, run
from crm.database import Database, writing_of
from crm.domain.fields.reading import read_record
from crm.domain.thresholds.explain import explain
from crm.models import ImportBatch, Provenance
from crm.models.types import new_uid
from crm.queries.dossiers import Paper, head_of_history, load_facts, load_reading
from crm.queries.history import change_sets
from crm.queries.records import load_one
from crm.services.records import create, update
from main import doors
from tests.reports.made import DAY, DRIVE

Call = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def call(database: Database, database_url: str) -> Call:
    """Fill the database and return what calls a command: its exit code, its answer (JSON read), its messages."""
    lead = {**DRIVE, "contact": "王建国", "contact_phone": "13800001111", "stage": "lead"}
    with database.write(by="李", why="登记") as session:
        made = create(session, "leads", read_record("leads", lead))
        create(session, "leads", read_record("leads", {"code": "B/2", "name": "同名:项目"}))
        create(session, "leads", read_record("leads", {"code": "B\\2", "name": "同名:项目"}))
        fill_in_targets(session)
        note_import(session, made.id)
    with database.write(by="刘", why="首次洽谈") as session:
        update(session, "leads", made.id, {"stage": "negotiation", "contact": "李建国"})

    def call(*words: str) -> tuple[int, Any, str]:
        out, err = StringIO(), StringIO()
        code = run(["--database", database_url, "--by", "王", "--json", *words], doors(), out, err)
        return code, json.loads(out.getvalue()), err.getvalue()

    return call


def squeezed_text(path: Path) -> str:
    """Return the text of a PDF without blanks and line ends."""
    return "".join("".join(page.extract_text() for page in PdfReader(path).pages).split())


def fill_in_targets(session: Any) -> None:  # noqa: ANN401  (a session)
    community = {
        "code": "RC-1",
        "name": "云帆社区（虚构）",
        "fields": ["人工智能"],
        "space": {"研发": "5000㎡"},
        "status": "open",
    }
    create(session, "communities", read_record("communities", community))
    fund = {
        "code": "F-1",
        "name": "晨星基金（虚构）",
        "kind": "sub",
        "origin": "attracted",
        "fields": ["人工智能"],
        "stages": ["A"],
    }
    create(session, "funds", read_record("funds", fund))


def note_import(session: Any, lead_id: int) -> None:  # noqa: ANN401  (a session)
    """Note the row of a ledger that the lead's land comes from, as an import does."""
    columns = [
        {"column": "F", "header": "用地(亩)", "field": "land", "unit": "亩"},
        {"column": "H", "header": "联系人", "field": "contact"},
        {"column": "I", "header": "备注2", "field": None},
    ]
    sheets = json.dumps([{"name": "11月台账", "header_rows": [3, 4], "columns": columns}], ensure_ascii=False)
    batch = {
        "uid": new_uid(),
        "change_set_id": writing_of(session).number(session),
        "record_kind": "leads",
        "file_name": "月度台账.xlsx",
        "sha256": "00",
        "sheets": sheets,
        "rows": "{}",
        "state": "done",
    }
    key = session.connection().execute(insert(ImportBatch).values(**batch)).inserted_primary_key
    raw = json.dumps({"F": "30", "H": "王建国", "I": "其他"}, ensure_ascii=False)
    row = {"batch_id": key[0], "record_kind": "leads", "record_id": lead_id, "sheet": "11月台账", "row": 9, "raw": raw}
    session.connection().execute(insert(Provenance).values(**row))


def text_of(file: Path) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(file.read_bytes())).pages).split())


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("brief", "项目简报"),
        ("dossier", "变更记录"),
        ("threshold-sheet", "供地门槛测算单"),
        ("match-sheet", "匹配建议书"),
    ],
)
def test_a_document_is_printed_and_noted(
    call: Call, database: Database, tmp_path: Path, command: str, words: str
) -> None:
    target = tmp_path / "甲.pdf"
    code, answer, _err = call(command, "XT-2026-0012", "-o", str(target), "--on", DAY.isoformat())
    assert code == DONE
    assert answer["lead"] == "XT-2026-0012"
    assert answer["pages"] == len(PdfReader(target).pages)
    assert answer["sha256"] == hashlib.sha256(target.read_bytes()).hexdigest()
    assert words in text_of(target)
    with database.read() as session:
        [newest] = change_sets(session, limit=1)
    assert (newest.kind, newest.by) == ("print", "王")
    assert answer["sha256"] in newest.why
    assert "甲.pdf" in newest.why


def test_the_same_record_prints_the_same_bytes_again(call: Call, tmp_path: Path) -> None:
    first, second = tmp_path / "1.pdf", tmp_path / "2.pdf"
    call("dossier", "XT-2026-0012", "-o", str(first), "--on", "2026-11-28")
    call("dossier", "XT-2026-0012", "-o", str(second), "--on", "2026-11-28")
    assert first.read_bytes() == second.read_bytes()
    call("set", "XT-2026-0012", "jobs=321人")
    call("dossier", "XT-2026-0012", "-o", str(second), "--on", "2026-11-28")
    assert first.read_bytes() != second.read_bytes()


def test_the_page_says_what_check_says(call: Call, database: Database, tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    call("threshold-sheet", "XT-2026-0012", "-o", str(target), "--on", "2026-11-28")
    with database.read() as session:
        facts = load_facts(session, load_one(session, "leads", "XT-2026-0012"), load_reading(session, DAY, Paper()))
    assert "".join(explain(facts.judgement).split()) in text_of(target)
    assert "月度台账.xlsx，11月台账，第9行：“30”" in text_of(target)


def test_contacts_are_masked_everywhere_unless_purpose_and_recipient_are_given(call: Call, tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    call("dossier", "XT-2026-0012", "-o", str(target))
    masked = text_of(target)
    assert "138****1111" in masked
    assert "李*" in masked
    for name in ("王建国", "李建国", "13800001111"):
        assert name not in masked
    code, _answer, err = call("dossier", "XT-2026-0012", "-o", str(target), "--purpose", "会商")
    assert (code, "--recipient" in err) == (MENDABLE, True)
    call("dossier", "XT-2026-0012", "-o", str(target), "--purpose", "会商", "--recipient", "自规局")
    assert "13800001111" in text_of(target)
    assert "李建国" in text_of(target)


def test_purpose_and_recipient_are_noted(call: Call, database: Database, tmp_path: Path) -> None:
    call("brief", "XT-2026-0012", "-o", str(tmp_path / "a.pdf"), "--purpose", "会商", "--recipient", "自规局")
    with database.read() as session:
        [newest] = change_sets(session, limit=1)
    assert "自规局" in newest.why
    assert "会商" in newest.why


@pytest.mark.parametrize("document", ["brief", "dossier", "threshold-sheet", "match-sheet"])
def test_contacts_in_full_are_noted_only_where_they_are_printed(call: Call, tmp_path: Path, document: str) -> None:
    target = tmp_path / "a.pdf"
    given = ("--purpose", "会商", "--recipient", "自规局")
    code, _answer, err = call(document, "XT-2026-0012", "-o", str(target), *given)
    printed = "13800001111" in text_of(target)
    assert (code, printed) == (DONE, document == "dossier")
    [newest] = call("releases", "--limit", "1")[1]["releases"]
    assert (newest["kind"], newest["contacts"], newest["by"]) == ("print", printed, "王")
    assert "自规局" in newest["what"]
    assert "会商" in newest["what"]
    assert ("联系方式完整提供" in newest["what"]) is printed
    assert ("不印联系方式" in err) is not printed
    assert len(call("releases", "--contacts")[1]["releases"]) == printed


def test_a_dossier_without_contacts_gives_none(call: Call, tmp_path: Path) -> None:
    call("dossier", "B/2", "-o", str(tmp_path / "a.pdf"), "--purpose", "会商", "--recipient", "自规局")
    [newest] = call("releases")[1]["releases"]
    assert (newest["contacts"], "联系方式完整提供" in newest["what"]) == (False, False)


def test_what_left_the_house_is_listed(call: Call, database_url: str, tmp_path: Path) -> None:
    out = StringIO()
    assert run(["--database", database_url, "releases"], doors(), out, StringIO()) == DONE
    assert "尚未打印或导出过" in out.getvalue()
    given = ("--purpose", "会商", "--recipient", "自规局")
    call("export", "leads", str(tmp_path / "a.xlsx"), *given)
    call("export", "communities", str(tmp_path / "b.xlsx"), *given)
    call("export", "leads", str(tmp_path / "c.json"))
    call("brief", "XT-2026-0012", "-o", str(tmp_path / "d.pdf"))
    found = [(each["kind"], each["contacts"]) for each in call("releases")[1]["releases"]]
    assert found == [("print", False), ("export", False), ("export", False), ("export", True)]
    out = StringIO()
    run(["--database", database_url, "releases", "--contacts"], doors(), out, StringIO())
    head, line = out.getvalue().splitlines()
    assert "联系方式" in head
    assert all(word in line for word in ("a.xlsx", "联系方式完整提供，接收方：自规局，用途：会商", "完整"))


def test_all_dossiers_into_a_folder(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "新" / "档案"
    code, answer, err = call("dossiers", "-o", str(folder))
    assert code == DONE
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["B 2 同名 项目-2.pdf", "B 2 同名 项目.pdf", "XT-2026-0012 新能源电驱动总成（虚构）.pdf"]
    assert sorted(Path(each["file"]).name for each in answer["files"]) == names
    assert "3/3" in err
    code, answer, _err = call("dossiers", "-o", str(folder), "--leads", "XT-2026-0012")
    assert [each["lead"] for each in answer["files"]] == ["XT-2026-0012"]


@pytest.mark.parametrize("name", ["a.txt", "a", "a.xlsx"])
def test_the_file_must_be_a_pdf_by_name(call: Call, tmp_path: Path, name: str) -> None:
    code, answer, _err = call("brief", "XT-2026-0012", "-o", str(tmp_path / name))
    assert (code, answer["error"]["kind"]) == (MENDABLE, "file")
    assert not (tmp_path / name).exists()


def test_nothing_else_is_ever_overwritten(call: Call, tmp_path: Path) -> None:
    folder, other = tmp_path / "b.pdf", tmp_path / "c.pdf"
    folder.mkdir()
    other.write_bytes(b"SQLite format 3\0")
    for target in (folder, other, tmp_path / "none" / "d.pdf"):
        code, answer, _err = call("brief", "XT-2026-0012", "-o", str(target))
        assert (code, answer["error"]["kind"]) == (MENDABLE, "file")
        assert str(target) in answer["error"]["message"]
    assert other.read_bytes() == b"SQLite format 3\0"


def test_the_database_itself_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "data.pdf"
    out, err = StringIO(), StringIO()
    run(["--database", str(path), "--json", "brief", "X", "-o", str(path)], doors(), out, err)
    assert "数据库本身" in err.getvalue()
    assert path.read_bytes().startswith(b"SQLite format 3")


def test_a_lead_that_is_not_there_or_not_one(call: Call, tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    assert call("brief", "没有", "-o", str(target))[1]["error"]["kind"] == "not_found"
    assert call("brief", "同名:项目", "-o", str(target))[1]["error"]["kind"] == "ambiguous"
    assert call("brief", "XT-2026-0012", "-o", str(target), "--on", "明天")[0] == MENDABLE
    assert not target.exists()


def test_a_character_no_font_has_leaves_the_old_file(call: Call, tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    call("brief", "XT-2026-0012", "-o", str(target))
    before = target.read_bytes()
    call("set", "XT-2026-0012", "investor=澄芯\U00020000公司")
    code, answer, _err = call("brief", "XT-2026-0012", "-o", str(target))
    assert (code, answer["error"]["kind"]) == (MENDABLE, "glyph")
    assert "投资方" in answer["error"]["message"]
    assert target.read_bytes() == before


def test_a_character_of_the_past_does_not_block_the_dossier(call: Call, tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    call("set", "XT-2026-0012", "investor=澄芯\U00020000公司")
    code, answer, _err = call("dossier", "XT-2026-0012", "-o", str(target))
    assert (code, answer["error"]["where"]) == (MENDABLE, "投资方")
    message = answer["error"]["message"]
    assert message.startswith("XT-2026-0012：")
    assert "“投资方”中的“\U00020000”（U+20000）" in message
    assert "--stand-ins" in message

    code, answer, err = call("dossier", "XT-2026-0012", "-o", str(target), "--stand-ins")
    assert code == DONE
    assert "澄芯〔U+20000〕公司" in squeezed_text(target)

    call("set", "XT-2026-0012", "investor=澄芯公司")
    code, answer, err = call("dossier", "XT-2026-0012", "-o", str(target))
    assert code == DONE
    where = "投资方（历史文字）"
    assert answer["stand_ins"] == [{"where": where, "character": "\U00020000", "code": "U+20000"}]
    assert f"XT-2026-0012：字库中没有“{where}”中的“\U00020000”（U+20000）" in err
    assert "澄芯〔U+20000〕公司" in squeezed_text(target)
    assert call("dossiers", "-o", str(tmp_path / "档案"))[0] == DONE


def test_what_was_printed_does_not_crowd_what_can_be_taken_back(call: Call, tmp_path: Path) -> None:
    before = call("imports")[1]["change_sets"]
    call("dossiers", "-o", str(tmp_path / "档案"))
    assert call("imports")[1]["change_sets"] == before


def test_a_note_of_a_print_moves_no_head(call: Call, database: Database, tmp_path: Path) -> None:
    with database.read() as session:
        before = head_of_history(session)
    call("brief", "XT-2026-0012", "-o", str(tmp_path / "a.pdf"))
    with database.read() as session:
        assert head_of_history(session) == before
    call("set", "XT-2026-0012", "jobs=400人")
    with database.read() as session:
        assert head_of_history(session) != before


def test_minutes_are_of_the_last_visit_or_of_a_day(call: Call, tmp_path: Path) -> None:
    target = tmp_path / "纪要.pdf"
    code, answer, _said = call("minutes", "XT-2026-0012", "-o", str(target))
    assert (code, answer["error"]["kind"]) == (MENDABLE, "not_found")
    assert not target.exists()
    for day, note in (("2026-11-05", "首次走访"), ("2026-11-20", "二次走访")):
        words = ("follow-up", "XT-2026-0012", "走访", note, "--at", day, "--next-step", "补充资料")
        assert call(*words)[0] == DONE
    assert call("minutes", "XT-2026-0012", "-o", str(target))[0] == DONE
    assert "二次走访" in squeezed_text(target)
    assert "首次走访" not in squeezed_text(target)
    assert call("minutes", "XT-2026-0012", "--at", "2026-11-05", "-o", str(target))[0] == DONE
    assert "首次走访" in squeezed_text(target)
    assert call("show", "XT-2026-0012")[1]["lead"]["next_step"] == "补充资料"


def test_a_kind_of_follow_up_that_is_none_is_told_with_those_there_are(call: Call) -> None:
    code, answer, _said = call("follow-up", "XT-2026-0012", "散步", "……")
    assert code == MENDABLE
    assert "走访" in answer["error"]["message"]


def test_a_coordination_sheet_is_of_two_leads(call: Call, tmp_path: Path) -> None:
    target = tmp_path / "协调单.pdf"
    code, answer, _said = call("coordination-sheet", "XT-2026-0012", "B/2", "-o", str(target))
    assert (code, answer["pages"]) == (DONE, 1)
    assert "XT-2026-0012B/2" in squeezed_text(target)
    code, answer, _said = call("coordination-sheet", "B/2", "B/2", "-o", str(target))
    assert (code, answer["error"]["where"]) == (MENDABLE, "B/2")


def test_a_word_file_is_written_once_and_never_over_another(call: Call, tmp_path: Path) -> None:
    target = tmp_path / "简报.docx"
    assert call("brief", "XT-2026-0012", "-o", str(target))[0] == DONE
    first = target.read_bytes()
    code, answer, _said = call("brief", "XT-2026-0012", "-o", str(target))
    assert (code, answer["error"]["kind"]) == (MENDABLE, "file")
    assert target.read_bytes() == first
    assert call("blind-profile", "XT-2026-0012", "-o", str(tmp_path / "匿名.docx"))[0] == DONE


def test_a_report_is_of_a_length_and_a_period(call: Call, tmp_path: Path) -> None:
    target = tmp_path / "月报.pdf"
    code, answer, _said = call("report", "monthly", "--period", "2026-11", "-o", str(target))
    assert (code, answer["period"], answer["frozen"]) == (DONE, "2026-11", None)
    assert "2026年11月双招双引统计报告" in squeezed_text(target)
    code, answer, _said = call("report", "weekly", "--period", "2026-11")
    assert (code, answer["error"]["where"]) == (MENDABLE, "--period")
    assert "2026-W49" in answer["error"]["message"]
    assert call("report", "annual", "--on", "2026-11-28")[1]["period"] == "2026"
    code, answer, _said = call("report", "monthly", "--period", "2026-10", "--freeze", "--on", "2026-11-28")
    assert answer["frozen"] == {"by": "王", "on": "2026-11-28"}
