"""Who a text speaks of: the company, the person to talk to, the telephone, who referred it, the project's name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crm.domain.capture.industries import INDUSTRIES
from crm.domain.capture.marks import Certainty, Mark
from crm.domain.companies.credit_codes import read_credit_code
from crm.domain.companies.places import PLACES
from crm.domain.fields.contacts import read_phone
from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.quantities.patterns import Pattern
from crm.domain.reasons import Reason
from crm.errors import ValueRefusedError

_NAME_SIGN = Pattern(r"[\u4e00-\u9fffA-Za-z0-9·&()]")
_LEGAL = Pattern(
    r"(?:有限责任公司|股份有限公司|有限公司|股份公司|集团公司|株式会社|"
    r"会社(?:\([^()]{1,6}\)有限公司)?|集团(?=[,，。；;\n ]|$|与|和|投|将))"
)
_LONGEST = 36
_WIDE = str.maketrans("()", "（）")
_VERBS = Pattern(
    r"接待|拜访|走访|对接|联系|推荐|介绍|引荐|邀请|收到|来自|其中|我们?是|我司|我公司|旗下|孵化|业主|客户|投资方|"
    r"企业(?=[^,，]{4})|单位(?=[^,，]{4})|配套商|给力|登记|附件是|了解|项目方|双方|(?:今|明|昨|后)天(?:上午|下午|晚上)?和?|(?:上|下)午和?|近日|日前|领投|牵头|"
    r"同意|那边|这边|有家|一家|那家|(?:的|了)(?=[^的]{3,})|叫做?(?=[^叫]{4})|包括"
)
_BEFORE_PLACE = frozenset("跟和与及由是为在向对找访给从到让请将于约")
_BRACKET = Pattern(r"(?:\((?:[\d一二三四五六七八九十]{1,2}\))?|\)|[与跟由对向](?=.{4}))+")
_ENGLISH = Pattern(
    r"(?<![A-Za-z])[A-Z][A-Za-z&'.-]*(?: [A-Z][A-Za-z&'.-]*){0,5},? (?:Co\.?, ?Ltd\.?|Ltd\.?|Limited|"
    r"Inc\.?|LLC|GmbH|AB|AG|SAS|S\.r\.l\.|"
    r"S\.A\.|PLC|Corp\.?|B\.V\.|K\.K\.)(?![A-Za-z])"
)
_TRADES = (
    r"科技|智能|生物医药|生物|医药|医疗|电子|微电子|半导体|新材料?|能源|机器人|汽车电子|汽车|动力|光电|装备|精密|农业科技|农业|水务科技|集团|传感|自动化|信息|"
    r"数据|软件|网络|制药|环保|激光|航空|芯片|资本|电源|电器|电气|化工|化学|食品|电机|模具|重工|机械|影业"
)
_SHORT = Pattern(
    rf"(?<![\u4e00-\u9fff])(?P<name>[\u4e00-\u9fff]{{2,8}}?(?:{_TRADES}))(?=[ ,，。；;\n:()]|$|想|要|"
    rf"的[\u4e00-\u9fff]{{1,3}}(?:总|博士|经理)|拟|计划|将|还|项目)"
)
_SHORT_BY_LABEL = Pattern(
    r"(?<![\u4e00-\u9fff])(?:企业名称|公司名称|投资方|企业|公司|单位|业主|"
    r"客户)[:： ]+(?P<name>[\u4e00-\u9fffA-Za-z0-9()·&.]{2,30}?)(?=[,，。；;\n]|$| )"
)
_NO_NAME = Pattern(
    r"一家|这个|这家|该|某|领导|各位|有家|有个|几家|两个|多个|新能源汽车$|.*产业.*|.*基金.*|.*行业.*|^(?:人工|研发|先进|智慧|数字|高端).*|.*招商.*|"
    r".*推荐.*|.*介绍.*|.*(?:做|搞|投|设|建|要|是|有|来|看|去|跟|找|从|据|说|想).{0,9}$"
)
_CALLED = Pattern(r"^(?:名字叫|名叫|叫做?|是|和|与|跟)")
_PLACE_COMPANY = Pattern(r"^(?:.{2,3}[省市区县])?(?:科技|智能|生物|电子|医疗|信息|农业|能源)")

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白"
    "邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温詹施乔翁章焦倪庄柳虞朴费裴祝鲁岳齐苗尤"
    "葛俞简洪芦康伍余卜穆湛祁狄臧茅庞纪舒屈阮蓝闵麻娄童颜梅盛刁骆樊凌霍柯裘缪宗宣郁杭诸左吉钮荀惠甄曲靳巫焦谷班仇甘厉戎祖符詹叶蒲赖卓蔺屠蒙池闻翟"
    "劳姬冉宰雍桑桂牛寿燕冀浦晏柴瞿阎慕茹艾慎戈耿沃巩聂晁敖辛阚饶"
)
_FOREIGN_SURNAMES = (
    "铃木|田中|佐藤|高桥|渡边|伊藤|山本|中村|小林|加藤|吉田|山田|佐佐木|松本|井上|木村|斋藤|清水|山崎|"
    "欧阳|司马|上官|诸葛|司徒|东方"
)
_TITLES = (
    r"总经理|副总经理|副总裁|总裁|副总|总监|董事长|董事|总(?!投|计|共|额|部|书|体|的|面|量|产|税)|工(?!业|程|厂|作|艺|地|期|人|资|商|信|序|具)|博士|教授|经理|"
    r"先生|女士|小姐|部长|社长|老师|老板|秘书|厂长"
)
_SURNAME = rf"(?:{_FOREIGN_SURNAMES}|[{''.join(sorted(SURNAMES))}])"
_TITLED = Pattern(rf"(?P<name>{_SURNAME}[\u4e00-\u9fff]{{0,2}}?(?:{_TITLES}))(?P<behind>.{{0,2}})")
_TITLE_FIRST = Pattern(
    rf"(?:董事长|总经理|总裁|创始人|CEO|总监|经理|"
    rf"老板) ?(?P<name>{_SURNAME}[\u4e00-\u9fff]{{1,2}})(?=[ ,，。；;\n\d()]|$)"
)
_OF_COMPANY = Pattern(rf"的(?P<name>{_SURNAME}[\u4e00-\u9fff]{{1,2}})(?=[ ,，。；;\n\d]|$)")
_TITLED_APART = Pattern(rf"(?P<name>{_SURNAME}[\u4e00-\u9fff]{{1,2}})[ (]+(?:{_TITLES}|招商总监|负责人)")
_LABELLED = Pattern(
    r"(?:联系人|对接人|联络人|中国区负责人|负责人|在华代表|法定代表人|法人代表|法人|姓名)[:： ]*"
    rf"(?P<name>{_SURNAME}[\u4e00-\u9fff]{{0,2}}(?:{_TITLES})|{_SURNAME}[\u4e00-\u9fff]{{1,2}}(?![\u4e00-\u9fff])|"
    r"(?:Mr|Ms|Mrs|Dr)\.? ?[A-Z][A-Za-z]+|[A-Z][a-z]+ [A-Z][a-z]+)"
)
_BESIDE_PHONE = Pattern(rf"(?P<name>{_SURNAME}[\u4e00-\u9fff]{{1,2}}) ?[:：(,，]? ?$")
_BEHIND_PHONE = Pattern(rf" ?[,，:]? ?(?P<name>{_SURNAME}[\u4e00-\u9fff]{{1,2}})(?=[ ,，。；;\n]|$)")
_FIRST_LINE = Pattern(rf"^(?P<name>{_SURNAME}[\u4e00-\u9fff]{{1,2}}):\n")
_MOBILE = Pattern(r"(?<![\dA-Za-z])(?:\+?86[- ]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
_LANDLINE = Pattern(r"(?<![\dA-Za-z-])(?:\(0\d{2,3}\)|0\d{2,3})[- ]?[2-9]\d{6,7}(?:[-转]\d{1,5})?(?!\d)")
_NAMED_PHONE = Pattern(r"(?:电话|手机|联系方式|tel|mobile)[:： .]*(?P<number>\+?\d[\d -]{6,16}\d)(?!\d)")
_CODE = Pattern(r"(?<![0-9A-Za-z])[0-9A-Za-z]{18}(?![0-9A-Za-z])")
_REFERRED = Pattern(
    r"(?P<name>[\u4e00-\u9fffA-Za-z0-9]{2,16}?)(?:那边|这边)?(?:介绍|推荐|引荐|牵线|转介|转来|"
    r"转(?=[:：]))(?!会|信|书|一个|一下|人[:： ])"
)
_REFERRER = Pattern(r"(?:推荐人|引荐人|介绍人)[:： ]*(?P<name>[\u4e00-\u9fffA-Za-z0-9]{2,16})")
_LEADING = Pattern(r"^(?:刚?接到|收到|来自|通过|经过?|由|据|是|请|我们?|各位(?:领导)?|都是|听)+")
_PROJECT = Pattern(
    r"(?:项目名称|拟建项目|项目[一二三四五六七八九十\d]|项目|意向)(?:[:：] ?|"
    r" (?=[\u4e00-\u9fff]))(?P<name>[\u4e00-\u9fffA-Za-z0-9“”\"()·]{4,40}?)(?=[,，。；;\n-]|$| )"
)
_NO_PROJECT = Pattern(
    r"^(?:总?投|用地|土地|占地|税|年产值|年税|需要?|联系|落户)|\d亩|[万亿]元|\d[万亿](?!台|套|吨|片|件|只)"
)
_QUOTED = Pattern(r"(?P<name>[“\"「《][^“”\"「」《》\n]{1,16}[”\"」》][\u4e00-\u9fff]{0,10}项目)")
_YEARLY = Pattern(r"(?P<name>年产[^,，。；;\n]{2,30}?项目)")
_DASHED = Pattern(r"-(?P<name>[\u4e00-\u9fffA-Za-z0-9]{4,24}(?:基地|项目|中心|产线|总部|产业园))(?=-)")


# -- companies


def companies(text: str) -> list[Mark]:
    """Return the companies a plain text names, by place; short names only where no registered name stands there."""
    found = [*_registered(text), *_english(text)]
    taken = [(mark.start, mark.end) for mark in found]
    for mark in (*_labelled(text), *_short(text)):
        if not any(first < mark.end and mark.start < last for first, last in taken):
            found.append(mark)
            taken.append((mark.start, mark.end))
    return sorted(found, key=lambda mark: mark.start)


def _registered(text: str) -> Iterator[Mark]:
    last = 0
    for match in _LEGAL.finditer(text):
        start = _beginning(text, max(last, match.start() - _LONGEST), match.start())
        name = text[start : match.end()]
        last = match.end()
        if match.start() - start >= 2:  # noqa: PLR2004  (a name has two characters beside its form)
            yield _company(start, match.end(), name, Certainty.CERTAIN, Reason("legal_form", {"word": match[0]}))


def _beginning(text: str, least: int, legal: int) -> int:
    """Return where a registered name begins, whose legal form stands at ``legal``."""
    start = legal
    while start > least and _NAME_SIGN.match(text[start - 1]):
        start -= 1
    if marker := _BRACKET.match(text[start:legal]):
        start += marker.end()
    cut = start
    for verb in _VERBS.finditer(text[start:legal]):
        if legal - (start + verb.end()) >= 2:  # noqa: PLR2004  (as above)
            cut = start + verb.end()
    if marker := _BRACKET.match(text[cut:legal]):
        cut += marker.end()
    for place in range(cut + 1, legal - 2):
        if text[place - 1] in _BEFORE_PLACE and PLACES.start_of(text[place:legal]):
            return place
    return cut


def _english(text: str) -> Iterator[Mark]:
    for match in _ENGLISH.finditer(text):
        words = match[0].split()[-1]
        yield _company(*match.span(), match[0], Certainty.CERTAIN, Reason("legal_form", {"word": words}))


def _labelled(text: str) -> Iterator[Mark]:
    for match in _SHORT_BY_LABEL.finditer(text):
        if not _NO_NAME.match(match["name"]) and not match["name"].isdigit():
            label = match[0][: match.start("name") - match.start()].strip(": ：")
            yield _company(*match.span("name"), match["name"], Certainty.CERTAIN, Reason("label", {"word": label}))


def _short(text: str) -> Iterator[Mark]:
    for match in _SHORT.finditer(text):
        start, end = match.span("name")
        for verb in _CALLED.finditer(text[start:end]):
            start += verb.end()
        name = text[start:end]
        if name in INDUSTRIES or len(name) < 4:  # noqa: PLR2004  (two characters and a trade)
            continue
        if not _NO_NAME.match(name) and not _PLACE_COMPANY.fullmatch(name) and name not in PLACES:
            yield _company(start, end, name, Certainty.LIKELY, Reason("short_name"))


def _company(start: int, end: int, name: str, certainty: Certainty, reason: Reason) -> Mark:
    value = name.strip()
    if any("\u4e00" <= sign <= "\u9fff" for sign in value):
        value = value.translate(_WIDE)
    return Mark(start, end, "investor", value, name, certainty, reason)


# -- people and telephones


def phones(text: str) -> list[Mark]:
    """Return the telephone numbers of a plain text, by place."""
    found: list[Mark] = []
    for pattern, group in ((_MOBILE, 0), (_LANDLINE, 0), (_NAMED_PHONE, "number")):
        for match in pattern.finditer(text):
            start, end = match.span(group)
            if any(mark.start < end and start < mark.end for mark in found):
                continue
            try:
                value = read_phone(LEAD_FIELDS["contact_phone"], text[start:end])
            except ValueRefusedError:
                continue
            if value is not None:
                reason = Reason("telephone")
                found.append(Mark(start, end, "contact_phone", value, text[start:end], Certainty.CERTAIN, reason))
    return sorted(found, key=lambda mark: mark.start)


def contacts(text: str, numbers: Sequence[Mark], referrers: Sequence[Mark]) -> list[Mark]:
    """Return the people a plain text names, the likeliest first: named as contact, beside a number, by their title."""
    found: list[Mark] = []
    for match in _LABELLED.finditer(text):
        label = match[0][: match.start("name") - match.start()].strip(": ：")
        certainty = (
            Certainty.POSSIBLE if label.startswith("法") else Certainty.CERTAIN
        )  # the head need not be the contact
        found.append(_person(match.span("name"), match["name"], certainty, Reason("label", {"word": label})))
    for pattern in (_TITLED_APART, _TITLE_FIRST):
        titled = pattern.finditer(text)
        found += [_person(each.span("name"), each["name"], Certainty.CERTAIN, Reason("title")) for each in titled]
    found += [
        _person(match.span("name"), match["name"], Certainty.LIKELY, Reason("of_company"))
        for match in _OF_COMPANY.finditer(text)
        if text[: match.start()].endswith("公司")
    ]
    found += _beside(text, numbers)
    for match in _TITLED.finditer(text):
        addressed = "好" in match["behind"] or text[match.start() - 1 : match.start()] == "陪"
        if not addressed and not _official(match["name"]):
            near = any(0 <= number.start - match.end("name") <= 3 for number in numbers)  # noqa: PLR2004  (a blank, a comma)
            certainty = Certainty.CERTAIN if near else Certainty.LIKELY
            found.append(_person(match.span("name"), match["name"], certainty, Reason("title")))
    first = _FIRST_LINE.match(text)
    if first is not None:
        found.append(_person(first.span("name"), first["name"], Certainty.POSSIBLE, Reason("sender")))
    apart = [one for one in found if not any(r.start < one.end and one.start < r.end for r in referrers)]
    return sorted(apart, key=lambda mark: (-mark.certainty, mark.start))


def _beside(text: str, numbers: Sequence[Mark]) -> Iterator[Mark]:
    for number in numbers:
        before = text[max(0, number.start - 8) : number.start]
        match = _BESIDE_PHONE.search(before)
        if match is not None and not text[number.start - len(before) + match.start() - 1 : number.start][:1].isalpha():
            shift = number.start - len(before)
            span = (shift + match.start("name"), shift + match.end("name"))
            yield _person(span, match["name"], Certainty.CERTAIN, Reason("beside_number"))
            continue
        behind = _BEHIND_PHONE.match(text[number.end : number.end + 8])
        if behind is not None:
            span = (number.end + behind.start("name"), number.end + behind.end("name"))
            yield _person(span, behind["name"], Certainty.CERTAIN, Reason("beside_number"))


def _official(name: str) -> bool:
    return name.endswith(("局", "科", "主任", "书记", "区长", "处长"))


def _person(span: tuple[int, int], name: str, certainty: Certainty, reason: Reason) -> Mark:
    return Mark(*span, "contact", name.strip(), name, certainty, reason)


# -- what else names a lead


def referrers(text: str) -> list[Mark]:
    """Return who referred it, by place: 浙商总会推荐, 老张介绍的."""
    found = []
    for match in _REFERRED.finditer(text):
        name = match["name"]
        start = match.start("name") + (len(name) - len(_LEADING.sub("", name)))
        name = text[start : match.end("name")].strip()
        if len(name) >= 2:  # noqa: PLR2004  (据介绍, 推荐一个项目: by nobody)
            found.append(_referrer(start, start + len(name), name, match[0][-2:]))
    named = _REFERRER.finditer(text)
    return found + [_referrer(*match.span("name"), match["name"], match[0][:3]) for match in named]


def _referrer(start: int, end: int, name: str, word: str) -> Mark:
    return Mark(start, end, "referrer", name, name, Certainty.LIKELY, Reason("near_word", {"word": word}))


def credit_codes(text: str) -> Iterator[Mark]:
    """Give the social credit codes whose check digits hold; another run of 18 signs is none."""
    for match in _CODE.finditer(text):
        code = read_credit_code(match[0])
        if code.fault is None:
            yield Mark(*match.span(), "credit_code", code.code, match[0], Certainty.CERTAIN, Reason("check_digits"))


def projects(text: str, named: Sequence[Mark]) -> Iterator[Mark]:
    """Give what the project is called; what names a company is no project."""
    for pattern in (_PROJECT, _QUOTED, _YEARLY, _DASHED):
        for match in pattern.finditer(text):
            start, end = match.span("name")
            if _NO_PROJECT.search(match["name"]) or any(mark.start < end and start < mark.end for mark in named):
                continue
            label = match[0][: start - match.start()].strip(": ：-")
            reason = Reason("label", {"word": label}) if label else Reason("called_project")
            yield Mark(start, end, "name", match["name"].strip(), match["name"], Certainty.LIKELY, reason)
