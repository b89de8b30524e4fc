"""What was coded from the texts: events, ties, shifts and causes, each with the words that it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..records import Article, Cause, Event, Sentence, Shift, Tie
from . import columns, overview, queries, reading, rows
from .columns import Columns, Mark
from .facets import Choice, Wanted, choose
from .opened import Opened

__all__ = ["Coded"]


class Coded(Opened):
    """What an archive keeps of what the texts say."""

    __slots__ = ()

    # Choices of events, counted (`columns` says why not by SQL)

    def mark(self) -> Mark:
        """What changes whenever the events do."""
        return columns.mark(self._database)

    def columns(self) -> Columns:
        """All events as columns of small numbers; keep them as long as the mark is the same."""
        return columns.load(self._database)

    def chosen(self, among: Columns, wanted: Wanted) -> Choice:
        """The events among the columns that fit everything wanted.

        Raises:
            UsageError: a date that is no ISO day.
        """
        return choose(self._database, among, wanted)

    def strata(self, by: str) -> Iterator[Mapping[str, Any]]:
        """Every event by its id and the one field by which a sample is drawn, shaped as it is exported."""
        column = "a.outlet" if by == "outlet" else f'e."{by}"'
        sql = f"SELECT e.id, {column} FROM events e LEFT JOIN articles a ON a.id = e.article ORDER BY e.rowid"
        for event, value in self._database.rows(sql):
            yield {"id": event, "article": {"outlet": value}} if by == "outlet" else {"id": event, by: value}

    def numbered(self, numbers: Sequence[int]) -> Iterator[Event]:
        """The events of these numbers, in their order."""
        return reading.numbered_events(self._database, numbers)

    # What the texts say

    def events(
        self,
        *,
        article: str | None = None,
        actor: str | None = None,
        by: str | None = None,
        toward: str | None = None,
        type: str | None = None,
        since: str | None = None,
        until: str | None = None,
        place: str | None = None,
        outlet: str | None = None,
        status: str | None = None,
        incident: str | None = None,
    ) -> Iterator[Event]:
        """The events that fit everything asked, in canonical order.

        `actor` fits either side, `by` the actors, `toward` the recipients: an id, a name (whole, or
        by some of its words, in any case), an alias, or a code ("USA MIL", or "USA" for all of its
        sectors). `place` likewise fits names and country codes, `outlet` names. `since` and `until`
        (ISO dates of any precision) fit events whose interval overlaps theirs; undated ones never do.

        Raises:
            UsageError: a status that there is not, or a date that is no ISO date.
        """
        wanted = queries.EventFilter(
            article, actor, by, toward, type, since, until, place, outlet, status, incident
        )  # fmt: skip
        return reading.event_stream(self._database, *queries.event_numbers(self._database, wanted))

    def reported_events(self) -> Iterator[Event]:
        """The events that articles report, without the imported ones, in canonical order."""
        wanted = queries.EventFilter(reported=True)
        return reading.event_stream(self._database, *queries.event_numbers(self._database, wanted))

    def ties(self, *, article: str | None = None) -> Iterator[Tie]:
        """The ties, in canonical order."""
        query = queries.asserted_numbers("ties", article)
        return reading.asserted_stream(self._database, "ties", rows.tie_of, query)

    def shifts(self, *, article: str | None = None) -> Iterator[Shift]:
        """The shifts, in canonical order."""
        query = queries.asserted_numbers("shifts", article)
        return reading.asserted_stream(self._database, "shifts", rows.shift_of, query)

    def causes(self, *, article: str | None = None) -> Iterator[Cause]:
        """The causes, in canonical order."""
        query = queries.asserted_numbers("causes", article)
        return reading.asserted_stream(self._database, "causes", rows.cause_of, query)

    def these(self, ids: Sequence[str]) -> list[Event]:
        """The events of these ids, in the same order; those that are not there are left out."""
        query = queries.among("events"), [rows.json_list(sorted(set(ids)))]
        found = {event.id: event for event in reading.event_stream(self._database, *query)}
        return [found[one] for one in ids if one in found]

    def judgeable(self, kind: str, ids: Iterable[str]) -> Iterator[Event | Tie | Shift | Cause]:
        """The records of a kind (event, tie, shift, cause) that have these ids, in the order of their places."""
        among = [rows.json_list(sorted(set(ids)))]
        if kind == "event":
            return reading.event_stream(self._database, queries.among("events"), among)
        query = (queries.among(f"{kind}s"), among)
        make: Callable[[rows.Row], Tie | Shift | Cause]
        make = {"tie": rows.tie_of, "shift": rows.shift_of, "cause": rows.cause_of}[kind]  # type: ignore[assignment]
        return reading.asserted_stream(self._database, f"{kind}s", make, query)

    def imported_actors(self) -> tuple[str, ...]:
        """The ids of the actors that imported events name, in order."""
        sql = """
            SELECT DISTINCT p.actor FROM event_parties p JOIN events e ON e.id = p.event
            WHERE p.actor IS NOT NULL AND e.article IS NULL ORDER BY p.actor
        """
        return tuple(identity for (identity,) in self._database.rows(sql))

    def wide(self, days: int) -> int:
        """How many events have a first and a last day that lie farther apart than so many days."""
        return overview.wide(self._database, days)

    def evidence(
        self, records: Iterable[reading.PlacedRecord]
    ) -> Iterator[tuple[reading.PlacedRecord, Article | None, Sentence | None]]:
        """Events, ties, shifts or causes, each with its article and its sentence (without the parse).

        Both are None for an imported event.
        """
        return reading.evidence_stream(self._database, records)
