"""Makes the fictional ledgers and resources that ``xiangtu demo`` reads: ``python -m tests.make_samples``.

The layouts are the three of practice.md §13. Every name is invented and says so (虚构); credit codes are valid in
form only.
"""

# ruff: noqa: E501  (a table of sample rows reads better with one row a line)

from __future__ import annotations

import json
import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet
from stdnum.cn import uscc

from tests.sample_records import AFTER_THE_LEADS

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "samples"
FICTIONAL = "（虚构）"
SAVED = (2026, 11, 20, 8, 0, 0)
THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def credit_code(number: int) -> str:
    """Return a code that is valid in form: district 320507, a body nobody has, both check characters right."""
    body = f"MA9XF{number:03d}"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    rest = (11 - sum(weight * alphabet.index(sign) for weight, sign in zip(weights, body, strict=True)) % 11) % 11
    front = f"91320507{body}{'X' if rest == 10 else rest}"
    return front + str(uscc.calc_check_digit(front))


def fictional(name: str) -> str:
    """Return the name with its mark."""
    return name + FICTIONAL


WEEKLY_HEADINGS = (
    "序号", "项目名称", "投资方", "固定资产投资", "投资方简介", "项目内容", "需用土地",
    "企业联系人", "联系方式", "片区", "进度、备注", "产业类型", "研判结果",
)  # fmt: skip
WEEKLY: tuple[tuple[Any, ...], ...] = (
    ("光学模组研发及产业化项目", "澄光光电股份有限公司", "约5亿", "光学行业企业", "年产光学模组", "25亩左右", "王某", "见名片",
     "高铁新城", "9月到访，洽谈中", "光电信息", "建议跟进"),
    ("国际生物医药中试基地", "以色列海法生物公司", "200万美元", "海外站推荐", "GMP中试", "租赁厂房2500㎡", None, None,
     "高新区", "2026.3 首次接触", "生物医药", "待研判"),
    ("先进复合材料二期", "苏州青禾新材料有限公司", "5-8亿元", "存量企业增资", "扩产", "50亩（一期20亩）", "张某", None,
     "经开区", "已签框架协议", "先进材料", "同意"),
    ("海归团队大模型应用研究", "陈博士团队", "3000万", "硅谷站推荐", "行业大模型", "/", "陈博士", None,
     "待定", None, "人工智能", "/"),
    ("智能网联汽车测试场", "意大利都灵汽车技术公司", "1.2亿欧元", None, "测试与研发", "2公顷", None, None,
     "漕湖", "2026年3月到访", "智能交通", "同意"),
    ("城市数据要素流通平台", "数航数据科技有限公司", "8000万元", "数据服务商", "数据清洗与交易", "无", "刘某", None,
     "高铁新城", "已对接研发社区", "大数据", "建议跟进"),
    ("工业互联网标识解析节点", "联元工业互联网有限公司", "1.5亿元", None, "标识解析与云平台", "租赁办公1800㎡", "孙某", None,
     "高新区", "商务条款洽谈", "工业互联网", "建议跟进"),
    ("车规级传感器产线", "锐行传感技术有限公司", "三千五百万", None, "毫米波传感器", "16667㎡", "周某", None,
     "高铁新城", "9月现场踏勘", "无人驾驶", "建议跟进"),
    ("创新药临床样品生产线", "启明生物制药有限公司", "6.5亿日元", "中日合作项目", "临床样品", "租赁厂房3000㎡", "吴某", None,
     "高新区", "10月补充材料", "生物医药", "待研判"),
    ("苏州城市数据要素流通平台", "数航数据科技（苏州）有限公司", "8000万元", "另一招商组同期接触", "数据清洗与交易", "/", None, None,
     "高铁新城", "撞单待协调", "大数据", "待研判"),
    ("柔性显示材料研发中心", "映川材料科技有限公司", "数千万元", None, "研发与小试", "待定", None, None,
     "高新区", "电话沟通", "新材料", "待研判"),
)  # fmt: skip

