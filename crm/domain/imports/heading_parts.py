"""Parts that headings are put together from, so that one nobody has listed is understood: 达产后年税收贡献."""

from __future__ import annotations

from dataclasses import dataclass

SERIAL = "serial"
"""Stands for the running number of a table's rows, which is no field."""

NARRATIVE = "narrative"
"""Stands for telling text that has no field of its own; it goes into the notes under its heading."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The headings of one field.

    Attributes:
        field: its canonical name; None for what is no field of ours.
        words: whole headings, by blanks.
        pattern: a regular expression for the whole heading.
        part: the kind of a ``space`` field.
    """

    field: str | None
    words: str = ""
    pattern: str = ""
    part: str = ""


def one(words: str) -> str:
    """Return a pattern for one of the words, which stand between blanks."""
    return f"(?:{'|'.join(words.split())})"


def some(words: str) -> str:
    """Return a pattern for any number of the words, in any order."""
    return f"{one(words)}*"


def maybe(words: str) -> str:
    """Return a pattern for one of the words or none."""
    return f"{one(words)}?"


SOON = some("拟 预计 计划 项目 意向 估算 概算 整体 预期 预估 合计 其中")
"""What stands before an investment."""
FULL = (
    some("预计 预期 预估 预测 计划 项目 企业 公司 可 能 全面 正常 可研 承诺 拟")
    + maybe("达产 满产 投产 建成 达效 稳产 运营 正常年")
    + some("后 年 期 达效 年度 年份 每年 年均 全年")
    + some("可 能 实现 新增 形成 产生 贡献 上缴 缴纳 入库 年")
)
"""What stands before a yearly figure."""
SIZE = some("总额 总量 总计 合计 金额 数额 规模 收入 额 数 值") + maybe("情况 预测 估算 预估")
"""What stands behind a sum."""
WHEN = maybe("的 具体") + one("时间 日期 年月 月份 时点 节点 日") + maybe("节点")
"""What makes an event a date."""
ROOMS = maybe("用房 楼 场地 场所 空间 载体") + maybe("租赁 使用 建筑") + some("面积 需求 规模 要求")
"""What stands behind a kind of room."""
WANTED = some("租赁 购买 拟租 拟租赁 需 所需 需求 需要 拟购 自建 标准 载体 项目 拟用 计划")
"""What stands before a kind of room."""
ASKED = some("需 所需 需用 需求 需要 拟 拟用 申请 计划 规划 项目 拟供 拟需 意向 总 实际 新增 供应 拟申请 预计 用")
"""What stands before land."""
