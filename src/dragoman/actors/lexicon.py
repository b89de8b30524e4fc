"""The words of `lexicon.toml`, as sets."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

__all__ = ["words"]


@cache
def words(table: str, key: str) -> frozenset[str]:
    """The words under a key of a table of the lexicon."""
    return frozenset(_tables()[table][key])


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((Path(__file__).parent / "lexicon.toml").read_text(encoding="utf-8"))
