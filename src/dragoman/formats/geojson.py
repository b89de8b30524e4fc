"""Events as GeoJSON (RFC 7946): one feature each, at its place where that has coordinates, else without geometry."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from .files import write_text

__all__ = ["words_of", "write_geojson"]


def write_geojson(events: Iterable[Mapping[str, Any]], path: Path) -> int:
    """Write events to a .geojson file; returns how many.

    Raises:
        UsageError: the file cannot be written.
    """
    number = 0

    def pieces() -> Iterator[str]:
        nonlocal number
        encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
        yield '{"type":"FeatureCollection","features":['
        for event in events:
            yield (",\n" if number else "\n") + encode(_feature(event))
            number += 1
        yield "\n]}\n"

    write_text(pieces(), path)
    return number


def _feature(event: Mapping[str, Any]) -> dict[str, Any]:
    place, date, article = event["place"] or {}, event["date"] or {}, event["article"] or {}
    located = place.get("lat") is not None and place.get("lon") is not None
    return {
        "type": "Feature",
        "id": event["id"],
        "geometry": {"type": "Point", "coordinates": [place["lon"], place["lat"]]} if located else None,
        "properties": {
            **{key: event[key] for key in ("type", "mode", "quad", "score", "status")},
            "actor": "; ".join(party["name"] for party in event["actor"]),
            "recipient": "; ".join(party["name"] for party in event["recipient"]),
            "from": date.get("from"),
            "to": date.get("to"),
            "place": place.get("name"),
            "place_precision": place.get("precision"),
            "country": place.get("country"),
            "counts": "; ".join(f"{count['what']} {count['text']}" for count in event["counts"]),
            "outlet": article.get("outlet"),
            "published": article.get("published"),
            "words": words_of(event),
        },
    }


def words_of(event: Mapping[str, Any]) -> str | None:
    """The sentence that an event stands in, or what the row that it came from says."""
    if event["sentence"] is not None:
        return str(event["sentence"]["text"])
    return (event.get("source_row") or {}).get("text")
