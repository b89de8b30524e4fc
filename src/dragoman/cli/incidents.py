"""Incidents in the terminal: a list, the disputed fields alone, and one incident with its sources in columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from .. import library
from ..linking import Compared
from ..records import Event, Incident, Value
from ..records.exported import exported_incident
from ..telling import wording

__all__ = ["as_record", "bounds", "disputes", "listed", "print_compared", "said"]


def listed(archive: library.Archive) -> Iterator[Mapping[str, Any]]:
    """A row for each incident, as a reader wants it: those told by most articles first."""
    events = {event.id: event for event in archive.events()}
    copies = archive.near_copies()
    rows = [_row(incident, events, copies) for incident in archive.incidents()]
    yield from sorted(rows, key=lambda row: -row["independent"])


def _row(incident: Incident, events: Mapping[str, Event], copies: Mapping[str, str]) -> dict[str, Any]:
    articles = {str(events[event].article) for event in incident.events}
    standings = ("disputed", "updated", "agreed")
    return {
        **_head(incident, events),
        "articles": len(articles),
        "independent": len({copies.get(article, article) for article in articles}),
        **{standing: [one.field for one in getattr(incident, standing)] for standing in standings},
        "id": incident.id,
    }


def _head(incident: Incident, events: Mapping[str, Event]) -> dict[str, str]:
    """The date that most of its events give, its type, and who did what to whom in the words of its first event."""
    first = events[incident.id]
    dates = [wording.iso_interval(event.when) for event in map(events.__getitem__, incident.events) if event.when]
    names = [", ".join(dict.fromkeys(party.name for party in side)) for side in (first.actor, first.recipient)]
    told = " ".join(part for part in (names[0], first.trigger or "", names[1]) if part)
    # Of dates that as many give, a day says more than the year that holds it.
    date = min(dates, key=lambda date: (-dates.count(date), len(date), date), default="")
    return {"date": date, "type": incident.type, "told": told}


def disputes(archive: library.Archive) -> Iterator[Mapping[str, Any]]:
    """A row for each disputed field of an incident: its values, each with who says it, article and sentence."""
    events = {event.id: event for event in archive.events()}
    outlets = {article.id: article.outlet or article.source for article in archive.articles()}
    for incident in archive.incidents():
        record = exported_incident(incident)
        for statement, exported in zip(incident.disputed, record["disputed"], strict=True):
            yield {
                "incident": incident.id,
                **_head(incident, events),
                "field": statement.field,
                "values": [
                    {
                        **one,
                        "outlet": outlets.get(value.article),
                        "title": f"{said(value)}, {outlets.get(value.article)}",
                    }
                    for value, one in zip(statement.values, exported["values"], strict=True)
                ],
            }


def said(value: Value) -> str:
    """A value with who says it: "34 (Pentagon)"."""
    shown = value.text if value.low is None and value.high is None else bounds(value.low, value.high)
    return f"{shown} ({value.said_by})" if value.said_by else shown


def bounds(low: int | None, high: int | None) -> str:
    """A number with its bounds: "25", ">=500", "<=10", "10-15"."""
    if low == high:
        return str(low)
    if high is None:
        return f">={low}"
    return f"<={high}" if low is None else f"{low}-{high}"


def as_record(found: Compared) -> dict[str, Any]:
    """An incident side by side, for a program."""
    return {
        **exported_incident(found.incident),
        "independent": found.independent,
        "sources": [
            {
                "article": source.article.id,
                "outlet": source.article.outlet,
                "published": source.article.published,
                "title": source.article.title,
                "copy_of": source.copy_of,
                "sentences": list(dict.fromkeys(sentence.text for _, sentence in source.events if sentence)),
            }
            for source in found.sources
        ],
    }


def print_compared(console: Console, found: Compared, plain: Any) -> None:
    """The sources of an incident in columns, a field in each row, their sentences below."""
    articles = f"{len(found.sources)} article{'s' if len(found.sources) != 1 else ''}"
    reports = f"{found.independent} independent report{'s' if found.independent != 1 else ''}"
    console.print(f"{found.incident.type}: {articles}, {reports}")
    table = Table("field", "", box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    for source in found.sources:
        copy = " (copy)" if source.copy_of else ""
        day = (source.article.published or "undated")[:10]
        table.add_column(Text(plain(f"{source.article.outlet or source.article.source}, {day}{copy}")))
    for field in found.fields:
        cells = ["; ".join(map(said, values)) for values in field.values]
        table.add_row(field.name, field.standing, *(Text(plain(cell)) for cell in cells))
    sentences = [
        "\n".join(dict.fromkeys(sentence.text for _, sentence in source.events if sentence)) for source in found.sources
    ]
    table.add_row("words", "", *(Text(plain(text)) for text in sentences))
    console.print(table)
