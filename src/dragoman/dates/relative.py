"""Readers of times told from where one stands: yesterday, last week, two days ago, the past months, a day later."""

from __future__ import annotations

from dataclasses import replace

from dragoman.dates.counting import bare_units, quantity, unit_at
from dragoman.dates.dispatch import phrase_at
from dragoman.dates.lexicon import LEXICON
from dragoman.dates.moment import Calendar, Duration, LastNight, Meaning, Weekend
from dragoman.dates.named import skip_part_of_day
from dragoman.dates.parsed import Parsed
from dragoman.dates.spans import Lasting, PeriodOf, Quantity, Running, Shift, Stretch, Within
from dragoman.dates.tokens import Tokens

__all__ = [
    "counted",
    "deictic",
    "holding",
    "lasting",
    "period",
    "recently",
    "running",
    "stretch",
    "the_day_before",
    "within",
]

_PERIODS = {"this": (0, False), "last": (-1, False), "next": (1, False), "that": (0, True)}
_ANCHORED = {"same": 0, "following": 1, "next": 1, "previous": -1, "preceding": -1}
_UNITS = frozenset(("day", "week", "weekend", "month", "quarter", "year", "decade", "century"))


def deictic(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """Yesterday morning, today, tonight, tomorrow, now; never "now that"."""
    word = tokens.low[index]
    if word == "now" and tokens.low[index + 1] == "that":
        return None
    return Parsed(skip_part_of_day(tokens, index + 1), "relative", Calendar("day", LEXICON.deictic[word]))


def recently(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """Recently, lately: any time before; overnight: last night; then, but only after a bound ("since then")."""
    word = tokens.low[index]
    if word == "then":
        return Parsed(index + 1, "anchored", Calendar("day", 0, anchored=True)) if depth > 0 else None
    return Parsed(index + 1, "relative", LastNight() if word == "overnight" else Lasting())


def period(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """This month, last week, last night, that year; the same day, the following week; the weekend."""
    word, after = tokens.low[index], tokens.low[index + 1]
    if word == "the" and after == "weekend":
        return Parsed(index + 2, "relative", Weekend())
    if word in ("the", "that"):
        found = _anchored_period(tokens, index + 2 if after == "very" else index + 1)
        if found:
            return found
    if word == "the" and depth > 0 and after in _UNITS - {"day"}:  # "the end of the year"
        return Parsed(index + 2, "relative", Calendar(after, 0))
    return _plain_period(tokens, index)


def _anchored_period(tokens: Tokens, index: int) -> Parsed | None:
    word, unit = tokens.low[index], tokens.low[index + 1]
    if word not in _ANCHORED:
        return None
    if LEXICON.among("parts_of_day", unit):
        unit = "day"
    if unit not in _UNITS:
        return None
    if word == "next" and unit != "day":
        return Parsed(index + 2, "relative", Stretch(Quantity(1, 1, unit), 1, "story")) if unit != "weekend" else None
    return Parsed(index + 2, "anchored", Calendar(unit, _ANCHORED[word], anchored=True))


def _plain_period(tokens: Tokens, index: int) -> Parsed | None:
    word, unit = tokens.low[index], tokens.low[index + 1]
    if word not in _PERIODS:
        return None
    offset, anchored = _PERIODS[word]
    kind = "anchored" if anchored else "relative"
    if LEXICON.among("parts_of_day", unit):
        if word == "last" and unit == "night":
            return Parsed(index + 2, kind, LastNight())
        return Parsed(index + 2, kind, Calendar("day", offset, anchored)) if word != "next" else None
    if unit not in _UNITS or (unit == "day" and not anchored) or tokens.before(index) == "the":
        return None
    if unit == "weekend" and not anchored:
        return Parsed(index + 2, kind, Weekend(last=True) if offset == -1 else Calendar(unit, offset))
    return Parsed(index + 2, kind, Calendar(unit, offset, anchored))


def counted(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """Two days ago, three weeks after, days later, a week before Christmas, 40 years."""
    found = quantity(tokens, index)
    number_given = found is not None
    found = found or bare_units(tokens, index)
    if found is None:
        return None
    end, amount = found
    moved = _moved(tokens, end, amount, depth)
    if moved:
        return moved
    # "A day" alone is a rate ("twice a day"), "years" alone a manner of speaking, "40 years old" an age.
    if not number_given or tokens.low[index] in ("a", "an") or tokens.low[end] == "old":
        return None
    return Parsed(end, "duration", Duration()) if tokens.low[end : end + 2] != ["of", "age"] else None


def _moved(tokens: Tokens, index: int, amount: Quantity, depth: int) -> Parsed | None:
    """The word that turns a length into a distance, and what it is counted from."""
    word = tokens.low[index]
    if LEXICON.among("ago", word):
        return Parsed(index + 1, "relative", Shift(amount, -1))
    if word == "from" and tokens.low[index + 1] == "now":
        return Parsed(index + 2, "relative", Shift(amount, 1))
    if word == "from":
        base = _date_base(tokens, index + 1, depth)
        return Parsed(base.end, base.kind, Shift(_to_the_day(amount), 1, base.meaning)) if base else None
    later, earlier = LEXICON.among("afterwards", word), LEXICON.among("beforehand", word)
    if not later and not earlier:
        return None
    sign = 1 if later else -1
    if word in ("after", "before"):
        base = _date_base(tokens, index + 1, depth)
        if base:
            return Parsed(base.end, "date", Shift(amount, sign, base.meaning))
    return Parsed(index + 1, "anchored", Shift(amount, sign, "anchor"))


def _to_the_day(amount: Quantity) -> Quantity:
    """A week from Monday is a Monday: weeks counted from a day are seven days each."""
    days = {"week": 7, "fortnight": 14}.get(amount.unit)
    if days is None or amount.high is None:
        return amount
    return replace(amount, low=days * amount.low, high=days * amount.high, unit="day")


def _date_base(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """The date that a distance is counted from, unless it only qualifies an event ("after Friday's attack")."""
    base = phrase_at(tokens, index, depth + 2)
    if base is None or base.kind in ("duration", "anchored", "bound", "range"):
        return None
    return None if tokens.low[base.end] == "'" and tokens.glued(base.end) else base


def the_day_before(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """The day before, the week after, the day before yesterday, the night before, the week after next."""
    unit, word = tokens.low[index + 1], tokens.low[index + 2]
    if LEXICON.among("parts_of_day", unit):
        unit = "day"
    if tokens.low[index] != "the" or unit not in _UNITS or word not in ("before", "after"):
        return None
    sign = 1 if word == "after" else -1
    if unit != "day" and tokens.low[index + 3] == ("next" if sign > 0 else "last"):
        return Parsed(index + 4, "relative", Calendar(unit, 2 * sign))
    base = _date_base(tokens, index + 3, depth) if unit != "weekend" else None
    if base:
        return Parsed(base.end, base.kind, Shift(Quantity(1, 1, unit), sign, base.meaning))
    return Parsed(index + 3, "anchored", Calendar(unit, sign, anchored=True))


def stretch(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """The past three months, the last 24 hours, recent weeks, the coming days, the following two years."""
    article = tokens.low[index] in ("the", "these", "this")
    at = index + 1 if article else index
    side = _STRETCHES.get(tokens.low[at])
    if side is None:
        return None
    sign, base = side
    amount = quantity(tokens, at + 1) or _recent(tokens, at + 1) or _few(tokens, at + 1)
    singular = amount is None and article and tokens.low[index] != "these"
    if singular and tokens.low[at] in ("past", "last", "coming"):
        unit = unit_at(tokens, at + 1)
        half = tokens.low[at + 2 : at + 5] == ["and", "a", "half"]
        length = Quantity(1.5, 1.5, unit) if unit and half else Quantity(1, 1, unit or "")
        amount = (at + (5 if half else 2), length) if unit else None
    if amount is None or (tokens.low[index] == "this" and tokens.low[at] == "last"):
        return None
    end, length = amount
    if tokens.low[end] == "of" and tokens.low[at] == "last":
        return None  # "the last two days of May" is read from its end
    return Parsed(end, "anchored" if base == "anchor" else "relative", Stretch(length, sign, base))


_STRETCHES = {
    "past": (-1, "reference"),
    "last": (-1, "reference"),
    "recent": (-1, "reference"),
    "coming": (1, "reference"),
    "next": (1, "story"),
    "following": (1, "anchor"),
    "previous": (-1, "anchor"),
    "preceding": (-1, "anchor"),
}


def _recent(tokens: Tokens, index: int) -> tuple[int, Quantity] | None:
    found = bare_units(tokens, index)
    if found is None:
        return None
    end, amount = found
    reach = LEXICON.recent.get(amount.unit, 14)
    return end, Quantity(0, reach, amount.unit, "exact", True)


def _few(tokens: Tokens, index: int) -> tuple[int, Quantity] | None:
    """Couple of weeks, after an article that stands further left: "the last couple of weeks"."""
    least, most = LEXICON.vague.get(tokens.low[index], (0, 0))
    end = index + (2 if tokens.low[index + 1] == "of" else 1)
    unit = unit_at(tokens, end)
    return (end + 1, Quantity(least, most, unit, "exact", True)) if most and unit else None


def holding(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """The week of March 11, the night of June 3."""
    unit = "day" if LEXICON.among("parts_of_day", tokens.low[index + 1]) else tokens.low[index + 1]
    if unit not in ("day", "week", "weekend") or tokens.low[index + 2] != "of":
        return None
    day = phrase_at(tokens, index + 3, depth + 1)
    if day is None or day.kind not in ("date", "weekday", "holiday", "named"):
        return None
    return Parsed(day.end, day.kind, PeriodOf(unit, day.meaning) if unit != "day" else day.meaning)


def lasting(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """For three weeks, for years: a length up to no one knows when; in the perfect tense up to the reference."""
    amount = quantity(tokens, index + 1) or bare_units(tokens, index + 1)
    if amount is None or tokens.low[amount[0]] == "old":
        return None
    return Parsed(amount[0], "duration", Lasting(amount[1] if _is_perfect(tokens, index) else None))


PERFECT = frozenset(("has", "have", "had"))
CLAUSE = 12
"""How many pieces before its length the auxiliary of a clause is looked for."""


def _is_perfect(tokens: Tokens, index: int) -> bool:
    before = tokens.low[max(0, index - CLAUSE) : index]
    return any(word in PERFECT for word in before)


def running(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """For the third straight day, for the fifth consecutive decade, for the tenth night in a row."""
    number = LEXICON.ordinals.get(tokens.low[index + 2] if tokens.low[index + 1] == "the" else tokens.low[index + 1], 0)
    at = index + (3 if tokens.low[index + 1] == "the" else 2)
    straight = LEXICON.among("consecutive", tokens.low[at])
    at += straight
    unit = unit_at(tokens, at)
    if number < 2 or unit is None or unit not in _UNITS:
        return None
    if straight:
        return Parsed(at + 1, "relative", Running(number, unit))
    for ending in (["running"], ["in", "a", "row"]):
        if tokens.low[at + 1 : at + 1 + len(ending)] == ending:
            return Parsed(at + 1 + len(ending), "relative", Running(number, unit))
    return None


def within(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """Within two days, in three weeks, in two weeks' time."""
    amount = quantity(tokens, index + 1)
    inside = tokens.low[index] == "within"
    if amount is None and inside:
        amount = bare_units(tokens, index + 1)
    if amount is None or _moved(tokens, amount[0], amount[1], depth):
        return None
    meaning: Meaning = Within(amount[1], exactly=not inside)
    end = amount[0]
    if tokens.low[end] == "'":
        owner = end + 2 if tokens.low[end + 1] == "s" else end + 1
        end = owner + 1 if tokens.low[owner] == "time" else end
    return Parsed(end, "anchored" if inside else "relative", meaning)