LEDGER_TOP = (
    "序号", "项目名称", "投资方", None, "投资额", None, None, "用地(亩)", "用地性质", "预计效益", None, None,
    "进展时间", None, None, None, "责任单位", "责任人", "备注",
)  # fmt: skip
LEDGER_SUB = (
    None, None, "企业名称", "国别/地区", "总投资（亿元）", "其中：固定资产", "到账外资（万美元）", None, None,
    "产值（亿元）", "税收（万元）", "亩均税收", "签约", "注册", "开工", "投产", None, None, None,
)  # fmt: skip
SIGNED: tuple[tuple[Any, ...], ...] = (
    ("精密光电产业园", "澄光光电股份有限公司", "中国", 5.2, 4, None, 25, "工业", 12, 5000, 200,
     2026.3, "2026年5月", "2027/3/15", None, "高铁新城", "刘某", None),
    ("德资汽车零部件制造", "莱茵汽车零部件公司", "德国", 1.5, 1.2, 2000, 28, "工业", 4.5, 3300, 117.8,
     date(2026, 3, 15), 46096, "2027年下半年", None, "高新区", "孙某", None),
    ("高端装备精密制造", "苏州恒岳精密装备有限公司", "中国", "3-4", None, None, "37.5", "工业", 8, 3200, 85.3,
     "2026年4月", None, None, None, "经开区", "孙某", None),
    ("新能源电驱动总成", "电驰动力科技有限公司", "中国", 6.8, 5, None, 30, "工业", 15, 5400, 180,
     "2026-05-20", None, None, None, "高铁新城", "刘某", "亩均税收不足"),
    ("医疗影像设备生产基地", "影睿医疗设备有限公司", "中国", 2.6, 2, None, 20, "工业", 6, 4000, 200,
     "2026年6月", None, None, None, "高铁新城", "周某", "总税收不足"),
    ("特种功能材料工厂", "磐石功能材料有限公司", "日本", 3.1, 2.4, 800, 38, "工业", 7.5, "3200-3600", None,
     "2026年6月", "2026年8月", None, None, "经开区", "吴某", None),
    ("精密模具智能工厂", "恒模精密模具有限公司", "中国", 0.9, 0.7, None, 8, "工业", 2, 450, 56.2,
     "2026年7月", None, None, None, "其他区域", "郑某", None),
)  # fmt: skip
TALKS: tuple[tuple[Any, ...], ...] = (
    ("自动驾驶算法研发中心", "行智智能科技有限公司", "美国", 0.8, None, None, 0, None, 1, 600, "—",
     None, None, None, None, "高铁新城", "刘某", "租赁办公1200平方米"),
    ("数字文创总部", "云锦文化集团", "中国", 3, None, None, 12, "商服", 2, 240, 20,
     None, None, None, None, "其他区域", "周某", None),
    ("半导体光刻配套材料", "芯岳半导体材料有限公司", "中国", 12, 9, None, 32, "工业", 18, "5600-7000", None,
     None, None, None, None, "高铁新城", "刘某", "税收区间待企业明确"),
    ("冷链装备制造", "北辰冷链装备有限公司", "中国", 1.1, 0.8, None, 15, "工业", 3, None, None,
     None, None, None, None, "高新区", "孙某", "税收待企业提供"),
    ("跨区协同制造基地", "双湖协同制造有限公司", "中国", 4.2, 3, None, 40, "工业", 9, 5200, 130,
     None, None, None, None, "高铁新城", "吴某", "地块分布在高铁新城和开发区"),
)  # fmt: skip

