"""The signed network: who stood with whom and against whom at a date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from .deeds import Deed, Pair
from .stances import Stance

__all__ = ["SignedNetwork", "signed_network"]

Numbers = NDArray[np.float64]

MEMORY = 90
"""Days after which an act counts 1 / e of its weight."""

HORIZON = 3 * MEMORY
"""Days; what lies longer back does not count."""

MOST_ACTORS = 150
"""The exact search for camps takes a second for so many."""


@dataclass(frozen=True, slots=True)
class SignedNetwork:
    """Parties and the signed weights between them: `weights` is symmetric, its rows in the order of `actors`.

    A weight above zero says that two parties stood nearer to each other than parties of the period
    do on the whole, below zero that they stood less near.
    """

    on: date
    actors: tuple[str, ...]
    weights: Numbers

    def ties(self) -> dict[str, int]:
        """With how many others each of its actors has a tie."""
        return dict(zip(self.actors, np.count_nonzero(self.weights, axis=1).tolist(), strict=True))

    def by_weight(self, members: Iterable[str]) -> list[str]:
        """Some of its actors, those with most weight in their ties first."""
        mass = dict(zip(self.actors, np.abs(self.weights).sum(axis=1).round(9).tolist(), strict=True))
        return sorted(members, key=lambda actor: (-mass[actor], actor))


def signed_network(
    deeds: Iterable[Deed], stances: Iterable[Stance], on: date, *, among: Sequence[str] | None = None
) -> SignedNetwork:
    """The network on a day, from what is known by that day, centred by its period.

    An act counts its PLOVER score / 10, a stance that a text asserts 1, each halved for about every two
    months that it lies back. From the sum of each pair its expectation is taken: as much cooperation among
    its evidence as in all evidence of the period, since most of what is reported is talk. Of more than
    150 parties those with most evidence are kept (or those `among` which it is asked), and of those the
    largest part that hangs together.
    """
    favour: dict[Pair, float] = defaultdict(float)
    against: dict[Pair, float] = defaultdict(float)
    for pair, day, weight in _evidence(deeds, stances):
        if 0 <= (age := (on - day).days) <= HORIZON:
            (favour if weight > 0 else against)[pair] += abs(weight) * float(np.exp(-age / MEMORY))
    total = {pair: favour[pair] + against[pair] for pair in sorted({*favour, *against})}
    share = sum(favour.values()) / sum(total.values()) if total else 0.0
    centred = {pair: favour[pair] - share * mass for pair, mass in total.items()}
    chosen = _connected(total, _most_active(total) if among is None else set(among))
    numbers = {actor: number for number, actor in enumerate(chosen)}
    weights = np.zeros((len(chosen), len(chosen)))
    for (one, other), weight in centred.items():
        if one in numbers and other in numbers:
            weights[numbers[one], numbers[other]] = weights[numbers[other], numbers[one]] = weight
    return SignedNetwork(on, tuple(chosen), weights)


def _evidence(deeds: Iterable[Deed], stances: Iterable[Stance]) -> Iterable[tuple[Pair, date, float]]:
    yield from ((deed.pair, deed.day, deed.weight / 10) for deed in deeds if deed.weight)
    yield from ((stance.pair, stance.day, 1.0 if stance.friendly else -1.0) for stance in stances)


def _most_active(total: dict[Pair, float]) -> set[str]:
    mass: dict[str, float] = defaultdict(float)
    for pair, weight in total.items():
        for party in pair:
            mass[party] += weight
    return set(sorted(mass, key=lambda party: (-mass[party], party))[:MOST_ACTORS])


def _connected(total: dict[Pair, float], kept: set[str]) -> list[str]:
    """The parties of the largest part of the network that hangs together, by name."""
    import networkx  # it takes a tenth of a second that reading need not wait for

    graph = networkx.Graph(pair for pair in total if set(pair) <= kept)
    parts = sorted((sorted(part) for part in networkx.connected_components(graph)), key=lambda part: (-len(part), part))
    return parts[0] if parts else []
