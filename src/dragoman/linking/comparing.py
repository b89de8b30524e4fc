"""Which of our incidents and which of somebody else's events describe the same happening.

Five things are compared, each from 0 to 1: time, place, type, parties, figures. A day more than three off, another
country or the other side of conflict and cooperation rules a pair out. What is not known on one side is not compared.
The score is the weighted mean of what is; a pair of at least `LEAST`, that shares place or parties, is a match. Each
record is matched once, best pairs first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ..codebook import quad_of
from ..geography import distance_km
from ..names import fold, likeness
from ..records import Event, Incident, Party, Status

__all__ = ["LEAST", "Happening", "Match", "compare", "happenings"]

LEAST = 0.6
"""The least score of a match."""

SLACK = 3
"""Days that two accounts of one happening may differ."""

NEAR_KM = 25.0
FAR_KM = 150.0
ALIKE = 0.85

WEIGHTS = {"time": 3.0, "place": 3.0, "type": 2.0, "parties": 2.0, "figures": 2.0}


@dataclass(frozen=True, slots=True)
class Happening:
    """The events, one or more, that report one happening; the first speaks for all where one must."""

    id: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A pair with its score (0 to 1) and what speaks for it: what is compared -> in words."""

    ours: Happening
    theirs: Happening
    score: float
    evidence: tuple[tuple[str, str], ...]


def happenings(events: Iterable[Event], incidents: Iterable[Incident] = ()) -> list[Happening]:
    """The happenings that events report: those of an incident are one, each other is one by itself.

    Events that did not happen or have no day are no happenings.
    """
    incident_of = {event: incident.id for incident in incidents for event in incident.events}
    groups: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.status in (Status.ACTUAL, Status.HISTORICAL) and event.when and event.when.start and event.when.end:
            groups[incident_of.get(event.id, event.id)].append(event)
    return [Happening(identity, tuple(group)) for identity, group in groups.items()]


def compare(
    ours: Sequence[Happening], theirs: Sequence[Happening]
) -> tuple[list[Match], list[Happening], list[Happening]]:
    """The matches, best first, then what only we have and what only they have, in their order."""
    by_day: dict[date, list[Happening]] = defaultdict(list)
    for other in theirs:
        first, last = _span(other)
        for day in _days(first, min(last, first + timedelta(days=31))):
            by_day[day].append(other)
    found: list[Match] = []
    for one in ours:
        first, last = _span(one)
        near = [
            other
            for day in _days(
                first - timedelta(days=SLACK), min(last, first + timedelta(days=31)) + timedelta(days=SLACK)
            )
            for other in by_day.get(day, ())
        ]
        found += [match for other in {other.id: other for other in near}.values() if (match := _match(one, other))]
    chosen: list[Match] = []
    taken: tuple[set[str], set[str]] = set(), set()
    for match in sorted(found, key=lambda match: (-match.score, match.ours.id, match.theirs.id)):
        if match.ours.id not in taken[0] and match.theirs.id not in taken[1]:
            chosen.append(match)
            taken[0].add(match.ours.id)
            taken[1].add(match.theirs.id)
    return (
        chosen,
        [one for one in ours if one.id not in taken[0]],
        [other for other in theirs if other.id not in taken[1]],
    )


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _span(happening: Happening) -> tuple[date, date]:
    """The narrowest days that one of its events gives."""
    spans = [
        (date.fromisoformat(event.when.start), date.fromisoformat(event.when.end))
        for event in happening.events
        if event.when and event.when.start and event.when.end
    ]
    return min(spans, key=lambda span: (span[1] - span[0], span))


Compared = tuple[float, str] | None
"""How far two accounts agree and in which words; None where it is not known."""


def _match(ours: Happening, theirs: Happening) -> Match | None:
    compared: dict[str, Compared] = {}
    for name, judge in _JUDGES:
        compared[name] = result = judge(ours, theirs)
        if result is not None and result[0] < 0:
            return None
    known = {name: result for name, result in compared.items() if result is not None}
    if not any(known.get(name, (0.0, ""))[0] > 0 for name in ("place", "parties")):
        return None
    score = sum(WEIGHTS[name] * value for name, (value, _) in known.items()) / sum(WEIGHTS[name] for name in known)
    if score < LEAST:
        return None
    return Match(ours, theirs, round(score, 3), tuple((name, words) for name, (_, words) in known.items()))


