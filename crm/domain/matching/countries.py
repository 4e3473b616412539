"""Countries and regions as people write them: 日本, 日本国, 日资, Japan, JP, JPN are one.

For 国际合作 an investor is foreign when a country or region outside 境内 is stated; 中国香港, 中国澳门 and 中国台湾 are
regions of China whose investors count as 境外 (decisions 31, 48).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

from crm.domain.matching.taxonomy import split_words

HOME = "CN"
"""境内: the mainland."""

BORDER_REGIONS = frozenset(("HK", "MO", "TW"))
"""Regions of China outside 境内: their investors count as 境外."""

_TAILS = ("独资", "合资", "资企业", "企业", "公司", "地区", "资", "企", "籍", "商", "方")

_NAMES = """
CN 中国大陆|China (mainland)|中国|中国内地|内地|大陆|境内|国内|本土|内|中华人民共和国|China|PRC|CHN|mainland|domestic
HK 中国香港|Hong Kong, China|香港|港|香港特别行政区|HKG|HongKong|Hong Kong SAR|Hong Kong
MO 中国澳门|Macao, China|澳门|澳门特别行政区|MAC|Macau|Macao
TW 中国台湾|Taiwan, China|台湾|台|台湾省|臺灣|TWN|Taiwan
JP 日本|Japan|日本国|日|JPN
KR 韩国|South Korea|大韩民国|韩|南韩|KOR|Korea|Republic of Korea
SG 新加坡|Singapore|星洲|SGP
MY 马来西亚|Malaysia|大马|MYS
TH 泰国|Thailand|泰|THA
ID 印度尼西亚|Indonesia|印尼|IDN
VN 越南|Vietnam|VNM|Viet Nam
PH 菲律宾|Philippines|PHL
IN 印度|India|IND
PK 巴基斯坦|Pakistan|PAK
KZ 哈萨克斯坦|Kazakhstan|KAZ
IL 以色列|Israel|以|ISR
AE 阿联酋|United Arab Emirates|阿拉伯联合酋长国|ARE|UAE
SA 沙特阿拉伯|Saudi Arabia|沙特|SAU
QA 卡塔尔|Qatar|QAT
TR 土耳其|Turkey|TUR|Türkiye
IR 伊朗|Iran|IRN
US 美国|United States|美利坚合众国|美|USA|America|U.S.|U.S.A.|United States of America
CA 加拿大|Canada|加|CAN
MX 墨西哥|Mexico|MEX
BR 巴西|Brazil|BRA
AR 阿根廷|Argentina|ARG
CL 智利|Chile|CHL
GB 英国|United Kingdom|大不列颠及北爱尔兰联合王国|英|GBR|UK|Britain|Great Britain|England
IE 爱尔兰|Ireland|IRL
FR 法国|France|法兰西共和国|法|FRA
DE 德国|Germany|德意志联邦共和国|德|DEU|GER
IT 意大利|Italy|意|ITA
ES 西班牙|Spain|ESP
PT 葡萄牙|Portugal|PRT
NL 荷兰|Netherlands|荷|NLD|Holland|The Netherlands
BE 比利时|Belgium|BEL
LU 卢森堡|Luxembourg|LUX
CH 瑞士|Switzerland|CHE
AT 奥地利|Austria|AUT
SE 瑞典|Sweden|SWE
DK 丹麦|Denmark|DNK
NO 挪威|Norway|NOR
FI 芬兰|Finland|FIN
IS 冰岛|Iceland|ISL
PL 波兰|Poland|POL
CZ 捷克|Czechia|捷克共和国|CZE|Czech Republic
HU 匈牙利|Hungary|HUN
RO 罗马尼亚|Romania|ROU
BG 保加利亚|Bulgaria|BGR
RS 塞尔维亚|Serbia|SRB
GR 希腊|Greece|GRC
UA 乌克兰|Ukraine|UKR
BY 白俄罗斯|Belarus|BLR
RU 俄罗斯|Russia|俄罗斯联邦|俄|RUS|Russian Federation
AU 澳大利亚|Australia|澳洲|澳|AUS
NZ 新西兰|New Zealand|NZL
ZA 南非|South Africa|ZAF
EG 埃及|Egypt|EGY
KY 开曼群岛|Cayman Islands|开曼|CYM
VG 英属维尔京群岛|British Virgin Islands|维尔京群岛|VGB|BVI
BM 百慕大|Bermuda|BMU
WS 萨摩亚|Samoa|WSM
SC 塞舌尔|Seychelles|SYC
MU 毛里求斯|Mauritius|MUS
"""

_PROVINCES = (
    "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 重庆 "
    "四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 苏州 南京 无锡 深圳 广州 杭州"
)
"""People write where in China a firm comes from; that is 境内."""


def country_codes(text: str) -> tuple[str, ...]:
    """Return the countries and regions a cell names: ISO codes, or the plain word of one that is not in the table."""
    return tuple(dict.fromkeys(country_code(word) for word in split_words(text)))


def country_code(word: str) -> str:
    """Return the ISO code of a country or region, HOME for a place in the mainland, else the plain word."""
    plain = _plain(word)
    codes = _codes()
    if plain in codes:
        return codes[plain]
    for tail in _TAILS:
        if plain.endswith(tail) and plain.removesuffix(tail) in codes:
            return codes[plain.removesuffix(tail)]
    return HOME if plain.startswith(_provinces()) else plain


def country_name(code: str, *, chinese: bool) -> str:
    """Return the name of a country or region, the code itself when it is not in the table."""
    names = _names().get(code)
    return code if names is None else names[0 if chinese else 1]


def foreign(codes: Iterable[str]) -> tuple[str, ...]:
    """Return those outside 境内."""
    return tuple(code for code in codes if code != HOME)


def _plain(word: str) -> str:
    return "".join(unicodedata.normalize("NFKC", word).split()).casefold()


@cache
def _names() -> dict[str, tuple[str, ...]]:
    lines = (line.split(" ", 1) for line in _NAMES.strip().splitlines())
    return {code: tuple(words.split("|")) for code, words in lines}


@cache
def _codes() -> dict[str, str]:
    return {_plain(word): code for code, words in _names().items() for word in (code, *words)}


@cache
def _provinces() -> tuple[str, ...]:
    return tuple(_PROVINCES.split())
