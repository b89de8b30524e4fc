"""Which layout a table has: by its header, or by its width where it has none."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

from ..errors import SourceError, UsageError
from .tables import Row, rows_of

__all__ = ["FORMATS", "Layout", "Table", "layout_named", "recognised"]


@dataclass(frozen=True, slots=True)
class Layout:
    """A format of event files; `layouts.toml` says what its fields mean."""

    name: str
    title: str
    needs: tuple[str, ...]
    empty: frozenset[str]
    columns: tuple[str, ...]
    only: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose layout is known: where each column stands, and the rows below the header."""

    layout: Layout
    columns: Mapping[str, int]
    rows: Iterator[Row]


@cache
def _layouts() -> Mapping[str, Layout]:
    data = tomllib.loads(Path(__file__).with_name("layouts.toml").read_text(encoding="utf-8"))
    return {
        name: Layout(
            name,
            entry["title"],
            tuple(entry["needs"]),
            frozenset(["", *entry["empty"]]),
            tuple(entry.get("columns", ())),
            tuple(entry.get("only", ())),
        )
        for name, entry in data.items()
    }


FORMATS = tuple(sorted(_layouts()))
"""The names of the formats that can be imported."""

DELIMITERS = ("\t", ",", ";")


def layout_named(name: str) -> Layout:
    """The layout of that name.

    Raises:
        UsageError: there is none.
    """
    if name not in _layouts():
        raise UsageError("U001", f"There is no format {name!r}. Choose one of: {', '.join(FORMATS)}.")
    return _layouts()[name]


def recognised(name: str, lines: Iterator[str], wanted: Layout | None = None) -> Table:
    """The table that lines hold; where `wanted` is given, it must be of that layout.

    Raises:
        SourceError: no layout fits; the sentence says what the nearest one lacks.
    """
    first = next(lines, "").removeprefix("\ufeff")
    if "\0" in first:
        raise SourceError("F001", f"{name} is no text in UTF-8. Save it as CSV in UTF-8.")
    layouts = [wanted] if wanted else list(_layouts().values())
    for delimiter in DELIMITERS:
        cells = _cells(first, delimiter)
        for layout in layouts:
            columns = _fitting(layout, cells)
            if columns is not None:
                headless = bool(layout.columns) and cells[0].isdigit()
                rows = rows_of(chain([first], lines), delimiter) if headless else rows_of(lines, delimiter, start=2)
                return Table(layout, columns, rows)
    raise _unknown(name, first, layouts)


def _cells(line: str, delimiter: str) -> list[str]:
    row = next(rows_of(iter([line]), delimiter), (0, []))[1]
    return row if isinstance(row, list) else []


def _fitting(layout: Layout, cells: Sequence[str]) -> Mapping[str, int] | None:
    """Where the layout's columns stand in a first row, or None where it is not of this layout."""
    columns = _named(cells, layout.only)
    if columns.keys() >= set(layout.needs):
        return columns
    if layout.columns and len(cells) > 1 and cells[0].isdigit() and re.fullmatch(r"\d{8}", cells[1]):
        return _by_width(layout.columns, len(cells))
    return None


def _named(cells: Sequence[str], only: Sequence[str] = ()) -> dict[str, int]:
    names = [re.sub(r"[^a-z0-9]+", "_", cell.strip().lower()) for cell in cells]
    found: dict[str, int] = {}
    for place, name in enumerate(name for name in names if not only or name in only):
        found.setdefault(name, place)
    return found


def _by_width(columns: Sequence[str], width: int) -> Mapping[str, int] | None:
    """GDELT 2.0 has all 61 columns; 1.0 lacks the three of second-order regions, and before April 2013 the source."""
    without = [column for column in columns if not column.endswith("_adm2code")]
    for known in (columns, without, without[:-1]):
        if len(known) == width:
            return {column: place for place, column in enumerate(known)}
    return None


def _unknown(name: str, first: str, layouts: Sequence[Layout]) -> SourceError:
    found = max((_named(_cells(first, delimiter)) for delimiter in DELIMITERS), key=len)
    nearest = max(layouts, key=lambda layout: len(found.keys() & set(layout.needs)) / len(layout.needs))
    missing = [column for column in nearest.needs if column not in found]
    if len(missing) <= len(nearest.needs) / 2:
        what = f"looks like {nearest.title}, but lacks the columns {', '.join(missing)}"
        return SourceError("F001", f"{name}, line 1: it {what}. Nothing of it was imported; export it again in full.")
    known = "; ".join(layout.title for layout in layouts)
    return SourceError("F001", f"{name}, line 1: this is no header of an event file. Known are: {known}.")
