"""Readers of what has a name: weekdays, seasons, quarters, holidays, days that history named."""

from __future__ import annotations

from dragoman.dates.interval import single_day
from dragoman.dates.lexicon import LEXICON
from dragoman.dates.moment import Calendar, Fixed, Meaning
from dragoman.dates.numeric import iso, marked, year_range
from dragoman.dates.parsed import Parsed, is_closed, longest, year_number, year_phrase
from dragoman.dates.recurring import MonthsOfYear, Recurring, Weekday, Yearly
from dragoman.dates.tokens import Tokens
from dragoman.dates.written import day_first, month_at, month_first

__all__ = ["holiday", "named_day", "qualified", "quarter", "season", "skip_part_of_day", "weekday"]

_WEEKS = {"last": -1, "this": 0, "next": 1}


def skip_part_of_day(tokens: Tokens, index: int) -> int:
    """The index after "morning" or "night" at `index`; times of day are read and not kept.

    >>> from dragoman.dates.tokens import tokenise
    >>> skip_part_of_day(tokenise("Sunday night"), 1)
    2
    """
    return index + 1 if LEXICON.among("parts_of_day", tokens.low[index]) else index


def weekday(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """Friday; Sunday night; Friday last week; Wednesday, January 8; Fri. 3 Jan."""
    word = tokens.low[index]
    number = LEXICON.weekdays.get(word, LEXICON.weekday_abbreviations.get(word))
    if number is None or not tokens.words[index][0].isupper():
        return None
    at = skip_part_of_day(tokens, index + 1)
    dated = _date_after(tokens, at, depth)
    if dated:
        return dated
    if word not in LEXICON.weekdays or LEXICON.among("recurring", tokens.before(index)):
        return None
    return _of_week(tokens, at, number) or Parsed(at, "weekday", Weekday(number))


def _date_after(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """The date that a weekday introduces; the date alone tells the day."""
    at = index + 1 if tokens.low[index] == "." else index
    at = at + 1 if tokens.low[at] in (",", "(") else at
    at = at + 1 if tokens.low[at] == "the" else at
    date = longest([reader(tokens, at, depth) for reader in (month_first, day_first, iso, marked)])
    bare_month = month_at(tokens, at)
    if date is None or (bare_month and bare_month[0] == date.end):
        return None
    if tokens.low[at - 1] == "(":
        return Parsed(date.end + 1, date.kind, date.meaning) if tokens.low[date.end] == ")" else None
    return date


def _of_week(tokens: Tokens, index: int, number: int) -> Parsed | None:
    at = index + 1 if tokens.low[index] == "of" else index
    if tokens.low[at] in _WEEKS and tokens.low[at + 1] == "week":
        return Parsed(at + 2, "weekday", Weekday(number, week=Calendar("week", _WEEKS[tokens.low[at]])))
    if tokens.low[at] == "that" and tokens.low[at + 1] == "week":
        return Parsed(at + 2, "anchored", Weekday(number, week=Calendar("week", 0, anchored=True)))
    return None


def _year_of(tokens: Tokens, index: int) -> tuple[int, Meaning] | None:
    """The year, or years, that follow a season or a holiday."""
    phrase = year_phrase(tokens, index)
    if phrase:
        return phrase
    at = index + 1 if tokens.low[index] in ("of", ",", "in") else index
    span = year_range(tokens, at, 1)
    if span:
        return span.end, span.meaning
    value = year_number(tokens, at)
    if value < 0 or LEXICON.among("counted", tokens.low[at + 1]):
        return None
    interval = MonthsOfYear(1, 12, "year").of(value)
    return (at + 1, Fixed(interval)) if interval else None


def _in_year(tokens: Tokens, index: int, kind: str, pattern: Yearly) -> Parsed | None:
    found = _year_of(tokens, index)
    return Parsed(found[0], kind, Recurring(pattern, year=found[1])) if found else None


def _season_pattern(word: str) -> MonthsOfYear:
    first, last = LEXICON.seasons[word]
    return MonthsOfYear(first, (last - first) % 12 + 1, "season")


def season(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """The summer of 2014; spring 2018; the winter (after in, during, over); never "the fall of Mosul"."""
    at = index + 1 if tokens.low[index] == "the" else index
    word = tokens.low[at]
    if word not in LEXICON.seasons:
        return None
    dated = _in_year(tokens, at + 1, "season", _season_pattern(word))
    if dated:
        return dated
    bare = at > index and tokens.before(index) in ("in", "during", "over", "since", "until", "by")
    if not bare or tokens.low[at + 1] == "of" or not is_closed(tokens, at + 1):
        return None
    return Parsed(at + 1, "season", Recurring(_season_pattern(word)))


def quarter(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """Q3 2018, the fourth quarter of last year, the first half of 2019."""
    if tokens.low[index] == "q" and tokens.glued(index + 1) and 1 <= tokens.number(index + 1) <= 4:
        pattern = MonthsOfYear(3 * tokens.number(index + 1) - 2, 3, "quarter")
        return _in_year(tokens, index + 2, "date", pattern) or Parsed(index + 2, "date", Recurring(pattern))
    number = LEXICON.ordinals.get(tokens.low[index + 1], 0)
    if tokens.low[index] != "the" or tokens.low[index + 2] not in ("quarter", "half"):
        return None
    months, count = (3, 4) if tokens.low[index + 2] == "quarter" else (6, 2)
    number = count if number == -1 else number
    if not 1 <= number <= count:
        return None
    pattern = MonthsOfYear(months * (number - 1) + 1, months, "quarter" if months == 3 else "range")
    return _in_year(tokens, index + 3, "date", pattern)


def holiday(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """Ramadan 2004, Christmas Eve, Easter Sunday last year."""
    found = LEXICON.holidays.at(tokens, index)
    if found is None:
        return None
    end, day = found
    return _in_year(tokens, end, "holiday", day) or Parsed(end, "holiday", Recurring(day))


def named_day(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """9/11; "September 11" before or after a word that shows which."""
    found = LEXICON.named.at(tokens, index)
    if found is None:
        return None
    end, named = found
    if named.before and tokens.low[end] not in named.before and tokens.before(index) not in named.after:
        return None
    if not named.before and tokens.low[end] == "/":  # 9/11/2001 is a date in digits
        return None
    return Parsed(end, "named", Fixed(single_day(named.day)))


def qualified(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """Last Friday, next March, this summer, last Christmas; the following Friday."""
    at = index + 1 if tokens.low[index] in ("the", "this") and tokens.low[index + 1] in _MORE else index
    which = _MORE.get(tokens.low[at], tokens.low[at])
    if which == "the":
        return None
    at += 1
    word = tokens.low[at]
    if word in LEXICON.weekdays and tokens.words[at][0].isupper():
        kind = "anchored" if which in ("following", "previous") else "weekday"
        return Parsed(skip_part_of_day(tokens, at + 1), kind, Weekday(LEXICON.weekdays[word], which))
    if which not in ("last", "this", "next"):
        return None
    month = month_at(tokens, at)
    if month:
        # "This May" and "last March" are months; with a day after it the date is read by itself.
        return Parsed(month[0], "date", Recurring(MonthsOfYear(month[1], 1, "month"), which))
    if word in LEXICON.seasons:
        return Parsed(at + 1, "season", Recurring(_season_pattern(word), which))
    day = LEXICON.holidays.at(tokens, at)
    return Parsed(day[0], "holiday", Recurring(day[1], which)) if day else None


_MORE = {"following": "following", "previous": "previous", "coming": "coming", "past": "plain", "preceding": "previous"}
