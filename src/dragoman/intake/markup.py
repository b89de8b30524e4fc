"""A web page as blocks of text, each with the elements that it stands in, and what its head says of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from typing import Any

from ._data import table

__all__ = ["Block", "Page", "parse"]

# Their content is no text of the page.
_SILENT = frozenset(
    {"script", "style", "noscript", "template", "svg", "iframe", "object", "canvas", "math", "audio", "video"}
)
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
    }
    | {
        "label",
        "mark",
        "nobr",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    }
)
_TAKES_ALL = frozenset({"html", "body", "main", "article"})
_DEEPEST = 2_000
_SPACE = re.compile(r"[ \t\r\n\f\u00a0]+")
_NAME_WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a page: its element, why it is set aside if an element around it says so, and where it stands."""

    text: str
    element: str
    why: str | None
    part: str | None
    article: int
    main: bool
    header: bool


@dataclass(slots=True)
class Page:
    """A page read: its blocks in order, and what its head says: title, meta elements, JSON-LD, address, times."""

    blocks: list[Block] = field(default_factory=list)
    title: str = ""
    meta: dict[str, list[str]] = field(default_factory=dict)
    data: list[dict[str, Any]] = field(default_factory=list)
    canonical: str | None = None
    times: list[str] = field(default_factory=list)
    too_deep: bool = False


@dataclass(frozen=True, slots=True)
class _Element:
    name: str
    why: str | None
    part: str | None
    article: int
    main: bool
    header: bool
    silent: bool


def parse(text: str, classes: bool = True) -> Page:
    """A page's blocks and head; `classes` false leaves the names of classes out of account."""
    parser = _Parser(classes)
    parser.feed(_closed(text))
    parser.close()
    parser.flush()
    return parser.page


def _closed(text: str) -> str:
    """The page without comments and without a tag that nothing closes.

    The parser of the standard library looks for the end of each of these anew, in time that grows with the square.
    """
    parts: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            text = text[:start] + text[start:].replace("<!--", " ")
            break
        parts.append(text[at:start])
        at = end + 3
    parts.append(text[at:])
    head, closing, rest = "".join(parts).rpartition(">")
    return head + closing + rest.replace("<", " ")


class _Parser(HTMLParser):
    """Keeps the stack of open elements and closes a block at every element that is no inline one."""

    def __init__(self, classes: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._classes = classes
        self._stack = [_Element("html", None, None, 0, False, False, False)]
        self._words: list[str] = []
        self._articles = 0
        self._in: str | None = None
        self._raw: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens an element."""
        given = {name: value or "" for name, value in attrs}
        self._head(tag, given)
        if tag == "br":
            self.flush()
        if tag in _VOID:
            return
        if tag not in _INLINE:
            self.flush()
        if tag in ("p", "li") and self._stack[-1].name == tag:
            self._stack.pop()
        if len(self._stack) >= _DEEPEST:
            self.page.too_deep = True
            return
        part = self._part(tag, given)
        if part is not None and tag in _INLINE:
            # "Ruth Calloway", "London" and the time are spans of one line: apart they can be told.
            self.flush()
        self._stack.append(self._element(tag, given, part))

    def handle_endtag(self, tag: str) -> None:
        """Closes the nearest open element of that name, and those left open in it."""
        if tag in ("title", "script") and self._in:
            self._close_raw()
        at = next(
            (i for i in range(len(self._stack) - 1, max(0, len(self._stack) - 60), -1) if self._stack[i].name == tag), 0
        )
        if tag not in _INLINE or (at and self._stack[at].part is not None):
            self.flush()
        if at:
            del self._stack[at:]

    def handle_data(self, data: str) -> None:
        """Takes words."""
        if self._in is not None:
            self._raw.append(data)
        elif not self._stack[-1].silent:
            self._words.append(data)

    def flush(self) -> None:
        """Ends the block that is open."""
        if not self._words:
            return
        text = _SPACE.sub(" ", "".join(self._words)).strip()
        self._words = []
        if text:
            top = self._stack[-1]
            self.page.blocks.append(Block(text, top.name, top.why, top.part, top.article, top.main, top.header))

    def _element(self, tag: str, given: dict[str, str], part: str | None) -> _Element:
        over = self._stack[-1]
        if tag == "article":
            self._articles += 1
        article = self._articles if tag == "article" and not over.article else over.article
        why = over.why or self._why(tag, given)
        main = over.main or tag == "main" or given.get("role") == "main" or "articleBody" in given.get("itemprop", "")
        header = over.header or tag == "header"
        return _Element(tag, why, part or over.part, article, main, header, over.silent or tag in _SILENT)

    def _why(self, tag: str, given: dict[str, str]) -> str | None:
        markup = table("markup")
        known: str | None = markup["elements"].get(tag)
        if known or tag in _TAKES_ALL:
            return known
        if given.get("role") in ("navigation", "complementary", "contentinfo", "dialog", "search", "banner"):
            return "menu" if given["role"] in ("navigation", "search", "banner") else "notice"
        if not self._classes:
            return None
        return next((markup["classes"][word] for word in _words_of(given) if word in markup["classes"]), None)

    def _part(self, tag: str, given: dict[str, str]) -> str | None:
        if tag == "time":
            return "time"
        if "author" in given.get("rel", "") or given.get("itemprop") == "author":
            return "author"
        words = _words_of(given)
        parts = table("markup")["parts"]
        return next((parts[word] for word in words if word in parts), "place" if words == ("place",) else None)

    def _head(self, tag: str, given: dict[str, str]) -> None:
        if tag == "title" and not self.page.title and not self._stack[-1].silent:
            self._in, self._raw = "title", []
        elif tag == "script" and "ld+json" in given.get("type", "").lower():
            self._in, self._raw = "data", []
        elif tag == "meta":
            name = (given.get("property") or given.get("name") or given.get("itemprop") or "").lower()
            if name and given.get("content", "").strip():
                self.page.meta.setdefault(name, []).append(_SPACE.sub(" ", given["content"]).strip())
        elif tag == "link" and given.get("rel", "").lower() == "canonical" and given.get("href"):
            self.page.canonical = self.page.canonical or given["href"].strip()
        elif tag == "time" and given.get("datetime"):
            self.page.times.append(given["datetime"].strip())

    def _close_raw(self) -> None:
        text = "".join(self._raw)
        if self._in == "title":
            self.page.title = _SPACE.sub(" ", text).strip()
        else:
            self.page.data.extend(_objects(text))
        self._in = None


@cache
def _split_names(names: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in _NAME_WORD.findall(names[:300]))


def _words_of(given: dict[str, str]) -> tuple[str, ...]:
    return _split_names(f"{given.get('class', '')} {given.get('id', '')}")


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD element, also those in a list or `@graph`; nothing of one that is not valid."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return
    for item in found if isinstance(found, list) else [found]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (one for one in graph if isinstance(one, dict)) if isinstance(graph, list) else ()
