"""Whom an article speaks of so far, and how salient each is.

Salience is Lappin and Leass's (An algorithm for pronominal anaphora resolution, Computational Linguistics 20, 1994):
each mention gives its entity weights by where it stands, once a sentence, and all weights are halved from one sentence
to the next. Added to it: who was killed seldom acts again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..records import Mention, Sentence
from .lexicon import words

__all__ = ["Discourse", "Entity", "key_of", "role_of", "weight_of"]

RECENCY, SUBJECT, OBJECT, OBLIQUE, HEAD, MAIN = 100.0, 80.0, 50.0, 40.0, 80.0, 50.0
PARALLEL = 35.0
DECAY = 0.5
KILLED = 0.3
"""What is left of the salience of somebody who was killed."""

REPORTS = 0.5
"""What is left of the salience of a paper or agency: it tells what others do."""

THING = 0.7
"""What is left of the salience of what is no party."""

INSIDE = ("nmod", "amod", "compound", "appos", "flat", "acl", "det")
"""Relations of a word that stands inside another's phrase."""


@dataclass(slots=True, eq=False)
class Entity:
    """Somebody or something spoken of: how it was first mentioned (None: a thing), and what it was called since."""

    mention: Mention | None
    plural: bool
    members: tuple[Mention, ...] = ()
    before: float = 0.0
    here: float = 0.0
    last: tuple[int, int] = (-1, -1)
    killed: bool = False
    nouns: set[str] = field(default_factory=set)

    @property
    def salience(self) -> float:
        """The sum of its weights, less if it was killed, reports the news, or is no party."""
        if self.mention is None:
            return (self.before + self.here) * THING
        reports = REPORTS if self.mention.code.endswith("JRN") else 1.0
        return (self.before + self.here) * reports * (KILLED if self.killed else 1.0)


class Discourse:
    """The entities of an article up to a word."""

    def __init__(self) -> None:
        self.entities: dict[str, Entity] = {}

    def __iter__(self) -> Iterator[Entity]:
        return iter(self.entities.values())

    def next_sentence(self) -> None:
        """Halve what every entity has gathered."""
        for entity in self:
            entity.before, entity.here = (entity.before + entity.here) * DECAY, 0.0

    def add(self, key: str, mention: Mention | None, sentence: Sentence, head: int, plural: bool) -> Entity:
        """Add a mention of an entity, or, without one, a thing, at a token."""
        entity = self.entities.setdefault(key, Entity(mention, plural))
        entity.plural = plural
        entity.here = max(entity.here, weight_of(sentence, head))
        entity.last = (sentence.index, head)
        entity.killed = entity.killed or _is_killed(sentence, head)
        return entity

    def best(self, among: Iterable[Entity], role: str = "") -> Entity | None:
        """The most salient of some entities, one in the same role preferred; the latest of several."""
        ranked = [
            (entity.salience + (PARALLEL if role and role == entity_role(entity) else 0.0), entity.last, entity)
            for entity in among
        ]
        return max(ranked, key=lambda one: one[:2])[2] if ranked else None


def entity_role(entity: Entity) -> str:
    """Whether an entity was last seen as a subject."""
    return "nsubj" if entity.here >= RECENCY + SUBJECT else ""


def key_of(mention: Mention) -> str:
    """By what the mentions of one entity are held together."""
    return mention.actor or f"={mention.name}"


def role_of(sentence: Sentence, index: int) -> str:
    """The relation of a token, without subtype; of a coordinated one that of the first."""
    return sentence.tokens[_first(sentence, index)].relation.split(":")[0]


def weight_of(sentence: Sentence, index: int) -> float:
    """The weights of a mention by where its head stands."""
    token = sentence.tokens[_first(sentence, index)]
    relation = token.relation.split(":")[0]
    weight = RECENCY + {"nsubj": SUBJECT, "obj": OBJECT, "iobj": OBLIQUE, "obl": OBLIQUE}.get(relation, 0.0)
    if relation in INSIDE:
        return weight if relation not in ("amod", "compound") else weight * DECAY
    return weight + HEAD + (MAIN if not _in_adverbial(sentence, index) else 0.0)


def _first(sentence: Sentence, index: int) -> int:
    """The first of a coordination; of a name behind a title, the title (not what a preposition parts it from)."""
    for _ in range(5):
        token = sentence.tokens[index]
        between = sentence.tokens[token.head + 1 : index] if token.relation == "flat" else ()
        if token.relation.split(":")[0] not in ("conj", "flat") or token.head < 0:
            break
        if any(other.upos == "ADP" for other in between):
            break
        index = token.head
    return index


def _in_adverbial(sentence: Sentence, index: int) -> bool:
    """Whether a token stands in an adverbial or relative clause."""
    for _ in range(30):
        token = sentence.tokens[index]
        if token.relation.split(":")[0] in ("advcl", "acl"):
            return True
        if token.head < 0:
            return False
        index = token.head
    return False


def _is_killed(sentence: Sentence, head: int) -> bool:
    index = _first(sentence, head)
    token = sentence.tokens[index]
    if token.head < 0:
        return False
    above = sentence.tokens[token.head].lemma.lower()
    relation = token.relation
    if relation in ("obj", "nsubj:pass"):
        return above in words("death", "verbs")
    if relation == "nsubj":
        return above in words("death", "dying")
    return relation.startswith(("nmod", "compound")) and above in words("death", "nouns")
