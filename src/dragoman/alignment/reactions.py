"""Reactions: what tends to follow when one party does something to another, against what is usual between them.

For each answer (either party's acts of each type toward the other) the rate at each lag is the share of the
act's days that have the answer so many days later. What is usual is found by turning the days of the act around
the calendar by every possible number of days (circular shifts): both series keep their bursts, only their
order in time is lost, so that days which merely cluster do not pass for answers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from ..codebook import TYPES
from .dated import DatedEvent, plover_type

__all__ = ["Answer", "Lag", "Reactions", "reactions"]

LEAST_DAYS = 10
"""Days of the act, fewer than which show nothing."""
LEAST_SHIFTS = 30
"""Turns of the calendar that keep clear of the window, fewer than which are no null."""
LEVEL = 0.05
Z = 1.96
"""For intervals of 95%."""

Days = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lag:
    """The rate of an answer so many days after the act, its interval (Wilson, 95%), the usual range (95% of shifts)."""

    days: int
    rate: float
    low: float
    high: float
    usual_low: float
    usual_high: float


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: `actor` did `type` to the other party; days with it, and its mean daily rate within the window.

    `usual` is the mean rate over all shifts, with the range of 95% of them; `before` the rate in as long a window
    before the act; `p` the chance of a rate so far from the usual, by the spread of the shifts (normal), adjusted for
    the number of answers looked at (Holm); `p_order` the chance of a difference so large between after and before.
    `verdict` says it in words.
    """

    actor: str
    type: str
    days: int
    rate: float
    usual: float
    usual_low: float
    usual_high: float
    before: float
    p: float
    p_order: float
    verdict: str
    lags: tuple[Lag, ...]


@dataclass(frozen=True, slots=True)
class Reactions:
    """What followed an act: on how many days of how long a record there was one; the answers, clearest first."""

    actor: str
    type: str
    recipient: str
    within: int
    act_days: int
    record_days: int
    answers: tuple[Answer, ...]


def reactions(events: Sequence[DatedEvent], actor: str, kind: str, recipient: str, within: int = 30) -> Reactions:
    """What follows within so many days when `actor` does `kind` (a PLOVER type) to `recipient`.

    The record runs from the first to the last day of all events given, so give more than the pair's where there
    is more. An answer is "not identified" where the two act on the same days (more than at any later lag) or where it
    is as raised before the act as after: days cannot tell then who answers whom.
    """
    first, last = min(event.day for event in events), max(event.day for event in events)
    record = (last - first).days + 1
    series: dict[tuple[str, str], Days] = {}
    for event in events:
        meant = plover_type(event.type)
        if meant and (event.actor, event.recipient) in ((actor, recipient), (recipient, actor)):
            series.setdefault((event.actor, meant), np.zeros(record))[(event.day - first).days] = 1.0
    act = series.get((actor, kind), np.zeros(record))
    order = list(TYPES)
    asked = sorted(series, key=lambda each: (each[0] != recipient, order.index(each[1])))
    found = [_answer(act, series[each], *each, within) for each in asked]
    judged = _holm([p for _, p in found])
    answers = [
        _judged(answer, p, act, (answer.actor, answer.type) == (actor, kind))
        for (answer, _), p in zip(found, judged, strict=True)
    ]
    answers.sort(key=lambda answer: (answer.p, answer.actor != recipient, -answer.rate))
    return Reactions(actor, kind, recipient, within, int(act.sum()), record, tuple(answers))


def _by_shift(act: Days, answer: Days) -> Days:
    """For each turn of the calendar, the share of days of the act that have the answer that many days later."""
    spectrum = np.conj(np.fft.rfft(act)) * np.fft.rfft(answer)
    return np.asarray(np.round(np.fft.irfft(spectrum, len(act))) / max(1.0, act.sum()))


