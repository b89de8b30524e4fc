"""Names without a text around them, as in tables: who is meant, where that is certain."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from functools import cache

from ..geography import countries, country_names
from ..records import Actor
from .knowledge import Knowledge, keys_of

__all__ = ["certain"]

_GOVERNMENT = re.compile(r"Government of (?:the )?(.+)|Government \((.+)\)")


def certain(knowledge: Knowledge) -> Callable[[str, str], Actor | None]:
    """A function from a name and a country (ISO alpha-3, or empty) to the one actor that they certainly mean, or None.

    The name is an actor's whole name or alias; one alone of those of that country, and of
    those of no country, bears it. A person must be
    named by more than one word. The government of a state is the state.
    """
    bearers = _bearers(knowledge)
    states = country_names()
    national = {state.iso3 for state in countries()}

    @cache
    def resolve(name: str, country: str) -> Actor | None:
        government = _GOVERNMENT.fullmatch(name)
        if government:
            state = states.get(government[1] or government[2])
            return knowledge.actors.get(state.iso3.lower()) if state else None
        words = keys_of(name)
        found = [
            actor
            for actor in (knowledge.actors[identity] for identity in bearers.get(words, ()))
            if (len(words) > 1 or actor.kind != "person") and (not country or fits(actor, country))
        ]
        return found[0] if len(found) == 1 else None

    def fits(actor: Actor, country: str) -> bool:
        return actor.country == country or actor.country not in national

    return resolve


def _bearers(knowledge: Knowledge) -> dict[tuple[str, ...], list[str]]:
    """The folded words of every whole name to those who bear it."""
    found: defaultdict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
    for actor in knowledge.actors.values():
        for name in (actor.name, *actor.aliases):
            words = keys_of(name)
            if words:
                found[words][actor.id] = None
    return {words: list(bearers) for words, bearers in found.items()}
