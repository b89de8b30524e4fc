"""Records as tables in the terminal, scores and the manifest."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from .. import library
from ..alignment import dyads
from ..codebook import TYPES
from ..encoder import fingerprint
from ..errors import ArchiveError, UsageError
from ..evaluation import Precision, score
from ..linking import independent
from ..settings import load
from ..version import __version__
from .incidents import bounds, disputes

__all__ = ["manifest", "plain", "print_precision", "print_score", "print_table", "rows_of", "told"]

COLUMNS: dict[str, tuple[str, ...]] = {
    "articles": ("published", "outlet", "title", "author", "flags", "id"),
    "events": ("date", "type", "actor", "recipient", "status", "place", "counts", "trigger", "said_by", "outlet"),
    "actors": ("id", "name", "kind", "code"),
    "sentences": ("article", "index", "part", "text"),
    "ties": ("from", "kind", "to", "polarity", "time", "words", "outlet"),
    "shifts": ("who", "away_from", "toward", "when", "after", "words", "outlet"),
    "causes": ("cause", "effect", "words", "sentence", "outlet"),
    "incidents": ("date", "type", "told", "articles", "independent", "disputed", "updated", "agreed", "id"),
    "disputes": ("date", "type", "told", "field", "values", "incident"),
    "dyads": ("actor", "recipient", "events", "quads", "score"),
    "furniture": ("source", "why", "text"),
    "unread": ("code", "source", "message"),
}


def rows_of(archive: library.Archive, kind: str, filters: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    """The rows of a kind in their exported shape; filters apply to events and dyads."""
    if kind not in ("events", "dyads") and filters:
        raise UsageError("U001", f"{kind} cannot be filtered by --{sorted(filters)[0]}; events and dyads can.")
    if kind == "dyads":
        names = {actor.id: actor.name for actor in archive.actors()}
        events = independent(archive.events(**filters), archive.near_copies())
        found = (asdict(dyad) for dyad in dyads(events))
        return (row | {side: names.get(row[side], row[side]) for side in ("actor", "recipient")} for row in found)
    if kind == "disputes":
        return disputes(archive)
    if kind == "furniture":
        return (
            {"article": article.id, "source": article.source, "why": piece.why, "text": piece.text}
            for article in archive.articles()
            for piece in article.furniture
        )
    if kind == "near-copies":
        return _near_copies(archive)
    if kind == "unread":
        return (asdict(item) for item in archive.unread())
    return archive.exported(kind, **(filters if kind == "events" else {}))


def _near_copies(archive: library.Archive) -> Iterator[Mapping[str, Any]]:
    """Each near-copy beside the article that it is a copy of."""
    copies = archive.near_copies()
    named = {article.id: article for article in archive.articles() if article.id in {*copies, *copies.values()}}
    for copy, original in copies.items():
        yield {
            "original": original,
            "copy": copy,
            "original_published": named[original].published,
            "copy_published": named[copy].published,
            "original_outlet": named[original].outlet or named[original].source,
            "copy_outlet": named[copy].outlet or named[copy].source,
            "copy_title": named[copy].title,
        }


def told(archive: library.Archive, rows: Iterator[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Rows with the ids of events in "cause", "effect" and "after" replaced by the events' words, for a reader."""
    triggers = {event.id: event.trigger or event.id for event in archive.events()}
    for row in rows:
        ids = {key: row[key] for key in ("cause", "effect", "after") if row.get(key)}
        yield {**row, **{key: triggers.get(value, value) for key, value in ids.items()}}


def plain(text: str) -> str:
    """Text without characters that steer a terminal or turn its direction."""
    return "".join(c if c.isprintable() else "\ufffd" if c not in "\n\t" else " " for c in text)


def print_table(console: Console, kind: str, rows: Iterator[Mapping[str, Any]], limit: int | None) -> None:
    """A table of the columns people look for; all columns are in the export."""
    table: Table | None = None
    shown = total = 0
    for row in rows:
        cells = _event_cells(row) if kind == "events" else _cells(row)
        if table is None:
            columns = COLUMNS.get(kind, tuple(cells)[:8])
            table = Table(*columns, box=None, header_style="bold", pad_edge=False)
        total += 1
        if limit is None or shown < limit:
            table.add_row(*(Text(plain(cells.get(str(column.header), ""))) for column in table.columns))
            shown += 1
    if table is None:
        console.print(f"no {kind}")
        return
    console.print(table)
    console.print(f"{shown} of {total} {kind}", style="dim")


