"""The outlook: given the history up to a day, whom a party will do something to, or who will do it to them.

The answers to a question are ranked by a log-linear model (conditional logit): the probability of an
answer is proportional to exp(weights . features), with the features of `recurrence`. The weights are those
that make the last days of the history likeliest, held near the priors of outlook.toml by a normal
distribution, so that a short history leans on the priors and a long one on itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..codebook import QUADS
from .dated import DatedEvent, quad
from .history import Floats, Integers, Profile, history_of
from .recurrence import Entry, Recurrence, entry_of, priors

__all__ = ["Expectation", "Question", "fitted", "outlook", "rank"]

LEARN_DAYS = 60
"""The weights are fitted on this many last days of the history, or on its second half where it is shorter."""
LEARN_ROWS = 8000
BEST, OTHERS = 300, 60
"""A fit sees of each question the answer, the best wrong answers by the priors, and some others drawn for the rest."""
PRIOR_WIDTH = 0.3
"""Standard deviation of a weight around its prior."""
WINDOWS = {2.0: (7, "in the last week"), 20.0: (30, "in the last month"), 0.0: (0, "so far")}
"""Half-life -> the window of days in which a reason counts."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """An answer: if there is such an act, this is the party, with this probability and for these reasons."""

    party: str
    probability: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Whom `party` will do `type` to (`done`), or who will do it to `party`, and the expectations, likeliest first.

    `before` counts how often the party did or suffered it so far.
    """

    party: str
    type: str
    done: bool
    before: int
    answers: tuple[Expectation, ...]


def outlook(
    events: Sequence[DatedEvent],
    party: str,
    *,
    types: Sequence[str] = (),
    most: int = 5,
    profiles: Mapping[str, Profile] | None = None,
) -> list[Question]:
    """What is to be expected of a party on the day after the last event; without `types`, for its commonest acts.

    Raises:
        KeyError: the party is in none of the events.
    """
    history = history_of(events, profiles)
    if party not in history.parties:
        raise KeyError(party)
    state = Recurrence(history)
    weights = fitted(state, history.days)
    me = history.parties.index(party)
    acts, counts = np.unique(history.act[history.party == me], return_counts=True)
    before = dict(zip(acts.tolist(), counts.tolist(), strict=True))
    size = len(history.types)
    wanted = [history.types.index(kind) + side for kind in types if kind in history.types for side in (0, size)]
    asked = wanted or sorted(before, key=lambda act: (-before[act], act))
    return [
        Question(
            party,
            history.types[act % size],
            act < size,
            before.get(act, 0),
            tuple(_expectations(state, weights, me, act, most)),
        )
        for act in asked
    ]


