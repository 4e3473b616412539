from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.companies.names import is_generic, name_key, read_name


@pytest.mark.parametrize(
    ("name", "key", "core"),
    [
        ("苏州某某智能科技有限公司", "某某智能科技", "某某"),
        ("某某智能（苏州）项目", "某某智能", "某某"),
        ("某某智能(苏州)项目二期", "某某智能", "某某"),
        ("江苏省苏州市汇川技术股份有限公司", "汇川技术", "汇川"),
        ("汇川技术（苏州）有限公司", "汇川技术", "汇川"),
        ("ＡＢＣ　科技", "abc科技", "abc"),
        ("Bosch (Suzhou) Co., Ltd.", "bosch", "bosch"),
        ("ABB（中国）有限公司", "abb", "abb"),
        ("㈱村田製作所", "村田制作所", "村田制作所"),
        ("梁平县宏宇车厢制造有限公司", "宏宇车厢制造", "宏宇车厢"),
        ("泰安市振华机器(集团)有限公司", "振华机器", "振华"),
        ("华联超市有限公司", "华联超市", "华联"),  # 华联超 is no city
        ("北京市政路桥股份有限公司", "北京市政路桥", "北京市政路桥"),  # nor is 政 a brand
        ("苏州科技有限公司", "苏州科技", "苏州科技"),  # 科技 would be everybody
        ("海南高速公路股份有限公司", "海南高速公路", "海南高速公路"),
        ("北京大学", "北京大学", "北京大学"),
        ("华为技术有限公司年产5万台电机项目", "华为技术", "华为"),
        ("甲乙材料（原丙丁）有限公司", "甲乙材料", "甲乙"),
    ],
)
def test_layers(name: str, key: str, core: str) -> None:
    assert (read_name(name).key, read_name(name).core) == (key, core)


@pytest.mark.parametrize(
    ("name", "places", "branch", "project", "full"),
    [
        ("某某智能（苏州）项目二期", ("苏州",), "", "项目二期", False),
        ("江苏省苏州市汇川技术股份有限公司苏州分公司", ("江苏", "苏州"), "苏州分公司", "", True),
        ("华为苏州分公司", (), "苏州分公司", "", False),
        ("华为技术有限公司年产5万台电机项目", (), "", "年产5万台电机项目", True),
        ("某某电池（一期）生产基地", (), "", "生产基地一期", False),
    ],
)
def test_what_is_kept_apart(name: str, places: tuple[str, ...], branch: str, project: str, *, full: bool) -> None:
    read = read_name(name)
    assert (read.places, read.branch, read.project, read.full) == (places, branch, project, full)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "！",
        "有限公司",
        "生产基地项目",
        "人工智能产业园项目",
        "高铁新城总部项目",
        "待定",
        "苏州",
        "科",
        "苏州工业园区",
    ],
)
def test_a_name_that_says_nobody_is_marked(name: str) -> None:
    assert read_name(name).generic


@pytest.mark.parametrize("name", ["苏州科技有限公司", "某某", "西门子", "严牌股份"])
def test_a_name_that_says_somebody_is_not(name: str) -> None:
    assert not read_name(name).generic


PARTS = [
    "苏州",
    "江苏省",
    "市",
    "某某",
    "智能",
    "科技",
    "有限公司",
    "集团",
    "（",
    "）",
    "二期",
    "项目",
    "分公司",
    "A",
    " ",
    "股份",
]


@given(st.lists(st.sampled_from(PARTS), max_size=8).map("".join))
def test_no_layer_is_empty_or_says_less_than_a_generic_name(name: str) -> None:
    read = read_name(name)
    assert bool(read.key) == bool(read.text)
    assert bool(read.core) == bool(read.key)
    assert read.generic or not is_generic(read.core)
    assert name_key(name.replace(" ", "　")) == read.key
