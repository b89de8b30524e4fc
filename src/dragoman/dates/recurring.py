"""Meanings that come round: a month, a day of the year, a season, a holiday; weekdays; days of the month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from dragoman.dates.arithmetic import days_of, month_bounds, months_of
from dragoman.dates.interval import Interval, hull, single_day
from dragoman.dates.moment import Meaning, Moment, before_now

__all__ = ["DayOfMonth", "DayOfYear", "MonthsOfYear", "Recurring", "Weekday", "Yearly"]

_GRACE = timedelta(days=1)
"""News of the third is published on the second in a time zone to the west: a day ahead is not a year ago."""


class Yearly(Protocol):
    """Something that every year has."""

    def of(self, year: int) -> Interval | None:
        """Its interval in that year; None where the year has none (29 February)."""
        ...


@dataclass(frozen=True, slots=True)
class DayOfYear:
    """A month and a day, or several days of it.

    >>> str(DayOfYear(3, 3, 5).of(2016))
    '2016-03-03/2016-03-05'
    """

    month: int
    day: int
    last: int | None = None

    def of(self, year: int) -> Interval | None:
        """The day or days in that year; None where it has no such day."""
        try:
            start = date(year, self.month, self.day)
            end = date(year, self.month, self.last or self.day)
        except ValueError:
            return None
        return Interval(start, end, "day" if start == end else "range") if start <= end else None


@dataclass(frozen=True, slots=True)
class MonthsOfYear:
    """Whole months: a month, a season, a quarter, a half.

    >>> str(MonthsOfYear(12, 3, "season").of(2019))
    '2019-12-01/2020-02-29'
    """

    first: int
    count: int
    precision: str

    def of(self, year: int) -> Interval | None:
        """The months in that year; a winter runs into the next."""
        return months_of(year, self.first, self.count, self.precision)


@dataclass(frozen=True, slots=True)
class Recurring:
    """What every year has, in a year that is named, or in the one that the news must mean.

    `which` is plain ("in December"), last, next or this. Plain means the latest that has begun, of the future the
    earliest that has not ended.

    >>> str(Recurring(MonthsOfYear(12, 1, "month")).at(Moment(date(2020, 1, 29))))
    '2019-12-01/2019-12-31'
    """

    pattern: Yearly
    which: str = "plain"
    year: Meaning | None = None

    def at(self, moment: Moment) -> Interval | None:
        """The interval in the year meant."""
        if self.year is not None:
            within = self.year.at(moment)
            return self._in(within) if within and within.start and within.end else within
        if moment.day is None:
            return None
        day = moment.day
        around = (self.pattern.of(year) for year in range(day.year - 9, day.year + 10) if 1 <= year <= 9999)
        found = [one for one in around if one and one.start and one.end]
        if self.which == "this":
            return next((one for one in found if one.start <= day <= one.end), self.pattern.of(day.year))  # type: ignore[operator]
        if self.which == "next":
            return next((one for one in found if one.start and one.start > day), None)
        if self.which == "last":
            return next((one for one in reversed(found) if one.end and one.end < day), None)
        if moment.future:
            return next((one for one in found if one.end and one.end >= day), None)
        limit = day + _GRACE if day < date.max and found and found[0].start == found[0].end else day
        return next((one for one in reversed(found) if one.start and one.start <= limit), None)

    def _in(self, within: Interval) -> Interval | None:
        first, last = within.start.year, within.end.year  # type: ignore[union-attr]
        here = self.pattern.of(first)
        if here and here.end and here.end.year > first:  # it runs into the next year, as winters do
            return here if last == first + 1 else self._over_new_year(first, here)
        there = self.pattern.of(last) if last != first else here
        return hull(here, there) if here and there else here or there

    def _over_new_year(self, year: int, here: Interval) -> Interval:
        # "The winter of 2019" may be the one that ended in 2019 or the one that began in it.
        before = self.pattern.of(year - 1) if year > 1 else None
        if before is None or before.end is None or before.end.year < year:
            return here
        return Interval(date(year, 1, 1), here.end, "range")


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week: plain, last, next, this, coming, or following and previous (from the event before).

    A week may be named with it ("Friday last week"). Where the words allow two days, both are in the interval.

    >>> str(Weekday(4).at(Moment(date(2020, 1, 29))))
    '2020-01-24'
    """

    number: int
    which: str = "plain"
    week: Meaning | None = None

    def at(self, moment: Moment) -> Interval | None:
        """The day, or the days from one candidate to the other."""
        if self.week is not None:
            week = self.week.at(moment)
            if week is None or week.precision != "week" or week.start is None:
                return week
            return days_of(week.start, self.number, self.number, "day")
        if self.which in ("following", "previous"):
            return self._anchored(moment)
        return self._around(moment.day, moment.future) if moment.day else None

    def _anchored(self, moment: Moment) -> Interval | None:
        if moment.anchor is None or moment.anchor.start is None or moment.anchor.end is None:
            return before_now(moment)
        first = self._step(moment.anchor.start, self.which == "following")
        second = self._step(moment.anchor.end, self.which == "following")
        return hull(first, second) if first and second else first or second

    def _step(self, day: date, forward: bool) -> Interval | None:
        """The nearest such day strictly after or before."""
        ahead = (self.number - day.weekday() - 1) % 7 + 1
        distance = ahead if forward else ahead - 7 or -7
        return days_of(day, distance, distance, "day")

    def _around(self, day: date, future: bool) -> Interval | None:
        in_week = self.number - day.weekday()
        if self.which == "this":
            return days_of(day, in_week, in_week, "day")
        if self.which == "coming":
            return self._step(day, True)
        if self.which in ("last", "next"):
            # The nearest such day, or the one of the calendar week before or after: the words do not say.
            forward = self.which == "next"
            other_week = in_week + (7 if forward else -7)
            near, far = self._step(day, forward), days_of(day, other_week, other_week, "day")
            return hull(near, far) if near and far else near or far
        if in_week == 0:
            return single_day(day)
        return self._step(day, future)


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """A day of a month that is not named: "on the 13th".

    >>> str(DayOfMonth(27).at(Moment(date(2020, 1, 4))))
    '2019-12-27'
    """

    number: int

    def at(self, moment: Moment) -> Interval | None:
        """The latest such day up to the reference (future: the first from it on)."""
        if moment.day is None:
            return None
        step = 1 if moment.future else -1
        index = moment.day.year * 12 + moment.day.month - 1
        for month in range(index, index + 3 * step, step):
            bounds = month_bounds(month // 12, month % 12 + 1) if month >= 12 else None
            if bounds is None or bounds.start is None or bounds.end is None or self.number > bounds.end.day:
                continue
            day = bounds.start + timedelta(days=self.number - 1)
            if (day >= moment.day) if moment.future else (day <= moment.day):
                return single_day(day)
        return None
