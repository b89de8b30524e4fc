"""The network of a period and its camps, as the screen of alignment shows them; computed beside the requests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from markupsafe import Markup

from ..alignment import Camps, camps, moves, paired, signed_network
from ..alignment import SignedNetwork as Network
from ..pictures import Edge, Link, Member, Node, network, sides
from ..pictures import Period as Small
from ..pictures import periods as small_multiples
from ..pictures.network import THIN, sign_of
from .periods import Period, periods_between
from .relations import Case, Known, known, pair_address

__all__ = ["Camped", "Shown", "Tied", "camped", "period_address", "shown"]

MOST = 25
"""Parties in the picture; the table has all."""


@dataclass(frozen=True, slots=True)
class Tied:
    """What passed between two parties in a period: a row of the table, an edge of the picture."""

    one: str
    other: str
    names: tuple[str, str]
    events: int
    score: float
    conflict: int
    href: str

    @property
    def sign(self) -> str:
        """Mainly cooperation, mainly conflict, or even."""
        return sign_of(self.score)

    @property
    def thin(self) -> bool:
        """Whether it rests on one or two events alone."""
        return self.events <= THIN


@dataclass(frozen=True, slots=True)
class Shown:
    """What passed between whom in a period, as a table and as pictures."""

    ties: Sequence[Tied]
    network: Markup
    multiples: Markup


@dataclass(frozen=True, slots=True)
class Camped:
    """The camps on the last day of a period: how well they divide, their members, and who moved since the one before.

    `members` are names, each with the number of its camp and how it fits; `moved` are names with both numbers.
    """

    camps: Camps
    members: Sequence[tuple[str, int, float]]
    moved: Sequence[tuple[str, int, int]]
    sides: Markup


def period_address(size: str, period: Period) -> str:
    """The page of a period."""
    return f"/alignment?{urlencode({'by': size, 'at': period.name})}"


# What passed between whom


def shown(case: Case, size: str, here: Period) -> Shown:
    """A period in full, among all of its size."""
    tabled = _tabled(case, size)
    *every, whole = tabled
    edges = {period: tuple(map(_edge, ties)) for period, ties in tabled.items()}
    order, nodes = _nodes(known(case), edges[whole])
    title = f"Who acted toward whom, {here.words}"
    small = [Small(one.words, edges[one], period_address(size, one), one == here) for one in every]
    return Shown(
        tabled[here],
        Markup(network(nodes, edges[here], title=title, within=edges[whole], most=MOST)),
        Markup(small_multiples(order, small)),
    )


@lru_cache(3)
def _tabled(case: Case, size: str) -> Mapping[Period, Sequence[Tied]]:
    """What passed between each two parties in each period, most events first; the last entry is of the whole time."""
    found = known(case)
    every = periods_between(found.deeds[0].day, found.deeds[-1].day, size)
    whole = Period(every[0].first, every[-1].last, "the whole time")
    return {period: _ties(found, period) for period in (*every, whole)}


def _ties(known: Known, period: Period) -> list[Tied]:
    found = []
    inside = [deed for deed in known.deeds if period.first <= deed.day <= period.last and deed.type]
    for (one, other), theirs in paired(inside).items():
        score = round(sum(deed.weight for deed in theirs) / len(theirs), 1)
        conflict = sum(deed.weight < 0 for deed in theirs)
        names = (known.name(one), known.name(other))
        found.append(Tied(one, other, names, len(theirs), score, conflict, pair_address(one, other, period)))
    return sorted(found, key=lambda tie: (-tie.events, tie.one, tie.other))


def _edge(tie: Tied) -> Edge:
    return Edge(tie.one, tie.other, tie.events, tie.score, tie.href)


def _nodes(known: Known, every: Sequence[Edge]) -> tuple[list[str], list[Node]]:
    """The parties of all edges with their events, and the order of the busiest around the small multiples."""
    counts: dict[str, int] = {}
    for edge in every:
        for party in (edge.one, edge.other):
            counts[party] = counts.get(party, 0) + edge.events
    nodes = [Node(party, known.name(party), count, f"/events?{urlencode({'party': party})}") for party, count in
             sorted(counts.items())]  # fmt: skip
    busiest = sorted(counts, key=lambda party: (-counts[party], party))[:MOST]
    return _round(busiest, every), nodes


def _round(parties: Sequence[str], edges: Sequence[Edge]) -> list[str]:
    """Parties in an order in which those between whom most passes stand near each other: each next to its closest."""
    between = {frozenset((edge.one, edge.other)): edge.events for edge in edges}
    left = list(parties[1:])
    order = list(parties[:1])
    while left:
        closest = max(left, key=lambda party: (between.get(frozenset((party, order[-1])), 0), -left.index(party)))
        left.remove(closest)
        order.append(closest)
    return order


# Who stood with whom


def camped(case: Case, here: Period, before: Period | None) -> Camped:
    """The camps at the end of a period, and who moved since the end of the one before."""
    found, (tied, divided) = known(case), _divided(case, here.last)
    members = [
        (found.name(party), number, divided.fit[party])
        for number, camp in enumerate(divided.camps, 1)
        for party in tied.by_weight(camp)
    ]
    moved = [
        (found.name(move.actor), move.before + 1, move.after + 1)
        for move in (moves(_divided(case, before.last)[1], divided) if before else ())
        if move.before is not None and move.after is not None
    ]
    return Camped(divided, members, moved, _sides(found, tied, divided, here))


@lru_cache(100)
def _divided(case: Case, day: date) -> tuple[Network, Camps]:
    found = signed_network(known(case).deeds, known(case).stances, day)
    return found, camps(found)


def _sides(known: Known, found: Network, divided: Camps, here: Period) -> Markup:
    members = [
        [
            Member(party, known.name(party), divided.fit[party], f"/events?{urlencode({'party': party})}")
            for party in found.by_weight(camp)
        ]
        for camp in divided.camps
    ]
    places = range(len(found.actors))
    links = [
        Link(found.actors[i], found.actors[j], float(found.weights[i, j])) for i in places for j in places if i < j
    ]
    return Markup(sides(members, links, most=14, title=f"Who stood with whom at the end of {here.words}"))
