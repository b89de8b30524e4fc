"""A saved web page -> Article: the head's metadata, the article's paragraphs, everything else as furniture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.records import Article, Furniture, normalise

from ._data import table
from .assembly import Found, assemble, empty
from .furniture import fold, is_sentence
from .layout import Line, set_aside
from .markup import Block, Page, parse
from .metadata import Top, read_top
from .plain import date_from, named_outlet
from .signs import canonical_outlet, dateline, is_byline, tidy_place
from .stamps import iso_moment, read_stamp

__all__ = ["article_from_html"]

_LEAST_BODY = 200
_NEWS_TYPES = ("article", "report", "posting", "review")


@dataclass(frozen=True, slots=True)
class _Known:
    """A value and how it was found."""

    value: str
    basis: str


def article_from_html(text: str, source: str, flags: Sequence[str] = ()) -> Article:
    """An article of a saved web page.

    Metadata come from JSON-LD, else from meta elements, else from the visible top; the body is that of the `article`
    element with most text, else of `main`, else of the page. All other visible words are furniture.

    Raises:
        SourceError: S004, the page holds no article; S005, it is not English.
    """
    page = parse(normalise(text))
    inside, outside = _body(page)
    # Some pages call the article itself "ad-free" or "share-container": then the names of classes are no guide.
    if sum(len(block.text) for block in inside) < _LEAST_BODY:
        plain = parse(normalise(text), classes=False)
        other = _body(plain)
        if sum(len(block.text) for block in other[0]) > 2 * sum(len(block.text) for block in inside):
            page, (inside, outside) = plain, other
    if not page.blocks:
        raise empty(source)
    found = Found(source, flags=list(flags))
    found.furniture = [Furniture(block.text, block.why or "outside the article") for block in outside]
    _read(found, page, inside)
    if page.too_deep:
        found.flags.append("elements nested too deep to be told apart")
    if not found.paragraphs and not found.title:
        raise empty(source, len(page.blocks))
    return assemble(found)


def _body(page: Page) -> tuple[list[Block], list[Block]]:
    """The blocks of the article and the others, in the order of the page."""
    sizes: dict[int, int] = {}
    for block in page.blocks:
        if block.article and block.why is None:
            sizes[block.article] = sizes.get(block.article, 0) + len(block.text)
    best = max(sizes, key=lambda number: (sizes[number], -number), default=0)
    total = sum(
        len(block.text) for block in page.blocks if block.why is None and not (block.header and not block.article)
    )
    # A page of many teasers has many small articles; the one that is read is most of its page.
    if best and sizes[best] * 3 >= total:
        chosen = [block.article == best for block in page.blocks]
    elif sum(len(block.text) for block in page.blocks if block.main and block.why is None) >= _LEAST_BODY:
        chosen = [block.main for block in page.blocks]
    else:
        chosen = [not block.header or block.element == "h1" for block in page.blocks]
    inside = [block for block, taken in zip(page.blocks, chosen, strict=True) if taken and block.why is None]
    outside = [block for block, taken in zip(page.blocks, chosen, strict=True) if not taken or block.why is not None]
    return inside, outside


def _read(found: Found, page: Page, inside: Sequence[Block]) -> None:
    laid = set_aside([Line(block.text, number) for number, block in enumerate(inside)])
    news = _news(page)
    title = _title(page, news, inside)
    found.title = title.value if title else None
    parts = {
        part: [block.text for block in inside if block.part == part]
        for part in ("standfirst", "author", "place", "time")
    }
    shown = next((text for text in parts["standfirst"] if fold(text) != fold(found.title or "")), None)
    description = _text(news.get("description")) or _meta(page, ("og:description", "description"))
    # A description that the page does not show is the search engine's, not the article's.
    found.standfirst = shown or next((block.text for block in inside[:6] if block.text == description), None)
    marked = {number: block.part for number, block in enumerate(inside) if block.part not in (None, "standfirst")}
    kept = [line for line in laid if line.why is None and line.block not in marked and not _said(found, line.text)]
    top = read_top(kept) if title is None else _top_under(kept)
    found.title, found.standfirst = found.title or top.title, found.standfirst or "\n".join(top.standfirst) or None
    _sort_out(found, laid, kept, top, marked)
    _describe(found, page, news, parts, top, laid)


def _said(found: Found, text: str) -> bool:
    return fold(text) in (fold(found.title or ""), fold(found.standfirst or "")) and bool(text)


def _top_under(kept: Sequence[Line]) -> Top:
    """The lines under a title that is known already, read as the top of a page: byline and time, if they show."""
    top = read_top([Line("Headline", -1), *kept])
    used = {number - 1: use for number, use in top.used.items() if number}
    signed = any(use.startswith(("byline", "time")) for use in used.values())
    return Top(
        author=top.author,
        place=top.place,
        outlet=top.outlet,
        published=top.published,
        updated=top.updated,
        standfirst=[],
        doubts=top.doubts,
        used={number: use for number, use in used.items() if use != "standfirst"} if signed else {},
    )


def _sort_out(
    found: Found, laid: Sequence[Line], kept: Sequence[Line], top: Top, marked: Mapping[int, str | None]
) -> None:
    numbers = {id(line): number for number, line in enumerate(kept)}
    uses = {"author": "byline", "place": "place", "time": "time of publication", "byline": "byline"}
    for line in laid:
        if line.why is not None or line.block in marked:
            found.furniture.append(Furniture(line.text, line.why or uses[str(marked[line.block])]))
        elif _said(found, line.text):
            continue
        else:
            use = top.used.get(numbers[id(line)])
            if use is None:
                found.paragraphs.append(line.text)
            elif use not in ("title", "standfirst"):
                found.furniture.append(Furniture(line.text, use))


def _describe(
    found: Found, page: Page, news: dict[str, Any], parts: dict[str, list[str]], top: Top, laid: Sequence[Line]
) -> None:
    """Author, outlet, place, time and address: JSON-LD, then meta elements, then what the page shows."""
    names = table("markup")["meta"]
    found.author = _author(page, news, parts) or top.author
    opening = next((line for line in map(dateline, found.paragraphs[:2]) if line), None)
    outlet = next(iter(_names(news.get("publisher"))), None) or _meta(page, names["outlet"]) or top.outlet
    outlet = outlet or (opening.agency if opening else None) or named_outlet(laid)
    found.outlet = (canonical_outlet(outlet) or outlet) if outlet else None
    place = next(iter(_names(news.get("contentLocation"))), None) or next(iter(parts["place"]), None) or top.place
    found.place = place or (tidy_place(opening.place) if opening else None)
    _time(found, page, news, parts, top)
    found.url = page.canonical or _meta(page, names["url"]) or _text(news.get("url"))
    if found.published is None:
        found.published, found.published_basis = date_from(top, opening, found.source)


def _author(page: Page, news: Mapping[str, Any], parts: Mapping[str, list[str]]) -> str | None:
    """The author's name; addresses of profiles, which some pages give in its place, are none."""
    authors = [name for name in _names(news.get("author")) if not name.startswith("http")]
    given = [name for key in table("markup")["meta"]["author"] for name in page.meta.get(key, ())]
    named = next((name for name in given if not name.startswith(("http", "@"))), None)
    shown = [text.removeprefix("By ").strip() for text in parts["author"]]
    return ", ".join(authors) or named or next(filter(is_byline, shown), None)


