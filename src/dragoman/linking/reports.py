"""What linking compares of an event: when, where, who, how many and in which words, put ready once for each event."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

from ..geography import countries, places_named
from ..names import fold
from ..records import Actor, Article, Count, Event, Party, Sentence, Tie
from .wording import HARM, kinds_of, stem, wording

__all__ = ["Figure", "Report", "Standing", "Told", "Who", "report_of", "settled", "standing_of"]

Told = tuple[Event, Article | None, Sentence | None]
"""An event with the article and the sentence that it stands in, as the archive gives them."""

Order = tuple[bool, str, str, int, str, str]
"""The canonical order of events: see `_order`."""

STATE_SECTORS = frozenset(("GOV", "MIL", "COP", "LEG", "JUD", "SPY"))
"""The PLOVER sectors that act for a state."""

LEANING = 2
"""Sentences over which a report may have its place and day from the deed before it."""

PASSING = 300
"""Days; what the text does not date and may lie as far back is told in passing: in an essay, not as news."""

LOOSE = 10
"""Days; a longer time that no words of a sentence give is a guess, and none at all."""

NEAR = 8
"""Words to each side of a trigger that tell of its event rather than of others in the sentence."""

_WORD = re.compile(r"[\w’']+")
_MEMBERSHIP = frozenset(("member_of", "part_of", "leads", "deputy_of", "holds_office"))


@dataclass(frozen=True, slots=True)
class Who:
    """A party as linking compares it: `described` where its words say what it is, not who ("protesters"), `place`
    where they name a place that stands for those in it, `backers` who stands behind it."""

    id: str | None
    name: str
    country: str | None
    sector: str | None
    described: bool
    place: bool
    person: bool
    wholes: frozenset[str]
    backers: frozenset[str] = frozenset()

    @property
    def of_state(self) -> bool:
        """Whether it acts for a state."""
        return self.country is not None and self.sector in STATE_SECTORS


@dataclass(frozen=True, slots=True)
class Standing:
    """What each party is part of, and who backs it: ids of parties by id."""

    wholes: Mapping[str, frozenset[str]]
    backers: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A count with the words that say of whom ("of": stems, none where anyone may be meant); `alone` if it is the only
    one of its kind in the event: else they count parts."""

    count: Count
    of: frozenset[str]
    alone: bool

    @property
    def size(self) -> int:
        """The bound that is told."""
        return self.count.low if self.count.low is not None else self.count.high or 0


@dataclass(frozen=True, slots=True)
class Report:
    """What an event tells of a happening. Days are ordinals; `first` is None where only the last is known, `passing`
    where it is told long after, as known."""

    event: Event
    order: Order
    story: str
    kinds: frozenset[str]
    first: int | None
    last: int | None
    told: int | None
    passing: bool
    place: str | None
    sides: tuple[tuple[Who, ...], tuple[Who, ...]]
    near: frozenset[str]
    words: frozenset[str]
    figures: tuple[Figure, ...]
    known: bool
    more: bool
    total: bool
    part: str
    start: int
    text: str


def report_of(told: Told, copies: Mapping[str, str], actors: Mapping[str, Actor], standing: Standing) -> Report:
    """An event as linking compares it."""
    event, article, sentence = told
    published = _ordinal(article.published.rpartition("/")[2] if article and article.published else None)
    first, last = _days(event, published)
    text = sentence.text if sentence else ""
    start = (event.trigger_start or 0) - (sentence.start if sentence else 0)
    end = start + len(event.trigger or "")
    trigger = _WORD.findall(event.trigger or "")
    before, after = _WORD.findall(text[:start]), _WORD.findall(text[end:])
    # Only a noun is told of as known or as one more: "the attack", but also "the men attacked".
    noun = event.frame.partition("@")[0].endswith(("noun", "strike", "demonstrations", "shootdown", "assassinate"))
    lead = [word.lower() for word in before[-4:]]
    sides = (
        tuple(_who(party, actors, standing, sentence) for party in event.actor),
        tuple(_who(party, actors, standing, sentence) for party in event.recipient),
    )
    return Report(
        event,
        _order(event, article),
        copies.get(event.article or "", event.article or event.id),
        kinds_of((event.trigger or "").lower()),
        first,
        last,
        published if published is not None else last,
        _in_passing(event),
        _place(event, sides),
        sides,
        _content((*before[-NEAR:], *trigger, *after[:NEAR])),
        _content((*before, *trigger, *after)),
        tuple(_figures(event, text)),
        noun and any(word in wording().known or word.endswith(("'s", "’s")) for word in lead),
        any(word in wording().more for word in (*lead, *(word.lower() for word in before[:3]))),
        bool(event.counts) and _adds_up(text.lower(), lead),
        sentence.part if sentence else "body",
        sentence.start if sentence else 0,
        text,
    )


def settled(reports: Sequence[Report]) -> Iterator[Report]:
    """Reports in canonical order; one that tells what a deed came to, or of a deed as known, and has no place or day of
    its own, has those of the deed told last before it."""
    last: Report | None = None
    for report in reports:
        if last is not None and _leans_on(report, last):
            place = report.place or last.place
            first, until = (last.first, last.last) if report.first is None else (report.first, report.last)
            report = replace(report, place=place, first=first, last=until)
        if report.event.type == "ASSAULT":
            last = report
        yield report


def _leans_on(report: Report, last: Report) -> bool:
    if report.event.article != last.event.article or report.event.type != "ASSAULT" or report.more:
        return False
    apart = (report.event.sentence or 0) - (last.event.sentence or 0)
    undated = report.event.when is None or report.event.when.text is None
    leaning = bool(report.kinds & HARM and not report.sides[0]) or report.known
    return leaning and undated and 0 <= apart <= LEANING and last.part == report.part


