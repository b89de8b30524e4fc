"""Pages that a program has turned into text with their links written out: Markdown clippings, dumps of text browsers.

What stands for a link is taken out of the words; lines that are nothing but links, pictures and the addresses are
furniture, as they are on a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.records import Furniture

from .furniture import is_sentence

__all__ = ["Written", "without_links"]

_PROPERTIES = re.compile(r"\A---\n(.{1,20000}?)\n---(?:\n|\Z)", re.DOTALL)
_PROPERTY = re.compile(r"(\w[\w -]{0,40}):\s*(.*)|\s*-\s+(.+)")
_ADDRESS = r"[^()\s]{1,2000}(?:\s\"[^\"]{0,300}\")?"
_PICTURE = re.compile(rf"!\[([^\[\]]{{0,500}})\]\({_ADDRESS}\)")
_LINK = re.compile(rf"\[((?:[^\[\]]|\[[^\[\]]{{0,50}}\]){{0,300}})\]\(((?:https?|mailto):{_ADDRESS})\)")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3})(?=\S)([^*_\n]{1,500}?)(?<=\S)\1(?![\w*])")
_MARKER = re.compile(r"^\s{0,3}(?:#{1,6}\s+|>\s?|[-*+]\s+)")
_FEWEST_LINKS = 2

_REFERENCES = re.compile(r"^[ ]{0,3}(?:References|(?:Visible|Hidden) links:?)$", re.MULTILINE)
_REFERENCE = re.compile(r"\s*\d{1,4}\. (?:https?|file|mailto|ftp|javascript):\S*", re.IGNORECASE)
_NUMBER = re.compile(r"\[\d{1,4}\](?=\S)")
_OF_LINKS = re.compile(r"\s*(?:[*+o#-]\s*)?\[\d{1,4}\]")


@dataclass(frozen=True, slots=True)
class Written:
    """The text without its links, what was taken out of it, and the address of the page where it tells that."""

    text: str
    aside: tuple[Furniture, ...] = ()
    url: str | None = None


def without_links(text: str) -> Written:
    """A text without what a program wrote in it for links; one that has no such marks comes back as it is.

    >>> without_links("[Home](https://a.example)\\n\\nPolice [said](https://a.example/b) so.").text
    '\\n\\nPolice said so.'
    """
    if _is_dump(text):
        return _of_dump(text)
    if _PROPERTIES.match(text) or ("](" in text and len(_LINK.findall(text)) >= _FEWEST_LINKS):
        return _of_clipping(text)
    return Written(text)


def _is_dump(text: str) -> bool:
    """Whether a list of addresses stands at the end, and above it numbers that lead to them."""
    found = _REFERENCES.search(text)
    numbered = found and _NUMBER.search(text, 0, found.start())
    return bool(found and numbered and any(map(_REFERENCE.fullmatch, text[found.end() :].split("\n"))))


def _of_dump(text: str) -> Written:
    aside: list[Furniture] = []
    lines: list[str] = []
    for line in text.split("\n"):
        if _REFERENCE.fullmatch(line) or _REFERENCES.fullmatch(line):
            aside.append(Furniture(line.strip(), "address of a link"))
        elif _OF_LINKS.match(line) and not is_sentence(line):
            aside.append(Furniture(line.strip(), "related links"))
        else:
            lines.append(_NUMBER.sub("", line))
    return Written("\n".join(lines), tuple(aside))


def _of_clipping(text: str) -> Written:
    aside: list[Furniture] = []
    top, url = "", None
    found = _PROPERTIES.match(text)
    if found:
        named = dict(_properties(found[1]))
        url = next((named[name] for name in ("source", "url", "link") if name in named), None)
        top = _top(named)
        aside.extend(Furniture(line.strip(), "property of the clipping") for line in found[1].split("\n"))
        text = text[found.end() :]
    lines = [_unmarked(line, aside) for line in text.split("\n")]
    url = url if url and url.startswith(("http://", "https://")) else None
    return Written(top + "\n".join(lines), tuple(aside), url)


def _properties(block: str) -> Iterator[tuple[str, str]]:
    """The properties above a clipping, of a list all items: `author:` and below it `- "[[Jane Roe]]"`."""
    name, items = "", list[str]()
    for line in [*block.split("\n"), "end:"]:
        match = _PROPERTY.fullmatch(line)
        if match and match[1]:
            yield name.lower(), ", ".join(filter(None, items))
            name, items = match[1], [_bare(match[2])]
        elif match:
            items.append(_bare(match[3]))


def _bare(value: str) -> str:
    return value.strip().strip("\"'").removeprefix("[[").removesuffix("]]").replace('\\"', '"')


def _top(named: dict[str, str]) -> str:
    """The properties that a page shows at its top, as it shows them."""
    author = named.get("author") or named.get("authors")
    shown = (named.get("title"), f"By {author}" if author else None, named.get("published") or named.get("date"))
    return "".join(f"{line}\n\n" for line in shown if line)


def _unmarked(line: str, aside: list[Furniture]) -> str:
    """A line without the marks of Markdown; empty if it is all links and pictures, which are put aside."""
    rest = _LINK.sub("", _PICTURE.sub("", line))
    words = _MARKER.sub("", line)
    linked = rest != line and not any(map(str.isalnum, rest))
    if linked and not is_sentence(_LINK.sub(r"\1", _PICTURE.sub("", words)).strip()):
        aside.append(Furniture(line.strip(), "related links" if _LINK.search(_PICTURE.sub("", line)) else "picture"))
        return ""
    for picture in _PICTURE.finditer(words):
        aside.append(Furniture(picture[0], "picture"))
    words = _PICTURE.sub("", words)
    for link in _LINK.finditer(words):
        aside.append(Furniture(link[2], "address of a link"))
    return _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", words))