EXPORT_HEADINGS = (
    "项目名称", "新公司名称", "统一社会信用代码", "行业大类", "行业中类", "行业小类", "投资方名称", "投资总额（万元)", "当月实际到位额（万元）",
    "企业类型", "落地时间", "是否500强", "功能中心类型", "功能中心类型", "年纳税总额（万元）", "年营业收入（万元）", "固定资产投资（万元）",
    "带动就业", "用地需求（平方米）", "厂库房需求（平方米）", "办公楼需求（平方米)", "注册资本（万元)", "上报部门", "填报人", "项目方联系人 ",
    "项目方联系方式",
)  # fmt: skip
EXPORT: tuple[tuple[Any, ...], ...] = (
    ("精密光电产业园", "澄光光电（苏州）有限公司", 101, "39", "397", "3976", "澄光光电股份有限公司", 52000, 1200, "有限责任公司",
     "2026/11/03", "否", "研发中心", None, 5000, 120000, 40000, 300, 16667, None, None, 10000, "高铁新城招商一科", "刘某", "王某", "已脱敏"),
    ("生物医药检测服务平台", "禾谷检测（苏州）有限公司", 102, "74", "745", "7452", "禾谷检测集团有限公司", "1400", None, "外商投资企业",
     "2026-11", "否", None, "地区总部", "800", None, None, 80, 0, 2500, 300, "200万美元", "高新区招商局", "孙某", None, "已脱敏"),
    ("新材料智能工厂", "青禾新材（苏州）有限公司", 103, "26", "265", "2651", "苏州青禾新材料有限公司", " 65,000 ", 0, "有限责任公司",
     "2026年11月", "是", None, None, 3100, 80000, "50,000", 120, 24000, None, None, 5000, "经开区招商局", "孙某", "张某", "已脱敏"),
    ("数据中心运维总部", "数航（苏州）运维有限公司", 104, "65", "655", "6550", "数航数据科技有限公司", 9000, 500, "有限责任公司",
     "2026/10/12", "否", "运营中心", None, 620, 15000, 3000, 150, 0, None, 2200, 2000, "高铁新城招商二科", "周某", "钱某", "已脱敏"),
    ("机器人减速器产线", "力行精密传动（苏州）有限公司", 105, "34", "345", "3459", "力行精密传动股份有限公司", 28000, None, "有限责任公司",
     "2026/09/30", "否", None, None, 2100, 56000, 21000, 220, 18000, None, None, 6000, "高新区招商局", "孙某", "李某", "已脱敏"),
    ("智能检测装备研发", "明测智能（苏州）有限公司", 106, "40", "401", "4014", "明测智能科技有限公司", 4200, 300, "有限责任公司",
     "2026/08/18", "否", "研发中心", None, 380, 9000, 1500, 60, None, None, 900, 1000, "高铁新城招商一科", "刘某", "赵某", "已脱敏"),
    ("城市环境治理装备", "清源环境装备（苏州）有限公司", 107, "35", "359", "3591", "清源环境集团有限公司", 16000, None, "有限责任公司",
     "2026/07/05", "否", None, None, 900, 30000, 12000, 140, 13334, None, None, 4000, "经开区招商局", "吴某", "冯某", "已脱敏"),
    ("供应链金融科技平台", "元衡金融科技（苏州）有限公司", 108, "69", "693", "6930", "元衡金融科技有限公司", 5000, 1000, "有限责任公司",
     "2026/06/21", "否", None, "地区总部", 450, 8000, 500, 90, 0, None, 1500, 5000, "高铁新城招商二科", "周某", "褚某", "已脱敏"),
    ("氢能关键零部件", "氢跃动力（苏州）有限公司", 109, "38", "381", "3812", "氢跃动力科技有限公司", 32000, None, "有限责任公司",
     "2026/05/09", "否", None, None, 4900, 70000, 26000, 180, 66667, None, None, 8000, "经开区招商局", "吴某", "卫某", "已脱敏"),
    ("车载激光雷达量产线", "睿视激光（苏州）有限公司", 110, "39", "396", "3963", "睿视激光股份有限公司", 41000, 2600, "股份有限公司",
     "2026/04/11", "否", "研发中心", None, 5200, 98000, 30000, 260, 16000, None, None, 9000, "高铁新城招商一科", "刘某", "蒋某", "已脱敏"),
)  # fmt: skip


def _put(sheet: Worksheet, row: int, values: tuple[Any, ...]) -> None:
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column, value)
        cell.border = BOX
        cell.alignment = Alignment(vertical="center", wrap_text=True)


def _title(sheet: Worksheet, row: int, columns: int, text: str) -> None:
    sheet.cell(row, 1, text).font = Font(bold=True, size=14)
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)


