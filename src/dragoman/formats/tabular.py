"""Tables of rows to files: comma- or tab-separated, or Parquet.

Parquet needs polars, an optional extra (`pip install dragoman[parquet]`).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import UsageError
from .files import whole_file, write_text
from .formulas import disarm

__all__ = ["TABLE_ENDINGS", "Column", "csv_lines", "write_parquet", "write_table"]

TABLE_ENDINGS = (".csv", ".tab", ".txt", ".parquet")
"""The endings of file names that say how to write a table: commas, tabs, tabs, Parquet."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the kind of its values (str, int, float or bool), and what it means."""

    name: str
    kind: type
    meaning: str = ""


def write_table(columns: Sequence[Column], rows: Iterable[Sequence[Any]], path: Path) -> int:
    """Write rows of as many values as there are columns to `path`, whose ending says how; returns how many.

    Raises:
        UsageError: an unknown ending, a file that cannot be written, or Parquet without polars.
    """
    counted = _Counted(rows)
    ending = path.suffix.lower()
    names = [column.name for column in columns]
    if ending == ".csv":
        write_text(csv_lines(names, counted), path)
    elif ending in (".tab", ".txt"):
        write_text(_tab_lines(names, counted), path)
    elif ending == ".parquet":
        records = (dict(zip(names, row, strict=True)) for row in counted)
        write_parquet({column.name: column.kind for column in columns}, records, path)
    else:
        raise UsageError("U001", f"Tables end in {', '.join(TABLE_ENDINGS)}, not {ending or 'nothing'!r}.")
    return counted.number


class _Counted:
    """Rows that are counted as they pass."""

    def __init__(self, rows: Iterable[Sequence[Any]]) -> None:
        self.number = 0
        self._rows = rows

    def __iter__(self) -> Iterator[Sequence[Any]]:
        for row in self._rows:
            self.number += 1
            yield row


def csv_lines(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Comma-separated lines with a header, formulas disarmed, with RFC 4180's line ends; null is empty."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        yield _emptied(buffer)
        writer.writerow([_safe(value) for value in row])
    yield _emptied(buffer)


def _emptied(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _safe(value: Any) -> Any:
    """Numbers stay numbers; text is disarmed."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return disarm(value) if isinstance(value, str) else value


def _tab_lines(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Tab-separated lines with a header: what would end a cell or a row is a space."""
    yield "\t".join(names) + "\n"
    for row in rows:
        yield "\t".join("" if value is None else " ".join(str(value).split()) for value in row) + "\n"


def write_parquet(shape: Mapping[str, Any], records: Iterable[Mapping[str, Any]], path: Path) -> None:
    """Write records to a Parquet file; `shape` has for each key str, int, float, bool, a list, or a shape.

    Raises:
        UsageError: polars is not installed, or the file cannot be written.
    """
    try:
        import polars
    except ImportError:
        message = 'Parquet needs polars. Install it with: pip install "dragoman[parquet]"'
        raise UsageError("U001", message) from None
    plain = {str: polars.String, int: polars.Int64, float: polars.Float64, bool: polars.Boolean}

    def kind_of(value: Any) -> Any:
        if isinstance(value, list):
            return polars.List(kind_of(value[0]))
        if isinstance(value, Mapping):
            return polars.Struct({key: kind_of(inner) for key, inner in value.items()})
        return plain[value]

    encode = json.JSONEncoder(ensure_ascii=False).encode
    with whole_file(path) as beside:
        rows = beside.with_suffix(".rows")
        try:
            with rows.open("x", encoding="utf-8", newline="") as file:
                file.writelines(encode(record) + "\n" for record in records)
            # Row by row through a file, so that a table of any length needs little memory.
            schema = {key: kind_of(value) for key, value in shape.items()}
            if rows.stat().st_size:
                polars.scan_ndjson(rows, schema=schema).sink_parquet(beside)
            else:
                polars.DataFrame(schema=schema).write_parquet(beside)
        finally:
            rows.unlink(missing_ok=True)
