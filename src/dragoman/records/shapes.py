"""What leaves the archive: the JSON shape of every exported kind.

The shapes are TypedDicts: their key order is the key order of a line of JSON and the column order
of a CSV file, and the schemas in `docs/schema` are generated from them (`records.schema`); the
functions of `records.exported` make them from the records. Those with a key that Python reserves
(`from`) are written in the functional form. Every `start` and `end` counts Unicode code points of
the article's `text`.

This module does without `from __future__ import annotations`: `NotRequired` must be seen when the
class is made. Its TypedDict is that of `typing_extensions`, which pydantic asks for before 3.12.
"""

from collections.abc import Mapping
from typing import Any, NotRequired

from typing_extensions import TypedDict

from .politics import Status
from .text import Part

__all__ = [
    "EXPORTED",
    "ArticleRef",
    "ExportedActor",
    "ExportedArticle",
    "ExportedBases",
    "ExportedCause",
    "ExportedCount",
    "ExportedDate",
    "ExportedDecision",
    "ExportedEntity",
    "ExportedEvent",
    "ExportedField",
    "ExportedFurniture",
    "ExportedIncident",
    "ExportedOffice",
    "ExportedParty",
    "ExportedPlace",
    "ExportedSentence",
    "ExportedShift",
    "ExportedSource",
    "ExportedSpeaker",
    "ExportedStatement",
    "ExportedTie",
    "ExportedToken",
    "ExportedValue",
    "SentenceRef",
    "Words",
]


class ExportedFurniture(TypedDict):
    """A stretch of the page that is not the article, and why it was set aside."""

    text: str
    why: str


class ExportedField(TypedDict):
    """A field of the source for which an article has no place of its own."""

    name: str
    value: str


class ExportedBases(TypedDict):
    """How each field of an article was found, in words; null where it was not."""

    title: str | None
    standfirst: str | None
    author: str | None
    outlet: str | None
    place: str | None
    published: str | None
    url: str | None
    language: str | None


class ExportedArticle(TypedDict):
    """One published text, cleaned; `published` is an ISO date, date-time or interval with `/`."""

    id: str
    user_id: str | None
    title: str | None
    standfirst: str | None
    author: str | None
    outlet: str | None
    place: str | None
    published: str | None
    published_basis: str | None
    url: str | None
    text: str
    furniture: list[ExportedFurniture]
    language: str | None
    near_copy_of: str | None
    version_of: str | None
    flags: list[str]
    source: str
    other: list[ExportedField]
    bases: ExportedBases


class ArticleRef(TypedDict):
    """The article that a record stands in, in short."""

    id: str
    user_id: str | None
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None


class SentenceRef(TypedDict):
    """The sentence that a record stands in."""

    index: int
    part: Part
    start: int
    end: int
    text: str


class Words(TypedDict):
    """A stretch of the article's text: `article.text[start:end] == text`."""

    text: str
    start: int
    end: int


class ExportedToken(TypedDict):
    """A word in Universal Dependencies terms; `head` is an index in the sentence, -1 for the root."""

    start: int
    end: int
    text: str
    lemma: str
    upos: str
    features: str
    head: int
    relation: str


class ExportedEntity(TypedDict):
    """A name: tokens [first, last] of the sentence; kind PER, ORG or LOC."""

    first: int
    last: int
    kind: str


class ExportedSentence(TypedDict):
    """One sentence of an article, parsed."""

    article: ArticleRef
    index: int
    part: Part
    start: int
    end: int
    text: str
    tokens: list[ExportedToken]
    entities: list[ExportedEntity]


ExportedOffice = TypedDict(
    "ExportedOffice",
    {"title": str, "of": str, "from": str | None, "to": str | None, "sector": str | None},
)
ExportedOffice.__doc__ = "An office held: title, of which state or body, from and to (ISO dates of any precision)."


ExportedActor = TypedDict(
    "ExportedActor",
    {
        "id": str,
        "name": str,
        "kind": str,
        "code": str,
        "country": str,
        "sectors": list[str],
        "aliases": list[str],
        "part_of": list[str],
        "offices": list[ExportedOffice],
        "from": str | None,
        "to": str | None,
        "gender": str | None,
    },
)
ExportedActor.__doc__ = "A person, state, body, group or crowd; `code` is its country and first sector."


