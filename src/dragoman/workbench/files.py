"""The events as a file: exactly what the page shows, with a last line that says how complete it is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from ..formats import csv_lines
from ..telling import wording
from ..version import __version__
from .choosing import COLUMNS, Asked, asked_of, sentence
from .lines import Line, lines
from .state import Workbench, bench_of, columns_now

__all__ = ["ROUTES"]

BATCH = 500

ONE_CELL = str.maketrans(dict.fromkeys(',;"\t\r\n\v\f\x85\u2028\u2029', " "))
"""What would make several cells or lines of a line that no reader quotes: the second might be taken for a formula."""

Rows = Iterator[Mapping[str, str]]
"""Events as a file has them, id and cells; last a row whose "#" says how complete the file is."""

CELLS: Mapping[str, Callable[[Line], str]] = {
    "date": lambda line: wording.iso_interval(line.told.event.when),
    "who": lambda line: "; ".join(line.told.name(party) for party in line.told.event.actor),
    "what": lambda line: line.told.what,
    "whom": lambda line: "; ".join(line.told.name(party) for party in line.told.event.recipient),
    "place": lambda line: line.told.event.where.name if line.told.event.where else "",
    "status": lambda line: str(line.told.event.status),
    "counts": lambda line: line.told.counts,
    "said_by": lambda line: line.told.event.said_by.name if line.told.event.said_by else "",
    "words": lambda line: "".join(line.told.quotation()),
    "outlet": lambda line: line.told.outlet,
    "certainty": lambda line: f"{line.told.event.confidence:.2f}",
    "checked": lambda line: line.checked or "machine-coded",
    "frame": lambda line: line.told.event.frame,
}
"""The columns as a file has them: name -> the cell of an event."""


def _csv(request: Request) -> Response:
    return _file(request, "csv", "text/csv", _csv_lines)


def _jsonl(request: Request) -> Response:
    return _file(request, "jsonl", "application/jsonl", _json_lines)


def _file(request: Request, ending: str, kind: str, write: Callable[[Asked, Rows], Iterator[str]]) -> Response:
    asked, bench = asked_of(request.query_params), bench_of(request)
    with bench.archive() as archive:
        choice = archive.store.chosen(columns_now(request, archive), asked.wanted)
        numbers = choice.numbers(not asked.oldest)
        called = dict(zip(choice.columns.names["party"], choice.columns.called, strict=True))
        unread = len(archive.unread())
        model = archive.store.manifest().get("model", "unknown")
        last = (
            f"complete: {len(numbers)} of the archive's {len(choice.columns)} events ("
            f"{sentence(asked.wanted, len(numbers), called)}) – {choice.looked_at} of them looked at by a person and "
            f"the others machine-coded – sources that were not read: {unread} – Dragoman {__version__} model {model}"
        )
        rows: Rows = chain(_rows(bench, numbers, asked.columns), [{"#": last}])
        if "redact" in request.query_params:
            rows = archive.redacted("events", rows)
    headers = {"content-disposition": f'attachment; filename="events.{ending}"'}
    return StreamingResponse(write(asked, rows), media_type=f"{kind}; charset=utf-8", headers=headers)


def _rows(bench: Workbench, numbers: Sequence[int], columns: Sequence[str]) -> Rows:
    """Events with their article and cells. Each batch opens the archive anew: it may be made in another thread."""
    for first in range(0, len(numbers), BATCH):
        with bench.archive() as archive:
            found = lines(archive, archive.store.numbered(numbers[first : first + BATCH]))
        for line in found:
            event = line.told.event
            yield {"id": event.id, "article": event.article or "", **{name: CELLS[name](line) for name in columns}}


def _csv_lines(asked: Asked, rows: Rows) -> Iterator[str]:
    """The events, then a line that begins with "# ", which readers skip as a comment, or as the last one."""
    said = []

    def cells() -> Iterator[list[str]]:
        for row in rows:
            if "#" in row:
                said.append(row["#"])
            else:
                yield [row[name] for name in ("id", *asked.columns)]

    yield from csv_lines(["id", *(COLUMNS[name] for name in asked.columns)], cells())
    yield from (f"# {words.translate(ONE_CELL)}\r\n" for words in said)


def _json_lines(asked: Asked, rows: Rows) -> Iterator[str]:
    for row in rows:
        shown = {name: row[name] for name in ("#", "id", *asked.columns) if name in row}
        yield json.dumps(shown, ensure_ascii=False) + "\n"


ROUTES = [Route("/events.csv", _csv), Route("/events.jsonl", _jsonl)]
