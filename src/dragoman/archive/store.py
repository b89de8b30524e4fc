"""The archive: one file that keeps everything read, found and decided, and gives it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ..records import Actor, Change, CodedArticle, Event, Run, Unread
from . import rows, runs, writing
from .coded import Coded
from .concluded import Concluded
from .database import Database
from .decided import Decided
from .tables import COUNTED
from .texts import Texts

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


class Archive(Texts, Coded, Concluded, Decided):
    """An open archive; use it as a context manager, or `close` it.

    One process writes at a time, any number read. What a method keeps is kept whole or not at all.
    What it gives comes in an order that depends on the records alone.
    """

    __slots__ = ()

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
