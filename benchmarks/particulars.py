"""Who, when, where, how many and on whose word: `python -m benchmarks.particulars --gold DIR`. The last line is JSON.

Measured on the events that match the gold at dyad level. A date counts where the gold has one that rests on the text,
and only an interval with both bounds can overlap; a place that is missing is wrong; the country of a gold place is the
gazetteer's, and gold places that it does not know are listed. Of counts, the gold's `other` compares the numbers.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import anaphora, coding, expressions, names
from benchmarks.arguments import at_hand
from dragoman.evaluation import dyad_matches, same_party
from dragoman.geography import country_by_code, country_where

Record = dict[str, Any]
Pair = tuple[Any, Any]
"""A predicted event, as exported, and the gold event that it matches."""


def share(outcomes: Iterable[bool]) -> float:
    """The share of outcomes that are right; 0 where there are none."""
    found = list(outcomes)
    return sum(found) / max(1, len(found))


def f1(right: int, predicted: int, gold: int) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * right / max(1, predicted + gold)


def bounds(when: Record | None) -> tuple[date, date] | None:
    """The days of a date, or None where a bound is not known."""
    if when is None or when["from"] is None or when["to"] is None:
        return None
    return date.fromisoformat(when["from"]), date.fromisoformat(when["to"])


def dates(pairs: Sequence[Pair]) -> tuple[list[tuple[str, bool, bool]], list[int]]:
    """Of each gold date that rests on the text: status, overlap, equality; and the days that our intervals span."""
    outcomes, days = [], []
    for ours, gold in pairs:
        if not gold["date"] or not gold["date_from_text"]:
            continue
        start, end = map(date.fromisoformat, gold["date"])
        found = bounds(ours["date"])
        overlap = found is not None and found[0] <= end and start <= found[1]
        outcomes.append((gold["status"], overlap, found == (start, end)))
        if found is not None:
            days.append((found[1] - found[0]).days + 1)
    return outcomes, days


def home_of(events: Sequence[Record]) -> str | None:
    """The country that a document's gold parties most often belong to: where it seeks its places."""
    codes = Counter(party["code"][:3] for event in events for side in ("actor", "recipient") for party in event[side])
    return next((code for code, _ in codes.most_common() if country_by_code(code, "iso3")), None)


def places(pairs: Sequence[Pair], home: str | None) -> tuple[list[tuple[str, bool | None, bool]], int]:
    """Of each gold place: its words, whether the country is right (None: not in the gazetteer), whether the place is;
    and how many places stand where the gold has none."""
    outcomes, invented = [], 0
    for ours, gold in pairs:
        found = ours["place"]
        if not gold["place"]:
            invented += found is not None
            continue
        country = country_where(gold["place"], home)
        same = found is not None and same_party(found, {"text": gold["place"]})
        outcomes.append((gold["place"], None if country is None else bool(found) and found["country"] == country, same))
    return outcomes, invented


def number(value: Any) -> tuple[int | None, int | None]:
    """The bounds of a gold count: an integer, a range, or a bound (">=500")."""
    if isinstance(value, list):
        return value[0], value[1]
    if isinstance(value, str):
        bound = int(value.lstrip("<>="))
        return (bound, None) if value.startswith(">") else (None, bound)
    return value, value


def counts(pairs: Sequence[Pair]) -> tuple[int, int, int]:
    """Counts that are right, found, and in the gold."""
    right = predicted = wanted = 0
    for ours, gold in pairs:
        left = [(count["what"], (count["low"], count["high"])) for count in ours["counts"]]
        predicted, wanted = predicted + len(left), wanted + len(gold["counts"])
        for what, value in gold["counts"].items():
            hit = next((c for c in left if c[1] == number(value) and what in (c[0], "other")), None)
            if hit is not None:
                left.remove(hit)
                right += 1
    return right, predicted, wanted


def speakers(pairs: Sequence[Pair]) -> tuple[int, int, int]:
    """Speakers that are right, found, and in the gold."""
    right = sum(
        same_party(ours["said_by"], {"text": gold["said_by"], "name": gold["said_by"]})
        for ours, gold in pairs
        if ours["said_by"] and gold["said_by"]
    )
    return right, sum(bool(ours["said_by"]) for ours, _ in pairs), sum(bool(gold["said_by"]) for _, gold in pairs)


def matched(gold: Path, part: str) -> list[tuple[list[Pair], list[Record]]]:
    """The matched events of each gold document of a part, with all gold events of it."""
    found = []
    for article, events in coding.documents(gold, part):
        coded = coding.coded(article)
        found.append((list(dyad_matches(events, coded)), events))
    return found


def measured(documents: Sequence[tuple[list[Pair], list[Record]]], tell: Callable[[str], None]) -> dict[str, float]:
    """All figures of a part; the table goes to `tell`."""
    every = [pair for pairs, _ in documents for pair in pairs]
    when, days = dates(every)
    where, invented = [], 0
    for pairs, events in documents:
        outcomes, more = places(pairs, home_of(events))
        where, invented = where + outcomes, invented + more
    many, said = counts(every), speakers(every)
    tell(f"  {len(every)} events matched at dyad level")
    tell(f"  dates: {len(when)} in the gold, {len(days)} with both bounds, median {median(days or [0])} days")
    for status in sorted({status for status, _, _ in when}):
        some = [(overlap, equal) for found, overlap, equal in when if found == status]
        tell(
            f"    {status}: {len(some)}, overlap {share(o for o, _ in some):.2f}, equal {share(e for _, e in some):.2f}"
        )
    tell(f"  places: {len(where)} in the gold, {invented} where the gold has none")
    unknown = sorted({place for place, country, _ in where if country is None})
    tell(f"    not in the gazetteer, left out of the country: {'; '.join(unknown) or 'none'}")
    tell("  counts: {} right, {} found, {} in the gold".format(*many))
    tell("  said by: {} right, {} found, {} in the gold".format(*said))
    return {
        "date_overlap": share(overlap for _, overlap, _ in when),
        "date_equal": share(equal for _, _, equal in when),
        "place_country": share(country for _, country, _ in where if country is not None),
        "place": share(same for _, _, same in where),
        "counts_f1": f1(*many),
        "said_by_f1": f1(*said),
        **anaphora.measured(every),
    }


def main() -> None:
    """Score everything and print the tables; the last line is JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=at_hand, required=True)
    given = parser.parse_args()
    figures: dict[str, float] = {}
    for part in ("read", "score"):
        print(f"{part}:")
        found = measured(matched(given.gold, part), print)
        for name, value in found.items():
            print(f"  {name:14} {value:.3f}")
        figures |= {f"{'read_' if part == 'read' else ''}{name}": round(value, 4) for name, value in found.items()}
    table = expressions.rows()
    misread = expressions.failures(table)
    print(f"time expressions: {len(misread)} of {len(table)} misread")
    print("".join(f"  {line}\n" for line in misread), end="")
    figures["time_expressions"] = round(1 - len(misread) / len(table), 4)
    figures |= names.measure()
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