def _time(found: Found, page: Page, news: dict[str, Any], parts: dict[str, list[str]], top: Top) -> None:
    names = table("markup")["meta"]
    candidates = [
        _Known(_text(news.get("datePublished")) or "", "JSON-LD"),
        *(_Known(value, "meta element") for name in names["published"] for value in page.meta.get(name, [])),
        *(_Known(value, "time element") for value in page.times[:1]),
    ]
    for known in candidates:
        if not known.value:
            continue
        moment, fault = iso_moment(known.value)
        stamp = read_stamp(known.value) if moment is None else None
        moment = moment or (stamp.moment if stamp else None)
        if moment is not None:
            found.published, found.published_basis = moment, known.basis
            break
        found.flags.append(f"{known.basis}: {fault}")
    stamps = [stamp for stamp in map(read_stamp, parts["time"]) if stamp and not stamp.updated]
    if found.published is None and stamps:
        found.published, found.published_basis = stamps[0].moment, "visible line"
    updated = _text(news.get("dateModified")) or _meta(page, names["updated"]) or top.updated
    if updated and iso_moment(updated)[0] and updated != found.published:
        found.flags.append(f"updated {updated}")


def _title(page: Page, news: dict[str, Any], inside: Sequence[Block]) -> _Known | None:
    shown = next((block.text for block in inside if block.element == "h1"), None)
    if shown is None:
        heads = [block.text for block in page.blocks if block.element == "h1" and block.why is None]
        shown = heads[0] if len(heads) == 1 else None
    named = _text(news.get("headline")) or _meta(page, table("markup")["meta"]["title"])
    # What the page shows is the title; its head often has a shorter one for machines.
    if shown:
        return _Known(shown, "visible line")
    if named:
        return _Known(named, "meta element")
    bare = _bare_title(page)
    return _Known(bare, "title element") if bare else None


def _bare_title(page: Page) -> str:
    """The title element without the outlet after it ("... | The Guardian")."""
    for mark in (" | ", " - ", " – ", " — ", " :: ", " · "):
        head, found, tail = page.title.rpartition(mark)
        if found and (canonical_outlet(tail) or len(tail.split()) <= 4) and len(head.split()) >= 3:
            return head.strip()
    return page.title if len(page.title.split()) >= 3 and not is_sentence(page.title) else ""


def _news(page: Page) -> dict[str, Any]:
    """The JSON-LD object of the article, empty where there is none."""
    for item in page.data:
        kinds = item.get("@type")
        for kind in kinds if isinstance(kinds, list) else [kinds]:
            if isinstance(kind, str) and kind.lower().endswith(_NEWS_TYPES):
                return item
    return {}


def _names(value: Any) -> Iterator[str]:
    """The names in a JSON-LD value: text, object with a name, or a list of these."""
    for item in value if isinstance(value, list) else [value]:
        name = _text(item.get("name") if isinstance(item, dict) else item)
        if name:
            yield name


def _text(value: Any) -> str | None:
    return (" ".join(normalise(value).split()) or None) if isinstance(value, str) else None


def _meta(page: Page, names: Sequence[str]) -> str | None:
    """The first of the named meta elements; a handle ("@outlet") names nothing."""
    values = (page.meta[name][0] for name in names if name in page.meta)
    return next((value for value in values if not value.startswith("@")), None)
