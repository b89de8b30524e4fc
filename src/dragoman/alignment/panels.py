"""Panels: units by periods, with every cell there, zeros too; what a paper's regression takes.

A unit is an ordered dyad, or a party or a country as the one that acts. An event counts in the period that holds all
of its days; one without days, or whose days lie in several periods, is left out and numbered in the notes. Only events
that happened count. In a mutual act each party acts on each other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any, Literal

from ..codebook import QUADS, TYPES, goldstein_of, quad_of, score_of
from ..records import Event, Party, Status, slug

__all__ = ["BY", "RULES", "UNITS", "Measure", "Panel", "panel"]

Unit = Literal["dyad", "actor", "country"]
Period = Literal["day", "week", "month", "year"]
Rule = Literal["every-event", "one-a-day"]

UNITS: tuple[Unit, ...] = ("dyad", "actor", "country")
BY: tuple[Period, ...] = ("day", "week", "month", "year")
RULES: tuple[Rule, ...] = ("every-event", "one-a-day")

MEANING = {
    "every-event": "every event counts",
    "one-a-day": "events of one type between two parties on the same days count once, with the highest figure killed",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of a panel: its name, the kind of its values, and what it means."""

    name: str
    kind: type
    meaning: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel: its columns, its rows (drawn once, in order of unit and period), and notes on how it was made."""

    columns: tuple[Measure, ...]
    rows: Iterator[Sequence[Any]]
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Tally:
    """What one unit did in one period."""

    types: dict[str, int] = field(default_factory=dict)
    plover: float = 0.0
    goldstein: float = 0.0
    least_killed: int = 0
    most_killed: int = 0


def panel(
    events: Iterable[Event],
    *,
    unit: Unit = "dyad",
    by: Period = "week",
    units: Collection[str] = (),
    since: str | None = None,
    until: str | None = None,
    rule: Rule = "every-event",
    near_copies: Collection[str] | None = None,
) -> Panel:
    """The panel of events.

    `units` are the parties (ids or names) or countries (ISO alpha-3) asked for, each on either side of a dyad; none:
    all that are found. `since` and `until` are ISO days; without them the span is that of the events. `near_copies`
    are ids of articles whose events are left out (None: all count).
    """
    counter = _Counter(unit, by, frozenset(units), since, until, rule, near_copies)
    for event in events:
        counter.count(event)
    return Panel(_columns(unit), counter.rows(), counter.notes())


def _columns(unit: Unit) -> tuple[Measure, ...]:
    names = {"dyad": ("actor", "recipient"), "actor": ("actor",), "country": ("country",)}[unit]
    return (
        *(Measure(name, str, f"the {name} (its name in the archive, or its ISO 3166 alpha-3 code)") for name in names),
        Measure("period", str, "the period: 2020-01-03, 2020-W01 (ISO 8601 week), 2020-01 or 2020"),
        Measure("from", str, "its first day"),
        Measure("to", str, "its last day"),
        Measure("events", int, "events in which the unit acts"),
        *(Measure(_key(name), int, f"of them {name}") for name in QUADS.values()),
        *(Measure(name.lower(), int, f"of them {name}: {kind.what}") for name, kind in TYPES.items()),
        Measure("plover_sum", float, "sum of the events' PLOVER scores (-10 conflict to 10 cooperation)"),
        Measure("plover_mean", float, "their mean; empty where there is no event"),
        Measure(
            "goldstein_sum", float, "sum of the Goldstein values (-10 to 10) of the CAMEO codes nearest to the events"
        ),
        Measure("goldstein_mean", float, "their mean; empty where there is no event"),
        Measure("killed_low", int, "sum of the lowest figures killed that the events give"),
        Measure("killed_high", int, "sum of the highest figures killed that the events give"),
        Measure("share", float, "the unit's events by all events of the period that count; empty where there is none"),
    )


def _key(words: str) -> str:
    return words.replace(" ", "_")


class _Counter:
    """Counts events into the cells of a panel."""

    def __init__(
        self,
        unit: Unit,
        by: Period,
        units: frozenset[str],
        since: str | None,
        until: str | None,
        rule: Rule,
        near_copies: Collection[str] | None,
    ) -> None:
        self.unit, self.by, self.rule, self.near_copies = unit, by, rule, near_copies
        # What was asked for, by how it is looked up, and the name under which it was found.
        self.units = {one if unit == "country" else _slug(one): one for one in units}
        self.named: dict[str, str] = {}
        self.since, self.until = since, until
        self.cells: dict[tuple[tuple[str, ...], date], _Tally] = {}
        self.coverage: dict[date, int] = {}
        self.seen: dict[tuple[Any, ...], tuple[int, int]] = {}
        self.left_out = {"did not happen": 0, "has no type": 0, "has no day": 0, "spans periods": 0, "near-copy": 0}
        self.first: date | None = None
        self.last: date | None = None

    def count(self, event: Event) -> None:
        """Count one event, or note why it is left out."""
        reason = self._reason(event)
        if reason:
            self.left_out[reason] += 1
            return
        assert event.when and event.when.start and event.when.end and event.type
        if (self.since and event.when.start < self.since) or (self.until and event.when.end > self.until):
            return
        day = date.fromisoformat(event.when.start)
        period = _start(day, self.by)
        self.first, self.last = min(self.first or day, day), max(self.last or day, day)
        pairs = _pairs(event)
        fresh = [pair for pair in pairs if self._is_fresh(event, pair, period)]
        if not fresh:
            return
        self.coverage[period] = self.coverage.get(period, 0) + 1
        for unit in dict.fromkeys(one for pair in fresh for one in self._units(pair)):
            self._add(self.cells.setdefault((unit, period), _Tally()), event)

    def _reason(self, event: Event) -> str | None:
        if event.status not in (Status.ACTUAL, Status.HISTORICAL):
            return "did not happen"
        if event.type is None:
            return "has no type"
        if self.near_copies is not None and event.article in self.near_copies:
            return "near-copy"
        if event.when is None or not event.when.start or not event.when.end:
            return "has no day"
        first, last = (date.fromisoformat(day) for day in (event.when.start, event.when.end))
        return None if _start(first, self.by) == _start(last, self.by) else "spans periods"

    def _is_fresh(self, event: Event, pair: tuple[Party | None, Party | None], period: date) -> bool:
        """Whether a pair is to be counted; a repeated one only raises the figure killed where that is higher."""
        if self.rule == "every-event":
            return True
        when = event.when
        key = (tuple(_name(party) for party in pair), event.type, when and when.start, when and when.end)
        least, most = _killed(event)
        if key not in self.seen:
            self.seen[key] = (least, most)
            return True
        known = self.seen[key]
        higher = (max(least, known[0]), max(most, known[1]))
        for unit in self._units(pair):
            tally = self.cells.setdefault((unit, period), _Tally())
            tally.least_killed += higher[0] - known[0]
            tally.most_killed += higher[1] - known[1]
        self.seen[key] = higher
        return False

    def _units(self, pair: tuple[Party | None, Party | None]) -> list[tuple[str, ...]]:
        """The units that a pair belongs to, if they are asked for."""
        actor, recipient = pair
        if self.unit == "country":
            found = [_country(actor)] if actor else []
            return [(code,) for code in found if code and (not self.units or code in self.units)]
        if self.unit == "actor":
            return [(actor.name,)] if actor and self._asked(actor) else []
        if actor is None or recipient is None or actor.name == recipient.name:
            return []
        asked = [self._asked(actor), self._asked(recipient)]
        # One party alone asks for all of its dyads.
        return [(actor.name, recipient.name)] if all(asked) or (len(self.units) == 1 and any(asked)) else []

    def _asked(self, party: Party) -> bool:
        if not self.units:
            return True
        found = next((one for one in (party.id or "", _slug(party.name)) if one in self.units), None)
        if found is not None:
            self.named.setdefault(self.units[found], party.name)
        return found is not None

    def _add(self, tally: _Tally, event: Event) -> None:
        kind = str(event.type)
        tally.types[kind] = tally.types.get(kind, 0) + 1
        tally.plover += score_of(kind, event.mode)
        tally.goldstein += goldstein_of(kind, event.mode) or 0.0
        least, most = _killed(event)
        tally.least_killed += least
        tally.most_killed += most

    def rows(self) -> Iterator[Sequence[Any]]:
        """Every unit in every period of the span."""
        found = {unit for unit, _ in self.cells} | set(self._always())
        first = date.fromisoformat(self.since) if self.since else self.first
        last = date.fromisoformat(self.until) if self.until else self.last
        if first is None or last is None:
            return
        periods = list(_periods(first, last, self.by))
        for unit in sorted(found):
            for start, end in periods:
                yield (*unit, *self._row(start, end, self.cells.get((unit, start))))

    def _always(self) -> Iterator[tuple[str, ...]]:
        """The units that are there because they were asked for, whatever they did (a dyad: both its directions)."""
        asked = sorted(self.named.get(one, one) for one in self.units.values())
        if self.unit == "dyad":
            yield from ((one, other) for one in asked for other in asked if other != one)
        else:
            yield from ((one,) for one in asked)

    def _row(self, start: date, end: date, tally: _Tally | None) -> Sequence[Any]:
        tally = tally or _Tally()
        number = sum(tally.types.values())
        quads = [sum(n for kind, n in tally.types.items() if quad_of(kind) == quad) for quad in QUADS]
        coverage = self.coverage.get(start, 0)
        return (
            *(_label(start, self.by), start.isoformat(), end.isoformat(), number, *quads),
            *(tally.types.get(kind, 0) for kind in TYPES),
            *(round(tally.plover, 3), round(tally.plover / number, 3) if number else None),
            *(round(tally.goldstein, 3), round(tally.goldstein / number, 3) if number else None),
            *(tally.least_killed, tally.most_killed, round(number / coverage, 6) if coverage else None),
        )

    def notes(self) -> tuple[str, ...]:
        """How the panel was made, in sentences."""
        copies = "count like any other" if self.near_copies is None else "are left out"
        left = ", ".join(
            f"{number} that {why}" for why, number in self.left_out.items() if number and why != "near-copy"
        )
        if self.left_out["near-copy"]:
            left = ", ".join(filter(None, (left, f"{self.left_out['near-copy']} of near-copies")))
        return (
            f"Unit: {self.unit}; period: {self.by}; span: {self.since or self.first} to {self.until or self.last}.",
            f"Rule {self.rule}: {MEANING[self.rule]}.",
            f"Events of articles that are near-copies of another {copies}.",
            "Every unit has a row for every period of the span; no event is 0.",
            f"Events left out: {left or 'none'}.",
        )


def _pairs(event: Event) -> list[tuple[Party | None, Party | None]]:
    """Who acts on whom: each actor on each recipient; where there is no recipient, each party on each other."""
    if event.recipient:
        return [(actor, other) for actor in event.actor or (None,) for other in event.recipient]
    if len(event.actor) > 1:
        return [(one, other) for one in event.actor for other in event.actor if one is not other]
    return [(actor, None) for actor in event.actor] or [(None, None)]


def _name(party: Party | None) -> str | None:
    return (party.id or party.name) if party else None


def _country(party: Party) -> str | None:
    code = party.code.partition(" ")[0]
    return code if len(code) == 3 and code != "UNK" else None


_slug = cache(slug)


def _killed(event: Event) -> tuple[int, int]:
    """The lowest and the highest figure killed; an open bound is as the other."""
    found = next((count for count in event.counts if count.what == "killed"), None)
    if found is None:
        return (0, 0)
    low = found.low if found.low is not None else found.high or 0
    return (low, found.high if found.high is not None else low)


_STARTS: dict[Period, Callable[[date], date]] = {
    "day": lambda day: day,
    "week": lambda day: day - timedelta(days=day.weekday()),
    "month": lambda day: day.replace(day=1),
    "year": lambda day: day.replace(month=1, day=1),
}


def _start(day: date, by: Period) -> date:
    return _STARTS[by](day)


def _periods(first: date, last: date, by: Period) -> Iterator[tuple[date, date]]:
    """The periods that hold the days from `first` to `last`, each with its first and last day."""
    start = _start(first, by)
    while start <= last:
        # 32 days on is always in the next month, and 366 in the next year.
        following = _start(start + timedelta(days={"day": 1, "week": 7, "month": 32, "year": 366}[by]), by)
        yield start, following - timedelta(days=1)
        start = following


def _label(start: date, by: Period) -> str:
    if by == "week":
        year, week, _ = start.isocalendar()
        return f"{year}-W{week:02}"
    return start.isoformat()[: {"day": 10, "month": 7, "year": 4}[by]]
