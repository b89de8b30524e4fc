"""What is concluded over all articles: the register of actors, incidents, near-copies and versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..records import Actor, Incident
from . import queries, reading, rows, writing
from .opened import Opened
from .people import People
from .together import Together

__all__ = ["Concluded"]


class Concluded(Opened):
    """What an archive keeps of what is concluded from several articles."""

    __slots__ = ()

    @property
    def together(self) -> Together:
        """The incidents that several events report."""
        return Together(self._database)

    @property
    def people(self) -> People:
        """The register of actors, page by page."""
        return People(self._database)

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
