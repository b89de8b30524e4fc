"""Deeds: dated coded events between two parties, the plain data that the conclusions of this room are drawn from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, product

from ..codebook import quad_of, score_of
from ..records import Event, Incident, Status

__all__ = ["WIDEST", "Deed", "Pair", "deeds_of", "in_order", "paired"]

Pair = tuple[str, str]
"""Two parties in alphabetical order: what passed between them, whoever did it."""


WIDEST = timedelta(days=31)
"""An event whose first and last day lie farther apart has no place in a period, and can date no turning point."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What one party did to another on a day.

    `weight` is PLOVER's score (-10 conflict to 10 cooperation), `type` None for what PLOVER does not
    count (CAMEO 01 and 02, weight 0); `id` leads back to the event.
    """

    day: date
    actor: str
    type: str | None
    recipient: str
    weight: float
    id: str | None = None

    @property
    def pair(self) -> Pair:
        """Its two parties in alphabetical order."""
        return min(self.actor, self.recipient), max(self.actor, self.recipient)

    @property
    def quad(self) -> int | None:
        """Its quad category (1 to 4); None without a type."""
        return quad_of(self.type) if self.type else None


def deeds_of(events: Iterable[Event], incidents: Iterable[Incident] = ()) -> list[Deed]:
    """The deeds of events that happened, by day.

    A deed stands on the last day of its event's interval: the day by which it was known to have happened.
    Events that are planned, hypothetical, denied, of years before, without any date or dated too widely are left out.
    What several reports tell of one incident is one deed, on its earliest day. Of a mutual event (no
    recipient) there is one deed for each pair of its parties, from the first to the second by name.
    """
    same = {event: incident.id for incident in incidents for event in incident.events}
    kept: dict[tuple[object, ...], Deed] = {}
    for event in events:
        day = _day(event)
        if day is None or event.status is not Status.ACTUAL:
            continue
        for deed in _deeds(event, day):
            key = (same.get(event.id, event.id), deed.actor, deed.type, deed.recipient)
            if key not in kept or deed.day < kept[key].day:
                kept[key] = deed
    return in_order(kept.values())


def in_order(deeds: Iterable[Deed]) -> list[Deed]:
    """Deeds by day, those of one day always in the same order."""
    return sorted(deeds, key=lambda deed: (deed.day, deed.actor, deed.recipient, deed.type or "", deed.id or ""))


def _day(event: Event) -> date | None:
    """The last day of an event's interval; None where there is none, or it is so wide that it dates nothing."""
    if event.when is None:
        return None
    try:
        last = date.fromisoformat(event.when.end or "")
        first = date.fromisoformat(event.when.start) if event.when.start else last
    except ValueError:
        return None
    return last if last - first <= WIDEST else None


def _deeds(event: Event, day: date) -> list[Deed]:
    actors, recipients = (
        list(dict.fromkeys(party.id for party in side if party.id)) for side in (event.actor, event.recipient)
    )
    sides = product(actors, recipients) if recipients else combinations(sorted(actors), 2)
    weight = score_of(event.type, event.mode) if event.type else 0.0
    return [Deed(day, a, event.type, r, weight, event.id) for a, r in sides if a != r]


def paired(deeds: Iterable[Deed], among: Collection[str] | None = None) -> dict[Pair, list[Deed]]:
    """The deeds of each pair, both directions together, by day; with `among`, of pairs of those parties alone."""
    found: dict[Pair, list[Deed]] = defaultdict(list)
    for deed in in_order(deeds):
        if among is None or (deed.actor in among and deed.recipient in among):
            found[deed.pair].append(deed)
    return dict(sorted(found.items()))
