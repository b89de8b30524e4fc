"""How well the outlook foresees: `python -m benchmarks.outlook --data DIR`. The last line is JSON.

The protocol of the field for temporal knowledge graphs: each event of the test days asks "whom?" and "by whom?",
the history being all days before its own (single-step); other right answers of the same day do not count as wrong
(time-aware filter); ties count by expectation. The weights are fitted on the last days before the test.
Seconds are those of the processor: one thread, whatever else the machine does.
With --split valid, the validation days are asked and the weights come from training alone.

Beside it the weekly probability of material conflict, on the whole weeks of the same days: Brier and log score against
"as last week", the base rate and the pair's own share of weeks; `brier_skill` is the lower of the two data sets'.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import re
import time
from datetime import date
from pathlib import Path

os.environ |= {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL")}  # one core

import numpy as np
import numpy.typing as npt

from dragoman.alignment import DatedEvent, Profile
from dragoman.alignment.history import History, history_of
from dragoman.alignment.outlook import fitted, rank
from dragoman.alignment.recurrence import Recurrence
from dragoman.alignment.weekly import Verification, verify, weeks_of
from dragoman.geography import country_names, find_country
from dragoman.pictures import ForecastBin, calibration_plot

_BRACKETED = re.compile(r"(.+) \((.+)\)")


def events_of(path: Path) -> tuple[list[DatedEvent], dict[str, date]]:
    """The events of a file, and the first day of each split."""
    events: list[DatedEvent] = []
    starts: dict[str, date] = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            day = date.fromisoformat(row["date"])
            events.append(DatedEvent(day, row["source"], row["cameo"], row["target"]))
            starts[row["split"]] = min(day, starts.get(row["split"], day))
    return events, starts


def profile_of(name: str) -> Profile:
    """What a name of ICEWS tells: "Citizen (Thailand)" its country and office, "Thailand" that it is a state."""
    bracketed = _BRACKETED.fullmatch(name)
    if bracketed:
        found = find_country(bracketed[2])
        return Profile(found.iso3 if found else None, bracketed[1])
    state = country_names().get(name)
    return Profile(state.iso3, "state") if state else Profile()


def ranks_of(history: History, first: int, after: int) -> npt.NDArray[np.float64]:
    """The ranks of all answers of the days from `first` to before `after`, with weights from before `first`."""
    state = Recurrence(history)
    weights = fitted(state, first)
    found = []
    for day in range(first, after):
        state.advance(day)
        rows = history.rows(day, day + 1)
        party, act, other = history.party[rows], history.act[rows], history.other[rows]
        state.prepare(party.tolist())
        for who, what in sorted(set(zip(party.tolist(), act.tolist(), strict=True))):
            answers = other[(party == who) & (act == what)]
            found.append(rank(state.scores(who, what, weights), answers))
    return np.concatenate(found)


def conflict(events: list[DatedEvent], first: date) -> Verification:
    """The weekly forecasts of the whole weeks that begin on `first` or later, with a model of the weeks before."""
    weeks = weeks_of(events)
    asked = ((max(event.day for event in events) - first).days + 1) // 7
    found = verify(weeks, weeks.count - asked)
    assert found is not None
    return found


def print_conflict(year: str, found: Verification) -> None:
    """The scores of the weekly forecasts, and how many of each bin came."""
    print(f"ICEWS{year}, conflict in a week: {found.forecasts} forecasts, {found.conflicts} came")
    for name, brier in found.brier.items():
        print(f"  {name:14} Brier {brier:.5f}  log {found.log[name]:.5f}")
    for each in found.bins:
        print(f"  {each.count:6} forecasts of {each.forecast:6.1%}: {each.came:6.1%} came")


def main() -> None:
    """Measure both data sets on one core and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", choices=("valid", "test"), default="test")
    parser.add_argument("--year", choices=("14", "18"), action="append")
    parser.add_argument("--pictures", type=Path, default=None, help="a folder for the calibration plots")
    given = parser.parse_args()
    if not (given.data / "events").exists():
        raise SystemExit(f"The events in {given.data / 'events'} are not here; there is nothing to measure against.")
    figures: dict[str, float] = {}
    for year in given.year or ("14", "18"):
        started = time.process_time()
        events, starts = events_of(given.data / "events" / f"icews{year}.csv.gz")
        first = min(event.day for event in events)
        limits = [(starts[split] - first).days if split in starts else None for split in ("valid", "test")]
        parties = {event.actor for event in events} | {event.recipient for event in events}
        history = history_of(events, {name: profile_of(name) for name in parties})
        low, high = (limits[0], limits[1]) if given.split == "valid" else (limits[1], history.days)
        ranks = ranks_of(history, low, high)
        figures |= {
            f"icews{year}_mrr": round(100 * float((1 / ranks).mean()), 2),
            f"icews{year}_h1": round(100 * float((ranks <= 1).mean()), 2),
            f"icews{year}_h10": round(100 * float((ranks <= 10).mean()), 2),
            f"seconds{year}": round(time.process_time() - started, 1),
        }
        until = starts["test"] if given.split == "valid" else None
        checked = conflict([event for event in events if until is None or event.day < until], starts[given.split])
        print_conflict(year, checked)
        figures["brier_skill"] = min(figures.get("brier_skill", 1.0), round(checked.skill, 4))
        if given.pictures is not None:
            bins = [ForecastBin(each.count, each.forecast, each.came) for each in checked.bins]
            plot = calibration_plot(bins, title=f"ICEWS{year}: material conflict in a week")
            (given.pictures / f"calibration-{year}.svg").write_text(plot + "\n", encoding="utf-8")
        print(f"ICEWS{year}, {given.split}: {len(ranks)} questions", {k: v for k, v in figures.items() if year in k})
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
