"""The databases the pictures are taken of: the demonstration, one without leads, one with what is hard to show."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from shutil import copyfile

from crm.database import Database
from crm.domain.documents import document_word
from crm.domain.fields.reading import read_record
from crm.jobs import finish
from crm.jobs.demonstration import RESOURCES, fill_demonstration, samples
from crm.jobs.dossiers import Order, print_lead
from crm.jobs.imports import Request, import_file
from crm.queries.dossiers import Paper
from crm.queries.records import load_one
from crm.services.follow_ups import add_follow_up
from crm.services.leads import change_lead
from crm.services.records import create
from crm.workspace import open_workspace
from reports.brief import compose_brief
from reports.dossier import compose_dossier
from ui.gallery.studio import OFFICER

LONG = (
    "超长名称的长三角先进封装与异质异构集成关键工艺装备研发及产业化示范基地建设项目（一期、二期及配套研发中心）虚构示例"
)
EXTREMES: tuple[dict[str, object], ...] = (
    {
        "name": LONG[:60],
        "investor": "苏州长三角先进封装与异质异构集成关键工艺装备（相城）股份有限公司北京第二研发分公司（虚构）",
        "industry": "工业互联网",
        "area": "高铁新城",
        "address": "高铁新城南天成路与澄阳路交叉口以东、以北地块及其南侧二期预留用地（虚构）",
        "land": "120.00005亩",
        "annual_tax": "约2.4亿元以上",
        "land_use": "工业",
        "planned_investment": "123.456789亿元",
        "owner": "欧阳明日香某某",
        "stage": "negotiation",
        "notes": "一期先行用地，二期视税收兑现情况再议；" * 6,
    },
    {
        "name": "巨额投资区间（虚构）",
        "investor": "巨额控股集团（虚构）",
        "area": "开发区",
        "land": "1999.99999亩",
        "annual_tax": "1234567.89万元",
        "land_use": "工业",
        "planned_investment": "98765432.1-99999999.99万元",
        "stage": "signed",
        "owner": "某",
    },
    {
        "name": "𠮷野家镕璟喆堃昇龘㛃冇嘅項目（虚构）",
        "investor": "Łódź Ærøskøbing Çelik & Søn GmbH（虚构）",
        "country": "德国",
        "area": "高新区",
        "land": "0.5亩",
        "annual_tax": "0.01万元",
        "land_use": "工业",
        "planned_investment": "200万美元",
        "stage": "lead",
        "owner": "夨某",
    },
)


def make_databases(folder: Path) -> tuple[Path, ...]:
    """Make the databases; return the demonstration, the one without leads, the one of extremes, a new one, a copy."""
    places = tuple(folder / f"{name}.db" for name in ("演示", "空", "难", "新", "坏"))
    for place in places:
        for file in folder.glob(f"{place.name}*"):
            file.unlink()
    finish(fill_demonstration(places[0]))
    _work(places[0])
    _resources(places[1], folder)
    copyfile(places[0], places[2])
    _extremes(places[2])
    open_workspace(str(places[3]), OFFICER, settings_folder=folder).database.close()
    copyfile(places[0], places[4])
    return places


def _work(place: Path) -> None:
    """Let officers have worked: follow-ups in time, today and overdue, a change to be seen in the history."""
    today = date.today()  # noqa: DTZ011  (the list says how many days overdue)
    workspace = open_workspace(str(place), OFFICER)
    notes: tuple[tuple[str, str, str, int], ...] = (
        ("新能源电驱动总成（虚构）", "call", "企业同意一期先供27亩，达产年税收待来函确认。", -3),
        ("新能源电驱动总成（虚构）", "visit", "现场考察标准厂房，关注110千伏供电和交付时间。", 0),
        ("半导体光刻配套材料（虚构）", "meeting", "与片区会商用地方案，请企业明确达产年税收承诺值。", 4),
        ("自动驾驶算法研发中心（虚构）", "visit", "看了两处研发载体，倾向整层。", -9),
        ("国际生物医药中试基地（虚构）", "note", "母公司年底前定选址。", 1),
    )
    with workspace.database.write(by=OFFICER, why="跟进（虚构）") as session:
        for name, kind, note, days in notes:
            lead = load_one(session, "leads", name)
            add_follow_up(
                session,
                lead.id,
                kind=kind,
                note=note,
                at=today - timedelta(days=5),
                by=OFFICER,
                next_step="用地方案会商",
                next_date=today + timedelta(days=days),
            )
    with workspace.database.write(by="陈某（虚构）", why="企业来函更正（虚构）") as session:
        lead = load_one(session, "leads", "新能源电驱动总成（虚构）")
        change_lead(session, lead.id, {"owner": "陈某"}, reason="分工调整（虚构）", base_version=lead.version)
    _print(workspace.database, place.parent)
    workspace.database.close()


def _print(database: Database, folder: Path) -> None:
    """Let two documents have left the house, one of them twice."""
    today = date.today()  # noqa: DTZ011  (the day on the desk)
    for name, compose in (("brief", compose_brief), ("dossier", compose_dossier), ("brief", compose_brief)):
        order = Order(document_word(name), compose, today, Paper(), OFFICER, name=name)
        target = folder / f"{name}.pdf"
        target.unlink(missing_ok=True)
        print_lead(database, order, "新能源电驱动总成（虚构）", target)
        target.unlink()


def _resources(place: Path, folder: Path) -> None:
    """Communities, funds and plots, but no lead yet."""
    workspace = open_workspace(str(place), OFFICER, settings_folder=folder)
    for kind, name in RESOURCES:
        finish(import_file(workspace.database, Request(kind, samples() / name, OFFICER)))
    workspace.database.close()


def _extremes(place: Path) -> None:
    workspace = open_workspace(str(place), OFFICER)
    with workspace.database.write(by=OFFICER, why="难以显示的（虚构）") as session:
        for document in EXTREMES:
            create(session, "leads", read_record("leads", document))
    workspace.database.close()
