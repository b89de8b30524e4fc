"""Stances: how parties stand to each other by what the texts themselves assert, ties and changes of side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ..records import Party, Shift, Tie
from .deeds import Pair

__all__ = ["Stance", "stances_of"]

FRIENDLY = frozenset(("backs", "allied_with"))
HOSTILE = frozenset(("hostile_to", "rival_of"))


@dataclass(frozen=True, slots=True)
class Stance:
    """That one party stands with another (`friendly`) or against it, by a text of that day.

    `kind` says whether the text asserts a standing relation or a change of side; `id` leads back to it.
    """

    day: date
    actor: str
    recipient: str
    friendly: bool
    kind: Literal["tie", "shift"]
    words: str
    id: str

    @property
    def pair(self) -> Pair:
        """Its two parties in alphabetical order."""
        return min(self.actor, self.recipient), max(self.actor, self.recipient)


def stances_of(
    ties: Iterable[Tie],
    shifts: Iterable[Shift],
    published: Mapping[str, date],
    groups: Mapping[str, str] | None = None,
) -> list[Stance]:
    """The stances that ties and shifts assert, by day.

    A tie stands on the day its article was published (`published`: article id -> day), a denied one for
    its contrary; a shift on the last day of its own date, else on that of the article. What has no day or
    names no two parties is left out. Parties are replaced by their `groups`.
    """
    found: list[tuple[date | None, Party, Party | None, bool, Literal["tie", "shift"], str, str]] = []
    for tie in ties:
        if tie.kind in FRIENDLY | HOSTILE:
            friendly = (tie.kind in FRIENDLY) == (tie.polarity == "+")
            found.append((published.get(tie.article), tie.source, tie.target, friendly, "tie", tie.words, tie.id))
    for shift in shifts:
        day = _day(shift.when.end if shift.when else None) or published.get(shift.article)
        for other, friendly in ((shift.toward, True), (shift.away_from, False)):
            found.append((day, shift.who, other, friendly, "shift", shift.words, shift.id))
    kept = [stance for given in found if (stance := _stance(*given, groups or {}))]
    return sorted(kept, key=lambda stance: (stance.day, stance.actor, stance.recipient, stance.id))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _stance(
    day: date | None, who: Party, other: Party | None, friendly: bool, kind: Literal["tie", "shift"], words: str,
    identity: str, groups: Mapping[str, str],
) -> Stance | None:  # fmt: skip
    if day is None or other is None or not who.id or not other.id:
        return None
    actor, recipient = groups.get(who.id, who.id), groups.get(other.id, other.id)
    return Stance(day, actor, recipient, friendly, kind, words, identity) if actor != recipient else None
