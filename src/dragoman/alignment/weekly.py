"""The probability of material conflict in a week, for each ordered pair of parties, and how good such forecasts were.

A logistic regression on what is known before the week: material conflict of the pair (this way, the other way) and
its other dealings, fading with half-lives of a week, a month and a season; whether the last week had any; the
pair's own share of weeks with conflict; how much conflict either party has with anybody. Asked of it are
the pairs that had anything to do with each other in the 90 days before the week.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .dated import DatedEvent, quad

__all__ = [
    "Bin",
    "ConflictForecast",
    "Verification",
    "Weeks",
    "calibration",
    "conflict_next_week",
    "verify",
    "weeks_of",
]

MATERIAL_CONFLICT = 4
ALIVE = 13
"""Weeks: pairs without any event in the last so many are not asked about."""
HALF_LIVES = (1.0, 4.0, 13.0)
"""In weeks."""
WARM_UP = 8
"""Weeks of history before the first that is learned from."""
LEAST_ROWS, LEAST_CONFLICTS = 50, 5
RIDGE = 1.0

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ConflictForecast:
    """The probability that the actor does something of material conflict to the recipient in the coming week."""

    actor: str
    recipient: str
    probability: float
    last_week: int
    weeks_with_conflict: int
    weeks: int


@dataclass(frozen=True, slots=True)
class Weeks:
    """What was known of each living pair before each week, and whether conflict came.

    `week` and `pair` of each row, its `features`, `last` (whether the week before had conflict), `share` (the
    pair's own share of weeks with conflict so far) and `came`, which is NaN for the week after the last.
    """

    pairs: tuple[tuple[str, str], ...]
    count: int
    week: npt.NDArray[np.int64]
    pair: npt.NDArray[np.int64]
    features: Array
    last: Array
    share: Array
    came: Array


def weeks_of(events: Sequence[DatedEvent]) -> Weeks:
    """The living pairs of each week; weeks have seven days and are counted back from the last day of the events."""
    end = max(event.day for event in events)
    count = max((end - event.day).days // 7 for event in events) + 1
    week = np.array([count - 1 - (end - event.day).days // 7 for event in events], np.int64)
    pairs = sorted({pair for e in events for pair in ((e.actor, e.recipient), (e.recipient, e.actor))})
    number = {pair: i for i, pair in enumerate(pairs)}
    there = np.array([number[event.actor, event.recipient] for event in events], np.int64)
    back = np.array([number[b, a] for a, b in pairs], np.int64)
    fought = np.array([quad(event.type) == MATERIAL_CONFLICT for event in events])
    parties = {name: i for i, name in enumerate(sorted({name for pair in pairs for name in pair}))}
    sides = np.array([[parties[a], parties[b]] for a, b in pairs], np.int64).T
    rows = []
    faded = np.zeros((len(HALF_LIVES), 2, len(pairs)))
    fade = np.array([0.5 ** (1 / half) for half in HALF_LIVES])[:, None, None]
    weeks_with, seen, quiet = np.zeros(len(pairs)), np.full(len(pairs), count), np.full(len(pairs), np.inf)
    last = np.zeros(len(pairs))
    for now in range(count + 1):
        alive = np.flatnonzero(quiet <= ALIVE)
        if len(alive):
            share = weeks_with / np.maximum(1, now - seen)
            rows.append(_known(now, alive, back, sides, faded, last, share))
        if now == count:
            break
        this = week == now
        by_kind = [np.bincount(there[this & (fought == kind)], minlength=len(pairs)) for kind in (True, False)]
        came = by_kind[0] > 0
        if len(alive):
            rows[-1] = (*rows[-1][:-1], came[alive].astype(float))
        faded = faded * fade + np.array(by_kind)
        either = by_kind[0] + by_kind[1]
        met = either + either[back] > 0
        seen[met] = np.minimum(seen[met], now)
        quiet = np.where(met, 1, quiet + 1)
        weeks_with, last = weeks_with + came, came.astype(float)
    columns = [np.concatenate(column) for column in zip(*rows, strict=True)]
    return Weeks(tuple(pairs), count, *columns)


def _known(
    now: int,
    alive: npt.NDArray[np.int64],
    back: npt.NDArray[np.int64],
    sides: npt.NDArray[np.int64],
    faded: Array,
    last: Array,
    share: Array,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Array, Array, Array, Array]:
    """The rows of one week: week, pair, features, last, share, and NaN for what came."""
    fights, others = faded[:, 0], faded[:, 1]
    size = int(sides.max()) + 1
    general = [np.bincount(side, fights[1], size)[side] for side in sides]
    features = np.vstack(
        [
            np.log1p(4 * fights[:, alive]),
            np.log1p(4 * fights[:, back[alive]]),
            np.log1p(4 * others[:, alive]),
            np.log1p(4 * others[:, back[alive]]),
            [np.log1p(each[alive]) for each in general],
            last[alive],
            np.log(share[alive] + 0.01),
        ]
    ).T
    return np.full(len(alive), now), alive, features, last[alive], share[alive], np.full(len(alive), np.nan)


@dataclass(frozen=True, slots=True)
class Bin:
    """Forecasts of about the same probability: how many, their mean, and in what share of them conflict came."""

    count: int
    forecast: float
    came: float


@dataclass(frozen=True, slots=True)
class Verification:
    """Forecasts of weeks that the model had not seen, beside what is simpler.

    `brier` and `log` (lower is better) by name: "outlook", "as last week" (the share of conflict after a
    week with and after one without, learned on the same weeks), "own share" (the pair's share of weeks so far)
    and "base rate". `skill`: 1 - Brier of the outlook / the better Brier of "as last week" and "base rate".
    """

    forecasts: int
    conflicts: int
    brier: dict[str, float]
    log: dict[str, float]
    skill: float
    bins: tuple[Bin, ...]


def verify(weeks: Weeks, first: int) -> Verification | None:
    """Learn from the weeks before `first`, forecast those from there on; None where there is too little of either."""
    learned = (weeks.week >= min(WARM_UP, first // 2)) & (weeks.week < first)
    asked = (weeks.week >= first) & (weeks.week < weeks.count)
    came, past = weeks.came[asked], weeks.came[learned]
    if not _enough(past) or not came.size:
        return None
    base = (past.sum() + 0.5) / (len(past) + 1)
    after = [_share(past[weeks.last[learned] == was]) for was in (0, 1)]
    given = {
        "outlook": _probabilities(_fit(weeks.features[learned], past), weeks.features[asked]),
        "as last week": np.where(weeks.last[asked] == 1, after[1], after[0]),
        "own share": np.clip(weeks.share[asked], 0.002, 0.998),
        "base rate": np.full(len(came), base),
    }
    brier = {name: float(((p - came) ** 2).mean()) for name, p in given.items()}
    log = {name: float(-np.log(np.where(came == 1, p, 1 - p)).mean()) for name, p in given.items()}
    reference = min(brier["as last week"], brier["base rate"])
    skill = 1 - brier["outlook"] / reference if reference else 0.0
    return Verification(len(came), int(came.sum()), brier, log, skill, calibration(given["outlook"], came))


def conflict_next_week(weeks: Weeks) -> list[ConflictForecast]:
    """The forecasts of all living pairs for the coming week, likeliest first; none where little is to learn from."""
    learned, asked = weeks.week < weeks.count, weeks.week == weeks.count
    learned &= weeks.week >= min(WARM_UP, weeks.count // 2)
    if not _enough(weeks.came[learned]):
        return []
    chances = _probabilities(_fit(weeks.features[learned], weeks.came[learned]), weeks.features[asked])
    found = []
    for pair, chance, last in zip(weeks.pair[asked], chances, weeks.last[asked], strict=True):
        of_pair = (weeks.pair == pair) & (weeks.week < weeks.count)
        actor, recipient = weeks.pairs[pair]
        conflicts, known = int(weeks.came[of_pair].sum()), int(of_pair.sum())
        found.append(ConflictForecast(actor, recipient, round(float(chance), 4), int(last), conflicts, known))
    return sorted(found, key=lambda each: (-each.probability, each.actor, each.recipient))


def calibration(forecasts: Array, came: Array, bins: int = 10) -> tuple[Bin, ...]:
    """Forecasts in bins of equal width from 0 to 1, the empty ones left out.

    >>> calibration(np.array([0.1, 0.12, 0.9]), np.array([0.0, 1.0, 1.0]), 2)
    (Bin(count=2, forecast=0.11, came=0.5), Bin(count=1, forecast=0.9, came=1.0))
    """
    place = np.minimum((forecasts * bins).astype(int), bins - 1)
    return tuple(
        Bin(int(here.sum()), round(float(forecasts[here].mean()), 4), round(float(came[here].mean()), 4))
        for here in (place == number for number in range(bins))
        if here.any()
    )


def _enough(came: Array) -> bool:
    return len(came) >= LEAST_ROWS and LEAST_CONFLICTS <= came.sum() < len(came)


def _share(came: Array) -> float:
    """The share of ones, held off 0 and 1 (Krichevsky and Trofimov's estimate)."""
    return float((came.sum() + 0.5) / (len(came) + 1))


def _fit(features: Array, came: Array) -> tuple[Array, Array, Array]:
    """Ridge-penalised logistic regression: weights, the intercept first; means and deviations of the features."""
    mean, deviation = features.mean(axis=0), np.maximum(features.std(axis=0), 1e-9)
    known = np.column_stack([np.ones(len(came)), (features - mean) / deviation])

    def loss(weights: Array) -> tuple[float, Array]:
        scores = known @ weights
        penalty = weights * np.append(0.0, np.full(len(weights) - 1, RIDGE))
        value = np.logaddexp(0, scores).sum() - came @ scores + penalty @ weights / 2
        return float(value), known.T @ (_logistic(scores) - came) + penalty

    from scipy.optimize import minimize  # half a second that no other command need wait for

    found = minimize(loss, np.zeros(known.shape[1]), jac=True, method="L-BFGS-B")
    return np.asarray(found.x), mean, deviation


def _probabilities(model: tuple[Array, Array, Array], features: Array) -> Array:
    weights, mean, deviation = model
    return _logistic(weights[0] + ((features - mean) / deviation) @ weights[1:])


def _logistic(scores: Array) -> Array:
    return np.asarray(np.exp(-np.logaddexp(0, -scores)))
