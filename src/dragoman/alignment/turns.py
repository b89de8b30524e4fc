"""Turning points: intervals in which the relation of two parties changed, each with what carried it.

Three measures of a pair's days are scanned, each by itself, because crises bring talks: the count of
conflict, the count of cooperation, and the mean PLOVER score. A window of 7, 14 or 30 days is set
against the other days within 180 days of it (M. Kulldorff, "A spatial scan statistic", Communications
in Statistics 26, 1997, in time alone), and its deviance is divided by the pair's own overdispersion,
because events cluster: a plain test at p < 0.05 fires on a quarter of all dates.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .deeds import Deed, Pair, in_order, paired
from .stances import Stance

__all__ = [
    "LENGTHS",
    "LONGEST_ONSET",
    "THRESHOLD",
    "Change",
    "Direction",
    "Turn",
    "calibrated",
    "changes",
    "dispersion",
    "measured",
    "turns",
]

Numbers = NDArray[np.float64]
Direction = Literal["to_conflict", "to_cooperation"]
Measure = Literal["conflict", "cooperation", "score"]

LENGTHS = (7, 14, 30)
"""The windows, in days."""

AROUND = 180
"""Days before and after a window that it is set against."""

APART = 30
"""Turns of one pair in one direction begin at least this many days apart."""

LONGEST_ONSET = 30
"""Days; a longer onset would date nothing."""

ONSET_DROP = 6.63
"""The onset holds the days whose deviance is within the 99% point of chi squared (one degree) of the best."""

THRESHOLD = 2.77
"""The strength above which 0.85 alarms for each pair and year come on placebo dates (`make bench-turning-points`)."""

BEFORE, LEAST_BEFORE = 60, 30
"""Up to so many, and at least so many, days before an onset with at most one act make a burst of what follows."""

KNOWN_BEFORE = 30
"""Days of the record before an onset without which nobody can say that anything turned: it begins there."""

TRIGGER_DAYS = 14
"""How long before the onset a candidate trigger may lie."""

MOST_TRIGGERS = 5


@dataclass(frozen=True, slots=True)
class Change:
    """What the scan of one pair found: direction, measure, strength, days of the onset [first, last], length.

    Days are counted from the first day of the scan; `start` is the likeliest day of the onset. The
    strength is the signed root of the deviance over the dispersion, about a standard normal deviate.
    """

    direction: Direction
    measure: Measure
    strength: float
    start: int
    first: int
    last: int
    length: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A turning point of a pair, with the deeds behind it.

    `first` and `last` bound the onset. `kind` is "burst" where the 30 to 60 days that are known before held
    at most one act of the measure, else "level". `before` and `within` are the measure's events a week (for the
    score its mean, -10 to 10) in the days around and in the window of `days` days from the onset.
    """

    pair: Pair
    direction: Direction
    kind: Literal["burst", "level"]
    measure: Measure
    strength: float
    first: date
    last: date
    days: int
    before: float
    within: float
    carried_by: tuple[Deed, ...]
    triggers: tuple[Deed, ...]
    asserted: tuple[Stance, ...]


def turns(
    deeds: Collection[Deed],
    stances: Iterable[Stance] = (),
    *,
    pairs: Collection[Pair] | None = None,
    threshold: float = THRESHOLD,
    least: int = 5,
) -> list[Turn]:
    """The turning points of the pairs with at least `least` typed deeds, the earliest first.

    All deeds share one calendar, from the first to the last day of any of them. `pairs` limits for which
    pairs turns are sought; triggers may come from any deed that touches one of the two.
    """
    if not deeds:
        return []
    first = min(deed.day for deed in deeds)
    days = (max(deed.day for deed in deeds) - first).days + 1
    shifts = [stance for stance in stances if stance.kind == "shift"]
    touching = _touching(deeds)
    found = []
    for pair, theirs in paired(deeds).items():
        if (pairs is None or pair in pairs) and sum(deed.type is not None for deed in theirs) >= least:
            for change in changes(*measured(theirs, first, days)):
                if change.strength > threshold and change.first >= KNOWN_BEFORE:
                    found.append(_turn(pair, change, theirs, touching, shifts, first, days))
    return sorted(found, key=lambda turn: (turn.first, turn.last, turn.pair, turn.direction))


def changes(conflict: Numbers, cooperation: Numbers, scores: Numbers, squares: Numbers) -> list[Change]:
    """All changes of a pair, however weak, the strongest of each direction first and at least 30 days apart.

    Takes for each day the number of acts of conflict and of cooperation, and the sum and the sum of
    squares of the scores of both.
    """
    rise, fall = _score_scan(conflict + cooperation, scores, squares)
    found = []
    for direction, measure, scans in (
        ("to_conflict", "conflict", (_count_scan(conflict), fall)),
        ("to_cooperation", "cooperation", (_count_scan(cooperation), rise)),
    ):
        strengths = np.array([scan[0] for scan in scans])
        best = strengths.max(axis=0)
        left = best.copy()
        while (peak := left[start := int(left.argmax())]) > 0:
            by_count = bool(strengths[0, start] == peak)
            first, last = _onset(best, start)
            length = int(scans[0 if by_count else 1][1][start])
            found.append(
                Change(direction, measure if by_count else "score", float(peak), start, first, last, length)  # type: ignore[arg-type]
            )
            left[max(0, start - APART) : start + APART + 1] = -math.inf
    return found


