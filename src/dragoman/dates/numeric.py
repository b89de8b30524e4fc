"""Readers of dates in digits: ISO, slashes and points; years, ranges of years, decades, centuries."""

from __future__ import annotations

from dragoman.dates.arithmetic import period_of, year_bounds, years_of
from dragoman.dates.interval import Interval, parse_iso
from dragoman.dates.lexicon import LEXICON
from dragoman.dates.moment import Fixed
from dragoman.dates.parsed import Parsed, is_closed, year_number
from dragoman.dates.recurring import DayOfYear
from dragoman.dates.tokens import Tokens

__all__ = ["century", "decade", "iso", "marked", "short_decade", "short_year", "year", "year_range"]

_CHAINING = frozenset("-–/.,:$£€#")
_CURRENT = range(1900, 2051)


def _fixed(end: int, interval: Interval | None) -> Parsed | None:
    return Parsed(end, "date", Fixed(interval)) if interval else None


def _joined(tokens: Tokens, index: int, count: int) -> bool:
    """Whether `count` pieces from `index` on stand without a space."""
    return all(tokens.glued(at) for at in range(index + 1, index + count))


def _apart(tokens: Tokens, start: int, end: int) -> bool:
    """Whether the pieces are no part of a longer chain of digits and marks."""
    middle = start > 1 and LEXICON.among("middle", tokens.low[start - 2])  # "mid-2014"
    if tokens.glued(start) and not middle and tokens.before(start) in _CHAINING:
        return False
    after = tokens.low[end]
    return not (
        tokens.glued(end)
        and after in ("-", "–", "/", ".", ":", ",")
        and tokens.glued(end + 1)
        and tokens.low[end + 1][:1].isdigit()
    )


