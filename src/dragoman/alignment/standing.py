"""Standing: how two parties stand to each other over time, in [-1, 1] with an interval.

A state-space model in weeks. What stands behind the events is a latent z, an Ornstein-Uhlenbeck process: it
wanders, and without news it drifts back to knowing nothing. The standing is tanh(z / 2). An act with the
PLOVER score s counts |s| / 10 for or against, as a binomial trial with the chance of "for" 1 / (1 + exp(-z)); a
standing relation or a change of side that a text asserts counts as an act of full score. The posterior is
Laplace's approximation, by Newton's method (J. Durbin and S. J. Koopman, "Time Series Analysis by State Space
Methods", 2nd edition 2012, section 10.6); since events come in clusters, the evidence is divided by
its overdispersion (quasi-likelihood: P. McCullagh and J. A. Nelder, "Generalized Linear Models", 1989, section 4.5).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from .deeds import Deed
from .stances import Stance

__all__ = ["Standing", "smoothed", "standing"]

Numbers = NDArray[np.float64]

SPREAD = 1.87
"""The standard deviation of z where nothing is known: the standing then has the 95% interval [-0.95, 0.95]."""

MEMORY = 52.0
"""Weeks after which the process keeps 1 / e of where it stood; with less, left-out weeks of ICEWS are told worse."""

NORMAL = 1.96
"""The normal deviate of a 95% interval."""

ROUNDS, CLOSE = 100, 1e-9
LEAST = 1e-9
"""A week with less variance than this tells nothing of how much weeks vary."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a pair stands in the week from a day on, with its 95% interval, and what happened in that week.

    The four counts are of verbal cooperation, material cooperation, verbal conflict and material conflict:
    crises bring talks, and the score alone would hide the one behind the other.
    """

    week: date
    score: float
    low: float
    high: float
    counts: tuple[int, int, int, int]


def standing(
    deeds: Collection[Deed], stances: Collection[Stance] = (), *, first: date | None = None, last: date | None = None
) -> list[Standing]:
    """How the two parties of some deeds and stances stood, week by week (from Mondays), first week to last.

    Without `first` and `last`, from the first to the last day of the evidence. Evidence outside is not used.
    """
    known = [*(deed.day for deed in deeds), *(stance.day for stance in stances)]
    if not known:
        return []
    start = _monday(first or min(known))
    weeks = ((last or max(known)) - start).days // 7 + 1
    if weeks < 1:
        return []
    tallies, counts = np.zeros((2, weeks)), np.zeros((weeks, 4), dtype=int)
    for day, weight in _evidence(deeds, stances):
        if 0 <= (week := (day - start).days // 7) < weeks:
            tallies[int(weight < 0), week] += abs(weight)
    for deed in deeds:
        if deed.quad and 0 <= (week := (deed.day - start).days // 7) < weeks:
            counts[week, deed.quad - 1] += 1
    curves = np.round(smoothed(*tallies), 4)
    return [
        Standing(start + timedelta(7 * week), score, low, high, (verbal, material, words, acts))
        for week, ((score, low, high), (verbal, material, words, acts)) in enumerate(
            zip(curves.T.tolist(), counts.tolist(), strict=True)
        )
    ]


def smoothed(favour: Numbers, against: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """The standing and the bounds of its 95% interval, for weeks with so much evidence for and against.

    >>> score, low, high = smoothed(np.zeros(3), np.zeros(3))
    >>> score.round(2).tolist(), low.round(2).tolist(), high.round(2).tolist()
    ([0.0, 0.0, 0.0], [-0.95, -0.95, -0.95], [0.95, 0.95, 0.95])
    """
    mode, _ = _posterior(favour, against)
    spread = _overdispersion(favour, against, _chance(mode))
    mode, variance = _posterior(favour / spread, against / spread)
    reach = NORMAL * np.sqrt(variance)
    return np.tanh(mode / 2), np.tanh((mode - reach) / 2), np.tanh((mode + reach) / 2)


def _chance(z: Numbers) -> Numbers:
    """1 / (1 + exp(-z)), which overflows nowhere."""
    return (1 + np.tanh(z / 2)) / 2


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _evidence(deeds: Iterable[Deed], stances: Iterable[Stance]) -> Iterable[tuple[date, float]]:
    yield from ((deed.day, deed.weight / 10) for deed in deeds)
    yield from ((stance.day, 1.0 if stance.friendly else -1.0) for stance in stances)


def _posterior(favour: Numbers, against: Numbers) -> tuple[Numbers, Numbers]:
    """Mode and variances of z, week by week."""
    from scipy.linalg import solveh_banded  # loaded where it is used: reading does without it

    prior = _precision(len(favour))
    z = np.zeros(len(favour))
    for _ in range(ROUNDS):
        chance = _chance(z)
        curved = prior.copy()
        curved[1] += (favour + against) * chance * (1 - chance)
        slope = favour - (favour + against) * chance - _times(prior, z)
        step = solveh_banded(curved[-min(2, len(z)) :], slope)
        # The log posterior is concave; a step cut to a deviate of the prior keeps Newton's method from overshooting.
        z = z + np.clip(step, -SPREAD, SPREAD)
        if np.abs(step).max() < CLOSE:
            break
    chance = _chance(z)
    curved = prior.copy()
    curved[1] += (favour + against) * chance * (1 - chance)
    return z, _variances(curved)


def _precision(weeks: int) -> Numbers:
    """The inverse covariance of the process: tridiagonal, its upper diagonal above its main one."""
    kept = np.exp(-1 / MEMORY)
    scale = 1 / (SPREAD**2 * (1 - kept**2))
    diagonal = np.full(weeks, scale * (1 + kept**2))
    diagonal[[0, -1]] = scale if weeks > 1 else 1 / SPREAD**2
    beside = np.full(weeks, -scale * kept)
    beside[0] = 0.0
    return np.array([beside, diagonal])


def _times(banded: Numbers, vector: Numbers) -> Numbers:
    beside, diagonal = banded[0, 1:], banded[1]
    product: Numbers = diagonal * vector
    product[:-1] += beside * vector[1:]
    product[1:] += beside * vector[:-1]
    return product


def _variances(banded: Numbers) -> Numbers:
    """The diagonal of the inverse of a tridiagonal matrix, from its pivots downward and upward."""
    squares, diagonal = banded[0, 1:] ** 2, banded[1]
    down, up = diagonal.copy(), diagonal.copy()
    for row in range(1, len(diagonal)):
        down[row] -= squares[row - 1] / down[row - 1]
        up[-row - 1] -= squares[-row] / up[-row]
    found: Numbers = 1 / (down + up - diagonal)
    return found


def _overdispersion(favour: Numbers, against: Numbers, chance: Numbers) -> float:
    """How much more the weeks differ from the fitted curve than binomial chance allows, at least 1 (Pearson)."""
    total = favour + against
    variance = total * chance * (1 - chance)
    some = variance > LEAST
    if some.sum() < 2:
        return 1.0
    misfit = (favour - total * chance)[some] ** 2 / variance[some]
    return max(1.0, float(misfit.sum() / (some.sum() - 1)))
