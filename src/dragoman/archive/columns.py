"""The events of an archive as columns of small numbers in memory: what many questions at once are asked of.

A page of the workbench counts one choice of events by eight fields, by week and by place. Over 100,000 events SQLite
needs up to half a second of one core for a single such count (it sorts text, and looks up parties by the event's id);
over these columns each takes a millisecond. Loading them takes a second, once for each change of the events.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .database import Database

__all__ = ["Columns", "Mark", "load", "mark"]

Numbers = NDArray[np.int32]
Mark = tuple[Any, ...]

_MARK = "SELECT (SELECT count(*) FROM events), (SELECT max(rowid) FROM events), (SELECT max(number) FROM runs)"
_EVENTS = """
SELECT
    e.rowid, e.id, e.type, e.status, e.place_name, e.quad, e.article, e.confidence, e.date_from, e.date_to,
    e.lat, e.lon, s.number
FROM events e LEFT JOIN sentences s ON s.article = e.article AND s."index" = e.sentence ORDER BY e.rowid
"""
_PARTIES = "SELECT event, side = 'recipient', actor, name FROM event_parties"


@dataclass(frozen=True, slots=True)
class Columns:
    """The events in the order of their numbers in the archive; an array has a value for each.

    `first` and `last` are the ordinals of the days between which an event was (0: open or not said), `sentence` is
    the number of the sentence that it stands in (0: none). The arrays of `codes` hold places in the lists of `names`
    ("type", "status", "place", "quad", "outlet"), where 0 is "". `event` (a place in the other arrays), `side`
    (0 actor, 1 recipient) and `party` (a place in `names["party"]`) say who took part, each once on a side: by the id
    of the party or, where it has none (`unknown`), by its name. `twice` are the entries whose party stands on the
    other side of the event too, `called` says what the parties are called, `points` holds latitude and longitude
    of the places that have them, and `same` says which party people take which other to be.
    """

    numbers: NDArray[np.int64]
    codes: dict[str, Numbers]
    names: dict[str, list[str]]
    confidence: NDArray[np.float32]
    first: Numbers
    last: Numbers
    sentence: NDArray[np.int64]
    event: Numbers
    side: Numbers
    party: Numbers
    twice: NDArray[np.bool_]
    unknown: NDArray[np.bool_]
    called: list[str]
    points: dict[int, tuple[float, float]]
    same: Mapping[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def day(self) -> Numbers:
        """The day by which each event is put in order: its first, else its last; 0 where neither is said."""
        return np.where(self.first > 0, self.first, self.last)

    def merged(self, same: Mapping[str, str]) -> Columns:
        """The columns in which each party of `same` (id -> id of whom it is) counts as the other."""
        if not same:
            return self
        names, called = list(self.names["party"]), list(self.called)
        places = {name: place for place, name in enumerate(names)}
        to = np.arange(len(names), dtype=np.int64)
        for one, other in same.items():
            if one in places:
                if other not in places:
                    places[other] = len(names)
                    names.append(other)
                    called.append(called[places[one]])
                to[places[one]] = places[other]
        event, party, side, twice, which = _entries(self.event.astype(np.int64), to[self.party], self.side, len(names))
        return replace(
            self, names=self.names | {"party": names}, called=called, event=event, party=party, side=side, twice=twice,
            unknown=self.unknown[which], same=same,
        )  # fmt: skip

    def surest(self, column: str) -> dict[str, tuple[int, int]]:
        """The values of a column: how many events have each, and the number of the one that is coded most surely."""
        codes = self.codes[column]
        order = np.lexsort((-self.confidence, codes))
        found, at, counts = np.unique(codes[order], return_index=True, return_counts=True)
        values = (self.names[column][code] for code in found.tolist())
        numbers = self.numbers[order[at]].tolist()
        return {
            value: (count, number)
            for value, count, number in zip(values, counts.tolist(), numbers, strict=True)
            if value
        }

    def placed(self, numbers: Iterable[int]) -> Numbers:
        """Where events of these numbers stand in the columns; what is not there is left out."""
        asked = np.unique(np.fromiter(numbers, np.int64))
        at = np.searchsorted(self.numbers, asked)
        there = at < len(self.numbers)
        return np.asarray(at[there][self.numbers[at[there]] == asked[there]], np.int32)


def mark(database: Database) -> Mark:
    """What changes whenever the events do, their number first: columns loaded under another mark are old."""
    return database.rows(_MARK)[0]


def load(database: Database) -> Columns:
    """The columns of an archive."""
    rows = database.rows(_EVENTS)
    outlets = dict(database.rows("SELECT id, coalesce(outlet, source) FROM articles"))
    number, ids, kind, status, place, quad, article, confidence, start, end, lat, lon, sentence = _across(rows, 13)
    coded = {
        "type": _coded(kind), "status": _coded(status), "place": _coded(place), "quad": _coded(quad),
        "outlet": _coded(outlets.get(one) for one in article),
    }  # fmt: skip
    numbers = np.array(number, np.int64)
    taking, parties, called = _parties(database, {event: at for at, event in enumerate(ids)})
    codes = {name: column for name, (column, _) in coded.items()}
    found = zip(codes["place"].tolist(), lat, lon, strict=True)
    points = {place: (north, east) for place, north, east in found if place and north is not None and east is not None}
    return Columns(
        numbers, codes, {name: names for name, (_, names) in coded.items()} | {"party": parties},
        np.array(confidence, np.float32), _days(start, 0), _days(end, 1),
        np.array([one or 0 for one in sentence], np.int64), *taking, called, points,
    )  # fmt: skip


def _parties(
    database: Database, events: Mapping[str, int]
) -> tuple[tuple[Numbers, Numbers, Numbers, NDArray[np.bool_], NDArray[np.bool_]], list[str], list[str]]:
    event, side, actor, name = _across(database.rows(_PARTIES), 4)
    keys = [one or other for one, other in zip(actor, name, strict=True)]
    party, names = _coded(keys)
    called = dict(zip(keys, name, strict=True))
    at = np.fromiter((events[one] for one in event), np.int64, len(event))
    taking, parties, sides, twice, which = _entries(at, party.astype(np.int64), np.array(side, np.int32), len(names))
    unknown = np.array([one is None for one in actor], np.bool_)[which]
    return (taking, sides, parties, twice, unknown), names, [called.get(key, key) for key in names]


def _entries(
    event: NDArray[np.int64], party: NDArray[np.int64], side: Numbers, parties: int
) -> tuple[Numbers, Numbers, Numbers, NDArray[np.bool_], NDArray[np.intp]]:
    """Who took part in which event on which side, each once: events, parties, sides, twice, and the places of each."""
    # Event, party and side in one number: sorted, the two sides of one party stand next to each other.
    packed, which = np.unique((event * parties + party) * 2 + side, return_index=True)
    twice = np.zeros(len(packed), np.bool_)
    twice[1:] = packed[1:] // 2 == packed[:-1] // 2
    columns = (packed // 2 // parties, packed // 2 % parties, packed % 2)
    taking, parties_, sides = (column.astype(np.int32) for column in columns)
    return taking, parties_, sides, twice, which


def _across(rows: list[tuple[Any, ...]], width: int) -> list[tuple[Any, ...]]:
    """Rows as columns."""
    return list(zip(*rows, strict=True)) if rows else [()] * width


def _coded(values: Iterable[str | None]) -> tuple[Numbers, list[str]]:
    """A column as numbers, and the values that they stand for; nothing is 0."""
    places = {"": 0}
    column = np.fromiter((places.setdefault(value or "", len(places)) for value in values), np.int32)
    return column, list(places)


def _days(texts: Iterable[str | None], last: int) -> Numbers:
    """ISO dates of any precision as ordinals of their first or, with `last` 1, their last day; 0 for none."""
    known: dict[str | None, int] = {None: 0, "": 0}
    for text in (texts := list(texts)):
        if text not in known:
            known[text] = _day(text, last)
    return np.fromiter((known[text] for text in texts), np.int32)


def _day(text: str | None, last: int) -> int:
    try:
        year, month, day = (int(part) for part in f"{text}-0-0"[:20].split("-")[:3])
        if day:
            return date(year, month, day).toordinal()
        if not month:
            return date(year, 12, 31).toordinal() if last else date(year, 1, 1).toordinal()
        return date(year + month // 12, month % 12 + 1, 1).toordinal() - 1 if last else date(year, month, 1).toordinal()
    except ValueError:
        return 0
