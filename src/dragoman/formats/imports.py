"""Other people's event files to events, row by row.

GDELT 1.0 and 2.0, ICEWS, POLECAT, ACLED (all generations of its export) and UCDP GED, as text, .gz or .zip. An imported
event has no article, sentence and trigger, but a `source_row`; its frame is the format and that format's own code
("icews:190"), its id the format and the row's id, so that a row imported again takes the place of the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from ..records import Event, Unread
from .acled import acled_events
from .cells import Resolve, RowError, fitted
from .gdelt import gdelt_events
from .icews import icews_events
from .polecat import polecat_events
from .recognition import Table, layout_named, recognised
from .tables import tables_in
from .ucdp import ucdp_events

__all__ = ["events_in"]

Maker = Callable[[Sequence[str], int], Event]

MAKERS: Mapping[str, Callable[[Table, str, Resolve], Maker]] = {
    "acled": acled_events,
    "gdelt": gdelt_events,
    "icews": icews_events,
    "polecat": polecat_events,
    "ucdp": ucdp_events,
}


def events_in(path: Path, resolve: Resolve, format: str | None = None) -> Iterator[Event | Unread]:
    """The events of a file's rows, in their order, and an `Unread` with its line number for each row that is none.

    `resolve` finds the actor that a name certainly means. Without `format`, it is known by the header.

    Raises:
        SourceError: the file cannot be opened, is damaged or of no known layout; it is to be imported whole or not at
        all, so what came before is to be forgotten. UsageError: there is no such format.
    """
    wanted = layout_named(format) if format else None
    for name, lines in tables_in(path):
        table = recognised(name, lines, wanted)
        yield from _events(table, name, MAKERS[table.layout.name](table, name, resolve))


def _events(table: Table, file: str, make: Maker) -> Iterator[Event | Unread]:
    width = max(table.columns.values()) + 1
    for line, cells in table.rows:
        try:
            if isinstance(cells, str):
                raise RowError(cells)
            if line == 2 and _is_hxl(cells):
                continue
            yield make(fitted(cells, width), line)
        except RowError as error:
            yield Unread(file, "F002", f"{file}, line {line}: {error}. The row was left out.")


def _is_hxl(cells: Sequence[str]) -> bool:
    """Whether this is the row of tags that the Humanitarian Data Exchange puts below a header."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(cell.startswith("#") for cell in filled)
