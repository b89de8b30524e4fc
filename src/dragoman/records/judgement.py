"""What is concluded over many articles, and what a human decided about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["JUDGEMENTS", "Decision", "Incident", "Statement", "Value"]


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
    """What a human said of a record: an append-only row, undone by setting `undone`.

    `kind` is the kind of record and `judgement` one of `JUDGEMENTS[kind]`. `other` is the second of a pair: the
    event that is (not) of the same incident, the actor that `record` is merged into or that a name is split off to.
    `judged` is the record as it stood when it was judged, with the words that it rests on, and `correction` what is
    to stand instead, both JSON objects in the terms of the codebook's gold (`evaluation.gold`): so a decision can be
    read, and found again by its evidence, where the record is coded anew or not at all any more.
    """

    id: str
    record: str
    kind: str
    judgement: str
    correction: str | None
    who: str
    when: str
    why: str | None
    undone: str | None = None
    other: str | None = None
    judged: str | None = None


_OF_ASSERTED = ("accepted", "rejected", "corrected")

JUDGEMENTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "event": (*_OF_ASSERTED, "added"),
        "tie": _OF_ASSERTED,
        "shift": _OF_ASSERTED,
        "cause": _OF_ASSERTED,
        "incident": ("same", "different", "unsure"),
        "actor": ("merged", "split"),
    }
)
"""Kind of record -> what can be said of it."""
