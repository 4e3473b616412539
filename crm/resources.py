"""Where the program's own files are: fonts, catalogue, samples."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path


@cache
def resource_folder() -> Path:
    """Return the folder ``resources``: of the checkout, or of the installed package."""
    beside = Path(__file__).resolve().parent.parent / "resources"
    if beside.is_dir():
        return beside
    spec = find_spec("xiangtu_resources")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("the program's folder 'resources' is missing; install it again")
    return Path(next(iter(spec.submodule_search_locations)))
