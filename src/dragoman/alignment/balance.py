"""Balance: whether the friend of a friend is a friend and the enemy of an enemy too, against shuffled signs.

A triangle is balanced where the product of its three signs is positive (D. Cartwright and F. Harary,
"Structural balance", Psychological Review 63, 1956). How much of that is to be expected of any network with these
ties is told by the same ties with their signs shuffled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .camps import divided, frustration
from .network import SignedNetwork

__all__ = ["AgainstChance", "Balance", "Triad", "balance"]

Numbers = NDArray[np.float64]

SHUFFLES = 200
QUICK = 3
"""Divisions that the quick search for two camps begins from, in the network and in each shuffled one."""

MOST_TRIADS = 50


@dataclass(frozen=True, slots=True)
class AgainstChance:
    """A figure of the network, the mean of the same with shuffled signs, and the share of those not above it."""

    observed: float
    by_chance: float
    not_above: float


@dataclass(frozen=True, slots=True)
class Triad:
    """Three parties with the weight of the least of their ties; of a common enemy, that one stands last."""

    parties: tuple[str, str, str]
    weight: float


@dataclass(frozen=True, slots=True)
class Balance:
    """How balanced a network is.

    `frustration` is that of the best two camps found by the same quick search in the network and in the
    shuffled ones; `out_of_balance` the share of triangles; `friends_by_enemy` the share of friends among tied
    parties with a common enemy. `unbalanced` and `common_enemies` list the triads with the heaviest ties.
    """

    frustration: AgainstChance
    out_of_balance: AgainstChance
    friends_by_enemy: AgainstChance
    triangles: int
    unbalanced: tuple[Triad, ...]
    common_enemies: tuple[Triad, ...]


def balance(network: SignedNetwork) -> Balance:
    """The balance of a network against `SHUFFLES` shuffles of the signs of its ties."""
    weights = network.weights
    figures: tuple[Callable[[Numbers], float], ...] = (_frustrated, _out_of_balance, _friends_by_enemy)
    shuffled = list(_shuffled(weights))
    compared = [_against(figure(weights), [figure(each) for each in shuffled]) for figure in figures]
    signs = np.sign(weights)
    tied = np.abs(signs)
    return Balance(
        compared[0],
        compared[1],
        compared[2],
        round(float((tied @ tied * tied).sum()) / 6),
        tuple(_triads(network, lambda i, j, k: bool(signs[i, j] * signs[j, k] * signs[i, k] < 0))),
        tuple(_common_enemies(network)),
    )


def _shuffled(weights: Numbers) -> Iterable[Numbers]:
    draw = np.random.default_rng(1)
    upper = np.nonzero(np.triu(weights))
    sizes, signs = np.abs(weights[upper]), np.sign(weights[upper])
    for _ in range(SHUFFLES if len(signs) else 0):
        half = np.zeros_like(weights)
        half[upper] = sizes * draw.permutation(signs)
        yield half + half.T


def _against(observed: float, by_chance: list[float]) -> AgainstChance:
    values = np.array(by_chance or [observed])
    not_above = float((values <= observed + 1e-12).mean())
    return AgainstChance(round(observed, 4), round(float(values.mean()), 4), round(not_above, 4))


def _frustrated(weights: Numbers) -> float:
    mass = float(np.abs(weights).sum()) / 2
    return frustration(weights, divided(weights, starts=QUICK)) / mass if mass else 0.0


def _out_of_balance(weights: Numbers) -> float:
    signs = np.sign(weights)
    tied = np.abs(signs)
    every = float((tied @ tied * tied).sum())
    return (1 - float((signs @ signs * signs).sum()) / every) / 2 if every else 0.0


def _friends_by_enemy(weights: Numbers) -> float:
    """Of the tied pairs, each as often as it has a common enemy, the share that is friendly."""
    foes = (weights < 0).astype(float)
    common = foes @ foes
    np.fill_diagonal(common, 0)
    tied = float((common * (weights != 0)).sum())
    return float((common * (weights > 0)).sum()) / tied if tied else 0.0


def _triads(network: SignedNetwork, wanted: Callable[[int, int, int], bool]) -> list[Triad]:
    weights, found = np.abs(network.weights), []
    for i in range(len(weights)):
        for j in np.flatnonzero(weights[i, i + 1 :]) + i + 1:
            for k in np.flatnonzero(weights[i, j + 1 :] * weights[j, j + 1 :]) + j + 1:
                if wanted(i, int(j), int(k)):
                    found.append(_triad(network, i, int(j), int(k)))
    return _heaviest(found)


def _common_enemies(network: SignedNetwork) -> list[Triad]:
    foes, found = network.weights < 0, []
    for enemy in range(len(foes)):
        against = np.flatnonzero(foes[enemy])
        found += [
            _triad(network, int(i), int(j), enemy)
            for place, i in enumerate(against)
            for j in against[place + 1 :]
            if network.weights[i, j] > 0
        ]
    return _heaviest(found)


def _triad(network: SignedNetwork, i: int, j: int, k: int) -> Triad:
    lightest = min(abs(float(network.weights[pair])) for pair in ((i, j), (j, k), (i, k)))
    one, two, three = (network.actors[place] for place in (i, j, k))
    return Triad((one, two, three), round(lightest, 4))


def _heaviest(triads: Iterable[Triad]) -> list[Triad]:
    return sorted(triads, key=lambda triad: (-triad.weight, triad.parties))[:MOST_TRIADS]