def _answer(act: Days, answer: Days, who: str, kind: str, within: int) -> tuple[Answer, float]:
    """The figures of an answer, before its verdict, and its p alone."""
    known = [_rate(act, answer, lag) for lag in range(within + 1)]
    turned = _by_shift(act, answer)
    low, high = np.quantile(turned, (LEVEL / 2, 1 - LEVEL / 2))
    lags = tuple(Lag(lag, *map(_round, (*_wilson(*found), low, high))) for lag, found in enumerate(known))
    # The mean over a window of lags, for every turn; the turns that overlap the window itself are no null.
    around = np.concatenate([turned, turned[:within]])
    windows = np.convolve(around, np.full(within, 1 / within), mode="valid")[: len(turned)]
    far = windows[within + 1 : max(0, len(turned) - 2 * within)]
    rate, before = (_window(act, answer, sign, within) for sign in (1, -1))
    if len(far) < LEAST_SHIFTS:
        usual, spread, lowest, highest = rate, 0.0, 0.0, 1.0
    else:
        usual, spread = float(far.mean()), float(far.std())
        lowest, highest = (float(value) for value in np.quantile(far, (LEVEL / 2, 1 - LEVEL / 2)))
    p, p_order = (_chance(off, wide) for off, wide in ((rate - usual, spread), (rate - before, spread * math.sqrt(2))))
    rate, usual, lowest, highest, before = map(_round, (rate, usual, lowest, highest, before))
    days = int(answer.sum())
    return Answer(who, kind, days, rate, usual, lowest, highest, before, 1.0, _round(p_order), "", lags), p


def _chance(off: float, spread: float) -> float:
    """How often a normal variable of that spread is off by as much, either way."""
    return math.erfc(abs(off) / spread / math.sqrt(2)) if spread else 1.0


def _rate(act: Days, answer: Days, lag: int) -> tuple[float, int]:
    """Days of the act with the answer `lag` days later, and the days of the act whose later day is on record."""
    if lag < 0:
        return _rate(act[::-1], answer[::-1], -lag)
    seen = act[: max(0, len(act) - lag)]
    return float(seen @ answer[lag:]), int(seen.sum())


def _window(act: Days, answer: Days, sign: int, within: int) -> float:
    """The mean rate over the lags of the window, after (1) or before (-1) the act."""
    pairs = [_rate(act, answer, sign * lag) for lag in range(1, within + 1)]
    return sum(count for count, _ in pairs) / max(1, sum(days for _, days in pairs))


def _wilson(count: float, days: int) -> tuple[float, float, float]:
    """The rate and its 95% interval (Wilson 1927)."""
    if not days:
        return 0.0, 0.0, 1.0
    rate, extra = count / days, Z * Z / days
    middle = (rate + extra / 2) / (1 + extra)
    half = Z * np.sqrt(rate * (1 - rate) / days + extra / (4 * days)) / (1 + extra)
    return rate, max(0.0, middle - half), min(1.0, middle + half)


def _holm(ps: Sequence[float]) -> list[float]:
    """Holm's adjustment: in rising order, each p times the number of those not yet passed, never falling."""
    adjusted, highest = [0.0] * len(ps), 0.0
    for passed, index in enumerate(sorted(range(len(ps)), key=lambda index: ps[index])):
        highest = max(highest, min(1.0, ps[index] * (len(ps) - passed)))
        adjusted[index] = highest
    return adjusted


def _judged(answer: Answer, p: float, act: Days, itself: bool) -> Answer:
    """The answer with its adjusted p and its verdict; `itself` where it is the act again."""
    shifts = len(act) - 3 * (len(answer.lags) - 1) - 1
    return replace(answer, p=_round(p), verdict=_verdict(answer, p, int(act.sum()), shifts, itself))


def _verdict(answer: Answer, p: float, act_days: int, shifts: int, itself: bool) -> str:
    if act_days < LEAST_DAYS:
        return f"too few: the act is on record on fewer than {LEAST_DAYS} days"
    if shifts < LEAST_SHIFTS:
        return "too short a record for this window"
    same_day, later = answer.lags[0].rate, max((lag.rate for lag in answer.lags[1:]), default=0.0)
    if not itself and same_day > answer.lags[0].usual_high and same_day > later:
        return "not identified: both on the same days"
    if p > LEVEL:
        return "as usual"
    if answer.rate < answer.usual:
        return "rarer than usual"
    if answer.before >= answer.rate or answer.p_order > LEVEL:
        return "not identified: as much before the act as after it"
    return "follows"


def _round(value: float) -> float:
    return round(float(value), 4)
