"""A saved web page -> Article: the head's metadata, the article's paragraphs, everything else as furniture."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dragoman.records import Article, Furniture, normalise

from . import head
from .assembly import CUT_SHORT, ON_PAGE, Found, assemble, empty
from .body import Division, divide, is_link
from .furniture import fold, is_sentence, speaks_to_reader
from .headline import Title, find_title
from .layout import Line, set_aside
from .markup import Block, Page, parse
from .metadata import Top, read_beside, read_top
from .plain import date_from, take_outlet_and_place
from .signs import byline, canonical_outlet, dateline, is_byline, reporter
from .stamps import iso_moment, read_stamp

__all__ = ["article_from_html"]

_LEAST_BODY = 200
_BEFORE, _AFTER = 4, 8
_LONGEST_STANDFIRST = 400
_SHORTEST_LEAD = 80
_LONGEST_CAPTION = 300
_CUT_SHORT = 2
_HALF = 0.5
_ISSUE = re.compile(r"(?:issue|vol(?:ume)?|no)\b\.?\s.{0,20}\d", re.IGNORECASE)
_LONGEST_ISSUE = 60
_SIGNING = (None, "foot of the page")
_USES = {"author": "byline", "byline": "byline", "place": "place", "time": "time of publication"}


@dataclass(frozen=True, slots=True)
class _Read:
    """A page with its JSON-LD object of the article, its title and the division of its blocks."""

    page: Page
    news: Mapping[str, Any]
    title: Title | None
    parts: Division


def article_from_html(text: str, source: str, flags: Sequence[str] = (), saved_from: str | None = None) -> Article:
    """An article of a saved web page; `saved_from` is the address that a web archive says it was saved from.

    The title is the line that the page's head names; the body is told from where the sentences below it stand
    (`body.divide`); metadata come from JSON-LD, else from meta elements, else from the lines beside the title. All
    other visible words are furniture.

    Raises:
        SourceError: S004, the page holds no article; S005, it is not English.
    """
    clean = normalise(text)
    read = _divided(parse(clean))
    # Some pages are one form, and some call the article itself "ad-free" or "share-container".
    for classes in (True, False):
        if _size(read) < _LEAST_BODY:
            other = _divided(parse(clean, forms=False, classes=classes))
            read = other if _size(other) > 2 * _size(read) else read
    if not read.page.blocks:
        raise empty(source)
    found = Found(source, flags=list(flags))
    if read.title:
        found.take("title", read.title.text, read.title.basis)
    top, laid = _sort_out(found, read)
    _describe(found, read, top, laid)
    if not found.url:
        found.take("url", saved_from, "header of the web archive")
    _warn(found, read)
    if not found.paragraphs and not found.title:
        raise empty(source, len(read.page.blocks))
    return assemble(found)


def _divided(page: Page) -> _Read:
    news = head.news(page)
    title = find_title(page, head.titles(page, news))
    return _Read(page, news, title, divide(page.blocks, title.block if title else None))


def _size(read: _Read) -> int:
    return sum(len(read.page.blocks[number].text) for number in read.parts.body)


def _sort_out(found: Found, read: _Read) -> tuple[Top, list[Line]]:
    """Standfirst, paragraphs and furniture, in the order of the page; gives what the lines beside the title say."""
    blocks, body = read.page.blocks, set(read.parts.body)
    laid = _from_title(
        read, set_aside([Line(blocks[number].text, number) for number in sorted({*read.parts.top, *body})])
    )
    own = [line for line in laid if line.why is None and not _said(found, line)]
    if read.title is None:
        beside, top = own, read_top(own)
        found.take("title", top.title, ON_PAGE)
    else:
        beside = [line for line in own if line.block not in body]
        top = read_beside(beside)
    uses = {id(line): top.used[number] for number, line in enumerate(beside) if number in top.used}
    found.take("standfirst", "\n".join(top.standfirst) or _standfirst(read, beside, uses), ON_PAGE)
    aside = [(number, Furniture(blocks[number].text, why)) for number, why in read.parts.aside.items()]
    for line in laid:
        why = line.why or _use(line, blocks[line.block], uses.get(id(line)), line.block in body)
        if (line.why is None and _said(found, line)) or why in ("title", "standfirst"):
            continue
        if why is None:
            found.paragraphs.append(line.text)
        else:
            aside.append((line.block, Furniture(line.text, why)))
    found.furniture = [piece for _, piece in sorted(aside, key=lambda one: one[0])]
    return top, laid


def _from_title(read: _Read, lines: list[Line]) -> list[Line]:
    """The lines, with those marked that stand above the title where the page shows it twice before the text."""
    again = [line.block for line in lines if read.title and fold(line.text) == fold(read.title.text)]
    first = min(read.parts.body, default=len(read.page.blocks))
    last = max((number for number in again if number <= first), default=-1)
    return [replace(line, why="above the title") if line.why is None and line.block < last else line for line in lines]


def _use(line: Line, block: Block, use: str | None, in_body: bool) -> str | None:
    """Why a line that is no furniture by its words is none of the text's; None if it is the text's."""
    if use is not None:
        return use
    if block.part in _USES and not (in_body and is_sentence(line.text)):
        return _USES[block.part]
    pictured = block.pictured or block.part == "picture"
    if pictured and not in_body and len(line.text) <= _LONGEST_CAPTION:
        return "caption"
    # A paragraph between title and body that runs as a sentence is the text's: pages set their first one apart.
    return None if in_body or _is_lead(line.text, block) else "beside the title"


def _is_lead(text: str, block: Block) -> bool:
    return is_sentence(text) and len(text) >= _SHORTEST_LEAD and not is_link(block)


def _said(found: Found, line: Line) -> bool:
    return fold(line.text) in (fold(found.title or ""), fold(found.standfirst or ""))


def _standfirst(read: _Read, beside: Sequence[Line], uses: Mapping[int, str]) -> str | None:
    """The line below the title that sums the article up: marked as such, told by the head, or first above the byline.

    A description that the page does not show is the search engine's, not the article's.
    """
    blocks = read.page.blocks
    free = [line for line in beside if id(line) not in uses and _may_sum_up(blocks[line.block])]
    marked = next((line for line in free if blocks[line.block].part == "standfirst"), None)
    description = fold(head.description(read.page, read.news) or "")
    told = next((line for line in free if fold(line.text) == description), None)
    if marked or told:
        return (marked or told or free[0]).text
    signed = max((line.block for line in beside if uses.get(id(line), "").startswith(("byline", "time"))), default=-1)
    for line in free:
        words = len(line.text.split())
        above = line.block < signed or not is_sentence(line.text) or blocks[line.block].element in ("h2", "h3", "h4")
        own = blocks[line.block].part is None and not speaks_to_reader(line.text)
        if words >= 5 and len(line.text) <= _LONGEST_STANDFIRST and above and own:
            return line.text
    return None


def _may_sum_up(block: Block) -> bool:
    return block.linked < _HALF and not block.pictured and block.element not in ("button", "label")


def _describe(found: Found, read: _Read, top: Top, laid: Sequence[Line]) -> None:
    """Author, outlet, place, time and address: JSON-LD, then meta elements, then what the page shows."""
    page, news = read.page, read.news
    opening = next((line for line in map(dateline, found.paragraphs[:2]) if line), None)
    take_outlet_and_place(found, top, opening, laid)
    found.take("outlet", *head.outlet(page, news))
    found.outlet = found.outlet and (canonical_outlet(found.outlet) or found.outlet)
    if not found.take("author", *head.authors(page, news, found.outlet)):
        found.take("author", _signed(read, top) or reporter(found.standfirst or ""), ON_PAGE)
    found.take("place", next(iter(_marked(read, "place")), None), ON_PAGE)
    found.take("place", next(head.names(news.get("contentLocation")), None), "JSON-LD")
    found.take("url", *head.address(page, news))
    _date(found, read, top)
    if found.published is None:
        found.take("published", *date_from(top, opening, found.source))


def _marked(read: _Read, part: str) -> list[str]:
    """The texts of the page that are marked as a part of the article's top, outside boxes and foot."""
    return [block.text for block in _around(read) if block.part == part]


