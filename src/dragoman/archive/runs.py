"""The runs of reading that an archive has been through, and what each changed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from ..records import Change, CodedArticle, Run
from . import rows, writing
from .database import Database

__all__ = ["begun", "changes_of", "reread", "runs_of"]


def begun(connection: sqlite3.Connection, run: Run) -> int:
    """Note a run; returns its number, which is the next whatever the record says."""
    columns = (None, run.what, run.version, run.model, run.articles, run.events)
    return int(connection.execute(rows.insert("runs"), columns).lastrowid or 0)


def reread(
    connection: sqlite3.Connection, run: int, coded: Sequence[tuple[CodedArticle, bytes]], found: Iterable[Change]
) -> None:
    """Put what was found in articles, each with its parse, in the place of what is there; note what changed."""
    for one, parse in coded:
        connection.execute("DELETE FROM articles WHERE id = ?", [one.article.id])
        writing.put_article(connection, one, parse)
        writing.put_actors(connection, one.actors)
    [next_position] = connection.execute("SELECT count(*) FROM run_changes WHERE run = ?", [run]).fetchone()
    changes = [
        (run, position, change.event, _json(change.before), _json(change.after))
        for position, change in enumerate(found, next_position)
    ]
    connection.executemany(rows.insert("run_changes"), changes)
    events = sum(len(one.events) for one, _ in coded)
    counted = "UPDATE runs SET articles = articles + ?, events = events + ? WHERE number = ?"
    connection.execute(counted, [len(coded), events, run])


def runs_of(database: Database) -> Iterator[Run]:
    """The runs, the latest first."""
    changed = "(SELECT count(*) FROM run_changes WHERE run = runs.number)"
    sql = f"SELECT number, what, version, model, articles, events, {changed} FROM runs ORDER BY number DESC"
    return (Run(*row) for row in database.rows(sql))


def changes_of(database: Database, run: int) -> Iterator[Change]:
    """What a run changed, in the order of the text."""
    sql = "SELECT event, before, after FROM run_changes WHERE run = ? ORDER BY position"
    for event, before, after in database.rows(sql, [run]):
        yield Change(event, json.loads(before or "null"), json.loads(after or "null"))


def _json(record: object) -> str | None:
    return None if record is None else json.dumps(record, ensure_ascii=False, separators=(",", ":"))
