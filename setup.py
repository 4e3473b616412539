"""Builds the package: compiles the catalogue, so that an installed program starts without doing it again."""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import setup
from setuptools.command.build_py import build_py

RESOURCES = Path("resources")


class BuildWithCatalogue(build_py):
    """``build_py`` that adds a compiled catalogue beside each .po file."""

    def run(self) -> None:
        """Build, then compile into the built tree (the sources stay as they are)."""
        super().run()
        if self.editable_mode:
            return
        for source in RESOURCES.rglob("*.po"):
            target = Path(self.build_lib, "xiangtu_resources", source.relative_to(RESOURCES)).with_suffix(".mo")
            target.parent.mkdir(parents=True, exist_ok=True)
            with source.open("rb") as catalogue, target.open("wb") as compiled:
                write_mo(compiled, read_po(catalogue))


def _resource_folders() -> list[str]:
    folders = (folder for folder in RESOURCES.rglob("*") if folder.is_dir() and folder.name != "__pycache__")
    return [".".join(("xiangtu_resources", *folder.relative_to(RESOURCES).parts)) for folder in folders]


setup(
    cmdclass={"build_py": BuildWithCatalogue},
    packages=[
        *(
            ".".join(path.parent.parts)
            for room in ("crm", "reports", "ui")
            for path in sorted(Path(room).rglob("__init__.py"))
        ),
        "xiangtu_resources",
        *_resource_folders(),
    ],
    package_dir={"": ".", "xiangtu_resources": "resources"},
    package_data={"": ["*"]},
)
