"""Our events in the columns of POLECAT and of ICEWS, for programs that read those.

Both know only what happened, on a day, between one actor and at most one recipient. So an event has a row for each
pair of its parties (in both directions where the act is mutual); events that did not happen or have no day are left
out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ..codebook import QUADS, cameo_of, goldstein_of_cameo, quad_of, score_of, sectors_of
from ..geography import countries
from ..records import Event
from .tabular import Column, write_table

__all__ = ["FOREIGN", "cameo_of_event", "happened", "pairs", "write_foreign"]

Party = Mapping[str, Any]
Exported = Mapping[str, Any]

HEADERS = {
    "icews": (
        "Event ID|Event Date|Source Name|Source Sectors|Source Country|Event Text|CAMEO Code|Intensity|Target Name|"
        "Target Sectors|Target Country|Story ID|Sentence Number|Publisher|City|District|Province|Country|"
        "Latitude|Longitude"
    ).split("|"),
    "polecat": (
        "Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|Actor Name|Actor Country|Actor COW|"
        "Primary Actor Sector|Actor Sectors|Actor Title|Actor Name Raw|Wikipedia Actor ID|Recipient Name|"
        "Recipient Country|Recipient COW|Primary Recipient Sector|Recipient Sectors|Recipient Title|Recipient Name Raw|"
        "Wikipedia Recipient ID|Placename|City|District|Province|Country|Latitude|Longitude|GeoNames ID|Raw Placename|"
        "Feature Type|Source|Publication Date|Story People|Story Organizations|Story Locations|Language|Version"
    ).split("|"),
}

FOREIGN = tuple(HEADERS)
"""The layouts of others in which events can be written."""


def cameo_of_event(event: Event) -> str | None:
    """The CAMEO code of an event: its own where it was imported with one, else the nearest to its type and mode."""
    format, _, code = event.frame.partition(":")
    if event.article is None and format in ("icews", "gdelt"):
        return code
    return cameo_of(event.type, event.mode) if event.type else None


def happened(event: Exported) -> bool:
    """Whether an event is told as a fact."""
    return event["status"] in ("actual", "historical")


def pairs(event: Exported) -> list[tuple[Party | None, Party | None]]:
    """Who acts on whom: each actor on each recipient, the parties of a mutual act on each other."""
    actors, recipients = event["actor"], event["recipient"]
    if recipients:
        return [(actor, recipient) for actor in actors or [None] for recipient in recipients]
    if len(actors) > 1:
        return [(one, other) for one in actors for other in actors if one is not other]
    return [(actor, None) for actor in actors or [None]]


def write_foreign(name: str, events: Iterable[Exported], path: Path) -> int:
    """Write events in the columns of `name` ("icews", "polecat"), as .csv, .tab, .txt or .parquet; returns rows.

    Raises:
        UsageError: an unknown ending, or a file that cannot be written.
    """
    row = {"icews": _icews_row, "polecat": _polecat_row}[name]
    return write_table([Column(column, str) for column in HEADERS[name]], _rows(events, row), path)


def _rows(
    events: Iterable[Exported], row: Callable[[Exported, str, str, Party | None, Party | None], Sequence[Any]]
) -> Iterator[Sequence[Any]]:
    for event in events:
        date = event["date"] or {}
        day = date.get("from") or date.get("to")
        if day and happened(event):
            source = event.get("source_row")
            identity = source["id"] if source else event["id"]
            sides = pairs(event)
            for number, (actor, recipient) in enumerate(sides, 1):
                yield row(event, f"{identity}.{number}" if len(sides) > 1 else identity, day, actor, recipient)


def _icews_row(event: Exported, identity: str, day: str, actor: Party | None, recipient: Party | None) -> Sequence[Any]:
    article, sentence = event["article"] or {}, event["sentence"] or {}
    code = event["cameo"] or ""
    goldstein = goldstein_of_cameo(code)
    words = "/".join(part for part in (event["type"], event["mode"]) if part)
    return (
        *(identity, day, *_icews_party(actor), words, code, "" if goldstein is None else f"{goldstein:g}"),
        *(*_icews_party(recipient), article.get("id", ""), sentence.get("index", "")),
        *(article.get("outlet") or "", *_place(event, _country_name)),
    )


def _icews_party(party: Party | None) -> tuple[str, str, str]:
    if party is None:
        return ("", "", "")
    country, sector = _coded(party)
    return (party["text"], _icews_sectors().get(sector, ""), _country_name(country))


@cache
def _icews_sectors() -> Mapping[str, str]:
    """Our sector -> the first of ICEWS' sectors that means it."""
    return {sector: name for name, sector in reversed(list(sectors_of("icews").items()))}


def _polecat_row(
    event: Exported, identity: str, day: str, actor: Party | None, recipient: Party | None
) -> Sequence[Any]:
    kind, article = event["type"], event["article"] or {}
    numbered = _polecat_party(actor), _polecat_party(recipient)
    place = _place(event, lambda country: country)
    where = event["place"] or {}
    return tuple(
        "None" if value in ("", None) else value
        for value in (
            *(identity, day, kind, event["mode"], *_graded(kind, event["mode"])),
            *("; ".join(event["contexts"]), *numbered[0], *numbered[1]),
            *(where.get("text"), *place, "", where.get("text"), ""),
            *(article.get("outlet"), (article.get("published") or "")[:10], "", "", "", "", ""),
        )
    )


def _graded(kind: str | None, mode: str | None) -> tuple[str, str]:
    return (f"{score_of(kind, mode):g}", QUADS[quad_of(kind)].upper()) if kind else ("", "")


def _polecat_party(party: Party | None) -> tuple[str, ...]:
    if party is None:
        return ("",) * 8
    country, sector = _coded(party)
    return (party["name"], country, _cow().get(country, ""), sector, sector, "", party["text"], "")


@cache
def _cow() -> Mapping[str, str]:
    return {state.iso3: str(state.cow) for state in countries() if state.cow}


def _coded(party: Party) -> tuple[str, str]:
    """Country and sector of a party's code; a code of one word that is no country is a sector."""
    country, _, sector = party["code"].partition(" ")
    if not sector and country not in _names():
        return ("", "" if country == "UNK" else country)
    return country, sector


@cache
def _names() -> Mapping[str, str]:
    return {state.iso3: state.name for state in countries()}


def _country_name(iso3: str) -> str:
    return _names().get(iso3, "")


def _place(event: Exported, named: Callable[[str], str]) -> tuple[str, str, str, str, str, str]:
    """City, district, province, country, latitude, longitude."""
    where = event["place"]
    if where is None:
        return ("",) * 6
    city, province = (where["name"] if where["precision"] == kind else "" for kind in ("place", "region"))
    lat, lon = ("" if where[key] is None else f"{where[key]:.6g}" for key in ("lat", "lon"))
    return (city, "", province, named(where["country"] or ""), lat, lon)
