"""PLOVER's event types, modes, contexts and sectors, read from `data/`."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

__all__ = ["CONTEXTS", "QUADS", "SECTORS", "TYPES", "EventType", "quad_of", "score_of"]

DATA = Path(__file__).parent / "data"

QUADS = MappingProxyType(
    {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
)
"""PLOVER's quad categories."""


@dataclass(frozen=True, slots=True)
class EventType:
    """One of the sixteen types: its quad (1 to 4), its score (-10 to 10), its modes with theirs."""

    name: str
    quad: int
    cameo: str
    score: float
    what: str
    modes: Mapping[str, float]
    note: str | None


def _types() -> Mapping[str, EventType]:
    with (DATA / "types.toml").open("rb") as file:
        table = tomllib.load(file)
    return MappingProxyType(
        {
            name: EventType(
                name,
                entry["quad"],
                entry["cameo"],
                entry["score"],
                entry["what"],
                MappingProxyType(entry["modes"]),
                entry.get("note"),
            )
            for name, entry in table.items()
        }
    )


def _column(name: str) -> tuple[dict[str, str], ...]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


TYPES = _types()
"""Type name -> `EventType`, in PLOVER's order."""

CONTEXTS = tuple(row["context"] for row in _column("contexts.csv"))
"""The 37 contexts (why), usable with any type."""

SECTORS = MappingProxyType({row["sector"]: row["what"] for row in _column("sectors.csv")})
"""Sector code -> what it stands for (25 codes)."""


def quad_of(kind: str) -> int:
    """The quad category (1 to 4) of a type; KeyError for a name that is no type.

    >>> quad_of("ASSAULT")
    4
    """
    return TYPES[kind].quad


def score_of(kind: str, mode: str | None = None) -> float:
    """PLOVER's score (-10 conflict to 10 cooperation) of a mode, or of the type where there is none.

    Manual, "Numeric conflict/cooperation scores".

    >>> score_of("RETREAT"), score_of("RETREAT", "disarm")
    (6.5, 10.0)
    """
    found = TYPES[kind]
    return found.modes.get(mode, found.score) if mode else found.score
