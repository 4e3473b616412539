"""Our own labels as headings: what the program writes over a column it also reads, in both languages.

For kinds of record beside leads these are the vocabulary, with a few more words bureaus use.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from crm.domain.fields.registry import RECORD_KINDS, Field
from crm.domain.imports.kinds import CONTACTS, FOLLOW_UPS, IMPORT_FIELDS
from crm.domain.imports.texts import plain
from crm.i18n import LANGUAGES, _, use_language

MORE: Mapping[str, Mapping[str, str]] = {
    "leads": {},
    "communities": {
        "name": "研发社区 社区 社区名称 研发社区名称 科研社区名称 载体名称 园区名称 名称",
        "code": "社区编号 载体编号 编号 编码",
        "fields": "主导产业 产业领域 产业方向 重点产业 领域",
        "area": "门槛区域 板块 片区 所属板块",
        "operator": "运营单位 运营方 运营公司 管理单位",
        "ready": "交付时间 可交付时间 竣工时间 可用时间",
        "environment": "环保能力 环境能力",
        "international": "国际合作 合作国家 国际合作国别",
        "rent": "租金 租金水平",
        "source": "来源 资料来源 数据来源",
        "as_of": "更新日期 更新时间 截至日期 数据日期",
    },
    "funds": {
        "name": "基金名称 基金 名称",
        "code": "基金编号 编号 编码",
        "manager": "管理人 基金管理人 管理机构",
        "fields": "投资领域 投资方向 赛道 领域",
        "stages": "投资阶段 阶段 轮次",
        "core_stages": "核心阶段 重点阶段",
        "ticket_low": "单笔下限 最低单笔 单笔投资下限",
        "ticket_high": "单笔上限 最高单笔 单笔投资上限",
        "remaining": "可投余额 剩余额度 可投金额 余额",
        "size": "基金规模 规模 总规模",
        "size_basis": "规模口径",
        "invest_until": "投资期止 投资期截止 投资期至",
        "per_project_cap": "单项目上限 单一项目上限",
        "similar_investments": "同类已投 同类已投数",
        "return_ratio": "返投比例 返投倍数 返投要求",
        "region": "地域要求 投资地域",
        "source": "来源 资料来源",
        "as_of": "更新日期 更新时间 截至日期",
    },
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
    "plots": {
        "code": "地块编号 宗地编号 编号 编码",
        "area": "门槛区域 板块 片区 所属板块",
        "land": "面积 地块面积 宗地面积 用地面积 土地面积",
        "land_use": "用途 土地用途 用地性质 规划用途",
        "plot_ratio": "容积率",
        "origin": "来源类型 土地来源",
        "status": "状态 地块状态",
        "locked_by": "意向项目 锁定项目",
        "locked_until": "锁定期限 锁定到期日",
        "source": "来源 资料来源",
        "as_of": "更新日期 更新时间 截至日期",
    },
}
"""More headings of the fields of each kind."""


def field_of_label(fields: Mapping[str, Field], text: str) -> str | None:
    """Return the field whose canonical name or label a plain heading is."""
    kind = next((kind for kind, known in IMPORT_FIELDS.items() if known is fields), None)
    return _labels(kind).get(text.lower()) if kind else None


def _more(kind: str) -> Mapping[str, str]:
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
