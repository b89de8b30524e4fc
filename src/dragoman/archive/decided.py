"""What people decided on the records of an archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..records import Decision
from . import overview, rows
from .opened import Opened

__all__ = ["Decided"]


class Decided(Opened):
    """What an archive keeps of people's decisions."""

    __slots__ = ()

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
