"""Groups: which parties act for which state or body, so that what they do can be counted together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from ..geography import countries
from ..records import Event, Tie
from .deeds import Deed

__all__ = ["groups_of", "rolled_up"]

STATE_SECTORS = frozenset(("GOV", "MIL", "COP", "LEG", "JUD", "SPY"))
"""The PLOVER sectors that act for a state; rebels, parties and crowds do not."""

MEMBERSHIP = frozenset(("member_of", "part_of", "leads", "deputy_of", "holds_office"))
"""The ties by which what one does is done by the other."""


def groups_of(events: Iterable[Event], ties: Iterable[Tie] = ()) -> dict[str, str]:
    """Which group each party acts for, as party id -> group id, by what the texts assert and by country.

    Whoever leads, holds office in, or is part or member of something acts for it, and for what it
    acts for. The other organs of a state (government, army, police, parliament, courts, services)
    act for the state, whose id is its ISO code in small letters. A party that is coded in several
    ways is what it is most often.
    """
    found = _states(events)
    asserted: dict[str, Counter[str]] = defaultdict(Counter)
    for tie in ties:
        if tie.kind in MEMBERSHIP and tie.polarity == "+" and tie.source.id and tie.target.id:
            asserted[tie.source.id][tie.target.id] += 1
    found |= {party: _first(targets) for party, targets in asserted.items()}
    return {party: _head(party, found) for party in sorted(found)}


def _states(events: Iterable[Event]) -> dict[str, str]:
    codes: dict[str, Counter[str]] = defaultdict(Counter)
    for event in events:
        for party in (*event.actor, *event.recipient):
            if party.id:
                codes[party.id][party.code] += 1
    states = {state.iso3 for state in countries()}
    usual = ((party, *_first(counted).partition(" ")[::2]) for party, counted in codes.items())
    return {
        party: country.lower()
        for party, country, sector in usual
        if country in states and sector in STATE_SECTORS and party != country.lower()
    }


def _first(counted: Counter[str]) -> str:
    """What was counted most often; of several the first by name."""
    return min(counted, key=lambda name: (-counted[name], name))


def _head(party: str, groups: Mapping[str, str]) -> str:
    """The last group of the chain that begins with a party; of a circle, its first member by name."""
    chain = [party]
    while (following := groups.get(chain[-1])) is not None:
        if following in chain:
            return min(chain[chain.index(following) :])
        chain.append(following)
    return chain[-1]


def rolled_up(deeds: Iterable[Deed], groups: Mapping[str, str]) -> list[Deed]:
    """The deeds between groups: each party is replaced by its group; what stays inside a group is left out."""
    found = []
    for deed in deeds:
        actor, recipient = (groups.get(name, name) for name in (deed.actor, deed.recipient))
        if actor != recipient:
            found.append(replace(deed, actor=actor, recipient=recipient))
    return found
