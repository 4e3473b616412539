"""The table of headings of a lead. They are compared plain (half width, no blanks) and without their unit.

Every entry has whole headings (``words``) and, where headings are put together from parts, a ``pattern``. What looks
like a field of ours and is none (亩均税收, 实缴资本, 计划开工时间) stands in ``NOT_OURS`` and wins.
"""

from __future__ import annotations

from crm.domain.imports.fact_headings import FACT_HEADINGS
from crm.domain.imports.figure_headings import FIGURE_HEADINGS
from crm.domain.imports.heading_parts import WHEN, Heading, maybe, one, some

_STEP = "签约 注册 拿地 摘牌 供地 交地 开工 动工 竣工 完工 建成 投产 达产 落户 落地 投用 投运 运营"
_EARLIER = "上年 去年 上一年 前年 往年 历年 当月 本月 上月 当年 本年 今年 年内 本季 当季 本周 上周 近三年"
_PHASE = r"(?:第[一二三四五六七八九十]+[年期]|[一二三]期)"
_FIGURES = "税 投资 用地 产值 收入 销售 开票 营收"


NOT_OURS = Heading(
    None,
    """
    企业类型 公司类型 登记机关 法定代表人 法人 法人代表 所在省份 省份 城市 地区 区县 所在市 企业规模 企业性质 内外资
    内资外资 投资类型 新公司名称 项目公司 项目公司名称 注册公司名称 拟注册公司名称 落户公司名称 落地公司
    功能中心类型 重点项目类型 项目类别 项目类型 项目级别 项目评级 审核状态 评估状态 认定进度 容积率 建筑面积
    总建筑面积 建筑密度 层数 专利数量 附件 操作 签字 盖章 投资方式 合作方式 出资方式 供地方式 土地来源 土地级别
    土地使用年限 成交价格 土地价格 地价 电子监管号 批准单位 证券代码 证券简称 行业大类 行业中类 行业门类 门类 大类
    中类 经办领导 挂钩领导 包联领导 分管领导 配合单位 协办单位 填报时间 填表时间 填报日期 制表时间 填报人 填表人
    排名 得分 分值 资金来源 落地时间 拟落地时间 利税 预计利税 年利税 利润 净利润 年利润 总利税 利税总额 租金 邮箱
    电子邮箱 传真 职务 职位 网址 邮编
    """,
    "|".join(
        (
            ".*" + one("亩均 每亩 单位面积 地均 人均 户均 平均") + ".*",
            ".*" + one("强度 占比 比重 比例 增速 增长率 增幅 同比 环比 率") + maybe("情况"),
            ".*" + one("折算 折合 换算") + ".*",
            ".*" + one(_EARLIER) + ".*" + one("税 产值 营收 收入 销售 到位 到账 投资 外资 完成 资金 用工 能耗") + ".*",
            ".*" + one("设备 土建 软件 流动资金 技改 建安") + ".*",
            ".*" + one("实缴 实收 纳统 入统 备案 立项 核准 利税") + ".*",
            one("合同 协议 注册 拟 计划 批准") + ".*外资.*",
            some("年度 累计 已 实际") + maybe("已") + "完成" + maybe("固定资产") + "投资.*",
            "年度" + maybe("计划 目标") + "投资.*|.*年计划投资.*|剩余投资.*",
            ".*" + one("是否 有无 可否") + ".*",
            one("计划 拟 预计 预期 约定 目标 要求 应 拟定 预定 力争")
            + maybe("正式 完成 可")
            + one(_STEP)
            + f"(?:{WHEN})?",
            f".*{_PHASE}.*" + one(_FIGURES) + ".*",
            ".*" + one(_FIGURES + " 面积") + f".*{_PHASE}.*",
            ".*" + one("许可证 合同编号 协议编号 文号 批文 证号 批复") + ".*",
            ".*" + one("个数 宗数 家数 项目数 项目数量 企业数量 专利数量 合同数量"),
            ".*" + one("税率 税种 税务登记 退税 免税 减税 地方留成 税收分成 税收奖励") + ".*",
            one("能耗 用地 土地 环境 排污") + one("指标 容量") + ".*",
            ".*" + one("单位能耗 万元能耗 用水 用气 蒸汽 用电量 耗电量 排放 废水 废气 污染") + ".*",
            ".*" + one("招商 责任 牵头 专班 我方 部门 跟踪 负责") + ".*" + one("电话 手机 联系方式"),
            ".*" + one("填报 填表 制表 审核 审批 复核") + one("人 时间 日期 状态 意见 结果"),
            r"(?:第)?\d+(?:季度|月).*",
        )
    ),
)
"""What is no field of a lead, first of all what would falsify money, land or tax."""

HEADINGS: tuple[Heading, ...] = FIGURE_HEADINGS + FACT_HEADINGS
"""The headings of each field; of two entries whose patterns fit, the first counts."""

WEAK = frozenset(
    word
    for line in """
    企业名称 公司名称 单位名称 企业全称 企业 公司 名称 客户名称 注册地址 所在地 单位地址 通讯地址 企业地址 公司地址
    填报单位 上报部门 上报单位 报送单位 申报单位 其他 其它 客商 领域 编号 ID 联系人 进度 状态 占地面积 占地 资金需求
    组织机构代码 税号
    """.splitlines()
    for word in line.split()
)
"""Words that give way to a better heading of the same field."""
