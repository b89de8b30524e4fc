"""Meanings counted in units: three weeks ago, a day later, the past three months, in two days, for years."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from dragoman.dates.arithmetic import days_of, period_of, shifted, years_of
from dragoman.dates.interval import Interval, hull, single_day
from dragoman.dates.moment import Calendar, Meaning, Moment, before_now, shift_hull

__all__ = ["Lasting", "PeriodOf", "Quantity", "Running", "Shift", "Stretch", "Within"]

_CLOCK = {"hour": 24, "minute": 1440, "second": 86400}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of units, from `low` to `high` (None: any more); `bound` is exact, almost, more ("more than") or less.

    >>> Quantity(3, 3, "week").exact
    True
    """

    low: float
    high: float | None
    unit: str
    bound: str = "exact"
    vague: bool = False

    @property
    def exact(self) -> bool:
        """Whether it is one number and no bound."""
        return self.low == self.high and self.bound == "exact"


@dataclass(frozen=True, slots=True)
class Shift:
    """A distance before (`sign` -1) or after (1) the reference, the event before, or another meaning.

    As precise as its unit: three weeks ago is a week, three days ago a day, three years ago a year.

    >>> str(Shift(Quantity(3, 3, "week"), -1).at(Moment(date(2020, 1, 29))))
    '2020-01-06/2020-01-12'
    """

    quantity: Quantity
    sign: int
    base: Meaning | str = "reference"

    def at(self, moment: Moment) -> Interval | None:
        """The interval at that distance; up to the reference where it rests on an event that is not known."""
        if self.base == "reference":
            base = single_day(moment.day) if moment.day else None
        elif isinstance(self.base, str):
            base = moment.anchor
        else:
            base = self.base.at(moment)
        if base is None:
            return before_now(moment)
        first = self._from(base.start) if base.start else None
        second = self._from(base.end) if base.end else None
        if first and second:
            return hull(first, second)
        if second:
            return Interval(None, second.end, "open")
        return Interval(first.start, None, "open") if first else None

    def _from(self, day: date) -> Interval | None:
        quantity, sign = self.quantity, self.sign
        if quantity.bound == "less":
            return _ordered(day, shifted(day, sign * (quantity.high or quantity.low), quantity.unit), sign)
        if quantity.bound == "almost":
            nearest = shifted(day, sign * quantity.low, quantity.unit)
            return _ordered(nearest or day, shifted(day, sign * (quantity.high or quantity.low), quantity.unit), sign)
        if quantity.bound == "more" or quantity.high is None:
            near = self._landing(day, quantity.low)
            if quantity.bound == "more":
                target = shifted(day, sign * quantity.low, quantity.unit)
                near = single_day(target) if target else None
            return _beyond(near, sign)
        low, high = self._landing(day, quantity.low), self._landing(day, quantity.high)
        if low is None or high is None:
            return _beyond(low, sign)
        return low if quantity.exact else _not_past(hull(low, high), day, sign)

    def _landing(self, day: date, amount: float) -> Interval | None:
        """The period of the unit that lies that far away."""
        unit, sign = self.quantity.unit, self.sign
        if amount != int(amount) and unit in ("century", "decade"):  # "half a century" is five decades
            amount, unit = amount * 10, "decade" if unit == "century" else "year"
        if unit in _CLOCK:
            near, far = math.floor(amount / _CLOCK[unit]), math.ceil(amount / _CLOCK[unit])
            first, last = (near, far) if sign > 0 else (-far, -near)
            return days_of(day, first, last, "day" if first == last else "range")
        target = shifted(day, sign * amount, unit)
        if target is None:
            return None
        if unit == "decade":  # "a decade ago" is ten years ago, give or take five
            return years_of(target.year - 5, 11, "decade")
        if unit == "century":
            return years_of(target.year - 50, 101, "range")
        return period_of(target, "week" if unit == "fortnight" else unit)


def _ordered(day: date, other: date | None, sign: int) -> Interval:
    """From one to the other, whichever is first; open where the other lies outside the calendar."""
    if other is None:
        return Interval(day, None, "open") if sign > 0 else Interval(None, day, "open")
    start, end = min(day, other), max(day, other)
    return Interval(start, end, "day" if start == end else "range")


def _beyond(near: Interval | None, sign: int) -> Interval | None:
    """Everything at least as far as `near`."""
    if near is None:
        return None
    return Interval(near.start, None, "open") if sign > 0 else Interval(None, near.end, "open")


