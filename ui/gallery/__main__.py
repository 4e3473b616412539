"""``python -m ui.gallery FOLDER``: paint every page and state of the window; see ``--help`` for a part of it."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from ui.gallery.frames import BY_NAME, FRAMES, THEMES, Frame, Wear, screen_file
from ui.theme.tokens import Density, Theme


def main() -> int:
    """Paint what is asked for; a scale of the screen holds for a whole process, so each frame has one of its own."""
    arguments = _arguments()
    folder: Path = arguments.folder.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    if arguments.here:
        _paint(folder, arguments)
        return 0
    from ui.gallery.data import make_databases  # noqa: PLC0415  (not in the processes of the frames)

    make_databases(folder)
    for name in arguments.frame:
        frame = BY_NAME[name]
        asked = [*sys.argv[1:], "--here", name]
        environment = os.environ | {
            "QT_QPA_PLATFORM": f"offscreen:configfile={screen_file(frame, folder)}",
            "QT_SCALE_FACTOR": str(frame.percent / 100),
            "XDG_STATE_HOME": str(folder),  # the log of what cannot be read
        }
        code = subprocess.run([sys.executable, "-m", "ui.gallery", *asked], env=environment, check=False).returncode  # noqa: S603
        if code:
            return code
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m ui.gallery", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--scene", nargs="*", default=[], help="only these (default: all)")
    parser.add_argument("--theme", nargs="*", default=[one.value for one in THEMES])
    parser.add_argument("--language", nargs="*", default=["zh_CN", "en"])
    parser.add_argument("--density", default=Density.COMFORTABLE.value, choices=[one.value for one in Density])
    parser.add_argument("--frame", nargs="*", default=[frame.name for frame in FRAMES], choices=[*BY_NAME, []])
    parser.add_argument("--here", help=argparse.SUPPRESS)
    return parser.parse_args()


def _wears(arguments: argparse.Namespace, frame: Frame) -> Iterator[Wear]:
    for theme in arguments.theme:
        for language in arguments.language:
            yield Wear(Theme(theme), language, frame, Density(arguments.density))


def _paint(folder: Path, arguments: argparse.Namespace) -> None:
    from main import doors  # noqa: PLC0415  (the front door lends the documents)
    from ui.gallery.round import paint_round  # noqa: PLC0415
    from ui.starting import make_application  # noqa: PLC0415  (the screen is described before)

    application = make_application()
    for wear in _wears(arguments, BY_NAME[arguments.here]):
        paint_round(application, doors().renderers, folder, wear, arguments.scene)


if __name__ == "__main__":
    sys.exit(main())
