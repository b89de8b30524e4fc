"""On whose word: whom a sentence makes answerable for what it reports (codebook, "said_by")."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise

from ..records import Part, Speaker
from .lexicons import speech, time_clauses
from .parties import PartyFinder
from .syntax import Tree

__all__ = ["UNNAMED", "speaker_of", "teller_of", "tellers"]

UNNAMED = "unnamed"

CONTENT = frozenset(("ccomp", "xcomp", "parataxis", "obj", "csubj", "nsubj"))
"""How what is said hangs on the verb of saying."""

ACCUSING = frozenset(("accuse", "blame"))
CHARGES = frozenset(("of", "for", "over"))
"""Prepositions before what somebody is accused of ("blamed Iran for the strikes")."""

BY = frozenset(("according to", "according", "as per", "in the words of", "citing", "quoting"))
PROMISES = frozenset(("will", "would", "shall", "'ll", "’ll"))
SOURCE = re.compile(r"^[\W\d]{0,20}([A-Z][\w.'’-]{0,30}(?: [A-Z][\w.'’-]{0,30}){0,3}) ?: {1,5}(?=[A-Z“\"])")
"""A source before a colon: "DPA: Iraqi authorities announced ..."."""

MODIFIERS = frozenset(("amod", "compound", "nmod:poss", "nmod:desc", "nmod:unmarked", "flat", "conj", "cc", "punct"))


def speaker_of(tree: Tree, finder: PartyFinder, trigger: int, actors: Collection[int] = ()) -> Speaker | None:
    """The speaker whose words hold the trigger, the nearest first, or None where the article itself answers for it.

    A speaker is the subject of a verb of saying above it, in whose content it stands, or of one put in behind
    ("..., said KCNA"); the party behind "according to"; the source before a colon; an unnamed one ("reportedly",
    "is said to"). Nobody answers for a promise of his own: that is the event, not the report of it. `actors` are the
    tokens of the event's actors.
    """
    up = tree.path_up(trigger)
    within = _within(tree, up)
    for below, index in pairwise(up):
        said = tree.lemma(index) in speech().verbs and tree[below].relation.split(":")[0] in CONTENT
        if said or (tree.lemma(index) in ACCUSING and tree.case(below) in CHARGES):
            teller = teller_of(tree, finder, index, below)
            if teller is not None:
                return None if _is_own(tree, teller[0], below, actors) else teller[1]
    for index in up:
        found = _put_in(tree, finder, index, up) or _according(tree, finder, index)
        if found is None and index in within:
            found = _hearsay(tree, index)
        if found is not None:
            return found
    return _closing(tree, finder) or _source(tree, finder)


def tellers(tree: Tree, trigger: int) -> set[int]:
    """The subjects of the verbs of saying whose clauses hold a trigger; of a deed named there they are no doers."""
    return {
        teller
        for below, verb in pairwise(tree.path_up(trigger))
        if tree.lemma(verb) in speech().verbs and tree[below].relation == "ccomp"
        for teller in tree.subjects(verb)
    }


def teller_of(tree: Tree, finder: PartyFinder, verb: int, content: int) -> tuple[int, Speaker] | None:
    """The token and the speaker of a verb of saying; unnamed where a passive or an event noun tells ("is said to")."""
    if tree.is_passive(verb):
        agents = tree.subjects(verb)
        return (agents[0], _party(tree, finder, agents[0])) if agents else (verb, Speaker(tree[verb].text, UNNAMED))
    own = tree.related(verb, "nsubj")
    sayer = None if own else _said_before(tree, verb)
    if sayer is not None:
        return teller_of(tree, finder, sayer, tree[verb].head)
    inherits = content >= 0 and content in tree.children[verb]
    subjects = tree.subjects(verb) if own or inherits else _beside(tree, verb)
    said = tree.subtree(content) if inherits else {content}
    subjects = [index for index in subjects if index not in said]
    return (subjects[0], _party(tree, finder, subjects[0])) if subjects else None


def _said_before(tree: Tree, verb: int) -> int | None:
    """The verb of saying put in before one coordinated with what is said: "All is well, wrote X, and claimed that"."""
    if tree[verb].relation != "conj":
        return None
    put_in = [c for c in tree.related(tree[verb].head, "parataxis") if c < verb and tree.lemma(c) in speech().verbs]
    return put_in[-1] if put_in else None


def _beside(tree: Tree, verb: int) -> list[int]:
    """The subject of a verb of saying that the parse left without one: a name right behind it, else one before it."""
    if verb + 1 < len(tree.tokens) and tree[verb + 1].upos == "PROPN":
        return [verb + 1]
    return [index for index in range(max(0, verb - 6), verb) if tree[index].relation in ("nsubj", "appos")][-1:]


def _within(tree: Tree, up: list[int]) -> list[int]:
    """The way up as far as no clause of another time begins ("reportedly switched sides after he met them")."""
    for number, index in enumerate(up):
        markers = {tree.lemma(c) for c in tree.related(index, "mark", "case")}
        if markers & time_clauses() or tree[index].relation in ("acl:relcl", "conj"):
            return up[: number + 1]
    return up


def _is_own(tree: Tree, teller: int, content: int, actors: Collection[int]) -> bool:
    """Whether a speaker only says what he will do: the event is his saying so."""
    promised = any(tree.lemma(c) in PROMISES for c in tree.related(content, "aux"))
    pronoun = any(tree[actor].upos == "PRON" for actor in actors)
    return promised and (pronoun or teller in actors or bool(set(tree.subjects(content)) & set(actors)))


def _put_in(tree: Tree, finder: PartyFinder, index: int, up: list[int]) -> Speaker | None:
    """ "..., said KCNA", "the army, police said, fired ...": a verb of saying that has no content of its own."""
    for child in tree.related(index, "parataxis", "ccomp", "advcl"):
        if child in up or tree.lemma(child) not in speech().verbs or tree.related(child, "ccomp", "obj", "mark"):
            continue
        teller = teller_of(tree, finder, child, index)
        if teller is not None:
            return teller[1]
    return None


def _according(tree: Tree, finder: PartyFinder, index: int) -> Speaker | None:
    phrases = [c for c in tree.related(index, "obl", "nmod", "advcl", "parataxis") if tree.case(c) in BY]
    return _party(tree, finder, phrases[0]) if phrases else None


def _closing(tree: Tree, finder: PartyFinder) -> Speaker | None:
    """ "..., according to the commission." closes a sentence and answers for all of it, wherever the parse hangs it."""
    for index, token in enumerate(tree.tokens):
        if token.relation != "obl" or tree.case(index) not in BY:
            continue
        below = tree.subtree(index)
        first = min(below)
        parted = "," in (tree[first].text, tree[first - 1].text if first else "")
        if parted and max(below) >= len(tree.tokens) - 2:
            return _party(tree, finder, index)
    return None


def _hearsay(tree: Tree, index: int) -> Speaker | None:
    """ "Reportedly", "were reported in": what nobody by name answers for."""
    words = [c for c in tree.related(index, "advmod") if tree.lemma(c) in speech().unnamed]
    if (
        not words
        and tree.lemma(index) in ("report", "say", "allege", "believe", "rumor", "rumour")
        and tree.is_passive(index)
    ):
        words = [] if tree.subjects(index) else [index]
    return Speaker(tree[words[0]].text, UNNAMED) if words else None


def _source(tree: Tree, finder: PartyFinder) -> Speaker | None:
    match = SOURCE.match(tree.sentence.text) if tree.sentence.part is Part.BODY else None
    if match is None:
        return None
    start = tree.sentence.start + match.start(1)
    inside = [
        i for i, t in enumerate(tree.tokens) if start <= t.start < start + len(match.group(1)) and t.upos == "PROPN"
    ]
    found = finder.parties(inside[-1:])
    text = match.group(1).strip()
    return Speaker(text, found[0].name if found else text) if inside else None


def _party(tree: Tree, finder: PartyFinder, token: int) -> Speaker:
    """The speaker that a token names or describes; its words with their modifiers ("Western and Afghan diplomats")."""
    mention = finder.mention_at(token)
    parties = finder.parties([token])
    described = mention is None or mention.kind in ("role", "individual")
    if parties and parties[0].id and (mention is None or not described):
        return Speaker(parties[0].text, parties[0].name)
    if tree[token].upos == "PRON":
        return Speaker(tree[token].text, parties[0].name if parties and parties[0].id else UNNAMED)
    first = token
    while first > 0 and tree[first - 1].relation in MODIFIERS and token in tree.path_up(first - 1)[:4]:
        first -= 1
    while first < token and tree[first].upos in ("PUNCT", "CCONJ"):
        first += 1
    text = tree.text(tree[first].start, tree[token].end)
    if first == token and tree.lemma(token) in speech().nouns:
        return Speaker(text, UNNAMED)
    if parties and parties[0].id:
        return Speaker(text, parties[0].name)
    return Speaker(text, text if first < token or tree[token].upos == "PROPN" else UNNAMED)
