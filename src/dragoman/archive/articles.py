"""Articles without their texts: the list of them page by page, and how they stand to each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .database import Database
from .queries import full_text

__all__ = ["Kin", "Listed", "around", "kin", "listed"]


@dataclass(frozen=True, slots=True)
class Kin:
    """An article that tells the same: how it stands to the one asked of, and what it is called."""

    how: str
    id: str
    title: str | None
    outlet: str
    published: str | None


@dataclass(frozen=True, slots=True)
class Listed:
    """An article in a list: what it is, and how many events were coded from it."""

    id: str
    title: str | None
    outlet: str
    published: str | None
    events: int


_KIN = """
WITH this AS (SELECT id, near_copy_of, version_of FROM articles WHERE id = ?)
SELECT how, a.id, a.title, coalesce(a.outlet, a.source), a.published FROM (
    SELECT 'original of this near-copy' AS how, near_copy_of AS akin FROM this WHERE near_copy_of IS NOT NULL
    UNION SELECT 'near-copy', b.id FROM this JOIN articles b ON b.near_copy_of = this.id
    UNION SELECT 'near-copy of the same', b.id FROM this JOIN articles b ON b.near_copy_of = this.near_copy_of
    UNION SELECT 'earlier version', version_of FROM this WHERE version_of IS NOT NULL
    UNION SELECT 'later version', b.id FROM this JOIN articles b ON b.version_of = this.id
) JOIN articles a ON a.id = akin WHERE a.id <> (SELECT id FROM this)
ORDER BY a.published IS NULL, a.published, a.id, how
"""


def kin(database: Database, article: str) -> list[Kin]:
    """The near-copies and other versions of an article, by date."""
    return [Kin(*row) for row in database.rows(_KIN, [article])]


def around(database: Database, article: str) -> tuple[str | None, str | None]:
    """The articles before and after one in canonical order; None at the ends."""
    here = "(SELECT published IS NULL, coalesce(published, ''), id FROM articles WHERE id = ?)"
    place = "(published IS NULL, coalesce(published, ''), id)"
    order = "published IS NULL {0}, published {0}, id {0} LIMIT 1"
    before = database.rows(f"SELECT id FROM articles WHERE {place} < {here} ORDER BY {order.format('DESC')}", [article])
    after = database.rows(f"SELECT id FROM articles WHERE {place} > {here} ORDER BY {order.format('ASC')}", [article])
    return (before[0][0] if before else None), (after[0][0] if after else None)


def listed(
    database: Database, *, outlet: str, text: str, inferred: bool, after: str, most: int
) -> tuple[list[Listed], int]:
    """Articles by date that fit, those that follow on the article `after`, at most `most`; and how many fit in all.

    `text` is looked for as `Archive.search` does, in any one sentence; `inferred` asks for those whose date their own
    words told.
    """
    conditions: list[tuple[str, list[Any]]] = []
    if outlet:
        conditions.append(("coalesce(a.outlet, a.source) = ?", [outlet]))
    if inferred:
        conditions.append(("a.published_basis >= 'inferred' AND a.published_basis < 'inferree'", []))
    if words := full_text(text):
        found = "SELECT s.article FROM sentences_fts JOIN sentences s ON s.number = sentences_fts.rowid"
        conditions.append((f"a.id IN ({found} WHERE sentences_fts MATCH ?)", [words]))
    where = " AND ".join(condition for condition, _ in conditions) or "1"
    asked = [value for _, values in conditions for value in values]
    [(count,)] = database.rows(f"SELECT count(*) FROM articles a WHERE {where}", asked)
    if after:
        place = "(a.published IS NULL, coalesce(a.published, ''), a.id)"
        where += f" AND {place} > (SELECT published IS NULL, coalesce(published, ''), id FROM articles WHERE id = ?)"
        asked.append(after)
    rows = database.rows(
        f"""
        SELECT a.id, a.title, coalesce(a.outlet, a.source), a.published,
            (SELECT count(*) FROM events e WHERE e.article = a.id)
        FROM articles a WHERE {where} ORDER BY a.published IS NULL, a.published, a.id LIMIT ?
        """,
        [*asked, most],
    )
    return [Listed(*row) for row in rows], count
