"""Events as pages show them in lists: told in words, with what people decided on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .. import library
from ..records import Decision, Event
from ..telling import Told

__all__ = ["Line", "lines", "names_of"]


@dataclass(frozen=True)
class Line:
    """An event told in words, and the decisions on it that stand."""

    told: Told
    decisions: tuple[Decision, ...] = ()

    @property
    def address(self) -> str:
        """Where it stands: its place in its article."""
        event = self.told.event
        return f"/article/{event.article}?at={event.id}#card-{event.id}" if event.article else f"/event/{event.id}"

    @property
    def checked(self) -> str:
        """How it stands: "accepted by Ana", or nothing where nobody has looked."""
        return "; ".join(f"{one.judgement} by {one.who}" for one in self.decisions)

    @property
    def judgement(self) -> str:
        """One word for how it stands."""
        said = {one.judgement for one in self.decisions}
        return said.pop() if len(said) == 1 else "disagreed" if said else "nobody"


def lines(archive: library.Archive, events: Iterable[Event]) -> list[Line]:
    """Events in their order, with names from the register and what was decided on them."""
    found = list(events)
    ids = {party.id for event in found for party in (*event.actor, *event.recipient) if party.id}
    names = names_of(archive, ids)
    decided = archive.store.decided(event.id for event in found)
    return [
        Line(Told(event, article, sentence, names), tuple(decided.get(event.id, ())))
        for event, article, sentence in archive.store.evidence(found)
    ]


def names_of(archive: library.Archive, ids: Iterable[str]) -> Mapping[str, str]:
    """What the register calls the actors of these ids."""
    return archive.store.called(ids)
