"""Pronouns and descriptions to the parties they stand for, in the order of the text.

Of those that fit, the most salient is taken (`discourse`). A pronoun fits by gender and number, and not with the
subject of its own clause; a definite description as `nominals` says. What fits nothing gets no mention (a pronoun) or
keeps its own (a description).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..records import Mention, Sentence, slug
from .discourse import Discourse, Entity, key_of, role_of, weight_of
from .knowledge import Knowledge
from .lexicon import words
from .nominals import antecedent_of, is_pair, pair_of
from .possessed import possessed

__all__ = ["resolve_anaphora"]

GENDERS = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
PLURAL = frozenset(("they", "them", "their", "theirs", "themselves"))
NEUTER = frozenset(("it", "its", "itself"))
FIRST = frozenset(("we", "us", "our", "ours", "ourselves"))
QUOTES = "\"'“”‘’«»"
PERSONS = ("person", "individual")
BODIES = ("nation", "body", "capital")
PAIRED = (*PERSONS, *BODIES)
"""Kinds of mentions that, coordinated, "they" may stand for together."""

IN_SERVICE = frozenset(("GOV", "MIL", "LEG", "SPY"))
"""Sectors of those who say "we" of their state."""

PLURAL_NOUNS = ("police", "people", "men", "women", "children", "military", "troops")
THINGS = ("nsubj", "obj", "obl")
TIMES = frozenset("time day week month year hour morning evening night moment".split())


def resolve_anaphora(
    sentences: Sequence[Sentence], found: Sequence[Sequence[Mention]], knowledge: Knowledge
) -> Iterator[Mention]:
    """All mentions with those of pronouns added, and descriptions resolved, in order of sentence and start."""
    discourse = Discourse()
    for sentence, mentions in zip(sentences, found, strict=True):
        discourse.next_sentence()
        yield from _Reading(sentence, mentions, discourse, knowledge).mentions()


class _Reading:
    """One sentence, read from left to right."""

    def __init__(
        self, sentence: Sentence, mentions: Sequence[Mention], discourse: Discourse, knowledge: Knowledge
    ) -> None:
        self.sentence = sentence
        self.discourse = discourse
        self.knowledge = knowledge
        self.given: dict[int, list[Mention]] = {}
        for mention in mentions:
            self.given.setdefault(mention.head, []).append(mention)
        self.covered = {
            index
            for index, token in enumerate(sentence.tokens)
            if any(mention.start <= token.start < mention.end for mention in mentions)
        }
        self.entities: dict[int, Entity] = {}
        self.owners: dict[int, Mention] = {}

    def mentions(self) -> list[Mention]:
        """The mentions of the sentence, in order."""
        found: list[Mention] = []
        for index, token in enumerate(self.sentence.tokens):
            for mention in self.given.get(index, ()):
                found += self._described(mention)
            if token.upos == "PRON":
                found += self._ours(index) if token.text.lower() in FIRST else self._pronoun(index)
            elif self._is_unlisted(index):
                self._unlisted(index)
            elif self._is_thing(index):
                plural = "Number=Plur" in token.features
                self.entities[index] = self.discourse.add(f"#{token.lemma}", None, self.sentence, index, plural)
        return sorted(found, key=lambda mention: (mention.start, -mention.end))

    def _is_unlisted(self, index: int) -> bool:
        token = self.sentence.tokens[index]
        name = token.upos == "PROPN" and len(token.text) > 3 and token.text[0].isupper()
        return name and index not in self.covered and token.relation in ("nsubj", "nsubj:pass")

    def _unlisted(self, index: int) -> None:
        """Note a proper name that neither the reader nor the knowledge base knows: "Fedayeen are on the street"."""
        token = self.sentence.tokens[index]
        where = (self.sentence.index, token.start, token.end, token.text, index)
        name = Mention(*where, "body", slug(token.text), token.text, "UNK", "a proper noun that nothing is known of")
        self.entities[index] = self.discourse.add(key_of(name), name, self.sentence, index, True)

    def _is_thing(self, index: int) -> bool:
        """Whether a noun names something that is no party but may be what "it" or "they" stands for."""
        token = self.sentence.tokens[index]
        place = token.upos == "NOUN" and index not in self.covered and token.lemma not in TIMES
        return place and role_of(self.sentence, index) in THINGS

    def _described(self, mention: Mention) -> list[Mention]:
        """A mention, resolved where it is a description, and noted."""
        if mention.kind == "dateline":
            return [mention]
        if is_pair(self.sentence, mention):
            return list(self._each(mention, pair_of(self.sentence, mention, self.discourse))) or [mention]
        owned = possessed(self.sentence, mention, self.owners, self.knowledge)
        if owned is None:
            antecedent = antecedent_of(self.sentence, mention, self.discourse, self.entities, self.knowledge)
            if antecedent is not None:
                mention = _standing_for(mention, antecedent)
                self.owners[mention.head] = replace(mention, kind=antecedent.kind)
        else:
            mention = owned
        self._note(mention)
        return [mention]

    def _each(self, mention: Mention, entities: Sequence[Entity]) -> Iterator[Mention]:
        for entity in entities:
            yield replace(_standing_for(mention, entity.mention), kind="pronoun") if entity.mention else mention

    def _note(self, mention: Mention) -> None:
        """Add a mention to the discourse, and the pair that it makes with one before it."""
        tokens, head = self.sentence.tokens, mention.head
        entity = self.discourse.add(key_of(mention), mention, self.sentence, head, _is_plural(mention))
        if mention.kind != "pronoun" and entity.mention is not None and entity.mention.kind == "pronoun":
            entity.mention = mention
        entity.nouns.add(tokens[head].lemma.lower())
        self.entities[head] = entity
        first = tokens[head].head if tokens[head].relation == "conj" else -1
        other = self.entities.get(first)
        if other is None or other.mention is None or other is entity or mention.kind not in PAIRED:
            return
        if other.mention.kind in PAIRED:
            members = (*(other.members or (other.mention,)), mention)
            key = "&".join(key_of(member) for member in members)
            pair = self.discourse.add(key, other.mention, self.sentence, first, True)
            pair.members = members

    def _pronoun(self, index: int) -> list[Mention]:
        token = self.sentence.tokens[index]
        word = token.text.lower()
        barred = self._barred(index)
        fitting = [e for e in self.discourse if e not in barred and self._fits(e, word, token.relation)]
        chosen = self.discourse.best(fitting, role_of(self.sentence, index))
        if chosen is None or chosen.mention is None:
            return []
        here = Mention(
            self.sentence.index, token.start, token.end, token.text, index, "pronoun", None, token.text, "UNK", ""
        )
        found = [_standing_for(here, mention) for mention in chosen.members or (chosen.mention,)]
        self.entities[index] = chosen
        chosen.here = max(chosen.here, weight_of(self.sentence, index))
        chosen.last = (self.sentence.index, index)
        self.owners[index] = replace(found[0], kind=chosen.mention.kind)
        return found

    def _ours(self, index: int) -> list[Mention]:
        """The state for which somebody in its service says "we", in a quotation with its speaker."""
        tokens = self.sentence.tokens
        if all(token.text.strip(QUOTES) for token in tokens):
            return []
        for verb, token in enumerate(tokens):
            if token.lemma.lower() not in words("speech", "verbs"):
                continue
            for subject in self._subjects(verb):
                speaker = next((m for m in self.given.get(subject, ()) if m.kind in (*PERSONS, "nation")), None)
                state = self.knowledge.actors.get(speaker.code[:3].lower()) if speaker else None
                if speaker is not None and state is not None and speaker.code[4:] in IN_SERVICE:
                    word = tokens[index]
                    why = f"{word.text!r} is said by {speaker.name}, of {state.name}"
                    where = (self.sentence.index, word.start, word.end, word.text, index)
                    return [Mention(*where, "pronoun", state.id, state.name, state.code, why)]
        return []

    def _fits(self, entity: Entity, word: str, relation: str) -> bool:
        """Whether a pronoun may stand for an entity."""
        kind = entity.mention.kind if entity.mention else "thing"
        if word in GENDERS:
            return kind in PERSONS and not entity.members and self._gender(entity) in (None, GENDERS[word])
        if word in PLURAL:
            return bool(entity.members) or entity.plural or (kind == "body" and bool(entity.mention))
        if word in NEUTER and relation != "expl":
            return not entity.members and not entity.plural and (kind in (*BODIES, "thing", "role"))
        return False

    def _gender(self, entity: Entity) -> str | None:
        actor = self.knowledge.actors.get(entity.mention.actor or "") if entity.mention else None
        return actor.gender if actor else None

    def _barred(self, index: int) -> list[Entity]:
        """The subject of the pronoun's own clause, which an object pronoun cannot stand for ("they killed them")."""
        tokens = self.sentence.tokens
        token = tokens[index]
        if token.relation.startswith(("nsubj", "nmod:poss")) or token.text.lower().endswith(("self", "selves")):
            return []
        verb = token.head
        subjects = self._subjects(verb)
        if not subjects and verb >= 0 and tokens[verb].relation in ("xcomp", "conj"):
            subjects = self._subjects(tokens[verb].head)
        return [self.entities[subject] for subject in subjects if subject in self.entities]

    def _subjects(self, verb: int) -> list[int]:
        tokens = self.sentence.tokens
        return [i for i, token in enumerate(tokens) if token.head == verb and token.relation.startswith("nsubj")]


def _standing_for(mention: Mention, antecedent: Mention | None) -> Mention:
    if antecedent is None:
        return mention
    why = f"{mention.text!r} stands for {antecedent.text!r}"
    if antecedent.name not in (antecedent.text, mention.text):
        why += f" ({antecedent.name})"
    return replace(
        mention,
        actor=antecedent.actor,
        name=antecedent.name,
        code=antecedent.code,
        why=why,
        political=antecedent.political,
    )


def _is_plural(mention: Mention) -> bool:
    if mention.kind not in ("people", "role", "body"):
        return False
    last = mention.text.split()[-1].lower() if mention.text.split() else ""
    return (last.endswith("s") and not last.endswith("ss")) or last in PLURAL_NOUNS
