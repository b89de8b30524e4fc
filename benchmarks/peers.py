"""Published figures of what else reads English, beside ours: `python -m benchmarks.peers` prints the table of the docs.

Every row of `peers.csv` says what was measured and where it was published; nobody measured these here.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

FIGURES = ("upos", "uas", "las", "sentences", "words_f1", "names")
"""Columns in percent; attachment counts punctuation where the CoNLL 2018 script measured it."""

Row = Mapping[str, str]


def peers() -> list[dict[str, str]]:
    """The rows of `peers.csv`, as they stand there."""
    with (Path(__file__).parent / "peers.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def our_row(data: str, words: str, figures: Mapping[str, float]) -> dict[str, str]:
    """Figures of ours as a row like those of `peers.csv`."""
    row = {"system": "Dragoman", "data": data, "words": words, "measured": "here"}
    return row | {name: f"{figures[name]:.2f}" for name in FIGURES if name in figures}


def show(ours: Sequence[Row]) -> None:
    """Print ours and theirs in one table, and where theirs were published below it."""
    theirs = peers()
    places = list(dict.fromkeys(row["published"] for row in theirs))
    print(f"\n{'Beside published figures':36}{'data':26}{'words':10}", *(f"{name:>9}" for name in FIGURES))
    for row in (*ours, *theirs):
        figures = (f"{row.get(name, ''):>9}" for name in FIGURES)
        place = f"[{places.index(row['published']) + 1}] {row['measured']}" if "published" in row else row["measured"]
        print(f"{row['system']:36}{row['data']:26}{row['words']:10}", *figures, f"  {place}")
    for number, place in enumerate(places, 1):
        print(f"[{number}] {place}")


def markdown() -> str:
    """The table of `docs/peers.md`."""
    lines = [
        "| system | data | words | UPOS | UAS | LAS | sentences | words F1 | names F1 | MB | measured by | published |",
        "|" + "---|" * 12,
    ]
    for row in peers():
        *cells, address = row.values()
        lines.append(f"| {' | '.join(cells)} | [{address.split('/')[2]}]({address}) |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(markdown())
