"""What fills the slots of a pattern: those of frames, and those that patterns alone have.

`bearer`: of whom a noun or adjective is said. `head`: what the word belongs to. `hyphen`: the word
tied to it by a hyphen ("Iran-backed"). `word`: the word itself: what stands behind a prefix
("anti-Assad") or a connective. `governor`: the way up from it to the verb of its clause. `any`: all
words of its clause or phrase. `adverb`: an adverb of it ("closer"). `other`: what is coordinated with
it behind a preposition of its own ("from NATO and toward Russia"). `relative`: the verb of its
relative clause. `causer`: what a verb of causing names as the cause, which may be a whole clause
(", which sparked riots"). `measure`: the noun directly before a connective ("three weeks after").
`preceding`: the name directly before a clause that the parse left without a subject ("after the raid
Iran sent troops").
`object.compound` is the slot `compound` of what fills `object`, and so on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from .apposition import bearers
from .matching import Matcher
from .parties import PartyFinder
from .patterns import Pattern, Patterns
from .syntax import Tree

__all__ = ["Slots", "fitting"]

HYPHEN = "-"
SORTS = frozenset(("party", "person", "body", "nation", "place"))
"""What a requirement may ask of a party; all else are lemmas."""

SINGLE = frozenset(("individual", "capital"))
"""Sorts of mentions that are parties though nothing makes them political."""

CLAUSES = ("advcl", "ccomp", "parataxis", "acl:relcl", "conj")


class Slots:
    """The slots of one word, as a verb (`verbal`) or as a noun."""

    def __init__(self, tree: Tree, finder: PartyFinder, index: int, verbal: bool) -> None:
        self.tree = tree
        self.finder = finder
        self.index = index
        self.verbal = verbal
        self.matcher = Matcher(tree, finder, index)

    def tokens(self, name: str) -> list[int]:
        """The tokens in a slot; after a dot, in a slot of those."""
        first, _, rest = name.partition(".")
        special = SPECIAL.get(first)
        found = special(self.tree, self.index) if special else self.matcher.slot(first, self.verbal)
        if not rest:
            return found
        below = (Slots(self.tree, self.finder, t, self.tree.is_verb(t)) for t in found)
        return [t for slots in below for t in slots.tokens(rest)]

    def meets(self, pattern: Pattern) -> bool:
        """Whether what a pattern requires is there and what it forbids is not."""
        required = all(self._holds(slot, lemmas) for slot, lemmas in pattern.requires.items())
        return required and not any(self._holds(slot, lemmas) for slot, lemmas in pattern.forbids.items())

    def _holds(self, slot: str, lemmas: frozenset[str]) -> bool:
        return any(self._is(token, lemmas) for token in self.tokens(slot))

    def _is(self, token: int, lemmas: frozenset[str]) -> bool:
        """Whether a token is one of the lemmas, or names one of the sorts of parties among them."""
        mention, sorts = self.finder.named(token), lemmas & SORTS
        if mention is not None and (mention.kind in sorts or ("place" in sorts and mention.kind == "capital")):
            return True
        if mention is not None and "party" in sorts and (mention.political or mention.kind in SINGLE):
            return True
        return self.matcher.is_any(token, lemmas - SORTS)


def fitting(tree: Tree, finder: PartyFinder, patterns: Patterns) -> Iterator[tuple[Pattern, Slots]]:
    """The patterns whose words and requirements fit, word by word, those that ask most first."""
    for index in range(len(tree.tokens)):
        for sort, key in _keys(tree, index):
            candidates = patterns.index.get((sort, key))
            if not candidates:
                continue
            verbal = sort == "verbs"
            slots = Slots(tree, finder, index, verbal)
            for words, pattern in candidates:
                several = " " in words and sort in ("verbs", "nouns")
                if several and slots.matcher.other_words(words, verbal) is None:
                    continue
                if sort == "verbs" and not several and slots.matcher.other_words(words, True) is None:
                    continue
                if slots.meets(pattern):
                    yield pattern, slots


def _keys(tree: Tree, index: int) -> Iterator[tuple[str, str]]:
    """Under which words of patterns a token may be found."""
    token, lemma = tree[index], tree.lemma(index)
    text = token.text.lower()
    if token.upos in ("VERB", "ADJ"):
        yield "verbs", lemma
    tied = index + 1 < len(tree.tokens) and tree[index + 1].text == HYPHEN
    if token.upos in ("NOUN", "PROPN", "ADJ") and not tied:
        yield from dict.fromkeys((("nouns", tree.joined(index)), ("nouns", lemma), ("nouns", text)))
    if token.upos in ("ADJ", "VERB", "ADV", "NOUN", "ADP"):
        yield from dict.fromkeys((("adjectives", tree.joined(index)), ("adjectives", lemma), ("adjectives", text)))
    if HYPHEN in text:
        yield "prefixes", text.partition(HYPHEN)[0]
    markers = [tree.lemma(c) for c in tree.related(index, "mark", "advmod") if c < index]
    yield from dict.fromkeys(("connectives", word) for word in (tree.case(index), *markers) if word)


def _head(tree: Tree, index: int) -> list[int]:
    return [tree[index].head] if tree[index].head >= 0 else []


def _hyphen(tree: Tree, index: int) -> list[int]:
    return [index - 2] if index >= 2 and tree[index - 1].text in ("-", "‑", "–") else []


def _word(tree: Tree, index: int) -> list[int]:
    return [index]


def _governor(tree: Tree, index: int) -> list[int]:
    up = tree.path_up(index)[1:]
    verb = next((place for place, node in enumerate(up) if tree.is_verb(node) or tree.related(node, "cop")), len(up))
    return up[: verb + 1]


def _any(tree: Tree, index: int) -> list[int]:
    found, queue = [index], [index]
    while queue:
        for child in tree.children[queue.pop(0)]:
            if tree[child].relation not in CLAUSES or not tree.is_verb(child):
                found.append(child)
                queue.append(child)
    return found


def _relative(tree: Tree, index: int) -> list[int]:
    nouns = [index, *_head(tree, index)]
    return [c for noun in nouns for c in tree.related(noun, "acl:relcl") if c > index]


def _preceding(tree: Tree, index: int) -> list[int]:
    verb = next((i for i in tree.path_up(index) if tree.is_verb(i) and not _is_dependent(tree, i)), index)
    name = verb - 1
    while name >= 0 and tree[name].upos in ("ADV", "AUX", "PART"):
        name -= 1
    bare = not tree.related(verb, "nsubj", "nsubj:pass", "csubj")
    return [name] if bare and name >= 0 and tree[name].upos == "PROPN" else []


def _is_dependent(tree: Tree, verb: int) -> bool:
    return tree[verb].relation.split(":")[0] in ("advcl", "xcomp", "conj", "aux")


def _adverb(tree: Tree, index: int) -> list[int]:
    return tree.related(index, "advmod", "compound:prt")


def _measure(tree: Tree, index: int) -> list[int]:
    marks = [c for c in tree.related(index, "mark", "case", "advmod") if 0 < c < index]
    return [marks[0] - 1] if marks and tree[marks[0] - 1].upos == "NOUN" else []


def _other(tree: Tree, index: int) -> list[int]:
    return [c for c in tree.related(index, "conj") if tree.related(c, "case", "mark")]


def _is_result(tree: Tree, verb: int) -> bool:
    token = tree[verb]
    bare = not tree.related(verb, "nsubj", "nsubj:pass", "mark", "case", "aux")
    return bare and token.relation.split(":")[0] in ("advcl", "acl", "conj") and token.text.lower().endswith("ing")


def _causer(tree: Tree, index: int) -> list[int]:
    token = tree[index]
    if _is_result(tree, index) and token.head >= 0:
        return _governor(tree, index)[::-1]
    if any(tree[c].text.lower() == "which" for c in tree.related(index, "nsubj")) and token.head >= 0:
        return _governor(tree, index)[::-1]
    return tree.subjects(index)


SPECIAL: Mapping[str, Callable[[Tree, int], list[int]]] = {
    "adverb": _adverb,
    "any": _any,
    "bearer": bearers,
    "causer": _causer,
    "governor": _governor,
    "head": _head,
    "hyphen": _hyphen,
    "measure": _measure,
    "other": _other,
    "preceding": _preceding,
    "relative": _relative,
    "word": _word,
}
