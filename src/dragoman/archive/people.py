"""The register of actors as the workbench asks for it: page by page, and how the texts call one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..records import Actor
from . import rows
from .database import Database

__all__ = ["Called", "People", "Registered"]


@dataclass(frozen=True, slots=True)
class Registered:
    """An actor with the number of events that it is a party to."""

    actor: Actor
    events: int


@dataclass(frozen=True, slots=True)
class Called:
    """Words by which texts call an actor, of which kind they are, why they are taken so, and how often they stand."""

    words: str
    kind: str
    why: str
    times: int


_COUNTED = "(SELECT count(DISTINCT event) FROM event_parties WHERE actor = actors.id)"
_ESCAPED = str.maketrans({"%": r"\%", "_": r"\_", "\\": r"\\"})


class People:
    """The register of an archive."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, text: str, kind: str, first: int, number: int) -> list[Registered]:
        """So many actors from a place on, those with most events first.

        Their name or an alias holds `text`, and they are of the `kind`, where one is given.
        """
        where, asked = _wanted(text, kind)
        sql = (
            f"{rows.select('actors', f'{_COUNTED} AS events')} WHERE {where} ORDER BY events DESC, id LIMIT ? OFFSET ?"
        )
        return [Registered(rows.actor_of(row[1:]), row[0]) for row in self._database.rows(sql, [*asked, number, first])]

    def number(self, text: str, kind: str) -> int:
        """How many actors `page` can give."""
        where, asked = _wanted(text, kind)
        return int(self._database.rows(f"SELECT count(*) FROM actors WHERE {where}", asked)[0][0])

    def kinds(self) -> dict[str, int]:
        """The kinds of actors and how many there are of each."""
        sql = "SELECT kind, count(*) FROM actors GROUP BY kind ORDER BY count(*) DESC, kind"
        return dict(self._database.rows(sql))

    def actor(self, identity: str) -> Registered | None:
        """The actor of an id, with the number of its events; None where there is none."""
        found = self._database.rows(f"{rows.select('actors', _COUNTED)} WHERE id = ?", [identity])
        return Registered(rows.actor_of(found[0][1:]), found[0][0]) if found else None

    def called(self, identity: str) -> list[Called]:
        """How the texts call an actor, pronouns apart, what is said most often first."""
        sql = """
            SELECT text, min(kind), min(why), count(*) FROM mentions
            WHERE actor = ? AND kind <> 'pronoun' GROUP BY text ORDER BY count(*) DESC, text
        """
        return [Called(*row) for row in self._database.rows(sql, [identity])]


def _wanted(text: str, kind: str) -> tuple[str, list[Any]]:
    like = f"%{text.translate(_ESCAPED)}%"
    return (
        r"(name LIKE ? ESCAPE '\' OR aliases LIKE ? ESCAPE '\') AND (? = '' OR kind = ?)",
        [like, like, kind, kind],
    )
