"""The preferences' file: the simple form that is read without tomllib, and what is left to it."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, replace
from pathlib import Path

import platformdirs
import pytest

from crm.settings import Settings, _document, _plain, load_settings, save_settings, settings_folder


@pytest.mark.parametrize(
    "officer", ["", "周敏", "a = b", "#1", "换行\n", '引"号"', "D:\\招商\\相土.db", "\u2028", "\x7f"]
)
def test_what_was_written_is_read_again(officer: str, tmp_path: Path) -> None:
    kept = replace(Settings(), officer=officer, zoom=125, office_fonts=True)
    text = save_settings(kept, tmp_path).read_text(encoding="utf-8")
    assert load_settings(tmp_path) == (kept, None)
    assert _document(text) == tomllib.loads(text) == asdict(kept)


def test_a_usual_file_needs_no_more_than_the_simple_form(tmp_path: Path) -> None:
    text = save_settings(Settings(), tmp_path).read_text(encoding="utf-8")
    assert _plain(text) == asdict(Settings())


@pytest.mark.parametrize(
    "text",
    [
        'zoom=100\nofficer = "周"',
        "zoom = 1_00",
        "zoom = 007",
        "zoom = +7",
        "zoom = 7 # words",
        "zoom = ７",
        'officer = "周" # "words"',
        "officer = '周'",
        'officer = "周\\u654f"',
        'officer = """',
        'officer = "',
        "officer = truely",
        'zoom = 1\nzoom = 2\nofficer = "x"',
        '[window]\nofficer = "x"',
        'officer.name = "x"',
        'ｏfficer = "x"',
        'officer = "a\tb"',
        'officer = "x"\r\nzoom = 100\r\n',
        "# only words",
    ],
)
def test_what_may_be_more_is_left_to_tomllib(text: str) -> None:
    assert _plain(text) is None


def test_the_folder_is_the_one_the_package_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for told in (str(tmp_path), "", " "):
        monkeypatch.setenv("XDG_CONFIG_HOME", told)
        assert settings_folder() == platformdirs.user_config_path("xiangtu", appauthor=False)
    monkeypatch.delenv("XDG_CONFIG_HOME")
    assert settings_folder() == platformdirs.user_config_path("xiangtu", appauthor=False)
