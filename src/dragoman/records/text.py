"""Text: articles, their sentences, and the words in them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

__all__ = [
    "LONGEST_SENTENCE",
    "Article",
    "Basis",
    "Entity",
    "Field",
    "Furniture",
    "Part",
    "Sentence",
    "Token",
    "utf16_offsets",
]

LONGEST_SENTENCE = 1200
"""Characters; a longer stretch without the end of a sentence is read in pieces."""


class Part(StrEnum):
    """Where in an article a sentence stands."""

    TITLE = "title"
    STANDFIRST = "standfirst"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Furniture:
    """A stretch of the page that is not the article, and why it was set aside."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a source for which an article has no place of its own, kept as it came."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Basis:
    """How a field of an article was found: `field` is its name, `how` says it in words ("JSON-LD", "visible line")."""

    field: str
    how: str


@dataclass(frozen=True, slots=True)
class Article:
    """One published text, cleaned.

    `text` holds title and standfirst, where there are any, as its first paragraphs, then the body;
    every offset in every record counts Unicode code points of it. `published` is an ISO 8601 date,
    date-time or interval with `/`, and `published_basis` says how it is known; `bases` says so of title,
    standfirst, author, outlet, place, address and language. `other` are the source's fields that are none of
    these (a section, a page number, a copyright line).
    """

    id: str
    text: str
    source: str
    title: str | None = None
    standfirst: str | None = None
    author: str | None = None
    outlet: str | None = None
    place: str | None = None
    published: str | None = None
    published_basis: str | None = None
    url: str | None = None
    user_id: str | None = None
    furniture: tuple[Furniture, ...] = ()
    language: str | None = None
    near_copy_of: str | None = None
    version_of: str | None = None
    flags: tuple[str, ...] = ()
    other: tuple[Field, ...] = ()
    bases: tuple[Basis, ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sentence, in Universal Dependencies terms.

    `start` and `end` count code points of the article's text. `head` is the index of the governing
    token in the sentence, or -1 for the root; `features` is UD's `Name=Value|Name=Value`, or empty.
    """

    start: int
    end: int
    text: str
    lemma: str
    upos: str
    features: str
    head: int
    relation: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A name found by the reader: tokens [first, last] of the sentence; kind PER, ORG or LOC."""

    first: int
    last: int
    kind: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of an article's text, parsed. Identity: article and index."""

    article: str
    index: int
    part: Part
    start: int
    end: int
    text: str
    tokens: tuple[Token, ...]
    entities: tuple[Entity, ...]


def utf16_offsets(text: str) -> list[int]:
    """Where each character of a text, and its end, stands in the units in which JavaScript and Java count.

    >>> utf16_offsets("a🙂b")
    [0, 1, 3, 4]
    """
    return list(accumulate((1 + (character > "\uffff") for character in text), initial=0))
