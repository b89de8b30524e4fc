"""How well people agree who judged the same records: Krippendorff's alpha, F1, and the records on which they differ."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from ..records import Decision
from .decided import outcome, settled, standing
from .gold import FIELDS
from .matching import Figures, score

__all__ = ["Agreement", "Alpha", "Disagreement", "Pair", "agreement", "alpha"]

WHETHER = "right or not"
"""What every judgement says of a record: that there is such an event (tie, shift, cause) or that there is none."""


@dataclass(frozen=True, slots=True)
class Alpha:
    """Krippendorff's alpha of a field (1: all agree, 0: as by chance) and the records that two people judged at least.

    It is None where there is nothing to agree on, or where all judgements of all records are the same.
    """

    field: str
    alpha: float | None
    records: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people: how many records both judged, and how well the events that stand for them match, by level."""

    one: str
    other: str
    records: int
    levels: Mapping[str, Figures]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A record on which people differ: what each says of it, and in which fields they differ (none: whether it is)."""

    kind: str
    record: str
    fields: tuple[str, ...]
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many decisions of each person stand, how well they agree, and where they do not."""

    people: Mapping[str, int]
    alphas: tuple[Alpha, ...]
    pairs: tuple[Pair, ...]
    disagreements: tuple[Disagreement, ...]


def alpha(units: Iterable[Sequence[str]]) -> float | None:
    """Krippendorff's alpha for nominal data; each unit has the values that its judges gave, however many.

    1 - (n - 1) · Σ_u Σ_{c≠k} n_uc n_uk / (m_u - 1) / Σ_{c≠k} n_c n_k over the n values of the units with m_u > 1
    (Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011). None where all values are the same.

    >>> round(alpha([["a", "a"], ["a", "b"], ["b", "b"], ["b", "b"]]), 3)
    0.533
    """
    totals: Counter[str] = Counter()
    observed = 0.0
    for unit in units:
        if len(unit) > 1:
            counts = Counter(unit)
            totals.update(counts)
            observed += _unlike(counts) / (len(unit) - 1)
    expected = _unlike(totals)
    return 1 - (totals.total() - 1) * observed / expected if expected else None


def _unlike(counts: Counter[str]) -> int:
    """The number of ordered pairs of different values."""
    return counts.total() ** 2 - sum(number**2 for number in counts.values())


def agreement(decisions: Iterable[Decision]) -> Agreement:
    """How well people agree in their decisions that stand on events, ties, shifts and causes."""
    found = [decision for decision in standing(decisions) if decision.kind in FIELDS]
    people = Counter(decision.who for decision in found)
    shared: dict[tuple[str, str], list[Decision]] = defaultdict(list)
    for decision in found:
        shared[decision.kind, decision.record].append(decision)
    units = [unit for _, unit in sorted(shared.items()) if len(unit) > 1]
    return Agreement(
        dict(sorted(people.items())),
        tuple(_alphas(units)),
        tuple(_pair(found, one, other) for one, other in combinations(sorted(people), 2)),
        tuple(_disagreements(units)),
    )


def _alphas(units: Sequence[Sequence[Decision]]) -> list[Alpha]:
    whether = [["no" if settled(decision) is None else "yes" for decision in unit] for unit in units]
    found = [Alpha(WHETHER, alpha(whether), len(whether))]
    events = [[after for decision in unit if (after := outcome(decision))] for unit in units if unit[0].kind == "event"]
    for field in FIELDS["event"]:
        values = [[_value(after[field]) for after in unit] for unit in events]
        told = [unit for unit in values if len(unit) > 1]
        found.append(Alpha(field, alpha(told), len(told)))
    return found


def _value(value: Any) -> str:
    """A value by which two judgements of a field can be compared; of parties, their names."""
    if isinstance(value, list) and all(isinstance(member, Mapping) for member in value):
        value = sorted(member.get("name") or member.get("text") or "" for member in value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _pair(found: Sequence[Decision], one: str, other: str) -> Pair:
    mine: dict[str, list[Decision]] = {
        who: [decision for decision in found if decision.who == who and decision.kind == "event"]
        for who in (one, other)
    }
    records = {who: {decision.record for decision in some} for who, some in mine.items()}
    both = records[one] & records[other]
    # An event that one alone added, in a sentence of which both judged something, is one that the other missed.
    sentences = {_sentence(decision) for who in mine for decision in mine[who] if decision.record in both}
    standing_events = [
        [
            event
            for decision in mine[who]
            if decision.record in both or (decision.judgement == "added" and _sentence(decision) in sentences)
            if (event := settled(decision)) is not None
        ]
        for who in (one, other)
    ]
    return Pair(one, other, len(both), score(*standing_events).levels)


def _sentence(decision: Decision) -> tuple[Any, Any]:
    judged = json.loads(decision.judged or "{}")
    return judged.get("article"), judged.get("sent")


def _disagreements(units: Iterable[Sequence[Decision]]) -> Iterable[Disagreement]:
    for unit in units:
        after = [outcome(decision) for decision in unit]
        kept = [one for one in after if one is not None]
        names = FIELDS[unit[0].kind]
        unlike = tuple(name for name in names if len({_value(one[name]) for one in kept}) > 1)
        if unlike or 0 < len(kept) < len(after):
            yield Disagreement(unit[0].kind, unit[0].record, unlike, tuple(unit))
