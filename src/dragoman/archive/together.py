"""Incidents as the workbench asks for them: those that several events report, and decisions on pairs of events."""

from __future__ import annotations

from collections.abc import Iterable

from ..records import Decision, Incident
from . import rows
from .database import Database
from .reading import incidents_numbered

__all__ = ["ONLY", "Together"]

ONLY = ("", "disputed", "updated", "agreed")
"""What incidents can be asked for: all, or those of which something is so."""

# Few incidents have a second event, so that is where to begin.
_SEVERAL = "FROM incident_events m JOIN incidents i ON i.id = m.incident"

_NEWEST = """
JOIN incident_events f ON f.incident = i.id AND f.position = 0
JOIN events e ON e.id = f.event
LEFT JOIN articles a ON a.id = e.article
WHERE m.position = 1 AND (? = '' OR CASE ? WHEN 'disputed' THEN i.disputed WHEN 'updated' THEN i.updated
    ELSE i.agreed END <> '[]')
ORDER BY a.published IS NULL, a.published DESC, e.article, e.sentence, e.trigger_start, i.id
"""


class Together:
    """The incidents of an archive that several events report."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, only: str, first: int, number: int) -> list[Incident]:
        """So many incidents from a place on, the newest first, all or those of one of `ONLY`."""
        sql = f"SELECT i.rowid {_SEVERAL} {_NEWEST} LIMIT ? OFFSET ?"
        numbers = [found for (found,) in self._database.rows(sql, [only, only, number, first])]
        found = incidents_numbered(self._database, numbers)
        return [found[one] for one in numbers if one in found]

    def counts(self) -> dict[str, int]:
        """How many there are of each of `ONLY`."""
        sums = ", ".join(f"coalesce(sum(i.{name} <> '[]'), 0)" for name in ONLY if name)
        [row] = self._database.rows(f"SELECT count(*), {sums} {_SEVERAL} WHERE m.position = 1")
        return dict(zip(ONLY, row, strict=True))

    def neighbours(self, identity: str) -> tuple[str | None, str | None]:
        """The ids of the incidents before and after one, the newest first."""
        ids = [one for (one,) in self._database.rows(f"SELECT i.id {_SEVERAL} {_NEWEST}", ["", ""])]
        if identity not in ids:
            return None, None
        at = ids.index(identity)
        return (ids[at - 1] if at else None), (ids[at + 1] if at + 1 < len(ids) else None)

    def decisions(self, events: Iterable[str]) -> list[Decision]:
        """The decisions on pairs of events whose first is among these, in the order of their times."""
        sql = f"""
            {rows.select("decisions")} WHERE kind = 'incident' AND record IN (SELECT value FROM json_each(?))
            ORDER BY "when", id
        """
        return [rows.decision_of(row) for row in self._database.rows(sql, [rows.json_list(sorted(set(events)))])]
