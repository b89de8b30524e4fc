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
from .furniture import is_sentence, judge

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
# Which open elements a start tag ends, as browsers have it, and which elements keep it from ending those around them.
_ENDS = {
    "li": ("li",),
    "td": ("td", "th"),
    "th": ("td", "th"),
    "tr": ("td", "th", "tr"),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "option": ("option",),
}
_HOLDS = frozenset({"table", "ul", "ol", "dl", "menu", "select"})
_TAKES_ALL = frozenset({"html", "body", "main", "article"})
_DEEPEST = 2_000
# Inline elements that pages lay out apart, and the mark that stands for two of them touching.
_LAID_OUT = frozenset({"a", "span", "b", "strong", "time", "cite", "label"})
_JOINT = "\x1f"
_BLANK_LINES = re.compile(r"\n\s*\n")
_LONGEST_PATH = 40
_SPACE = re.compile(r"[ \t\r\n\f\u00a0]+")
# The columns of a text are of one kind: "body column-a", "body column-b".
_LETTER = re.compile(r"(?<=[-_])[a-z](?=\s|$)")
_NAME_WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a page: its element, why it is set aside if an element around it says so, and where it stands.

    `path` holds the elements around it from the outermost to its own, each as number and kind (name and class);
    `linked` is the share of its characters that are links; `rule` counts the horizontal rules above it; `pictured` says
    that a picture stands before it in the same element or the one around that.
    """

    text: str
    element: str
    why: str | None
    part: str | None
    path: tuple[tuple[int, str], ...] = ()
    linked: float = 0.0
    rule: int = 0
    pictured: bool = False


@dataclass(slots=True)
class Page:
    """A page read: its blocks in order, and what it says of itself: title, meta elements, JSON-LD, address, times.

    `times` are those in its markup, each with the number of the block that it stands at.
    """

    blocks: list[Block] = field(default_factory=list)
    title: str = ""
    meta: dict[str, list[str]] = field(default_factory=dict)
    data: list[dict[str, Any]] = field(default_factory=list)
    canonical: str | None = None
    times: list[tuple[int, str]] = field(default_factory=list)
    too_deep: bool = False


@dataclass(frozen=True, slots=True)
class _Element:
    name: str
    why: str | None
    part: str | None
    path: tuple[tuple[int, str], ...]
    silent: bool


def parse(text: str, forms: bool = True, classes: bool = True) -> Page:
    """A page's blocks and head; `forms` or `classes` false leaves forms or the names of classes out of account."""
    parser = _Parser(forms, classes)
    parser.feed(_closed(text))
    parser.close()
    parser.flush()
    return parser.page