def dispersion(counts: Numbers) -> float:
    """The variance of weekly sums over their mean, at least 1: how much more they vary than chance alone would.

    >>> dispersion(np.array([7.0] + [0.0] * 6 + [0.0] * 7))
    7.0
    """
    weeks = counts[: len(counts) // 7 * 7].reshape(-1, 7).sum(axis=1)
    if len(weeks) < 2 or not weeks.any():
        return 1.0
    return max(1.0, float(weeks.var(ddof=1) / weeks.mean()))


def calibrated(placebo: Iterable[float], years: float, rate: float = 0.85) -> float:
    """The threshold that lets through at most `rate` alarms a year.

    Takes the strengths of all changes on placebo dates (where nothing is known to have turned) and over how
    many years, of all pairs together, they were sought.

    >>> calibrated([5.0, 2.0, 3.0, 1.0], years=2, rate=1)
    2.0
    """
    ordered = sorted(placebo, reverse=True)
    allowed = int(rate * years)
    return ordered[allowed] if allowed < len(ordered) else 0.0


def _sums(values: Numbers) -> Numbers:
    return np.concatenate([[0.0], np.cumsum(values)])


def _windows(days: int, length: int) -> tuple[NDArray[np.intp], ...]:
    """For each day as the first of a window: first day, day after, and the same of the days around it."""
    start = np.arange(days)
    end = np.minimum(start + length, days)
    return start, end, np.maximum(0, start - AROUND), np.minimum(days, end + AROUND)


def _count_scan(counts: Numbers) -> tuple[Numbers, NDArray[np.intp]]:
    """For each day, by how much the window that begins there has more than the days around it; and its length.

    The Poisson deviance of the window's count given the sum, over the dispersion, as a signed root.
    """
    sums, spread = _sums(counts), dispersion(counts)
    strengths = []
    for length in LENGTHS:
        start, end, low, high = _windows(len(counts), length)
        total, inside = sums[high] - sums[low], sums[end] - sums[start]
        expected = total * (end - start) / (high - low)
        deviance = 2 * (_xlog(inside, expected) + _xlog(total - inside, total - expected))
        strengths.append(np.sign(inside - expected) * np.sqrt(np.maximum(deviance, 0) / spread))
    return _best(strengths)


def _xlog(count: Numbers, expected: Numbers) -> Numbers:
    """count x log(count / expected), 0 where the count is 0."""
    ratio = np.divide(count, expected, out=np.ones_like(count), where=(count > 0) & (expected > 0))
    return count * np.log(ratio)


def _score_scan(
    counts: Numbers, scores: Numbers, squares: Numbers
) -> tuple[tuple[Numbers, NDArray[np.intp]], tuple[Numbers, NDArray[np.intp]]]:
    """For each day, by how many standard errors the mean score rises, and falls, in the window that begins there."""
    sums = [_sums(values) for values in (counts, scores, squares)]
    spread = dispersion(counts)
    rises = []
    for length in LENGTHS:
        start, end, low, high = _windows(len(counts), length)
        (all_n, all_score, all_square), (n, score, _) = (
            [values[after] - values[before] for values in sums] for before, after in ((low, high), (start, end))
        )
        both = (n > 0) & (all_n > n)
        inside, outside, total = (np.where(both, count, 1.0) for count in (n, all_n - n, all_n))
        # A pair with one kind of act alone varies by chance: no act is closer to another than one point.
        variance = np.maximum(all_square / total - (all_score / total) ** 2, 1.0)
        error = np.sqrt(spread * variance * (1 / inside + 1 / outside))
        rises.append(np.where(both, (score / inside - (all_score - score) / outside) / error, 0.0))
    return _best(rises), _best([-rise for rise in rises])


def _best(strengths: Sequence[Numbers]) -> tuple[Numbers, NDArray[np.intp]]:
    """Of several lengths, the strongest for each day, and its length."""
    stacked = np.array(strengths)
    return stacked.max(axis=0), np.array(LENGTHS)[stacked.argmax(axis=0)]


def _onset(strengths: Numbers, start: int) -> tuple[int, int]:
    """The days around the likeliest onset that are nearly as likely, at most `LONGEST_ONSET` of them."""
    floor = math.sqrt(max(strengths[start] ** 2 - ONSET_DROP, 0.0))
    padded = np.concatenate([[-math.inf], strengths, [-math.inf]])
    first = last = start
    while last - first + 1 < LONGEST_ONSET:
        earlier, later = padded[first], padded[last + 2]
        if max(earlier, later) < floor or max(earlier, later) <= 0:
            break
        first, last = (first - 1, last) if earlier >= later else (first, last + 1)
    return first, last


def measured(deeds: Iterable[Deed], first: date, days: int) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """What `changes` takes: the days of a pair's deeds, `days` of them from `first` on."""
    conflict, cooperation, scores, squares = (np.zeros(days) for _ in range(4))
    for deed in deeds:
        if deed.quad is None:
            continue
        day = (deed.day - first).days
        (conflict if deed.quad > 2 else cooperation)[day] += 1
        scores[day] += deed.weight
        squares[day] += deed.weight**2
    return conflict, cooperation, scores, squares


def _touching(deeds: Iterable[Deed]) -> dict[str, list[Deed]]:
    """The deeds that each party did or suffered, by day."""
    found: dict[str, list[Deed]] = defaultdict(list)
    for deed in in_order(deeds):
        for party in deed.pair:
            found[party].append(deed)
    return found


def _turn(
    pair: Pair, change: Change, deeds: Sequence[Deed], touching: Mapping[str, Sequence[Deed]],
    shifts: Iterable[Stance], first: date, days: int,
) -> Turn:  # fmt: skip
    start, length = first + timedelta(change.start), min(change.length, days - change.start)
    end = start + timedelta(length)
    of_measure = [deed for deed in deeds if _counts(deed, change.measure)]
    inside = _between(of_measure, start, end)
    around = timedelta(AROUND)
    outside = [*_between(of_measure, start - around, start), *_between(of_measure, end, end + around)]
    weeks_outside = (min(days, change.start + length + AROUND) - max(0, change.start - AROUND) - length) / 7
    onset = first + timedelta(change.first), first + timedelta(change.last)
    known = min(change.start, BEFORE)
    recent = len(_between(of_measure, start - timedelta(known), start))
    friendly = change.direction == "to_cooperation"
    carried_by = tuple(deed for deed in inside if (deed.weight > 0) == friendly)
    return Turn(
        pair, change.direction, "burst" if known >= LEAST_BEFORE and recent <= 1 else "level", change.measure,
        round(change.strength, 2), *onset, length,
        before=_level(outside, change.measure, weeks_outside),
        within=_level(inside, change.measure, length / 7),
        carried_by=carried_by,
        triggers=_triggers(pair, touching, carried_by[0].day if carried_by else start, set(inside)),
        asserted=tuple(
            shift for shift in shifts
            if shift.pair == pair and shift.friendly == friendly
            and onset[0] - timedelta(TRIGGER_DAYS) <= shift.day <= end + timedelta(TRIGGER_DAYS)
        ),
    )  # fmt: skip


def _between(deeds: Sequence[Deed], first: date, after: date) -> Sequence[Deed]:
    """Of deeds by day, those from a day on and before another."""
    low, high = (bisect_left(deeds, day, key=lambda deed: deed.day) for day in (first, after))
    return deeds[low:high]


def _counts(deed: Deed, measure: Measure) -> bool:
    return deed.quad is not None and (measure == "score" or (deed.quad > 2) == (measure == "conflict"))


def _level(deeds: Sequence[Deed], measure: Measure, weeks: float) -> float:
    """Events a week, or the mean score."""
    if measure == "score":
        return round(sum(deed.weight for deed in deeds) / len(deeds), 2) if deeds else 0.0
    return round(len(deeds) / weeks, 2) if weeks else 0.0


def _triggers(
    pair: Pair, touching: Mapping[str, Sequence[Deed]], start: date, carried: Collection[Deed]
) -> tuple[Deed, ...]:
    """What happened to either party shortly before and was out of the ordinary, the most so first.

    An act weighs its score without its sign, divided by one and the times the same was done in the 60 days
    before.
    """
    begin = start - timedelta(TRIGGER_DAYS)
    earlier: Counter[tuple[str, str | None, str]] = Counter()
    candidates: dict[tuple[str, str | None, str], Deed] = {}
    near = [_between(touching[party], begin - timedelta(BEFORE), start + timedelta(1)) for party in pair]
    for deed in dict.fromkeys(chain(*near)):
        act = (deed.actor, deed.type, deed.recipient)
        if deed.day < begin:
            earlier[act] += 1
        elif deed.weight and deed not in carried:
            candidates[act] = max(candidates.get(act, deed), deed, key=lambda each: (each.day, each.id or ""))
    ranked = sorted(
        candidates.items(),
        key=lambda item: (-abs(item[1].weight) / (1 + earlier[item[0]]), -item[1].day.toordinal(), item[1].id or ""),
    )
    return tuple(deed for _, deed in ranked[:MOST_TRIGGERS])
