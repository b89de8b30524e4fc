"""Places as news names them, and the choice between places of one name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import asin, cos, log10, radians, sin, sqrt

from dragoman.geography._smaller import smaller_places
from dragoman.geography._tables import index_key, plain, query_keys, rows, split
from dragoman.geography.countries import country, find_country

_EARTH_KM = 6371.0
_ARTICLE = re.compile(r"^(?:al[- ]|el-|(?:an|ar|as|ash|at|ad|az|adh)-)(?=\w)", re.IGNORECASE)
_SITE = (
    "city|town|village|district|province|governorate|region|area|areas|county|state|valley|airport|port|border|"
    "territory|neighbourhood|neighborhood|suburb|cities|towns|villages|provinces|regions|camp|oblast"
)
_BEFORE = re.compile(
    rf"^(?:the|in|near|outside|(?:north|south|east|west)(?:ern)?|central|{_SITE}|of)\b[- ]*", re.IGNORECASE
)
_BEHIND = re.compile(rf"[- ](?:{_SITE})$", re.IGNORECASE)
_UNIT = re.compile(r" (?:province|governorate|oblast|county|region|district|town|village)$", re.IGNORECASE)
_CAPITAL_BONUS = 0.5
_FARTHEST = 2.0
_USUAL_SIZE = {"capital": 5.5, "province": 5.2, "region": 5.2, "sea": 5.5, "city": 4.9, "district": 4.3, "town": 4.2}
_SMALL = 3.5
_LISTED = 1.0
_FAR_BEHIND = 1.5
_SMALLER = {"settlement": 4.2, "division": 5.0}


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its approximate point; `population` is None where it is not known."""

    name: str
    aliases: tuple[str, ...]
    country: str
    kind: str
    lat: float
    lon: float
    population: int | None

    @property
    def prominence(self) -> float:
        """How likely news means this place among places of its name.

        The decimal logarithm of the population (or what is usual for its kind), half a point more for a capital, and a
        point more for a place of our own list.
        """
        size = log10(self.population) if self.population else {**_USUAL_SIZE, **_SMALLER}.get(self.kind, _SMALL)
        return size + (_CAPITAL_BONUS if self.kind == "capital" else 0.0) + (_LISTED if self.is_listed else 0.0)

    @property
    def is_listed(self) -> bool:
        """Whether the place is of our own list of those that the news names, and not of the long one."""
        return self.kind not in _SMALLER


def _place(row: Mapping[str, str]) -> Place:
    return Place(
        name=row["name"],
        aliases=split(row["aliases"]),
        country=row["country"],
        kind=row["kind"],
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        population=int(row["population"]) if row["population"] else None,
    )


@cache
def places() -> tuple[Place, ...]:
    """All places of the table, in its order."""
    return tuple(map(_place, rows("places.csv")))


def _without_article(name: str) -> str:
    # "El Paso" and "El Salvador" keep theirs: only Arabic spellings write el- with a hyphen.
    return _ARTICLE.sub("", name.strip())


def _keys(name: str) -> tuple[str, ...]:
    key = index_key(name)
    # A short form in capitals ("DMZ") or with its dot ("Miss.") is not filed as a plain word too.
    return (key, plain(_without_article(name))) if key == plain(name) else (key,)


@cache
def _index() -> Mapping[str, tuple[Place, ...]]:
    found: dict[str, dict[int, Place]] = {}
    for number, place in enumerate(places()):
        for key in {key for name in (place.name, *place.aliases) for key in _keys(name)}:
            found.setdefault(key, {})[number] = place
    return {key: tuple(sorted(known.values(), key=lambda one: -one.prominence)) for key, known in found.items()}


def places_named(name: str) -> list[Place]:
    """Places of that name or alias, the most prominent first; an Arabic article makes no difference.

    >>> [place.country for place in places_named("al-Najaf")][:1]
    ['IRQ']
    """
    found = listed_places(name)
    smaller = smaller_places()
    rows = next((smaller[key] for key in _lookups(name) if key in smaller), ())
    return sorted((*found, *map(_smaller, rows)), key=lambda place: -place.prominence)


def listed_places(name: str) -> list[Place]:
    """Places of that name or alias that the news names often (`places.csv`), the most prominent first.

    To be asked where a word may as well be no place at all: there are towns called Powell and Hope.
    """
    return next((list(_index()[key]) for key in _lookups(name) if key in _index()), [])


def _lookups(name: str) -> tuple[str, ...]:
    """The keys under which to look for a name, best first: as it is, without its article, without "province"."""
    return *query_keys(name), plain(_without_article(name)), plain(_UNIT.sub("", _without_article(name)))


def _smaller(row: Mapping[str, str]) -> Place:
    """A place of the long list."""
    kind = {"city": "settlement", "region": "division"}[row["kind"]]
    return _place({**row, "aliases": "", "kind": kind})


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance in kilometres between two points (latitude, longitude), by the haversine formula.

    >>> round(distance_km((33.3, 44.4), (35.7, 51.4)), -2)
    700.0
    """
    (lat1, lon1), (lat2, lon2) = ((radians(lat), radians(lon)) for lat, lon in (one, other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(half)))


@cache
def _seat(iso3: str) -> Place | None:
    return next((one for one in places() if one.country == iso3 and one.kind == "capital"), None)


def _farness(place: Place, seat: Place | None) -> float:
    if seat is None:
        return 0.0
    return min(distance_km((place.lat, place.lon), (seat.lat, seat.lon)) / 1000, _FARTHEST)


def best_place(name: str, near: str | None = None) -> Place | None:
    """The place that news most likely means by `name`, or None.

    A place in the country `near` (ISO alpha-3) wins, one of the long list only if it is not far less prominent than
    the first. Where that country has none, prominence less one point for each 1,000 km from its capital, two at most,
    decides.

    >>> [place.country for near in (None, "SYR") if (place := best_place("Tripoli", near))]
    ['LBY', 'LBN']
    """
    named = places_named(name)
    inside = [place for place in _likely(named) if place.country == near]
    if inside or near is None:
        return next(iter(inside or named), None)
    seat = _seat(country(near).iso3)
    return max(named, key=lambda place: place.prominence - _farness(place, seat), default=None)


def countries_with(name: str) -> tuple[str, ...]:
    """The countries (ISO alpha-3) where a place lies that news may mean by `name`, the likeliest first.

    >>> countries_with("Tripoli"), countries_with("Benghazi")
    (('LBY', 'LBN'), ('LBY',))
    """
    return tuple(dict.fromkeys(place.country for place in _likely(places_named(name))))


def _likely(named: Sequence[Place]) -> list[Place]:
    """Of places of one name those of our own list, and those that are not far less prominent than the first."""
    return [place for place in named if place.is_listed or place.prominence > named[0].prominence - _FAR_BEHIND]


_AND = re.compile(r",? and |, ")


def country_where(words: str, near: str | None = None) -> str | None:
    """The country (ISO alpha-3) in which the words for a place lie, described as they may be, or None.

    >>> [country_where(words) for words in ("the town of Qaim", "Herat province", "Iraqi cities", "our street")]
    ['IRQ', 'AFG', 'IRQ', None]
    """
    for part in _AND.split(words):
        while part:
            state = find_country(part)
            place = best_place(part, near) if state is None and part[:1].isupper() else None
            if state or place:
                return state.iso3 if state else place.country if place else None
            shorter = _BEHIND.sub("", _BEFORE.sub("", part).strip()).strip()
            part = shorter if shorter != part else part.partition(" ")[0] if " " in part else ""
    return None
