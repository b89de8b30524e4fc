"""The rules of transliteration, read once from `data/transliteration.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Rules:
    """What folding, skeletons and likeness go by."""

    deletions: Mapping[int, None]
    letters: Mapping[int, str]
    articles: frozenset[str]
    assimilated: Mapping[str, str]
    variants: Mapping[str, str]
    rewrites: tuple[tuple[re.Pattern[str], str], ...]
    titles: frozenset[str]


def _rules(table: Mapping[str, Any]) -> Rules:
    fold, skeleton = table["fold"], table["skeleton"]
    return Rules(
        deletions=dict.fromkeys(int(point, 16) for point in fold["deleted"]),
        letters={ord(letter): plain for letter, plain in fold["letters"].items()},
        articles=frozenset(fold["articles"]),
        assimilated=fold["assimilated"],
        variants={form: usual for usual, forms in skeleton["variants"].items() for form in forms},
        rewrites=tuple((re.compile(pattern), to) for pattern, to in skeleton["rewrites"]),
        titles=frozenset(table["likeness"]["titles"]),
    )


@cache
def rules() -> Rules:
    """The rules, read at first use."""
    file = resources.files("dragoman.names") / "data" / "transliteration.toml"
    return _rules(tomllib.loads(file.read_text(encoding="utf-8")))
