"""Camps: the parties divided so that friends stand together and foes apart, as far as that can be.

The frustration of a division is the weight of the ties that go against it: friendly ones between camps and
hostile ones inside a camp. Two camps are found by integer programming with HiGHS (S. Aref, A. Mason and M.
Wilson, "A modeling and computational study of the frustration index in signed networks", Networks 75, 2020:
the AND model with constraints for unbalanced triangles), which proves how far from the least it can be.
More camps are found by moving one party at a time, from several divisions; nothing is proven then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .network import SignedNetwork

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["Camps", "Move", "camps", "divided", "frustration", "moves"]

Numbers = NDArray[np.float64]
Labels = NDArray[np.intp]
Tied = tuple[int, int]
Triangle = tuple[Tied, Tied, Tied]

NODES = 30
"""Of the search for the best two camps, from which on what is found is kept with the bound that is proven: counted in
nodes, not by the clock, so that the same network always gives the same camps."""

GAP = 1e-6
MOST_TRIANGLES = 10_000
STARTS = 20


@dataclass(frozen=True, slots=True)
class Camps:
    """A division of a network's actors: `camps` as tuples of names, the largest first.

    `frustration` is the share of all weight that goes against the division, and `at_least` what is proven
    of any division into as many camps (0 where nothing is). `fit` says of each actor which share of its
    weight agrees with its place less the share that goes against it, in [-1, 1].
    """

    camps: tuple[tuple[str, ...], ...]
    frustration: float
    at_least: float
    fit: dict[str, float]


@dataclass(frozen=True, slots=True)
class Move:
    """A party that stood in one camp and later in another; None where it was not in the network."""

    actor: str
    before: int | None
    after: int | None


def camps(network: SignedNetwork, count: int = 2) -> Camps:
    """The best division found of a network into at most `count` camps."""
    weights, size = network.weights, len(network.actors)
    if not size:
        return Camps((), 0.0, 0.0, {})
    mass = float(np.abs(weights).sum()) / 2
    labels = divided(weights, count)
    bound = 0.0
    if count == 2:
        labels, bound = _exact(weights, labels)
    share = frustration(weights, labels) / mass if mass else 0.0
    named = [tuple(a for a, label in zip(network.actors, labels, strict=True) if label == camp) for camp in set(labels)]
    ordered = sorted(named, key=lambda members: (-len(members), members))
    fit = {actor: round(float(value), 4) for actor, value in zip(network.actors, _fit(weights, labels), strict=True)}
    return Camps(tuple(ordered), round(share, 4), round(min(bound / mass, share) if mass else 0.0, 4), fit)


def frustration(weights: Numbers, labels: Labels) -> float:
    """The weight of friendly ties between camps and of hostile ties inside."""
    together = labels[:, None] == labels[None, :]
    return float(np.where(together, np.maximum(-weights, 0), np.maximum(weights, 0)).sum()) / 2


def divided(weights: Numbers, count: int = 2, starts: int = STARTS) -> Labels:
    """A division into at most `count` camps, by moving one party at a time where that lowers the frustration most.

    The best of what comes of so many fixed random divisions.
    """
    draw = np.random.default_rng(1)
    begun = [draw.integers(count, size=len(weights)) for _ in range(starts)]
    improved = [_improved(weights, start, count) for start in begun]
    return min(improved, key=lambda labels: frustration(weights, labels))


def _improved(weights: Numbers, start: Labels, count: int) -> Labels:
    labels = start.copy()
    rows = np.arange(len(weights))
    held = weights @ np.eye(count)[labels]
    while True:
        gain = held - held[rows, labels][:, None]
        best = int(gain.argmax())
        party, camp = divmod(best, count)
        if gain[party, camp] <= GAP:
            return labels
        held[:, labels[party]] -= weights[:, party]
        held[:, camp] += weights[:, party]
        labels[party] = camp


def _exact(weights: Numbers, known: Labels) -> tuple[Labels, float]:
    """Two camps of least frustration, and the bound that is proven; `known` is kept where nothing better is found."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # half a second that no other command need wait for

    ties = [(i, j) for i, j in combinations(range(len(weights)), 2) if weights[i, j]]
    if not ties:
        return known, 0.0
    size, costs = len(weights), np.array([abs(weights[tie]) for tie in ties])
    triangles = _unbalanced(weights, ties)
    packed = _packed(weights, triangles)
    rows, least = _constraints(weights, ties, triangles[:MOST_TRIANGLES])
    # The party with most ties stands in the second camp: the two camps have no names of their own.
    lowest = np.zeros(size + len(ties))
    lowest[int((weights != 0).sum(axis=0).argmax())] = 1
    found = milp(
        np.concatenate([np.zeros(size), costs]),
        constraints=LinearConstraint(rows, least, np.inf),
        integrality=np.concatenate([np.ones(size), np.zeros(len(ties))]),
        bounds=Bounds(lowest, 1),
        options={"node_limit": NODES, "mip_rel_gap": GAP},
    )
    bound = max(packed, float(found.mip_dual_bound or 0.0))
    if found.x is None:
        return known, bound
    labels = (found.x[:size] > 0.5).astype(np.intp)
    return min((labels, known), key=lambda each: frustration(weights, each)), bound


