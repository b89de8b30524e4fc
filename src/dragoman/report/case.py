"""The case: everything that the page tells, gathered once from the archive and put in the page's order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from .. import library
from ..codebook import QUADS, TYPES, score_of
from ..records import Actor, Article, Cause, Event, Incident, Party, Sentence, Shift, Tie, Unread
from ..telling import wording

__all__ = ["Case", "Numbered", "Row", "gather", "quoted"]


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
class Row:
    """An event with its number on the page, and what it stands in (None for an imported one)."""

    number: int
    event: Event
    source: Numbered | None
    sentence: Sentence | None
    names: Mapping[str, str]

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
    def quad(self) -> int | None:
        """Its quad category; None without a type."""
        return TYPES[self.event.type].quad if self.event.type else None

    @property
    def score(self) -> float | None:
        """Its PLOVER score; None without a type."""
        return score_of(self.event.type, self.event.mode) if self.event.type else None

    @property
    def shape(self) -> str:
        """The sign of its quad category."""
        return wording.SHAPES[self.quad]

    @property
    def quad_words(self) -> str:
        """Its quad category in words."""
        return QUADS[self.quad] if self.quad else "no PLOVER type"

    @property
    def what(self) -> str:
        """Type and mode: "ASSAULT, aerial"."""
        return ", ".join(part for part in (self.event.type or "no type", self.event.mode) if part)

    @property
    def status(self) -> str:
        """Its status in a word or two."""
        return wording.STATUS_WORDS[self.event.status]

    @property
    def date(self) -> str:
        """When, in words."""
        return wording.when(self.event.when)

    @property
    def counts(self) -> str:
        """The numbers stated for it, in words."""
        return ", ".join(wording.counted(count) for count in self.event.counts)

    @property
    def group(self) -> str:
        """The anchor of the day or interval that it stands under."""
        found = self.event.when
        if found is None or not (found.start or found.end):
            return "day-none"
        bounds = dict.fromkeys((found.start or "before", found.end or "after"))
        return "-".join(["day", *bounds])

    def name(self, party: Party) -> str:
        """What a party is called on the page: the register's name, else the text's."""
        return self.names.get(party.id or "", "") or party.name or party.text

    @cached_property
    def who(self) -> str:
        """The actors in words."""
        return wording.joined([self.name(party) for party in self.event.actor]) or "unnamed"

    @cached_property
    def whom(self) -> str:
        """The recipients in words, or nothing."""
        return wording.joined([self.name(party) for party in self.event.recipient])

    @property
    def brief(self) -> str:
        """The event in a line, for titles: "3 January 2020: the United States, ASSAULT, Qassem Soleimani"."""
        return f"{self.date}: {', '.join(part for part in (self.who, self.what, self.whom) if part)}"

    def quotation(self, room: int | None = None) -> tuple[str, str, str]:
        """Its sentence before, in and after its trigger; at most about `room` characters to each side."""
        event, sentence = self.event, self.sentence
        if sentence is None or event.trigger_start is None or event.trigger_end is None:
            return "", event.trigger or "", ""
        return quoted(sentence, event.trigger_start, event.trigger_end, room)


def quoted(sentence: Sentence, start: int, end: int, room: int | None = None) -> tuple[str, str, str]:
    """A sentence before, in and after a stretch of the article; at most about `room` characters to each side."""
    start, end = start - sentence.start, end - sentence.start
    before, after = sentence.text[:start], sentence.text[end:]
    if room is not None and len(before) > room:
        before = "… " + before[-room:].partition(" ")[2]
    if room is not None and len(after) > room:
        after = after[:room].rpartition(" ")[0] + " …"
    return before, sentence.text[start:end], after


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
    placed = [
        Row(
            0,
            e,
            sources.get(e.article or ""),
            sentences.get((e.article or "", -1 if e.sentence is None else e.sentence)),
            names,
        )
        for e in events
    ]
    placed.sort(key=_order)
    return tuple(Row(number, row.event, row.source, row.sentence, names) for number, row in enumerate(placed, 1))


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
