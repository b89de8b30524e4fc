"""Parties known by whose they are: "his supporters", "Allawi's cousin", "their army"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..records import Mention, Sentence, slug
from .described import of_country, role_at
from .knowledge import Knowledge

__all__ = ["possessed"]

STATE = frozenset(("GOV", "LEG", "MIL", "COP", "JUD", "SPY"))
"""Sectors of bodies that belong to a state, whoever of it is named as their owner: "his government"."""


def possessed(
    sentence: Sentence, mention: Mention, owners: Mapping[int, Mention], knowledge: Knowledge
) -> Mention | None:
    """A described party by its owner, a pronoun or description that was resolved; None where it has none."""
    if mention.kind not in ("individual", "role"):
        return None
    found = [
        index
        for index, token in enumerate(sentence.tokens)
        if token.head == mention.head and token.relation == "nmod:poss" and index in owners
    ]
    if not found:
        return None
    owner, end = owners[found[0]], owners[found[0]].end
    noun = mention.text[max(0, end - mention.start) :].strip().removeprefix("'s").removeprefix("’s").strip()
    noun = noun.removeprefix("own ").strip() or mention.text
    country, *sectors = mention.code.split() or ["UNK"]
    country = owner.code[:3] if owner.code[:3].strip() not in ("", "UNK") else country
    code = " ".join([country, *sectors])
    why = f"{mention.text!r}: {noun!r} of {owner.name}, for whom {owner.text!r} stands"
    role = role_at(sentence, mention.head, knowledge)
    if role is not None and (owner.kind == "nation" or {*sectors} & STATE) and country != "UNK":
        name, identity, code = of_country(noun, role, country, knowledge)
        return replace(mention, actor=identity, name=name, code=code, why=why)
    lemma = f"{' '.join(noun.split()[:-1])} {sentence.tokens[mention.head].lemma}".strip()
    identity = slug(f"{lemma} of {owner.actor or owner.name}")
    return replace(mention, actor=identity, name=f"{noun} of {owner.name}", code=code, why=why)