def iso(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """2020-01-06; 2020-01-06T21:03Z; 2020-01-24/2020-02-02; 2020-01."""
    if len(tokens.low[index]) != 4 or tokens.low[index + 1] != "-" or not _joined(tokens, index, 3):
        return None
    end = _iso_day(tokens, index)
    if end is None:
        return _iso_month(tokens, index)
    if tokens.low[end] == "/" and _joined(tokens, end - 1, 7) and _iso_day(tokens, end + 1):
        end += 6
    try:
        interval = parse_iso("".join(tokens.low[index:end]))
    except ValueError:
        return None
    if tokens.low[end] == "t" and tokens.glued(end):
        end = _clock(tokens, end)
    return Parsed(end, "date", Fixed(interval)) if _apart(tokens, index, end) else None


def _iso_day(tokens: Tokens, index: int) -> int | None:
    widths = [len(piece) for piece in tokens.low[index : index + 5]]
    shape = widths == [4, 1, 2, 1, 2] and tokens.low[index + 1] == tokens.low[index + 3] == "-"
    return index + 5 if shape and _joined(tokens, index, 5) else None


def _iso_month(tokens: Tokens, index: int) -> Parsed | None:
    """A year and a month, only where it cannot be two years: "2020-01", not "2004-06"."""
    year, month = tokens.number(index), tokens.number(index + 2)
    if len(tokens.low[index + 2]) != 2 or not 1 <= month <= 12 or month > year % 100:
        return None
    if year not in _CURRENT or not _apart(tokens, index, index + 3):
        return None
    return _fixed(index + 3, parse_iso("".join(tokens.low[index : index + 3])))


def _clock(tokens: Tokens, index: int) -> int:
    """The index after a time of day that begins with T at `index`."""
    end = index + 1
    while end < index + 12 and tokens.glued(end) and (tokens.low[end].isdigit() or tokens.low[end] in (":", "+")):
        end += 1
    if tokens.low[end] == "." and tokens.glued(end + 1) and tokens.low[end + 1].isdigit():
        end += 2
    return end + 1 if tokens.low[end] == "z" and tokens.glued(end) else end


def marked(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """13/01/2020, 1/25/2020, 24.02.2022. With slashes the order is not known: 1/3/2020 is in January or March."""
    mark = tokens.low[index + 1]
    if mark not in ("/", ".") or tokens.low[index + 3] != mark or not _joined(tokens, index, 5):
        return None
    one, two, year = (tokens.number(at) for at in (index, index + 2, index + 4))
    if len(tokens.low[index + 4]) != 4 or year not in range(1000, 2101) or not _apart(tokens, index, index + 5):
        return None
    british = DayOfYear(two, one).of(year) if 1 <= two <= 12 and 1 <= one <= 31 else None
    american = DayOfYear(one, two).of(year) if mark == "/" and 1 <= one <= 12 and 1 <= two <= 31 else None
    if british and american and british != american:
        start, end = sorted((british.start, american.start))  # type: ignore[type-var]
        return _fixed(index + 5, Interval(start, end, "range"))
    return _fixed(index + 5, british or american)


def year(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """2003: a year, where it is no count and no label."""
    value = year_number(tokens, index)
    before, after = tokens.before(index), tokens.low[index + 1]
    if value < 0 or LEXICON.among("no_year_before", before) or not _apart(tokens, index, index + 1):
        return None
    if before == "of" and index > 1 and LEXICON.among("no_year_before", tokens.low[index - 2]):
        return None  # "a total of 2020"
    if after == "-" and tokens.glued(index + 1) and tokens.glued(index + 2):
        return None  # "2000-strong"
    led = LEXICON.among("year_after_all", before)
    if LEXICON.among("counted", after) and not (led and after not in ("percent", "per", "million", "billion")):
        return None
    if value not in _CURRENT:
        led = LEXICON.among("old_year_before", before) or depth > 0
        if (value > 2050 and not led) or not (led and is_closed(tokens, index + 1)):
            return None
    return _fixed(index + 1, year_bounds(value))


def year_range(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """2018-19, 1980-1988, 2004–06."""
    first = year_number(tokens, index)
    if first not in _CURRENT or not LEXICON.among("dashes", tokens.low[index + 1]) or not _joined(tokens, index, 3):
        return None
    short = len(tokens.low[index + 2]) == 2
    last = tokens.number(index + 2) + (first // 100 * 100 if short else 0)
    if tokens.low[index + 2] == "00" and short:
        last += 100  # "1999-00"
    if not first < last <= 2100 or not _apart(tokens, index, index + 3):
        return None
    return _fixed(index + 3, years_of(first, last - first + 1, "range"))


def decade(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """1990s, the 1990s; the eighties; the early 1990s is read elsewhere from this."""
    at = index + 1 if tokens.low[index] == "the" else index
    if at > index and tokens.low[at] in LEXICON.decades:
        return _fixed(at + 1, years_of(LEXICON.decades[tokens.low[at]], 10, "decade"))
    first = tokens.number(at)
    if LEXICON.among("no_year_before", tokens.before(at)):
        return None
    if len(tokens.low[at]) == 4 and first % 10 == 0 and 1000 <= first <= 2090:
        end = _plural(tokens, at + 1)
        if end:
            whole_century = first % 100 == 0 and first < 2000
            interval = years_of(first, 100 if whole_century else 10, "range" if whole_century else "decade")
            return _fixed(end, interval)
    return short_decade(tokens, at, depth)


def short_decade(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """'80s, and the 80s after the article."""
    at = index + 1 if tokens.low[index] == "'" else index
    if at == index and tokens.before(index) != "the":
        return None
    value = tokens.number(at)
    if len(tokens.low[at]) != 2 or value % 10 or not (end := _plural(tokens, at + 1)):
        return None
    return _fixed(end, years_of(value + (2000 if value < 20 else 1900), 10, "decade"))


def short_year(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """'95, after a word that leads to a year: "in '95", "the summer of '68"."""
    value = tokens.number(index + 1)
    led = LEXICON.among("old_year_before", tokens.before(index)) or depth > 0
    if not led or len(tokens.low[index + 1]) != 2 or value < 0 or not tokens.glued(index + 1):
        return None
    closed = is_closed(tokens, index + 2) or tokens.words[index + 2].islower()
    return _fixed(index + 2, year_bounds(value + (2000 if value < 30 else 1900))) if closed else None


def _plural(tokens: Tokens, index: int) -> int | None:
    if tokens.low[index] == "'" and tokens.glued(index):
        index += 1
    return index + 1 if tokens.low[index] == "s" and tokens.glued(index) else None


def century(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """the 19th century, the twentieth century."""
    at = index + 1 if tokens.low[index] == "the" else index
    value, end = LEXICON.ordinals.get(tokens.low[at], 0), at + 1
    if value == 0 and tokens.low[at + 1] in ("st", "nd", "rd", "th"):
        value, end = tokens.number(at), at + 2
    if tokens.low[end] == "-":
        end += 1
    if not 1 <= value <= 21 or tokens.low[end] != "century":
        return None
    start = year_bounds(100 * value - 99)
    return _fixed(end + 1, period_of(start.start, "century")) if start and start.start else None
