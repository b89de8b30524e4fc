"""What is concluded over many articles, and what a human decided about it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Decision", "Incident", "Statement", "Value"]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a field of an incident, with who says it and where it stands."""

    low: int | None
    high: int | None
    text: str
    said_by: str | None
    article: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A field of an incident ("killed", "actor", "date", "place") and the values given for it."""

    field: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """One happening in the world: the events that report it. Identity: its earliest event."""

    id: str
    type: str
    events: tuple[str, ...]
    agreed: tuple[Statement, ...] = ()
    single: tuple[Statement, ...] = ()
    disputed: tuple[Statement, ...] = ()
    updated: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What a human said of a record: an append-only row, undone by setting `undone`."""

    id: str
    record: str
    kind: str
    judgement: str
    correction: str | None
    who: str
    when: str
    why: str | None
    undone: str | None = None
