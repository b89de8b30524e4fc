"""Whom the archive names: the names that nobody knows yet, and actors of others for the knowledge base."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import click
from rich.table import Table
from rich.text import Text

from .. import library
from ..actors import entries_of, knowledge, toml_of
from ..errors import SourceError, UsageError
from ..settings import load
from .common import EXIT_SOME_UNREAD, ROWS_LISTED, archive_option, console, existing, json_option, told
from .tables import plain

__all__ = ["actors"]

EXAMPLES = 2
"""Sentences shown of an unknown name."""


@click.command()
@archive_option
@click.option("--unknown", is_flag=True, help="Only names that are not in the knowledge base, with sentences.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="At most this many names.")
@click.option(
    "--import",
    "imported",
    type=click.Path(path_type=Path),
    default=None,
    help="Wikidata JSON or FollowTheMoney entities, to be written as a knowledge file.",
)
@click.option("--to", type=click.Path(path_type=Path), default=None, help="The knowledge file to write (.toml).")
@json_option
@told
def actors(
    archive: Path | None, unknown: bool, limit: int, imported: Path | None, to: Path | None, as_json: bool
) -> None:
    """List whom the archive names, most mentioned first; or --import actors of others as a knowledge file.

    Add what --unknown lists to a file in the folder of your own data (docs/extending.md), and read again.
    """
    if imported is not None:
        _import(imported, to)
        return
    with existing(archive) as opened:
        rows = _named(opened, unknown, limit)
    if as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    table = Table("mentions", "name", "kind", "code", "id", *(["sentences"] if unknown else []), box=None)
    for row in rows:
        cells = [str(row["mentions"]), row["name"], row["kind"], row["code"], row["id"]]
        table.add_row(*(Text(plain(cell)) for cell in [*cells, *(["\n".join(row["sentences"])] if unknown else [])]))
    console.print(table if rows else "no names")


def _named(archive: library.Archive, unknown: bool, limit: int) -> list[dict[str, Any]]:
    """The persons and bodies that the archive names, by how often, each by its commonest name, kind and code."""
    known = knowledge(load().user_data).actors
    times: Counter[str] = Counter()
    first: dict[str, tuple[str, str, str]] = {}
    for identity, name, kind, code, mentions, _ in archive.store.named():
        if not (unknown and identity in known):
            times[identity] += mentions
            first.setdefault(identity, (name, kind, code))
    found = []
    for identity in sorted(times, key=lambda one: (-times[one], one))[:limit]:
        name, kind, code = first[identity]
        row: dict[str, Any] = {"id": identity, "name": name, "kind": kind, "code": code, "mentions": times[identity]}
        if unknown:
            row["sentences"] = [text for _, text in archive.store.sentences_naming(identity, EXAMPLES)]
        found.append(row)
    return found


def _import(path: Path, to: Path | None) -> None:
    if to is None:
        raise UsageError("U001", "--import needs the knowledge file to write: --to my-case/actors/own.toml.")
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise SourceError("S001", f"The file {path} does not exist.") from None
    except UnicodeDecodeError:
        raise SourceError("S006", f"The file {path} is not UTF-8 text.") from None
    entries, left = entries_of(text, str(path), knowledge(load().user_data))
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(toml_of(entries), encoding="utf-8")
    click.echo(f"{len(entries)} actors written to {to}, {len(left)} left out")
    for sentence in left[:ROWS_LISTED]:
        click.echo(f"  left out: {plain(sentence)}")
    if left:
        sys.exit(EXIT_SOME_UNREAD)
