"""Readers of written dates: months with days and years, in American and British order."""

from __future__ import annotations

from dragoman.dates.arithmetic import month_bounds
from dragoman.dates.composed import Nth
from dragoman.dates.lexicon import LEXICON
from dragoman.dates.moment import Calendar, Fixed, Meaning
from dragoman.dates.parsed import Parsed, is_closed, year_number, year_phrase
from dragoman.dates.recurring import DayOfMonth, DayOfYear, MonthsOfYear, Recurring
from dragoman.dates.tokens import Tokens

__all__ = ["day_first", "month_at", "month_first", "month_meaning", "the_day"]

_MONTHS = {"last": -1, "this": 0, "next": 1}
_JOINS = frozenset(("-", "–", "—", "to", "and", "through", "until"))


def month_at(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """A month's name or abbreviation, with a capital: the index after it (and its point) and its number.

    >>> from dragoman.dates.tokens import tokenise
    >>> month_at(tokenise("Jan. 3"), 0), month_at(tokenise("they march"), 1)
    ((2, 1), None)
    """
    word = tokens.low[index]
    full = LEXICON.months.get(word)
    short = LEXICON.month_abbreviations.get(word)
    if (full is None and short is None) or not tokens.words[index][0].isupper():
        return None
    pointed = tokens.low[index + 1] == "." and tokens.glued(index + 1)
    if full is not None:
        return index + 1, full
    if pointed:
        return index + 2, short or 0
    return (index + 1, short or 0) if tokens.number(index + 1) > 0 or tokens.number(index - 1) > 0 else None


def month_meaning(month: int, year: Meaning | int | None) -> Meaning:
    """What a month means, in a year or in the one that the news must mean."""
    if isinstance(year, int):
        bounds = month_bounds(year, month)
        if bounds is not None:
            return Fixed(bounds)
        year = None
    return Recurring(MonthsOfYear(month, 1, "month"), year=year)


def _day_number(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """A day of a month in digits, with or without its ending: the index after it and the number."""
    value = tokens.number(index)
    if not 1 <= value <= 31 or len(tokens.low[index]) > 2:
        return None
    if tokens.low[index + 1] in ("st", "nd", "rd", "th") and tokens.glued(index + 1):
        return index + 2, value
    glued = tokens.glued(index + 1) and tokens.glued(index + 2)
    if glued and tokens.low[index + 1] in (",", ".", ":", "/") and tokens.low[index + 2][:1].isdigit():
        return None
    if (tokens.glued(index + 1) and tokens.low[index + 1][:1].isalnum()) or tokens.low[index + 1] == "%":
        return None
    return index + 1, value


def _year_after(tokens: Tokens, index: int, month: int) -> tuple[int, Meaning | int | None]:
    """The year after a day or a month, if there is one: the index after it and the year."""
    phrase = year_phrase(tokens, index)
    if phrase:
        return phrase
    at = index + 1 if tokens.low[index] in (",", "of") else index
    year = year_number(tokens, at)
    if year > 0 and not LEXICON.among("counted", tokens.low[at + 1]):
        return at + 1, year
    return index, _shared_year(tokens, index, month)


def _shared_year(tokens: Tokens, index: int, month: int) -> int | None:
    """The year that stands only after the second month: "in May and June 2018", "Dec. 28 to Jan. 3, 2020"."""
    second = month_at(tokens, index + 1) if tokens.low[index] in _JOINS or tokens.low[index] == "or" else None
    if second is None:
        return None
    day = _day_number(tokens, second[0])
    at = day[0] if day else second[0]
    year = year_number(tokens, at + 1 if tokens.low[at] == "," else at)
    return (year if month <= second[1] else year - 1) if year > 0 else None


def _dated(month: int, first: int, last: int | None, year: Meaning | int | None) -> Meaning | None:
    """What a day, or days, of a month mean; None where no year has them."""
    pattern = DayOfYear(month, first, last)
    if pattern.of(2020) is None:
        return None
    if isinstance(year, int):
        interval = pattern.of(year)
        return Fixed(interval) if interval else None
    return Recurring(pattern, year=year)


def _last_day(tokens: Tokens, index: int, first: int) -> tuple[int, int | None]:
    """The second day of "March 3-5", "January 3 and 4"; the index as it was where there is none."""
    if tokens.low[index] in _JOINS:
        second = _day_number(tokens, index + 1)
        if second and second[1] > first and (tokens.low[index] in ("-", "–") or is_closed(tokens, second[0])):
            return second[0], second[1]
    return index, None


def month_first(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """January 13; Jan. 3, 2020; March 3-5; January 2020; October of last year; January."""
    found = month_at(tokens, index)
    if found is None:
        return None
    at, month = found
    day = _day_number(tokens, at + 1 if tokens.low[at] == "the" else at)
    if day and not LEXICON.among("counted", tokens.low[day[0]]):
        end, last = _last_day(tokens, day[0], day[1])
        if last is None:
            end = day[0]
        end, year = _year_after(tokens, end, month)
        meaning = _dated(month, day[1], last, year)
        if meaning:
            return Parsed(end, "date", meaning)
    end, year = _year_after(tokens, at, month)
    if year is not None and (end > at or tokens.low[index] not in LEXICON.verb_months):
        return Parsed(end, "date", month_meaning(month, year))
    return Parsed(at, "date", month_meaning(month, year)) if _bare_month(tokens, index, at, depth) else None


def _bare_month(tokens: Tokens, index: int, end: int, depth: int) -> bool:
    """Whether a month's name without day or year is the month, and not a verb or somebody's name."""
    word, before = tokens.low[index], tokens.before(index)
    if before == "-" and index > 1:
        before = tokens.low[index - 2]
    if LEXICON.among("month_before", before) or (depth > 0 and before in ("and", "to", "by")):
        return True
    if word in LEXICON.verb_months:
        return before == "the" and tokens.words[end].islower() and not is_closed(tokens, end)
    return not (word in LEXICON.name_months and tokens.words[end][:1].isupper())


def day_first(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """3 January; 13th of January 2020; 3-5 March 2016; the fifth of November; the 13th."""
    at = index + 1 if tokens.low[index] == "the" else index
    day = _day_number(tokens, at) or _ordinal_day(tokens, at)
    if day is None or (tokens.low[at - 1] in ("/", ":", "$", "£", "€") and tokens.glued(at)):
        return None
    end, first = day
    last: int | None = None
    month_at_end = _month_after(tokens, end)
    if month_at_end is None and tokens.low[end] in _JOINS:
        second = _day_number(tokens, end + 1)
        if second and second[1] > first:
            last, month_at_end = second[1], _month_after(tokens, second[0])
    if month_at_end is None:
        return None
    end, month = month_at_end
    end, year = _year_after(tokens, end, month)
    meaning = _dated(month, first, last, year)
    return Parsed(end, "date", meaning) if meaning else None


def _month_after(tokens: Tokens, index: int) -> tuple[int, int] | None:
    at = index + 1 if tokens.low[index] == "of" else index
    return month_at(tokens, at)


def _ordinal_day(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """A day in words, only before "of": "fifth of November"."""
    value = LEXICON.ordinals.get(tokens.low[index], 0)
    return (index + 1, value) if value > 0 and tokens.low[index + 1] == "of" else None


def the_day(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """On the 13th: only after a word that leads to a day, and before nothing that could be counted by it.

    With its month told from where one stands it needs no such word: "the 17th of last month".
    """
    at = index + 1
    day = _day_number(tokens, at)
    if day and tokens.low[day[0]] == "of" and tokens.low[day[0] + 2] == "month" and tokens.low[day[0] + 1] in _MONTHS:
        month = Calendar("month", _MONTHS[tokens.low[day[0] + 1]])
        return Parsed(day[0] + 3, "date", Nth(day[1], 1, "day", month))
    if day is None or day[0] != at + 2 or not is_closed(tokens, day[0]):
        return None
    if not LEXICON.among("day_before", tokens.before(index)) or tokens.low[day[0]] in ("of", "-", "–"):
        return None
    return Parsed(day[0], "date", DayOfMonth(day[1]))
