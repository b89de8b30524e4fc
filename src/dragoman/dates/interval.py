"""Intervals of days with their precision, and the ISO 8601 texts that stand for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["PRECISIONS", "Interval", "hull", "parse_iso", "single_day"]

PRECISIONS = ("day", "week", "month", "season", "quarter", "year", "decade", "range", "open")
"""What an interval may claim to be; "open" is an interval with a bound that nobody knows."""

_DAY = r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_POINT = re.compile(rf"{_DAY}|(\d{{4}})-(\d{{2}})|(\d{{4}})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `start` to `end`, both included; a bound that is not known is None.

    Raises ValueError where the bounds are in the wrong order or the precision has no such name.

    >>> str(Interval(date(2020, 1, 20), date(2020, 1, 26), "week"))
    '2020-01-20/2020-01-26'
    """

    start: date | None
    end: date | None
    precision: str

    def __post_init__(self) -> None:
        if self.precision not in PRECISIONS:
            raise ValueError(f"{self.precision!r} is no precision; use one of {', '.join(PRECISIONS)}.")
        if self.start is not None and self.end is not None and self.start > self.end:
            raise ValueError(f"An interval cannot start on {self.start} and end before it, on {self.end}.")

    def __str__(self) -> str:
        if self.start is not None and self.start == self.end:
            return self.start.isoformat()
        return "/".join(bound.isoformat() if bound else ".." for bound in (self.start, self.end))

    def overlaps(self, other: Interval) -> bool:
        """Whether the two may share a day; an unknown bound reaches as far as it can.

        >>> parse_iso("2020-01").overlaps(parse_iso("2020-01-31/2020-02-02"))
        True
        >>> parse_iso("2020-01").overlaps(parse_iso("2020-02"))
        False
        """
        starts_in_time = self.start is None or other.end is None or self.start <= other.end
        ends_in_time = self.end is None or other.start is None or other.start <= self.end
        return starts_in_time and ends_in_time

    def clamp(self, latest: date) -> Interval:
        """The part up to `latest`; an interval that lies wholly after it comes back as it is.

        What a text reports as done cannot be later than its publication: "this week" in an article of a
        Wednesday ends there.

        >>> str(parse_iso("2020-01").clamp(date(2020, 1, 29)))
        '2020-01-01/2020-01-29'
        """
        if self.start is not None and self.start > latest:
            return self
        if self.end is not None and self.end <= latest:
            return self
        if self.start is None:
            return Interval(None, latest, "open")
        return Interval(self.start, latest, "day" if self.start == latest else "range")


def single_day(day: date) -> Interval:
    """The interval of one day.

    >>> str(single_day(date(2020, 1, 3)))
    '2020-01-03'
    """
    return Interval(day, day, "day")


def hull(one: Interval, other: Interval) -> Interval:
    """The shortest interval that holds both; equal ones keep their precision.

    >>> hull(parse_iso("2020-01-03"), parse_iso("2020-01-05"))
    Interval(start=datetime.date(2020, 1, 3), end=datetime.date(2020, 1, 5), precision='range')
    """
    if (one.start, one.end) == (other.start, other.end):
        return one
    start = min(one.start, other.start) if one.start and other.start else None
    end = max(one.end, other.end) if one.end and other.end else None
    return Interval(start, end, "range" if start and end else "open")


def parse_iso(text: str) -> Interval:
    """The interval that an ISO 8601 text means; a time of day is read and dropped.

    Takes a year, a month, a day, a day with a time, or two of them with a slash between ("..", or nothing, for
    a bound not known). Raises ValueError with a sentence for anything else.

    >>> str(parse_iso("2020-01")), str(parse_iso("2020-01-06T21:03Z"))
    ('2020-01-01/2020-01-31', '2020-01-06')
    >>> parse_iso("2020-01-24/2020-02-02").precision
    'range'
    """
    first, slash, second = text.strip().partition("/")
    if not slash:
        return _point(first, text)
    start = None if first in ("", "..") else _point(first, text).start
    end = None if second in ("", "..") else _point(second, text).end
    if start and end and start > end:
        raise ValueError(f"{text!r} ends before it starts.")
    if start is None or end is None:
        return Interval(start, end, "open")
    return Interval(start, end, "day" if start == end else "range")


def _point(text: str, whole: str) -> Interval:
    found = _POINT.fullmatch(text)
    if found is None:
        raise ValueError(f"{whole!r} is no ISO 8601 date; write 2020, 2020-01, 2020-01-06 or 2020-01-06/2020-01-09.")
    year, month, day, month_year, month_only, only_year = found.groups()
    try:
        if only_year:
            return Interval(date(int(only_year), 1, 1), date(int(only_year), 12, 31), "year")
        if month_year:
            return _month(int(month_year), int(month_only))
        return single_day(date(int(year), int(month), int(day)))
    except ValueError as error:
        raise ValueError(f"{whole!r} names a day that no calendar has: {error}.") from None


def _month(year: int, month: int) -> Interval:
    start = date(year, month, 1)
    if (year, month) == (9999, 12):
        return Interval(start, date.max, "month")
    end = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return Interval(start, end, "month")
