"""Incidents as the workbench asks for them: those that several events report, and decisions on pairs of events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..records import Decision, Incident
from . import rows
from .database import Database
from .reading import incidents_numbered

__all__ = ["compared", "compared_counts", "incident_of", "neighbours", "pair_decisions"]

_SEVERAL = "EXISTS (SELECT 1 FROM incident_events m WHERE m.incident = i.id AND m.position = 1)"

_ONLY: Mapping[str, str] = {
    "": _SEVERAL,
    "disputed": f"i.disputed <> '[]' AND {_SEVERAL}",
    "updated": f"i.updated <> '[]' AND {_SEVERAL}",
    "agreed": f"i.agreed <> '[]' AND {_SEVERAL}",
}

_NEWEST = """
JOIN incident_events f ON f.incident = i.id AND f.position = 0
JOIN events e ON e.id = f.event
LEFT JOIN articles a ON a.id = e.article
ORDER BY a.published IS NULL, a.published DESC, e.article, e.sentence, e.trigger_start, i.id
"""


def compared(database: Database, only: str, first: int, number: int) -> list[Incident]:
    """Incidents that several events report, the newest first; `only` those with something so ("disputed")."""
    sql = f"SELECT i.rowid FROM incidents i {_NEWEST.replace('ORDER BY', f'WHERE {_ONLY[only]} ORDER BY')}"
    numbers = [number for (number,) in database.rows(f"{sql} LIMIT ? OFFSET ?", [number, first])]
    found = incidents_numbered(database, numbers)
    return [found[number] for number in numbers if number in found]


def compared_counts(database: Database) -> dict[str, int]:
    """How many incidents there are of each kind that `compared` takes."""
    return {
        only: int(database.rows(f"SELECT count(*) FROM incidents i WHERE {where}")[0][0])
        for only, where in _ONLY.items()
    }


def incident_of(database: Database, identity: str) -> Incident | None:
    """The incident of an id, or the one that an event of that id is in; None where there is none."""
    sql = """
        SELECT rowid FROM incidents WHERE id = ?
        OR id = (SELECT incident FROM incident_events WHERE event = ? LIMIT 1) ORDER BY id = ? DESC LIMIT 1
    """
    numbers = [number for (number,) in database.rows(sql, [identity, identity, identity])]
    return next(iter(incidents_numbered(database, numbers).values()), None)


def neighbours(database: Database, identity: str) -> tuple[str | None, str | None]:
    """The ids of the incidents before and after one among all that several events report, the newest first."""
    sql = f"SELECT i.id FROM incidents i {_NEWEST.replace('ORDER BY', f'WHERE {_SEVERAL} ORDER BY')}"
    ids = [one for (one,) in database.rows(sql)]
    if identity not in ids:
        return None, None
    at = ids.index(identity)
    return (ids[at - 1] if at else None), (ids[at + 1] if at + 1 < len(ids) else None)


def pair_decisions(database: Database, events: Iterable[str]) -> list[Decision]:
    """The decisions on pairs of events whose first is among these, in the order of their times."""
    sql = f"""
        {rows.select("decisions")} WHERE kind = 'incident' AND record IN (SELECT value FROM json_each(?))
        ORDER BY "when", id
    """
    return [rows.decision_of(row) for row in database.rows(sql, [rows.json_list(sorted(set(events)))])]
