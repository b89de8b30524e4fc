"""Tables in files as rows with their line numbers: plain, in .gz or in .zip; what is broken is told, the rest goes on.

Nothing is held but the row at hand, so a file may be of any size. A line is UTF-8, else Windows-1252: event files mix
the two. In comma-separated tables a quoted cell may run over several lines; where a quotation mark is never closed,
its line is malformed and reading goes on with the next.
"""

from __future__ import annotations

import csv
import gzip
import io
import math
import unicodedata
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, cast

from ..errors import SourceError

__all__ = ["Row", "rows_of", "tables_in"]

Row = tuple[int, list[str] | str]
"""A row's first line (from 1) and its cells, or what is wrong with it."""

LONGEST_LINE = 1 << 20
"""Bytes; event files have rows of some thousand."""

LONGEST_RECORD = 200
"""Lines that a quoted cell may run over."""

HIGHEST_RATIO = 200
"""Times its packed size that a table may unpack to; event files pack ten times smaller."""

HARMLESS = 10_000_000
"""Bytes that may unpack from however few."""

ENDINGS = (".csv", ".tab", ".tsv", ".txt")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What goes wrong in opening or unpacking becomes a `SourceError` that names the file and what to do."""
    try:
        yield
    except FileNotFoundError:
        raise SourceError("S001", f"There is no file {path}. Check the path.") from None
    except (EOFError, zlib.error, zipfile.BadZipFile, gzip.BadGzipFile) as error:
        message = f"{path} is cut off or damaged ({error}). Nothing of it was imported; fetch it again."
        raise SourceError("F003", message) from error
    except (RuntimeError, NotImplementedError) as error:
        raise SourceError("F003", f"{path} cannot be unpacked: {error}. Unpack it first.") from error
    except OSError as error:
        raise SourceError("S009", f"{path} cannot be opened: {error.strerror or error}.") from error


def tables_in(path: Path) -> Iterator[tuple[str, Iterator[str]]]:
    """The tables of a file, each with its name (the path as given; in a .zip with the member's) and its lines.

    Raises:
        SourceError: the file cannot be opened, or is cut off or damaged (also while its lines are drawn).
    """
    with _told(path):
        if path.is_dir():
            raise IsADirectoryError(None, "it is a folder; name the files in it")
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                for member in _members(packed, path):
                    with packed.open(member) as stream:
                        # A ZipExtFile is all that a buffered reader needs.
                        lines = io.BufferedReader(cast(io.RawIOBase, stream))
                        yield f"{path}/{member}", _lines(lines, path, packed.getinfo(member).compress_size)
            return
        with path.open("rb") as file:
            packed_gzip = file.read(2) == b"\x1f\x8b"
            file.seek(0)
            if packed_gzip:
                with gzip.open(file) as stream:
                    yield str(path), _lines(cast(IO[bytes], stream), path, path.stat().st_size)
            else:
                yield str(path), _lines(file, path)


def _members(packed: zipfile.ZipFile, path: Path) -> list[str]:
    found = sorted(
        name
        for name in packed.namelist()
        if PurePosixPath(name).suffix.lower() in ENDINGS and not name.startswith("__MACOSX/")
    )
    if not found:
        raise SourceError("F001", f"{path} holds no table ({', '.join(ENDINGS)}). Unpack it and name the table.")
    return found


def _lines(stream: IO[bytes], path: Path, packed: float = math.inf) -> Iterator[str]:
    """The lines as text, their ends included; a line longer than `LONGEST_LINE` comes in pieces.

    Raises:
        SourceError: S013, more comes out than may of so many packed bytes; F003, it is damaged.
    """
    left = max(HARMLESS, HIGHEST_RATIO * packed)
    with _told(path):
        for raw in iter(partial(stream.readline, LONGEST_LINE), b""):
            left -= len(raw)
            if left < 0:
                message = f"{path} unpacks to more than {HIGHEST_RATIO} times its size. Nothing of it was imported."
                raise SourceError("S013", message)
            try:
                text = raw.decode("utf-8")
            except UnicodeDecodeError:
                text = raw.decode("cp1252", "replace")
            yield text if text.isascii() else unicodedata.normalize("NFC", text)


def rows_of(lines: Iterator[str], delimiter: str, start: int = 1) -> Iterator[Row]:
    """The rows of lines that begin with line `start`; blank lines are no rows."""
    whole = _whole_lines(lines, start)
    return _tab_rows(whole) if delimiter == "\t" else _quoted_rows(whole, delimiter)


def _whole_lines(lines: Iterator[str], start: int) -> Iterator[tuple[int, str]]:
    """Numbered lines; of one that comes in pieces the first alone, which has no line end."""
    number, inside = start, False
    for line in lines:
        ended = line.endswith("\n")
        if not inside and not line.isspace():
            yield number, line
        inside = not ended
        number += ended


def _too_long(line: str) -> bool:
    return len(line) >= LONGEST_LINE // 4 and not line.endswith("\n")


def _tab_rows(lines: Iterator[tuple[int, str]]) -> Iterator[Row]:
    """Tab-separated: a quotation mark means something only where a cell begins and ends with one."""
    for number, line in lines:
        if _too_long(line):
            yield number, f"the line is longer than {LONGEST_LINE} bytes"
            continue
        cells = line.rstrip("\r\n").split("\t")
        yield number, [_unquoted(cell) for cell in cells] if '"' in line else cells


def _unquoted(cell: str) -> str:
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        return cell[1:-1].replace('""', '"')
    return cell


def _quoted_rows(lines: Iterator[tuple[int, str]], delimiter: str) -> Iterator[Row]:
    waiting: deque[tuple[int, str]] = deque()
    while True:
        number, line = waiting.popleft() if waiting else next(lines, (0, ""))
        if not number:
            return
        if _too_long(line):
            yield number, f"the line is longer than {LONGEST_LINE} bytes"
        elif '"' not in line:
            yield number, line.rstrip("\r\n").split(delimiter)
        elif line.count('"') % 2 == 0:
            yield number, _parsed(line, delimiter)
        else:
            taken = _closing(waiting, lines)
            if taken:
                record = line + "".join(waiting.popleft()[1] for _ in range(taken))
                yield number, _parsed(record, delimiter)
            else:
                yield number, "a quotation mark is never closed"


def _closing(waiting: deque[tuple[int, str]], lines: Iterator[tuple[int, str]]) -> int:
    """How many of the lines that follow, which are put into `waiting`, close the open quotation mark; 0: none does."""
    for taken in range(1, LONGEST_RECORD + 1):
        if taken > len(waiting):
            following = next(lines, None)
            if following is None:
                return 0
            waiting.append(following)
        if waiting[taken - 1][1].count('"') % 2:
            return taken
    return 0


def _parsed(record: str, delimiter: str) -> list[str] | str:
    try:
        [cells] = csv.reader(io.StringIO(record, newline=""), delimiter=delimiter, strict=True)
    except (csv.Error, ValueError) as error:
        return f"its quotation marks are broken ({error})"
    return cells
