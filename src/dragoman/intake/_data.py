"""The data files of this room, read once; what each holds is said at its top."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from dragoman.errors import DataError


@cache
def table(name: str) -> Mapping[str, Any]:
    """The data file `data/NAME.toml`.

    Raises:
        DataError: it is missing or is not TOML.
    """
    file = resources.files("dragoman.intake") / "data" / f"{name}.toml"
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError("D001", f"The data file intake/data/{name}.toml cannot be read: {error}.") from error
