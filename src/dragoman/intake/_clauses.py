"""A parsed sentence as dating sees it: its time expressions, and what its clauses tell as past, present or to come."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from dragoman.dates import Interval, TimeExpression, find, parse_iso, resolve
from dragoman.records import Mention, Sentence

from ._data import table

_FAR_APART = (parse_iso("1950-06-15"), parse_iso("2090-02-10"))
"""Two days of writing: what means the same on both depends on neither."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A time expression with its tokens [first, last] and the one by which they hang on the tree."""

    expression: TimeExpression
    first: int
    last: int
    top: int

    @property
    def text(self) -> str:
        """Its words."""
        return self.expression.text

    def absolute(self) -> Interval | None:
        """The interval of an expression that means the same whenever it was written ("December 7, 2019")."""
        found = [resolve(self.expression, day) for day in _FAR_APART]
        return found[0] if found[0] == found[1] and found[0] and found[0].start else None


class Clauses:
    """One sentence with its tree; tokens are meant by their index."""

    def __init__(self, sentence: Sentence, mentions: tuple[Mention, ...]) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens
        self.mentions = mentions
        self.low = sentence.text.lower()
        self.children: list[list[int]] = [[] for _ in self.tokens]
        for index, token in enumerate(self.tokens):
            if token.head >= 0:
                self.children[token.head].append(index)

    @cached_property
    def times(self) -> list[Timed]:
        """The time expressions, left to right."""
        found = []
        for expression in find(self.sentence.text):
            inside = self.within(expression.start, expression.end)
            if inside:
                top = next((i for i in inside if self.tokens[i].head not in inside), inside[0])
                found.append(Timed(expression, inside[0], inside[-1], top))
        return found

    @cached_property
    def recent(self) -> bool:
        """Whether something is told of a day of the past week: by its weekday alone, today, yesterday."""
        today = _FAR_APART[0].start
        found = [resolve(one.expression, _FAR_APART[0]) for one in self.times]
        days = [one.start for one in found if one and one.start and one.start == one.end]
        return any(today is not None and 0 <= (today - day).days <= 7 for day in days)

    def within(self, start: int, end: int) -> list[int]:
        """The tokens that overlap characters [start, end) of the sentence."""
        base = self.sentence.start
        return [i for i, token in enumerate(self.tokens) if token.start - base < end and token.end - base > start]

    def lemma(self, index: int) -> str:
        """The lemma in lower case."""
        return self.tokens[index].lemma.lower()

    def path_up(self, index: int) -> list[int]:
        """The token, its head, and so on up to the root."""
        path = [index]
        while (head := self.tokens[path[-1]].head) >= 0 and len(path) <= len(self.tokens):
            path.append(head)
        return path

    def below(self, top: int, index: int) -> bool:
        """Whether a token is `top` or hangs below it."""
        return top in self.path_up(index)

    def helpers(self, index: int) -> list[int]:
        """Auxiliaries and copulas of a word."""
        return [i for i in self.children[index] if self.tokens[i].relation.split(":")[0] in ("aux", "cop")]

    def clause(self, index: int) -> int:
        """The word that carries the clause in which a token stands, other than the token itself."""
        path = self.path_up(index)
        for node in path[1:]:
            if self.tokens[node].upos in ("VERB", "AUX") or self.helpers(node):
                return node
        return path[-1]

    def present(self, node: int) -> bool:
        """Whether a clause speaks of the time of writing: present tense or present perfect, or no verb at all."""
        words = [node, *self.helpers(node)]
        if any("Tense=Pres" in self.tokens[i].features and "VerbForm=Fin" in self.tokens[i].features for i in words):
            return True
        return not any(token.upos in ("VERB", "AUX") for token in self.tokens)

    def past(self, node: int) -> bool:
        """Whether a clause tells of what has come about: past tense, or a participle with its auxiliary."""
        token = self.tokens[node]
        if self.open(node) or self.future(node):
            return False
        return "Tense=Past" in token.features or any(
            "Tense=Past" in self.tokens[i].features for i in self.helpers(node)
        )

    def future(self, node: int) -> bool:
        """Whether a clause speaks of what is to come: "will", "is due to"."""
        if any(self.lemma(i) in ("will", "shall") for i in self.helpers(node)):
            return True
        around = {node, *self.path_up(node)[:3], *self.children[node]}
        return self.present(node) and any(self.lemma(i) in table("dating")["scheduled"] for i in around)

    def open(self, node: int) -> bool:
        """Whether a clause leaves it open that what it says came about: modals, conditions, negations, infinitives."""
        words = table("dating")
        below = {self.lemma(i) for i in self.children[node]}
        if below & {*words["modals"], *words["conditions"], *words["negations"]}:
            return True
        return "VerbForm=Inf" in self.tokens[node].features and self.tokens[node].relation != "root"

    def told(self, index: int) -> bool:
        """Whether a word tells of something as having come about, and not as feared, planned or denied."""
        token = self.tokens[index]
        not_told = table("dating")["not_told"]
        if token.upos in ("VERB", "AUX"):
            over = self.path_up(index)[1:2] if token.relation in ("xcomp", "ccomp", "csubj") else []
            return not self.open(index) and not any(self.lemma(i) in not_told for i in over)
        near = [*self.path_up(index)[1:3], *self.children[index]]
        if any(self.lemma(i) in not_told for i in near):
            return False
        definite = any(self.lemma(i) in ("the", "this", "that") for i in self.children[index]) or any(
            self.tokens[i].relation == "nmod:poss" for i in self.children[index]
        )
        return definite or not self.open(self.clause(index))
