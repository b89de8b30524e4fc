"""The case: everything that the page tells, gathered once from the archive and put in the page's order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from .. import library
from ..records import Actor, Article, Cause, Event, Incident, Sentence, Shift, Tie, Unread
from ..telling import Told, wording

__all__ = ["Case", "Numbered", "Row", "gather"]


@dataclass(frozen=True)
class Numbered:
    """An article with its number on the page, and its sentences."""

    number: int
    article: Article
    sentences: tuple[Sentence, ...]

    @property
    def id(self) -> str:
        """Its anchor."""
        return f"article-{self.number}"

    @property
    def outlet(self) -> str:
        """Who published it, or from which file it comes."""
        return self.article.outlet or self.article.source

    @property
    def day(self) -> str:
        """The day it was published, in words."""
        found = wording.iso_day(self.article.published)
        return wording.day(found) if found else wording.published(self.article.published)

    def sentence_id(self, index: int) -> str:
        """The anchor of one of its sentences."""
        return f"s-{self.number}-{index}"


@dataclass(frozen=True)
class Row(Told):
    """An event told in words, with its number on the page and the numbered article that it stands in."""

    number: int = 0
    source: Numbered | None = None

    @property
    def id(self) -> str:
        """The anchor of its row."""
        return f"e-{self.number}"

    @property
    def evidence(self) -> str:
        """The link to its sentence, or to its row where it has none."""
        if self.source is None or self.event.sentence is None:
            return f"#{self.id}"
        return f"#{self.source.sentence_id(self.event.sentence)}"

    @property
    def shape(self) -> str:
        """The sign of its quad category."""
        return wording.SHAPES[self.quad]

    @property
    def group(self) -> str:
        """The anchor of the day or interval that it stands under."""
        found = self.event.when
        if found is None or not (found.start or found.end):
            return "day-none"
        bounds = dict.fromkeys((found.start or "before", found.end or "after"))
        return "-".join(["day", *bounds])


@dataclass(frozen=True)
class Case:
    """What the page tells: articles in canonical order, events by date, and what is known of them."""

    articles: tuple[Numbered, ...]
    rows: tuple[Row, ...]
    actors: Mapping[str, Actor]
    incidents: tuple[Incident, ...]
    unread: tuple[Unread, ...]
    manifest: Mapping[str, str]
    ties: tuple[Tie, ...] = ()
    shifts: tuple[Shift, ...] = ()
    causes: tuple[Cause, ...] = ()

    @cached_property
    def by_event(self) -> Mapping[str, Row]:
        """Event id -> row."""
        return {row.event.id: row for row in self.rows}

    @cached_property
    def by_article(self) -> Mapping[str, Numbered]:
        """Article id -> numbered article."""
        return {found.article.id: found for found in self.articles}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Actor id -> name: the register's, else the one that the first event with it gives."""
        return _names(self.actors, (row.event for row in self.rows))


def gather(archive: library.Archive) -> Case:
    """Everything that the page tells, from an archive."""
    articles = tuple(
        Numbered(number, article, archive.sentences(article.id)) for number, article in enumerate(archive.articles(), 1)
    )
    actors = {actor.id: actor for actor in archive.actors()}
    events = list(archive.events())
    return Case(
        articles,
        _rows(events, articles, _names(actors, iter(events))),
        actors,
        tuple(archive.incidents()),
        archive.unread(),
        archive.store.manifest(),
        tuple(archive.store.ties()),
        tuple(archive.store.shifts()),
        tuple(archive.store.causes()),
    )


def _names(actors: Mapping[str, Actor], events: Iterator[Event]) -> dict[str, str]:
    names = {identity: actor.name for identity, actor in actors.items()}
    for event in events:
        for party in (*event.actor, *event.recipient):
            if party.id:
                names.setdefault(party.id, party.name or party.text)
    return names


def _rows(events: list[Event], articles: tuple[Numbered, ...], names: Mapping[str, str]) -> tuple[Row, ...]:
    sources = {found.article.id: found for found in articles}
    sentences = {(s.article, s.index): s for found in articles for s in found.sentences}
    placed = [_placed(event, sources.get(event.article or ""), sentences, names) for event in events]
    placed.sort(key=_order)
    return tuple(replace(row, number=number) for number, row in enumerate(placed, 1))


def _placed(
    event: Event, source: Numbered | None, sentences: Mapping[tuple[str, int], Sentence], names: Mapping[str, str]
) -> Row:
    sentence = sentences.get((event.article or "", -1 if event.sentence is None else event.sentence))
    return Row(event, source.article if source else None, sentence, names, source=source)


def _order(row: Row) -> tuple[bool, str, str, int, int, int, str]:
    """By date, undated last; within a date cooperation before conflict, then as the articles have it.

    What is only known to have happened by a day stands after what happened on that day.
    """
    found = row.event.when
    start, end = (found.start or "", found.end or "9999") if found else ("", "")
    return (
        not (start or end), start or f"{end}~", end, row.quad or 5,
        row.source.number if row.source else 0, row.event.trigger_start or 0, row.event.id,
    )  # fmt: skip
