"""Which number formats tell more than the value."""

from __future__ import annotations

import pytest

from crm.workbooks.formats import BUILT_IN, tells

MORE = [
    'yyyy"年"m"月"',
    "yyyy年m月",
    "mmm-yy",
    "yyyy/m",
    "yyyy",
    'm"月"d"日"',
    "m/d;@",
    "h:mm",
    "h:mm AM/PM",
    "[h]:mm:ss",
    "[mm]:ss",
    '上午/下午h"时"mm"分"',
    "0%",
    "0.00%",
    "@",
    "000000",
    "00,000",
    '0.00"亿元"',
    "0.00万",
    "0.00,",
    "#,##0.00,,",
    '0!.0,"万"',
    '"¥"#,##0.00',
    "[$¥-804]#,##0.00",
    "[$$-409]#,##0.00",
    'General"天"',
    ";;;",
    '[>=10000]0.0,"万";0',
    "0\\亩",
    '"第"0"期"',
    '[DBNum1][$-804]yyyy"年"m"月";@',
]
NO_MORE = [
    "",
    "General",
    "G/通用格式",
    "0",
    "0.00",
    "#,##0",
    "#,##0.00",
    "0.000000",
    "#,##0.00_);[Red]\\(#,##0.00\\)",
    "0.00E+00",
    "# ?/?",
    "[Red]0",
    "[红色]0.00",
    "0_ ",
    '0;-0;"-"',
    "yyyy-mm-dd",
    "yyyy/m/d",
    'yyyy"年"m"月"d"日"',
    "yyyy-mm-dd hh:mm",
    "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
    'e"年"m"月"d"日"',
    '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ',
]


@pytest.mark.parametrize("code", MORE)
def test_a_format_that_tells_more(code: str) -> None:
    assert tells(code)


@pytest.mark.parametrize("code", NO_MORE)
def test_a_format_that_tells_no_more(code: str) -> None:
    assert not tells(code)


def test_the_built_in_dates_without_a_day_are_known() -> None:
    assert {number for number in (14, 27, 31, 57) if tells(BUILT_IN[number])} == {27, 57}