def _closed(text: str) -> str:
    """The page without comments and without a tag that nothing closes; what begins with <![ is a comment to browsers.

    The parser of the standard library looks for the end of each of these anew, in time that grows with the square, and
    breaks at sections that it does not know.
    """
    text = text.replace("<![", "<! [")
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

    def __init__(self, forms: bool, classes: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._forms = forms
        self._classes = classes
        self._stack = [_Element("html", None, None, ((0, "html"),), False)]
        self._words: list[str] = []
        self._linked = 0
        self._links = 0
        self._elements = 0
        self._rules = 0
        self._pictures: set[tuple[int, str]] = set()
        self._touching = False
        self._in: str | None = None
        self._raw: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens an element."""
        given = {name: value or "" for name, value in attrs}
        self._head(tag, given)
        if tag in ("br", "hr"):
            self.flush()
            self._rules += tag == "hr"
        if tag == "img":
            self._pictures.update(self._stack[-1].path[-1:])
        if tag in _VOID:
            return
        if tag not in _INLINE:
            self.flush()
            self._end_open(tag)
        elif self._touching and tag in _LAID_OUT:
            self._words.append(_JOINT)
        self._links += tag == "a"
        if len(self._stack) >= _DEEPEST:
            self.page.too_deep = True
            return
        part = self._part(tag, given)
        if tag in _INLINE and (part is not None or self._why(tag, given) == "caption"):
            # "Ruth Calloway", "London" and the time are spans of one line: apart they can be told.
            self.flush()
        self._stack.append(self._element(tag, given, part))

    def handle_endtag(self, tag: str) -> None:
        """Closes the nearest open element of that name, and those left open in it."""
        if tag in ("title", "script") and self._in:
            self._close_raw()
        self._links = max(0, self._links - (tag == "a"))
        self._touching = tag in _LAID_OUT
        at = next(
            (i for i in range(len(self._stack) - 1, max(0, len(self._stack) - 60), -1) if self._stack[i].name == tag), 0
        )
        apart = at and (self._stack[at].part or self._stack[at].why == "caption")
        if tag not in _INLINE or apart:
            self.flush()
        if at:
            del self._stack[at:]

    def handle_data(self, data: str) -> None:
        """Takes words."""
        if self._in is not None:
            self._raw.append(data)
        elif not self._stack[-1].silent:
            # In preformatted text blank lines part the paragraphs.
            parts = _BLANK_LINES.split(data) if self._stack[-1].name == "pre" else [data]
            for number, part in enumerate(parts):
                if number:
                    self.flush()
                self._words.append(part)
                self._linked += len(part.strip()) if self._links else 0
            self._touching = False

    def flush(self) -> None:
        """Ends the block that is open."""
        if not self._words:
            return
        text = _SPACE.sub(" ", "".join(self._words)).strip(" " + _JOINT)
        self._words, linked, self._linked = [], self._linked, 0
        # Inline elements that touch are laid out apart on short lines ("Ruth Calloway", "London"), joined in sentences.
        whole = text.replace(_JOINT, " ")
        apart = not is_sentence(text) and all(piece.why != "caption" for piece in judge(whole))
        pieces = text.split(_JOINT) if apart else [text.replace(_JOINT, "") if is_sentence(text) else whole]
        top = self._stack[-1]
        share = min(1.0, linked / max(1, sum(map(len, pieces))))
        pictured = not self._pictures.isdisjoint(top.path[-2:])
        for piece in filter(None, map(str.strip, pieces)):
            self.page.blocks.append(Block(piece, top.name, top.why, top.part, top.path, share, self._rules, pictured))

    def _end_open(self, tag: str) -> None:
        """Closes a paragraph that a new block ends, and an element that one of its like ends."""
        at = len(self._stack) - 1
        while at and self._stack[at].name in _INLINE:
            at -= 1
        if at and self._stack[at].name == "p":
            del self._stack[at:]
        ends = _ENDS.get(tag, ())
        cut = 0
        for at in range(len(self._stack) - 1, max(0, len(self._stack) - 12), -1):
            if not ends or self._stack[at].name in _HOLDS:
                break
            cut = at if self._stack[at].name in ends else cut
        if cut:
            del self._stack[cut:]

    def _element(self, tag: str, given: dict[str, str], part: str | None) -> _Element:
        over = self._stack[-1]
        self._elements += 1
        why = over.why or self._why(tag, given)
        path = over.path
        if tag not in _INLINE:
            kind = f"{tag}.{_LETTER.sub('', given.get('class', '')) or given.get('itemprop') or ''}"
            path = (*path[-_LONGEST_PATH:], (self._elements, kind))
        return _Element(tag, why, part or over.part, path, over.silent or tag in _SILENT)

    def _why(self, tag: str, given: dict[str, str]) -> str | None:
        markup = table("markup")
        known: str | None = markup["elements"].get(tag)
        if known or tag in _TAKES_ALL:
            return known if self._forms or tag != "form" else None
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
            self._time(given["datetime"])
        elif tag == "abbr" and "published" in given.get("class", "") and given.get("title"):
            self._time(given["title"])

    def _time(self, value: str) -> None:
        self.page.times.append((len(self.page.blocks), value.strip()))

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
