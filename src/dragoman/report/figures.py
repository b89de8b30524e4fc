"""What the pictures are drawn from: which events by day, which pairs of parties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ..pictures import DayCount, Edge, Node, network, timeline
from ..records import Status
from ..telling import wording
from .case import Case, Row
from .lists import Day, Entry, Pair, days

__all__ = ["Chart", "charted", "drawn"]

LONGEST = timedelta(days=7)
"""An event whose first and last day lie farther apart has no place on a line of days, nor in a bar of a week."""

BEFORE = timedelta(days=120)
"""Events longer ago than this before the first article would stretch the line until nothing can be seen."""

NARROW = 340
"""The width of the second drawing of each picture, for telephones."""


@dataclass(frozen=True)
class Chart:
    """The timeline: both drawings, the days in them, and the events that are not drawn, by reason."""

    wide: str
    narrow: str
    days: tuple[Day, ...]
    shown: int
    left_out: tuple[tuple[str, tuple[Row, ...]], ...]


def charted(case: Case) -> Chart:
    """The timeline of the events that happened and are known to the week."""
    kept: list[Row] = []
    left: dict[str, list[Row]] = defaultdict(list)
    first = _earliest(case)
    for row in case.rows:
        why = _unfit(row, first)
        (left[why] if why else kept).append(row)
    found = days(kept)
    counts = [_count(day) for day in found]
    return Chart(
        timeline(counts, title="Events by date"),
        timeline(counts, width=NARROW, height=320, name="timeline-narrow", title="Events by date"),
        tuple(found),
        len(kept),
        tuple((why, tuple(rows)) for why, rows in left.items()),
    )


def _earliest(case: Case) -> date | None:
    known = [day for found in case.articles if (day := wording.iso_day(found.article.published))]
    return min(known) - BEFORE if known else None


def _unfit(row: Row, first: date | None) -> str | None:
    """Why an event is not on the line; None where it is."""
    event = row.event
    if event.type is None:
        return "without a PLOVER type"
    if event.status in (Status.FUTURE, Status.HYPOTHETICAL, Status.NEGATED):
        return "planned, hypothetical or denied"
    start, end = (
        wording.iso_day(bound) for bound in ((event.when.start, event.when.end) if event.when else (None, None))
    )
    if start is None or end is None:
        return "on a day that the text does not say"
    if event.status is Status.HISTORICAL or (first and start < first):
        return "long before the first article"
    return "known only to a longer time than a week" if end - start > LONGEST else None


def _count(day: Day) -> DayCount:
    when = day.rows[0].event.when
    start = wording.iso_day(when.start if when else None)
    assert start is not None  # `_unfit` has kept out the others
    return DayCount(start, (day.of(1), day.of(2), day.of(3), day.of(4)), f"#{day.id}")


def drawn(case: Case, found: Sequence[Pair], parties: Sequence[Entry]) -> tuple[str, str]:
    """The network, wide and narrow."""
    ids = {case.names[identity]: identity for pair in found for identity in (pair.one, pair.other)}
    nodes = [
        Node(ids[entry.label], entry.label, len(entry.rows), f"#{entry.id}") for entry in parties if entry.label in ids
    ]
    edges = [Edge(pair.one, pair.other, len(pair.rows), pair.score, f"#{pair.id}") for pair in found]
    return (
        network(nodes, edges),
        network(nodes, edges, width=NARROW, height=460, most=12, most_edges=25, name="network-narrow"),
    )
