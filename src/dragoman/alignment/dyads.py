"""Dyads: what each ordered pair of parties did to each other, counted and scored."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ..codebook import quad_of, score_of
from ..records import Event, Status

__all__ = ["Dyad", "dyads"]


@dataclass(frozen=True, slots=True)
class Dyad:
    """An ordered pair with its events: how many of each quad category (1 to 4), and their mean PLOVER score."""

    actor: str
    recipient: str
    events: int
    quads: tuple[int, int, int, int]
    score: float


def dyads(events: Iterable[Event]) -> list[Dyad]:
    """The dyads of events that happened, most events first.

    Each pair of an actor and a recipient of an event counts it once; the parties of a mutual event
    (no recipient) count in both directions. The score is the mean of PLOVER's scores (-10 to 10).
    """
    scores: dict[tuple[str, str], list[float]] = defaultdict(list)
    quads: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for event in events:
        if event.type is None or event.status not in (Status.ACTUAL, Status.HISTORICAL):
            continue
        for pair in _pairs(event):
            scores[pair].append(score_of(event.type, event.mode))
            quads[pair][quad_of(event.type)] += 1
    found = [
        Dyad(
            *pair,
            len(values),
            (quads[pair][1], quads[pair][2], quads[pair][3], quads[pair][4]),
            round(sum(values) / len(values), 2),
        )
        for pair, values in scores.items()
    ]
    return sorted(found, key=lambda dyad: (-dyad.events, dyad.actor, dyad.recipient))


def _pairs(event: Event) -> list[tuple[str, str]]:
    actors = [party.id for party in event.actor if party.id]
    recipients = [party.id for party in event.recipient if party.id]
    if recipients:
        return [(a, r) for a in dict.fromkeys(actors) for r in dict.fromkeys(recipients) if a != r]
    return [(a, b) for a in dict.fromkeys(actors) for b in dict.fromkeys(actors) if a != b]