def fitted(state: Recurrence, after: int) -> Floats:
    """The weights that suit the last days before day `after`; the state is moved there.

    Nothing of the day `after` or later is seen; each question knows only the days before its own.
    """
    history, prior = state.history, np.array(priors(), np.float32)
    first = max(after - LEARN_DAYS, after // 2)
    rows = np.arange(len(history.day))[history.rows(first, after)]
    if len(rows) > LEARN_ROWS:
        rows = np.sort(np.random.default_rng(0).choice(rows, LEARN_ROWS, replace=False))
    draw = np.random.default_rng(1)
    samples = []
    for day in range(first, after):
        state.advance(day)
        low, high = np.searchsorted(history.day[rows], (day, day + 1))
        today = rows[low:high]
        state.prepare(history.party[today].tolist())
        samples += [_sample(state, int(row), prior, draw) for row in today]
    state.advance(after)
    if not samples:
        return prior
    return _likeliest(np.stack([values for values, _ in samples]), np.stack([extra for _, extra in samples]), prior)


def _sample(state: Recurrence, row: int, prior: Floats, draw: np.random.Generator) -> tuple[Floats, Floats]:
    """The features of the answer and of wrong ones [features, answers], and the log of how many each stands for."""
    history = state.history
    party, act, answer = int(history.party[row]), int(history.act[row]), int(history.other[row])
    features = state.features(party, act)
    today = history.rows(state.day, state.day + 1)
    right = history.other[today][(history.party[today] == party) & (history.act[today] == act)]
    wrong = np.ones(len(history.parties), bool)
    wrong[right] = wrong[party] = False
    open_to = np.flatnonzero(wrong)
    order = open_to[np.argsort(-(prior @ features[:, open_to]), kind="stable")]
    best, rest = order[:BEST], order[BEST:]
    drawn = rest[draw.permutation(len(rest))[:OTHERS]] if len(rest) else rest
    chosen = np.concatenate([[answer], best, drawn])
    extra = np.zeros(len(chosen), np.float32)
    extra[1 + len(best) :] = np.log(len(rest) / max(1, len(drawn))) if len(rest) else 0.0
    gap = 1 + BEST + OTHERS - len(chosen)
    return np.pad(features[:, chosen], ((0, 0), (0, gap))), np.pad(extra, (0, gap), constant_values=-1e9)


def _likeliest(features: Floats, extra: Floats, prior: Floats) -> Floats:
    """Maximum a posteriori weights of the conditional logit; the first answer of each question is the right one."""
    count, strength = len(features), 1 / PRIOR_WIDTH**2

    def loss(weights: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        scores = np.matmul(weights.astype(np.float32), features) + extra
        top = scores.max(axis=1, keepdims=True)
        exponents = np.exp(scores - top)
        total = exponents.sum(axis=1, keepdims=True)
        surprise = np.log(total[:, 0]) + top[:, 0] - scores[:, 0]
        excess = exponents / total
        excess[:, 0] -= 1
        slope = np.matmul(features, excess[:, :, None])[:, :, 0].sum(axis=0)
        off = weights - prior
        value = float(surprise.sum()) + strength / 2 * float(off @ off)
        return value / count, (slope.astype(float) + strength * off) / count

    from scipy.optimize import minimize  # half a second that no other command need wait for

    found = minimize(loss, prior.astype(float), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return np.asarray(found.x, np.float32)


def rank(scores: Floats, answers: Integers) -> npt.NDArray[np.float64]:
    """The rank of each right answer among all that are not right; ties count by expectation.

    >>> rank(np.array([3, 1, 2, 1], np.float32), np.array([0, 1])).tolist()
    [1.0, 2.5]
    """
    right = scores[answers]
    above = [(scores > own).sum() - (right > own).sum() for own in right]
    equal = [(scores == own).sum() - (right == own).sum() for own in right]
    return 1.0 + np.array(above, float) + np.array(equal, float) / 2


def _expectations(state: Recurrence, weights: Floats, party: int, act: int, most: int) -> list[Expectation]:
    scores = state.scores(party, act, weights).astype(float)
    odds = np.exp(scores - scores.max())
    best = np.argsort(-odds, kind="stable")[:most]
    features = state.features(party, act)
    names = state.history.parties
    return [
        Expectation(
            names[answer],
            round(float(odds[answer] / odds.sum()), 4),
            tuple(_reasons(state, weights * features[:, answer], party, act, int(answer))),
        )
        for answer in best
        if odds[answer] > 0
    ]


def _reasons(state: Recurrence, shares: Floats, party: int, act: int, answer: int) -> list[str]:
    """The three entries that speak most for an answer, in words, each with the window that speaks loudest."""
    totals: dict[str, float] = defaultdict(float)
    loudest: dict[str, tuple[float, Entry, float]] = {}
    third = float(shares[-1])
    for feature, share in enumerate(shares[:-1].tolist()):
        found = entry_of(feature)
        if found is not None and found[0].says is not None and share > 0:
            entry, half = found
            totals[entry.name] += share
            loudest[entry.name] = max(
                loudest.get(entry.name, (0.0, entry, half)), (share, entry, half), key=lambda x: x[0]
            )
    said = []
    for name in sorted(totals, key=lambda name: -totals[name]):
        _, entry, half = loudest[name]
        said.append((totals[name], _in_words(state, entry, half, party, act, answer)))
    common = state.between(party, answer) if third > 0 else []
    if common:
        said.append((third, f"both deal with {' and '.join(common)}"))
    return [words for _, words in sorted(said, key=lambda each: -each[0]) if words][:3]


def _in_words(state: Recurrence, entry: Entry, half: float, party: int, act: int, answer: int) -> str:
    """An entry as a reason: "Iran did this to Iraq 3 times in the last month"; empty where the window has none."""
    days, window = WINDOWS[half]
    times = state.happened(entry, party, act, answer, days)
    if not times or entry.says is None:
        return ""
    history = state.history
    names, size = history.parties, len(history.types)
    doer, target = (party, answer) if act < size else (answer, party)
    kind = quad(history.types[act % size])
    homes = [history.countries[home] if home >= 0 else "" for home in (state.home[party], state.home[answer])]
    words = entry.says.format(
        a=names[doer],
        b=names[target],
        asked=names[party],
        answer=names[answer],
        quad=QUADS.get(kind, "words"),
        asked_home=homes[0],
        home=homes[1],
    )
    return f"{words} {'once' if times == 1 else f'{times} times'} {window}"
