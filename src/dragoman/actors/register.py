"""The register: one list of actors for an archive, whatever the order of reading."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from ..names import likeness, skeleton
from ..records import Actor, Mention, slug
from .knowledge import Knowledge
from .same import ALIKE

__all__ = ["register", "spellings"]

UNKNOWN = "UNK"

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
    others = {other for other, _, kind in counts if kind in ("person", "body") and other != name}
    return Actor(
        identity, name, KIND_OF_MENTION.get(kind, "group"), country, tuple(sectors), aliases=tuple(sorted(others))
    )


def spellings(named: Iterable[tuple[str, str, str, int]], knowledge: Knowledge) -> dict[str, str]:
    """The names of persons and bodies that texts alone know to the ids of their bearers.

    `named` are id, name, code and how often.

    Names that sound the same, are alike, and of one country (as far as it is known) are one bearer's, whose id is that
    of the name met most often. Whoever is in the knowledge base is known by every spelling there, and left out.
    """
    counts: Counter[str] = Counter()
    countries: dict[str, Counter[str]] = defaultdict(Counter)
    met = list(named)
    known = {name for identity, name, _, _ in met if identity in knowledge.actors}
    for _, name, code, times in met:
        if name not in known:
            counts[name] += times
            countries[name][code[:3]] += times
    groups: dict[str, list[str]] = defaultdict(list)
    for name in counts:
        groups[skeleton(name)].append(name)
    found: dict[str, str] = {}
    for names in groups.values():
        heads: list[str] = []
        for name in sorted(names, key=lambda name: (-counts[name], name)):
            head = next((h for h in heads if _are_one(name, h, countries)), name)
            heads += [name] if head == name else []
            found[name] = slug(head)
    return found


def _are_one(one: str, other: str, countries: dict[str, Counter[str]]) -> bool:
    """Whether two names that sound the same are one bearer's; of single words, only typography may differ."""
    if len(one.split()) < 2 and slug(one) != slug(other):
        return False
    home, abroad = (max(sorted(countries[name]), key=lambda code: countries[name][code]) for name in (one, other))
    return (home == abroad or UNKNOWN in (home, abroad)) and likeness(one, other) >= ALIKE
