"""Reading numbers and quantities: "three", "twenty-five", "1,400", "two or three weeks", "more than a decade"."""

from __future__ import annotations

from dragoman.dates.lexicon import LEXICON
from dragoman.dates.spans import Quantity
from dragoman.dates.tokens import Tokens

__all__ = ["bare_units", "number", "quantity", "unit_at"]


ALMOST = 0.75
"""From which part of it on a length is called "nearly" that length."""


def unit_at(tokens: Tokens, index: int) -> str | None:
    """The unit of time that the piece names, or None.

    >>> from dragoman.dates.tokens import tokenise
    >>> unit_at(tokenise("two weeks"), 1)
    'week'
    """
    return LEXICON.units.get(tokens.low[index])


def number(tokens: Tokens, index: int) -> tuple[int, float] | None:
    """A number at `index`, in digits or words: the index after it and its value.

    >>> from dragoman.dates.tokens import tokenise
    >>> number(tokenise("twenty-five years"), 0), number(tokenise("1,400 years"), 0)
    ((3, 25), (3, 1400))
    """
    if tokens.low[index][:1].isdigit():
        return _digits(tokens, index)
    if tokens.low[index] not in _STARTS:
        return None
    return _words(tokens, index)


def _digits(tokens: Tokens, index: int) -> tuple[int, float] | None:
    value = tokens.number(index)
    if value < 0:
        return None
    end = index + 1
    while tokens.low[end] == "," and tokens.glued(end) and tokens.glued(end + 1) and end < index + 6:
        if len(tokens.low[end + 1]) != 3 or tokens.number(end + 1) < 0:
            break
        value, end = value * 1000 + tokens.number(end + 1), end + 2
    if tokens.low[end] == "." and tokens.glued(end) and tokens.glued(end + 1) and 0 <= tokens.number(end + 1) < 100:
        return end + 2, float(f"{value}.{tokens.low[end + 1]}")
    return end, value


_STARTS = frozenset(LEXICON.numbers) | {"a", "an"}


def _words(tokens: Tokens, index: int) -> tuple[int, float] | None:
    """Number words, with a, an for one before a unit or a multiplier."""
    low = tokens.low
    total, end = LEXICON.numbers.get(low[index], 1), index + 1
    if low[index] in ("a", "an") and low[end] not in LEXICON.multipliers and low[end] not in LEXICON.units:
        return None
    if 20 <= total <= 90:
        ones = end + 1 if low[end] == "-" else end
        if 1 <= LEXICON.numbers.get(low[ones], 0) <= 9:
            total, end = total + LEXICON.numbers[low[ones]], ones + 1
    for _ in range(2):  # "two hundred thousand"
        if low[end] in LEXICON.multipliers:
            total, end = total * LEXICON.multipliers[low[end]], end + 1
    return end, total


def _count(tokens: Tokens, index: int) -> tuple[int, float, float, bool] | None:
    """A number or a word for some: the index after it, from, to, and whether it is vague."""
    low, at = tokens.low, index
    if low[at] == "half" and low[at + 1] in ("a", "an"):
        return at + 2, 0.5, 0.5, False
    if low[at] in ("a", "an") and low[at + 1] in LEXICON.vague:
        at += 1
    if low[at] in LEXICON.vague:
        least, most = LEXICON.vague[low[at]]
        return at + (2 if low[at + 1] == "of" else 1), least, most, True
    first = number(tokens, at)
    if first is None:
        return None
    end, value = first
    if low[end] in ("or", "to", "-", "–"):
        second = number(tokens, end + 1)
        if second and second[1] > value and unit_at(tokens, second[0]):
            return second[0], value, second[1], False
    for half in (["and", "a", "half"], ["-", "and", "-", "a", "-", "half"]):
        if low[end : end + len(half)] == half:
            return end + len(half), value + 0.5, value + 0.5, False
    return end, value, value, False


def quantity(tokens: Tokens, index: int) -> tuple[int, Quantity] | None:
    """A number of units at `index`, with what loosens it: the index after it and the quantity.

    >>> from dragoman.dates.tokens import tokenise
    >>> quantity(tokenise("more than three weeks"), 0)
    (4, Quantity(low=3, high=3, unit='week', bound='more', vague=False))
    """
    loosened = LEXICON.comparisons.at(tokens, index)
    at, bound = loosened if loosened else (index, "exact")
    counted = _count(tokens, at)
    if counted is None:
        return None
    end, low, high, vague = counted
    unit = unit_at(tokens, end)
    if unit is None:
        return None
    end += 1
    if low == high and tokens.low[end : end + 3] == ["and", "a", "half"]:  # "a year and a half"
        end, low, high = end + 3, low + 0.5, high + 0.5
    if bound == "about":
        slack = max(1.0, round(high / 10))
        return end, Quantity(max(0, low - slack), high + slack, unit)
    if bound == "almost":
        return end, Quantity(ALMOST * low, high, unit, bound)
    if low != high and low == int(low) and bound != "exact":
        low = high = low if bound == "more" else high
    return end, Quantity(low, high, unit, bound, vague)


def bare_units(tokens: Tokens, index: int) -> tuple[int, Quantity] | None:
    """Units in the plural without a number ("days", "decades"), as a vague quantity.

    >>> from dragoman.dates.tokens import tokenise
    >>> bare_units(tokenise("days later"), 0)
    (1, Quantity(low=2, high=13, unit='day', bound='exact', vague=True))
    """
    word = tokens.low[index]
    unit = LEXICON.units.get(word)
    if unit is None or word == unit or tokens.before(index) in ("-", "half"):
        return None
    least, most = LEXICON.bare_plurals.get(unit, (2, None))
    return index + 1, Quantity(least, most, unit, "exact", True)
