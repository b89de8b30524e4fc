"""Tables with an article a row: CSV and Excel -> Articles, through columns told or guessed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from dragoman.errors import SourceError
from dragoman.records import Article, Notice, Unread
from dragoman.settings import Settings

from .columns import Columns, day_first, settle, with_text
from .fields import article_from_record
from .packed import check_office

__all__ = ["Table", "articles_from_table", "sheets_of_xlsx", "table_of_csv"]

_SEPARATORS = ",;\t|"
_MOST_CELLS = 20_000_000
_MOST_COLUMNS = 10_000
_SAMPLED = 1_000


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet or file: what its records' sources are named after, its headings, and its rows with their numbers."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]


def articles_from_table(
    table: Table, told: Mapping[str, str], longest: int, flags: tuple[str, ...] = ()
) -> Iterator[Article | Unread | Notice]:
    """The articles of a table's rows; a row that cannot be read is an `Unread` and the others go on.

    `told` is field -> column; what it leaves open is guessed by the headings, and a `Notice` says how.

    Raises:
        SourceError: S004, no rows; S011, a column that was told is not there, or none holds the text.
    """
    if not table.rows:
        raise SourceError("S004", f"{table.name} has no rows under its headings. Give a table with an article a row.")
    columns = _settled(table, told)
    if columns.guessed:
        yield Notice(table.name, f"{table.name}: columns guessed: {columns.told()}. Say otherwise with --map.")
    for number, record in table.rows:
        try:
            if len(record.get(columns.of["text"], "")) > longest:
                raise _too_long(table.name, number, longest)
            yield article_from_record(record, columns, table.name, number, flags)
        except SourceError as error:
            yield Unread(f"{table.name}:{number}", error.code, error.message)


def _settled(table: Table, told: Mapping[str, str]) -> Columns:
    columns = settle(table.headings, told, table.name)
    columns = with_text(columns, table.headings, [record for _, record in table.rows[:_SAMPLED]], table.name)
    if "published" not in columns.of:
        return columns
    dates = (record.get(columns.of["published"], "") for _, record in table.rows)
    return replace(columns, day_first=day_first(dates))


def table_of_csv(text: str, name: str) -> Table:
    """The table of comma-separated values (or of semicolons, tabs, strokes: whichever cuts the first line most).

    Raises:
        SourceError: S012, a quotation mark is never closed.
    """
    first = text.lstrip("\ufeff\r\n").partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, tuple[str, ...]]] = []
    line = 1
    try:
        for cells in reader:
            rows.append((line, tuple(cells)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise SourceError(
            "S012", f"{name} is not readable as a table from line {line} on ({error}). Save it again as CSV."
        ) from error
    return _table(name, rows)


def sheets_of_xlsx(data: bytes, name: str, settings: Settings) -> Iterator[Table]:
    """The sheets of an Excel file that hold something; their names stand in those of the records' sources.

    Raises:
        SourceError: S004, all are empty; S010, it is protected; S012, it is damaged; S013, it unpacks to too much.
    """
    import openpyxl  # loaded where it is used: most sources are none of these

    check_office(data, name, settings)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = [(sheet.title, list(_rows(sheet, name))) for sheet in book.worksheets]
        book.close()
    except (SourceError, MemoryError):
        raise
    except Exception as error:  # openpyxl raises many kinds on a damaged file
        reason = " ".join(str(error).split())[:120].rstrip(".")
        raise SourceError("S012", f"{name} cannot be read as an Excel file: {reason}.") from error
    filled = [(title, rows) for title, rows in sheets if rows]
    if not filled:
        raise SourceError("S004", f"{name} is empty. Give a table with an article a row.")
    for title, rows in filled:
        yield _table(name if len(filled) == 1 else f"{name}:{title}", rows)


def _rows(sheet: Any, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    # What a file says of its own size may be wrong.
    sheet.reset_dimensions()
    cells = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        cells += len(row)
        if cells > _MOST_CELLS:
            raise SourceError("S013", f"{name} has more than {_MOST_CELLS:,} cells. Split it.")
        values = tuple(map(_shown, row))
        if any(values):
            yield number, values


def _shown(value: object) -> str:
    """A cell as text: days without a clock where they have none, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _table(name: str, rows: Iterable[tuple[int, tuple[str, ...]]]) -> Table:
    """A table of rows, the first filled one its headings; cells beyond them get headings of their own."""
    filled = [(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)]
    if not filled:
        raise SourceError("S004", f"{name} is empty. Give a table with an article a row.")
    if max(len(cells) for _, cells in filled) > _MOST_COLUMNS:
        raise SourceError("S013", f"{name} has a row of more than {_MOST_COLUMNS:,} columns. Save it again as CSV.")
    headings = _unlike(filled[0][1], max(len(cells) for _, cells in filled))
    return Table(
        name, headings, tuple((number, dict(zip(headings, cells, strict=False))) for number, cells in filled[1:])
    )


def _unlike(cells: Sequence[str], width: int) -> tuple[str, ...]:
    """Headings for all columns: numbered where they are empty or stand twice."""
    found: dict[str, None] = {}
    for number in range(1, width + 1):
        heading = " ".join(cells[number - 1].split()) if number <= len(cells) else ""
        heading = heading or f"column {number}"
        found[f"{heading} ({number})" if heading in found else heading] = None
    return tuple(found)


def _too_long(name: str, number: int, longest: int) -> SourceError:
    return SourceError(
        "S007",
        f"The text in row {number} of {name} has more than {longest:,} characters, the limit."
        " Split it, or raise the setting longest_article.",
    )
