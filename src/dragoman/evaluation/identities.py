"""Who is who after decisions: which actors were merged, and which words of one mean another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ..records import Decision, Event, Party, Shift, Tie
from .decided import corrected, standing

__all__ = ["Identities", "identities"]


@dataclass(frozen=True, slots=True)
class Identities:
    """`merged` is id -> the id of the actor that it is; `split` is (id, words) -> the id of whom they mean."""

    merged: Mapping[str, str]
    split: Mapping[tuple[str, str], str]

    def __bool__(self) -> bool:
        return bool(self.merged or self.split)

    def event(self, event: Event) -> Event:
        """An event with the ids of who is meant by its parties."""
        actor, recipient = (tuple(map(self.party, side)) for side in (event.actor, event.recipient))
        return replace(event, actor=actor, recipient=recipient)

    def tie(self, tie: Tie) -> Tie:
        """A tie with the ids of who is meant by its parties."""
        return replace(tie, source=self.party(tie.source), target=self.party(tie.target))

    def shift(self, shift: Shift) -> Shift:
        """A shift with the ids of who is meant by its parties."""
        away_from, toward = (side and self.party(side) for side in (shift.away_from, shift.toward))
        return replace(shift, who=self.party(shift.who), away_from=away_from, toward=toward)

    def party(self, party: Party) -> Party:
        """A party with the id of who is meant by it."""
        return party if party.id is None else replace(party, id=self.of(party.id, party.text))

    def of(self, actor: str, words: str = "") -> str:
        """Who is meant by an actor's id and the words of a text."""
        return self._last(self.split.get((actor, words), actor))

    def _last(self, actor: str) -> str:
        seen = [actor]
        while (following := self.merged.get(seen[-1])) is not None:
            if following in seen:
                # Merged in a circle: each is all the others, by the name that comes first.
                return min(seen[seen.index(following) :])
            seen.append(following)
        return seen[-1]


def identities(decisions: Iterable[Decision]) -> Identities:
    """Who is who by the decisions that stand; of several people's the latest holds."""
    merged: dict[str, str] = {}
    split: dict[tuple[str, str], str] = {}
    for decision in standing(decisions):
        if decision.kind == "actor" and decision.other:
            if decision.judgement == "merged":
                merged[decision.record] = decision.other
            for words in corrected(decision).get("names", []):
                split[decision.record, words] = decision.other
    return Identities(merged, split)