def _not_past(interval: Interval, day: date, sign: int) -> Interval:
    """A loose distance backward ends on the day that it is counted from, one forward begins there."""
    start, end = interval.start, interval.end
    if sign < 0 and start and end and start <= day < end:
        end = day
    if sign > 0 and start and end and start < day <= end:
        start = day
    return interval if (start, end) == (interval.start, interval.end) else Interval(start, end, "range")


@dataclass(frozen=True, slots=True)
class Stretch:
    """The whole of a time that touches the reference or the event before: "the past three months", "the next days".

    `base` is reference, anchor (the event before; without one, the reference) or story: the event before where the
    past is told, else the reference.

    >>> str(Stretch(Quantity(3, 3, "month"), -1).at(Moment(date(2020, 1, 29))))
    '2019-10-29/2020-01-29'
    """

    quantity: Quantity
    sign: int
    base: str = "reference"

    def at(self, moment: Moment) -> Interval | None:
        """From as far as it may reach to the day that it touches."""
        told = self.base == "story" and not moment.future
        if moment.anchor and (told or self.base == "anchor"):
            base = moment.anchor
        elif self.base == "anchor" and self.sign > 0:
            return before_now(moment)
        else:
            base = single_day(moment.day) if moment.day else Interval(None, None, "open")
        touched, side = (base.start, base.end) if self.sign > 0 else (base.end, base.start)
        far = self._far(side) if side else None
        if self.sign > 0:
            return _closed(touched, far)
        return _closed(far, touched)

    def _far(self, day: date) -> date | None:
        if self.quantity.high is None:
            return None
        target = shifted(day, self.sign * self.quantity.high, self.quantity.unit)
        if target is None or not self.quantity.vague or self.quantity.unit in _CLOCK:
            return target
        period = period_of(target, self.quantity.unit)
        return (period.end if self.sign > 0 else period.start) if period else target


def _closed(start: date | None, end: date | None) -> Interval | None:
    if start is None and end is None:
        return None
    if start is None or end is None:
        return Interval(start, end, "open")
    return Interval(start, end, "day" if start == end else "range")


@dataclass(frozen=True, slots=True)
class Within:
    """Within two days: no later than that after the event before, or after the reference of something to come.

    With `exactly` it is "in three weeks", at that distance; told of the past, it is a length and says nothing of when.
    """

    quantity: Quantity
    exactly: bool = False

    def at(self, moment: Moment) -> Interval | None:
        """The time allowed; up to the reference where no event before is known."""
        if self.exactly:
            return Shift(self.quantity, 1).at(moment) if moment.future else None
        limit = Quantity(self.quantity.low, self.quantity.high, self.quantity.unit, "less")
        if moment.future:
            return Shift(limit, 1).at(moment)
        return Shift(limit, 1, "anchor").at(moment) if moment.anchor else before_now(moment)


@dataclass(frozen=True, slots=True)
class Lasting:
    """For three weeks: a length whose end the words do not give, so all of the time up to the reference.

    With a quantity it reaches to the reference: what "has lasted for three weeks" began that long before.

    >>> str(Lasting(Quantity(3, 3, "week")).at(Moment(date(2020, 1, 29))))
    '2020-01-08/2020-01-29'
    """

    quantity: Quantity | None = None

    def at(self, moment: Moment) -> Interval | None:
        """Up to the reference; of the future, from it on."""
        if self.quantity is None or self.quantity.bound == "more" or moment.future:
            return before_now(moment)
        return Stretch(self.quantity, -1).at(moment)


@dataclass(frozen=True, slots=True)
class Running:
    """For the third straight day: the days, weeks or years that the count runs over, up to the reference.

    >>> str(Running(3, "day").at(Moment(date(2020, 1, 29)))), str(Running(5, "decade").at(Moment(date(2020, 1, 29))))
    ('2020-01-27/2020-01-29', '1980-01-01/2020-01-29')
    """

    number: int
    unit: str

    def at(self, moment: Moment) -> Interval | None:
        """From the first of them to the reference."""
        first = period_of(moment.day, self.unit, 1 - self.number) if moment.day else None
        return _closed(first.start, moment.day) if first else None


@dataclass(frozen=True, slots=True)
class PeriodOf:
    """The week of March 11, the night of June 3: the calendar period that holds a day."""

    unit: str
    day: Meaning

    def at(self, moment: Moment) -> Interval | None:
        """That period; where the day is not known to the day, the hull of its periods."""
        day = self.day.at(moment)
        return shift_hull(day, Calendar(self.unit, 0), moment) if day else None
