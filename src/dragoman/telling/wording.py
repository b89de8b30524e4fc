"""Dates, numbers, lists and the kinds of records as a reader says them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date

from ..records import Article, Count, Shift, Status, When

__all__ = [
    "KIND_WORDS",
    "SAID",
    "SHAPES",
    "STATUS_WORDS",
    "amount",
    "bases",
    "counted",
    "day",
    "interval",
    "iso_day",
    "iso_interval",
    "joined",
    "published",
    "shift",
    "the",
    "when",
]

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

SHAPES: Mapping[int | None, str] = {1: "△", 2: "▲", 3: "▽", 4: "▼", None: "○"}
"""The sign of a quad category: up for cooperation, down for conflict; hollow for words, full for deeds."""

STATUS_WORDS = {
    Status.ACTUAL: "happened",
    Status.FUTURE: "planned",
    Status.HYPOTHETICAL: "hypothetical",
    Status.NEGATED: "denied or did not happen",
    Status.HISTORICAL: "years before",
}

KIND_WORDS: Mapping[str, str] = {
    "leads": "leads",
    "deputy_of": "is deputy in",
    "holds_office": "holds an office of",
    "member_of": "is a member of",
    "part_of": "is part of",
    "backs": "backs",
    "allied_with": "is allied with",
    "hostile_to": "is hostile to",
    "rival_of": "is a rival of",
}
"""The kinds of ties as a reader says them, in the order of the page."""

SAID: Mapping[tuple[str, bool, bool], str] = {
    ("side", True, True): "{who} moved away from {away} to the side of {toward}",
    ("side", True, False): "{who} moved away from {away}",
    ("side", False, True): "{who} moved to the side of {toward}",
    ("side", False, False): "{who} changed sides",
    ("target", True, True): "{who} turned against {toward} and no longer against {away}",
    ("target", True, False): "{who} turned away from {away}",
    ("target", False, True): "{who} turned against {toward}",
    ("target", False, False): "{who} closed ranks",
}
"""A shift in a sentence, by its kind and by which sides are known."""

_WITH_THE = re.compile(
    r"(United (States|Nations|Kingdom|Arab Emirates)|European Union|Pentagon|White House|Vatican|Kremlin|Netherlands|"
    r"Philippines|.*\b(Corps|Force|Forces|Army|Ministry|Guard|Guards|Union|Council|Committee|Commission|Agency))"
)


_TIME = re.compile(r"(?P<time>\d\d:\d\d)(:\d\d([.,]\d+)?)?(?P<zone>Z|[+-]\d\d(:?\d\d)?)?")
"""The time of an ISO stamp; its seconds say nothing to a reader."""


def iso_day(text: str | None) -> date | None:
    """The day an ISO date begins with; None for a coarser one or none.

    >>> iso_day("2020-01-06T21:03Z"), iso_day("2020-01")
    (datetime.date(2020, 1, 6), None)
    """
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def day(found: date, year: bool = True) -> str:
    """A day in words: "3 January 2020"."""
    return f"{found.day} {MONTHS[found.month - 1]}" + (f" {found.year}" if year else "")


def interval(start: str | None, end: str | None) -> str:
    """An interval of ISO dates in words, as short as it can be.

    >>> interval("2020-01-03", "2020-01-05"), interval("2020-01-01", "2020-01-31"), interval("2020", None)
    ('3 to 5 January 2020', 'January 2020', 'from 2020')
    """
    if start is None or end is None:
        return f"from {_words(start)}" if start else f"by {_words(end)}" if end else "no date"
    first, last = iso_day(start), iso_day(end)
    if first is None or last is None:
        return _words(start) if start == end else f"{_words(start)} to {_words(end)}"
    if first == last:
        return day(first)
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        return _whole_months(first, last)
    if first.year != last.year:
        return f"{day(first)} to {day(last)}"
    return f"{first.day if first.month == last.month else day(first, False)} to {day(last)}"


def _whole_months(first: date, last: date) -> str:
    one, other = (f"{MONTHS[found.month - 1]} {found.year}" for found in (first, last))
    if one == other:
        return one
    if (first.month, last.month) == (1, 12):
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    return f"{one.removesuffix(f' {last.year}')} to {other}"


def _words(text: str | None) -> str:
    found = iso_day(text)
    if found is not None:
        return day(found)
    match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text or "")
    return f"{MONTHS[int(match[2]) - 1]} {match[1]}" if match else text or ""


def when(found: When | None) -> str:
    """The date of an event in words, or "no date"."""
    return "no date" if found is None else interval(found.start, found.end)


def iso_interval(found: When | None) -> str:
    """The date of an event as tables and files have it: "2020-01-03", "2020-01-01/2020-12-31", "2020-01-03/..", ""."""
    return "/".join(dict.fromkeys(bound or ".." for bound in (found.start, found.end))) if found else ""


def published(text: str | None) -> str:
    """A publication date, or any other moment, in words: "6 January 2020, 21:03 UTC"."""
    if not text:
        return "undated"
    if "/" in text:
        start, _, end = text.partition("/")
        return interval(*(None if bound in ("", "..") else bound for bound in (start, end)))
    rest = text[10:].lstrip("T ")
    if found := _TIME.fullmatch(rest):
        zone = found["zone"] or ""
        rest = found["time"] + (" UTC" if zone and not zone.strip("Z+-0:") else f" UTC{zone}" if zone else "")
    return _words(text[:10]) + (f", {rest}" if rest else "")


def amount(low: int | None, high: int | None) -> str:
    """A number with its bounds: "25", "at least 500", "10 to 15"."""
    if low is not None and low == high:
        return f"{low:,}"
    if low is not None and high is not None:
        return f"{low:,} to {high:,}"
    return f"at least {low:,}" if low is not None else f"at most {high:,}" if high is not None else "unknown"


def counted(count: Count) -> str:
    """A count of an event: "25 killed"."""
    return f"{amount(count.low, count.high)} {count.what.replace('_', ' ')}"


def bases(article: Article) -> dict[str, str]:
    """How each field of an article is known, in words: field -> how; a field of which that is not known is left out."""
    found = {basis.field: basis.how for basis in article.bases}
    return found | ({"published": article.published_basis} if article.published_basis else {})


def joined(words: Sequence[str]) -> str:
    """A list as a sentence has it: "one, two and three"."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def the(name: str) -> str:
    """A name as a sentence has it: "the United States", "Iran"."""
    return f"the {name}" if _WITH_THE.fullmatch(name) else name


def shift(found: Shift, names: Mapping[str, str]) -> str:
    """A change of side as a sentence; `names` says what those who, away and toward are called, as far as known."""
    kind = "target" if found.pattern.partition(".")[0] == "target" else "side"
    said = SAID[kind, found.away_from is not None, found.toward is not None].format(**names)
    return said[:1].upper() + said[1:]
