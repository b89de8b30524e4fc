"""The archive: one file that keeps everything read, found and decided, and gives it back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ..errors import ArchiveError
from ..records import (
    Actor,
    Article,
    Cause,
    Change,
    CodedArticle,
    Decision,
    Event,
    Incident,
    Mention,
    Run,
    Sentence,
    Shift,
    Tie,
    Unread,
)
from . import articles, columns, overview, queries, reading, rows, runs, writing
from .articles import Kin, Listed
from .columns import Columns, Mark
from .database import Database
from .facets import Choice, Wanted, choose
from .people import People
from .tables import COUNTED
from .together import Together

__all__ = ["Archive", "Imported", "open_archive"]

BATCH = 2_000
"""Imported rows that are put at once."""

CACHE = 65_536
"""KiB of pages held at most while a file is imported."""

FEW = 20_000
"""Once a file has brought more events than these, and than there were, it is faster to make the indexes anew."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file of events: rows that are new, that took another's place, that are malformed."""

    new: int
    replaced: int
    unread: int


def open_archive(path: Path | str, *, create: bool = True, read_only: bool = False) -> Archive:
    """Open the archive at `path`, making it where it is missing (unless `create` is false).

    Raises:
        ArchiveError: there is none, it is no archive or a newer one, or it cannot be written.
    """
    return Archive(Database(Path(path), create=create, read_only=read_only))


