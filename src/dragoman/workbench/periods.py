"""The periods into which the time of an archive is cut: months, quarters or years, from the first deed to the last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ..pictures.axis import MONTHS

__all__ = ["SIZES", "Period", "periods_between", "size_for"]

SIZES = {"month": 1, "quarter": 3, "year": 12}
"""A period by its name -> its months."""

MOST_AT_ONCE = 24
"""More periods than these are hard to compare at a glance."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days [first, last], in words, and as they stand in an address."""

    first: date
    last: date
    words: str

    @property
    def name(self) -> str:
        """How addresses call it: its first month."""
        return self.first.isoformat()[:7]


def size_for(first: date, last: date) -> str:
    """The smallest size of which not too many lie between two days."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    return next((size for size, length in SIZES.items() if months <= MOST_AT_ONCE * length), "year")


def periods_between(first: date, last: date, size: str) -> Sequence[Period]:
    """All periods of a size that hold a day from `first` to `last`.

    >>> [period.words for period in periods_between(date(2019, 12, 5), date(2020, 4, 1), "quarter")]
    ['Oct to Dec 2019', 'Jan to Mar 2020', 'Apr to Jun 2020']
    """
    length = SIZES[size]
    year, month = first.year, (first.month - 1) // length * length + 1
    found = []
    while (start := date(year, month, 1)) <= last:
        month += length
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
        end = date(year, month, 1) - timedelta(days=1)
        found.append(Period(start, end, _words(start, end, length)))
    return found


def _words(start: date, end: date, length: int) -> str:
    if length == 12:
        return str(start.year)
    first = MONTHS[start.month - 1]
    return f"{first} {start.year}" if length == 1 else f"{first} to {MONTHS[end.month - 1]} {end.year}"
