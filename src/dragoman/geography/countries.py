"""Countries of the news: states, territories and states that are no more, with every word for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Literal

from dragoman.geography._tables import index_key, query_keys, rows, split

CodeSystem = Literal["iso3", "iso2", "fips", "cow"]
"""Code systems: ISO 3166 alpha-3 and alpha-2, FIPS 10-4, Correlates of War numbers."""


@dataclass(frozen=True, slots=True)
class Country:
    """A state or territory and the words by which news means it."""

    iso3: str
    iso2: str
    fips: str
    cow: int | None
    name: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capital: str
    capital_aliases: tuple[str, ...]
    cities: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    successors: tuple[str, ...]

    def existed(self, on: date) -> bool:
        """Whether the state was there on that day; unknown limits count as open."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_to is None or on <= self.valid_to)

    @property
    def names(self) -> tuple[str, ...]:
        """The usual name and its aliases."""
        return (self.name, *self.aliases)

    @property
    def seats(self) -> tuple[str, ...]:
        """The capital and the other words by which its government is named after a city."""
        return (self.capital, *self.capital_aliases) if self.capital else self.capital_aliases


def _country(row: Mapping[str, str]) -> Country:
    return Country(
        iso3=row["iso3"],
        iso2=row["iso2"],
        fips=row["fips"],
        cow=int(row["cow"]) if row["cow"] else None,
        name=row["name"],
        aliases=split(row["aliases"]),
        adjectives=split(row["adjectives"]),
        people=split(row["people"]),
        capital=row["capital"],
        capital_aliases=split(row["capital_aliases"]),
        cities=split(row["cities"]),
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        successors=split(row["successor"]),
    )


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


@cache
def _all() -> tuple[Country, ...]:
    # States of today come first, so that a name shared with a historic state means today's.
    return tuple(sorted(map(_country, rows("countries.csv")), key=lambda each: each.valid_to is not None))


def countries(on: date | None = None) -> tuple[Country, ...]:
    """All countries, those of today first; with `on`, those that existed on that day.

    >>> len([each for each in countries() if each.name == "Iraq"])
    1
    """
    return _all() if on is None else tuple(each for each in _all() if each.existed(on))


@cache
def _by_iso3() -> Mapping[str, Country]:
    return MappingProxyType({each.iso3: each for each in _all()})


def country(iso3: str) -> Country:
    """The country of an ISO 3166 alpha-3 code; KeyError where there is none.

    >>> country("IRQ").capital
    'Baghdad'
    """
    return _by_iso3()[iso3]


@cache
def _by_code(system: CodeSystem) -> Mapping[str, Country]:
    # Historic states are entered first, so that a code used again belongs to the state of today.
    return {str(getattr(each, system)): each for each in reversed(_all()) if getattr(each, system)}


def country_by_code(code: str | int, system: CodeSystem) -> Country | None:
    """The country that a code system knows under `code`, or None.

    >>> found = country_by_code(645, "cow")
    >>> found.name if found else None
    'Iraq'
    """
    return _by_code(system).get(str(code).upper())


_Index = Mapping[str, tuple[Country, ...]]


def _index(words: Callable[[Country], Iterable[str]]) -> _Index:
    found: dict[str, dict[str, Country]] = {}
    for each in _all():
        for word in words(each):
            found.setdefault(index_key(word), {})[each.iso3] = each
    return {key: tuple(known.values()) for key, known in found.items()}


@cache
def _indexes() -> tuple[_Index, ...]:
    """Where to look for a word, surest first: names, adjectives, people, capitals."""
    return (
        _index(lambda each: each.names),
        _index(lambda each: each.adjectives),
        _index(lambda each: each.people),
        _index(lambda each: each.seats),
    )


def countries_called(word: str, on: date | None = None) -> tuple[Country, ...]:
    """Every country that a name, adjective, people or capital can mean, likeliest first.

    With `on`, those that existed on that day come before those that did not: a text of 2005 may still name the
    Soviet Union.

    >>> [each.iso3 for each in countries_called("Congolese")]
    ['COD', 'COG']
    """
    found: dict[str, Country] = {}
    for index in _indexes():
        for key in query_keys(word):
            found |= {each.iso3: each for each in index.get(key, ()) if each.iso3 not in found}
    ranked = tuple(found.values())
    return ranked if on is None else tuple(sorted(ranked, key=lambda each: not each.existed(on)))


def find_country(word: str, on: date | None = None) -> Country | None:
    """The likeliest country that a name, adjective, people or capital means, or None.

    >>> [found.iso3 for word in ("U.S.", "Iraqis", "Tehran") if (found := find_country(word))]
    ['USA', 'IRQ', 'IRN']
    >>> find_country("us") is None
    True
    """
    found = countries_called(word, on)
    return found[0] if found else None


def _as_written(words: Callable[[Country], Iterable[str]]) -> Mapping[str, Country]:
    known: dict[str, Country] = {}
    for each in _all():
        for word in words(each):
            known.setdefault(word, each)
    return MappingProxyType(known)


@cache
def country_names() -> Mapping[str, Country]:
    """Names and aliases, as written, to countries: for building matchers."""
    return _as_written(lambda each: each.names)


@cache
def adjectives() -> Mapping[str, Country]:
    """Demonym adjectives, as written ("Iraqi"), to countries."""
    return _as_written(lambda each: each.adjectives)


@cache
def peoples() -> Mapping[str, Country]:
    """Nouns for a country's people, as written ("Iraqis"), to countries."""
    return _as_written(lambda each: each.people)


@cache
def capitals() -> Mapping[str, Country]:
    """Capitals and other words for a government by its city, as written, to countries."""
    return _as_written(lambda each: each.seats)
