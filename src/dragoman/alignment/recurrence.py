"""What speaks for an answer: how often the like of it happened before, and how near the two parties stand.

A question is a party and an act (done or suffered), on a day; its possible answers are all parties. Each
entry of outlook.toml counts, fading with time, the earlier events that are like the question and like
the answer; what it gives is log(1 + 300 count), so that one event makes a difference and the tenth little.
Third parties come in by walks: with W the symmetric matrix of log(1 + events) of each pair, divided by the square
roots of its row and column sums, (W W W)[a, b] is large where the partners of a's partners are b's
partners; log(1 + 10^5 of it) is the last feature.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from .history import Counts, Floats, History, Integers, homes_by_day

__all__ = ["ENTRIES", "THIRD_PARTIES", "Entry", "Recurrence", "entry_of", "priors"]

COUNT_SCALE, WALK_SCALE = np.float32(300), np.float32(1e5)
WALKERS = 256
"""Parties whose walks are computed together; it bounds the memory."""

THIRD_PARTIES = "third_parties"
THIRD_PARTIES_PRIOR = 0.5


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of outlook.toml, which see."""

    name: str
    who: str
    act: str
    whom: str
    half: tuple[float, ...]
    prior: float
    says: str | None


def _entries() -> tuple[Entry, ...]:
    with (Path(__file__).parent / "outlook.toml").open("rb") as file:
        table = tomllib.load(file)
    return tuple(
        Entry(name, e["who"], e["act"], e["whom"], tuple(e["half"]), e["prior"], e.get("says"))
        for name, e in table.items()
    )


ENTRIES = _entries()


def priors() -> list[float]:
    """The weight of each feature before any history has spoken: of each half-life of each entry, then third parties."""
    return [entry.prior for entry in ENTRIES for _ in entry.half] + [THIRD_PARTIES_PRIOR]


def entry_of(feature: int) -> tuple[Entry, float] | None:
    """The entry and the half-life that a feature is of; None for third parties."""
    return ([(entry, half) for entry in ENTRIES for half in entry.half] + [None])[feature]


Row = tuple[Integers | slice, Floats]


class _Table:
    """The counts of one entry, and how to find the row of a question and the columns of the answers."""

    def __init__(self, entry: Entry, history: History, homes: tuple[Integers, Integers]) -> None:
        back = entry.act.startswith("back-")
        acts = history.kinds[entry.act.removeprefix("back-")]
        turned = np.array([history.back(act) for act in range(len(acts))])
        self.entry, self._width = entry, int(acts.max()) + 1
        self._asked = acts[turned] if back else acts
        who = {"same": history.party, "home": homes[0], "sector": history.sector[history.party]}
        whom = {"same": history.other, "home": homes[1], "sector": history.sector[history.other]}
        rows, columns = who.get(entry.who, np.zeros_like(history.party)), whom[entry.whom]
        known = (rows >= 0) & (columns >= 0)
        self._days = history.day[known]
        width = max(len(history.parties), int(columns.max(initial=0)) + 1)
        self._counts = Counts(rows[known] * self._width + acts[history.act[known]], columns[known], width, entry.half)

    def pass_day(self, day: int) -> None:
        low, high = np.searchsorted(self._days, (day, day + 1))
        self._counts.add(slice(int(low), int(high)))

    def key(self, who: int, act: int) -> int:
        return who * self._width + int(self._asked[act])

    def row(self, key: int, classes: Integers | None) -> Row | None:
        """The answers with their logarithms; `classes`: the home or sector of each party, where those are counted."""
        found = self._counts.row(key)
        if found is None:
            return None
        columns, counts = found
        logs = np.log1p(counts * COUNT_SCALE)
        if classes is None:
            return columns, logs
        # One column more than there are classes, always zero: what is unknown (-1) falls into it.
        dense = np.zeros((len(logs), self._counts.width + 1), np.float32)
        dense[:, columns] = logs
        return slice(None), dense[:, classes]


