"""The words of time, loaded once from `lexicon.toml` and checked."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Generic, TypeVar

from dragoman.dates.holidays import Holiday
from dragoman.dates.tokens import Tokens, tokenise

__all__ = ["LEXICON", "Lexicon", "Named", "Phrases"]

T = TypeVar("T")


class Phrases(Generic[T]):
    """Phrases of one or more pieces, each with a value, found by their first piece.

    Takes pairs of phrase and value. With `cased`, a piece that the phrase writes with a capital must have one.

    >>> Phrases([("more than", "more")]).at(tokenise("no more than"), 1)
    (3, 'more')
    """

    def __init__(self, pairs: Iterable[tuple[str, T]], cased: bool = False) -> None:
        self._cased = cased
        self._by_first: dict[str, list[tuple[list[str], list[str], T]]] = {}
        for phrase, value in pairs:
            pieces = tokenise(phrase)
            low, words = pieces.low[: pieces.count], pieces.words[: pieces.count]
            self._by_first.setdefault(low[0], []).append((low, words, value))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))  # the longest first

    def firsts(self) -> Iterable[str]:
        """The lower-cased first pieces of all phrases."""
        return self._by_first.keys()

    def at(self, tokens: Tokens, index: int) -> tuple[int, T] | None:
        """The longest phrase that starts at `index`: the index after it and its value, or None."""
        for low, words, value in self._by_first.get(tokens.low[index], ()):
            end = index + len(low)
            if tokens.low[index:end] == low and (not self._cased or _capitals(tokens.words[index:end], words)):
                return end, value
        return None


def _capitals(written: list[str], wanted: list[str]) -> bool:
    return all(not want[0].isupper() or have[0].isupper() for have, want in zip(written, wanted, strict=True))


@dataclass(frozen=True, slots=True)
class Named:
    """A day that a bare date names for ever; one of `before` must follow it, or one of `after` precede."""

    day: date
    before: frozenset[str]
    after: frozenset[str] = frozenset()


class Lexicon:
    """What the grammar knows of words; one attribute per table of the data file."""

    def __init__(self, tables: dict[str, Any]) -> None:
        self.months: dict[str, int] = tables["months"]
        self.month_abbreviations: dict[str, int] = tables["month_abbreviations"]
        self.weekdays: dict[str, int] = tables["weekdays"]
        self.weekday_abbreviations: dict[str, int] = tables["weekday_abbreviations"]
        self.units: dict[str, str] = tables["units"]
        self.numbers: dict[str, int] = tables["numbers"]
        self.multipliers: dict[str, int] = tables["multipliers"]
        self.vague: dict[str, tuple[int, int]] = _pairs(tables["vague"])
        self.bare_plurals: dict[str, tuple[int, int]] = _pairs(tables["bare_plurals"])
        self.recent: dict[str, int] = tables["recent"]
        self.ordinals: dict[str, int] = tables["ordinals"]
        self.decades: dict[str, int] = tables["decades"]
        self.seasons: dict[str, tuple[int, int]] = _pairs(tables["seasons"])
        self.deictic: dict[str, int] = tables["deictic"]
        self.words: dict[str, frozenset[str]] = {name: frozenset(words) for name, words in tables["words"].items()}
        self.verb_months = frozenset(tables["ambiguous_months"]["verbs"])
        self.name_months = frozenset(tables["ambiguous_months"]["names"])
        self.comparisons: Phrases[str] = Phrases(tables["comparisons"].items())
        self.bounds: Phrases[str] = Phrases(tables["bounds"].items())
        self.names: Phrases[None] = Phrases(((name, None) for name in tables["names"]["phrases"]), cased=True)
        self.named: Phrases[Named] = Phrases(_named(tables["named"]), cased=True)
        self.holidays: Phrases[Holiday] = Phrases(_holidays(tables["holiday"]), cased=True)

    def among(self, name: str, word: str) -> bool:
        """Whether the word is in the list of that name; raises KeyError where there is no such list.

        >>> LEXICON.among("ago", "ago")
        True
        """
        return word in self.words[name]


def _pairs(table: dict[str, list[int]]) -> dict[str, tuple[int, int]]:
    return {word: (low, high) for word, (low, high) in table.items()}


def _named(rows: list[dict[str, Any]]) -> Iterable[tuple[str, Named]]:
    for row in rows:
        for phrase in row["phrases"]:
            yield phrase, Named(row["date"], frozenset(row.get("before", ())), frozenset(row.get("after", ())))


def _holidays(rows: list[dict[str, Any]]) -> Iterable[tuple[str, Holiday]]:
    for row in rows:
        holiday = Holiday(row["rule"], tuple(row["at"]), row.get("days", 1), row.get("slack", 0))
        if holiday.of(2020) is None:  # a wrong rule must fail at the start, not in the middle of an archive
            raise ValueError(f"lexicon.toml: the rule of {row['names'][0]} gives no day in 2020.")
        for name in row["names"]:
            yield name, holiday


LEXICON = Lexicon(tomllib.loads(Path(__file__).with_name("lexicon.toml").read_text(encoding="utf-8")))
"""The one lexicon, read when the package is imported."""
