"""What linking knows of words, from `wording.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path

__all__ = ["HARM", "Wording", "kinds_of", "stem", "wording"]

_ENDING = re.compile(r"(?<=\w{3})(?:ings?|ers?|ors?|ed|es|s|e)$")


HARM = frozenset(("killing", "wounding"))
"""The kinds that tell what a deed came to, not the deed."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The tables of `wording.toml`: see there for what each is."""

    kinds: tuple[tuple[str, tuple[str, ...]], ...]
    types: frozenset[frozenset[str]]
    verbal: frozenset[str]
    modes: frozenset[frozenset[str]]
    anyone: frozenset[str]
    denials: tuple[str, ...]
    corrections: frozenset[str]
    totals: frozenset[str]
    growing: frozenset[str]
    telling: frozenset[str]
    vague: frozenset[str]
    known: frozenset[str]
    more: frozenset[str]
    empty: frozenset[str]


@cache
def wording() -> Wording:
    """The tables, read once."""
    table = tomllib.loads(Path(__file__).with_name("wording.toml").read_text(encoding="utf-8"))
    return Wording(
        tuple((name, tuple(beginnings)) for name, beginnings in table["kinds"].items()),
        frozenset(map(frozenset, table["types"]["together"])),
        frozenset(table["types"]["verbal"]),
        frozenset(frozenset(pair) for group in table["modes"]["together"] for pair in combinations(group, 2)),
        frozenset(map(stem, table["people"]["anyone"])),
        tuple(table["words"]["denials"]),
        frozenset(map(stem, table["words"]["corrections"])),
        frozenset(table["words"]["totals"]),
        frozenset(table["words"]["growing"]),
        frozenset(table["words"]["telling"]),
        frozenset(table["words"]["vague"]),
        frozenset(table["words"]["known"]),
        frozenset(table["words"]["more"]),
        frozenset(map(stem, table["words"]["empty"])),
    )


@cache
def kinds_of(trigger: str) -> frozenset[str]:
    """The kinds of deeds that the words of a trigger, in small letters, tell.

    >>> sorted(kinds_of("car bombing")), sorted(kinds_of("attacked"))
    (['air', 'bombing'], ['general', 'storming'])
    """
    words = [trigger, *trigger.split()]
    return frozenset(name for name, some in wording().kinds if any(word.startswith(some) for word in words))


@cache
def stem(word: str) -> str:
    """A word in small letters without the usual endings, so that inflections meet.

    >>> stem("protesters") == stem("protested")
    True
    """
    return _ENDING.sub("", word.lower())
