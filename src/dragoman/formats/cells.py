"""What all imported formats share: cells to dates, places, parties and counts, or a sentence on why not.

Event files repeat themselves: the makers here keep what they have made, so that a million rows cost no more objects
than they have different values. What is kept is bounded.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import lru_cache

from ..geography import country_by_code, find_country
from ..records import Actor, Count, Party, When, Where

__all__ = [
    "BASIS",
    "Parties",
    "Resolve",
    "RowError",
    "country_code",
    "date_of",
    "day_of",
    "fips_country",
    "fitted",
    "killed",
    "place_of",
]

Resolve = Callable[[str, str], Actor | None]
"""A name and a country (ISO alpha-3, or empty) to the one actor that they certainly mean, or None."""

BASIS = "the row of the file"
"""What the date of an imported event rests on."""

MOST_KEPT = 1 << 16

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?", re.ASCII)
_WORDED = re.compile(r"(\d{1,2})[- ]([A-Za-z]{3})[a-z]*[- ](\d{4}|\d{2})", re.ASCII)
_FLIPPED = re.compile(
    r"(.{1,200}), ((?:.{0,200} )?(?:Republic|State|States|Federation|Kingdom) of(?: the)?|the former .*)"
)


class RowError(ValueError):
    """What is wrong with a row, as the end of a sentence that names its line."""


@lru_cache(MOST_KEPT)
def day_of(text: str) -> str:
    """The ISO day that a cell gives: 2020-05-09, 20200509, 09 May 2020, 09-May-2020, 9-May-20.

    >>> day_of("20200509"), day_of("9-May-20"), day_of("01-January-2015")
    ('2020-05-09', '2020-05-09', '2015-01-01')

    Raises:
        RowError: any other text; days in figures alone (5/9/2020) can be read in two ways.
    """
    found = _ISO.fullmatch(text)
    if found:
        return _iso(text, int(found[1]), int(found[2]), int(found[3]))
    worded = _WORDED.fullmatch(text)
    if worded and worded[2].lower() in _MONTHS:
        year = int(worded[3])
        # Two figures are what a spreadsheet leaves of a year; no event file begins before 1946.
        century = 0 if year > 99 else 1900 if year > 45 else 2000
        return _iso(text, year + century, _MONTHS.index(worded[2].lower()) + 1, int(worded[1]))
    if "/" in text or "." in text or text.isdigit():
        raise RowError(f"the date {text!r} is as a spreadsheet writes it and can be read in two ways; write 2020-05-09")
    raise RowError(f"{text!r} is no date")


def _iso(text: str, year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise RowError(f"there is no day {text!r}") from None


@lru_cache(MOST_KEPT)
def date_of(text: str, precision: str = "day") -> When:
    """The date of a cell: its day, the week around it (three days to each side) or its month.

    >>> date_of("2020-05-09", "month").end
    '2020-05-31'
    """
    day = day_of(text)
    if precision == "day":
        return When(day, day, "day", text, BASIS)
    at = date.fromisoformat(day)
    if precision == "week":
        slack = timedelta(days=3)
        return When((at - slack).isoformat(), (at + slack).isoformat(), "week", text, BASIS)
    last = calendar.monthrange(at.year, at.month)[1]
    return When(at.replace(day=1).isoformat(), at.replace(day=last).isoformat(), "month", text, BASIS)


@lru_cache(MOST_KEPT)
def country_code(name: str) -> str:
    """The ISO alpha-3 code of a country's name as event files write it, or "" for none that is known.

    >>> country_code("Moldova, Republic of"), country_code("Yemen (North Yemen)"), country_code("Atlantis")
    ('MDA', 'YEM', '')
    """
    names = [name]
    if " (" in name:
        names.append(name.partition(" (")[0])
    flipped = _FLIPPED.fullmatch(name)
    if flipped:
        names += [f"{flipped[2]} {flipped[1]}", flipped[1]]
    elif ", " in name:
        before, _, after = name.partition(", ")
        names += [f"{after} {before}", before]
    return next((found.iso3 for one in names if (found := find_country(one))), "")


@lru_cache(1024)
def fips_country(code: str) -> str | None:
    """The ISO alpha-3 code of a FIPS 10-4 country code, or None."""
    found = country_by_code(code, "fips") if code else None
    return found.iso3 if found else None


@lru_cache(MOST_KEPT)
def place_of(text: str, name: str, country: str | None, lat: str, lon: str, precision: str) -> Where | None:
    """A place with its coordinates in degrees; None where the row gives neither name nor coordinates.

    Raises:
        RowError: coordinates that are none.
    """
    if not name and not lat:
        return None
    return Where(text, name, country or None, _degrees(lat, 90), _degrees(lon, 180), precision)


def _degrees(text: str, most: int) -> float | None:
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        raise RowError(f"the coordinate {text!r} is no number") from None
    if not -most <= value <= most:
        raise RowError(f"the coordinate {text!r} is not on the globe")
    return value


def killed(low: str, high: str, best: str) -> tuple[Count, ...]:
    """The count of the killed of cells with its bounds; nothing where the row gives none.

    Raises:
        RowError: a figure that is no whole number.
    """
    if not best:
        return ()
    least, most, likeliest = (_whole(figure or best) for figure in (low, high, best))
    text = str(likeliest) if least == most else f"best {likeliest}"
    return (Count("killed", min(least, likeliest), max(most, likeliest), text),)


def _whole(text: str) -> int:
    try:
        value = float(text)
        if value != int(value) or value < 0:
            raise ValueError
    except (ValueError, OverflowError):
        raise RowError(f"{text!r} is no number of people") from None
    return int(value)


class Parties:
    """The parties that rows name, each made once: resolved to the register where that is certain."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        self._made: dict[tuple[str, str, str, str], tuple[Party, Actor | None]] = {}

    def __call__(self, text: str, country: str, sector: str, day: str, *, known_as: str | None = None) -> Party:
        """The party of a name; `known_as` is what to look for in the register, where that is not the name itself.

        On an ISO day on which the actor does not exist, the name is kept as it is.
        """
        key = (text, country, sector, known_as or text)
        made = self._made.get(key)
        if made is None:
            if len(self._made) >= MOST_KEPT:
                self._made.clear()
            made = self._made[key] = self._make(*key)
        party, actor = made
        if actor is not None and not (actor.start or "") <= day <= (actor.end or "9999") + "~":
            return Party(party.text, 0, 0, None, party.text, party.code, "as in the row")
        return party

    def _make(self, text: str, country: str, sector: str, known_as: str) -> tuple[Party, Actor | None]:
        actor = self._resolve(known_as, country)
        code = f"{country} {sector}".strip()
        if actor is None:
            return Party(text, 0, 0, None, text, code or "UNK", "as in the row"), None
        code = code if country and sector else actor.code
        return Party(text, 0, 0, actor.id, actor.name, code, "the one actor of that name"), actor


def fitted(cells: Sequence[str], width: int) -> Sequence[str]:
    """The cells of a row that has `width` columns; empty ones too many are dropped.

    Raises:
        RowError: too few or too many.
    """
    if len(cells) == width:
        return cells
    if len(cells) > width and not any(cells[width:]):
        return cells[:width]
    raise RowError(f"it has {len(cells)} cells, not {width}")
