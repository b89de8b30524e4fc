"""What the screens of relations show, computed from an archive at a mark, beside the requests (`figures`).

What takes long to load stays where it is computed; what is given back is what a page shows, and no more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request

from .. import library
from ..alignment import WIDEST, Deed, Stance, Standing, Turn, dyads, standing, turns
from ..archive import Mark
from ..codebook import quad_of
from ..errors import UsageError
from ..evaluation import identities
from ..library import Relations
from ..linking import independent
from ..pictures import Marked, TurnRow, turning
from ..records import Event
from ..telling import wording
from .periods import Period
from .state import bench_of, mark_of

__all__ = [
    "Busiest",
    "Case",
    "Dyad",
    "Extent",
    "Known",
    "Turned",
    "busiest",
    "case_of",
    "dyad",
    "extent",
    "known",
    "marked",
    "pair_address",
    "turn_words",
    "turned",
]

MOST_TURNS = 30


@dataclass(frozen=True, slots=True)
class Case:
    """An archive as it stands at a mark."""

    path: Path
    mark: Mark


@dataclass(frozen=True)
class Known:
    """All deeds and stances between groups, what the parties are called, and how many events are dated too widely."""

    deeds: Sequence[Deed]
    stances: Sequence[Stance]
    names: Mapping[str, str]
    relations: Relations
    wide: int

    def name(self, party: str) -> str:
        """What a party is called."""
        return self.names.get(party, party)


@dataclass(frozen=True, slots=True)
class Extent:
    """The first and the last day of all deeds, how many there are, and how many events are dated too widely for one."""

    first: date
    last: date
    deeds: int
    wide: int


@dataclass(frozen=True, slots=True)
class Busiest:
    """Two parties (id and name), the events between them (0: there are no two), and how many of these are conflict."""

    one: tuple[str, str]
    other: tuple[str, str]
    events: int
    conflict: int


@dataclass(frozen=True, slots=True)
class Turned:
    """The turning points, what their parties are called, and the strongest of them as a picture."""

    every: Sequence[Turn]
    names: Mapping[str, str]
    strongest: Sequence[Turn]
    picture: Markup

    def called(self, turn: Turn) -> tuple[str, str]:
        """What the two parties of a turning point are called."""
        one, other = turn.pair
        return self.names[one], self.names[other]


@dataclass(frozen=True, slots=True)
class Dyad:
    """Two parties with all that is known between them, as they are asked for: neither is rolled up into its group.

    `called` says what those are called who take part in what set off a turning point.
    """

    pair: tuple[str, str]
    names: tuple[str, str]
    deeds: Sequence[Deed]
    stances: Sequence[Stance]
    weeks: Sequence[Standing]
    turned: Sequence[Turn]
    called: Mapping[str, str]

    @property
    def words(self) -> str:
        """The two as a title has them."""
        return " and ".join(self.names)


def case_of(request: Request) -> Case:
    """The archive of a request, as it stands."""
    bench = bench_of(request)
    with bench.archive() as archive:
        return Case(bench.path, mark_of(archive))


@lru_cache(1)
def known(case: Case) -> Known:
    """What the archive holds of relations."""
    with library.open(case.path, read_only=True) as archive:
        relations = archive.relations()
        wide = archive.store.wide(WIDEST.days)
    deeds, stances = relations.rolled_up()
    return Known(deeds, stances, relations.names, relations, wide)


def extent(case: Case) -> Extent:
    """From when to when there are deeds."""
    found = known(case)
    if not found.deeds:
        return Extent(date.min, date.min, 0, found.wide)
    return Extent(found.deeds[0].day, found.deeds[-1].day, len(found.deeds), found.wide)


def busiest(case: Case) -> Busiest:
    """The two parties between whom most happened, by the rule of the report's pairs.

    What happened counts, either way, and what near-copies repeat counts once.
    """
    with library.open(case.path, read_only=True) as archive:
        who = identities(archive.store.decisions(kind="actor"))
        events = map(who.event, archive.events())
        between: dict[tuple[str, str], list[Event]] = {}
        for event in independent(events, archive.near_copies()):
            for pair in {(min(one.actor, one.recipient), max(one.actor, one.recipient)) for one in dyads([event])}:
                between.setdefault(pair, []).append(event)
        if not between:
            return Busiest(("", ""), ("", ""), 0, 0)
        pair = min(between, key=lambda pair: (-len(between[pair]), pair))
        names = archive.store.called(pair)
    conflict = sum(quad_of(event.type or "") > 2 for event in between[pair])
    one, other = ((party, names.get(party, party)) for party in pair)
    return Busiest(one, other, len(between[pair]), conflict)


def pair_address(one: str, other: str, period: Period | None = None) -> str:
    """The page of two parties, with the events of a period or with all."""
    asked = {"one": one, "other": other}
    if period:
        asked |= {"since": period.first.isoformat(), "until": period.last.isoformat()}
    return f"/alignment/pair?{urlencode(asked)}"


# When it turned


def turned(case: Case) -> Turned:
    """The turning points of all pairs."""
    found = known(case)
    every = turns(found.deeds, found.stances)
    names = {party: found.name(party) for turn in every for party in turn.pair}
    strongest = sorted(every, key=lambda turn: (-turn.strength, turn.first, turn.pair))[:MOST_TURNS]
    strongest.sort(key=lambda turn: (turn.first, turn.pair))
    rows = [
        TurnRow(
            " and ".join(map(found.name, pair)),
            tuple(marked(turn, pair_address(*pair)) for turn in strongest if turn.pair == pair),
        )
        for pair in dict.fromkeys(turn.pair for turn in strongest)
    ]
    picture = Markup(turning(rows, found.deeds[0].day, found.deeds[-1].day)) if rows else Markup()
    return Turned(every, names, strongest, picture)


def turn_words(turn: Turn) -> str:
    """A turning point in words: "toward conflict: 4.7 acts of conflict a week, 0.2 before"."""
    unit = "mean score" if turn.measure == "score" else f"acts of {turn.measure} a week"
    return f"toward {turn.direction.removeprefix('to_')}: {turn.within:g} {unit}, {turn.before:g} around it"


def marked(turn: Turn, href: str) -> Marked:
    """A turning point as pictures mark it, and where its mark leads."""
    words = f"{turn_words(turn)}, {wording.interval(turn.first.isoformat(), turn.last.isoformat())}"
    return Marked(turn.first, turn.last, turn.direction == "to_cooperation", words, href)


# Two parties


def dyad(case: Case, one: str, other: str) -> Dyad:
    """Two parties, by id, name or alias.

    Raises:
        UsageError: nobody is called so, or both are the same.
    """
    found = known(case)
    one, other = sorted(map(found.relations.party, (one, other)))
    if one == other:
        raise UsageError("U001", f"Both are the same party, {found.name(one)}.")
    pair = one, other
    deeds, stances = found.relations.rolled_up(apart=pair)
    mine, said = [deed for deed in deeds if deed.pair == pair], [each for each in stances if each.pair == pair]
    last = deeds[-1].day if deeds else None
    turned = turns(deeds, stances, pairs={pair})
    called = {
        party: found.name(party) for turn in turned for deed in turn.triggers for party in (deed.actor, deed.recipient)
    }
    weeks = standing(mine, said, last=last)
    return Dyad(pair, (found.name(one), found.name(other)), mine, said, weeks, turned, called)
