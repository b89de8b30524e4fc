"""Which records, in which order: filters and canonical orders as SQL.

Canonical order is that of publication (the ISO text as it stands; undated articles last), then of
the article's id, then of the place in the text. It depends on nothing but the records, so what is
exported is the same whatever the order in which they were read.

Names are compared as `records.slug` writes them, whole or by whole words: "kataib hezbollah" finds
"Kata'ib Hezbollah", and "Iran" the "Government of Iran", but "Oman" does not find Romania.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ..errors import UsageError
from ..records import Status, slug
from .database import Database
from .rows import json_list

__all__ = [
    "ARTICLES",
    "NEAR_COPIES",
    "SEARCHED",
    "EventFilter",
    "among",
    "asserted_numbers",
    "event_numbers",
    "full_text",
]

_PUBLISHED = "a.published IS NULL, a.published"

ARTICLES = f"SELECT a.rowid FROM articles a ORDER BY {_PUBLISHED}, a.id"
"""The numbers of all articles, in canonical order."""

NEAR_COPIES = f"""
SELECT a.id, a.near_copy_of FROM articles a WHERE a.near_copy_of IS NOT NULL ORDER BY {_PUBLISHED}, a.id
"""
"""The near-copies with their originals, in canonical order."""

SEARCHED = f"""
SELECT s.number FROM sentences_fts
JOIN sentences s ON s.number = sentences_fts.rowid
JOIN articles a ON a.id = s.article
WHERE sentences_fts MATCH ?
ORDER BY {_PUBLISHED}, a.id, s."index"
"""
"""The numbers of the sentences that a full-text query finds, in canonical order."""

EVENT_ORDER = f"""
{_PUBLISHED}, e.article IS NULL, e.article, e.sentence, e.trigger_start, e.type,
e.source_file, e.source_line, e.id
"""

_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_AMONG = "IN (SELECT value FROM json_each(?))"

Condition = tuple[str, list[Any]]


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events are wanted; what is None is not asked. `Archive.events` says what each means."""

    article: str | None = None
    actor: str | None = None
    by: str | None = None
    toward: str | None = None
    type: str | None = None
    since: str | None = None
    until: str | None = None
    place: str | None = None
    outlet: str | None = None
    status: str | None = None
    incident: str | None = None
    reported: bool = False


def event_numbers(database: Database, wanted: EventFilter) -> tuple[str, list[Any]]:
    """The query for the numbers of the wanted events in canonical order, with its parameters.

    Raises:
        UsageError: a status that there is not, or a date that is no ISO date.
    """
    conditions = [*_plain(wanted), *_dates(wanted)]
    for name, side in ((wanted.actor, None), (wanted.by, "actor"), (wanted.toward, "recipient")):
        if name is not None:
            conditions.append(_party(database, name, side))
    if wanted.place is not None:
        conditions.append(_place(database, wanted.place))
    if wanted.outlet is not None:
        conditions.append((f"a.outlet {_AMONG}", [_alike(database, "outlet", "articles", wanted.outlet)]))
    where = " AND ".join(f"({sql})" for sql, _ in conditions) or "1"
    joined = "events e LEFT JOIN articles a ON a.id = e.article"
    parameters = [parameter for _, some in conditions for parameter in some]
    return f"SELECT e.rowid FROM {joined} WHERE {where} ORDER BY {EVENT_ORDER}", parameters


def asserted_numbers(table: str, article: str | None) -> tuple[str, list[Any]]:
    """The query for the numbers of ties, shifts or causes in canonical order, with its parameters."""
    where, parameters = ("1", []) if article is None else ("t.article = ?", [article])
    return (
        f"SELECT t.rowid FROM {table} t JOIN articles a ON a.id = t.article WHERE {where} "
        f"ORDER BY {_PUBLISHED}, t.article, t.sentence, t.start, t.id",
        parameters,
    )


def among(table: str) -> str:
    """The query for the numbers of the records of certain ids, given as one JSON list."""
    return f"SELECT rowid FROM {table} WHERE id {_AMONG} ORDER BY article, sentence, id"


