"""The grammar: which readers begin with which words. Importing it fills the table of `dispatch`."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.dates import combining, named, numeric, relative, written
from dragoman.dates.dispatch import DIGITS, register
from dragoman.dates.lexicon import LEXICON

__all__ = ["range_from"]

range_from = combining.to_range


def _words(*lists: str) -> Iterable[str]:
    return [word for name in lists for word in LEXICON.words[name]]


# Of equally long readings the first registered wins: a day that history named before the day of the year.
register([DIGITS, *LEXICON.named.firsts()], named.named_day)
register([*LEXICON.months, *LEXICON.month_abbreviations], written.month_first)
register([DIGITS], written.day_first, numeric.iso, numeric.marked, numeric.year, numeric.year_range, numeric.decade)
register([DIGITS, *LEXICON.numbers, *LEXICON.units, *LEXICON.vague, "a", "an", "half"], relative.counted)
register(LEXICON.comparisons.firsts(), relative.counted)
register(["the"], written.day_first, written.the_day, numeric.decade, numeric.century)
register(["the"], named.season, named.quarter, named.qualified)
register(["the"], relative.period, relative.stretch, relative.the_day_before, relative.holding)
register(["the"], combining.part, combining.nth)
register(["'"], numeric.short_decade, numeric.short_year)
register(["q"], named.quarter)
register([*LEXICON.weekdays, *LEXICON.weekday_abbreviations], named.weekday)
register(LEXICON.seasons, named.season)
register(LEXICON.holidays.firsts(), named.holiday)
register(["last", "next", "this", "coming", "past"], named.qualified)
register(["last", "next", "this", "that"], relative.period)
register(["last", "next", "this", "these", "past", "recent", "coming"], relative.stretch)
register(LEXICON.deictic, relative.deictic)
register([*_words("vaguely_past"), "overnight", "then"], relative.recently)
register(["for"], relative.lasting, relative.running)
register(["so"], combining.so_far)
register(["in", "within"], relative.within)
register(_words("early", "middle", "late"), combining.part)
register(["earlier", "later"], combining.earlier_later)
register(LEXICON.bounds.firsts(), combining.bound)
register(["from"], combining.from_to)
register(["between"], combining.between)
register([DIGITS, *LEXICON.ordinals], written.day_first, numeric.century)
