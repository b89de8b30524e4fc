"""Records out of an archive, many at a time and in the order asked for.

A stream first notes the numbers of its rows, eight bytes each, then fetches the rows by the
hundred, each hundred with its parts in one query. So a stream of any length needs little memory,
never asks row by row, and leaves no query open that would hold up a writer.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, Protocol, TypeVar

from ..records import Article, Count, Event, Incident, Mention, Party, Sentence
from . import rows
from .database import Database
from .parses import unpack

__all__ = [
    "Placed",
    "article_stream",
    "asserted_stream",
    "event_stream",
    "evidence_stream",
    "incident_stream",
    "incidents_numbered",
    "incidents_of",
    "mention_stream",
    "numbered_events",
    "parsed",
    "sentence_stream",
]

Record = TypeVar("Record")
Numbers = Sequence[int]
Fetch = Callable[[Numbers], Mapping[int, Record]]

_AMONG = "IN (SELECT value FROM json_each(?))"


class Placed(Protocol):
    """What stands in a sentence of an article: an event, a tie, a shift, a cause."""

    @property
    def article(self) -> str | None:
        """The article's id."""

    @property
    def sentence(self) -> int | None:
        """The sentence's index."""


PlacedRecord = TypeVar("PlacedRecord", bound=Placed)


def _stream(
    database: Database, sql: str, parameters: Sequence[Any], fetch: Fetch[Record], size: int
) -> Iterator[Record]:
    return _fetched(array("q", (number for (number,) in database.rows(sql, parameters))), fetch, size)


def _fetched(numbers: Numbers, fetch: Fetch[Record], size: int) -> Iterator[Record]:
    for first in range(0, len(numbers), size):
        some = numbers[first : first + size]
        found = fetch(some)
        # What was deleted meanwhile is not there any more.
        yield from (found[number] for number in some if number in found)


def article_stream(database: Database, sql: str) -> Iterator[Article]:
    """The articles of the numbers that a query gives."""

    def fetch(numbers: Numbers) -> dict[int, Article]:
        found = _numbered(database, "articles", numbers)
        return {row[0]: rows.article_of(row[1:]) for row in found}

    return _stream(database, sql, (), fetch, size=100)


def sentence_stream(database: Database, sql: str, parameters: Sequence[Any]) -> Iterator[Sentence]:
    """The sentences of the numbers that a query gives, without tokens and entities."""

    def fetch(numbers: Numbers) -> dict[int, Sentence]:
        found = _numbered(database, "sentences", numbers)
        return {row[0]: rows.sentence_of(row[1:]) for row in found}

    return _stream(database, sql, parameters, fetch, size=500)


def mention_stream(database: Database) -> Iterator[Mention]:
    """All mentions, as they were put."""

    def fetch(numbers: Numbers) -> dict[int, Mention]:
        return {row[0]: rows.mention_of(row[1:]) for row in _numbered(database, "mentions", numbers)}

    return _stream(database, "SELECT number FROM mentions", (), fetch, size=1000)


def event_stream(database: Database, sql: str, parameters: Sequence[Any]) -> Iterator[Event]:
    """The events of the numbers that a query gives, with their parties and counts."""
    return _stream(database, sql, parameters, lambda numbers: _events(database, numbers), size=500)


def numbered_events(database: Database, numbers: Numbers) -> Iterator[Event]:
    """The events of these numbers, in their order, with their parties and counts."""
    return _fetched(numbers, lambda some: _events(database, some), size=500)


def _events(database: Database, numbers: Numbers) -> dict[int, Event]:
    found = _numbered(database, "events", numbers)
    ids = rows.json_list(row[1] for row in found)
    parties = _parties(database, ids)
    counts = _counts(database, ids)
    return {
        row[0]: rows.event_of(
            row[1:], parties.get((row[1], "actor"), ()), parties.get((row[1], "recipient"), ()), counts.get(row[1], ())
        )
        for row in found
    }


def _parties(database: Database, ids: str) -> Mapping[tuple[str, str], list[Party]]:
    grouped: defaultdict[tuple[str, str], list[Party]] = defaultdict(list)
    sql = f"{rows.select('event_parties')} WHERE event {_AMONG} ORDER BY event, side, position"
    for event, side, _position, *party in database.rows(sql, [ids]):
        grouped[event, side].append(rows.party_of(tuple(party)))
    return grouped


def _counts(database: Database, ids: str) -> Mapping[str, list[Count]]:
    grouped: defaultdict[str, list[Count]] = defaultdict(list)
    sql = f"{rows.select('event_counts')} WHERE event {_AMONG} ORDER BY event, position"
    for event, _position, *count in database.rows(sql, [ids]):
        grouped[event].append(rows.count_of(tuple(count)))
    return grouped


