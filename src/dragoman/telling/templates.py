"""The templates of a face: everything that is put in is escaped, and nothing that is missing goes unnoticed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ..codebook import QUADS
from . import wording

__all__ = ["environment"]


def environment(folder: Path) -> Environment:
    """The templates of a folder, with the filters and signs that both faces use."""
    made = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_printable,
    )
    made.filters |= {name: getattr(wording, name) for name in ("bases", "day", "interval", "joined", "the")}
    made.globals |= {"quads": QUADS, "shapes": wording.SHAPES}
    return made


def _printable(value: Any) -> Any:
    """Control characters, which HTML cannot hold, one for one as the replacement character."""
    if not isinstance(value, str) or isinstance(value, Markup) or value.isprintable():
        return value
    return "".join("\ufffd" if (ord(c) < 32 and c not in "\t\n") or 127 <= ord(c) < 160 else c for c in value)
