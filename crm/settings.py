"""One person's preferences on one machine: a TOML file in the user's own folder (architecture.md §8).

The window and the command line read the same file. Where a window stands and how wide its columns are is no preference:
the window keeps that beside it (``window.ini``).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from crm.i18n import DEFAULT_LANGUAGE, LANGUAGES, _

FILE_NAME, DATABASE_NAME = "settings.toml", "xiangtu.db"
SCHEMA_VERSION = 1

THEMES = ("light", "dark", "system")
DENSITIES = ("comfortable", "standard", "compact")
ZOOMS = (90, 100, 110, 125, 150)
"""Type sizes, per cent."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person chose.

    Attributes:
        theme: of ``THEMES``.
        density: how tall the rows of a list are, of ``DENSITIES``.
        zoom: type size of the window, per cent, of ``ZOOMS``.
        officer: the name changes are made in; "" for the system's user name.
        database: the last database opened: a path or URL without password; "" for the default one.
        unit: name of the unit; documents carry it.
        header: a text of the unit's own over its documents; "" for none (decisions 10).
        marking: a standing text of the unit such as 内部资料 at the foot of its documents; "" for none (decisions 50).
        office_fonts: print with the office's own 仿宋, 小标宋 and 黑体 where they are installed and may be embedded.
        backup_folder: where automatic backups go; "" for beside the database.
    """

    schema_version: int = SCHEMA_VERSION
    language: str = DEFAULT_LANGUAGE
    theme: str = "light"
    density: str = "comfortable"
    zoom: int = 100
    officer: str = ""
    unit: str = ""
    header: str = ""
    marking: str = ""
    office_fonts: bool = False
    database: str = ""
    backup_folder: str = ""


_CHOICES: Mapping[str, Collection[object]] = {
    "language": LANGUAGES,
    "theme": THEMES,
    "density": DENSITIES,
    "zoom": ZOOMS,
}


def settings_folder() -> Path:
    """Return the folder of the settings file; on Linux by its own rule, for the package takes 4 ms of the frame."""
    if sys.platform == "linux":
        return Path(os.environ.get("XDG_CONFIG_HOME", "").strip() or Path.home() / ".config") / "xiangtu"
    from platformdirs import user_config_path  # noqa: PLC0415  (not needed where the caller names a folder)

    return user_config_path("xiangtu", appauthor=False)


def default_path() -> Path:
    """Return the database used when none is named; its folder is made, closed to other users of the machine.

    It stands here, where no database is imported: the first start shows its page without one.
    """
    from platformdirs import user_data_path  # noqa: PLC0415  (not needed where a database is named)

    folder = user_data_path("xiangtu", appauthor=False)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / DATABASE_NAME


def load_settings(folder: Path | None = None) -> tuple[Settings, str | None]:
    """Return the settings, and a message when the file was broken: then they are the defaults and the file is kept."""
    path = (folder or settings_folder()) / FILE_NAME
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings(), None
    except (OSError, UnicodeDecodeError) as error:
        return Settings(), _broken(path, str(error))
    try:
        return _read(_migrated(_document(text))), None
    except ValueError as error:  # of the file's form, or of what it says
        kept = path.with_suffix(".broken.toml")
        try:
            kept.write_text(text, encoding="utf-8")
        except OSError:  # a folder that may only be read: nothing of ours will replace the file there
            kept = path
        return Settings(), _broken(kept, str(error).splitlines()[0])


def save_settings(settings: Settings, folder: Path | None = None) -> Path:
    """Write the settings, wholly or not at all; return the file.

    Raises:
        FileRefusedError: the folder cannot be written.
    """
    import tomli_w  # noqa: PLC0415  (only who changes a setting pays for it)

    from crm.files import make_folder, save_bytes  # noqa: PLC0415

    path = (folder or settings_folder()) / FILE_NAME
    make_folder(path.parent)
    save_bytes(path, tomli_w.dumps(asdict(settings)).encode())
    return path


def _document(text: str) -> dict[str, Any]:
    """Return what a TOML file says.

    Raises:
        ValueError: it is none.
    """
    plain = _plain(text)
    if plain is not None:
        return plain
    import tomllib  # noqa: PLC0415  (it takes 6 ms, and the frame is painted without it)

    return tomllib.loads(text)


def _plain(text: str) -> dict[str, Any] | None:
    """Return what a file of the simple form says that ``save_settings`` writes; None where it may be more than that."""
    found: dict[str, Any] = {}
    for line in filter(None, text.split("\n")):
        name, sign, told = line.partition(" = ")
        if not sign or not name.isidentifier() or not name.isascii() or name in found or not told.isprintable():
            return None
        inside = told[1:-1]
        if told in ("true", "false"):
            found[name] = told == "true"
        elif told.isascii() and told.isdecimal() and (told == "0" or told[0] != "0"):
            found[name] = int(told)
        elif len(told) > 1 and told[0] == told[-1] == '"' and '"' not in inside and "\\" not in inside:
            found[name] = inside
        else:
            return None
    return found


def _read(document: Mapping[str, Any]) -> Settings:
    """Return the settings of a document; what it does not say is the default, what is not ours is passed over.

    Raises:
        ValueError: a value of another kind than the setting's, or a word the setting does not know.
    """
    plain = Settings()
    told = {one.name: document[one.name] for one in fields(Settings) if one.name in document}
    for name, value in told.items():
        fits = type(value) is type(getattr(plain, name)) and value in _CHOICES.get(name, (value,))
        if not fits:
            raise ValueError(f"{name} = {value!r}")
    return Settings(**told)


def _migrated(document: dict[str, Any]) -> dict[str, Any]:
    """Return the document in this version's form; version 1 is the first."""
    return document


def _broken(path: Path, reason: str) -> str:
    return _("The settings could not be read ({reason}); the defaults are used. The old file is kept: {path}.").format(
        reason=reason, path=path
    )
