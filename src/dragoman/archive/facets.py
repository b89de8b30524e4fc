"""A choice of events by facets, over the columns of an archive: which they are, and how many by each field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..codebook import QUADS
from ..errors import UsageError
from . import queries
from .columns import Columns
from .database import Database

__all__ = ["CERTAINTY", "CHECKED", "FACETS", "Choice", "Wanted", "choose"]

Mask = NDArray[np.bool_]

CERTAINTY: Mapping[str, tuple[float, float]] = {"low": (0.0, 0.5), "middling": (0.5, 0.8), "high": (0.8, 1.0)}
"""Name -> from which confidence up, to below which."""

CHECKED = ("nobody", "accepted", "rejected", "corrected", "disagreed")
"""How an event stands with those who looked at it."""

FACETS = ("actor", "recipient", "party", "type", "place", "outlet", "status", "certainty", "checked")
"""The fields by which events are counted."""

_QUADS = {words: quad for quad, words in QUADS.items()}

_FOUND = "SELECT rowid FROM sentences_fts WHERE sentences_fts MATCH ?"
_JUDGED = """
SELECT e.rowid, d.who, d.judgement FROM decisions d JOIN events e ON e.id = d.record
WHERE d.undone IS NULL AND d.kind = 'event' ORDER BY d."when", d.rowid
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What events are wanted: one of the values in each field that has any; `text` as `Archive.search` takes it.

    `actor` and `recipient` are ids of parties (or names of those without an id), `party` either side. `since` and
    `until` are ISO days; an event fits where its interval meets theirs.
    """

    text: str = ""
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    party: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    certainty: tuple[str, ...] = ()
    checked: tuple[str, ...] = ()
    since: str = ""
    until: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


@dataclass(frozen=True, slots=True)
class Choice:
    """The events that fit, as a mask over the columns; `apart` has the masks of each field that something is asked of.

    `checked` holds for each event the place in `CHECKED` of how it stands.
    """

    columns: Columns
    mask: Mask
    apart: Mapping[str, Mask]
    checked: NDArray[np.int8]

    def __len__(self) -> int:
        return int(self.mask.sum())

    @property
    def looked_at(self) -> int:
        """How many of them somebody has decided on."""
        return int((self.mask & (self.checked > 0)).sum())

    def numbers(self, newest: bool = True, after: int | None = None, most: int | None = None) -> list[int]:
        """Numbers of the events by date, the undated last; those that follow on the number `after`, at most `most`."""
        found = np.flatnonzero(self.mask)
        day = self.columns.day[found]
        order = found[np.lexsort((found, np.where(day > 0, -day if newest else day, 2**30)))]
        numbers = self.columns.numbers[order]
        at = np.flatnonzero(numbers == after) if after is not None else np.array([-1])
        start = int(at[0]) + 1 if len(at) else len(numbers)
        return [int(number) for number in numbers[start : None if most is None else start + most]]

    def counted(self, facet: str) -> list[tuple[str, int]]:
        """The values of a facet with their events, the commonest first, as if nothing were asked of this facet."""
        mask = _all([mask for name, mask in self.apart.items() if name != facet], self.columns)
        if facet in ("actor", "recipient", "party"):
            return self._parties(facet, mask)
        names, codes = _coded(self, facet)
        return _commonest(names, np.bincount(codes[mask], minlength=len(names)))

    def _parties(self, facet: str, mask: Mask) -> list[tuple[str, int]]:
        columns = self.columns
        # An event counts once for a party that stands on both of its sides.
        rows = ~columns.twice if facet == "party" else columns.side == (facet == "recipient")
        names = columns.names["party"]
        here = rows & mask[columns.event]
        return _commonest(names, np.bincount(columns.party[here], minlength=len(names)))

    @property
    def undated(self) -> int:
        """How many of them have no date at all."""
        return int((self.mask & (self.columns.first == 0) & (self.columns.last == 0)).sum())

    def by_date(self) -> list[tuple[date, date, tuple[int, int, int, int]]]:
        """The first and last days between which events were, with how many of each quad category.

        An end that is open is the first or the last of all days.
        """
        columns = self.columns
        here = self.mask & ((columns.first > 0) | (columns.last > 0))
        first = np.maximum(columns.first[here], date.min.toordinal()).astype(np.int64)
        last = np.where(columns.last[here] > 0, columns.last[here], date.max.toordinal())
        quads = np.array([_QUADS.get(name, 0) for name in columns.names["quad"]])[columns.codes["quad"][here]]
        # Both days and the quad category in one number.
        packed, counts = np.unique((first * date.max.toordinal() + last - 1) * 5 + quads, return_counts=True)
        found: dict[tuple[int, int], list[int]] = {}
        for one, count in zip(packed.tolist(), counts.tolist(), strict=True):
            days, quad = divmod(one, 5)
            if quad:
                found.setdefault(divmod(days, date.max.toordinal()), [0, 0, 0, 0])[quad - 1] = count
        return [
            (date.fromordinal(start), date.fromordinal(end + 1), (one, two, three, four))
            for (start, end), (one, two, three, four) in found.items()
        ]

    def by_place(self) -> list[tuple[str, float, float, int, int]]:
        """The places that have coordinates: name, latitude, longitude, events of cooperation, of conflict."""
        columns = self.columns
        conflict = np.array([_QUADS.get(name, 0) > 2 for name in columns.names["quad"]])[columns.codes["quad"]]
        size = len(columns.names["place"])
        bad = np.bincount(columns.codes["place"][self.mask & conflict], minlength=size)
        every = np.bincount(columns.codes["place"][self.mask], minlength=size)
        return [
            (columns.names["place"][place], *columns.points[place], int(every[place] - bad[place]), int(bad[place]))
            for place in np.flatnonzero(every).tolist()
            if place in columns.points
        ]

    def unknown_parties(self) -> list[tuple[str, int]]:
        """The parties of these events whom nobody knows but by their words, the commonest first."""
        columns = self.columns
        here = columns.unknown & self.mask[columns.event]
        names = columns.names["party"]
        return _commonest(names, np.bincount(columns.party[here], minlength=len(names)))


def choose(database: Database, columns: Columns, wanted: Wanted) -> Choice:
    """The events that fit everything wanted.

    Raises:
        UsageError: a date that is no ISO day, or a certainty or state of checking that there is not.
    """
    checked = _checked(database, columns)
    everything = Choice(columns, np.ones(len(columns), np.bool_), {}, checked)
    apart: dict[str, Mask] = {}
    if words := queries.full_text(wanted.text):
        sentences = np.array([number for (number,) in database.rows(_FOUND, [words])], np.int64)
        apart["text"] = np.isin(columns.sentence, sentences)
    for side, name in ((0, "actor"), (1, "recipient"), (None, "party")):
        if asked := getattr(wanted, name):
            apart[name] = _taking_part(columns, asked, side)
    for name in ("type", "place", "outlet", "status", "certainty", "checked"):
        if asked := getattr(wanted, name):
            names, codes = _coded(everything, name)
            apart[name] = np.isin(codes, [place for place, value in enumerate(names) if value in asked])
    if wanted.since:
        end = np.where(columns.last > 0, columns.last, np.where(columns.first > 0, 2**30, 0))
        apart["since"] = end >= _ordinal("since", wanted.since)
    if wanted.until:
        known = (columns.first > 0) | (columns.last > 0)
        apart["until"] = known & (columns.first <= _ordinal("until", wanted.until))
    return Choice(columns, _all(list(apart.values()), columns), apart, checked)


def _all(masks: Sequence[Mask], columns: Columns) -> Mask:
    return np.asarray(np.logical_and.reduce(masks)) if masks else np.ones(len(columns), np.bool_)


def _at(columns: Columns, places: NDArray[np.int32]) -> Mask:
    mask = np.zeros(len(columns), np.bool_)
    mask[places] = True
    return mask


def _taking_part(columns: Columns, asked: Sequence[str], side: int | None) -> Mask:
    meant = {columns.same.get(name, name) for name in asked}
    parties = [place for place, name in enumerate(columns.names["party"]) if name in meant]
    here = np.isin(columns.party, parties)
    return _at(columns, columns.event[here if side is None else here & (columns.side == side)])


def _coded(choice: Choice, facet: str) -> tuple[Sequence[str], NDArray[np.integer[Any]]]:
    """The values of a facet, and for each event the place of its own among them."""
    if facet == "checked":
        return CHECKED, choice.checked
    if facet == "certainty":
        floors = [floor for floor, _ in CERTAINTY.values()]
        return list(CERTAINTY), np.digitize(choice.columns.confidence, floors[1:])
    return choice.columns.names[facet], choice.columns.codes[facet]


def _commonest(names: Sequence[str], counts: NDArray[np.integer[Any]]) -> list[tuple[str, int]]:
    order = np.argsort(-counts, kind="stable")
    return [(names[place], int(counts[place])) for place in order.tolist() if counts[place] and names[place]]


def _checked(database: Database, columns: Columns) -> NDArray[np.int8]:
    """How each event stands: of one person's decisions the latest, of several people's what they agree on."""
    said: dict[int, dict[str, str]] = {}
    for number, who, judgement in database.rows(_JUDGED):
        said.setdefault(number, {})[who] = judgement
    found = np.zeros(len(columns), np.int8)
    for number, by in said.items():
        at = columns.placed([number])
        found[at] = CHECKED.index(next(iter(by.values())) if len(set(by.values())) == 1 else "disagreed")
    return found


def _ordinal(name: str, value: str) -> int:
    try:
        return date.fromisoformat(value).toordinal()
    except ValueError:
        raise UsageError("U001", f"{name} must be an ISO day such as 2020-01-03, not {value!r}.") from None
