"""What the readers of the grammar give back, and small questions that they share."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from dragoman.dates.lexicon import LEXICON
from dragoman.dates.moment import Calendar, Meaning
from dragoman.dates.tokens import Tokens

__all__ = ["Parsed", "Reader", "is_closed", "longest", "year_number", "year_phrase"]


class Parsed(NamedTuple):
    """An expression that was read: the index after it, its kind, and what it means."""

    end: int
    kind: str
    meaning: Meaning


Reader = Callable[[Tokens, int, int], Parsed | None]
"""Reads at an index of the pieces; the third argument is how deep it stands inside other expressions."""


def longest(readings: list[Parsed | None]) -> Parsed | None:
    """The reading that reaches furthest; of equals the first."""
    best: Parsed | None = None
    for reading in readings:
        if reading and (best is None or reading.end > best.end):
            best = reading
    return best


def is_closed(tokens: Tokens, index: int) -> bool:
    """Whether no noun can stand there: a small word, a mark, or the end of the text.

    >>> from dragoman.dates.tokens import tokenise
    >>> is_closed(tokenise("the 13th, and"), 3), is_closed(tokenise("the 5th Fleet"), 3)
    (True, False)
    """
    word = tokens.low[index]
    return not word[:1].isalnum() or LEXICON.among("closed", word)


def year_number(tokens: Tokens, index: int) -> int:
    """The year that four digits at `index` may be, or -1: 1000 to 2100, and no part of a larger number.

    >>> from dragoman.dates.tokens import tokenise
    >>> year_number(tokenise("in 2003"), 1), year_number(tokenise("2003,500 men"), 0)
    (2003, -1)
    """
    value = tokens.number(index)
    if len(tokens.low[index]) != 4 or not 1000 <= value <= 2100:
        return -1
    after = tokens.low[index + 1]
    if after in (",", ".", ":") and tokens.glued(index + 1) and tokens.glued(index + 2):
        return value if not tokens.low[index + 2][:1].isdigit() else -1
    return value if after != "%" and not (tokens.glued(index + 1) and after[:1].isalpha()) else -1


def year_phrase(tokens: Tokens, index: int) -> tuple[int, Meaning] | None:
    """A year told from where one stands: "last year", "of this year", "of that year".

    >>> from dragoman.dates.tokens import tokenise
    >>> year_phrase(tokenise("October of last year"), 1)
    (4, Calendar(unit='year', offset=-1, anchored=False))
    """
    at = index + 1 if tokens.low[index] == "of" else index
    if tokens.low[at] == "the":
        at += 1
    which, year = tokens.low[at], tokens.low[at + 1]
    if year != "year" or which not in _YEARS:
        return None
    offset, anchored = _YEARS[which]
    return at + 2, Calendar("year", offset, anchored)


_YEARS = {
    "last": (-1, False),
    "this": (0, False),
    "next": (1, False),
    "that": (0, True),
    "same": (0, True),
    "previous": (-1, True),
    "following": (1, True),
}
