"""Time expressions: finding them in a sentence, and resolving them against a reference."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal

from dragoman.dates.dispatch import phrase_at
from dragoman.dates.grammar import range_from
from dragoman.dates.interval import Interval, hull
from dragoman.dates.lexicon import LEXICON
from dragoman.dates.moment import Meaning, Moment
from dragoman.dates.tokens import tokenise

__all__ = ["KINDS", "Tense", "TimeExpression", "find", "resolve"]

Tense = Literal["past", "future"]

SENTENCES = 256
"""Texts whose expressions are remembered: the sentences of an article are asked for more than once."""

KINDS = ("date", "weekday", "relative", "anchored", "duration", "range", "bound", "holiday", "season", "named")
"""date: of the calendar; relative: told from the reference; anchored: from the event before; bound: since, until."""


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that say when: their place in the text (code points), the words, one of `KINDS`, what they mean."""

    start: int
    end: int
    text: str
    kind: str
    meaning: Meaning = field(repr=False)


def find(text: str) -> list[TimeExpression]:
    """All time expressions of a text, left to right; at each place the longest, none inside another.

    Prepositions that only say in, on or at are left out; those that change the meaning (since, by, until, for,
    from ... to) are part of the expression. Times of day are read and dropped. Takes any text, raises nothing;
    the time it takes grows with the length of the text and no faster.

    >>> [found.text for found in find("Since October of last year, and on Friday night, 5,000 soldiers may march.")]
    ['Since October of last year', 'Friday night']
    """
    return list(_found(text))


@lru_cache(maxsize=SENTENCES)
def _found(text: str) -> tuple[TimeExpression, ...]:
    tokens = tokenise(text)
    found: list[TimeExpression] = []
    index = 0
    while index < tokens.count:
        name = LEXICON.names.at(tokens, index)
        parsed = None if name else phrase_at(tokens, index)
        if parsed:
            parsed = range_from(tokens, parsed) or parsed
            start, end = tokens.starts[index], tokens.ends[parsed.end - 1]
            found.append(TimeExpression(start, end, text[start:end], parsed.kind, parsed.meaning))
        index = name[0] if name else parsed.end if parsed else index + 1
    return tuple(found)


def resolve(
    expression: TimeExpression, reference: Interval, anchor: Interval | None = None, tense: Tense = "past"
) -> Interval | None:
    """When the expression says, for a text published on `reference`.

    Takes the publication as an interval, for it may be known to the month only: the result widens with it. The
    anchor is the event before, for "a day later"; without one such words say only "up to the publication". The
    tense is that of the verb: "on Friday" is the last Friday up to the publication, or the next from it on. A
    calendar period is given whole ("this week"): `Interval.clamp` cuts what has not happened yet. Gives None where
    the words say nothing of when ("40 years") or nothing is known; raises nothing.

    >>> from dragoman.dates.interval import parse_iso
    >>> [friday] = find("He resigned on Friday.")
    >>> str(resolve(friday, parse_iso("2020-01-29"))), str(resolve(friday, parse_iso("2020-01-29"), tense="future"))
    ('2020-01-24', '2020-01-31')
    >>> [later] = find("A day later Iran fired missiles.")
    >>> str(resolve(later, parse_iso("2020-01-29"), parse_iso("2020-01-07")))
    '2020-01-08'
    """
    future = tense == "future"
    first = _at(expression.meaning, reference.start, anchor, future)
    if reference.start == reference.end:
        return first
    last = _at(expression.meaning, reference.end, anchor, future)
    if first and last:
        return hull(first, last)
    if first is None and last is None:
        return None
    # One bound of the publication is not known, and that of the result is not known either.
    if last:
        return Interval(None, last.end, "open")
    return Interval(first.start, None, "open") if first else None


def _at(meaning: Meaning, day: date | None, anchor: Interval | None, future: bool) -> Interval | None:
    found = meaning.at(Moment(day, anchor, future))
    return found if found and (found.start or found.end) else None
