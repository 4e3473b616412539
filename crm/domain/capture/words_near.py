"""Which sum is which, by the words near it: 总投资 2亿, 税收5000万, 融资3000万元; and which sums are nobody's."""

from __future__ import annotations

from dataclasses import dataclass

from crm.domain.quantities.patterns import Pattern

NOT_THE_LEADS = "not_the_leads"
"""Said of a sum that is another thing than any field holds: rent, profit, tax per mu, the size of a fund."""


@dataclass(frozen=True, slots=True)
class Said:
    """A word near a sum.

    Attributes:
        field: what it makes of the sum; ``NOT_THE_LEADS``; "" for none.
        word: as it stands there.
        distance: characters between.
    """

    field: str
    word: str
    distance: int


_FIELDS = (
    ("fixed_investment", r"固定资产投资额?|固定资产|固投"),
    ("contracted_investment", r"(?:协议|合同|签约)(?:总)?投资(?:总?额)?|协议金额"),
    ("registered_capital", r"注册资本金?|注册资金|注资"),
    ("paid_in_foreign", r"到账外资|实际(?:使用|利用)外资|实到外资|外资到账"),
    ("paid_in_investment", r"实缴(?:资本|资金)?|到位资金|资金到位|实到资金"),
    ("annual_tax", r"税收(?:贡献)?|纳税额?|税金|税额|缴税|交税|完税|(?<![均利报])税"),
    ("annual_output", r"产值"),
    ("annual_revenue", r"营业?收入|营收|销售(?:收入|额)?|开票(?:销售|额)?"),
    ("rd_spend", r"研发(?:投入|费用?|经费|支出)"),
    (
        "financing_need",
        (
            r"融资(?:需求|额|金额|规模)?|需要?资金|资金(?:需求|缺口)|缺钱|募资|募集|[在正拟想]融|缺(?:天使轮|"
            r"[A-F]轮)?(?=[:约 ]*$)"
        ),
    ),
    (
        "planned_investment",
        (
            r"(?:项目|计划|意向|预计|追加|新增)*(?:总投资|投资总)额?|(?:总)?投资(?:规模|金额|额)|总投|"
            r"投资(?!方|人|者|机构|公司|集团|管理|促进|强度|意向书|协议|基金|推介)(?:意向)?|(?:拟|计划|自己|"
            r"要|想)投|(?<=[想愿])投|(?<![融资招])投(?:个|了)?(?=[:约 ]*$)"
        ),
    ),
    (
        NOT_THE_LEADS,
        (
            r"估值|市值|(?:月|日|年)?租金|房租|净利润?|利润|利税|地价|出让金|设备(?:投资|投入|采购)?|注册外资|外资|"
            r"基金(?:拟|计划|总|认缴)?(?:投资?|规模)?|亩均(?:税收|产值|投资)?|投资强度|强度|贷款|补贴|补助|奖励|房价|单价|订单|合同额|预付|定金|"
            r"股权|累计(?:税收|纳税)?|领投|跟投|政府出资|税收[一二三四五两\d]+年累计|刚融|[一二三四两首]期(?:总?投资|计划投资)?"
        ),
    ),
)
_LEFT = tuple((name, Pattern(rf"(?:{words})")) for name, words in _FIELDS)

_NEAR = 14
"""Characters that may stand between a word and its sum: 预计达产后可实现年…不低于."""

_NEAR_BEHIND = 6
_DONE = Pattern(r"已完成|已融|完成了?[^,，。]{0,6}(?:轮|融)|刚融|融了|已到账|到账了")
_BEHIND = (
    ("annual_tax", Pattern(r"的?(?:年)?(?:税收|纳税)")),
    ("annual_output", Pattern(r"的?(?:年)?产值")),
    ("financing_need", Pattern(r"的?(?:种子|天使|Pre-?[AB]|[A-F])\+?轮?融资")),
    ("registered_capital", Pattern(r"的?注册资[本金]")),
    (NOT_THE_LEADS, Pattern(r"[^,，。；;\n]{0,14}基金|的?(?:贷款|补贴|订单|估值)|已(?:到账|关闭|完成|交割|拿)|到账")),
    ("planned_investment", Pattern(r"的?(?:总|计划)?投资")),
)


def said_before(text: str) -> Said | None:
    """Return the word nearest before a sum, ``text`` being what stands before it; of two that end together the longer.

    A round of financing that is over (已完成B轮融资3亿元) is no need.
    """
    best: tuple[int, int, str, str] | None = None
    for name, pattern in _LEFT:
        for match in pattern.finditer(text):
            key = (match.end(), -match.start(), name, match[0])
            if best is None or key[:2] > best[:2]:
                best = key
    if best is None:
        return None
    end, _start, name, word = best
    distance = len(text) - end
    if distance > _NEAR:
        return None
    if name == "financing_need" and _DONE.search(text):
        return Said(NOT_THE_LEADS, word, distance)
    return Said(name, word, distance)


def said_behind(text: str) -> Said | None:
    """Return the word right behind a sum, ``text`` being what follows it: 5000万元A轮融资, 100亿元的产业基金."""
    for name, pattern in _BEHIND:
        match = pattern.match(text)
        if match is not None:
            return Said(name, match[0].lstrip("的"), 0)
    return None


_OF_MANY_BEFORE = Pattern(
    r"(?:\d+|[一二三四五六七八九十]+)个[^,，。\n]{0,12}项目|项目(?:共计?)?\d+个|"
    r"全[区市省国](?!首)|同比|行业|产业20\d\d年"
)
_OF_MANY_BEHIND = Pattern(r"的?\d+个[^,，。\n]{0,8}项目|[^。\n]{0,12}同比|[^。\n]{0,6}占全[区市省国]")


def of_many(before: str, behind: str) -> str:
    """Return the words that say that a sum is that of many projects, a whole district or trade; "" for none.

    Args:
        before: the sentence up to the sum, from the last company named in it on.
        behind: the sentence from the sum on.
    """
    match = _OF_MANY_BEFORE.search(before) or _OF_MANY_BEHIND.match(behind)
    return "" if match is None else match[0].strip("的")