class Recurrence:
    """The history as known before `day`, asked for the features of questions; it only moves forward."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.day = 0
        *homes, self._homes = homes_by_day(history)
        self._tables = [_Table(entry, history, (homes[0], homes[1])) for entry in ENTRIES]
        self._rows: dict[tuple[int, int], Row | None] = {}
        self._walks: dict[int, Floats] = {}
        self._nearness: Any = None

    @property
    def home(self) -> Integers:
        """The home of each party as known before the day."""
        return self._homes[self.day].astype(np.int64)  # type: ignore[no-any-return]

    def advance(self, day: int) -> None:
        """Move to `day`: everything before it is known, nothing of the day itself."""
        while self.day < day:
            for table in self._tables:
                table.pass_day(self.day)
            self.day += 1
            self._rows.clear()
            self._walks.clear()
            self._nearness = None

    def nearness(self) -> Any:
        """The matrix W of this day (sparse, symmetric), see above."""
        from scipy import sparse  # loaded where it is used: reading does without it

        if self._nearness is None:
            known, size = self.history.rows(0, self.day), len(self.history.parties)
            ones = np.ones(known.stop - known.start, np.float32)
            pairs = sparse.csr_array((ones, (self.history.party[known], self.history.other[known])), (size, size))
            pairs.sum_duplicates()
            pairs.data = np.log1p(pairs.data)
            scale = sparse.diags_array(1 / np.sqrt(np.maximum(pairs.sum(axis=1), 1e-6)))
            self._nearness = (scale @ pairs @ scale).astype(np.float32).tocsr()
        return self._nearness

    def prepare(self, parties: Iterable[int]) -> None:
        """Compute the walks of many parties together, which is quicker than one by one."""
        wanted = sorted(set(parties) - set(self._walks))
        near = self.nearness()
        for start in range(0, len(wanted), WALKERS):
            some = wanted[start : start + WALKERS]
            walked = near @ (near @ near[some].toarray().T)
            self._walks.update(zip(some, np.log1p(walked.T * WALK_SCALE), strict=True))

    def features(self, party: int, act: int) -> Floats:
        """All features of all answers to a question [features, parties]."""
        found = np.zeros((len(priors()), len(self.history.parties)), np.float32)
        for feature, count, columns, logs in self._evidence(party, act):
            found[feature : feature + count, columns] = logs
        return found

    def scores(self, party: int, act: int, weights: Floats) -> Floats:
        """The weighted sum of the features of each answer [parties]; the party itself is no answer."""
        found = np.zeros(len(self.history.parties), np.float32)
        for feature, count, columns, logs in self._evidence(party, act):
            found[columns] += weights[feature : feature + count] @ logs
        found[party] = -np.inf
        return found

    def _evidence(self, party: int, act: int) -> Iterator[tuple[int, int, Integers | slice, Floats]]:
        """First feature, number of features, answers and their values: entry by entry, then third parties."""
        asked = {"same": party, "home": int(self._homes[self.day][party]), "any": 0}
        asked["sector"] = int(self.history.sector[party])
        feature = 0
        for number, table in enumerate(self._tables):
            entry = table.entry
            if asked[entry.who] >= 0:
                row = self._row(number, table.key(asked[entry.who], act))
                if row is not None:
                    yield feature, len(entry.half), *row
            feature += len(entry.half)
        if party not in self._walks:
            self.prepare([party])
        yield feature, 1, slice(None), self._walks[party][None]

    def _row(self, number: int, key: int) -> Row | None:
        if (number, key) not in self._rows:
            whom = self._tables[number].entry.whom
            classes = {"home": self._homes[self.day], "sector": self.history.sector}.get(whom)
            self._rows[number, key] = self._tables[number].row(key, classes)
        return self._rows[number, key]

    def happened(self, entry: Entry, party: int, act: int, answer: int, days: int) -> int:
        """How often what an entry counts happened in the last `days` days (0: ever)."""
        history = self.history
        rows = history.rows(max(0, self.day - days) if days else 0, self.day)
        acts = history.kinds[entry.act.removeprefix("back-")]
        wanted = acts[history.back(act) if entry.act.startswith("back-") else act]
        here = acts[history.act[rows]] == wanted
        for side, asked, column in ((entry.who, party, history.party), (entry.whom, answer, history.other)):
            classes = {"same": np.arange(len(history.parties)), "home": self.home, "sector": history.sector}.get(side)
            if classes is not None:
                here &= classes[column[rows]] == classes[asked]
        return int(here.sum())

    def between(self, party: int, answer: int, most: int = 2) -> Sequence[str]:
        """The third parties that both deal with, nearest first."""
        near = self.nearness()
        common = near[[party]].multiply(near[[answer]]).toarray()[0]
        best = np.argsort(-common, kind="stable")[:most]
        return [self.history.parties[each] for each in best if common[each] > 0]
