"""Events as FollowTheMoney entities, a JSON line each, for Aleph and its kin.

An event that happened is an `Event`, with who did it as `organizer`, whom it was done to as `involved`, its sentence as
`summary` and its article as `proof`. Parties of the register are a Person, PublicBody or Organization; others, known by
their words alone, are a LegalEntity. Articles are an `Article`, without their text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..geography import country_by_code
from ..records import digest
from .files import write_text
from .foreign import happened
from .geojson import words_of

__all__ = ["write_followthemoney"]

SCHEMATA = {"person": "Person", "state": "PublicBody", "body": "PublicBody"}
"""Kinds of actors that are not an Organization."""

Entity = dict[str, Any]


def write_followthemoney(events: Iterable[Mapping[str, Any]], actors: Iterable[Mapping[str, Any]], path: Path) -> int:
    """Write the entities of events that happened, of their parties and their articles to a file; returns how many.

    `actors` are those of the register. Each entity is written once, before the first that refers to it.

    Raises:
        UsageError: the file cannot be written.
    """
    known = {actor["id"]: actor for actor in actors}
    number = 0

    def pieces() -> Iterator[str]:
        nonlocal number
        encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
        written: set[str] = set()
        for event in filter(happened, events):
            for entity in _entities(event, known):
                if entity["id"] not in written:
                    written.add(entity["id"])
                    number += 1
                    yield encode(entity) + "\n"

    write_text(pieces(), path)
    return number


def _entities(event: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]) -> Iterator[Entity]:
    sides = [[_party(party, known) for party in event[side]] for side in ("actor", "recipient")]
    for side in sides:
        yield from side
    article = _article(event["article"]) if event["article"] else None
    if article:
        yield article
    organizers, involved = ([entity["id"] for entity in side] for side in sides)
    yield _event(event, organizers, involved, article)


def _entity(identity: str, schema: str, **properties: Any) -> Entity:
    """An entity; every property is a list of texts, and one without a value is left out."""
    listed = {key: value if isinstance(value, list) else [value] for key, value in properties.items() if value}
    return {"id": identity, "schema": schema, "properties": listed}


def _party(party: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]) -> Entity:
    actor = known.get(party["id"] or "")
    if actor is None:
        identity = f"dragoman-party-{digest('party', party['id'] or '', party['name'], party['code'])}"
        return _entity(identity, "LegalEntity", name=party["name"], country=_country(party["code"]))
    schema = SCHEMATA.get(actor["kind"], "Organization")
    countries = _country(actor["code"])
    return _entity(
        f"dragoman-actor-{actor['id']}", schema, name=actor["name"], alias=sorted(actor["aliases"]), country=countries
    )


def _country(code: str) -> str | None:
    """FollowTheMoney's code of a country: ISO alpha-2 in small letters."""
    found = country_by_code(code[:3], "iso3")
    return found.iso2.lower() if found and found.iso2 else None


def _article(article: Mapping[str, Any]) -> Entity:
    title = article["title"] or f"Article {article['id']}"
    published = (article["published"] or "")[:10]
    return _entity(
        f"dragoman-article-{article['id']}",
        "Article",
        name=title,
        title=title,
        publisher=article["outlet"],
        publishedAt=published,
        sourceUrl=article["url"],
    )


def _event(event: Mapping[str, Any], organizers: list[str], involved: list[str], article: Entity | None) -> Entity:
    date, place = event["date"] or {}, event["place"] or {}
    start, end = date.get("from"), date.get("to")
    names = [", ".join(party["name"] for party in event[side]) for side in ("actor", "recipient")]
    return _entity(
        f"dragoman-event-{event['id']}",
        "Event",
        name=f"{event['type'] or 'event'}: {' / '.join(filter(None, names)) or 'parties unnamed'}",
        summary=words_of(event),
        date=start if start == end else None,
        startDate=start if start != end else None,
        endDate=end if start != end else None,
        location=place.get("text") or place.get("name"),
        country=_country(place.get("country") or "") if place.get("country") else None,
        organizer=organizers,
        involved=involved,
        keywords=[word for word in (event["type"], event["mode"], event["quad"], *event["contexts"]) if word],
        notes=[f"{count['what']}: {count['text']}" for count in event["counts"]],
        recordId=event["id"],
        proof=article["id"] if article else None,
    )