def full_text(text: str) -> str:
    """What a person types as a query of FTS5: every word, "a phrase" as it stands, begin* of a word.

    Nothing else is syntax: what would be (a hyphen, a bracket, NEAR) is taken as text.

    >>> full_text('Quds "drone strike" milit*')
    '"Quds" "drone strike" "milit" *'
    """
    terms = []
    for phrase, word in re.findall(r'"([^"]*)"|([^\s"]+)', text):
        term = (phrase or word).replace("\0", " ")
        if any(character.isalnum() for character in term):
            stem = term.removesuffix("*")
            terms.append(f'"{stem}" *' if word and stem != term else f'"{term}"')
    return " ".join(terms)


def _plain(wanted: EventFilter) -> list[Condition]:
    conditions: list[Condition] = []
    if wanted.article is not None:
        conditions.append(("e.article = ?", [wanted.article]))
    if wanted.type is not None:
        conditions.append(("e.type = ?", [wanted.type.upper()]))
    if wanted.status is not None:
        conditions.append(("e.status = ?", [_status(wanted.status)]))
    if wanted.incident is not None:
        members = "SELECT event FROM incident_events WHERE incident = ?"
        conditions.append((f"e.id IN ({members})", [wanted.incident]))
    if wanted.reported:
        conditions.append(("e.article IS NOT NULL", []))
    return conditions


def _status(name: str) -> str:
    if name.lower() not in list(Status):
        raise UsageError("U001", f"There is no status {name!r}. Choose one of: {', '.join(Status)}.")
    return name.lower()


def _dates(wanted: EventFilter) -> list[Condition]:
    """The event's interval and the wanted one overlap; an end that is open reaches as far as it must."""
    conditions: list[Condition] = []
    if wanted.since is not None:
        since = _day("since", wanted.since)
        conditions.append(("e.date_to >= ? OR (e.date_to IS NULL AND e.date_from IS NOT NULL)", [since]))
    if wanted.until is not None:
        # "2020-01~" stands after every day of that month, whatever its length.
        until = _day("until", wanted.until) + "~"
        conditions.append(("e.date_from <= ? OR (e.date_from IS NULL AND e.date_to IS NOT NULL)", [until]))
    return conditions


def _day(name: str, value: str) -> str:
    if not _DAY.fullmatch(value):
        raise UsageError("U001", f"{name} must be an ISO date such as 2020-01-03, 2020-01 or 2020, not {value!r}.")
    return value


def _party(database: Database, name: str, side: str | None) -> Condition:
    """Events with a party of that id, name or code; a code also by its country alone ("USA")."""
    code = name.upper()
    who = f"actor {_AMONG} OR name {_AMONG} OR code = ? OR (code >= ? AND code < ?)"
    # "USA " to "USA!" holds every code that begins with "USA ".
    parameters = [_ids(database, name), _alike(database, "name", "event_parties", name), code, code + " ", code + "!"]
    if side is None:
        return f"e.id IN (SELECT event FROM event_parties WHERE {who})", parameters
    return f"e.id IN (SELECT event FROM event_parties WHERE side = ? AND ({who}))", [side, *parameters]


def _ids(database: Database, name: str) -> str:
    """The ids that a name may mean: itself, and those of actors of that name or that alias."""
    wanted = slug(name)
    found = {name, wanted}
    aliases = "SELECT actors.id, alias.value FROM actors, json_each(actors.aliases) AS alias"
    found.update(identity for identity, alias in database.rows(aliases) if slug(alias) == wanted)
    found.update(identity for identity, of in database.rows("SELECT id, name FROM actors") if _within(wanted, of))
    return json_list(sorted(found))


def _place(database: Database, place: str) -> Condition:
    names = f"e.place_name {_AMONG} OR e.place_text {_AMONG} OR e.place_country = ?"
    parameters = [_alike(database, column, "events", place) for column in ("place_name", "place_text")]
    return names, [*parameters, place.upper()]


def _alike(database: Database, column: str, table: str, wanted: str) -> str:
    """The values of a column that are the wanted name or hold it among their words."""
    values = database.rows(f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL")
    return json_list(value for (value,) in values if _within(slug(wanted), value))


def _within(wanted: str, name: str) -> bool:
    return f"-{wanted}-" in f"-{slug(name)}-"
