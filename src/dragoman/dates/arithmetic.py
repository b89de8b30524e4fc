"""Calendar arithmetic: the period around a day, and days a number of units away.

Everything that would leave the calendar of Python (years 1 to 9999) gives None instead of an error, because
the numbers come out of texts ("five million years ago").
"""

from __future__ import annotations

import calendar
import math
from collections.abc import Callable
from datetime import date, timedelta

from dragoman.dates.interval import Interval

__all__ = ["days_of", "month_bounds", "months_of", "period_of", "shifted", "week_of", "year_bounds", "years_of"]


def week_of(day: date) -> Interval | None:
    """The calendar week, Monday to Sunday, that holds `day`; None at the very ends of the calendar.

    >>> str(week_of(date(2020, 1, 29)))
    '2020-01-27/2020-02-02'
    """
    return days_of(day, -day.weekday(), 6 - day.weekday(), "week")


def month_bounds(year: int, month: int) -> Interval | None:
    """The interval of one month; None where there is no such month.

    >>> str(month_bounds(2020, 2))
    '2020-02-01/2020-02-29'
    """
    return months_of(year, month, 1, "month") if 1 <= month <= 12 else None


def year_bounds(year: int) -> Interval | None:
    """The interval of one year; None outside the years 1 to 9999.

    >>> str(year_bounds(2020))
    '2020-01-01/2020-12-31'
    """
    return years_of(year, 1, "year")


def days_of(day: date, first: int, last: int, precision: str) -> Interval | None:
    """From `first` to `last` days after `day` (negative: before), or None outside the calendar.

    One day is of precision "day", whatever is asked for.

    >>> str(days_of(date(2020, 1, 3), -1, 1, "range"))
    '2020-01-02/2020-01-04'
    """
    try:
        return Interval(day + timedelta(days=first), day + timedelta(days=last), precision if last > first else "day")
    except OverflowError:
        return None


def months_of(year: int, month: int, count: int, precision: str) -> Interval | None:
    """`count` months from `month` of `year`, which may lie outside 1 to 12 and is carried over.

    >>> str(months_of(2019, 12, 3, "season"))
    '2019-12-01/2020-02-29'
    """
    first, last = year * 12 + month - 1, year * 12 + month + count - 2
    if first < 12 or last >= 120_000:
        return None
    end_year, end_month = last // 12, last % 12 + 1
    end = date(end_year, end_month, calendar.monthrange(end_year, end_month)[1])
    return Interval(date(first // 12, first % 12 + 1, 1), end, precision)


def years_of(year: int, count: int, precision: str) -> Interval | None:
    """`count` whole years from `year` on.

    >>> str(years_of(1990, 10, "decade"))
    '1990-01-01/1999-12-31'
    """
    return months_of(year, 1, 12 * count, precision)


def _week(day: date, offset: int) -> Interval | None:
    return days_of(day, 7 * offset - day.weekday(), 7 * offset + 6 - day.weekday(), "week")


def _weekend(day: date, offset: int) -> Interval | None:
    return days_of(day, 7 * offset + 5 - day.weekday(), 7 * offset + 6 - day.weekday(), "range")


_PERIODS: dict[str, Callable[[date, int], Interval | None]] = {
    "day": lambda day, offset: days_of(day, offset, offset, "day"),
    "week": _week,
    "weekend": _weekend,
    "fortnight": lambda day, offset: _week(day, 2 * offset),
    "month": lambda day, offset: months_of(day.year, day.month + offset, 1, "month"),
    "quarter": lambda day, offset: months_of(day.year, (day.month - 1) // 3 * 3 + 1 + 3 * offset, 3, "quarter"),
    "year": lambda day, offset: years_of(day.year + offset, 1, "year"),
    "decade": lambda day, offset: years_of(day.year // 10 * 10 + 10 * offset, 10, "decade"),
    "century": lambda day, offset: years_of((day.year - 1) // 100 * 100 + 1 + 100 * offset, 100, "range"),
}


def period_of(day: date, unit: str, offset: int = 0) -> Interval | None:
    """The calendar period of the unit that holds `day`, or the one `offset` periods later.

    Takes day, week, weekend, fortnight, month, quarter, year, decade or century; raises KeyError for another.

    >>> str(period_of(date(2020, 1, 29), "week", -1))
    '2020-01-20/2020-01-26'
    >>> str(period_of(date(2020, 1, 29), "quarter", -1))
    '2019-10-01/2019-12-31'
    """
    return _PERIODS[unit](day, offset)


_DAYS = {"day": 1.0, "week": 7.0, "fortnight": 14.0, "hour": 1 / 24, "minute": 1 / 1440, "second": 1 / 86400}
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


def shifted(day: date, amount: float, unit: str) -> date | None:
    """The day `amount` units after `day` (negative: before), whole days outward; None outside the calendar.

    A month later than the 31st is the last day of a shorter month.

    >>> shifted(date(2020, 1, 31), 1, "month"), shifted(date(2020, 1, 29), -3, "hour")
    (datetime.date(2020, 2, 29), datetime.date(2020, 1, 28))
    """
    if unit in _DAYS:
        days = amount * _DAYS[unit]
        # The rounding forgives the error of a third of a day written in binary.
        whole = math.ceil(round(days, 6)) if days > 0 else math.floor(round(days, 6))
        try:
            return day + timedelta(days=whole)
        except OverflowError:
            return None
    months = round(amount * _MONTHS[unit])
    landing = months_of(day.year, day.month + months, 1, "month")
    if landing is None or landing.start is None or landing.end is None:
        return None
    return min(landing.end, landing.start + timedelta(days=day.day - 1))