def _around(read: _Read) -> list[Block]:
    """The blocks from a little before the title to a little after the body, its foot too: some sign there."""
    title = read.title.block if read.title and read.title.block is not None else None
    first = title if title is not None else min(read.parts.body, default=0)
    last = max(read.parts.body, default=first)
    return [block for block in read.page.blocks[max(0, first - _BEFORE) : last + 1 + _AFTER] if block.why in _SIGNING]


def _signed(read: _Read, top: Top) -> str | None:
    """The author whom the page shows: marked as such, beside the title, or signed below the text."""
    around = _around(read)
    first = read.page.blocks[read.parts.body[0]] if read.parts.body else None
    cut = around.index(first) if first in around else 0
    below = (byline(block.text) for block in around[-_AFTER:])
    return (
        _persons(around[:cut])
        or top.author
        or _persons(around[cut:])
        or next((signed.author for signed in below if signed), None)
    )


def _persons(blocks: Sequence[Block]) -> str | None:
    """The names in blocks that are marked as the author."""
    texts = [block.text for block in blocks if block.part == "author"]
    named = [(signed.author if (signed := byline(text)) else text.strip(" ,")) for text in texts]
    return ", ".join(dict.fromkeys(name for name in named if is_byline(name))) or None


def _date(found: Found, read: _Read, top: Top) -> None:
    title = read.title.block if read.title else None
    moment, basis, faults = head.published(read.page, read.news, title)
    found.take("published", moment, basis)
    found.flags.extend(faults)
    if found.published is None and top.published is None:
        above = [block.text for block in read.page.blocks[: title or 0]]
        lines = [*_marked(read, "time"), *above[-_BEFORE:], *_of_issue(above)]
        shown = [stamp for stamp in map(read_stamp, lines) if stamp and not stamp.updated]
        if shown:
            found.take("published", shown[0].moment, ON_PAGE)
    updated = head.modified(read.page, read.news) or top.updated
    if updated and iso_moment(updated)[0] and updated != found.published:
        found.flags.append(f"updated {updated}")


def _of_issue(lines: Sequence[str]) -> list[str]:
    """The lines beside the number of an issue: other days at the head of a page are those on which it was looked at."""
    at = [number for number, text in enumerate(lines) if len(text) <= _LONGEST_ISSUE and _ISSUE.match(text)]
    return [line for number in at for line in lines[max(0, number - 1) : number + 2]]


def _warn(found: Found, read: _Read) -> None:
    """Flags for a page that could not be told apart, and for a text that is small beside it."""
    if read.page.too_deep:
        found.flags.append("elements nested too deep to be told apart")
    blocks, own = read.page.blocks, {*read.parts.body, *read.parts.top}
    others = sum(
        len(block.text)
        for number, block in enumerate(blocks)
        if number not in own and is_sentence(block.text) and not block.linked
    )
    if others > _CUT_SHORT * _size(read):
        found.flags.append(CUT_SHORT)
    if read.news.get("isAccessibleForFree") in (False, "False", "false"):
        found.flags.append("the page says that its text is not free: it may be cut")
