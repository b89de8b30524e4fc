"""When the holidays fall: fixed days, nth weekdays, Easter and the Islamic calendar.

Easter is computed by the anonymous Gregorian algorithm (Meeus, "Astronomical Algorithms", 1991, ch. 8), Orthodox
Easter by the Julian one, Islamic days by the tabular (arithmetical) calendar with the civil epoch of 16 July 622
(Reingold and Dershowitz, "Calendrical Calculations", ch. 7). What is observed goes by the sighting of the moon and
differs by a day between countries; the data file gives such days a slack.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.dates.arithmetic import days_of
from dragoman.dates.interval import Interval, hull

__all__ = ["Holiday", "easter", "islamic", "orthodox_easter"]

_ISLAMIC_EPOCH = 227_014  # one less than date(622, 7, 19).toordinal(), in the proleptic Gregorian calendar


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day or days that come back every year: the rule, its numbers, how many days, and how far it may be off."""

    rule: str
    at: tuple[int, ...]
    days: int = 1
    slack: int = 0

    def of(self, year: int) -> Interval | None:
        """The interval of the holiday in `year`; where it falls twice in one year, from the first to the last.

        >>> str(Holiday("easter", (0,)).of(2020))
        '2020-04-12'
        """
        found: Interval | None = None
        for first in _RULES[self.rule](year, self.at) if 1 <= year <= 9999 else []:
            last = self.days - 1 + self.slack
            one = days_of(first, -self.slack, last, "range" if last + self.slack else "day")
            found = hull(found, one) if found and one else one or found
        return found


def easter(year: int) -> date:
    """Easter Sunday of the western churches.

    >>> easter(2019), easter(1998)
    (datetime.date(2019, 4, 21), datetime.date(1998, 4, 12))
    """
    century, rest = divmod(year, 100)
    epact = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (year % 19 + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Easter Sunday of the eastern churches, in the Gregorian calendar.

    >>> orthodox_easter(2020)
    datetime.date(2020, 4, 19)
    """
    moon = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + weekday + 114, 31)
    behind = year // 100 - year // 400 - 2  # days by which the Julian calendar lags
    return date(year, month, day + 1) + timedelta(days=behind)


def islamic(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a day of the tabular Islamic calendar; None outside the calendar.

    >>> islamic(1441, 9, 1)
    datetime.date(2020, 4, 24)
    """
    ordinal = _ISLAMIC_EPOCH + (year - 1) * 354 + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2 + day
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


def _fixed(year: int, at: tuple[int, ...]) -> list[date]:
    return [date(year, at[0], at[1])]


def _weekday(year: int, at: tuple[int, ...]) -> list[date]:
    month, weekday, nth = at
    days = [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]
    matching = [day for day in days if day.weekday() == weekday]
    return [matching[nth - 1 if nth > 0 else nth]]


def _easter(year: int, at: tuple[int, ...]) -> list[date]:
    return [easter(year) + timedelta(days=at[0])]


def _orthodox(year: int, at: tuple[int, ...]) -> list[date]:
    return [orthodox_easter(year) + timedelta(days=at[0])]


def _islamic(year: int, at: tuple[int, ...]) -> list[date]:
    about = (year - 622) * 33 // 32
    days = [islamic(lunar, *at) for lunar in range(about - 1, about + 3) if lunar > 0]
    return [day for day in days if day is not None and day.year == year]


_RULES: dict[str, Callable[[int, tuple[int, ...]], list[date]]] = {
    "fixed": _fixed,
    "weekday": _weekday,
    "easter": _easter,
    "orthodox": _orthodox,
    "islamic": _islamic,
}
