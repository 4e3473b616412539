"""``xiangtu sector``."""

from __future__ import annotations

import json
from io import StringIO

from crm.commands.line import DONE, MENDABLE, run


def call(*words: str) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    return run(words, out=out, err=err), out.getvalue(), err.getvalue()


def test_json_gives_codes_words_and_classes() -> None:
    code, out, _err = call("--json", "sector", "集成电路制造；半导体器件", "--name", "某芯片公司（虚构）")
    document = json.loads(out)
    assert code == DONE
    assert document["divisions"][0]["code"] == "C39"
    assert "集成电路" in document["divisions"][0]["words"]
    assert {"code": "3973", "name": "集成电路制造"} in document["divisions"][0]["classes"]


def test_no_suggestion_is_said() -> None:
    code, out, _err = call("sector", "待定")
    assert code == DONE
    assert "无法推荐" in out


def test_a_code_of_two_editions_is_told_with_both_names() -> None:
    _code, out, _err = call("sector", "--code", "C3963")
    assert "智能无人飞行器制造" in out
    assert "集成电路制造" in out


def test_nothing_given_is_refused_in_a_sentence() -> None:
    code, _out, err = call("sector")
    assert code == MENDABLE
    assert "--lead" in err
