"""The history of events as arrays, and decayed counts over it.

Each event stands twice: as the actor's, who did it to the recipient, and as the recipient's, to whom
the actor did it (the act read backwards). So one question covers both "whom?" and "by whom?".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from ..codebook import TYPES
from .dated import DatedEvent, plover_type, quad

__all__ = ["Counts", "Floats", "History", "Integers", "Profile", "history_of"]

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

LEAST_FOR_A_HOME = 2
"""Events with parties of a country, from which on a party of unknown country is taken to be at home there."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a party beside its name: the country of its home and its sector or office."""

    home: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class History:
    """Events by day, each standing twice; parties and acts are numbers, -1 is unknown.

    With T types there are 2T acts: act t is type t done, act t + T is type t suffered. `party`, `act` and `other`
    are the columns of the 2n rows, sorted by `day` (days since `first`); `kinds` gives for each way of
    telling acts apart ("same", "type", "quad", "direction", "any") the class of each act.
    """

    first: date
    parties: tuple[str, ...]
    types: tuple[str, ...]
    day: Integers
    party: Integers
    act: Integers
    other: Integers
    kinds: Mapping[str, Integers]
    countries: tuple[str, ...]
    home: Integers
    sector: Integers

    @property
    def days(self) -> int:
        """Days from the first event to the last, both included."""
        return int(self.day[-1]) + 1

    def back(self, act: int) -> int:
        """The act seen from the other side."""
        count = len(self.types)
        return act - count if act >= count else act + count

    def rows(self, first: int, after: int) -> slice:
        """The rows of the days from `first` up to and without `after`."""
        low, high = np.searchsorted(self.day, (first, after))
        return slice(int(low), int(high))


def history_of(events: Sequence[DatedEvent], profiles: Mapping[str, Profile] | None = None) -> History:
    """The history of one or more events; `profiles` by party, as far as they are known."""
    known = profiles or {}
    events = sorted(events)  # so that the order in which they come makes no difference
    parties = tuple(sorted({event.actor for event in events} | {event.recipient for event in events}))
    types = tuple(sorted({event.type for event in events}))
    number, kind = ({name: i for i, name in enumerate(names)} for names in (parties, types))
    first = min(event.day for event in events)
    day = np.array([(event.day - first).days for event in events], np.int64)
    actor, recipient, done = (
        np.array(column, np.int64)
        for column in zip(*((number[e.actor], number[e.recipient], kind[e.type]) for e in events), strict=True)
    )
    order = np.argsort(np.tile(day, 2), kind="stable")
    countries, home = _numbered([known.get(name, Profile()).home for name in parties])
    _, sector = _numbered([known.get(name, Profile()).sector for name in parties])
    return History(
        first,
        parties,
        types,
        np.tile(day, 2)[order],
        np.concatenate([actor, recipient])[order],
        np.concatenate([done, done + len(types)])[order],
        np.concatenate([recipient, actor])[order],
        _kinds(types),
        countries,
        home,
        sector,
    )


def _numbered(values: Sequence[str | None]) -> tuple[tuple[str, ...], Integers]:
    names = tuple(sorted({value for value in values if value is not None}))
    number = {name: i for i, name in enumerate(names)}
    return names, np.array([-1 if value is None else number[value] for value in values], np.int64)


def _kinds(types: Sequence[str]) -> dict[str, Integers]:
    """The classes of acts; a type without a PLOVER type (CAMEO 01, 02) is told by the head of its code."""
    plover = [plover_type(kind) or kind[:2] for kind in types]
    names = list(TYPES) + sorted(set(plover) - set(TYPES))
    classes: dict[str, list[int]] = {
        "same": list(range(len(types))),
        "type": [names.index(kind) for kind in plover],
        "quad": [quad(kind) for kind in types],
        "direction": [0] * len(types),
    }
    both = {name: np.array(of + [each + max(of) + 1 for each in of], np.int64) for name, of in classes.items()}
    return both | {"any": np.zeros(2 * len(types), np.int64)}


class Counts:
    """Counts of (row, column) that fade with the days; the rows and columns of all events are known beforehand.

    `half_lives` in days, 0 for none; there is a count for each. Nothing is counted before `add`.
    """

    def __init__(self, rows: Integers, columns: Integers, width: int, half_lives: Sequence[float]) -> None:
        keys, self._place = np.unique(rows * width + columns, return_inverse=True)
        self.width = width
        self.columns = keys % width
        found, starts = np.unique(keys // width, return_index=True)
        ends = np.append(starts, len(keys))[1:]
        self._extent = dict(zip(found.tolist(), zip(starts.tolist(), ends.tolist(), strict=True), strict=True))
        self._fade = np.array([[0.5 ** (1 / half) if half else 1.0] for half in half_lives], np.float32)
        self._values = np.zeros((len(half_lives), len(keys)), np.float32)

    def add(self, events: slice) -> None:
        """Let a day pass on which these events (of those given at the start) happened."""
        self._values *= self._fade
        places, counts = np.unique(self._place[events], return_counts=True)
        self._values[:, places] += counts.astype(np.float32)

    def row(self, row: int) -> tuple[Integers, Floats] | None:
        """The columns of a row with their counts, one line for each half-life; None where there never is any."""
        extent = self._extent.get(row)
        if extent is None:
            return None
        low, high = extent
        return self.columns[low:high], self._values[:, low:high]


def homes_by_day(history: History) -> tuple[Integers, Integers, Any]:
    """The homes of the parties as far as each day could know them: that of `party` and of `other` in each row,
    and the homes of all parties before each day [days + 1, parties].

    A party of unknown country is at home where those parties are from with whom it had most to do.
    """
    home, seen = history.home.copy(), np.zeros((len(history.parties), len(history.countries) + 1), np.float32)
    of_party, of_other = np.empty_like(history.party), np.empty_like(history.other)
    each_day = np.empty((history.days + 1, len(history.parties)), np.int16)
    for day in range(history.days):
        rows = history.rows(day, day + 1)
        party, other = history.party[rows], history.other[rows]
        each_day[day], of_party[rows], of_other[rows] = home, home[party], home[other]
        placed = home[other] >= 0
        np.add.at(seen, (party[placed], home[other][placed]), 1)
        met = np.unique(party)
        met = met[history.home[met] < 0]
        likeliest = seen[met].argmax(axis=1)
        home[met] = np.where(seen[met, likeliest] >= LEAST_FOR_A_HOME, likeliest, -1)
    each_day[history.days] = home
    return of_party, of_other, each_day
