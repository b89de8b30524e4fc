"""Time expressions in sentences with reference dates, written before their grammar was looked at.

At first sight 284 of the 325 were read as written here (0.874); ten rows broke the conventions of the older table in
`data/time_expressions.csv` and were put right, on which the grammar of then stood at 0.908. What failed was then
mended, so the figure of today is that of a table which the grammar has seen.

`data/time_sentences.csv`: a sentence, the expression meant (none: nothing in the sentence is a date), the day of
publication, the interval with its precision, the day of the event before where one is needed, the tense where it is
the future. An expression is read where exactly one is found at its words, and its interval and precision are those.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from dragoman.dates import find, parse_iso, resolve

SENTENCES = Path(__file__).parent / "data" / "time_sentences.csv"
Row = Mapping[str, str]


def rows(path: Path = SENTENCES) -> list[Row]:
    """The sentences of the table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def misread(row: Row) -> str:
    """What is wrong with the reading of a row, or ""."""
    found = find(row["sentence"])
    if not row["expression"]:
        dated = [one.text for one in found if resolve(one, parse_iso(row["reference"]))]
        return f"found {dated}" if dated else ""
    start = row["sentence"].index(row["expression"])
    meant = [one for one in found if one.start < start + len(row["expression"]) and start < one.end]
    if len(meant) != 1:
        return f"found {[one.text for one in meant]}"
    anchor = parse_iso(row["anchor"]) if row["anchor"] else None
    interval = resolve(meant[0], parse_iso(row["reference"]), anchor, "future" if row["tense"] == "future" else "past")
    got = (str(interval.start or ""), str(interval.end or ""), interval.precision) if interval else ("", "", "")
    want = (row["from"], row["to"], row["precision"])
    return "" if got == want else f"{meant[0].text!r} read as {'/'.join(got)}, not {'/'.join(want)}"


def failures(table: Sequence[Row]) -> list[str]:
    """The rows that are misread, each in a line."""
    return [f"{row['sentence']} [{row['expression']}]: {why}" for row in table if (why := misread(row))]
