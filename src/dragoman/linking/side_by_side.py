"""One incident with its sources in columns: what each of them says, field by field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..records import Article, Event, Incident, Sentence, Value
from .reports import Told

__all__ = ["Compared", "Field", "Source", "side_by_side"]

STANDINGS = ("disputed", "updated", "agreed", "single")
"""How a field may stand, in the order in which a reader wants it."""


@dataclass(frozen=True, slots=True)
class Source:
    """An article that reports an incident: its events with their sentences, and the article that it is a copy of."""

    article: Article
    events: tuple[tuple[Event, Sentence | None], ...]
    copy_of: str | None


@dataclass(frozen=True, slots=True)
class Field:
    """A field, how it stands ("disputed", "updated", "agreed", "single"), and each source's values, in their order."""

    name: str
    standing: str
    values: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """An incident side by side: its sources by publication, its fields, and how many sources are independent."""

    incident: Incident
    sources: tuple[Source, ...]
    fields: tuple[Field, ...]
    independent: int


def side_by_side(incident: Incident, told: Iterable[Told], copies: Mapping[str, str] | None = None) -> Compared:
    """An incident with its sources in columns.

    `told` are its events with article and sentence, `copies` says which article is a near-copy or later version of
    which.
    """
    known = copies or {}
    articles: dict[str, Article] = {}
    events: dict[str, list[tuple[Event, Sentence | None]]] = defaultdict(list)
    for event, article, sentence in told:
        if article is not None:
            articles[article.id] = article
            events[article.id].append((event, sentence))
    ordered = sorted(
        articles.values(), key=lambda article: (article.published is None, article.published or "", article.id)
    )
    sources = tuple(Source(article, tuple(events[article.id]), known.get(article.id)) for article in ordered)
    fields = tuple(
        Field(statement.field, standing, tuple(_values(statement.values, source) for source in sources))
        for standing in STANDINGS
        for statement in getattr(incident, standing)
    )
    independent = len({source.copy_of or source.article.id for source in sources})
    return Compared(incident, sources, fields, independent)


def _values(values: Iterable[Value], source: Source) -> tuple[Value, ...]:
    return tuple(value for value in values if value.article == source.article.id)
