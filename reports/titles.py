"""Titles of more than one line: broken between phrases, in the shape of a trapezium or a rhombus (practice.md §8).

budoux proposes phrase ends; it is a statistical model and sometimes cuts a technical word (医疗器|械), so words of the
field and the names the caller gives are kept whole whatever it says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations, pairwise
from typing import Any

from reports.breaking import breaks

MOST_LINES = 4
"""A title of more lines is not a title; it is then filled like a paragraph."""

LEFTOVER = 0.35
"""Of the longest line: a shorter one looks like a leftover; then a break inside a long name is the lesser evil."""

NATURAL_ENDS = ("公司", "集团", "研究院", "研究所", "大学", "基地", "项目", "）")
"""Where a reader pauses."""

_LEXICON = """
有限公司 有限责任公司 股份有限公司 集团 公司 研究院 研究所 研究中心 大学 医院 基金 合伙企业 项目
简报 档案 测算单 建议书 情况 汇报 基地 园区 产业园 中心 总部 研发 研制 制造 生产 检测 测试 中试
孵化 加速 服务 运营 建设 扩建 改造 升级 核心 关键 高端 智能 自动 自动驾驶 驾驶 汽车 新能源汽车
整车 部件 零部件 装备 设备 器械 医疗 医疗器械 细胞治疗 基因治疗 治疗 生物医药 医药 生物 制药 药物 疫苗 诊断 试剂 耗材
材料 复合 碳化硅 氮化镓 半导体 集成电路 电路 芯片 晶圆 封装 封测 微电子 电子 光电 光伏 光学 激光
显示 面板 传感器 传感 雷达 机器人 数控 机床 精密 模具 轴承 电机 电池 电芯 储能 氢能 能源 新能源
燃料 软件 硬件 平台 系统 数据 大数据 算力 算法 人工智能 工业 互联网 物联网 区块链 通信 网络 信息
科技 技术 航空 航天 无人机 卫星 船舶 轨道 交通 物流 供应链 食品 纺织 化工 环保 节能 水处理 供地
门槛 土地 用地 招商 引资 双招双引 社区 人才 创新 产业 科研 科创 苏州 相城 相城区 高铁新城 高新区
开发区
"""

WORDS = frozenset(_LEXICON.split())
"""Words of the field that no title is cut inside."""

_LONGEST = max(map(len, WORDS))


def break_title(text: str, widths: Sequence[float], room: float, keep: Sequence[str] = ()) -> list[str]:
    """Return the lines of a title.

    Args:
        text: cleaned, one paragraph.
        widths: of each character, in points.
        room: width of a line, in points.
        keep: names inside the text to leave whole where that is possible.
    """
    if sum(widths) <= room:
        return [text]
    total, wide = sum(widths), dict(zip(text, widths, strict=True))
    found: list[list[str]] = []
    for cuts in _ways(text, tuple(keep)):
        for count in range(int(total // room) + 1, MOST_LINES + 1):
            lines = _best(text, widths, room, cuts, count)
            if lines and _is_balanced(lines, wide):
                return lines
            found.extend([lines] if lines else [])
    return found[0] if found else []


def _is_balanced(lines: Sequence[str], wide: Mapping[str, float]) -> bool:
    """Return whether no line is a mere leftover of two or three characters beside a full one."""
    lengths = [sum(wide[character] for character in each) for each in lines]
    return min(lengths) >= max(lengths) * LEFTOVER


def _ways(text: str, keep: tuple[str, ...]) -> list[list[int]]:
    """Return lists of places to cut at, the best first: phrases outside names; phrases; wherever a line may end."""
    allowed = breaks(text)
    phrases = [place for place in _phrase_ends(text) if allowed[place]]
    inside = _inside_words(text) | _inside_brackets(text)
    named = _inside(text, keep)
    outside = [place for place in phrases if place not in inside]
    return [
        [place for place in outside if place not in named],
        outside,
        [place for place in range(1, len(text)) if allowed[place] and place not in inside],
        [place for place in range(1, len(text)) if allowed[place]],
    ]


def _best(text: str, widths: Sequence[float], room: float, cuts: list[int], count: int) -> list[str] | None:
    """Return the best cut into ``count`` lines that all fit, or None. Titles are short: all ways are tried."""
    lines_of = [(0, *chosen, len(text)) for chosen in combinations(cuts[:40], count - 1)]
    sums = [0.0]
    for width in widths:
        sums.append(sums[-1] + width)
    fitting = [ends for ends in lines_of if all(sums[end] - sums[start] <= room for start, end in pairwise(ends))]
    if not fitting:
        return None

    def ugliness(ends: tuple[int, ...]) -> float:
        natural = sum(text[:end].endswith(NATURAL_ENDS) for end in ends[1:-1])
        return _ugliness([sums[end] - sums[start] for start, end in pairwise(ends)], room) - natural * room * 0.3

    best = min(fitting, key=ugliness)
    return [text[start:end].strip() for start, end in pairwise(best)]


def _ugliness(lines: list[float], room: float) -> float:
    """Return how far the lines are from a trapezium or rhombus with gentle slopes; an hourglass or a brick is ugly."""
    wanted = room * 0.12
    steps = [below - above for above, below in pairwise(lines)]
    uneven = sum(abs(abs(step) - wanted) for step in steps)
    hourglass = any(first < 0 < second for first, second in pairwise(steps))
    return uneven + (room if hourglass else 0.0) + max(0.0, room * 0.3 - min(lines)) * 2


def _phrase_ends(text: str) -> list[int]:
    ends, place = [], 0
    for phrase in _parser().parse(text):
        place += len(phrase)
        ends.append(place)
    return ends[:-1]


@cache
def _parser() -> Any:  # noqa: ANN401  (budoux has no types)
    from budoux import load_default_simplified_chinese_parser  # noqa: PLC0415  (12 ms, only for long titles)

    return load_default_simplified_chinese_parser()


def _inside_words(text: str) -> set[int]:
    """Return the places inside words of the field; of overlapping words the longer one counts."""
    found: set[int] = set()
    place = 0
    while place < len(text):
        length = next(
            (n for n in range(min(_LONGEST, len(text) - place), 1, -1) if text[place : place + n] in WORDS), 1
        )
        found.update(range(place + 1, place + length))
        place += length
    return found


_BRACKETED = re.compile(r"（[^（）]{1,20}）")


def _inside_brackets(text: str) -> set[int]:
    """Return the places inside what stands in brackets: 第47周（11月16日至11月22日） is not torn at 至."""
    return {place for found in _BRACKETED.finditer(text) for place in range(found.start() + 1, found.end())}


def _inside(text: str, keep: Sequence[str]) -> set[int]:
    found: set[int] = set()
    for name in keep:
        start = text.find(name) if name else -1
        if start >= 0:
            found.update(range(start + 1, start + len(name)))
    return found
