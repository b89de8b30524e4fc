"""What Datasette shows of an archive: titles, descriptions and facets, as its metadata file.

    datasette case.db --metadata metadata.json

The view `event_table` has an event a row, flat, with `latitude` and `longitude` for its maps.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .files import write_text

__all__ = ["write_datasette"]

TABLES: Mapping[str, Mapping[str, Any]] = {
    "event_table": {
        "title": "Events",
        "description": "An event a row: who did what to whom, when and where, and the words that say so.",
        "facets": ["type", "status", "country"],
        "sort": "date",
        "size": 50,
    },
    "dyads": {"title": "Dyads", "description": "Ordered pairs of parties with their events and mean PLOVER score."},
    "articles": {"title": "Articles", "description": "The texts that were read.", "facets": ["outlet"]},
    "sentences": {
        "title": "Sentences",
        "description": "The sentences of the articles, searchable.",
        "fts_table": "sentences_fts",
    },
    "incidents": {"title": "Incidents", "description": "One happening in the world, as several events report it."},
    "actors": {"title": "Actors", "description": "The register of actors.", "facets": ["kind"], "label_column": "name"},
    "unread": {"title": "Not read", "description": "Sources and rows that were not read, each with the reason."},
}


def write_datasette(archive: Path, path: Path) -> None:
    """Write the metadata for an archive (known to Datasette by its file's name without the ending) to a .json file.

    Raises:
        UsageError: the file cannot be written.
    """
    metadata = {"databases": {archive.stem: {"source": "Dragoman", "tables": TABLES}}}
    write_text([json.dumps(metadata, indent=2, ensure_ascii=False) + "\n"], path)
