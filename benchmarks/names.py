"""Are two written names one party? `python -m benchmarks.names`. The last line is JSON.

The pairs (`data/name_pairs.csv`) are our own, written before the rules were set up on them: spellings of one name and
near misses, from fifteen origins. Every other pair is to work with, the rest to score.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from dragoman.actors import certain, knowledge, same_party

PAIRS = Path(__file__).parent / "data" / "name_pairs.csv"
PARTS = ("work", "score")
Pair = Mapping[str, str]


def pairs(part: str) -> Iterator[Pair]:
    """The pairs of a part, "work" or "score": origin, one, other, same ("yes" or "no")."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        yield from islice(csv.DictReader(file), PARTS.index(part), None, 2)


def wrong(part: str) -> list[Pair]:
    """The pairs of a part that are taken for what they are not."""
    known = certain(knowledge())
    return [pair for pair in pairs(part) if same_party(pair["one"], pair["other"], known) != (pair["same"] == "yes")]


def f1(part: str) -> float:
    """F1 of the pairs of a part that are one party: 2 tp / (2 tp + fp + fn)."""
    same = sum(pair["same"] == "yes" for pair in pairs(part))
    mistakes = wrong(part)
    missed = sum(pair["same"] == "yes" for pair in mistakes)
    return 2 * (same - missed) / (2 * (same - missed) + len(mistakes))


def measure() -> dict[str, float]:
    """`names_f1` on the half kept for scoring."""
    return {"names_f1": round(f1("score"), 4)}


def main() -> None:
    """List what goes wrong; the last line is JSON."""
    for part in PARTS:
        for pair in wrong(part):
            what = "not joined" if pair["same"] == "yes" else "joined"
            print(f"{part}: {what}: {pair['one']} / {pair['other']} ({pair['origin']})")
        print(f"{part}: F1 {f1(part):.3f}")
    print(json.dumps(measure()))


if __name__ == "__main__":
    main()
