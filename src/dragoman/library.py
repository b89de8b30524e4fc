"""Dragoman as a library: `dragoman.open("case.db")`, then read, ask, export."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from .alignment import Deed, Stance, deeds_of, groups_of, rolled_up, stances_of
from .archive import Archive as Store
from .archive import open_archive
from .codebook import QUADS, quad_of, score_of
from .errors import UsageError
from .evaluation import identities
from .formats import FOREIGN, cameo_of_event, is_private, redacted, write_followthemoney, write_foreign
from .formats import export as write
from .geography import countries, country_names
from .linking import Compared, side_by_side
from .pipeline import Imports, Summary, import_into, read_into, reread
from .records import Actor, Article, Event, Incident, Party, Run, Sentence, Shift, Tie, Unread
from .records import exported as shapes
from .records.identity import slug
from .settings import load

__all__ = ["KINDS", "LAYOUTS", "Archive", "Relations", "open"]

KINDS = ("articles", "sentences", "actors", "events", "ties", "shifts", "causes", "incidents", "decisions")
"""The kinds of records that can be exported."""

LAYOUTS = (*FOREIGN, "followthemoney")
"""The layouts of other programs in which events can be exported."""


def open(path: str | Path = "dragoman.db", *, read_only: bool = False) -> Archive:
    """Open the archive at `path`; unless `read_only`, it is made where there is none.

    A reader that may write to the file tidies SQLite's side files away when it closes, so that an
    archive stays one file.

    Raises:
        ArchiveError: the file is no archive, is of a newer version, or cannot be written.
    """
    return Archive(open_archive(path, create=not read_only, read_only=read_only and not os.access(path, os.W_OK)))


@dataclass(frozen=True, slots=True)
class Relations:
    """Deeds and asserted stances of an archive, before any party is rolled up into its group.

    `groups` says for whom each party acts, `published` when each article appeared, `names` what each party
    is called, `aliases` (slugs) which party another name means.
    """

    deeds: tuple[Deed, ...]
    ties: tuple[Tie, ...]
    shifts: tuple[Shift, ...]
    groups: Mapping[str, str]
    published: Mapping[str, date]
    names: Mapping[str, str]
    aliases: Mapping[str, str]

    def rolled_up(self, apart: Collection[str] = ()) -> tuple[list[Deed], list[Stance]]:
        """Deeds and stances between groups; the parties in `apart` stand for themselves."""
        groups = {party: group for party, group in self.groups.items() if party not in apart}
        return rolled_up(self.deeds, groups), stances_of(self.ties, self.shifts, self.published, groups)

    def party(self, name: str) -> str:
        """The id of the party or group that a name means: a state's, an id, a name or an alias of the register.

        Raises:
            UsageError: nobody in the archive is called so.
        """
        state = country_names().get(name)
        known = {*self.groups, *self.groups.values(), *(party for deed in self.deeds for party in deed.pair)}
        called = {slug(self.names.get(party, party)): party for party in sorted(known, reverse=True)}
        for found in (
            state.iso3.lower() if state else name.lower(),
            slug(name),
            called.get(slug(name)),
            self.aliases.get(slug(name)),
        ):
            if found in known:
                return str(found)
        raise UsageError(
            "U001", f"No party to a dated event is called {name!r}. `dragoman show actors` lists those that are known."
        )


class Archive:
    """An open archive: read sources into it, ask it, export from it. Also a context manager.

    Example:
        >>> import dragoman
        >>> with dragoman.open("case.db") as archive:  # doctest: +SKIP
        ...     archive.read(["articles/"])
        ...     for event in archive.events(actor="Iran", since="2020-01-01"):
        ...         print(event.type, event.trigger)
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.store.close()

    def read(
        self,
        sources: str | Path | Iterable[str | Path],
        *,
        jobs: int | None = None,
        columns: Mapping[str, str] | None = None,
    ) -> Summary:
        """Read files, folders and streams; what is already there is left as it is.

        `columns` says which column of tables holds which field of an article ({"text": "Body", "published": "Date"});
        what it leaves open is guessed, and the summary's `notices` say how.

        Sources that cannot be read are listed in the summary's `unread`; the others are read.
        """
        given = [sources] if isinstance(sources, str | Path) else sources
        return read_into(self.store, given, load(jobs=jobs), columns=columns)

    def reread(self, *, jobs: int | None = None, progress: Callable[[int], None] = lambda done: None) -> Run:
        """Read the articles that are there anew, as this version does; decisions stay, and the run notes every change.

        `progress` is told the number of articles done.
        """
        return reread(self.store, load(jobs=jobs), progress)

    def import_events(self, files: str | Path | Iterable[str | Path], *, format: str | None = None) -> Imports:
        """Import event files of GDELT, ICEWS, POLECAT, ACLED or UCDP GED, also packed (.gz, .zip).

        Each file goes in whole or not at all; its malformed rows are listed by `unread`. A row that was imported before
        takes its old place anew.
        """
        given = [files] if isinstance(files, str | Path) else files
        return import_into(self.store, given, load(), format)

    def articles(self) -> Iterator[Article]:
        """All articles, by date of publication, undated ones last."""
        return self.store.articles()

    def sentences(self, article: str) -> tuple[Sentence, ...]:
        """The parsed sentences of an article."""
        return self.store.sentences(article)

    def events(self, **filters: str | None) -> Iterator[Event]:
        """Events by any of `actor`, `by`, `toward`, `type`, `since`, `until`, `place`, `outlet`, `status`, `article`.

        `actor` matches either side, `by` the actors alone, `toward` the recipients alone; the name of a
        state means all of its parties ("Iran": its government, army, protesters). `since` and
        `until` are ISO dates of any precision.
        """
        return self.store.events(**_by_country(filters))

    def actors(self) -> Iterator[Actor]:
        """The register of actors."""
        return iter(self.store.actors())

    def incidents(self) -> Iterator[Incident]:
        """Incidents with the events that report them."""
        return iter(self.store.incidents())

    def compared(self, incident: str) -> Compared:
        """An incident, by its id or that of one of its events, with its sources in columns, field by field.

        Raises:
            ArchiveError: there is none.
        """
        found = self.store.incident(incident)
        versions = {article.id: article.version_of for article in self.articles() if article.version_of}
        events = self.store.events(incident=found.id)
        return side_by_side(found, self.store.evidence(events), {**versions, **self.near_copies()})

    def near_copies(self) -> dict[str, str]:
        """Articles that are near-copies of an earlier one: id of the copy -> id of the original."""
        return self.store.near_copies()

    def unread(self) -> tuple[Unread, ...]:
        """Sources that were not read, each with a code and a sentence."""
        return tuple(self.store.unread())

    def relations(self) -> Relations:
        """What the parties did to each other and how the texts say that they stand, for the stage of alignment.

        Actors that people decided to merge or to split are who they decided that they are.
        """
        events, ties, shifts = list(self.events()), list(self.store.ties()), list(self.store.shifts())
        if who := identities(self.store.decisions(kind="actor")):
            events, ties, shifts = list(map(who.event, events)), list(map(who.tie, ties)), list(map(who.shift, shifts))
        return Relations(
            tuple(deeds_of(events, self.incidents())),
            tuple(ties),
            tuple(shifts),
            groups_of(events, ties),
            {article.id: day for article in self.articles() if (day := _day(article.published))},
            {state.iso3.lower(): state.name for state in countries()}
            | {party.id: party.name for party in (*_parties(events), *_standing(ties, shifts)) if party.id}
            | {actor.id: actor.name for actor in self.actors()},
            {slug(alias): actor.id for actor in self.actors() for alias in actor.aliases},
        )

    def redacted(self, kind: str, records: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
        """Exported records of a kind without the names of people who have no public role (`formats.redaction`)."""
        private = sorted(actor.id for actor in self.actors() if is_private(actor))
        return redacted(kind, records, self.store.people_named(private))

    def export(
        self, kind: str, to: str | Path, *, layout: str | None = None, redact: bool = False, **filters: str | None
    ) -> int:
        """Write all records of a kind (see `KINDS`) to a file; returns how many.

        The file's ending says how: `.jsonl`, `.csv` or `.parquet`; of events also `.gexf`, `.graphml` or `.geojson`.
        Events can also be written as another program wants them (`layout`, see `LAYOUTS`). With `redact`, people
        without a public role are not named.

        Raises:
            UsageError: the kind, the layout or the file's ending is not known.
        """
        records = self.exported(kind, **filters)
        if redact:
            records = self.redacted(kind, records)
        if layout is None:
            return write(kind, records, Path(to))
        if kind != "events" or layout not in LAYOUTS:
            raise UsageError("U001", f"There is no layout {layout!r} of {kind}; of events: {', '.join(LAYOUTS)}.")
        if layout == "followthemoney":
            actors = self.exported("actors")
            return write_followthemoney(records, self.redacted("actors", actors) if redact else actors, Path(to))
        return write_foreign(layout, records, Path(to))

    def exported(self, kind: str, **filters: str | None) -> Iterator[Mapping[str, Any]]:
        """All records of a kind in their exported shape (docs/schema/)."""
        if kind not in KINDS:
            raise UsageError("U001", f"There is no kind of record named {kind!r}. Choose one of: {', '.join(KINDS)}.")
        store = self.store
        if kind == "articles":
            return (shapes.exported_article(article) for article in store.articles())
        if kind == "actors":
            return (shapes.exported_actor(actor) for actor in store.actors())
        if kind == "sentences":
            return self._sentences()
        if kind == "events":
            return self._events(**filters)
        return self._others(kind)

    def _sentences(self) -> Iterator[Mapping[str, Any]]:
        for article in self.store.articles():
            for sentence in self.store.sentences(article.id):
                yield shapes.exported_sentence(sentence, article)

    def _events(self, **filters: str | None) -> Iterator[Mapping[str, Any]]:
        for event, article, sentence in self.store.evidence(self.events(**filters)):
            assert isinstance(event, Event)
            quad = QUADS[quad_of(event.type)] if event.type else None
            score = score_of(event.type, event.mode) if event.type else None
            cameo = cameo_of_event(event)
            yield shapes.exported_event(event, article, sentence, quad, score, cameo)

    def _others(self, kind: str) -> Iterator[Mapping[str, Any]]:
        store = self.store
        if kind == "incidents":
            return (shapes.exported_incident(incident) for incident in store.incidents())
        if kind == "decisions":
            return (shapes.exported_decision(decision) for decision in store.decisions())
        found: Iterator[Any] = iter(getattr(store, kind)())
        makers: Mapping[str, Callable[..., Mapping[str, Any]]] = {
            "ties": shapes.exported_tie,
            "shifts": shapes.exported_shift,
            "causes": shapes.exported_cause,
        }
        one = makers[kind]
        return (one(record, article, sentence) for record, article, sentence in store.evidence(found))


def _parties(events: Iterable[Event]) -> Iterator[Party]:
    """Both sides of events."""
    for event in events:
        yield from (*event.actor, *event.recipient)


def _standing(ties: Iterable[Tie], shifts: Iterable[Shift]) -> Iterator[Party]:
    """The parties of ties and shifts."""
    for tie in ties:
        yield from (tie.source, tie.target)
    for shift in shifts:
        yield from (party for party in (shift.who, shift.away_from, shift.toward) if party is not None)


def _day(published: str | None) -> date | None:
    """The day of a publication; of an interval its last."""
    try:
        return date.fromisoformat((published or "").rpartition("/")[2][:10])
    except ValueError:
        return None


def _by_country(filters: Mapping[str, str | None]) -> dict[str, str | None]:
    """Filters with the names of states replaced by their country codes."""
    meant = dict(filters)
    for key in ("actor", "by", "toward", "place"):
        value = meant.get(key)
        state = country_names().get(value) if value else None
        if state is not None:
            meant[key] = state.iso3
    return meant
