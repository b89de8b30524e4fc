"""Patterns: which words say how parties stand, who changed sides, and what caused what.

A pattern file is TOML, one for each kind of record (ties, shifts, causes), in `patterns/` beside this
module or in the user's own folder; docs/extending.md has the format. Each pattern has a stable,
versioned name, which is recorded on every record that it gives.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ..errors import DataError
from .frames import expanded

__all__ = ["PATTERNS", "ROLES", "Pattern", "Patterns", "patterns"]

PATTERNS = Path(__file__).parent / "patterns"
KINDS: Mapping[str, tuple[str, ...]] = {
    "ties": (
        *("leads", "deputy_of", "holds_office", "member_of", "part_of", "backs", "allied_with", "hostile_to"),
        "rival_of",
    ),
    "shifts": ("side", "target"),
    "causes": ("cause",),
}
"""What a pattern of each file may give. A shift of side moves toward a friend, one of target toward an enemy."""

ROLES: Mapping[str, tuple[str, ...]] = {
    "ties": ("from", "to"),
    "shifts": ("who", "away_from", "toward"),
    "causes": ("cause", "effect"),
}
"""The roles of each file's patterns."""

WORDS = ("verbs", "nouns", "adjectives", "prefixes", "connectives")
KEYS = frozenset((*WORDS, *"name version kind needs mutual both requires forbids examples misses note".split()))


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern: a role's slots are tried in order, the roles in `needs` must be filled ("a|b": one of the two).

    `mutual`: the tie holds both ways; `both`: cause and effect must both be coded events.
    """

    name: str
    kind: str
    words: Mapping[str, tuple[str, ...]]
    roles: Mapping[str, tuple[str, ...]]
    needs: tuple[str, ...]
    mutual: bool
    both: bool
    requires: Mapping[str, frozenset[str]]
    forbids: Mapping[str, frozenset[str]]
    examples: tuple[str, ...]
    misses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns of one file name, by the sort of word and its lemma, those that ask most first."""

    index: Mapping[tuple[str, str], tuple[tuple[str, Pattern], ...]]
    all: tuple[Pattern, ...]


@cache
def patterns(which: str, user_data: str = "") -> Patterns:
    """The patterns of "ties", "shifts" or "causes": the package's and those of the user's `patterns/`.

    Raises:
        DataError: a file is not as documented; the sentence names file and pattern.
    """
    folders = [PATTERNS] + ([Path(user_data) / "patterns"] if user_data else [])
    paths = [folder / f"{which}.toml" for folder in folders]
    every = tuple(pattern for path in paths if path.exists() for pattern in _read(path, which))
    index: dict[tuple[str, str], list[tuple[str, Pattern]]] = {}
    for pattern in every:
        for sort, words in pattern.words.items():
            for word in words:
                index.setdefault((sort, _key(sort, word)), []).append((word, pattern))
    return Patterns({key: tuple(sorted(found, key=_demand)) for key, found in index.items()}, every)


def _key(sort: str, word: str) -> str:
    """The word by which a pattern is found: the verb before its particle, the noun behind its modifiers."""
    return word if sort == "connectives" else word.split()[-1] if sort == "nouns" else word.split()[0]


def _demand(pair: tuple[str, Pattern]) -> tuple[int, int, int, str]:
    word, pattern = pair
    return (-len(word.split()), -len(pattern.requires), -len(pattern.needs), pattern.name)


def _read(path: Path, which: str) -> Iterator[Pattern]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise DataError("D001", f"{path} is not a valid TOML file: {problem}.") from problem
    lists = table.get("lists", {})
    for number, entry in enumerate(table.get("pattern", []), 1):
        yield _pattern(f"{path}: pattern {number} ({entry.get('name', 'without a name')})", which, entry, lists)


def _pattern(where: str, which: str, entry: Mapping[str, Any], lists: Mapping[str, list[str]]) -> Pattern:
    roles = ROLES[which]
    unknown = set(entry) - KEYS - set(roles)
    if unknown or "name" not in entry:
        what = f"has the unknown key {sorted(unknown)[0]!r}" if unknown else "has no name"
        raise DataError("D001", f"{where} {what}. See docs/extending.md for the format.")
    kind = entry.get("kind", KINDS[which][0])
    if kind not in KINDS[which]:
        raise DataError("D001", f"{where}: {kind!r} is no kind of {which}. Choose one of: {', '.join(KINDS[which])}.")
    given = {role: _several(entry[role]) for role in roles if role in entry}
    needs = _several(entry.get("needs", tuple(given)))
    if not {role for need in needs for role in need.split("|")} <= set(given):
        raise DataError("D001", f"{where}: `needs` names a role without slots.")

    def lemmas(table: Mapping[str, Any]) -> dict[str, frozenset[str]]:
        return {slot: frozenset(expanded(where, words, lists)) for slot, words in table.items()}

    return Pattern(
        f"{kind}.{entry['name']}@{entry.get('version', 1)}",
        kind,
        {sort: tuple(expanded(where, entry[sort], lists)) for sort in WORDS if sort in entry},
        given,
        needs,
        entry.get("mutual", False),
        entry.get("both", False),
        lemmas(entry.get("requires", {})),
        lemmas(entry.get("forbids", {})),
        tuple(entry.get("examples", ())),
        tuple(entry.get("misses", ())),
    )


def _several(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
