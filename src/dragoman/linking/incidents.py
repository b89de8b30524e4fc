"""Events of many articles to incidents: one happening in the world, as several report it.

The plainest rule that is true: same type, actual, the same parties on both sides (where both name
them), and days that meet. Order does not matter: links are symmetric, and incidents are the
connected components of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations

from ..records import Event, Incident, Statement, Status, Value

__all__ = ["link"]

SLACK = timedelta(days=1)
"""Outlets in different time zones may differ by a day."""

LARGEST_BLOCK = 400
"""Events of one type and party that are compared with each other; a larger block is cut by day."""


def link(events: Iterable[Event], copies: Mapping[str, str] | None = None) -> list[Incident]:
    """The incidents of an archive, each with at least one event, in the order of their first events.

    `copies` is id of a near-copy -> id of its original: articles of one wire story are one report, which cannot
    agree with itself.
    """
    kept = [event for event in events if event.status is Status.ACTUAL and event.type and event.article]
    parent = {event.id: event.id for event in kept}
    for one, other in _candidates(kept):
        if _same(one, other):
            _join(parent, one.id, other.id)
    groups: dict[str, list[Event]] = defaultdict(list)
    for event in kept:
        groups[_root(parent, event.id)].append(event)
    return [_incident(group, copies or {}) for group in groups.values()]


def _root(parent: dict[str, str], item: str) -> str:
    while parent[item] != item:
        parent[item] = parent[parent[item]]
        item = parent[item]
    return item


def _join(parent: dict[str, str], one: str, other: str) -> None:
    roots = sorted((_root(parent, one), _root(parent, other)))
    parent[roots[1]] = roots[0]


def _parties(event: Event, side: str) -> frozenset[str]:
    return frozenset(party.id for party in getattr(event, side) if party.id)


def _candidates(events: list[Event]) -> Iterator[tuple[Event, Event]]:
    """Pairs that share type and a party: blocks keep the number of comparisons small."""
    blocks: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in events:
        for party in _parties(event, "recipient") or _parties(event, "actor"):
            blocks[(str(event.type), party)].append(event)
    for block in blocks.values():
        if len(block) > LARGEST_BLOCK:
            smaller: dict[str, list[Event]] = defaultdict(list)
            for event in block:
                smaller[event.when.start or "" if event.when else ""].append(event)
            for part in smaller.values():
                yield from combinations(part[:LARGEST_BLOCK], 2)
        else:
            yield from combinations(block, 2)


def _same(one: Event, other: Event) -> bool:
    """Whether two events of one type and a shared party can be one happening, on what is known."""
    if not _days_meet(one, other):
        return False
    for side in ("actor", "recipient"):
        first, second = _parties(one, side), _parties(other, side)
        if first and second and not first & second:
            return False
    if one.where and other.where and one.where.precision == other.where.precision == "place":
        return one.where.name == other.where.name
    return True


def _day(event: Event) -> date | None:
    """The day of an event, None where it is not known to the day."""
    when = event.when
    return date.fromisoformat(when.start) if when and when.start and when.precision == "day" else None


def _days_meet(one: Event, other: Event) -> bool:
    first, second = _day(one), _day(other)
    return first is not None and second is not None and abs(first - second) <= SLACK


def _incident(events: list[Event], copies: Mapping[str, str]) -> Incident:
    fields: dict[str, list[tuple[Event, Value]]] = defaultdict(list)
    for event in events:
        for count in event.counts:
            said = event.said_by.name if event.said_by else None
            value = Value(count.low, count.high, count.text, said, str(event.article), int(event.sentence or 0))
            fields[count.what].append((event, value))
    agreed, single, disputed = [], [], []
    for field, found in sorted(fields.items()):
        statement = Statement(field, tuple(value for _, value in found))
        if len({copies.get(str(event.article), event.article) for event, _ in found}) < 2:
            single.append(statement)
        elif len({(value.low, value.high) for _, value in found}) == 1:
            agreed.append(statement)
        else:
            disputed.append(statement)
    first = events[0]
    return Incident(
        first.id, str(first.type), tuple(event.id for event in events), tuple(agreed), tuple(single), tuple(disputed)
    )
