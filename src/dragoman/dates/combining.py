"""Readers of expressions that hold others: parts of a period, bounds, ranges."""

from __future__ import annotations

from dragoman.dates.composed import Bound, Nth, Part, Range, Side
from dragoman.dates.counting import number, unit_at
from dragoman.dates.dispatch import phrase_at
from dragoman.dates.lexicon import LEXICON
from dragoman.dates.parsed import Parsed, is_closed
from dragoman.dates.tokens import Tokens

__all__ = ["between", "bound", "earlier_later", "from_to", "nth", "part", "so_far", "to_range"]

_NO_LIMIT = frozenset(("duration", "bound", "range"))
_PREPOSITIONS = frozenset(("in", "on", "of"))


def _part_name(word: str) -> str | None:
    for list_name, name in (("early", "early"), ("middle", "middle"), ("late", "late")):
        if LEXICON.among(list_name, word):
            return name
    return None


def part(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """Early 2019, mid-January, late on Monday, the early 1990s, the end of 2019, the start of the year."""
    the = tokens.low[index] == "the"
    at = index + 1 if the else index
    if the and tokens.low[at] == "very":
        at += 1
    name = _part_name(tokens.low[at])
    if name and tokens.low[at + 1] != "of":
        return _thirds(tokens, at + 1, name, depth)
    name = "beginning" if LEXICON.among("beginning", tokens.low[at]) else name
    name = "end" if LEXICON.among("ending", tokens.low[at]) else name
    if name is None or not the or tokens.low[at + 1] != "of":
        return None
    whole = phrase_at(tokens, at + 2, depth + 1)
    return Parsed(whole.end, whole.kind, Part(name, whole.meaning)) if whole and whole.kind not in _NO_LIMIT else None


def _thirds(tokens: Tokens, index: int, name: str, depth: int) -> Parsed | None:
    at = index + 1 if tokens.low[index] == "-" or tokens.low[index] in _PREPOSITIONS else index
    if tokens.low[at] in ("morning", "afternoon", "evening") and tokens.low[at + 1] == "on":
        at += 2  # "early morning on Friday"
    whole = phrase_at(tokens, at, depth + 1)
    if whole is None or whole.kind in _NO_LIMIT:
        return None
    return Parsed(whole.end, whole.kind, Part(name, whole.meaning))


def earlier_later(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """Earlier this year, later that day, earlier on Friday, later in the month."""
    at = index + 2 if tokens.low[index + 1] in _PREPOSITIONS else index + 1
    whole = phrase_at(tokens, at, depth + 1)
    if whole is None or whole.kind in _NO_LIMIT:
        return None
    return Parsed(whole.end, whole.kind, Side(tokens.low[index] == "earlier", whole.meaning))


def so_far(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """So far this year: the part of it that is over."""
    whole = phrase_at(tokens, index + 2, depth + 1) if tokens.low[index + 1] == "far" else None
    if whole is None or whole.kind in _NO_LIMIT:
        return None
    return Parsed(whole.end, whole.kind, Side(True, whole.meaning))


def nth(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """The first week of January, the last day of 2019, the first three months of 2019, the final days of May."""
    place = LEXICON.ordinals.get(tokens.low[index + 1], 0)
    if tokens.low[index] != "the" or place == 0:
        return None
    at, count = index + 2, 1
    counted = number(tokens, at)
    if counted and place in (1, -1) and 1 <= counted[1] <= 1000:
        at, count = counted[0], int(counted[1])
    word, unit = tokens.low[at], unit_at(tokens, at)
    if unit is None and word not in ("half", "quarter"):
        return None
    if unit and word != unit and counted is None:
        count = LEXICON.recent.get(unit, 1) // 2 or 1  # "the last days of May"
    if tokens.low[at + 1] not in ("of", "in") or unit in ("hour", "minute", "second", "fortnight"):
        return None
    whole = phrase_at(tokens, at + 2, depth + 1)
    if whole is None or whole.kind in _NO_LIMIT:
        return None
    return Parsed(whole.end, whole.kind, Nth(place, count, unit or word, whole.meaning))


def bound(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """Since October of last year, by Sunday, until 2011, before Friday, after 9/11."""
    found = LEXICON.bounds.at(tokens, index)
    if found is None or depth > 0:
        return None
    at, kind = found
    limit = phrase_at(tokens, at, depth + 1)
    if limit is None or limit.kind in _NO_LIMIT:
        return None
    if tokens.low[limit.end] == "'" and tokens.glued(limit.end):
        return None  # "since Friday's attack": the day is the attack's
    if kind in ("after", "before") and not is_closed(tokens, limit.end):
        return None  # "after 2003 elections": the year is theirs
    return Parsed(limit.end, "bound", Bound(kind, limit.meaning))


def _pair(tokens: Tokens, index: int, joins: tuple[str, ...], depth: int) -> Parsed | None:
    """Two dates with a joining word between; or days of one month, read whole ("3 to 5 March")."""
    first = phrase_at(tokens, index, depth + 1)
    if first is None or first.kind in _NO_LIMIT:
        return None
    if _several_days(first):
        return Parsed(first.end, "range", first.meaning)
    if tokens.low[first.end] not in joins:
        return None
    second = phrase_at(tokens, first.end + 1, depth + 1)
    if second is None or second.kind in _NO_LIMIT or second.kind == "anchored":
        return None
    return Parsed(second.end, "range", Range(first.meaning, second.meaning))


def _several_days(found: Parsed) -> bool:
    pattern = getattr(found.meaning, "pattern", None)
    interval = getattr(found.meaning, "interval", None)
    return getattr(pattern, "last", None) is not None or getattr(interval, "precision", "") == "range"


def from_to(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """From 3 to 5 March, from 2003 to 2011, from Monday until Wednesday."""
    return _pair(tokens, index + 1, ("to", "until", "till", "through"), depth) if depth == 0 else None


def between(tokens: Tokens, index: int, depth: int) -> Parsed | None:
    """Between 2004 and 2006, between January 3 and 8."""
    return _pair(tokens, index + 1, ("and",), depth) if depth == 0 else None


def to_range(tokens: Tokens, first: Parsed) -> Parsed | None:
    """Monday to Wednesday, January 2019 – March 2020: a date that was read, a join, and another date."""
    if first.kind not in ("date", "weekday", "season") or tokens.low[first.end] not in ("to", "through", "-", "–", "—"):
        return None
    second = phrase_at(tokens, first.end + 1, 1)
    dashed = LEXICON.among("dashes", tokens.low[first.end])
    if second is None or second.kind not in ("date", "weekday", "season") or (dashed and second.kind != first.kind):
        return None
    return Parsed(second.end, "range", Range(first.meaning, second.meaning))