class Archive:
    """An open archive; use it as a context manager, or `close` it.

    One process writes at a time, any number read. What a method keeps is kept whole or not at all.
    What it gives comes in an order that depends on the records alone.
    """

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Archive {self.path}>"

    @property
    def together(self) -> Together:
        """The incidents that several events report."""
        return Together(self._database)

    @property
    def people(self) -> People:
        """The register of actors, page by page."""
        return People(self._database)

    @property
    def path(self) -> Path:
        """Where the archive is."""
        return self._database.path

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
        self._database.close()

    # Articles and what was found in them

    def keep(self, coded: Sequence[CodedArticle]) -> int:
        """Keep articles with all that was found in them; returns how many were new.

        An article that is there already is left as it is.
        """
        kept = 0
        parses = [writing.packed(one) for one in coded]
        with self._database.writing() as connection:
            actors: list[Actor] = []
            for one, parse in zip(coded, parses, strict=True):
                if writing.put_article(connection, one, parse):
                    actors.extend(one.actors)
                    kept += 1
            writing.put_actors(connection, actors)
        return kept

    def keep_imported(self, source: str, found: Iterable[Event | Unread]) -> Imported:
        """Keep all that was found in a file of other people's events, or, where drawing it fails, nothing.

        An event takes the place of one with the same id. What was noted as unread of `source`, the file, is forgotten.
        """
        events = replaced = unread = 0
        self._database.rows(f"PRAGMA cache_size = {-CACHE}")
        with self._database.writing() as connection, ExitStack() as stack:
            [there] = connection.execute("SELECT count(*) FROM events").fetchone()
            writing.forget_unread(connection, source)
            left, indexed = iter(found), True
            while batch := list(islice(left, BATCH)):
                read = [item for item in batch if isinstance(item, Event)]
                replaced += writing.replace_events(connection, read)
                events += len(read)
                unread += writing.put_unread(connection, (item for item in batch if isinstance(item, Unread)))
                if indexed and events > max(there, FEW):
                    stack.enter_context(writing.without_indexes(connection, "events", "event_parties"))
                    indexed = False
        return Imported(events - replaced, replaced, unread)

    def has_article(self, article: str) -> bool:
        """Whether the article of that id is kept."""
        return bool(self._database.rows("SELECT 1 FROM articles WHERE id = ?", [article]))

    def article(self, article: str) -> Article:
        """The article of that id; `ArchiveError` where there is none."""
        found = self._database.rows(f"{rows.select('articles')} WHERE id = ?", [article])
        if not found:
            raise self._missing(f"article {article}")
        return rows.article_of(found[0])

    def listed(
        self, *, outlet: str = "", text: str = "", inferred: bool = False, after: str = "", most: int = 50
    ) -> tuple[list[Listed], int]:
        """Articles by date without their texts, those that follow on the article `after`; and how many fit in all."""
        return articles.listed(self._database, outlet=outlet, text=text, inferred=inferred, after=after, most=most)

    def published(self) -> dict[str, dict[date, int]]:
        """How many articles each outlet (or source, where none is named) published on each day."""
        return overview.published(self._database)

    def inferred(self) -> int:
        """How many articles have a date that their own words told."""
        return overview.inferred(self._database)

    def wide(self, days: int) -> set[str]:
        """The ids of the events that are dated to an interval of so many days or more."""
        return overview.wide(self._database, days)

    def kin(self, article: str) -> list[Kin]:
        """The near-copies and the other versions of an article, by date."""
        return articles.kin(self._database, article)

    def around(self, article: str) -> tuple[str | None, str | None]:
        """The articles before and after one in canonical order."""
        return articles.around(self._database, article)

    def articles(self) -> Iterator[Article]:
        """All articles in canonical order: published, then id; undated ones last."""
        return reading.article_stream(self._database, queries.ARTICLES)

    def sentences(self, article: str) -> tuple[Sentence, ...]:
        """The sentences of an article with their parses, in their order."""
        return reading.parsed(self._database, article)

    def sentence(self, article: str, index: int) -> Sentence:
        """One sentence with its parse; `ArchiveError` where there is none."""
        for sentence in self.sentences(article):
            if sentence.index == index:
                return sentence
        raise self._missing(f"sentence {index} of article {article}")

    def search(self, text: str) -> Iterator[Sentence]:
        """The sentences that hold all the words of `text`, in canonical order, without their parses.

        Words match in any inflection; "a phrase" matches as it stands, begin* what begins so.
        """
        query = queries.full_text(text)
        return reading.sentence_stream(self._database, queries.SEARCHED, [query]) if query else iter(())

    def mentions(self, article: str) -> tuple[Mention, ...]:
        """The mentions of actors in an article, in the order of the text."""
        order = 'WHERE article = ? ORDER BY sentence, start, "end", number'
        found = self._database.rows(f"{rows.select('mentions')} {order}", [article])
        return tuple(rows.mention_of(row) for row in found)

    def every_mention(self) -> Iterator[Mention]:
        """The mentions of actors in all articles, in no order that means anything."""
        return reading.mention_stream(self._database)

    def people_named(self, actors: Iterable[str]) -> list[tuple[str, str, str]]:
        """In which article which person of these ids is called what (article, actor, words), in order of actor."""
        sql = """
            SELECT DISTINCT article, actor, text FROM mentions
            WHERE kind = 'person' AND actor IN (SELECT value FROM json_each(?)) ORDER BY actor, article, text
        """
        return [(article, actor, text) for article, actor, text in self._database.rows(sql, [rows.json_list(actors)])]

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

    def evidence(
        self, records: Iterable[reading.PlacedRecord]
    ) -> Iterator[tuple[reading.PlacedRecord, Article | None, Sentence | None]]:
        """Events, ties, shifts or causes, each with its article and its sentence (without the parse).

        Both are None for an imported event.
        """
        return reading.evidence_stream(self._database, records)

    # What is concluded over all articles

    def named(self) -> Iterator[tuple[str, str, str, str, int, int]]:
        """Persons and bodies that articles name: id, name, kind, code, mentions, articles; the most mentioned first."""
        sql = """
            SELECT actor, name, kind, code, count(*) AS times, count(DISTINCT article) FROM mentions
            WHERE actor IS NOT NULL AND kind IN ('person', 'body')
            GROUP BY actor, name, kind, code ORDER BY times DESC, actor, name, kind, code
        """
        yield from self._database.rows(sql)

    def sentences_naming(self, actor: str, most: int) -> list[tuple[str, str]]:
        """The first sentences that mention an actor, each with its article's id."""
        sql = """
            SELECT DISTINCT s.article, s.text FROM mentions m
            JOIN sentences s ON s.article = m.article AND s."index" = m.sentence
            WHERE m.actor = ? ORDER BY m.number LIMIT ?
        """
        return [(article, text) for article, text in self._database.rows(sql, (actor, most))]

    def rename(self, ids: Mapping[str, str]) -> None:
        """Give every mention and party of a name (a key of `ids`) the id that stands for it there."""
        with self._database.writing() as connection:
            writing.rename(connection, ids)

    def actors(self) -> Iterator[Actor]:
        """The register of actors, by id."""
        found = self._database.rows(f"{rows.select('actors')} ORDER BY id")
        return map(rows.actor_of, found)

    def called(self, ids: Iterable[str]) -> dict[str, str]:
        """What the register calls the actors of these ids; those that it does not have are left out."""
        sql = "SELECT id, name FROM actors WHERE id IN (SELECT value FROM json_each(?))"
        return dict(self._database.rows(sql, [rows.json_list(sorted(set(ids)))]))

    def replace_actors(self, actors: Iterable[Actor]) -> None:
        """Put a register in the place of the one that is there."""
        # Made before the transaction begins: what makes it may read this archive, and take its time.
        register = list(actors)
        with self._database.writing() as connection:
            connection.execute("DELETE FROM actors")
            writing.put_actors(connection, register)

    def incidents(self) -> Iterator[Incident]:
        """The incidents, in the canonical order of their first events."""
        return reading.incident_stream(self._database)

    def incident(self, event: str) -> Incident:
        """The incident of that id, or that an event of that id is part of; `ArchiveError` where there is none."""
        for incident in reading.incidents_of(self._database, event):
            return incident
        raise self._missing(f"incident {event}")

    def replace_incidents(self, incidents: Iterable[Incident]) -> None:
        """Put incidents in the place of those that are there; their events must be kept already."""
        found = list(incidents)
        with self._database.writing() as connection:
            connection.execute("DELETE FROM incidents")
            writing.put_incidents(connection, found)

    def replace_versions(self, first: Mapping[str, str]) -> None:
        """Note which articles are later versions of which, in the place of what was noted before."""
        with self._database.writing() as connection:
            connection.execute("UPDATE articles SET version_of = NULL WHERE version_of IS NOT NULL")
            put = "UPDATE articles SET version_of = ? WHERE id = ?"
            connection.executemany(put, [(earliest, later) for later, earliest in first.items()])

    def near_copies(self) -> dict[str, str]:
        """The near-copies among the articles: id of the copy -> id of its original, in canonical order."""
        return dict(self._database.rows(queries.NEAR_COPIES))

    def replace_near_copies(self, copies: Mapping[str, str]) -> None:
        """Say which articles are near-copies of which, instead of what was said before."""
        with self._database.writing() as connection:
            connection.execute("UPDATE articles SET near_copy_of = NULL WHERE near_copy_of IS NOT NULL")
            found = [(original, copy) for copy, original in copies.items()]
            connection.executemany("UPDATE articles SET near_copy_of = ? WHERE id = ?", found)

    # What humans decided

    def decisions(
        self,
        *,
        record: str | None = None,
        kind: str | None = None,
        article: str | None = None,
        who: str | None = None,
    ) -> Iterator[Decision]:
        """The decisions (on one record, on those of a kind or an article, of one person), in the order of their times.

        Undone ones are among them.
        """
        asked = (("record", record), ("kind", kind), ("json_extract(judged, '$.article')", article), ("who", who))
        conditions = [(f"{column} = ?", value) for column, value in asked if value is not None]
        where = " AND ".join(condition for condition, _ in conditions) or "1"
        sql = f'{rows.select("decisions")} WHERE {where} ORDER BY "when", rowid'
        return map(rows.decision_of, self._database.rows(sql, [value for _, value in conditions]))

    def latest_decisions(self, most: int) -> list[Decision]:
        """The decisions that were made or undone last, the latest first."""
        return overview.latest_decisions(self._database, most)

    def decided(self, records: Iterable[str]) -> dict[str, list[Decision]]:
        """The decisions that are not undone on records of these ids, of each person the latest."""
        among = "record IN (SELECT value FROM json_each(?)) AND undone IS NULL"
        sql = f'{rows.select("decisions")} WHERE {among} ORDER BY "when", rowid'
        latest = {}
        for row in self._database.rows(sql, [rows.json_list(sorted(set(records)))]):
            decision = rows.decision_of(row)
            latest[decision.record, decision.who] = decision
        found: dict[str, list[Decision]] = {}
        for decision in latest.values():
            found.setdefault(decision.record, []).append(decision)
        return found

    def decide(self, decision: Decision) -> None:
        """Add a decision; none is ever changed or deleted."""
        with self._database.writing() as connection:
            connection.execute(rows.insert("decisions"), rows.decision_row(decision))

    def bring(self, decisions: Iterable[Decision]) -> int:
        """Add the decisions of another archive that are not here yet, undone as they are; returns how many came."""
        brought = list(decisions)
        statement = f"{rows.insert('decisions')} ON CONFLICT (id) DO NOTHING"
        with self._database.writing() as connection:
            return connection.executemany(statement, map(rows.decision_row, brought)).rowcount

    def undo(self, decision: str, when: str) -> None:
        """Say since when a decision no longer holds; one that is undone already stays as it is."""
        with self._database.writing() as connection:
            found = connection.execute("SELECT undone FROM decisions WHERE id = ?", [decision]).fetchone()
            if found is None:
                raise self._missing(f"decision {decision}")
            if found[0] is None:
                connection.execute("UPDATE decisions SET undone = ? WHERE id = ?", [when, decision])

    # Runs of reading

    def begin_run(self, run: Run) -> int:
        """Note a run of reading; returns its number."""
        with self._database.writing() as connection:
            return runs.begun(connection, run)

    def replace_coded(self, run: int, coded: Sequence[CodedArticle], changes: Iterable[Change]) -> None:
        """Put articles, with what a run found in them, in the place of those that are there; note what it changed."""
        parsed, found = [(one, writing.packed(one)) for one in coded], list(changes)
        with self._database.writing() as connection:
            runs.reread(connection, run, parsed, found)

    def runs(self) -> Iterator[Run]:
        """The runs of reading, the latest first."""
        return runs.runs_of(self._database)

    def changes(self, run: int) -> Iterator[Change]:
        """What a run changed, in the order of the text."""
        return runs.changes_of(self._database, run)

    # Housekeeping

    def keep_unread(self, unread: Iterable[Unread], *, instead: Iterable[str] = ()) -> None:
        """Note sources that were not read; the same note twice is one.

        What was noted before of the sources `instead` is forgotten: they have been read anew.
        """
        with self._database.writing() as connection:
            asked = rows.json_list(sorted(set(instead)))
            connection.execute("DELETE FROM unread WHERE source IN (SELECT value FROM json_each(?))", [asked])
            writing.put_unread(connection, unread)

    def unread(self) -> Iterator[Unread]:
        """The sources that were not read, by name."""
        return map(rows.unread_of, self._database.rows(f"{rows.select('unread')} ORDER BY source, code, message"))

    def manifest(self) -> dict[str, str]:
        """What the archive was made with: version, fingerprint of the model, settings; by key."""
        return dict(self._database.rows("SELECT key, value FROM manifest ORDER BY key"))

    def set_manifest(self, manifest: Mapping[str, str]) -> None:
        """Put a manifest in the place of the one that is there."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM manifest")
            connection.executemany(rows.insert("manifest"), sorted(manifest.items()))

    def counts(self) -> dict[str, int]:
        """How many of each kind of record there are."""
        sql = " UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in COUNTED)
        return dict(self._database.rows(sql))

    def _missing(self, what: str) -> ArchiveError:
        return ArchiveError("A004", f"There is no {what} in {self.path}.")
