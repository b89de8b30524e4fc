"""The rules of transliteration, read once from `data/transliteration.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

Rewrites = tuple[tuple[re.Pattern[str], str], ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """What folding, skeletons and likeness go by."""

    deletions: Mapping[int, None]
    letters: Mapping[int, str]
    articles: frozenset[str]
    assimilated: Mapping[str, str]
    variants: Mapping[str, str]
    rewrites: Rewrites
    titles: frozenset[str]
    turkish: Mapping[str, str]
    korean_surnames: Mapping[str, str]
    korean: Rewrites
    chinese_surnames: frozenset[str]
    chinese_syllable: str
    chinese: Rewrites


def _rules(table: Mapping[str, Any]) -> Rules:
    fold, skeleton, systems = table["fold"], table["skeleton"], table["systems"]
    return Rules(
        deletions=dict.fromkeys(int(point, 16) for point in fold["deleted"]),
        letters={ord(letter): plain for letter, plain in fold["letters"].items()},
        articles=frozenset(fold["articles"]),
        assimilated=fold["assimilated"],
        variants={form: usual for usual, forms in skeleton["variants"].items() for form in forms},
        rewrites=_rewrites(skeleton),
        titles=frozenset(table["likeness"]["titles"]),
        turkish=systems["turkish"]["letters"],
        korean_surnames={form: forms.split()[0] for forms in systems["korean"]["surnames"] for form in forms.split()},
        korean=_rewrites(systems["korean"]),
        chinese_surnames=frozenset(systems["chinese"]["surnames"].split()),
        chinese_syllable=systems["chinese"]["syllable"],
        chinese=_rewrites(systems["chinese"]),
    )


def _rewrites(table: Mapping[str, Any]) -> Rewrites:
    return tuple((re.compile(pattern), to) for pattern, to in table["rewrites"])


@cache
def rules() -> Rules:
    """The rules, read at first use."""
    file = resources.files("dragoman.names") / "data" / "transliteration.toml"
    return _rules(tomllib.loads(file.read_text(encoding="utf-8")))