def _constraints(weights: Numbers, ties: Sequence[Tied], triangles: Sequence[Triangle]) -> tuple[csr_array, Numbers]:
    """Rows over [side of each party, frustration of each tie] and the least value of each."""
    from scipy.sparse import csr_array  # loaded where it is used: reading does without it

    size = len(weights)
    number = {tie: size + place for place, tie in enumerate(ties)}
    rows: list[list[tuple[int, float]]] = []
    least: list[float] = []
    for (i, j), tie in number.items():
        sign = np.sign(weights[i, j])
        # Friends: f >= |x - y|. Foes: f >= |x + y - 1|.
        rows += [[(tie, 1.0), (i, -1.0), (j, sign)], [(tie, 1.0), (i, 1.0), (j, -sign)]]
        least += [0.0, 0.0] if sign > 0 else [-1.0, 1.0]
    for triangle in triangles:
        rows.append([(number[tie], 1.0) for tie in triangle])
        least.append(1.0)
    places = [(row, column, value) for row, terms in enumerate(rows) for column, value in terms]
    at_row, at_column, values = zip(*places, strict=True)
    shape = (len(rows), size + len(ties))
    return csr_array((np.array(values), (np.array(at_row), np.array(at_column))), shape=shape), np.array(least)


def _unbalanced(weights: Numbers, ties: Sequence[Tied]) -> list[Triangle]:
    """The triangles with an odd number of hostile ties, those of the heaviest ties first: one tie of each must give."""
    found: list[tuple[float, Triangle]] = []
    for i, j in ties:
        for k in np.flatnonzero(weights[i, j + 1 :] * weights[j, j + 1 :] * weights[i, j] < 0) + j + 1:
            triangle = ((i, j), (i, int(k)), (j, int(k)))
            found.append((min(abs(weights[tie]) for tie in triangle), triangle))
    return [triangle for _, triangle in sorted(found, key=lambda item: (-item[0], item[1]))]


def _packed(weights: Numbers, triangles: Sequence[Triangle]) -> float:
    """A bound that needs no search: what unbalanced triangles must cost that share no weight with each other."""
    left = {tie: abs(float(weights[tie])) for triangle in triangles for tie in triangle}
    total = 0.0
    for triangle in triangles:
        cost = min(left[tie] for tie in triangle)
        total += cost
        for tie in triangle:
            left[tie] -= cost
    return total


def _fit(weights: Numbers, labels: Labels) -> Numbers:
    together = np.where(labels[:, None] == labels[None, :], 1.0, -1.0)
    mass = np.abs(weights).sum(axis=1)
    fit: Numbers = np.divide((weights * together).sum(axis=1), mass, out=np.zeros(len(weights)), where=mass > 0)
    return fit


def moves(before: Camps, after: Camps) -> list[Move]:
    """Who stands elsewhere in a later division, as places in `after.camps`.

    The camps of both are first matched so that as many parties as possible stay where they were.
    """
    from scipy.optimize import linear_sum_assignment  # half a second that no other command need wait for

    shared = np.array([[len(set(one) & set(other)) for other in after.camps] for one in before.camps])
    same: dict[int, int] = {}
    if shared.size:
        same = {int(one): int(other) for one, other in zip(*linear_sum_assignment(-shared), strict=True)}
    # An earlier camp that no later one continues gets a number after all of those.
    places = {one: same.get(one, len(after.camps) + one) for one in range(len(before.camps))}
    was = {actor: places[place] for place, members in enumerate(before.camps) for actor in members}
    now = {actor: place for place, members in enumerate(after.camps) for actor in members}
    found = [Move(actor, was.get(actor), now.get(actor)) for actor in sorted({*was, *now})]
    return [move for move in found if move.before != move.after]
