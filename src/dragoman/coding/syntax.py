"""A sentence as a tree: who governs whom, and the logical arguments of verbs and nouns.

Relations are Universal Dependencies'. Tokens are meant by their index in the sentence throughout.
"""

from __future__ import annotations

from ..records import Sentence, Token
from .lexicons import documents, object_control

__all__ = ["Tree"]


RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))
PHRASES = ("obl", "nmod", "advcl", "acl", "obj", "xcomp", "ccomp")
"""Relations under which a phrase with a preposition may hang."""

CLAUSES = frozenset(("advcl", "acl", "ccomp", "csubj", "parataxis", "xcomp"))
"""Relations that begin a clause of its own."""

NEAR = 10
"""Words between a noun and the subject of a relative clause that has no pronoun."""

PARTICLES = frozenset(("out", "off", "away", "along", "together", "up", "down", "back"))
"""Words that, before another preposition, belong to the verb ("pulled out of the accord")."""


class Tree:
    """The tree of one sentence, with the look-ups that coding needs."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens
        self._lemmas = [token.lemma.lower() for token in self.tokens]
        self._bare = [token.relation.partition(":")[0] for token in self.tokens]
        self._related: dict[tuple[int, tuple[str, ...]], list[int]] = {}
        self.children: list[list[int]] = [[] for _ in self.tokens]
        for index, token in enumerate(self.tokens):
            if token.head >= 0:
                self.children[token.head].append(index)

    def __getitem__(self, index: int) -> Token:
        return self.tokens[index]

    def lemma(self, index: int) -> str:
        """The lemma in lower case."""
        return self._lemmas[index]

    def text(self, start: int, end: int) -> str:
        """The words between two offsets of the article's text, as they stand."""
        return self.sentence.text[start - self.sentence.start : end - self.sentence.start]

    def related(self, index: int, *relations: str) -> list[int]:
        """Children of a token by relation; a relation without subtype takes all its subtypes."""
        children = self.children[index]
        if not children:
            return []
        found = self._related.get((index, relations))
        if found is None:
            tokens, bare = self.tokens, self._bare
            found = [c for c in children if bare[c] in relations or tokens[c].relation in relations]
            self._related[index, relations] = found
        return found[:]

    def case(self, index: int) -> str:
        """The preposition of a phrase, lower case, parts joined by a blank ("because of"), or ""."""
        parts = []
        for child in self.related(index, "case"):
            parts.append(self.tokens[child].text.lower())
            parts += [self.tokens[c].text.lower() for c in self.related(child, "fixed")]
        return " ".join(parts)

    def particle(self, index: int) -> str:
        """The particle of a verb ("out" in "took out"), or ""."""
        particles = self.related(index, "compound:prt")
        return self.lemma(particles[0]) if particles else ""

    def subtree(self, index: int) -> set[int]:
        """The token and all below it."""
        found, queue = {index}, [index]
        while queue:
            for child in self.children[queue.pop()]:
                if child not in found:
                    found.add(child)
                    queue.append(child)
        return found

    def path_up(self, index: int) -> list[int]:
        """The token, its head, and so on up to the root."""
        path = [index]
        while (head := self.tokens[path[-1]].head) >= 0 and len(path) <= len(self.tokens):
            path.append(head)
        return path

    def nearness(self, index: int, up: list[int]) -> tuple[int, int] | None:
        """How near a token hangs to the bottom of `up`, a way to the root: steps up that way, then steps down to it.

        None where they do not meet within two steps up, or where a verb stands between: another clause's token.
        """
        path = self.path_up(index)
        meeting = next((node for node in path if node in up), None)
        if meeting is None:
            return None
        above, below = up.index(meeting), path.index(meeting)
        if above > 2 or any(self.is_verb(node) for node in path[1:below]):
            return None
        return above, below

    def of_clause(self, index: int, up: list[int]) -> bool:
        """Whether a token belongs to the clause at the bottom of `up`, a way to the root, and to none between."""
        if self.nearness(index, up) is None:
            return False
        path = self.path_up(index)
        below = next(i for i, node in enumerate(path) if node in up)
        return not any(self.tokens[node].relation.split(":")[0] in CLAUSES for node in path[1:below])

    def conjuncts(self, index: int) -> list[int]:
        """The token and what is coordinated with it, in order."""
        return [index, *(c for c in self.related(index, "conj") if self.tokens[c].upos not in ("VERB", "AUX"))]

    def is_verb(self, index: int) -> bool:
        """Whether a token is a verb or auxiliary."""
        return self.tokens[index].upos in ("VERB", "AUX")

    def is_passive(self, index: int) -> bool:
        """Whether a verb's grammatical subject is its logical object."""
        token = self.tokens[index]
        if self.related(index, "nsubj:pass", "aux:pass", "csubj:pass") or self.is_state(index):
            return True
        if "Voice=Pass" in token.features:
            if self.related(index, "nsubj"):
                return False
            if token.relation == "conj" and token.head >= 0 and self.is_verb(token.head):
                return self.is_passive(token.head) and not self.related(index, "obj")
            return not (self.related(index, "obj") and token.relation in ("root", "ccomp", "parataxis"))
        past_participle = "VerbForm=Part" in token.features and "Tense=Past" in token.features
        return past_participle and token.relation in ("acl", "amod")

    def is_state(self, index: int) -> bool:
        """Whether the parse takes a passive for a state: "50 were wounded" with an adjective."""
        token = self.tokens[index]
        copula = [self.tokens[c].lemma for c in self.related(index, "cop")]
        return token.upos == "ADJ" and token.text.lower().endswith("ed") and copula == ["be"]

    def subjects(self, verb: int, depth: int = 0) -> list[int]:
        """The logical subjects of a verb: its own, the agent of a passive, or inherited (control, coordination)."""
        if self.is_passive(verb):
            return self._agents(verb)
        own = self.related(verb, "nsubj") or self.related(verb, "csubj")
        if own:  # where the parse gives two, the nearer one is it
            return self._resolved(verb, [c for c in own if c < verb][-1:] or own)
        return self._inherited(verb, depth) if depth < 6 else []

    def _agents(self, verb: int) -> list[int]:
        agents = self.related(verb, "obl:agent")
        agents += [c for c in self.related(verb, "obl") if self.case(c) == "by" and c not in agents]
        return self._expanded(agents)

    def _resolved(self, verb: int, arguments: list[int]) -> list[int]:
        """Arguments with relative pronouns replaced by what they stand for."""
        found = []
        for argument in arguments:
            if self.tokens[argument].text.lower() in RELATIVE:
                antecedent = self._antecedent(verb)
                if antecedent is not None:
                    found.append(antecedent)
                    continue
            found.append(argument)
        return self._expanded(found)

    def _expanded(self, arguments: list[int]) -> list[int]:
        return list(dict.fromkeys(c for argument in arguments for c in self.conjuncts(argument)))

    def _antecedent(self, verb: int) -> int | None:
        for index in self.path_up(verb)[:4]:
            token = self.tokens[index]
            if token.relation.startswith(("acl", "advcl:relcl")) and token.head >= 0:
                return token.head
        return None

    def _inherited(self, verb: int, depth: int) -> list[int]:
        token = self.tokens[verb]
        head = token.head
        if head < 0:
            return []
        relation = token.relation.split(":")[0]
        if relation == "conj" and self.is_verb(head):
            return self.objects(head, depth + 1) if self.is_passive(head) else self.subjects(head, depth + 1)
        if relation == "conj" and self.related(head, "cop"):
            return self._expanded(self.related(head, "nsubj"))
        if relation in ("xcomp", "ccomp") and self.is_verb(head):
            objects = self.objects(head, depth + 1) + self.related(head, "iobj")
            if objects and self.lemma(head) in object_control():
                return self._expanded(objects)
            return self.subjects(head, depth + 1)
        if relation == "acl" and not self.is_passive(verb):
            return self._makers(head, depth) or self._expanded([head])
        if relation == "advcl" and self.is_verb(head) and "VerbForm=Fin" not in token.features:
            return (
                self.objects(head, depth + 1)
                if self.is_passive(head) and not self._agents(head)
                else self.subjects(head, depth + 1)
            )
        if relation == "xcomp":
            return self._expanded(self.related(head, "nsubj"))
        return []

    def _makers(self, noun: int, depth: int) -> list[int]:
        """Who makes the document that a participle belongs to: "lawmakers passed a motion demanding ..."."""
        if self.lemma(noun) not in documents():
            return []
        owners = self.related(noun, "nmod:poss")
        verb = self.tokens[noun].head
        if not owners and self.tokens[noun].relation in ("obj", "nsubj:pass") and verb >= 0 and self.is_verb(verb):
            return self.subjects(verb, depth + 1)
        return self._expanded(owners)

    def objects(self, verb: int, depth: int = 0) -> list[int]:
        """The logical objects of a verb; in a passive its grammatical subject."""
        if self.is_passive(verb):
            return self._passive_objects(verb, depth)
        own = self._own_objects(verb) or self._relative_object(verb)
        if own:
            return self._resolved(verb, own)
        token = self.tokens[verb]
        following = [c for c in self.related(verb, "conj") if self.is_verb(c) and self.tokens[c].start - token.end < 8]
        if following and self.related(following[0], "obj"):
            return self._resolved(following[0], self.related(following[0], "obj"))
        shares = token.relation == "conj" and token.head >= 0 and self.is_verb(token.head) and depth < 6
        if shares and token.start - self.tokens[token.head].end < 12:
            return self.objects(token.head, depth + 1)
        return []

    def _own_objects(self, verb: int) -> list[int]:
        """Objects without a preposition; an oblique without one is an object that the parse mislabels."""
        objects = [c for c in self.related(verb, "obj") if not self.case(c)] or self.related(verb, "iobj")
        bare = [c for c in self.children[verb] if self.tokens[c].relation == "obl" and not self.related(c, "case")]
        return objects or bare

    def _relative_object(self, verb: int) -> list[int]:
        """What a relative clause without a pronoun is about: "the bases (that) Iran hit"."""
        token, subjects = self.tokens[verb], self.related(verb, "nsubj")
        if token.relation != "acl:relcl" or token.head < 0 or not subjects:
            return []
        adverb = any(self.lemma(c) in ("where", "when", "why", "how") for c in self.related(verb, "advmod", "mark"))
        oblique = any(self.tokens[c].text.lower() in RELATIVE for c in self.related(verb, "obl"))
        far = subjects[0] - token.head > NEAR  # a main clause that the parse hangs on a name long before it
        closed = adverb or oblique or far or self.related(verb, "ccomp", "xcomp")
        return [] if closed or self.tokens[subjects[0]].text.lower() in RELATIVE else [token.head]

    def _passive_objects(self, verb: int, depth: int) -> list[int]:
        own = self.related(verb, "nsubj:pass") or self.related(verb, "nsubj")
        if own:
            return self._resolved(verb, own)
        token = self.tokens[verb]
        head = token.head
        if head < 0:
            return []
        if token.relation in ("acl", "acl:relcl", "amod"):
            return self._expanded([head])
        if not self.is_verb(head) or depth >= 6:
            return []
        if token.relation == "conj":
            return self.objects(head, depth + 1) if self.is_passive(head) else self.subjects(head, depth + 1)
        return self._inherited(verb, depth) if token.relation in ("xcomp", "advcl") else []

    def prepositional(self, index: int, preposition: str) -> list[int]:
        """Phrases with a preposition under a verb or noun ("on", "against"), conjuncts included."""
        found = [c for c in self.related(index, *PHRASES) if self._has_case(c, preposition)]
        if not found and preposition == "to":  # "from Iran to Iraq": the parse may hang the end on the start
            starts = [c for c in self.related(index, "obl", "nmod") if self.case(c) == "from"]
            found = [c for start in starts for c in self.related(start, "nmod") if self.case(c) == "to"]
        return self._expanded(found)

    def joined(self, index: int) -> str:
        """The lemma of a token with what hyphens tie to it on the left: "sit-in", "test-fire"."""
        lemma = self.lemma(index)
        while (
            index >= 2
            and self.tokens[index - 1].text == "-"
            and self.tokens[index - 2].end == self.tokens[index].start - 1
        ):
            index -= 2
            lemma = f"{self.tokens[index].text.lower()}-{lemma}"
        return lemma

    def _has_case(self, index: int, preposition: str) -> bool:
        if self.tokens[index].relation.startswith(("advcl", "acl")):
            return any(self.lemma(c) == preposition for c in self.related(index, "mark", "case"))
        case = self.case(index)
        words = case.split(" ")
        return case == preposition or words[0] == preposition or (words[0] in PARTICLES and words[-1] == preposition)
