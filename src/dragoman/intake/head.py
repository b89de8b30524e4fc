"""What a web page says of its article in its head and markup: author, outlet, time, address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dragoman.records import normalise

from ._data import table
from .furniture import fold
from .markup import Page
from .signs import byline
from .stamps import iso_moment, read_stamp

__all__ = ["address", "authors", "description", "modified", "names", "news", "outlet", "published", "titles"]

Told = tuple[str | None, str]
"""What the head tells, None where it does not, and where it stands."""

_NEWS_TYPES = ("article", "report", "posting", "review")
_NEAR = 4


def news(page: Page) -> dict[str, Any]:
    """The JSON-LD object of the article, empty where there is none."""
    for item in page.data:
        kinds = item.get("@type")
        for kind in kinds if isinstance(kinds, list) else [kinds]:
            if isinstance(kind, str) and kind.lower().endswith(_NEWS_TYPES):
                return item
    return {}


def titles(page: Page, item: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the head calls the article and where, best first; the title element is not among them."""
    metas = (page.meta.get(name, [""])[0] for name in table("markup")["meta"]["title"])
    told = ((_text(item.get("headline")), "JSON-LD"), *((name, "meta element") for name in metas))
    return [(name, basis) for name, basis in told if name]


def description(page: Page, item: Mapping[str, Any]) -> str | None:
    """The summary in the head, which the page may show as its standfirst."""
    return _text(item.get("description")) or _meta(page, ("og:description", "description"))


def outlet(page: Page, item: Mapping[str, Any]) -> Told:
    """The publisher, and how it is known."""
    named = next(names(item.get("publisher")), None)
    if named:
        return named, "JSON-LD"
    site = _meta(page, table("markup")["meta"]["outlet"])
    return site, "meta element"


def authors(page: Page, item: Mapping[str, Any], publisher: str | None) -> Told:
    """The persons who wrote it, and how they are known; the publisher in their place is nobody.

    Addresses of profiles and names of accounts, which some pages give in place of a name, are left out.
    """
    metas = (page.meta[key] for key in table("markup")["meta"]["author"] if key in page.meta)
    for found, basis in ((list(_persons(item.get("author"))), "JSON-LD"), *((one, "meta element") for one in metas)):
        known = dict.fromkeys(name for name in (_without(name, publisher) for name in found) if name)
        if known:
            return ", ".join(known), basis
    return None, ""


def published(page: Page, item: Mapping[str, Any], title: int | None) -> tuple[str | None, str, list[str]]:
    """The time of publication, how it is known, and the values that were none."""
    near = [value for at, value in page.times if title is None or at >= title - _NEAR] or [
        value for _, value in page.times
    ]
    candidates = [
        (_text(item.get("datePublished")), "JSON-LD"),
        *(
            (value, "meta element")
            for name in table("markup")["meta"]["published"]
            for value in page.meta.get(name, [])
        ),
        *((value, "time element") for value in near[:1]),
    ]
    faults: list[str] = []
    for value, basis in candidates:
        if not value:
            continue
        moment, fault = iso_moment(value)
        stamp = read_stamp(value) if moment is None else None
        moment = moment or (stamp.moment if stamp else None)
        if moment is not None:
            return moment, basis, faults
        faults.append(f"{basis}: {fault}")
    return None, "", faults


def modified(page: Page, item: Mapping[str, Any]) -> str | None:
    """The time of the last change, as the page gives it."""
    return _text(item.get("dateModified")) or _meta(page, table("markup")["meta"]["updated"])


def address(page: Page, item: Mapping[str, Any]) -> Told:
    """The canonical address, and how it is known."""
    if page.canonical:
        return page.canonical, "link element"
    named = _meta(page, table("markup")["meta"]["url"])
    if named:
        return named, "meta element"
    own = _text(item.get("url"))
    return own, "JSON-LD"


def names(value: Any) -> Iterator[str]:
    """The names in a JSON-LD value: text, an object with one or several names, or a list of these."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield from names(item.get("name"))
        elif (name := _text(item)) is not None:
            yield name


def _persons(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        kind = item.get("@type") if isinstance(item, dict) else None
        if not (isinstance(kind, str) and kind.endswith("Organization")):
            yield from (name for name in names(item) if not name.startswith("http"))


def _without(name: str, publisher: str | None) -> str | None:
    """A name without the outlet beside it ("Jane Roe, The Courier"); None if nothing else stands there."""
    if name.startswith(("http", "@")) or fold(name) in table("publication")["names"]["accounts"]:
        return None
    signed = byline(name) if fold(name).startswith("by ") else None
    name = signed.author if signed else name
    parts = [
        part
        for part in name.split(", ")
        if fold(part).removeprefix("the ") != fold(publisher or "").removeprefix("the ")
    ]
    return ", ".join(parts) or None


def _text(value: Any) -> str | None:
    return (" ".join(normalise(value).split()) or None) if isinstance(value, str) else None


def _meta(page: Page, named: Sequence[str]) -> str | None:
    """The first of the named meta elements; a handle ("@outlet") names nothing."""
    values = (page.meta[name][0] for name in named if name in page.meta)
    return next((value for value in values if not value.startswith("@")), None)
