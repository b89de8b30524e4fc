"""Meanings made of other meanings: parts of a period, ranges, and times bounded on one side."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dragoman.dates.arithmetic import days_of, months_of, period_of, shifted, years_of
from dragoman.dates.interval import Interval
from dragoman.dates.moment import Meaning, Moment

__all__ = ["Bound", "Nth", "Part", "Range", "Side"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a period: early, middle and late are thirds; beginning and end are quarters.

    Thirds of a year are four months, of a month ten days, of a decade four, three and three years.

    >>> from dragoman.dates.moment import Fixed
    >>> from dragoman.dates.interval import parse_iso
    >>> str(Part("late", Fixed(parse_iso("2019"))).at(Moment(None)))
    '2019-09-01/2019-12-31'
    """

    name: str
    whole: Meaning

    def at(self, moment: Moment) -> Interval | None:
        """That part of the whole; the whole itself where it is a day or two or a bound of it is not known."""
        whole = self.whole.at(moment)
        if whole is None or whole.start is None or whole.end is None or (whole.end - whole.start).days < 2:
            return whole
        cut = _CUTS.get(whole.precision, _cut_days)
        return cut(whole.start, whole.end, self.name) or whole


def _cut_days(start: date, end: date, name: str) -> Interval | None:
    length = (end - start).days + 1
    third, quarter = math.ceil(length / 3), math.ceil(length / 4)
    first, last = {
        "early": (0, third - 1),
        "middle": (length // 3, length - 1 - length // 3),
        "late": (length - third, length - 1),
        "beginning": (0, quarter - 1),
        "end": (length - quarter, length - 1),
    }[name]
    return days_of(start, first, last, "range")


def _cut_month(start: date, end: date, name: str) -> Interval | None:
    days = {"early": (1, 10), "middle": (11, 20), "late": (21, end.day)}
    if name not in days:
        return _cut_days(start, end, name)
    first, last = days[name]
    return days_of(start, first - 1, last - 1, "range")


def _cut_months(start: date, end: date, name: str) -> Interval | None:
    """A year, season or quarter by whole months."""
    length = 12 if (end - start).days > 300 else 3
    third, quarter = length // 3, max(1, length // 4)
    first, count = {
        "early": (0, third),
        "middle": (third, third),
        "late": (length - third, third),
        "beginning": (0, quarter),
        "end": (length - quarter, quarter),
    }[name]
    return months_of(start.year, start.month + first, count, "range")


def _cut_decade(start: date, end: date, name: str) -> Interval | None:
    first, count = {"early": (0, 4), "middle": (4, 3), "late": (7, 3), "beginning": (0, 3), "end": (7, 3)}[name]
    return years_of(start.year + first, count, "range")


_CUTS: dict[str, Callable[[date, date, str], Interval | None]] = {
    "month": _cut_month,
    "season": _cut_months,
    "quarter": _cut_months,
    "year": _cut_months,
    "decade": _cut_decade,
}


@dataclass(frozen=True, slots=True)
class Nth:
    """The nth unit of a period, or its first or last few: "the first week of January", "the last two days of May".

    `number` counts from 1; -1 is the last. Where `count` units are meant, they begin or end the period.
    """

    number: int
    count: int
    unit: str
    whole: Meaning

    def at(self, moment: Moment) -> Interval | None:
        """That piece of the whole; the whole where it does not fit or a bound is not known."""
        whole = self.whole.at(moment)
        if whole is None or whole.start is None or whole.end is None:
            return whole
        if self.unit == "half":
            return self._half(whole.start, whole.end)
        if self.number > 0:
            start = shifted(whole.start, (self.number - 1) * self.count, self.unit)
            after = shifted(whole.start, self.number * self.count, self.unit)
            end = after - timedelta(days=1) if after and after > date.min else None
        else:
            before = shifted(whole.end, -self.count, self.unit) if self.unit in ("day", "week") else None
            start = before + timedelta(days=1) if before else self._last_period(whole.end)
            end = whole.end
        if start is None or end is None or start > whole.end or start > end:
            return whole
        return Interval(start, min(end, whole.end), self._precision(start, min(end, whole.end)))

    def _last_period(self, end: date) -> date | None:
        period = period_of(end, self.unit, 1 - self.count)
        return period.start if period else None

    def _half(self, start: date, end: date) -> Interval | None:
        if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year:
            return months_of(start.year, 1 if self.number == 1 else 7, 6, "range")
        half = math.ceil(((end - start).days + 1) / 2)
        return days_of(start, 0, half - 1, "range") if self.number == 1 else days_of(end, 1 - half, 0, "range")

    def _precision(self, start: date, end: date) -> str:
        if start == end:
            return "day"
        return self.unit if self.count == 1 and self.unit in ("week", "month", "quarter", "year") else "range"


@dataclass(frozen=True, slots=True)
class Side:
    """Earlier this year, later that day: the part of a period before or after the day that one speaks from."""

    earlier: bool
    whole: Meaning

    def at(self, moment: Moment) -> Interval | None:
        """The part on that side of the reference or of the event before; the whole where neither lies within it."""
        whole = self.whole.at(moment)
        if whole is None or whole.start is None or whole.end is None or whole.start == whole.end:
            return whole
        for day in self._standpoints(moment):
            if day and whole.start <= day <= whole.end:
                start, end = (whole.start, day) if self.earlier else (day, whole.end)
                return Interval(start, end, "day" if start == end else "range")
        return whole

    def _standpoints(self, moment: Moment) -> list[date | None]:
        if not getattr(self.whole, "anchored", False):
            return [moment.day]
        return [(moment.anchor.end if self.earlier else moment.anchor.start) if moment.anchor else None]


@dataclass(frozen=True, slots=True)
class Range:
    """From one to the other. The first is the latest that can stand before the second, and the other way ahead."""

    first: Meaning
    last: Meaning

    def at(self, moment: Moment) -> Interval | None:
        """The days from the start of the one to the end of the other; None where they cannot be put in order."""
        first, last = self._ordered(moment)
        start, end = first.start if first else None, last.end if last else None
        if start and end and start > end:
            return None
        if start is None or end is None:
            return Interval(start, end, "open") if start or end else None
        return Interval(start, end, "day" if start == end else "range")

    def _ordered(self, moment: Moment) -> tuple[Interval | None, Interval | None]:
        first, last = self.first.at(moment), self.last.at(moment)
        if not (first and last and first.start and last.end and first.start > last.end):
            return first, last
        if moment.future:
            # "From Saturday to Monday", said on a Sunday: the Monday after that Saturday.
            return first, self.last.at(moment.on(first.start))
        # "From November to January", said in December: the November before that January.
        return self.first.at(moment.on(last.end)), last


@dataclass(frozen=True, slots=True)
class Bound:
    """A time bounded by another: since, from and after run up to the reference, until and before up to the other."""

    kind: str
    limit: Meaning

    def at(self, moment: Moment) -> Interval | None:
        """The interval on that side of the limit."""
        if self.kind == "from":
            limit = self.limit.at(moment)
            return self._from(limit, moment) if limit else None
        if self.kind in ("since", "after"):
            past = replace(moment, future=False) if self.kind == "since" else moment
            limit = self.limit.at(past)
            return self._from(limit, moment) if limit else None
        limit = self.limit.at(moment)
        return self._to(limit, moment) if limit else None

    def _from(self, limit: Interval, moment: Moment) -> Interval:
        start = limit.start
        if self.kind == "after" and limit.precision == "day" and start and start < date.max:
            start += timedelta(days=1)
        if moment.future and self.kind != "since":
            return Interval(start, None, "open")
        if start and moment.day and start > moment.day:
            return limit  # it has not begun; what can be said is when it begins
        known = start is not None and moment.day is not None
        return Interval(start, moment.day, ("day" if start == moment.day else "range") if known else "open")

    def _to(self, limit: Interval, moment: Moment) -> Interval:
        end = limit.end
        if self.kind == "before" and limit.precision == "day" and end and end > date.min:
            end -= timedelta(days=1)
        if moment.future and moment.day and end and end >= moment.day:
            return Interval(moment.day, end, "day" if end == moment.day else "range")
        return Interval(None, end, "open")
