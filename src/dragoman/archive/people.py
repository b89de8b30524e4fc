"""The register of actors as the workbench asks for it: page by page, and how the texts call one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..records import Actor
from . import rows
from .database import Database

__all__ = ["Called", "Registered", "actor_of", "called", "kinds", "registered", "registered_number"]


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


def registered(database: Database, text: str, kind: str, first: int, number: int) -> list[Registered]:
    """Actors whose name or an alias holds `text`, of one `kind` where one is given, those with most events first."""
    where, parameters = _wanted(text, kind)
    sql = f"{rows.select('actors', f'{_COUNTED} AS events')} WHERE {where} ORDER BY events DESC, id LIMIT ? OFFSET ?"
    return [Registered(rows.actor_of(row[1:]), row[0]) for row in database.rows(sql, [*parameters, number, first])]


def registered_number(database: Database, text: str, kind: str) -> int:
    """How many actors `registered` finds."""
    where, parameters = _wanted(text, kind)
    return int(database.rows(f"SELECT count(*) FROM actors WHERE {where}", parameters)[0][0])


def _wanted(text: str, kind: str) -> tuple[str, list[Any]]:
    like = f"%{text.translate(_ESCAPED)}%"
    return (
        r"(name LIKE ? ESCAPE '\' OR aliases LIKE ? ESCAPE '\') AND (? = '' OR kind = ?)",
        [like, like, kind, kind],
    )


def kinds(database: Database) -> dict[str, int]:
    """The kinds of actors and how many there are of each."""
    return dict(database.rows("SELECT kind, count(*) FROM actors GROUP BY kind ORDER BY count(*) DESC, kind"))


def actor_of(database: Database, identity: str) -> Registered | None:
    """The actor of an id, with the number of its events; None where there is none."""
    found = database.rows(f"{rows.select('actors', _COUNTED)} WHERE id = ?", [identity])
    return Registered(rows.actor_of(found[0][1:]), found[0][0]) if found else None


def called(database: Database, identity: str) -> list[Called]:
    """How the texts call an actor, pronouns apart, what is said most often first."""
    sql = """
        SELECT text, min(kind), min(why), count(*) FROM mentions
        WHERE actor = ? AND kind <> 'pronoun' GROUP BY text
        ORDER BY count(*) DESC, text
    """
    return [Called(*row) for row in database.rows(sql, [identity])]
