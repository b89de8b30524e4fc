"""Exports: records of one kind in a file that is whole or not there.

Any kind can be JSON lines, CSV or Parquet; events can also be a network or a map.

A file of JSON lines is exact, and so is one of Parquet. One of CSV is for spreadsheets and statistics:
`formats.layout` says how lists become columns, and texts that a spreadsheet would run are disarmed
(`formats.formulas`). JSON lines and CSV are UTF-8 without a byte order mark; CSV has RFC 4180's line ends.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..errors import UsageError
from .files import write_text
from .geojson import write_geojson
from .graphs import GRAPHS, write_graph
from .layout import Layout, cell, columns, layout, ordered, shape
from .tabular import csv_lines, write_parquet

__all__ = ["ENDINGS", "export", "lines", "lines_of"]

ENDINGS = (".jsonl", ".csv", ".parquet")
"""The endings of file names that say how to write any kind of record."""

OF_EVENTS = (*GRAPHS, ".geojson")
"""The endings that events have besides."""

_LINE_ENDS = str.maketrans({end: f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"})
"""What JSON takes for text and other programs for the end of a line: written as an escape."""


def export(kind: str, records: Iterable[Mapping[str, Any]], path: Path) -> int:
    """Write exported records of `kind` ("events") to `path`; returns how many (of a network: edges).

    The ending of `path` says how. The file is written beside its place and put there when it is
    whole: where anything fails, what was there before stands as it was.

    Raises:
        UsageError: an unknown kind or ending, or a file that cannot be written.
    """
    ending = path.suffix.lower()
    if ending in OF_EVENTS:
        if kind != "events":
            raise UsageError("U001", f"{kind} cannot be written as {ending}; events can.")
        return write_geojson(records, path) if ending == ".geojson" else write_graph(records, path)
    counted = _Counted(records)
    if ending == ".parquet":
        by = layout(kind)
        write_parquet(shape(kind), (ordered(record, by) for record in counted), path)
    else:
        write_text(lines(kind, counted, ending), path)
    return counted.number


def lines(kind: str, records: Iterable[Mapping[str, Any]], ending: str) -> Iterator[str]:
    """The lines of an export (.jsonl or .csv), line ends included, for those who write them elsewhere than to a file.

    Raises:
        UsageError: an unknown kind or ending.
    """
    by = layout(kind)
    if ending == ".jsonl":
        return _json_lines(records, by)
    if ending == ".csv":
        shown = columns(by)
        whole = (ordered(record, by) for record in records)
        rows = ([cell(record, column) for column in shown] for record in whole)
        return csv_lines([column.name for column in shown], rows)
    shown_ending = repr(ending) if ending else "a name without one"
    more = f", those of events also in {', '.join(OF_EVENTS)}"
    raise UsageError("U001", f"Exports end in .parquet, .jsonl or .csv{more}, not {shown_ending}.")


def lines_of(records: Iterable[Mapping[str, Any]], path: Path) -> int:
    """Write records that are no exported kind, as they are, to a file of JSON lines; returns how many.

    Raises:
        UsageError: the file's name has another ending, or it cannot be written.
    """
    if path.suffix.lower() != ".jsonl":
        raise UsageError("U001", f"Gold is written as JSON lines: {path} must end in .jsonl.")
    counted = _Counted(records)
    encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
    write_text((encode(record).translate(_LINE_ENDS) + "\n" for record in counted), path)
    return counted.number


class _Counted:
    """Records that are counted as they pass."""

    def __init__(self, records: Iterable[Mapping[str, Any]]) -> None:
        self.number = 0
        self._records = records

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        for record in self._records:
            self.number += 1
            yield record


def _json_lines(records: Iterable[Mapping[str, Any]], by: Layout) -> Iterator[str]:
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
    for record in records:
        yield encode(ordered(record, by)).translate(_LINE_ENDS) + "\n"