class ExportedParty(TypedDict):
    """A member of one side: the words, who is meant by them (`id`, `name`, `code`), and why."""

    text: str
    start: int
    end: int
    id: str | None
    name: str
    code: str
    why: str


ExportedDate = TypedDict(
    "ExportedDate",
    {"from": str | None, "to": str | None, "precision": str, "text": str | None, "basis": str},
)
ExportedDate.__doc__ = "An interval of ISO days, the words that give it, and what it rests on."


class ExportedPlace(TypedDict):
    """A place, with coordinates in degrees and what they stand for."""

    text: str
    name: str
    country: str | None
    lat: float | None
    lon: float | None
    precision: str


class ExportedSpeaker(TypedDict):
    """On whose word an event is reported."""

    text: str
    name: str


class ExportedCount(TypedDict):
    """A number stated for an event; a bound that is null is open. `said_by` is null where it is the event's."""

    what: str
    low: int | None
    high: int | None
    text: str
    said_by: ExportedSpeaker | None


class ExportedSource(TypedDict):
    """The row of an imported file that a record came from, and what it says in words."""

    file: str
    line: int
    id: str
    text: str | None


class ExportedEvent(TypedDict):
    """Who did what to whom, and the words that say so.

    An imported event has no article, sentence and trigger, but a `source_row`; no other has that key.
    """

    id: str
    article: ArticleRef | None
    sentence: SentenceRef | None
    trigger: Words | None
    type: str | None
    mode: str | None
    quad: str | None
    score: float | None
    contexts: list[str]
    cameo: str | None
    actor: list[ExportedParty]
    recipient: list[ExportedParty]
    status: Status
    date: ExportedDate | None
    place: ExportedPlace | None
    counts: list[ExportedCount]
    said_by: ExportedSpeaker | None
    frame: str
    confidence: float
    source_row: NotRequired[ExportedSource]


ExportedTie = TypedDict(
    "ExportedTie",
    {
        "id": str,
        "article": ArticleRef,
        "sentence": SentenceRef,
        "words": Words,
        "from": ExportedParty,
        "kind": str,
        "to": ExportedParty,
        "polarity": str,
        "time": str | None,
        "pattern": str,
    },
)
ExportedTie.__doc__ = "A standing relation that a text asserts, and the words that assert it."


class ExportedShift(TypedDict):
    """A change of side, stance or target that a text asserts, and the words that assert it."""

    id: str
    article: ArticleRef
    sentence: SentenceRef
    words: Words
    who: ExportedParty
    away_from: ExportedParty | None
    toward: ExportedParty | None
    when: ExportedDate | None
    after: str | None
    pattern: str


class ExportedCause(TypedDict):
    """Two events that a text ties as cause and effect, and the words that do it."""

    id: str
    article: ArticleRef
    sentence: SentenceRef
    words: Words
    cause: str
    effect: str
    pattern: str


class ExportedValue(TypedDict):
    """One value of a field of an incident, with who says it and where (article id, sentence index)."""

    low: int | None
    high: int | None
    text: str
    said_by: str | None
    article: str
    sentence: int


class ExportedStatement(TypedDict):
    """A field of an incident and the values given for it."""

    field: str
    values: list[ExportedValue]


class ExportedIncident(TypedDict):
    """One happening in the world: the ids of the events that report it, and what they say of it."""

    id: str
    type: str
    events: list[str]
    agreed: list[ExportedStatement]
    single: list[ExportedStatement]
    disputed: list[ExportedStatement]
    updated: list[ExportedStatement]


class ExportedDecision(TypedDict):
    """What a human said of a record; `undone` says since when it no longer holds."""

    id: str
    record: str
    kind: str
    judgement: str
    correction: str | None
    who: str
    when: str
    why: str | None
    undone: str | None
    other: str | None
    judged: str | None


EXPORTED: Mapping[str, Any] = {
    "articles": ExportedArticle,
    "sentences": ExportedSentence,
    "actors": ExportedActor,
    "events": ExportedEvent,
    "ties": ExportedTie,
    "shifts": ExportedShift,
    "causes": ExportedCause,
    "incidents": ExportedIncident,
    "decisions": ExportedDecision,
}
"""Every exported kind and its shape (a TypedDict class, for which Python has no type)."""
