"""Frames against a sentence: which frame fits which word, and which tokens fill its slots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ..records import Status, Trace
from .frames import Frame, Frames
from .lexicons import compound_prepositions, quantities, support_verbs
from .parties import PartyFinder
from .syntax import Tree

__all__ = ["Chances", "Fit", "Matcher", "fits_of"]

FALLBACK = ("object", "against", "on", "at", "to", "with", "for")
"""Where a verb's recipient is looked for when the frame's own slots name nobody."""

INSIDE_OF = frozenset(("by", "to", "against", "on", "with", "from"))
"""Prepositions that may hang on the noun behind "of" instead ("the suspension of aid to Egypt")."""


class Chances(NamedTuple):
    """What the network says of a fit: probabilities of any event at the trigger, of its type, of its likeliest actor
    and recipient; the likeliest status with its probability."""

    event: float
    type: float
    actor: float
    recipient: float
    status: Status
    of_status: float


@dataclass(frozen=True, slots=True)
class Fit:
    """A frame that fits: the trigger's tokens (the word itself first) and the tokens of each side."""

    frame: Frame
    trigger: tuple[int, ...]
    actor: tuple[int, ...]
    recipient: tuple[int, ...]
    verbal: bool
    chances: Chances | None = None


def fits_of(tree: Tree, finder: PartyFinder, frames: Frames) -> tuple[list[Fit], list[Trace]]:
    """The frames that fit each verb and noun of a sentence (the most demanding one a word), and what was tried."""
    fits: list[Fit] = []
    traces: list[Trace] = []
    for index, token in enumerate(tree.tokens):
        matcher = Matcher(tree, finder, index)
        if token.upos == "VERB" or (
            token.upos == "ADJ" and matcher.is_participle() and any(word in frames.verbs for word in matcher.lemmas())
        ):
            fit = matcher.first(frames.verbs, verbal=True, traces=traces)
        elif _is_preposition(tree, index):
            continue
        elif ("-" in tree.joined(index) and tree.joined(index) in frames.nouns) or (
            token.upos in ("NOUN", "PROPN") and token.relation not in ("compound", "flat") and not finder.in_name(index)
        ):
            fit = matcher.first(frames.nouns, verbal=False, traces=traces)
        else:
            continue
        if fit is not None:
            fits.append(fit)
    return fits, traces


def _is_preposition(tree: Tree, index: int) -> bool:
    """Whether a noun is half of a preposition: "thanks to the rain", not "his thanks to the police"."""
    following = tree[index + 1].text.lower() if index + 1 < len(tree.tokens) else ""
    bare = not tree.related(index, "det", "amod", "nmod:poss", "compound")
    own = tree[index].relation.split(":")[0] in ("obj", "nsubj")
    return bare and not own and (tree[index].text.lower(), following) in compound_prepositions()