def asserted_stream(
    database: Database, table: str, make: Callable[[rows.Row], Record], query: tuple[str, list[Any]]
) -> Iterator[Record]:
    """The ties, shifts or causes of the numbers that a query gives."""

    def fetch(numbers: Numbers) -> dict[int, Record]:
        return {row[0]: make(row[1:]) for row in _numbered(database, table, numbers)}

    return _stream(database, *query, fetch, size=500)


def incident_stream(database: Database) -> Iterator[Incident]:
    """All incidents, in the canonical order of their first events."""
    sql = """
        SELECT i.rowid FROM incidents i
        LEFT JOIN incident_events m ON m.incident = i.id AND m.position = 0
        LEFT JOIN events e ON e.id = m.event
        LEFT JOIN articles a ON a.id = e.article
        ORDER BY a.published IS NULL, a.published, e.article IS NULL, e.article, e.sentence, e.trigger_start, i.id
    """
    return _stream(database, sql, (), lambda numbers: incidents_numbered(database, numbers), size=200)


def incidents_of(database: Database, event: str) -> Iterator[Incident]:
    """The incident that has that id, or that event: none or one."""
    sql = """
        SELECT rowid FROM incidents WHERE id = ?
        UNION SELECT i.rowid FROM incidents i JOIN incident_events m ON m.incident = i.id WHERE m.event = ?
    """
    return _stream(database, sql, (event, event), lambda numbers: incidents_numbered(database, numbers), size=1)


def incidents_numbered(database: Database, numbers: Numbers) -> dict[int, Incident]:
    """The incidents of these numbers, with their events."""
    found = _numbered(database, "incidents", numbers)
    members: defaultdict[str, list[str]] = defaultdict(list)
    sql = f"SELECT incident, event FROM incident_events WHERE incident {_AMONG} ORDER BY incident, position"
    for incident, event in database.rows(sql, [rows.json_list(row[1] for row in found)]):
        members[incident].append(event)
    return {row[0]: rows.incident_of(row[1:], members[row[1]]) for row in found}


def parsed(database: Database, article: str) -> tuple[Sentence, ...]:
    """The sentences of an article in their order, with tokens and entities."""
    found = database.rows(f'{rows.select("sentences")} WHERE article = ? ORDER BY "index"', [article])
    if not found:
        return ()
    [(packed,)] = database.rows("SELECT parse FROM parses WHERE article = ?", [article])
    bare = [rows.sentence_of(row) for row in found]
    parses = unpack(packed, [(sentence.start, sentence.text) for sentence in bare])
    return tuple(
        replace(sentence, tokens=tokens, entities=entities)
        for sentence, (tokens, entities) in zip(bare, parses, strict=True)
    )


def evidence_stream(
    database: Database, records: Iterable[PlacedRecord]
) -> Iterator[tuple[PlacedRecord, Article | None, Sentence | None]]:
    """Each record with the article and the sentence (without tokens) that it stands in."""
    left = iter(records)
    while some := list(islice(left, 200)):
        articles = _articles_of(database, some)
        sentences = _sentences_of(database, some)
        for record in some:
            yield record, articles.get(record.article), sentences.get((record.article, record.sentence))


def _articles_of(database: Database, records: Iterable[Placed]) -> dict[str | None, Article]:
    ids = sorted({record.article for record in records if record.article is not None})
    found = database.rows(f"{rows.select('articles')} WHERE id {_AMONG}", [rows.json_list(ids)])
    return {row[0]: rows.article_of(row) for row in found}


def _sentences_of(database: Database, records: Iterable[Placed]) -> dict[tuple[str | None, int | None], Sentence]:
    places = sorted(
        {(record.article, record.sentence) for record in records if record.article and record.sentence is not None}
    )
    sql = f"""
        {rows.select("sentences")}
        JOIN json_each(?) AS asked ON sentences.article = json_extract(asked.value, '$[0]')
        AND sentences."index" = json_extract(asked.value, '$[1]')
    """
    return {(row[0], row[1]): rows.sentence_of(row) for row in database.rows(sql, [rows.json_list(places)])}


def _numbered(database: Database, table: str, numbers: Numbers) -> list[rows.Row]:
    """Whole rows with their numbers in front, in no order."""
    return database.rows(
        f"{rows.select(table, f'{table}.rowid')} WHERE {table}.rowid {_AMONG}", [rows.json_list(numbers)]
    )
