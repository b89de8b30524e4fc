"""Definite descriptions to those they describe: "the Shiite cleric", "the group", "these militias", "both sides"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..records import Mention, Sentence
from .discourse import Discourse, Entity
from .knowledge import Knowledge, keys_of
from .lexicon import words

__all__ = ["antecedent_of", "is_pair", "pair_of"]

DEFINITE = frozenset(("the", "this", "that", "these", "those"))
DEMONSTRATIVE = frozenset(("this", "that", "these", "those"))
TWO = "two"
ARGUMENTS = ("nsubj", "obj", "obl", "root")
"""Relations of what is no apposition, though a comma stands before it."""

LEAST = 20.0
"""The least salience of an antecedent that its description alone fits: a subject of five sentences ago."""

BY_SECTOR = frozenset(("REL", "MIL", "PTY", "REB", "PRM", "SPY", "JUD", "JRN", "LEG"))
"""Sectors whose persons a noun of the sector may mean; of the government, the office must be theirs."""

ORGANS = frozenset(("GOV", "MIL", "COP", "LEG", "JUD"))
"""Sectors of organs of a state, which "the group" does not mean."""


def antecedent_of(
    sentence: Sentence, mention: Mention, discourse: Discourse, here: Mapping[int, Entity], knowledge: Knowledge
) -> Mention | None:
    """Whom a description stands for, or None where it stands for itself.

    In apposition to a name, its bearer. Definite ("the", "these") and without a complement of its own: of those that
    fit, the most salient.
    """
    if mention.kind not in ("individual", "role"):
        return None
    named = _in_apposition(sentence, mention, here)
    if named is not None:
        return named
    if not _points_back(sentence, mention, knowledge):
        return None
    lemma = sentence.tokens[mention.head].lemma.lower()
    if lemma in words("generic", "states") and mention.text.lower() in (f"the {lemma}", f"this {lemma}"):
        state = discourse.best(e for e in discourse if e.mention and e.mention.kind == "nation" and not e.members)
        return state.mention if state else None
    fits = _person_fits if mention.kind == "individual" else _body_fits
    found = discourse.best(entity for entity in discourse if fits(mention, lemma, entity, knowledge))
    if found is None and _first_word(sentence, mention) in DEFINITE:
        found = discourse.best(_same_noun(sentence, mention, lemma, discourse))
    return found.mention if found else None


def _in_apposition(sentence: Sentence, mention: Mention, here: Mapping[int, Entity]) -> Mention | None:
    token = sentence.tokens[mention.head]
    entity = here.get(token.head) if token.relation == "appos" else None
    if entity is None and not token.relation.startswith(ARGUMENTS):
        entity = _before_comma(sentence, mention, here)
    named = entity.mention if entity is not None else None
    kinds = {"person": "individual", "body": "role"}
    if entity is None or named is None or kinds.get(named.kind) != mention.kind:
        return None
    entity.nouns.add(token.lemma.lower())
    return named


def _before_comma(sentence: Sentence, mention: Mention, here: Mapping[int, Entity]) -> Entity | None:
    """The entity whose name ends at the comma before a description, as an apposition has it."""
    before = [index for index, token in enumerate(sentence.tokens) if token.start < mention.start]
    while before and sentence.tokens[before[-1]].upos in ("DET", "ADJ", "NOUN"):
        before.pop()
    if len(before) < 2 or sentence.tokens[before[-1]].text != ",":
        return None
    end = sentence.tokens[before[-2]].end
    named = ((entity.mention, entity) for entity in here.values())
    return next((e for m, e in named if m is not None and (m.sentence, m.end) == (sentence.index, end)), None)


def _first_word(sentence: Sentence, mention: Mention) -> str:
    return mention.text.split()[0].lower() if mention.text else ""


def _points_back(sentence: Sentence, mention: Mention, knowledge: Knowledge) -> bool:
    """Whether a description is definite, tells nothing of its own by "of", and is no predicate."""
    below = [token for token in sentence.tokens if token.head == mention.head]
    own = any(token.relation in ("nmod", "cop", "acl:relcl", "appos", "nmod:poss") for token in below)
    return _first_word(sentence, mention) in DEFINITE and not own and mention.actor not in knowledge.actors


def _same_country(mention: Mention, other: Mention) -> bool:
    ours, theirs = mention.code[:3], other.code[:3]
    return ours == theirs or "UNK" in (ours, theirs)


def _person_fits(mention: Mention, lemma: str, entity: Entity, knowledge: Knowledge) -> bool:
    other = entity.mention
    persons = ("person", "individual") if lemma in ("man", "woman") else ("person",)
    if other is None or other.kind not in persons or entity.members or not _same_country(mention, other):
        return False
    if lemma in entity.nouns:
        return True
    sector = mention.code[4:7]
    if entity.salience < LEAST:
        return False
    actor = knowledge.actors.get(other.actor or "")
    sectors = {*other.code.split()[1:], *(actor.sectors if actor else ())}
    if sector in BY_SECTOR:
        return sector in sectors
    offices = {word for office in (actor.offices if actor else ()) for word in office.title.lower().split()}
    return lemma in offices or lemma in words("generic", "persons")


def _body_fits(mention: Mention, lemma: str, entity: Entity, knowledge: Knowledge) -> bool:
    other = entity.mention
    plural = lemma != mention.text.split()[-1].lower()
    if other is None or other.kind != "body" or plural or not _same_country(mention, other):
        return False
    if lemma in entity.nouns or lemma in keys_of(other.name):
        return True
    sectors = set(other.code.split()[1:])
    if entity.salience < LEAST or sectors & ORGANS:
        return False
    return lemma in words("generic", "bodies") or mention.code[4:7] in sectors


def _same_noun(sentence: Sentence, mention: Mention, lemma: str, discourse: Discourse) -> Iterator[Entity]:
    """Described parties of the same noun, whose country is known: "Iran-backed militias ... these militias"."""
    unplaced = mention.code.startswith("UNK") or _first_word(sentence, mention) in DEMONSTRATIVE
    for entity in discourse:
        other = entity.mention
        if unplaced and other is not None and other.kind == mention.kind and lemma in entity.nouns:
            yield entity


def is_pair(sentence: Sentence, mention: Mention) -> bool:
    """Whether a description means two parties named before: "both countries", "the two leaders", "either side"."""
    if mention.kind not in ("individual", "role"):
        return False
    below = {token.lemma.lower() for token in sentence.tokens if token.head == mention.head}
    counted = bool(below & words("pairs", "words")) or (TWO in below and bool(below & DEFINITE))
    lemma = sentence.tokens[mention.head].lemma.lower()
    return counted and lemma in words("pairs", "states") | words("pairs", "persons")


def pair_of(sentence: Sentence, mention: Mention, discourse: Discourse) -> list[Entity]:
    """The two most salient states, or persons, of which a pair may be; none where there are no two."""
    persons = sentence.tokens[mention.head].lemma.lower() in words("pairs", "persons")
    kinds = ("person",) if persons else ("nation", "capital")
    return _most_salient(e for e in discourse if e.mention and e.mention.kind in kinds and not e.members)


def _most_salient(entities: Iterable[Entity]) -> list[Entity]:
    ranked = sorted(entities, key=lambda entity: (-entity.salience, entity.last))
    pair = [entity for entity in ranked[:2] if entity.salience >= LEAST]
    return pair if len(pair) == 2 else []