def weekly() -> Workbook:
    """Return ledger A: a weekly sheet with a title, a sentence, a note line and notes below."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "第一招商片组"
    columns = len(WEEKLY_HEADINGS)
    _title(sheet, 1, columns, "2026年驻点招商项目信息采集表（演示数据，均为虚构）")
    _title(sheet, 2, columns, f"共上报在谈项目{len(WEEKLY)}个（新增2个），其中产业项目{len(WEEKLY) - 1}个，人才项目1个")
    _title(
        sheet, 3, columns, "所属片组：第一招商片组    填报人：李某    联系电话：0512-00000000    填报时间：2026.11.20"
    )
    _put(sheet, 4, WEEKLY_HEADINGS)
    for number, (name, investor, *rest) in enumerate(WEEKLY, 1):
        _put(sheet, 4 + number, (number, fictional(name), fictional(investor), *rest))
    last = 4 + len(WEEKLY)
    for place, note in enumerate(("备注：1.本表由各招商组组长审核后统一上报；", "        2.项目有进度更新时填写；"), 1):
        _title(sheet, last + place, columns, note)
    return book


def ledger() -> Workbook:
    """Return ledger B: a monthly ledger with a two-row merged heading, section rows, a subtotal and a total."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "11月台账"
    columns = len(LEDGER_TOP)
    _title(sheet, 1, columns, "2026年1-11月招商引资项目台账（演示数据，均为虚构）")
    sheet.cell(2, columns, "单位：亿元、万美元、亩")
    _put(sheet, 3, LEDGER_TOP)
    _put(sheet, 4, LEDGER_SUB)
    for first, last in ((3, 4), (5, 7), (10, 12), (13, 16)):
        sheet.merge_cells(start_row=3, start_column=first, end_row=3, end_column=last)
    for column in (1, 2, 8, 9, 17, 18, 19):
        sheet.merge_cells(start_row=3, start_column=column, end_row=4, end_column=column)
    row, number = 5, 1
    for heading, rows in ((f"一、签约项目（{len(SIGNED)}个）", SIGNED), (f"二、在谈项目（{len(TALKS)}个）", TALKS)):
        _title(sheet, row, columns, heading)
        row += 1
        for name, investor, *rest in rows:
            _put(sheet, row, (number, fictional(name), fictional(investor), *rest))
            row, number = row + 1, number + 1
    land = sum(float(rest[6]) for rest in (*SIGNED, *TALKS))
    _put(sheet, row, ("合计", None, None, None, None, None, 2800, land, *(None,) * (columns - 8)))
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=4)
    return book


