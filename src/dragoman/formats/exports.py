"""Exports: records of one kind as JSON lines or CSV, in a file that is whole or not there.

A file of JSON lines is exact. One of CSV is for spreadsheets and statistics: `formats.layout` says
how lists become columns, and texts that a spreadsheet would run are disarmed (`formats.formulas`).
Both are UTF-8 without a byte order mark; CSV has RFC 4180's line ends.
"""

from __future__ import annotations

import csv
import io
import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..errors import UsageError
from .formulas import disarm
from .layout import Layout, cell, columns, layout, ordered

__all__ = ["ENDINGS", "export", "lines"]

ENDINGS = (".jsonl", ".csv")
"""The endings of file names that say how to write."""

_LINE_ENDS = str.maketrans({end: f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"})
"""What JSON takes for text and other programs for the end of a line: written as an escape."""


def export(kind: str, records: Iterable[Mapping[str, Any]], path: Path) -> int:
    """Write exported records of `kind` ("events") to `path`; returns how many.

    The ending of `path` says how. The file is written beside its place and put there when it is
    whole: where anything fails, what was there before stands as it was.

    Raises:
        UsageError: an unknown kind or ending, or a file that cannot be written.
    """
    ending = path.suffix.lower()
    counted = _Counted(records)
    text = lines(kind, counted, ending)
    try:
        _write_whole(text, path)
    except OSError as error:
        raise UsageError(
            "U003", f"{path} cannot be written: {error.strerror or error}. Choose another place."
        ) from error
    return counted.number


def lines(kind: str, records: Iterable[Mapping[str, Any]], ending: str) -> Iterator[str]:
    """The lines of an export, line ends included, for those who write them elsewhere than to a file.

    Raises:
        UsageError: an unknown kind or ending.
    """
    by = layout(kind)
    if ending not in ENDINGS:
        shown = repr(ending) if ending else "a name without one"
        raise UsageError("U001", f"Exports end in {' or '.join(ENDINGS)}, not {shown}.")
    return _json_lines(records, by) if ending == ".jsonl" else _csv_lines(records, by)


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


def _csv_lines(records: Iterable[Mapping[str, Any]], by: Layout) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    shown = columns(by)
    writer.writerow([column.name for column in shown])
    for record in records:
        yield _emptied(buffer)
        whole = ordered(record, by)
        writer.writerow([_safe(cell(whole, column)) for column in shown])
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


def _write_whole(text: Iterator[str], path: Path) -> None:
    place = path.resolve()
    beside = place.with_name(f".{place.name}.{secrets.token_hex(4)}.tmp")
    try:
        with beside.open("x", encoding="utf-8", newline="") as file:
            file.writelines(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(place)
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    _settle(place.parent)


def _settle(folder: Path) -> None:
    """Have the new name survive a power cut too, where the system can promise that of a folder."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
