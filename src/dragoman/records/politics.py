"""Politics: who there is, what they did, how they stand, who changed sides, and what caused what."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .evidence import SourceRow

__all__ = [
    "Actor",
    "Cause",
    "Count",
    "Event",
    "Mention",
    "Office",
    "Party",
    "Shift",
    "Speaker",
    "Status",
    "Tie",
    "When",
    "Where",
]


class Status(StrEnum):
    """Whether an event happened (codebook, "Fields of an event")."""

    ACTUAL = "actual"
    FUTURE = "future"
    HYPOTHETICAL = "hypothetical"
    NEGATED = "negated"
    HISTORICAL = "historical"


@dataclass(frozen=True, slots=True)
class Office:
    """An office held: title, of which state or body, from and to (ISO dates of any precision)."""

    title: str
    of: str
    start: str | None = None
    end: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, state, body, group or crowd; identity is a readable slug."""

    id: str
    name: str
    kind: str
    country: str
    sectors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    start: str | None = None
    end: str | None = None
    gender: str | None = None

    @property
    def code(self) -> str:
        """Country and first sector: "USA MIL"."""
        return " ".join([self.country, *self.sectors[:1]]).strip()


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a sentence that names or points to an actor.

    `kind` is person, body (a named one), nation, people, capital, place, role (a described group or body),
    individual (a described person), pronoun, or dateline (who and where a report is from). `head` is the
    token that carries it; `actor` the id it resolves to (None: a party known only by its description);
    `why` says how that is known.
    """

    sentence: int
    start: int
    end: int
    text: str
    head: int
    kind: str
    actor: str | None
    name: str
    code: str
    why: str
    political: bool = True


@dataclass(frozen=True, slots=True)
class Party:
    """One side's member in an event: the words, and who is meant by them."""

    text: str
    start: int
    end: int
    id: str | None
    name: str
    code: str
    why: str


@dataclass(frozen=True, slots=True)
class When:
    """The date of an event: an interval of ISO days, as narrow as the text allows.

    `basis` says what it rests on: the words, or the publication date.
    """

    start: str | None
    end: str | None
    precision: str
    text: str | None
    basis: str


@dataclass(frozen=True, slots=True)
class Where:
    """The place of an event; coordinates in degrees, precision "place", "region" or "country"."""

    text: str
    name: str
    country: str | None
    lat: float | None
    lon: float | None
    precision: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """On whose word an event is reported; `name` is "unnamed" where the text names nobody."""

    text: str
    name: str


@dataclass(frozen=True, slots=True)
class Count:
    """A number stated for an event: what is counted, bounds (None: open on that side), and on whose word if not on that
    of the event's own speaker."""

    what: str
    low: int | None
    high: int | None
    text: str
    said_by: Speaker | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom. Identity: article, trigger offsets, type (`records.identity.event_id`).

    Offsets count code points of the article's text. An imported event has no article, sentence
    and trigger, but a `source_row`; `type` may be None there (CAMEO 01 and 02).
    """

    id: str
    article: str | None
    sentence: int | None
    trigger: str | None
    trigger_start: int | None
    trigger_end: int | None
    type: str | None
    mode: str | None
    actor: tuple[Party, ...]
    recipient: tuple[Party, ...]
    status: Status
    when: When | None
    where: Where | None
    counts: tuple[Count, ...]
    said_by: Speaker | None
    frame: str
    confidence: float
    contexts: tuple[str, ...] = ()
    source_row: SourceRow | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """A standing relation that a text asserts (codebook, "Tie")."""

    id: str
    article: str
    sentence: int
    words: str
    start: int
    end: int
    source: Party
    kind: str
    target: Party
    polarity: str
    time: str | None
    pattern: str


@dataclass(frozen=True, slots=True)
class Shift:
    """A change of side, stance or target that a text asserts (codebook, "Shift")."""

    id: str
    article: str
    sentence: int
    words: str
    start: int
    end: int
    who: Party
    away_from: Party | None
    toward: Party | None
    when: When | None
    after: str | None
    pattern: str


@dataclass(frozen=True, slots=True)
class Cause:
    """Two events that a text ties as cause and effect, with the words that do it."""

    id: str
    article: str
    sentence: int
    words: str
    start: int
    end: int
    cause: str
    effect: str
    pattern: str