def _cells(row: Mapping[str, Any]) -> dict[str, str]:
    """The cells of a row that is no event; parties by name, the outlet out of the article."""
    cells = {key: _cell(value) for key, value in row.items()}
    for key in ("from", "to", "who", "away_from", "toward"):
        if isinstance(row.get(key), Mapping):
            cells[key] = row[key]["name"]
    if isinstance(row.get("article"), Mapping):
        cells["outlet"] = row["article"]["outlet"] or ""
    return cells


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return str(value.get("title") or value.get("text") or value.get("name") or value.get("id") or "")
    if isinstance(value, list | tuple):
        return ", ".join(_cell(item) for item in value)
    return str(value)


def _event_cells(event: Mapping[str, Any]) -> dict[str, str]:
    when, where = event["date"], event["place"]
    interval = "" if not when else "/".join(dict.fromkeys(x or ".." for x in (when["from"], when["to"])))
    counts = ", ".join(f"{c['what']} {bounds(c['low'], c['high'])}" for c in event["counts"])
    mode = f" ({event['mode']})" if event["mode"] else ""
    return {
        "date": interval,
        "type": f"{event['type']}{mode}",
        "actor": ", ".join(party["name"] for party in event["actor"]),
        "recipient": ", ".join(party["name"] for party in event["recipient"]),
        "status": event["status"] if event["status"] != "actual" else "",
        "place": where["name"] if where else "",
        "counts": counts,
        "trigger": event["trigger"]["text"] if event["trigger"] else "",
        "said_by": event["said_by"]["name"] if event["said_by"] else "",
        "outlet": (event["article"] or {}).get("outlet") or "",
    }


def print_precision(console: Console, found: Sequence[Precision]) -> None:
    """Precision by stratum with its 95% interval, over all at the end."""
    table = Table("stratum", "events", "judged", "right", "precision", "95% interval", box=None)
    for one in found:
        interval = f"{one.low:.2f} to {one.high:.2f}"
        table.add_row(
            plain(one.stratum), str(one.size), str(one.judged), str(one.right), f"{one.precision:.2f}", interval
        )
    console.print(table)


def print_score(console: Console, gold: Sequence[Path], predicted: list[Mapping[str, Any]], as_json: bool) -> None:
    """The figures of the codebook's scoring as a table, or as JSON."""
    result = score([record for path in gold for record in _gold(path)], predicted)
    if as_json:
        figures = {level: asdict(found) for level, found in result.levels.items()}
        console.print_json(json.dumps(figures | {"status_f1": result.status_f1}))
        return
    table = Table("level", "precision", "recall", "F1", "matched", "predicted", "gold", box=None)
    for level, found in result.levels.items():
        numbers = (found.precision, found.recall, found.f1)
        table.add_row(level, *(f"{n:.3f}" for n in numbers), str(found.matched), str(found.predicted), str(found.gold))
    console.print(table)
    if result.status_f1 is not None:
        console.print(f"status macro-F1 {result.status_f1:.3f} on {sum(result.status_counts.values())} dyad matches")


def _gold(path: Path) -> Iterator[Mapping[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise UsageError("U002", f"The gold file {path} cannot be read: {problem}.") from problem
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                record = json.loads(line)
            except (json.JSONDecodeError, RecursionError):
                record = None
            if not _is_gold(record):
                message = f"{path}, line {number} is no gold event. docs/guide.md has the format."
                raise UsageError("U001", message)
            yield record


def _is_gold(record: Any) -> bool:
    """Whether a record has a sentence, a type, and sides that are lists of named members."""
    if not isinstance(record, dict) or record.get("type") not in TYPES or not isinstance(record.get("sent_text"), str):
        return False
    sides = [record.get(side) or [] for side in ("actor", "recipient")]
    return all(isinstance(side, list) and all(isinstance(member, dict) for member in side) for side in sides)


def manifest(path: Path | None) -> dict[str, Any]:
    """Versions, model, settings and, with an archive, what it holds and from which sources."""
    found: dict[str, Any] = {
        "dragoman": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(terse=True),
        "model": fingerprint(),
        "settings": asdict(load()),
    }
    if path is not None and not path.exists():
        raise ArchiveError("A005", f"There is no archive at {path}.")
    if path is not None:
        with library.open(path, read_only=True) as archive:
            sources = hashlib.sha256()
            for article in archive.articles():
                sources.update(article.id.encode())
            found |= {"archive": str(path), "counts": archive.store.counts(), "sources": sources.hexdigest()[:16]}
            found["coded with"] = archive.store.manifest()
    found["cite"] = f"Dragoman {__version__} (2026), open-source event coder, model {fingerprint()}."
    return found
