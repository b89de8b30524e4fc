"""The lists behind the figures: pairs with their events, parties, types and statuses, incidents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..alignment import dyads
from ..codebook import TYPES
from ..linking import independent
from ..records import Incident, Statement, Status
from ..telling import wording
from .case import Case, Numbered, Row

__all__ = ["Day", "Direction", "Entry", "Pair", "Reported", "days", "entries", "pairs", "reported"]


@dataclass(frozen=True)
class Direction:
    """One ordered pair: what one party did to another, by quad category."""

    id: str
    actor: str
    recipient: str
    rows: tuple[Row, ...]

    @property
    def score(self) -> float:
        """The mean PLOVER score of its events."""
        return _mean(self.rows)

    def of(self, quad: int) -> tuple[Row, ...]:
        """Its events of a quad category."""
        return tuple(row for row in self.rows if row.quad == quad)


@dataclass(frozen=True)
class Pair:
    """Two parties, by id, with what passed between them in both directions; a mutual event is in both."""

    id: str
    one: str
    other: str
    directions: tuple[Direction, ...]

    @property
    def names(self) -> tuple[str, str]:
        """What the two are called, the one that did more first."""
        return self.directions[0].actor, self.directions[0].recipient

    @property
    def rows(self) -> tuple[Row, ...]:
        """Its events, each once."""
        found = {row.number: row for direction in self.directions for row in direction.rows}
        return tuple(found[number] for number in sorted(found))

    @property
    def score(self) -> float:
        """The mean PLOVER score of its events, each counted once."""
        return _mean(self.rows)


@dataclass(frozen=True)
class Day:
    """A day or interval with its events in runs of one quad category."""

    id: str
    words: str
    rows: tuple[Row, ...]

    @property
    def runs(self) -> list[tuple[int | None, tuple[Row, ...]]]:
        """Its events by quad category, in order."""
        return [(quad, tuple(rows)) for quad, rows in groupby(self.rows, key=lambda row: row.quad)]

    def of(self, quad: int) -> int:
        """How many of its events are of a quad category."""
        return sum(row.quad == quad for row in self.rows)


@dataclass(frozen=True)
class Entry:
    """An entry of the index: something, and the events with it."""

    id: str
    label: str
    note: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Reported:
    """An incident that several articles tell, with its events and sources."""

    number: int
    incident: Incident
    rows: tuple[Row, ...]
    sources: tuple[Numbered, ...]

    @property
    def independent(self) -> int:
        """How many of its articles are reports of their own: near-copies and versions of one story are one."""
        articles = (source.article for source in self.sources)
        return len({article.near_copy_of or article.version_of or article.id for article in articles})

    @property
    def statements(self) -> list[tuple[str, Statement]]:
        """What is said of it: disputed first, then updated, agreed, and said by one alone."""
        found = self.incident
        kinds = (
            ("disputed", found.disputed), ("updated", found.updated), ("agreed", found.agreed),
            ("said by one", found.single),
        )  # fmt: skip
        return [(kind, statement) for kind, statements in kinds for statement in statements]


def _mean(rows: Sequence[Row]) -> float:
    scores = [row.score for row in rows if row.score is not None]
    return round(sum(scores) / len(scores), 1) if scores else 0.0


def pairs(case: Case) -> list[Pair]:
    """The pairs of parties with events that happened, most events first; what near-copies repeat counts once."""
    directed: dict[tuple[str, str], list[Row]] = defaultdict(list)
    copies = {found.article.id: found.article.near_copy_of for found in case.articles if found.article.near_copy_of}
    once = {event.id for event in independent((row.event for row in case.rows), copies)}
    for row in (row for row in case.rows if row.event.id in once):
        # The rule of what counts for which pair is the alignment's: ask it, one event at a time.
        for dyad in dyads([row.event]):
            directed[dyad.actor, dyad.recipient].append(row)
    both: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for one, other in directed:
        both[min(one, other), max(one, other)].append((one, other))
    numbered = sorted(both.items(), key=lambda item: (-len(_once(directed, item[1])), item[0]))
    return [_pair(number, names, ways, directed, case) for number, (names, ways) in enumerate(numbered, 1)]


def _once(directed: Mapping[tuple[str, str], list[Row]], ways: Iterable[tuple[str, str]]) -> set[int]:
    return {row.number for way in ways for row in directed[way]}


def _pair(
    number: int,
    names: tuple[str, str],
    ways: list[tuple[str, str]],
    directed: Mapping[tuple[str, str], list[Row]],
    case: Case,
) -> Pair:
    ordered = sorted(ways, key=lambda way: (-len(directed[way]), way))
    found = [
        Direction(f"p-{number}-{place}", case.names[way[0]], case.names[way[1]], tuple(directed[way]))
        for place, way in enumerate(ordered, 1)
    ]
    return Pair(f"p-{number}", *names, tuple(found))


def days(rows: Iterable[Row]) -> list[Day]:
    """Rows by their date, as the table has them."""
    found = [(key, tuple(some)) for key, some in groupby(rows, key=lambda row: row.group)]
    return [Day(key, some[0].date[:1].upper() + some[0].date[1:], some) for key, some in found]


def entries(case: Case) -> dict[str, list[Entry]]:
    """The index: events by party (most events first), by type and by status (in the codebook's order)."""
    parties = _indexed(case.rows, lambda row: [p.id for p in (*row.event.actor, *row.event.recipient) if p.id])
    types = _indexed(case.rows, lambda row: [row.event.type or ""])
    statuses = _indexed(case.rows, lambda row: [row.event.status])
    ranked = sorted(parties.items(), key=lambda item: (-len(item[1]), item[0]))
    noted = {identity: actor for identity, actor in case.actors.items() if actor.code}
    return {
        "party": [
            Entry(f"a-{number}", case.names[key], noted[key].code if key in noted else "", rows)
            for number, (key, rows) in enumerate(ranked, 1)
        ],
        "type": [Entry(f"t-{name}", name, TYPES[name].what, types[name]) for name in TYPES if name in types],
        "status": [Entry(f"status-{s}", wording.STATUS_WORDS[s], "", statuses[s]) for s in Status if s in statuses],
    }


def _indexed(rows: Iterable[Row], keys: Callable[[Row], Sequence[str]]) -> dict[str, tuple[Row, ...]]:
    found: dict[str, dict[int, Row]] = defaultdict(dict)
    for row in rows:
        for key in keys(row):
            found[key][row.number] = row
    return {key: tuple(some.values()) for key, some in found.items()}


def reported(case: Case) -> list[Reported]:
    """The incidents that more than one article tells, most articles first."""
    several = []
    for incident in case.incidents:
        rows = tuple(case.by_event[event] for event in incident.events if event in case.by_event)
        sources = {row.source.number: row.source for row in rows if row.source}
        if len(sources) > 1:
            several.append((incident, rows, tuple(sources[number] for number in sorted(sources))))
    several.sort(key=lambda item: (-len(item[2]), item[1][0].number))
    return [Reported(number, *found) for number, found in enumerate(several, 1)]


def value_words(low: int | None, high: int | None, text: str) -> str:
    """A value of a statement: its number, or its words where it has none."""
    return text if low is None and high is None else wording.amount(low, high)
