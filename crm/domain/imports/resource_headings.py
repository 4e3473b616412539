"""What bureaus write over lists of research communities, funds and plots of land."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from crm.domain.imports.heading_parts import ROOMS, WHEN, Heading, maybe, one, some

WHOLE_RANGE = "含上限"
"""The part of a column whose cells tell both ends: 单笔投资额度 500-3000万元."""

_OFFERED = some("可用 可租 可供 可租赁 可招商 剩余 空置 现有 总 在租 待租")
"""What stands before rooms that are offered."""

_SOURCE = Heading("source", "来源 资料来源 数据来源 信息来源 出处 依据")
_AS_OF = Heading("as_of", "更新日期 更新时间 截至日期 数据日期 截至时间 统计时间 数据截至")

RESOURCE_HEADINGS: Mapping[str, tuple[Heading, ...]] = {
    "communities": (
        Heading(
            "name",
            "研发社区 社区 社区名称 研发社区名称 科研社区名称 载体名称 园区名称 名称 载体 园区 楼宇名称 产业园名称",
            some("产业 科技 创新 研发 招商") + one("社区 载体 园区 产业园 楼宇 平台") + maybe("全 中文") + "名称",
        ),
        Heading("code", "社区编号 载体编号 编号 编码 园区编号"),
        Heading(
            "fields",
            "主导产业 产业领域 产业方向 重点产业 领域 产业定位 主导产业方向 招商方向 招引方向 产业 主要产业 特色产业",
            some("主导 主要 重点 招商 招引 特色") + one("产业 领域 行业") + maybe("方向 定位 领域 类别 门类"),
        ),
        Heading("area", "门槛区域 板块 片区 所属板块 所属片区 所在板块 所在片区 所属区域 所在区域"),
        Heading("functional_area", "功能区 所属功能区 功能片区 功能板块"),
        Heading(
            "operator",
            "运营单位 运营方 运营公司 管理单位 运营主体 管理主体 运营机构 建设运营单位 业主单位 产权单位",
        ),
        Heading(
            "ready",
            "交付时间 可交付时间 竣工时间 可用时间 交付日期 投用时间 启用时间",
            some("预计 计划 可 拟") + one("交付 竣工 投用 启用 可用 入驻 交房") + WHEN,
        ),
        Heading("environment", "环保能力 环境能力 环评 环评条件 环保条件 环评类别 特殊条件 可承接工艺"),
        Heading("international", "国际合作 合作国家 国际合作国别 合作国别 国际合作资源"),
        Heading("rent", "租金 租金水平 参考租金 租金标准 租金价格 租赁价格"),
        Heading("status", "状态 招商状态 载体状态"),
        Heading("ceiling_height", "层高 净高", some("标准 首层 建筑") + one("层高 净高")),
        Heading("floor_load", "荷载 承重 楼面荷载 楼板荷载 楼面承重", some("楼面 楼板 首层 地面") + one("荷载 承重")),
        Heading("power", "供电 供电容量 配电容量 电力容量 用电容量 变压器容量 电容量"),
        *(
            Heading("space", pattern=f"{_OFFERED}{words}{ROOMS}", part=kind)
            for kind, words in (
                ("GMP中试", "GMP(?:中试)?"),
                ("中试", "中试"),
                ("洁净", one("洁净 无尘 净化")),
                ("测试", one("测试 检测")),
                ("实验", "实验室?"),
                ("研发", one("研发办公 研发 科研")),
                ("厂房", one("标准厂房 厂房 生产用房 生产")),
                ("仓储", one("仓储 仓库")),
                ("办公", one("办公 写字楼")),
            )
        ),
        Heading(
            "space",
            "载体面积 空间 可用空间",
            one("可用 可租 可供 可租赁 可招商 剩余 空置 待租 可供租赁")
            + some("载体 空间 建筑 房源 用房")
            + one("面积 空间"),
        ),
        _SOURCE,
        _AS_OF,
    ),
    "funds": (
        Heading(
            "name",
            "基金名称 基金 名称 基金全称 基金简称 子基金名称 母基金名称",
            some("产业 合作 参股 拟设 已设 投资") + one("基金 子基金 母基金") + some("中文 全") + one("名称 全称 名"),
        ),
        Heading("code", "基金编号 编号 编码 备案编号 基金编码"),
        Heading(
            "manager",
            "管理人 基金管理人 管理机构 管理公司 基金管理公司 基金管理机构 GP 普通合伙人 管理人名称 基金管理人名称",
        ),
        Heading(
            "fields",
            "投资领域 投资方向 赛道 领域 投资行业 重点领域 投资赛道 行业方向 重点投资领域 主投领域 关注领域",
            some("重点 主要 拟 关注") + some("投资 主投") + one("领域 方向 赛道 行业 产业"),
        ),
        Heading("stages", "投资阶段 阶段 轮次 投资轮次 偏好阶段 投资偏好阶段"),
        Heading("core_stages", "核心阶段 重点阶段 主投阶段 核心轮次 重点轮次"),
        Heading(
            "ticket_low",
            "单笔投资额度 单笔投资 单笔额度 单笔金额 单笔规模 单笔投资金额 单笔投资规模 单项目投资额 单个项目投资额 "
            "投资额度 单笔",
            one("单笔 单项目 单个项目 单一项目")
            + some("拟 可 平均 投资")
            + one("额度 金额 规模 额 区间 范围")
            + maybe("范围 区间"),
            WHOLE_RANGE,
        ),
        Heading("ticket_low", "单笔下限 最低单笔 单笔投资下限 最低投资额 单笔最低"),
        Heading("ticket_high", "单笔上限 最高单笔 单笔投资上限 最高投资额 单笔最高"),
        Heading("remaining", "可投余额 剩余额度 可投金额 余额 剩余可投 可投资金 未投余额 剩余可投金额 可投额度"),
        Heading(
            "size",
            "基金规模 规模 总规模 认缴规模 基金总规模 目标规模 认缴总额 募集规模",
            some("基金 子基金 母基金 总 首期 目标 认缴 募集 备案") + "规模",
        ),
        Heading("size_basis", "规模口径 口径"),
        Heading(
            "invest_until",
            "投资期止 投资期截止 投资期至 投资期到期日 投资期届满日 投资截止日 投资期截止日期 投资期结束时间",
        ),
        Heading("per_project_cap", "单项目上限 单一项目上限 单项目投资比例上限 单一项目投资比例上限 集中度上限"),
        Heading("leads_rounds", "是否领投 领投 可否领投"),
        Heading("similar_investments", "同类已投 同类已投数 已投同类项目数 同领域已投项目数"),
        Heading("return_ratio", "返投比例 返投倍数 返投要求 返投认定比例"),
        Heading("return_confirmed", "返投条款确认 返投是否确认 返投已确认"),
        Heading("kind", "基金类型 类型 基金类别 基金性质"),
        Heading("origin", "来源类型 设立方式 出资方式 组建方式"),
        Heading("region", "地域要求 投资地域 投资区域 地域限制"),
        _SOURCE,
        _AS_OF,
    ),
    "plots": (
        Heading("code", "地块编号 宗地编号 编号 编码 地块名称 宗地号 地块号 地块代码"),
        Heading("area", "门槛区域 板块 片区 所属板块 所属片区 所在板块 所在片区 所属区域"),
        Heading("functional_area", "功能区 所属功能区 功能片区 功能板块"),
        Heading(
            "land",
            "面积 地块面积 宗地面积 用地面积 土地面积 占地面积 净地面积 可供面积 可出让面积 出让面积 亩数",
            some("可供 可出让 拟供 规划 净") + one("地块 宗地 用地 土地 占地 出让 净地") + "面积",
        ),
        Heading("land_use", "用途 土地用途 用地性质 规划用途 规划用地性质 土地性质 用地类型"),
        Heading("plot_ratio", "容积率 规划容积率 容积率要求 容积率下限"),
        Heading("origin", "来源类型 土地来源 地块来源 来源方式"),
        Heading("status", "状态 地块状态 供应状态 供地状态 土地状态"),
        Heading("locked_by", "意向项目 锁定项目 预留项目 拟供项目 意向企业"),
        Heading("locked_until", "锁定期限 锁定到期日 预留期限 预留至"),
        Heading("source", "来源 资料来源 数据来源 出处"),
        _AS_OF,
    ),
}
"""The headings of each kind, the more particular ones first."""


class Listed(NamedTuple):
    """A heading that was recognised; ``exact``: word by word, not by how it is built."""

    field: str
    part: str
    exact: bool


@lru_cache(maxsize=4096)
def resource_heading(kind: str, text: str) -> Listed | None:
    """Return what a plain heading without its unit means in a list of a kind; None when it means nothing there."""
    for heading in RESOURCE_HEADINGS.get(kind, ()):
        if heading.field and text in heading.words.split():
            return Listed(heading.field, heading.part, exact=True)
    for heading in RESOURCE_HEADINGS.get(kind, ()):
        if heading.field and heading.pattern and re.fullmatch(heading.pattern, text):
            return Listed(heading.field, heading.part, exact=False)
    return None