def export() -> Workbook:
    """Return ledger C: a flat export of a project system; mixed brackets, a heading twice, land in m²."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Sheet1"
    sheet.append(EXPORT_HEADINGS)
    for name, company, number, *rest in EXPORT:
        industries, (investor, *others) = rest[:3], rest[3:]
        sheet.append(
            (fictional(name), fictional(company), credit_code(number), *industries, fictional(investor), *others)
        )
    return book


def _community(number: int, name: str, area: str, field: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "code": f"YS-RC-{number:02d}", "name": fictional(name), "area": area, "fields": [field], "status": "open",
        "source": "演示数据（虚构）", **more,
    }  # fmt: skip


COMMUNITIES = [
    _community(1, "青禾新材料研发社区", "开发区", "新材料", space={"研发": "6000㎡", "中试": "4000㎡"}, ceiling_height="6.0",
               power="2000", environment=["中试"], platforms=[{"name": "材料检测平台", "field": "新材料"}, {"name": "中试放大平台", "field": "新材料"}],
               ready="2027-01", international=[]),
    _community(2, "澄光光电研发社区", "高新区", "光电信息", space={"研发": "5000㎡", "洁净": "2000㎡"}, ceiling_height="5.0", power="1600",
               environment=["微量化学品"], platforms=[{"name": "光学计量平台", "field": "光电信息"}], ready="2027-01", international=[]),
    _community(3, "启明生物医药研发社区", "高新区", "生物医药", space={"研发": "8000㎡", "GMP中试": "3000㎡", "厂房": "6000㎡"}, ceiling_height="5.4",
               power="2500", environment=["P2", "动物实验"], platforms=[{"name": "药物分析平台", "field": "生物医药"}, {"name": "动物实验平台", "field": "生物医药"}],
               ready="2027-06", international=["以色列"]),
    _community(4, "云帆人工智能研发社区", "高铁新城", "人工智能", space={"研发": "20000㎡", "办公": "6000㎡"}, ceiling_height="3.9", power="1250",
               platforms=[{"name": "算力平台", "field": "人工智能"}, {"name": "模型评测平台", "field": "人工智能"}], ready="2026-12", international=["日本"]),
    _community(5, "数航大数据研发社区", "高铁新城", "大数据", space={"研发": "12000㎡", "办公": "3000㎡"}, ceiling_height="3.9", power="2000",
               platforms=[{"name": "数据流通平台", "field": "大数据"}], ready="2026-12", international=[]),
    _community(6, "行智无人驾驶研发社区", "高铁新城", "无人驾驶", space={"研发": "6000㎡", "测试": "3000㎡", "办公": "2000㎡"}, ceiling_height="4.5",
               power="1600", platforms=[{"name": "封闭测试道路", "field": "无人驾驶"}], ready="2027-09", international=["意大利"]),
]  # fmt: skip


def _fund(number: int, name: str, fields: list[str], stages: list[str], core: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "code": f"YS-F-{number:02d}", "name": fictional(name), "kind": "sub", "origin": "joint", "fields": fields, "stages": stages,
        "core_stages": [core], "per_project_cap": "20", "source": "演示数据（虚构）", **more,
    }  # fmt: skip


FUNDS = [
    _fund(1, "晨星早期基金", ["人工智能", "大数据"], ["种子", "天使", "Pre-A"], "天使", ticket_low="200万元", ticket_high="2000万元",
          remaining="8000万元", size="3亿元", invest_until="2028-12"),
    _fund(2, "济生医药基金", ["生物医药"], ["A", "B", "C"], "B", ticket_low="2000万元", ticket_high="1亿元", remaining="3亿元", size="10亿元",
          invest_until="2029-06"),
    _fund(3, "智造成长基金", ["新材料", "光电信息", "工业互联网"], ["B", "C", "Pre-IPO"], "C", ticket_low="3000万元", ticket_high="2亿元",
          remaining="1.5亿元", size="15亿元", invest_until="2029-12"),
    _fund(4, "并购整合基金", ["新材料", "生物医药"], ["并购"], "并购", ticket_low="1亿元", ticket_high="5亿元", remaining="8亿元", size="30亿元",
          invest_until="2029-12", origin="attracted"),
    _fund(5, "智芯一期基金", ["人工智能"], ["A", "B"], "A", ticket_low="1000万元", ticket_high="5000万元", remaining="9000万元", size="6亿元",
          invest_until="2025-12"),
    _fund(6, "智芯二期基金", ["人工智能", "无人驾驶"], ["A", "B"], "A", ticket_low="1000万元", ticket_high="5000万元", remaining="2亿元",
          size="8亿元", invest_until="2028-06", origin="attracted"),
    {"code": "YS-F-07", "name": fictional("演示母基金"), "kind": "mother", "origin": "mother", "source": "演示数据（虚构）"},
]  # fmt: skip

PLOTS = [
    {"code": f"YS-D-{number:02d}", "area": area, "land": land, "land_use": "industrial", "plot_ratio": "2.0", "status": status,
     "origin": "腾退", "source": "演示数据（虚构）"}
    for number, (area, land, status) in enumerate(
        (("高铁新城", "40亩", "available"), ("高铁新城", "30亩", "available"), ("高新区", "35亩", "available"),
         ("开发区", "60亩", "available"), ("其他区域", "20亩", "available"), ("高新区", "28亩", "supplied")), 1)
]  # fmt: skip

FOLLOW_UPS = {
    "note": "演示：导入以后，经办人按企业补充的材料更新（虚构）",
    "answers": {
        "周报.xlsx": {"no_land:第一招商片组/G": "none", "area:漕湖": "开发区", "duplicates": "new"},
        "月度台账.xlsx": {"area:高铁新城": "高铁新城", "area:高新区": "高新区", "area:经开区": "开发区"},
        "系统导出.xlsx": {
            "area:高铁新城招商一科": "高铁新城", "area:高铁新城招商二科": "高铁新城", "area:高新区招商局": "高新区",
            "area:经开区招商局": "开发区", "duplicates": "fill", "same_heading:Sheet1/N": "first"},
    },
    "set": [
        {"name": fictional("跨区协同制造基地"), "fields": {"plots": [
            {"area": "高铁新城", "land": "10亩", "land_use": "工业"}, {"area": "开发区", "land": "30亩", "land_use": "工业"}]}},
        {"name": fictional("自动驾驶算法研发中心"), "fields": {
            "industry": "人工智能", "space": {"研发": "1200㎡"}, "needed_by": "2027-03", "financing_stage": "A", "financing_need": "3000万元",
            "landing": ["registration", "research_centre"], "nature": "research"}},
        {"name": fictional("国际生物医药中试基地"), "fields": {
            "country": "以色列", "space": {"研发": "1500㎡", "GMP中试": "1000㎡"}, "ceiling_height": "5.0", "environment": ["P2", "动物实验"],
            "needed_by": "2027-03", "financing_stage": "B", "financing_need": "1.2亿元", "landing": ["registration", "research_centre"]}},
        {"name": fictional("光学模组研发及产业化项目"), "fields": {"annual_tax": "5200万元", "land_use": "工业"}},
        {"name": fictional("精密模具智能工厂"), "fields": {"area": "其他区域"}},
        {"name": fictional("数字文创总部"), "fields": {"area": "其他区域"}},
        {"name": fictional("半导体光刻配套材料"), "fields": {"industry": "新材料", "financing_stage": "C", "financing_need": "8000万元"}},
        {"name": fictional("新能源电驱动总成"), "fields": {
            "full_year": "2030", "tax_by_year": {"2028": "800万元", "2029": "2600万元", "2030": "5400万元"}}},
    ],
    "stage": [
        {"name": fictional("光学模组研发及产业化项目"), "stage": "negotiation", "fields": {"nature": "manufacturing"}, "reason": "9月到访，进入洽谈（虚构）"},
        {"name": fictional("国际生物医药中试基地"), "stage": "negotiation", "fields": {"nature": "pilot"}, "reason": "首次接触后持续洽谈（虚构）"},
        {"name": fictional("车载激光雷达量产线"), "stage": "negotiation", "fields": {"nature": "manufacturing"}, "reason": "系统导出未列阶段，经办人补录（虚构）"},
        {"name": fictional("新材料智能工厂"), "stage": "negotiation", "fields": {"nature": "manufacturing"}, "reason": "系统导出未列阶段，经办人补录（虚构）"},
        {"name": fictional("供应链金融科技平台"), "stage": "negotiation", "fields": {"nature": "service"}, "reason": "系统导出未列阶段，经办人补录（虚构）"},
        {"name": fictional("自动驾驶算法研发中心"), "stage": "review", "fields": {"nature": "research"}, "reason": "商务条款已谈定，提交评审（虚构）"},
        {"name": fictional("半导体光刻配套材料"), "stage": "review", "fields": {"nature": "manufacturing"}, "reason": "用地意向明确，提交评审（虚构）"},
    ],
    "allocate": {"land": {"高铁新城": "60亩", "高新区": "35亩", "开发区": "80亩", "其他区域": "20亩"}, "funds": "1亿元"},
    "brief": [fictional("自动驾驶算法研发中心"), fictional("半导体光刻配套材料"), fictional("跨区协同制造基地")],
    "dossier": [fictional("国际生物医药中试基地"), fictional("新能源电驱动总成")],
    "match_sheet": [fictional("国际生物医药中试基地"), fictional("自动驾驶算法研发中心")],
    "threshold_sheet": [fictional("新能源电驱动总成"), fictional("跨区协同制造基地"), fictional("半导体光刻配套材料")],
    **AFTER_THE_LEADS,
}  # fmt: skip


def _save(book: Workbook, target: Path) -> None:
    """Save a workbook; the same cells give the same bytes: no moment of saving stays in it."""
    content = BytesIO()
    book.save(content)
    with ZipFile(content) as made, ZipFile(target, "w", ZIP_DEFLATED) as saved:
        for name in made.namelist():
            part = made.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:\w+[^>]*>)[^<]*", rb"\g<1>2026-11-20T08:00:00Z", part)
            saved.writestr(ZipInfo(name, SAVED), part, ZIP_DEFLATED)


def write(folder: Path = FOLDER) -> list[Path]:
    """Write every sample into the folder; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    books = {"周报.xlsx": weekly(), "月度台账.xlsx": ledger(), "系统导出.xlsx": export()}
    files = []
    for name, book in books.items():
        _save(book, folder / name)
        files.append(folder / name)
    documents = {"研发社区.json": COMMUNITIES, "基金.json": FUNDS, "地块.json": PLOTS, "后续更新.json": FOLLOW_UPS}
    for name, document in documents.items():
        (folder / name).write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        files.append(folder / name)
    return files


if __name__ == "__main__":
    write()