class Matcher:
    """What fills the slots of one word, and which frame fits it."""

    def __init__(self, tree: Tree, finder: PartyFinder, index: int) -> None:
        self.tree = tree
        self.finder = finder
        self.index = index
        self.cache: dict[tuple[bool, str], list[int]] = {}

    def is_participle(self) -> bool:
        """Whether the word may be a participle."""
        return "VerbForm=Part" in self.tree[self.index].features or self.tree[self.index].text.lower().endswith(
            ("ed", "ing")
        )

    def lemmas(self) -> list[str]:
        """Under which words frames may know the word, the nearest first."""
        token = self.tree[self.index]
        text = token.text.lower()
        verbs = [text[:-2], text[:-1]] if self.tree.is_state(self.index) else []
        return list(dict.fromkeys((self.tree.joined(self.index), token.lemma.lower(), text, *verbs)))

    def first(
        self, index: Mapping[str, tuple[tuple[str, Frame], ...]], verbal: bool, traces: list[Trace]
    ) -> Fit | None:
        """The fit of the most demanding frame of an index that fits the word; what is tried is added to `traces`."""
        token = self.tree[self.index]
        for lemma in self.lemmas():
            for words, frame in index.get(lemma, ()):
                extra = self.other_words(words, verbal)
                if extra is None:
                    continue
                problem = self._unmet(frame, verbal)
                traces.append(Trace(token.text, frame.name, problem is None, problem or "fits"))
                if problem is None:
                    return self._fit(frame, extra, verbal)
        return None

    def other_words(self, words: str, verbal: bool) -> tuple[int, ...] | None:
        """Tokens of the other words of a phrase ("take out", "drone strike"); None where one is missing."""
        parts = words.replace("-", " ").split() if not verbal else words.split()
        tree = self.tree
        if verbal:
            particle = tree.particle(self.index)
            if len(parts) == 1:
                return () if not particle or particle in ("on", "in", "away") else None
            found = [c for c in tree.related(self.index, "compound:prt", "advmod") if tree.lemma(c) == parts[1]]
            phrases = tree.related(self.index, "obl", "xcomp")
            found += [c for phrase in phrases for c in tree.related(phrase, "case") if tree.lemma(c) == parts[1]]
            return tuple(found[:1]) if found else None
        if len(parts) == 1:
            return ()
        before = [c for c in range(max(0, self.index - 4), self.index) if tree[c].upos != "PUNCT"]
        wanted = parts[:-1]
        nearest = before[-len(wanted) :]
        if [tree.lemma(c) for c in nearest] == wanted or [tree[c].text.lower() for c in nearest] == wanted:
            return tuple(nearest)
        modifiers = {tree.lemma(c): c for c in tree.related(self.index, "compound", "amod")}
        if all(word in modifiers for word in wanted):
            return tuple(modifiers[word] for word in wanted)
        return None

    def slot(self, name: str, verbal: bool) -> list[int]:
        """The tokens in a slot of the word (slots: docs/extending.md)."""
        key = (verbal, name)
        if key not in self.cache:
            self.cache[key] = self._verb_slot(name) if verbal else self._noun_slot(name)
        return self.cache[key]

    def _verb_slot(self, name: str) -> list[int]:
        tree, verb = self.tree, self.index
        if name == "subject":
            return tree.subjects(verb)
        if name == "object":
            return tree.objects(verb)
        if name == "indirect":
            return tree.related(verb, "iobj")
        if name == "complement":
            return tree.related(verb, "xcomp", "ccomp") + self._predicates(verb)
        if name == "doer":
            return [s for c in tree.related(verb, "ccomp", "xcomp", "advcl") for s in self._own_subjects(c)]
        if name == "infinitive":
            return [c for c in tree.related(verb, "xcomp", "advcl", "ccomp") if self._to(c)]
        if name == "particle":
            return tree.related(verb, "compound:prt")
        found = tree.prepositional(verb, name)
        if not found:
            found = [c for o in tree.related(verb, "obj", "nsubj:pass", "xcomp") for c in tree.prepositional(o, name)]
        return found

    def _own_subjects(self, clause: int) -> list[int]:
        """The subject that a clause has itself; not one of a passive ("demanded that the law be dropped")."""
        return [s for child in self.tree.related(clause, "nsubj") for s in self.tree.conjuncts(child)]

    def _to(self, clause: int) -> bool:
        return any(self.tree.lemma(c) == "to" for c in self.tree.related(clause, "mark", "case"))

    def _predicates(self, verb: int) -> list[int]:
        """Secondary predicates that the parse hangs on the object: "left four dead", "took them hostage"."""
        tree = self.tree
        return [c for o in tree.related(verb, "obj") for c in tree.related(o, "amod", "acl") if c > o]

    def _noun_slot(self, name: str) -> list[int]:
        tree, noun = self.tree, self.index
        if name == "possessive":
            return [c for child in tree.related(noun, "nmod:poss") for c in tree.conjuncts(child)]
        if name == "compound":
            before = tree.related(noun, "compound", "amod", "nmod:desc", "nmod:unmarked")
            before = [c for c in before if not any(tree.is_verb(i) for i in range(c, noun))]
            return [c for child in before if not tree.lemma(child).startswith("anti-") for c in tree.conjuncts(child)]
        if name in ("subject", "support"):
            return self._supporter("actor")
        if name == "object":
            return tree.prepositional(noun, "of")
        if name == "complement":
            return tree.related(noun, "acl")
        found = tree.prepositional(noun, name)
        if not found and name in INSIDE_OF:
            found = [c for child in tree.related(noun, "nmod") for c in tree.prepositional(child, name)]
        if name == "against":
            found += [c for c in tree.related(noun, "compound", "amod") if tree[c].text.lower().startswith("anti-")]
        token = tree[noun]
        carried = token.relation in ("obj", "nsubj:pass") and token.head >= 0 and tree.is_verb(token.head)
        if not found and carried and (name != "by" or tree.lemma(token.head) in support_verbs()):
            found = [c for c in tree.prepositional(token.head, name) if c != noun]
        return found

    def _supporter(self, role: str) -> list[int]:
        """The subject of the support verb that the noun hangs on ("Turkey launched a raid")."""
        tree, token = self.tree, self.tree[self.index]
        if token.head < 0 or not tree.is_verb(token.head):
            return []
        if token.relation not in ("obj", "nsubj:pass", "obl"):
            return []
        verb = token.head
        particle = tree.particle(verb)
        lemma = f"{tree.lemma(verb)} {particle}".strip()
        kind = support_verbs().get(lemma) or support_verbs().get(tree.lemma(verb))
        if token.relation == "obl":
            kind = support_verbs().get(f"{tree.lemma(verb)} {tree.case(self.index)}".strip())
        return tree.subjects(verb) if kind == role else []

    def _unmet(self, frame: Frame, verbal: bool) -> str | None:
        """The first requirement of a frame that does not hold, in words, or None."""
        for slot, lemmas in frame.requires.items():
            tokens = self._anywhere(slot, verbal)
            if not tokens or not ("*" in lemmas or any(self.is_any(t, lemmas) for t in tokens)):
                return f"needs {slot} {'/'.join(sorted(lemmas)[:4])}"
        for slot, lemmas in frame.forbids.items():
            if any(self.is_any(t, lemmas) for t in self._anywhere(slot, verbal)):
                return f"does not go with this {slot}"
        return None

    def _anywhere(self, slot: str, verbal: bool) -> list[int]:
        tokens = self.slot(slot, verbal)
        if not tokens and not verbal and slot in ("object", "on", "against", "of"):
            return []
        return tokens

    def is_any(self, token: int, lemmas: frozenset[str]) -> bool:
        """Whether a token or its modifier is one of the lemmas; "party" is any that names one, "*" any at all."""
        if "*" in lemmas or ("party" in lemmas and (self.finder.is_party(token) or bool(self.finder.parties([token])))):
            return True
        tree = self.tree
        if tree.lemma(token) in lemmas or tree[token].text.lower() in lemmas or tree.joined(token) in lemmas:
            return True
        if tree.lemma(token).removesuffix("s") in lemmas:
            return True
        if tree.lemma(token) in quantities() and any(self.is_any(c, lemmas) for c in tree.prepositional(token, "of")):
            return True
        return any(tree.lemma(c) in lemmas for c in tree.related(token, "compound", "amod", "advmod"))

    def _fit(self, frame: Frame, extra: tuple[int, ...], verbal: bool) -> Fit:
        actors = frame.actor if verbal else frame.noun_actor
        recipients = frame.recipient if verbal else frame.noun_recipient
        actor = self._side(actors, verbal)
        if not verbal:
            actor = self._party_tokens(self._supporter("actor")) or actor
        attacked = [t for t in actor if not verbal and self.finder.is_place(t)]
        actor = [t for t in actor if t not in attacked]
        recipient = self._side(recipients, verbal, besides=actor) or attacked
        if verbal and not recipient and frame.recipient and not frame.mutual:
            recipient = self._side(FALLBACK, verbal, besides=actor)
        if not verbal and not recipient:
            recipient = [t for t in self._party_tokens(self._supporter("recipient")) if t not in actor]
        if frame.mutual:
            both = [
                t
                for slot in dict.fromkeys((*actors, *recipients, "with", "between", "and"))
                for t in self.slot(slot, verbal)
            ]
            if not verbal:
                both = self._supporter("actor") + both
            actor = [t for t in dict.fromkeys(both) if self._party_tokens([t])] or self._attendants(verbal)
            recipient = []
        return Fit(frame, (self.index, *extra), tuple(actor), tuple(recipient), verbal)

    def _attendants(self, verbal: bool) -> list[int]:
        """Who took part in "the meeting" that a clause only dates or places: its subject."""
        token = self.tree[self.index]
        definite = any(self.tree.lemma(c) in ("the", "this", "that") for c in self.tree.related(self.index, "det"))
        if verbal or not definite or token.relation.split(":")[0] not in ("obl", "nmod") or token.head < 0:
            return []
        holder = token.head
        subjects = self.tree.subjects(holder) if self.tree.is_verb(holder) else [holder]
        return self._party_tokens(subjects)

    def _side(self, slots: tuple[str, ...], verbal: bool, besides: list[int] | None = None) -> list[int]:
        """The tokens of the first slot that names a party, not those of the other side."""
        for slot in slots:
            tokens = [t for t in self.slot(slot, verbal) if t not in (besides or ())]
            named = self._party_tokens(tokens, places=slot not in ("subject", "by", "possessive"))
            if named:
                return named
        return []

    def _party_tokens(self, tokens: list[int], places: bool = False) -> list[int]:
        return [t for t in tokens if self.finder.parties([t]) or (places and self.finder.place_parties([t]))]
