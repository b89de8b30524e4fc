"""Dated events: the plain data that reactions and the outlook are computed from, whatever they came from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from ..codebook import TYPES, from_cameo, quad_of
from ..records import Event, Party, Status

__all__ = ["LONGEST", "DatedEvent", "dated_events", "plover_type", "quad"]

UNKNOWN = "UNK"
"""The code of a party of which nothing is known."""

LONGEST = 7
"""Days back from the last: an event whose interval is longer has no place in a series of days."""


class DatedEvent(NamedTuple):
    """On this day the actor did this to the recipient; `type` is a PLOVER type or a CAMEO code."""

    day: date
    actor: str
    type: str
    recipient: str


def dated_events(events: Iterable[Event]) -> tuple[list[DatedEvent], int]:
    """The events of an archive that happened, once for each pair of parties, by day; and how many had no day.

    An event stands on the last day of its interval: one that is dated only as "before publication" stands on
    the day of its report, as in ICEWS and GDELT. Without a last day, or with an interval longer than
    `LONGEST` days, it is left out and counted. The parties of a mutual event (no recipient) act on each other, as in
    `dyads`. Several reports of one act on one day between the same parties are one event.
    """
    found: set[DatedEvent] = set()
    left_out = 0
    for event in events:
        if event.type is None or event.status is not Status.ACTUAL:
            continue
        pairs = _pairs(event)
        day = _day(event)
        if pairs and day is None:
            left_out += 1
        elif day is not None:
            found.update(DatedEvent(day, actor, event.type, recipient) for actor, recipient in pairs)
    return sorted(found), left_out


def _day(event: Event) -> date | None:
    """The last day of the event's interval, where that is short enough."""
    if event.when is None or event.when.end is None:
        return None
    try:
        last = date.fromisoformat(event.when.end)
        first = date.fromisoformat(event.when.start or event.when.end)
    except ValueError:  # an interval known only to the month
        return None
    return last if (last - first).days <= LONGEST else None


def _pairs(event: Event) -> list[tuple[str, str]]:
    actors, recipients = (dict.fromkeys(map(_named, side)) for side in (event.actor, event.recipient))
    return [(a, b) for a in actors for b in recipients or actors if a and b and a != b]


def _named(party: Party) -> str | None:
    """A party by its id, else by its code; nobody whom both leave unknown."""
    return party.id or (party.code if party.code != UNKNOWN else None)


def plover_type(kind: str) -> str | None:
    """The PLOVER type that an event's type is or, as a CAMEO code, means; None for CAMEO 01 and 02.

    >>> plover_type("ASSAULT"), plover_type("190"), plover_type("010")
    ('ASSAULT', 'ASSAULT', None)
    """
    if kind in TYPES:
        return kind
    found = from_cameo(kind)
    return found.type if found else None


def quad(kind: str) -> int:
    """The quad category (1 to 4) of an event's type; 0 where it has none.

    >>> quad("190"), quad("010")
    (4, 0)
    """
    meant = plover_type(kind)
    return quad_of(meant) if meant else 0
