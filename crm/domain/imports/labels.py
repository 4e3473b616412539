"""Our own labels as headings: what the program writes over a column it also reads, in both languages.

For kinds of record beside leads these are the vocabulary, with a few more words bureaus use.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from crm.domain.fields.registry import RECORD_KINDS, Field
from crm.domain.imports.kinds import CONTACTS, FOLLOW_UPS, IMPORT_FIELDS
from crm.domain.imports.resource_headings import RESOURCE_HEADINGS
from crm.domain.imports.texts import plain
from crm.i18n import LANGUAGES, _, use_language

MORE: Mapping[str, Mapping[str, str]] = {
    "leads": {},
    FOLLOW_UPS: {
        "code": "项目编号 项目编码 线索编号 编号 编码",
        "name": "项目 项目名称 企业名称 公司名称 客户名称 客户 企业 线索名称 走访企业 对接企业 单位名称",
        "investor": "投资方 投资主体 投资方名称",
        "kind": "跟进方式 方式 形式 类型 活动类型 联系方式 对接方式 跟进类型 活动形式 沟通方式",
        "at": "跟进时间 跟进日期 时间 日期 走访时间 走访日期 拜访时间 对接时间 洽谈时间 活动时间 会议时间 联系时间",
        "by": "跟进人 跟进人员 经办人 责任人 记录人 走访人 走访人员 招商人员 填报人 联络人 创建人 作者 负责人 参加人员",
        "note": "跟进内容 跟进情况 走访情况 洽谈内容 洽谈情况 会谈内容 沟通内容 对接情况 进展情况 活动内容 会议内容 "
        "内容 情况 备注 记录 走访记录 跟进记录",
        "next_step": "下一步 下一步计划 下步计划 下一步工作 后续计划 下步打算",
        "next_date": "下次跟进时间 下次联系时间 下次时间 计划时间",
    },
    CONTACTS: {
        "name": "项目 项目名称 企业名称 公司名称 客户名称 客户 企业 单位名称 单位 公司",
        "contact": "姓名 联系人 联系人姓名 企业联系人 对接人 客户联系人 负责人",
        "contact_phone": "电话 手机 手机号 手机号码 联系电话 联系方式 联系人电话",
    },
}
"""More headings of the fields of each kind."""


def field_of_label(fields: Mapping[str, Field], text: str) -> str | None:
    """Return the field whose canonical name or label a plain heading is."""
    kind = kind_of(fields)
    return _labels(kind).get(text.lower()) if kind else None


def kind_of(fields: Mapping[str, Field]) -> str | None:
    """Return the kind of what is imported that has these fields."""
    return next((kind for kind, known in IMPORT_FIELDS.items() if known is fields), None)


def _more(kind: str) -> Mapping[str, str]:
    if kind in RESOURCE_HEADINGS:
        words: dict[str, str] = {}
        for heading in RESOURCE_HEADINGS[kind]:
            if heading.field and not heading.part:
                words[heading.field] = f"{words.get(heading.field, '')} {heading.words}"
        return words
    return RECORD_KINDS[kind].headings if kind in RECORD_KINDS else MORE[kind]


@lru_cache(maxsize=64)
def _labels(kind: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name, field in IMPORT_FIELDS[kind].items():
        found[name] = name
        for language in LANGUAGES:
            with use_language(language):
                found.setdefault(plain(_(field.label)).lower(), name)
    for name, words in _more(kind).items():
        for word in words.split():
            found.setdefault(word, name)
    return found
