"""The general words of company and project names: legal forms, words of trade, words of a project."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


LEGAL_FORMS = _words("""
有限责任公司 股份有限公司 有限公司 股份公司 集团公司 总公司 公司 股份合作公司 合伙企业 有限合伙 普通合伙
特殊普通合伙 个人独资企业 集团 股份 株式会社
""")

LEGAL_REMARKS = _words("""
集团 有限合伙 普通合伙 特殊普通合伙 个人独资 筹 筹建 拟 拟设 拟设立 暂定 暂定名 暂名 虚构 外资 内资 合资 独资
股份 控股 株 有限 责任 有限责任
""")
"""What stands in brackets and says nothing about who it is."""

BRANCHES = _words("分公司 分厂 分院 分部 办事处 代表处 联络处 营业部 分行 支行 分店 分所")

PROJECT_WORDS = _words("""
项目 工程项目 建设项目 产业化项目 扩建项目 新建项目 技改项目 增资扩产 扩建 新建 改建 技改 迁建 扩产 生产基地
研发基地 制造基地 产业基地 产业化基地 基地 生产线 产线 总部 总部基地 区域总部 全球总部 华东总部 中国总部
研发总部 总部大楼 研发中心 技术中心 创新中心 制造中心 运营中心 结算中心 产业园 科技园 智造园 工业园 园区 厂房
新工厂 工厂 智能工厂 孵化器 加速器 研究院 实验室 中试线 中试基地
""")

TRADE_WORDS = _words("""
科技 技术 高科 高新 高新技术 科技发展 信息 网络 互联网 物联网 数据 大数据 云计算 软件 电子 电气 电器 电力 电源
电路 电机 电缆 电子商务 电商 通信 通讯 智能 人工智能 机器人 自动化 智能化 数字 数码 智慧 智造 控制 系统 仪器
仪表 仪器仪表 传感 传感器 半导体 集成电路 芯片 微电子 光电 光学 激光 照明 显示 生物 医药 制药 药业 医疗 医疗器械
器械 生命 生命科学 基因 健康 大健康 保健 生物科技 生物医药 生物技术 中药 中医 诊断 医学 检测 检验 材料 新材料
新材 复合材料 金属 金属材料 钢铁 钢构 铝业 铝合金 合金 铜业 矿业 化工 化学 塑料 塑胶 塑业 橡胶 橡塑 玻璃 陶瓷
纤维 化纤 纺织 服装 服饰 针织 皮业 纸业 包装 印刷 印务 木业 家具 家居 建材 装饰 装潢 水泥 涂料 石材 门窗 能源
新能源 电池 光伏 太阳能 风电 石油 石化 石油化工 燃气 天然气 热电 水电 发电 环保 环境 环境工程 环保科技 节能 生态
水务 水处理 净化 机械 机电 机床 机器 设备 装备 重工 重型 工业 制造 精密 精工 模具 五金 阀门 轴承 泵业 工具
零部件 配件 汽车 汽车零部件 汽配 车业 新能源汽车 航空 航天 船舶 轨道 轨道交通 交通 运输 物流 供应链 仓储 航运
港务 高速 公路 高速公路 铁路 机场 食品 饮料 饮品 乳业 酒业 粮油 油脂 农业 农化 农业科技 种业 畜牧 牧业 饲料 水产
茶业 林业 园林 园艺 花卉 生物乳业 贸易 商贸 商业 百货 零售 超市 连锁 进出口 国际贸易 国际 实业 工贸 经贸 物资
商务 电子科技 信息科技 信息技术 网络科技 网络技术 智能科技 智能装备 投资 控股 集团 资本 资产 资产管理 投资管理
股权投资 创业投资 创投 基金 基金管理 金融 保险 证券 银行 租赁 融资租赁 担保 信托 财务 财富 金服 管理 服务 咨询
顾问 管理咨询 企业管理 商业管理 物业 物业管理 人力资源 教育 培训 教育科技 文化 传媒 文化传媒 文化传播 传播 广告
影视 影业 游戏 动漫 娱乐 互娱 体育 旅游 酒店 餐饮 餐饮管理 会展 出版 设计 建筑设计 规划设计 规划 研究 研究所 研究院
研发 开发 创新 创意 孵化 产业 产业发展 发展 建设 建筑 建筑工程 建设工程 工程 工程技术 工程建设 安装 市政 路桥
房地产 房地产开发 置业 地产 城建 城市建设 基础设施 勘测 测绘 监理 企业 中心 经营 经销 销售 营销 生产 加工 有限
责任 厂 总厂 大学 学院 医院 学校 协会 商会 联盟 管委会 委员会 中国 全球 华东 新 大 第一 第二
""")

OTHER_EMPTY_WORDS = _words("""
待定 未定 暂无 无 测试 未知 企业 公司 招商 引资 招商引资 在谈 储备 重点 重大 产业 制造业 外资 内资 投资商 客户
匿名 保密 保密项目 不详 其他
""")
"""Words people write where there is no name."""


PHASE_FIRSTS = frozenset("第一二三四五六七八九十0123456789")
_PHASE = r"第?[一二三四五六七八九十0-9]{1,2}期"
PHASE, PHASE_HERE = re.compile(_PHASE + "$"), re.compile(_PHASE)


class Words:
    """A set of words, and where a text ends with one or is made of them alone; linear for any text."""

    def __init__(self, *groups: Iterable[str], phases: bool = False) -> None:
        self._words = frozenset(chain.from_iterable(groups))
        self._phases = phases
        self._by_first: defaultdict[str, list[str]] = defaultdict(list)
        self._by_last: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(self._words, key=len, reverse=True):
            self._by_first[word[0]].append(word)
            self._by_last[word[-1]].append(word)
        self._firsts = frozenset(self._by_first) | (PHASE_FIRSTS if phases else frozenset())

    def __contains__(self, text: str) -> bool:
        return text in self._words

    def start_of(self, text: str) -> str:
        """Return the longest word a text begins with, or ``""``."""
        for word in self._by_first.get(text[:1], ()):
            if text.startswith(word):
                return word
        return ""

    def end_of(self, text: str) -> str:
        """Return the longest word a text ends with, or ``""``."""
        if self._phases and text.endswith("期"):
            found = PHASE.search(text)
            if found:
                return found[0]
        for word in self._by_last.get(text[-1:], ()):
            if text.endswith(word):
                return word
        return ""

    def cover(self, text: str) -> bool:
        """Return whether a text can be cut into words without a rest; the empty text can."""
        if text and text[0] not in self._firsts:  # nearly every text
            return False
        reached = {0}  # lengths of the beginnings that can
        for start, letter in enumerate(text):
            if start in reached:
                reached.update(self._ends(text, start, letter))
            elif start > max(reached):
                return False
        return len(text) in reached

    def _ends(self, text: str, start: int, letter: str) -> Iterator[int]:
        """Give where the words that begin at a place end."""
        for word in self._by_first.get(letter, ()):
            if text.startswith(word, start):
                yield start + len(word)
        phase = PHASE_HERE.match(text, start) if self._phases and letter in PHASE_FIRSTS else None
        if phase:
            yield phase.end()


LEGAL = Words(LEGAL_FORMS)
REMARKS = Words(LEGAL_REMARKS)
TRADE = Words(TRADE_WORDS)
BRANCH = Words(BRANCHES)
PROJECT = Words(PROJECT_WORDS, phases=True)
GENERAL = Words(LEGAL_FORMS, BRANCHES, PROJECT_WORDS, TRADE_WORDS, OTHER_EMPTY_WORDS, phases=True)

ENGLISH_LEGAL_END = re.compile(
    r"[\s,.]*\b(?:company,?\s*limited|co\.?\s*,?\s*(?:ltd|limited|inc|kg)|pte\.?\s*ltd|ltd|limited|inc|corp|corporation"
    r"|llc|gmbh|plc|ag|k\.?k|b\.?v|s\.?a|co|holdings?|group)\b[\s,.]*$"
)
