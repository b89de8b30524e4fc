"""Validation by hand: a stratified sample of events to judge, and the precision that the judgements give.

Intervals are Wilson's (1927) at 95%: with `p` right of `n` and z = 1.96, the centre is (p + z²/2n) / (1 + z²/n) and
the half width z / (1 + z²/n) · sqrt(p(1 - p)/n + z²/4n²). Precision over all strata weighs each by its size in the
archive, W = N_h/N; its interval is ± z · sqrt(Σ W² q(1 - q)/n_h · (1 - n_h/N_h)), where q is (right + 2)/(n_h + 4)
(Agresti and Coull 1998), so that a stratum in which all was right is not taken for certain.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from ..records import digest

__all__ = ["STRATA", "Judged", "Precision", "Sampled", "methods", "precision", "sample", "wilson"]

Z = 1.959964

STRATA = ("type", "mode", "quad", "status", "frame", "outlet")
"""What events can be stratified by."""


@dataclass(frozen=True, slots=True)
class Sampled:
    """An event that was drawn, its stratum and how many events that holds in the archive."""

    stratum: str
    size: int
    event: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement on an event that was drawn."""

    stratum: str
    size: int
    right: bool


@dataclass(frozen=True, slots=True)
class Precision:
    """Of `judged` events of a stratum that holds `size`, `right` were right; precision with its 95% interval."""

    stratum: str
    size: int
    judged: int
    right: int
    precision: float
    low: float
    high: float


def sample(events: Iterable[Mapping[str, Any]], by: str, number: int, seed: int) -> list[Sampled]:
    """At most `number` exported events, as evenly over the strata as their sizes allow, in order of stratum and id.

    Which are drawn rests on the seed and the ids alone: the same for any order of events.
    """
    sizes: dict[str, int] = {}
    drawn: dict[str, list[tuple[str, str, Mapping[str, Any]]]] = {}
    for event in events:
        stratum = _stratum(event, by)
        sizes[stratum] = sizes.get(stratum, 0) + 1
        # The `number` smallest digests are kept, the largest of them at the front of the heap.
        heap = drawn.setdefault(stratum, [])
        heapq.heappush(heap, (_inverted(digest("sample", str(seed), event["id"])), event["id"], event))
        if len(heap) > number:
            heapq.heappop(heap)
    shares = _shares(sizes, number)
    chosen = [
        Sampled(stratum, sizes[stratum], event)
        for stratum, heap in drawn.items()
        for _, _, event in heapq.nlargest(shares[stratum], heap, key=lambda item: item[:2])
    ]
    return sorted(chosen, key=lambda one: (one.stratum, one.event["id"]))


def _inverted(digits: str) -> str:
    """Hexadecimal digits that sort the other way round."""
    return f"{(1 << 64) - 1 - int(digits, 16):016x}"


def _stratum(event: Mapping[str, Any], by: str) -> str:
    value = (event["article"] or {}).get("outlet") if by == "outlet" else event[by]
    return str(value) if value is not None else "none"


def _shares(sizes: Mapping[str, int], number: int) -> dict[str, int]:
    """How many to draw of each stratum: one in turn, the smallest first, until all are drawn or `number` is reached."""
    shares = dict.fromkeys(sorted(sizes, key=lambda stratum: (sizes[stratum], stratum)), 0)
    left = min(number, sum(sizes.values()))
    while left:
        for stratum in shares:
            if left and shares[stratum] < sizes[stratum]:
                shares[stratum] += 1
                left -= 1
    return shares


def wilson(right: int, judged: int) -> tuple[float, float]:
    """The 95% interval of a share.

    >>> [round(bound, 3) for bound in wilson(45, 50)]
    [0.786, 0.957]
    """
    share, spread = right / judged, Z * Z / judged
    half = Z * sqrt(share * (1 - share) / judged + spread / (4 * judged)) / (1 + spread)
    centre = (share + spread / 2) / (1 + spread)
    return max(0.0, centre - half), min(1.0, centre + half)


def precision(judgements: Sequence[Judged]) -> list[Precision]:
    """Precision of each stratum, in order, and over all of them (stratum "all") at the end.

    Raises:
        ValueError: there is no judgement.
    """
    if not judgements:
        raise ValueError("there is no judgement")
    sizes = {one.stratum: one.size for one in judgements}
    found = []
    for stratum in sorted(sizes):
        mine = [one.right for one in judgements if one.stratum == stratum]
        found.append(
            Precision(
                stratum, sizes[stratum], len(mine), sum(mine), sum(mine) / len(mine), *wilson(sum(mine), len(mine))
            )
        )
    return [*found, _overall(found)]


def _overall(strata: Sequence[Precision]) -> Precision:
    size, judged, right = (sum(values) for values in zip(*((s.size, s.judged, s.right) for s in strata), strict=True))
    share = sum(s.size / size * s.precision for s in strata)
    variance = 0.0
    for s in strata:
        adjusted = (s.right + 2) / (s.judged + 4)
        variance += (s.size / size) ** 2 * adjusted * (1 - adjusted) / s.judged * (1 - min(s.judged, s.size) / s.size)
    half = Z * sqrt(variance)
    return Precision("all", size, judged, right, share, max(0.0, share - half), min(1.0, share + half))


def methods(found: Sequence[Precision], by: str) -> str:
    """What was done and found, in the words of a methods section."""
    *strata, overall = found
    interval = f"95% interval {overall.low:.2f} to {overall.high:.2f}"
    return (
        f"We judged a stratified random sample of {overall.judged} of {overall.size} events ({len(strata)} strata by "
        f"{by}) against the sentences that they were coded from. Weighted by the size of the strata, the precision is "
        f"{overall.precision:.2f} ({interval}). Intervals of strata are Wilson score intervals; that of the weighted "
        "precision is normal, with the finite-population correction and Agresti-Coull adjusted variances."
    )