def _time(ours: Happening, theirs: Happening) -> Compared:
    (first, last), (begin, end) = _span(ours), _span(theirs)
    apart = max((begin - last).days, (first - end).days, 0)
    if apart > SLACK:
        return (-1.0, "")
    if apart == 0:
        # Two long intervals that meet say less than two days that are one.
        width = max((last - first).days, (end - begin).days)
        return (1.0 if width <= 1 else 0.7 if width <= 7 else 0.4, f"{first} meets {begin}")
    return (1.0 - 0.25 * apart, f"{apart} day{'s' if apart > 1 else ''} apart ({first}, {begin})")


def _place(ours: Happening, theirs: Happening) -> Compared:
    places = [[event.where for event in side.events if event.where] for side in (ours, theirs)]
    best: Compared = None
    for one in places[0]:
        for other in places[1]:
            if one.country and other.country and one.country != other.country:
                result = (-1.0, "")
            elif one.precision != "country" and fold(one.name) == fold(other.name):
                result = (1.0, f"both {one.name}")
            elif None not in (one.lat, other.lat) and one.precision == other.precision == "place":
                result = _distance(one.name, other.name, distance_km((one.lat, one.lon), (other.lat, other.lon)))  # type: ignore[arg-type]
            elif one.country and one.country == other.country:
                result = (0.4, f"{one.name} and {other.name}, both in {one.country}")
            else:
                continue
            best = max(best or result, result)
    return best


def _distance(one: str, other: str, km: float) -> tuple[float, str]:
    words = f"{one} and {other}, {km:.0f} km apart"
    return (1.0 if km <= NEAR_KM else 0.4 if km <= FAR_KM else 0.0, words)


def _type(ours: Happening, theirs: Happening) -> Compared:
    kinds = [{event.type for event in side.events if event.type} for side in (ours, theirs)]
    if not all(kinds):
        return None
    same = sorted(kinds[0] & kinds[1])
    if same:
        return (1.0, f"both {same[0]}")
    quads = [{quad_of(kind) for kind in side} for side in kinds]
    words = f"{'/'.join(sorted(kinds[0]))} and {'/'.join(sorted(kinds[1]))}"
    if quads[0] & quads[1]:
        return (0.5, words)
    # 1 and 2 are cooperation, 3 and 4 conflict.
    return (
        (0.2, words) if {(quad + 1) // 2 for quad in quads[0]} & {(quad + 1) // 2 for quad in quads[1]} else (-1.0, "")
    )


def _parties(ours: Happening, theirs: Happening) -> Compared:
    sides = [
        {party.name: party for event in side.events for party in (*event.actor, *event.recipient)}
        for side in (ours, theirs)
    ]
    if not all(sides):
        return None
    agreed = [(one.name, other.name) for one in sides[0].values() for other in sides[1].values() if _same(one, other)]
    covered = min(len({one for one, _ in agreed}), len({other for _, other in agreed}))
    words = "; ".join(f"{one} = {other}" for one, other in agreed) or "none in common"
    return (covered / min(len(sides[0]), len(sides[1])), words)


def _same(one: Party, other: Party) -> bool:
    """One id, one name (or nearly), or one code of country and sector."""
    if one.id and one.id == other.id:
        return True
    if " " in one.code and one.code == other.code and "UNK" not in one.code:
        return True
    return likeness(one.name, other.name) >= ALIKE


def _figures(ours: Happening, theirs: Happening) -> Compared:
    bounds = [
        [(count.low, count.high) for event in side.events for count in event.counts if count.what == "killed"]
        for side in (ours, theirs)
    ]
    if not all(bounds):
        return None
    words = "killed " + " and ".join(" or ".join(_bound(*pair) for pair in dict.fromkeys(side)) for side in bounds)
    meets = any(
        (low or 0) <= (most if most is not None else 10**9) and (least or 0) <= (high if high is not None else 10**9)
        for low, high in bounds[0]
        for least, most in bounds[1]
    )
    return (1.0 if meets else 0.3, words)


def _bound(low: int | None, high: int | None) -> str:
    if low == high:
        return str(low)
    return f"{'?' if low is None else low} to {'?' if high is None else high}"


_JUDGES = (("time", _time), ("place", _place), ("type", _type), ("parties", _parties), ("figures", _figures))
