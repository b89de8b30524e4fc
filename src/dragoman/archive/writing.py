"""What is put into an archive, inside a transaction that the caller holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from itertools import chain
from typing import Any

from ..errors import ArchiveError
from ..records import Actor, CodedArticle, Event, Incident, Sentence, Unread
from . import rows
from .parses import pack

__all__ = [
    "forget_unread",
    "merged",
    "packed",
    "put_actors",
    "put_article",
    "put_events",
    "put_incidents",
    "put_unread",
    "rename",
    "replace_events",
    "without_indexes",
]


def packed(coded: CodedArticle) -> bytes:
    """The parse of an article as it is kept: made before the transaction, which others wait for."""
    return pack(_in_order(coded))


def _in_order(coded: CodedArticle) -> list[Sentence]:
    return sorted(coded.sentences, key=lambda sentence: sentence.index)


def put_article(connection: sqlite3.Connection, coded: CodedArticle, parse: bytes) -> bool:
    """Put one article with all that was found in it and its parse; False where the archive has it already."""
    article = coded.article
    put = connection.execute(f"{rows.insert('articles')} ON CONFLICT (id) DO NOTHING", rows.article_row(article))
    if put.rowcount == 0:
        return False
    try:
        _put_found(connection, coded, parse)
    except sqlite3.IntegrityError as error:
        message = f"The records of the article {article.id} ({article.source}) do not fit together: {error}."
        raise ArchiveError("A003", message) from error
    return True


def _put_found(connection: sqlite3.Connection, coded: CodedArticle, parse: bytes) -> None:
    article = coded.article.id
    connection.executemany(rows.insert("sentences"), map(rows.sentence_row, _in_order(coded)))
    connection.execute("INSERT INTO parses (article, parse) VALUES (?, ?)", (article, parse))
    mentions = [rows.mention_row(article, mention) for mention in coded.mentions]
    connection.executemany(rows.insert("mentions"), mentions)
    put_events(connection, coded.events)
    connection.executemany(rows.insert("ties"), map(rows.tie_row, coded.ties))
    connection.executemany(rows.insert("shifts"), map(rows.shift_row, coded.shifts))
    connection.executemany(rows.insert("causes"), map(rows.cause_row, coded.causes))


def put_events(connection: sqlite3.Connection, events: Iterable[Event]) -> None:
    """Put events with their parties and counts; none of them may be there yet."""
    found = list(events)
    connection.executemany(rows.insert("events"), map(rows.event_row, found))
    connection.executemany(rows.insert("event_parties"), chain.from_iterable(map(rows.party_rows, found)))
    connection.executemany(rows.insert("event_counts"), chain.from_iterable(map(rows.count_rows, found)))


def replace_events(connection: sqlite3.Connection, events: Sequence[Event]) -> int:
    """Put events in the place of those of the same ids; returns how many were there."""
    # Of two with one id the later holds.
    latest = {event.id: event for event in events}
    among = "IN (SELECT value FROM json_each(?))"
    gone = connection.execute(f"DELETE FROM events WHERE id {among}", [rows.json_list(latest)])
    put_events(connection, latest.values())
    return gone.rowcount + len(events) - len(latest)


@contextmanager
def without_indexes(connection: sqlite3.Connection, *tables: str) -> Iterator[None]:
    """Put many rows into tables whose indexes, but for those of keys, are made anew at the end."""
    where = f"type = 'index' AND sql IS NOT NULL AND tbl_name IN ({', '.join('?' * len(tables))})"
    indexes = connection.execute(f"SELECT name, sql FROM sqlite_schema WHERE {where} ORDER BY name", tables).fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    yield
    for _, sql in indexes:
        connection.execute(sql)


def put_actors(connection: sqlite3.Connection, actors: Sequence[Actor]) -> None:
    """Put actors; one that is there already, known differently, becomes what both say of it.

    So the actors are the same whatever the order in which articles come.
    """
    known = _known(connection, {actor.id for actor in actors})
    for actor in actors:
        there = known.get(actor.id)
        known[actor.id] = actor if there is None else merged(there, actor)
    statement = rows.insert("actors").replace("INSERT", "INSERT OR REPLACE", 1)
    connection.executemany(statement, map(rows.actor_row, known.values()))


def _known(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, Actor]:
    asked = rows.json_list(sorted(ids))
    found = connection.execute(f"{rows.select('actors')} WHERE id IN (SELECT value FROM json_each(?))", (asked,))
    return {row[0]: rows.actor_of(row) for row in found}


def merged(one: Actor, other: Actor) -> Actor:
    """What two accounts of an actor say together; which of them comes first makes no difference.

    Aliases, wholes and offices are joined, in order; of all else the smaller is taken, and what is
    known rather than nothing. An account merged with itself is left as it is.
    """
    if one == other:
        return one
    values = {
        field.name: _joined(field.name, getattr(one, field.name), getattr(other, field.name)) for field in fields(one)
    }
    return Actor(**values)


def _joined(name: str, one: Any, other: Any) -> Any:
    if name in ("aliases", "part_of", "offices"):
        return tuple(sorted({*one, *other}, key=repr))
    # The first sector makes the code, so two lists of sectors are not mixed. Known goes before unknown.
    return min(one, other, key=lambda value: (not value, value or ""))


NAMED = (
    ("mentions", ""),
    ("event_parties", ""),
    *(("ties", role) for role in ("source_", "target_")),
    *(("shifts", role) for role in ("who_", "away_from_", "toward_")),
)
"""Where parties stand: the table, and what its columns of a party begin with."""


def rename(connection: sqlite3.Connection, ids: Mapping[str, str]) -> None:
    """Give the parties of the names in `ids` the ids there, wherever another id stands."""
    for table, role in NAMED:
        among = f"SELECT DISTINCT {role}name, {role}actor FROM {table} WHERE {role}actor IS NOT NULL"
        wrong = [(ids[name], name, old) for name, old in connection.execute(among) if ids.get(name, old) != old]
        connection.executemany(f"UPDATE {table} SET {role}actor = ? WHERE {role}name = ? AND {role}actor = ?", wrong)


def put_incidents(connection: sqlite3.Connection, incidents: Iterable[Incident]) -> None:
    """Put incidents; none of them may be there yet, all of their events must."""
    for incident in incidents:
        connection.execute(rows.insert("incidents"), rows.incident_row(incident))
        members = [(incident.id, position, event) for position, event in enumerate(incident.events)]
        connection.executemany(rows.insert("incident_events"), members)


def put_unread(connection: sqlite3.Connection, unread: Iterable[Unread]) -> int:
    """Note what was not read; the same note twice is one. Returns how many notes are new."""
    statement = f"{rows.insert('unread')} ON CONFLICT DO NOTHING"
    return connection.executemany(statement, map(rows.unread_row, unread)).rowcount


def forget_unread(connection: sqlite3.Connection, source: str) -> None:
    """Forget what was noted of a file, and of the tables in it where it is an archive of several."""
    connection.execute(
        "DELETE FROM unread WHERE source = ? OR substr(source, 1, ?) = ?", [source, len(source) + 1, f"{source}/"]
    )
