"""The register: one list of actors for an archive, whatever the order of reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ..records import Actor, Mention
from .knowledge import Knowledge

__all__ = ["register"]

KIND_OF_MENTION = {
    "person": "person",
    "body": "organisation",
    "individual": "person",
    "role": "group",
    "people": "crowd",
    "nation": "state",
    "capital": "state",
}


def register(mentions: Iterable[Mention], knowledge: Knowledge) -> list[Actor]:
    """The actors that mentions resolve to, by id.

    What the knowledge base knows is taken from there. An actor that only texts name gets the name
    and code that most of its mentions give, ties decided alphabetically, so that the register does
    not depend on the order of the mentions.
    """
    seen: dict[str, Counter[tuple[str, str, str]]] = {}
    for mention in mentions:
        if mention.actor is not None and mention.kind not in ("pronoun", "dateline"):
            seen.setdefault(mention.actor, Counter())[(mention.name, mention.code, mention.kind)] += 1
    return [_actor(identity, counts, knowledge) for identity, counts in sorted(seen.items())]


def _actor(identity: str, counts: Counter[tuple[str, str, str]], knowledge: Knowledge) -> Actor:
    known = knowledge.actors.get(identity)
    if known is not None:
        return known
    (name, code, kind), _ = min(counts.items(), key=lambda item: (-item[1], item[0]))
    country, *sectors = code.split() or ["UNK"]
    return Actor(identity, name, KIND_OF_MENTION.get(kind, "group"), country, tuple(sectors))
