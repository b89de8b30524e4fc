"""How many known realignments are found, and at what price: `python -m benchmarks.turning_points --data DIR`.

The pairs are those of `realignments_YEAR_open.csv`, their sides the names of `actor_groups_YEAR.json`, their events
those of `icewsYY.csv.gz`. A turn is found where an alarm of its direction has an onset interval (at most 30 days)
that meets the turn's window widened by 15 days to each side. An alarm that meets no turn of its pair in its own
direction is false; alarms of both directions are counted together. The threshold for a pair is fitted on the other
pairs. Beside it stands what as many alarms, of the same directions and lengths, find on days drawn at random.
The last line is JSON.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from benchmarks.arguments import at_hand
from dragoman.alignment import Deed
from dragoman.alignment.turns import LONGEST_ONSET, Change, calibrated, changes, measured
from dragoman.codebook import from_cameo, score_of

WIDENED = timedelta(days=15)
DRAWS = 500
YEAR = 365.25


@dataclass(frozen=True)
class Known:
    """A turn of the list."""

    direction: str
    first: date
    last: date

    def met(self, alarm: Alarm) -> bool:
        return (
            alarm.direction == self.direction
            and alarm.first <= self.last + WIDENED
            and alarm.last >= self.first - WIDENED
        )


@dataclass(frozen=True)
class Alarm:
    """A change as dates."""

    direction: str
    strength: float
    first: date
    last: date


@dataclass(frozen=True)
class History:
    """A pair in one year: its known turns, and all changes that the scan finds, however weak."""

    pair: tuple[str, str]
    first: date
    days: int
    known: tuple[Known, ...]
    alarms: tuple[Alarm, ...]

    @property
    def false(self) -> list[float]:
        """The strengths of the alarms that meet no known turn."""
        return [alarm.strength for alarm in self.alarms if not any(known.met(alarm) for known in self.known)]


def histories(data: Path) -> Iterator[History]:
    """The pairs of all years in the folder."""
    for path in sorted(data.glob("realignments_*_open.csv")):
        year = path.stem.split("_")[1]
        groups = json.loads((data / f"actor_groups_{year}.json").read_text(encoding="utf-8"))
        with path.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["testable"] == "1"]
        with gzip.open(data / f"icews{year[2:]}.csv.gz", "rt", encoding="utf-8", newline="") as file:
            events = list(csv.DictReader(file))
        yield from _of_year(rows, groups, events)


def _of_year(
    rows: Sequence[Mapping[str, str]], groups: Mapping[str, Sequence[str]], events: Sequence[Mapping[str, str]]
) -> Iterator[History]:
    known: dict[tuple[str, str], list[Known]] = defaultdict(list)
    for row in rows:
        window = date.fromisoformat(row["onset_date_from"]), date.fromisoformat(row["onset_date_to"])
        known[row["source"], row["target"]].append(Known(row["direction"], *window))
    first, last = (date.fromisoformat(bound(event["date"] for event in events)) for bound in (min, max))
    days = (last - first).days + 1
    for (source, target), turns in known.items():
        one, other = frozenset(groups[source]), frozenset(groups[target])
        deeds = [
            _deed(event) for event in events
            if (event["source"] in one and event["target"] in other)
            or (event["source"] in other and event["target"] in one)
        ]  # fmt: skip
        alarms = tuple(_alarm(change, first) for change in changes(*measured(deeds, first, days)))
        yield History((min(source, target), max(source, target)), first, days, tuple(turns), alarms)


def _deed(event: Mapping[str, str]) -> Deed:
    plover = from_cameo(event["cameo"])
    kind, weight = (plover.type, score_of(plover.type, plover.mode)) if plover else (None, 0.0)
    return Deed(date.fromisoformat(event["date"]), event["source"], kind, event["target"], weight)


def _alarm(change: Change, first: date) -> Alarm:
    return Alarm(change.direction, change.strength, first + timedelta(change.first), first + timedelta(change.last))


def threshold(some: Sequence[History]) -> float:
    """The threshold fitted on some histories."""
    false = [strength for history in some for strength in history.false]
    return calibrated(false, sum(history.days for history in some) / YEAR)


def raised(every: Sequence[History]) -> list[list[Alarm]]:
    """The alarms of each history, at the threshold of the other pairs."""
    found = []
    for history in every:
        least = threshold([other for other in every if other.pair != history.pair])
        found.append([alarm for alarm in history.alarms if alarm.strength > least])
    return found


def figures(every: Sequence[History], alarms: Sequence[Sequence[Alarm]]) -> tuple[int, int]:
    """How many known turns are found, and how many alarms are false."""
    found = sum(any(known.met(a) for a in some) for h, some in zip(every, alarms, strict=True) for known in h.known)
    false = sum(not any(known.met(a) for known in h.known) for h, some in zip(every, alarms, strict=True) for a in some)
    return found, false


def at_random(every: Sequence[History], alarms: Sequence[Sequence[Alarm]]) -> float:
    """How many known turns as many alarms find on days drawn at random, in the mean of `DRAWS` draws."""
    draw = random.Random(1)
    total = 0
    for _ in range(DRAWS):
        moved = [[_moved(alarm, history, draw) for alarm in some] for history, some in zip(every, alarms, strict=True)]
        total += figures(every, moved)[0]
    return total / DRAWS


def _moved(alarm: Alarm, history: History, draw: random.Random) -> Alarm:
    length = alarm.last - alarm.first
    first = history.first + timedelta(draw.randrange(history.days - length.days))
    return Alarm(alarm.direction, alarm.strength, first, first + length)


def main() -> None:
    """Find the turns of the open pairs and print each with its alarms."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=at_hand, required=True)
    given = parser.parse_args()
    every = list(histories(given.data))
    alarms = raised(every)
    assert all((alarm.last - alarm.first).days < LONGEST_ONSET for some in alarms for alarm in some)
    for history, some in zip(every, alarms, strict=True):
        print(f"{history.first.year} {' and '.join(history.pair)}")
        for known in history.known:
            hit = "found " if any(known.met(alarm) for alarm in some) else "missed"
            print(f"  {hit} {known.direction:14} {known.first} to {known.last}")
        for alarm in some:
            sign = " " if any(known.met(alarm) for known in history.known) else "?"
            print(f"  alarm{sign} {alarm.direction:14} {alarm.first} to {alarm.last}  strength {alarm.strength:.2f}")
    listed = sum(len(history.known) for history in every)
    years = sum(history.days for history in every) / YEAR
    found, false = figures(every, alarms)
    print(f"{found} of {listed} turns found, {false} false alarms in {years:.1f} pair-years")
    print(f"threshold on all open pairs: {threshold(every):.2f}")
    print(
        json.dumps({
            "found": round(found / listed, 4),
            "false_alarms_per_dyad_year": round(false / years, 3),
            "found_at_random": round(at_random(every, alarms) / listed, 4),
        })
    )  # fmt: skip


if __name__ == "__main__":
    main()
