"""What is asked of an archive as a whole: who published when, what is dated how well, what was decided last."""

from __future__ import annotations

from datetime import date

from ..records import Decision
from . import rows
from .database import Database

__all__ = ["inferred", "latest_decisions", "published", "wide"]

_PUBLISHED = """
SELECT coalesce(outlet, source), substr(published, 1, 10), count(*) FROM articles
WHERE published IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2
"""


def published(database: Database) -> dict[str, dict[date, int]]:
    """How many articles each outlet (or source, where none is named) published on each day; others are left out."""
    found: dict[str, dict[date, int]] = {}
    for outlet, day, count in database.rows(_PUBLISHED):
        try:
            found.setdefault(outlet, {})[date.fromisoformat(day)] = count
        except ValueError:
            continue
    return {outlet: days for outlet, days in found.items() if days}


def inferred(database: Database) -> int:
    """How many articles have a date that their own words told."""
    # Strings between these two begin with "inferred".
    sql = "SELECT count(*) FROM articles WHERE published_basis >= 'inferred' AND published_basis < 'inferree'"
    return int(database.rows(sql)[0][0])


def wide(database: Database, days: int) -> int:
    """How many events have a first and a last day that lie farther apart than so many days."""
    sql = "SELECT count(*) FROM events WHERE julianday(date_to) - julianday(date_from) > ?"
    return int(database.rows(sql, [days])[0][0])


def latest_decisions(database: Database, most: int) -> list[Decision]:
    """The decisions that were made or undone last, the latest first."""
    sql = f'{rows.select("decisions")} ORDER BY coalesce(undone, "when") DESC, rowid DESC LIMIT ?'
    return [rows.decision_of(row) for row in database.rows(sql, [most])]
