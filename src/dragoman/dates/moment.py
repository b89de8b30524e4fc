"""What a time expression is resolved against, and the meanings that rest on nothing but that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from dragoman.dates.arithmetic import days_of, period_of
from dragoman.dates.interval import Interval, hull

__all__ = [
    "Calendar",
    "Duration",
    "Fixed",
    "LastNight",
    "Meaning",
    "Moment",
    "Weekend",
    "before_now",
    "shift_hull",
]


@dataclass(frozen=True, slots=True)
class Moment:
    """The day of publication and the event before (None: not known), and whether the talk is of the future."""

    day: date | None
    anchor: Interval | None = None
    future: bool = False

    def on(self, day: date) -> Moment:
        """The same moment with another day of publication.

        >>> Moment(None).on(date(2020, 1, 3)).day
        datetime.date(2020, 1, 3)
        """
        return replace(self, day=day)


class Meaning(Protocol):
    """What an expression says, before it is known when it was said."""

    def at(self, moment: Moment) -> Interval | None:
        """The interval meant at that moment; None where nothing can be said."""
        ...


def before_now(moment: Moment) -> Interval | None:
    """All that can be said of an expression whose event is not known: up to the reference (future: from it on).

    >>> str(before_now(Moment(date(2020, 1, 29))))
    '../2020-01-29'
    """
    if moment.day is None:
        return None
    return Interval(moment.day, None, "open") if moment.future else Interval(None, moment.day, "open")


def shift_hull(interval: Interval, meaning: Meaning, moment: Moment) -> Interval | None:
    """The meaning read from both ends of `interval`, joined; a bound that is not known stays so.

    >>> str(shift_hull(Interval(date(2020, 1, 3), date(2020, 1, 4), "range"), Calendar("day", 1), Moment(None)))
    '2020-01-04/2020-01-05'
    """
    low = meaning.at(moment.on(interval.start)) if interval.start else None
    high = meaning.at(moment.on(interval.end)) if interval.end else None
    if low and high:
        return hull(low, high)
    if high:
        return Interval(None, high.end, "open")
    return Interval(low.start, None, "open") if low else None


@dataclass(frozen=True, slots=True)
class Fixed:
    """The same interval whenever it is said: "3 January 2020", "the 1990s"."""

    interval: Interval

    def at(self, moment: Moment) -> Interval | None:
        """The interval itself."""
        return self.interval


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time that says nothing of when: "40 years"."""

    def at(self, moment: Moment) -> Interval | None:
        """Always None."""
        return None


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar period around the reference or the event before: "last week", "the following month", "that year".

    >>> str(Calendar("week", -1).at(Moment(date(2020, 1, 29))))
    '2020-01-20/2020-01-26'
    """

    unit: str
    offset: int
    anchored: bool = False

    def at(self, moment: Moment) -> Interval | None:
        """The period; up to the reference where it rests on an event that is not known."""
        if self.anchored:
            if moment.anchor is None:
                return before_now(moment)
            return shift_hull(moment.anchor, Calendar(self.unit, self.offset), moment)
        return period_of(moment.day, self.unit, self.offset) if moment.day else None


@dataclass(frozen=True, slots=True)
class LastNight:
    """Last night, overnight: the evening of the day before or the small hours of the day itself."""

    def at(self, moment: Moment) -> Interval | None:
        """The day of publication and the day before."""
        return days_of(moment.day, -1, 0, "range") if moment.day else None


@dataclass(frozen=True, slots=True)
class Weekend:
    """The weekend: the latest that has begun, or of the future the next that has not ended; `last` is over.

    >>> str(Weekend().at(Moment(date(2020, 1, 29))))
    '2020-01-25/2020-01-26'
    """

    last: bool = False

    def at(self, moment: Moment) -> Interval | None:
        """Saturday and Sunday."""
        if moment.day is None:
            return None
        begun = moment.day.weekday() >= 5 and not self.last
        return period_of(moment.day, "weekend", 0 if begun or moment.future else -1)
