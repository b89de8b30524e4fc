"""Sets of days as sorted spans of ordinals that do not touch: what a clue allows for the day of publication."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from dragoman.dates import Interval

EARLIEST, LATEST = date(1900, 1, 1).toordinal(), date(2199, 12, 31).toordinal()
"""The days that are thought of at all; whatever ends at one of them has no bound on that side."""

Spans = tuple[tuple[int, int], ...]

ALL: Spans = ((EARLIEST, LATEST),)


def spans_of(interval: Interval) -> Spans:
    """The days of an interval; a bound that is not known reaches as far as it can."""
    start = interval.start.toordinal() if interval.start else EARLIEST
    end = interval.end.toordinal() if interval.end else LATEST
    return ((max(start, EARLIEST), min(end, LATEST)),) if start <= LATEST and end >= EARLIEST else ()


def union(many: Iterable[Spans]) -> Spans:
    """The days that one of them has.

    >>> union([((1, 3),), ((4, 5), (9, 9))])
    ((1, 5), (9, 9))
    """
    joined: list[tuple[int, int]] = []
    for start, end in sorted(span for spans in many for span in spans):
        if joined and start <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def intersection(one: Spans, other: Spans) -> Spans:
    """The days that both have.

    >>> intersection(((1, 5), (8, 9)), ((4, 8),))
    ((4, 5), (8, 8))
    """
    pairs = ((max(a, c), min(b, d)) for a, b in one for c, d in other)
    return tuple(sorted((start, end) for start, end in pairs if start <= end))


def days_where(allowed: Callable[[date], bool], first: int, last: int) -> Spans:
    """The days from one ordinal to another of which something is true."""
    days = range(max(first, EARLIEST), min(last, LATEST) + 1)
    return union(((day, day),) for day in days if allowed(date.fromordinal(day)))
