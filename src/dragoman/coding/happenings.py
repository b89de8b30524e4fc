"""What a token tells of: an event that was coded, else the words of a clause or of a noun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..records import Event, Token
from .syntax import Tree

__all__ = ["Happening", "happening_at"]

WITHIN = frozenset(("obj", "nsubj", "nsubj:pass", "xcomp", "ccomp", "nmod", "obl", "csubj", "conj"))
"""Relations under which what a word tells of may stand ("weeks of talks", "carried out a raid")."""

OUTSIDE = frozenset(("advcl", "parataxis", "acl:relcl", "discourse"))
"""What hangs on a clause and is not part of its words."""

INTRODUCING = frozenset(("mark", "case", "cc", "conj"))

PREDICATED = frozenset(("nsubj", "cop", "aux", "advmod"))
"""What makes a clause of a noun ("the cause was the killing"): not among the noun's own words."""

DEEPEST = 2


@dataclass(frozen=True, slots=True)
class Happening:
    """A coded event (its id), or words of the article that stand for a happening, with the lemmas they hang on."""

    event: str | None
    start: int
    end: int
    words: str
    heads: tuple[str, ...] = ()

    @property
    def named(self) -> str:
        """The event's id, else the words."""
        return self.event or self.words


def happening_at(tree: Tree, events: Sequence[Event], index: int) -> Happening | None:
    """What a token tells of: its own event, one close below it, else the words of its clause or phrase.

    `events` are those of the sentence. None for a word that tells of nothing (a name, a number).
    """
    event = _event(tree, events, index)
    if event is not None and event.trigger_start is not None and event.trigger_end is not None:
        return Happening(event.id, event.trigger_start, event.trigger_end, str(event.trigger))
    if tree[index].upos not in ("VERB", "NOUN"):
        return None
    return _words(tree, index)


def _event(tree: Tree, events: Sequence[Event], index: int) -> Event | None:
    level = [index]
    for _ in range(DEEPEST + 1):
        for token in level:
            for event in events:
                if _rests_on(event, tree[token]):
                    return event
        level = [c for token in level for c in tree.children[token] if tree[c].relation in WITHIN]
    return None


def _rests_on(event: Event, token: Token) -> bool:
    """Whether a token is among the words that an event rests on."""
    start, end = event.trigger_start, event.trigger_end
    return start is not None and end is not None and start <= token.start and token.end <= end


def _words(tree: Tree, index: int) -> Happening:
    """The words of a clause or phrase in one run, without the clauses that hang on it and what introduces it."""
    kept = {index}
    beside = INTRODUCING if tree.is_verb(index) else INTRODUCING | PREDICATED
    queue = [c for c in tree.children[index] if tree[c].relation.split(":")[0] not in beside]
    while queue:
        child = queue.pop()
        if tree[child].relation not in OUTSIDE:
            kept.add(child)
            queue += tree.children[child]
    first = last = index
    while first - 1 in kept:
        first -= 1
    while last + 1 in kept:
        last += 1
    while tree[first].upos == "PUNCT" and first < index:
        first += 1
    while tree[last].upos == "PUNCT" and last > index:
        last -= 1
    start, end = tree[first].start, tree[last].end
    heads = tuple(tree.joined(i) for i in (index, *tree.prepositional(index, "of")))
    return Happening(None, start, end, tree.text(start, end), heads)
