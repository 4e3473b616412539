"""An old version of a document comes back byte for byte, whatever became of the record."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest

from crm.database import Database
from crm.domain.fields.reading import read_record
from crm.domain.statistics.periods import read_period
from crm.errors import FileRefusedError, NotFoundError, ValueRefusedError
from crm.jobs.dossiers import Order, note_paper, print_lead, print_pair
from crm.jobs.period_reports import period_facts, print_period
from crm.jobs.releases import print_again
from crm.queries.dossiers import Paper, load_facts, load_reading
from crm.queries.history import NOTES, change_sets
from crm.queries.records import load_one
from crm.queries.releases import release, releases_of, versions_of
from crm.services.leads import change_lead
from crm.services.records import create
from reports.brief import compose_brief
from reports.coordination_sheet import compose_coordination_sheet
from reports.dossier import compose_dossier
from reports.keeping import compose_kept, kept
from reports.period_report import compose_period_report
from reports.styles import DENSITIES
from tests.reports.made import DAY, DRIVE, SPREAD, drive, facts

CODE = "XT-2026-0012"


def order(name: str = "dossier", **more: str) -> Order:
    compose = {"dossier": compose_dossier, "brief": compose_brief}[name]
    return Order(name, compose, DAY, Paper("区投促局", recipient=more.get("recipient", "")), "李", name=name, **more)  # type: ignore[arg-type]


@pytest.fixture
def book(database: Database) -> Database:
    with database.write(by="李", why="登记") as session:
        create(session, "leads", read_record("leads", {key: value for key, value in DRIVE.items() if value}))
        create(session, "leads", read_record("leads", {"code": "A-2", "name": "另一项目"}))
    return database


def change(database: Database) -> None:
    with database.write(by="李", why="更正") as session:
        lead = load_one(session, "leads", CODE)
        change_lead(session, lead.id, read_record("leads", {"annual_tax": "9999万元"}), reason="更正")


@pytest.mark.parametrize("ending", [".pdf", ".docx"])
def test_an_old_version_comes_back_byte_for_byte(book: Database, tmp_path: Path, ending: str) -> None:
    first = print_lead(book, order(), CODE, tmp_path / f"一{ending}")
    change(book)
    second = print_lead(book, order(), CODE, tmp_path / f"二{ending}")
    assert (first.version, second.version) == (1, 2)
    assert first.sha256 != second.sha256
    with book.read() as session:
        one, two = versions_of(session, "dossier", CODE)
    for row, made in ((one, first), (two, second)):
        again = print_again(book, row.id, compose_kept, tmp_path / f"再{row.id}{ending}")
        assert again.same
        assert again.sha256 == made.sha256
        assert again.file.read_bytes() == made.file.read_bytes()
    assert one.pages > 1
    assert one.digest != two.digest


def test_the_register_tells_version_reader_and_digest(book: Database, tmp_path: Path) -> None:
    print_lead(book, order("brief", purpose="会商用地", recipient="区自规局"), CODE, tmp_path / "简报.pdf")
    with book.read() as session:
        [noted] = change_sets(session, kinds=NOTES)
        [row] = releases_of(session, [noted.id])[noted.id]
        content = release(session, row.id)[1]
    assert (row.document, row.subject, row.number, row.form, row.file) == ("brief", CODE, 1, ".pdf", "简报.pdf")
    assert (row.recipient, row.purpose, row.edited, row.can_repeat) == ("区自规局", "会商用地", False, True)
    assert content is not None
    assert len(content) < 8_000
    assert compose_kept(content).document.digest == row.digest


def test_what_went_to_a_printer_is_entered_and_comes_back_as_pdf(book: Database, tmp_path: Path) -> None:
    with book.read() as session:
        each = load_facts(session, load_one(session, "leads", CODE), load_reading(session, DAY, Paper()))
    pages = compose_brief(each)
    note_paper(book, order("brief"), CODE, pages, pages.pdf())
    with book.read() as session:
        [row] = versions_of(session, "brief", CODE)
    assert (row.form, row.file) == ("paper", "")
    again = print_again(book, row.id, compose_kept, tmp_path / "纸.pdf")
    assert again.same
    assert again.file.read_bytes() == pages.pdf()


def test_a_sheet_of_two_leads_and_a_report_of_a_period_are_entered_too(book: Database, tmp_path: Path) -> None:
    pair = Order("撞单协调单", compose_coordination_sheet, DAY, Paper(), "李", name="coordination_sheet")
    print_pair(book, pair, (CODE, "A-2"), tmp_path / "协调.pdf")
    period = read_period("2026-11")
    found = period_facts(book, period, date(2026, 12, 1), Paper())
    for number, ending in enumerate((".pdf", ".xlsx"), start=1):
        assert print_period(book, found, compose_period_report, tmp_path / f"月报{ending}", "李").version == number
    with book.read() as session:
        [sheet] = versions_of(session, "coordination_sheet", f"{CODE} A-2")
        report, workbook = versions_of(session, "period_report", "2026-11")
    assert print_again(book, sheet.id, compose_kept, tmp_path / "协调2.pdf").same
    assert print_again(book, report.id, compose_kept, tmp_path / "月报2.pdf").same
    assert not workbook.can_repeat
    with pytest.raises(ValueRefusedError, match="工作簿"):
        print_again(book, workbook.id, compose_kept, tmp_path / "月报2.xlsx")


def test_what_cannot_be_printed_again_is_told(book: Database, tmp_path: Path) -> None:
    print_lead(book, order("brief"), CODE, tmp_path / "简报.pdf")
    with book.read() as session:
        [row] = versions_of(session, "brief", CODE)
    with pytest.raises(NotFoundError):
        print_again(book, row.id + 1, compose_kept, tmp_path / "再.pdf")
    with pytest.raises(NotFoundError):
        print_again(book, 1 << 70, compose_kept, tmp_path / "再.pdf")
    with pytest.raises(ValueRefusedError, match="扩展名"):
        print_again(book, row.id, compose_kept, tmp_path / "再.docx")
    with pytest.raises(FileRefusedError):
        print_again(book, row.id, compose_kept, tmp_path / "没有" / "再.pdf")


def test_another_form_of_the_program_is_told_by_the_bytes(book: Database, tmp_path: Path) -> None:
    print_lead(book, order("brief"), CODE, tmp_path / "简报.pdf")
    with book.read() as session:
        [row] = versions_of(session, "brief", CODE)

    def closer(content: bytes) -> object:
        return replace(compose_kept(content), sheet=replace(DENSITIES[1], top=90.0))

    again = print_again(book, row.id, closer, tmp_path / "再.pdf")  # type: ignore[arg-type]  # pages all the same
    assert not again.same
    assert again.file.exists()


@pytest.mark.parametrize("made", [drive(), facts(SPREAD), facts({"name": "㐂", "notes": "一\n二　\U00020bb7"})])
def test_kept_words_are_the_words(made: object) -> None:
    for compose in (compose_brief, compose_dossier):
        composed = compose(made)  # type: ignore[arg-type]
        again = compose_kept(kept(composed))
        assert tuple(again.source.blocks) == tuple(composed.source.blocks)
        assert (again.density, again.digest, again.stand_ins) == (composed.density, composed.digest, composed.stand_ins)
        assert again.pdf() == composed.pdf()


def test_stand_ins_are_printed_again() -> None:
    composed = compose_brief(facts({**DRIVE, "notes": "项目\U00020000"}), stand_ins=True)
    assert composed.stand_ins
    assert compose_kept(kept(composed)).pdf() == composed.pdf()


def test_what_is_kept_is_plain_json() -> None:
    told = json.loads(zlib.decompress(kept(compose_brief(drive()))))
    assert told["form"] == 1
    assert told["fonts"] == "bundled"


def test_a_mail_draft_carries_the_pages_and_comes_back_byte_for_byte(book: Database, tmp_path: Path) -> None:
    print_lead(book, order("brief"), CODE, tmp_path / "简报.pdf")
    made = print_lead(book, order("brief"), CODE, tmp_path / "简报.eml")
    mail = message_from_bytes(made.file.read_bytes(), policy=SMTP)
    [attached] = list(mail.iter_attachments())
    assert attached.get_content() == (tmp_path / "简报.pdf").read_bytes()
    assert attached.get_filename() == f"{mail['Subject']}.pdf"
    assert (mail["From"], mail["To"], mail["X-Unsent"]) == (None, None, "1")
    body = mail.get_body()
    assert body is not None
    assert "事实摘要" in body.get_content()
    with book.read() as session:
        row = versions_of(session, "brief", CODE)[-1]
    assert print_again(book, row.id, compose_kept, tmp_path / "再.eml").same
    (tmp_path / "别的.eml").write_bytes(b"not a mail")
    with pytest.raises(FileRefusedError):
        print_lead(book, order("brief"), CODE, tmp_path / "别的.eml")
