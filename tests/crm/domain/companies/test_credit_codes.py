from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.companies.credit_codes import ALPHABET, read_credit_code
from crm.domain.companies.explain import explain_credit_code
from crm.i18n import use_language

GOOD = [  # practice.md §7: four public companies, three fictional ones
    "91330100799655058B",
    "9144030071526726XG",
    "914403001922038216",
    "91110000802100433B",
    "91320507MA9XC00178",
    "91320507MA9XC00253",
    "91320507MA9XC0033X",
]


@pytest.mark.parametrize("code", GOOD)
def test_a_good_code_passes_both_checks(code: str) -> None:
    assert read_credit_code(code).fault is None
    assert read_credit_code(code).fault is None


@pytest.mark.parametrize(
    "text", ["91320507ma9xc00178", "９１３２０５０７ＭＡ９ＸＣ００１７８", " 91320507 MA9XC0017-8 "]
)
def test_a_code_is_kept_in_one_form(text: str) -> None:
    assert read_credit_code(text).code == "91320507MA9XC00178"
    assert read_credit_code(text).fault is None


@pytest.mark.parametrize(
    ("code", "fault", "said"),
    [
        ("91320507MA9XC00254", "code_check", "末位（校验位）应为 3，现为 4"),
        ("91320507MA9XC00278", "code_organisation", "第 17 位（组织机构代码校验位）应为 5，现为 7"),
        ("9132050", "code_length", "应为 18 位，现为 7 位"),
        ("91320507MA9XC001789", "code_length", "应为 18 位，现为 19 位"),
        ("91320507MA9VC00178", "code_character", "不使用字符 V"),
        ("91ABCDEFMA9XC00178", "code_region", "应为数字（行政区划码），现为 ABCDEF"),
    ],
)
def test_a_fault_is_named(code: str, fault: str, said: str) -> None:
    read = read_credit_code(code)
    assert read.fault is not None
    assert read.fault.code == fault
    assert said in explain_credit_code(read)
    with use_language("en"):
        assert "redit code" in explain_credit_code(read)


def test_look_alikes_are_hinted_never_mended() -> None:
    read = read_credit_code("9I320507MA9XCOO178")
    assert read.code == "9I320507MA9XCOO178"
    assert read.hint == "91320507MA9XC00178"
    assert explain_credit_code(read).endswith("可能应为 91320507MA9XC00178，请核对营业执照。")


def test_no_hint_when_the_look_alike_does_not_hold_either() -> None:
    assert read_credit_code("91320507MA9XCOO278").hint is None


@given(st.sampled_from(GOOD), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_found(code: str, place: int, letter: str) -> None:
    changed = code[:place] + letter + code[place + 1 :]
    assert (read_credit_code(changed).fault is None) == (changed == code)
