"""How much time has passed: the days on which one says "three weeks after" or "more than a year since"."""

from __future__ import annotations

import math
from datetime import date

from dragoman.dates.arithmetic import shifted
from dragoman.dates.expression import TimeExpression, find
from dragoman.dates.interval import Interval
from dragoman.dates.moment import Calendar
from dragoman.dates.spans import Quantity, Shift

__all__ = ["elapsed"]

_ROUND = 0.1
"""Large numbers of days are round: "a hundred days after" may be ten more."""

_SLACK = {"decade": 0.2, "century": 0.1}
"""By how much of the unit "ten weeks" may be longer or shorter; of those not named, half of it."""


def elapsed(expression: TimeExpression, since: Interval) -> Interval | None:
    """The days on which a speaker says so of what happened at `since`; None where the words tell no distance after.

    "Three weeks after" is said from half a week before to half a week after that day, "more than three weeks" up to
    four, "less than" from two; days are counted exactly. A length alone ("three weeks" of "three weeks since") is
    taken as such a distance.

    >>> from dragoman.dates import find, parse_iso
    >>> [distance] = find("More than three weeks after the strike")
    >>> str(elapsed(distance, parse_iso("2020-01-03")))
    '2020-01-24/2020-01-31'
    """
    meaning = expression.meaning
    if expression.kind == "duration":
        told = find(f"{expression.text} after")
        meaning = told[0].meaning if told else meaning
    if isinstance(meaning, Calendar) and meaning.anchored and meaning.offset == 1:  # "the day after"
        meaning = Shift(Quantity(1, 1, meaning.unit), 1, "anchor")
    if not isinstance(meaning, Shift) or meaning.sign < 0 or meaning.base != "anchor":
        return None
    low, high = _bounds(meaning.quantity)
    start = _moved(since.start, low, meaning.quantity.unit)
    end = _moved(since.end, high, meaning.quantity.unit) if high is not None else None
    if start is None:
        return None
    return Interval(start, end, "open" if end is None else "day" if start == end else "range")


def _bounds(quantity: Quantity) -> tuple[float, float | None]:
    """From how many units to how many, as people say it."""
    low, high = quantity.low, quantity.high
    if high is None or quantity.vague:
        return low, high
    if quantity.bound == "more":
        return low, high + (max(1, _ROUND * high) if quantity.unit == "day" else 1)
    if quantity.bound == "less":
        return max(0, low - 1), high
    slack = math.floor(_ROUND * high) if quantity.unit == "day" else _SLACK.get(quantity.unit, 0.5)
    if low != int(low):  # "half a year", "two and a half months"
        slack /= 2
    return max(0, low - slack), high + slack


def _moved(day: date | None, amount: float, unit: str) -> date | None:
    """A day moved by whole units, and by the rest in days."""
    whole = int(amount)
    there = shifted(day, whole, unit) if day else None
    after = shifted(day, whole + 1, unit) if day else None
    return shifted(there, (amount - whole) * (after - there).days, "day") if there and after else None
