"""What is said of wrong arguments: in the language in use, argparse's own words too."""

from __future__ import annotations

import argparse
import ast
import inspect
import re

import pytest

from crm.commands.arguments import WORDS
from crm.commands.line import COMMANDS, WRONG_ARGUMENTS, run
from crm.i18n import _

OF_PROGRAMMERS = {
    ".__call__() not defined",
    "conflicting subparser: %s",
    "conflicting subparser alias: %s",
    'argument "-" with mode %r',
    "can't open '%(filename)s': %(error)s",
    "cannot merge actions - two groups are named %r",
    "'required' is an invalid argument for positionals",
    "cannot have multiple subparser arguments",
    "mutually exclusive arguments must be optional",
    "positionals are not supported for dest with a prefix char",
    "%r is not callable",
    "invalid option string %(option)r: must start with a character %(prefix_chars)r",
    "dest= is required for options like %r",
    "invalid conflict_resolution value: %r",
    "unknown action",
    "unexpected option string: %s",
    "%(prog)s: warning: %(message)s\n",
    "argument '%(argument_name)s' is deprecated",
    "option '%(option)s' is deprecated",
    "command '%(parser_name)s' is deprecated",
}
"""Only a programmer who describes arguments can bring these about."""


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as caught:
        run(words)
    assert caught.value.code == WRONG_ARGUMENTS
    return capsys.readouterr().err


def test_every_word_of_argparse_is_in_the_catalogue() -> None:
    calls = (node for node in ast.walk(ast.parse(inspect.getsource(argparse))) if isinstance(node, ast.Call))
    words = {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "_" and isinstance(call.args[0], ast.Constant)
    }
    assert "usage: " in words
    assert words - OF_PROGRAMMERS <= set(WORDS)
    assert all(_(word) != word for word in WORDS)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--nope"], "xiangtu：无法识别的参数：--nope。"),
        (["nope"], "没有“nope”这一项，可选：'demo'"),
        (["check", "--land"], "xiangtu check：--land：须给出一个值。"),
        (["search"], "xiangtu search：缺少必填参数：TEXT。"),
        (["check", "--lang", "xx"], "--lang：没有“xx”这一项，可选：'zh_CN', 'en'。"),
        (["check", "--json=3"], "--json：该选项不带值，多给了 3。"),
        (["check", "--ta", "3"], "选项 --ta 不明确，可能是 --tax, --tax-year。"),
        (["imports", "--limit", "几"], "--limit：“几”不是整数。"),
        (["undo", "x"], "BATCH：“x”不是整数。"),
        (["imports", "--limit", "-3"], "--limit：-3 小于 1。"),
        (["search", "甲", "--limit", "0"], "--limit：0 小于 1。"),
        (["export", "龙", "a.xlsx"], "KIND：没有“龙”这一项"),
    ],
)
def test_wrong_arguments_are_told_in_chinese(
    capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
) -> None:
    told = said(capsys, *words)
    assert told.startswith("用法：xiangtu")
    assert sentence in told
    assert "--help”查看说明。" in told


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_is_in_its_language(capsys: pytest.CaptureFixture[str], command: str) -> None:
    for language, heading, other in (("zh_CN", "选项", "options"), ("en", "options", "选项")):
        with pytest.raises(SystemExit) as caught:
            run(["--lang", language, command, "--help"])
        told = capsys.readouterr().out
        assert caught.value.code == 0
        assert re.search(rf"^{heading}[:：]$", told, re.MULTILINE)
        assert other not in told


def test_an_option_that_would_lose_its_first_value_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, "check", "--area", "高铁新城", "--land", "25亩", "--tax", "5000", "--area", "开发区")
    assert "--area：只能给出一次。" in told
    told = said(capsys, "--lang", "en", "check", "--land", "25亩", "--land", "30亩")
    assert "argument --land: it may be given only once" in told
    assert run(["--lang", "en", "check", "--plot", "高铁新城:25亩", "--plot", "开发区:3亩", "--lang", "zh_CN"]) == 0