def _figures(event: Event, text: str) -> Iterator[Figure]:
    """The counts of an event, without those that are named to be denied ("253, not 359")."""
    kept = [count for count in event.counts if not re.search(rf"\bnot (?:the )?{re.escape(count.text)}\b", text)]
    for count in kept:
        after = re.search(rf"\b{re.escape(count.text)}\s+(?:of\s+)?((?:[\w’']+ ?){{1,3}})", text)
        of = frozenset(map(stem, after[1].split())) if after else frozenset()
        vague = wording().anyone | wording().empty
        of = frozenset(root for root in of if root not in vague and not kinds_of(root))
        yield Figure(count, of, sum(other.what == count.what for other in kept) == 1)


def _adds_up(text: str, lead: Sequence[str]) -> bool:
    """Whether a sentence's figures add up many happenings; "since the attack" of itself does not."""
    return any(re.search(rf"\b{word}\b", text) and word not in lead for word in wording().totals)


def _order(event: Event, article: Article | None) -> Order:
    """The canonical order: published, undated last; then the article, then the place in it."""
    published = article.published if article else None
    return (
        published is None,
        published or "",
        event.article or "",
        event.trigger_start or 0,
        event.type or "",
        event.id,
    )


def _days(event: Event, published: int | None) -> tuple[int | None, int | None]:
    when = event.when
    first, last = (_ordinal(when.start), _ordinal(when.end)) if when else (None, None)
    if when and when.text is None and first is not None and last is not None and last - first > LOOSE:
        first = None  # by default some day before publication
    known = [day for day in (last, published) if day is not None]
    return first, min(known, default=None) if first is None or first <= min(known, default=first) else last


def _in_passing(event: Event) -> bool:
    """Whether the text says of an event no more than that it was."""
    when = event.when
    if when is None or when.text is not None or when.start is None or when.end is None:
        return False
    return (date.fromisoformat(when.end) - date.fromisoformat(when.start)).days >= PASSING


def _ordinal(day: str | None) -> int | None:
    try:
        return date.fromisoformat((day or "")[:10]).toordinal()
    except ValueError:
        return None


def _place(event: Event, sides: tuple[tuple[Who, ...], tuple[Who, ...]]) -> str | None:
    """The place named for an event, or the one that its words say it hit."""
    where = event.where
    if where and where.precision == "place":
        return fold(where.name)
    if event.type in wording().verbal:
        return None
    return next((fold(party.text) for party, who in zip(event.recipient, sides[1], strict=True) if who.place), None)


def _who(party: Party, actors: Mapping[str, Actor], standing: Standing, sentence: Sentence | None) -> Who:
    country, _, sector = party.code.partition(" ")
    actor = actors.get(party.id or "")
    # The first word of a sentence has a capital, whatever it is.
    first = sentence is not None and party.start == sentence.start and " " not in party.text
    unknown = actor is None or (actor.kind in ("group", "person") and not actor.aliases)
    described = party.text.rpartition(" ")[2].islower() or (first and unknown)
    return Who(
        party.id,
        fold(party.name or party.text),
        country if country not in ("", "UNK", "IMG") else None,
        sector.split(" ")[0] if sector and sector != "UNK" else None,
        described,
        not described and _is_place(party, actor),
        actor is not None and actor.kind == "person" and not described,
        standing.wholes.get(party.id or "", frozenset()),
        standing.backers.get(party.id or "", frozenset()),
    )


def _is_place(party: Party, actor: Actor | None) -> bool:
    """Whether a party is a city: one that stands for nobody, or a capital that may stand for its state."""
    if party.id is None:
        return party.text[:1].isupper() and bool(places_named(party.text))
    return actor is not None and actor.kind == "state" and _is_seat(party.text)


@cache
def _is_seat(name: str) -> bool:
    """Whether a name is that of a capital."""
    return any(fold(name) == fold(state.capital) for state in countries() if state.capital)


@lru_cache(maxsize=1_000)
def _content(words: tuple[str, ...]) -> frozenset[str]:
    """The stems of words that tell something; the events of one sentence share them."""
    return frozenset(root for word in words if len(root := stem(word)) > 2) - wording().empty


def standing_of(actors: Iterable[Actor], ties: Iterable[Tie] = ()) -> Standing:
    """How parties stand by the register and by what texts assert."""
    asserted = [tie for tie in ties if tie.polarity == "+" and tie.source.id and tie.target.id]
    backing: dict[str, set[str]] = {}
    for tie in asserted:
        if tie.kind == "backs":
            backing.setdefault(str(tie.target.id), set()).add(str(tie.source.id))
    backers = {party: frozenset(found) for party, found in backing.items()}
    return Standing(_wholes(actors, asserted), backers)


def _wholes(actors: Iterable[Actor], ties: Iterable[Tie]) -> dict[str, frozenset[str]]:
    """What each party is part of, itself not among it."""
    direct: dict[str, set[str]] = {actor.id: set(actor.part_of) for actor in actors}
    for tie in ties:
        if tie.kind in _MEMBERSHIP:
            direct.setdefault(str(tie.source.id), set()).add(str(tie.target.id))
    found: dict[str, frozenset[str]] = {}
    for party in direct:
        reached: set[str] = set()
        left = list(direct[party])
        while left:
            whole = left.pop()
            if whole not in reached:
                reached.add(whole)
                left += direct.get(whole, ())
        found[party] = frozenset(reached - {party})
    return found
