"""What a noun is said of: by apposition, title, copula, or "as" ("X, the leader of Y", "became leader")."""

from __future__ import annotations

from ..geography import adjectives
from ..records import Party
from .lexicons import group_nouns
from .parties import PartyFinder
from .syntax import Tree

__all__ = ["bearers", "parties_named"]

NAMED = frozenset(("person", "body", "nation", "capital"))
BECOMING = frozenset(("become", "remain", "stay", "name", "elect", "call", "appoint", "make", "turn"))
TITLE = ("nmod:desc", "compound", "nmod:unmarked", "flat")
PREFIXES = frozenset(("pro", "anti"))
DEEPEST = 3


def bearers(tree: Tree, index: int, depth: int = 0) -> list[int]:
    """The tokens of whom a noun or adjective is said, the nearest way first; none where it is said of nobody.

    An apposition to a list is said of the name directly before it ("X and Y, the deputy of Z": of Y).
    """
    token = tree[index]
    relation = token.relation.split(":")[0]
    if tree.related(index, "cop"):
        return _subjects(tree, index)
    named = [c for c in tree.related(index, "appos", "flat") if c > index]
    if named:
        return named
    if token.head < 0 or depth >= DEEPEST:
        return []
    if relation == "appos" or (relation in ("conj", "list", "nmod") and _is_loose(tree, index)):
        return [_before(tree, token.head, index)]
    if relation == "nsubj" and _is_loose(tree, index) and _is_crowded(tree, index):
        named = _name_before(tree, min(tree.subtree(index)))
        if named:
            return named
    if token.relation in TITLE and token.head > index and tree[token.head].upos == "PROPN":
        return [token.head]
    if relation == "conj":
        above = (bearers(tree, node, depth + 1) for node in tree.path_up(token.head)[:DEEPEST])
        return next((found for found in above if found), [])
    if relation == "xcomp" and tree.lemma(token.head) in BECOMING:
        return tree.objects(token.head) or tree.subjects(token.head)
    if relation in ("obl", "xcomp", "advcl") and tree.case(index) == "as":
        return tree.objects(token.head) or tree.subjects(token.head)
    if relation == "obj" and tree.lemma(token.head) in BECOMING:
        return tree.subjects(token.head)
    return _opening(tree, index)


def _subjects(tree: Tree, predicate: int) -> list[int]:
    """The subjects of a nominal predicate; of a relative pronoun, what it stands for."""
    found = [c for child in tree.related(predicate, "nsubj") for c in tree.conjuncts(child)]
    token = tree[predicate]
    if token.head >= 0 and token.relation.startswith("acl") and (not found or tree[found[0]].upos == "PRON"):
        return tree.conjuncts(token.head)
    return found


def _is_loose(tree: Tree, index: int) -> bool:
    """Whether a phrase behind a comma has neither conjunction nor preposition: an apposition misread."""
    first = min(tree.subtree(index))
    set_off = first > 0 and (tree[first].text in (",", "(") or tree[first - 1].text in (",", "("))
    return not tree.related(index, "cc", "case") and set_off


def _is_crowded(tree: Tree, subject: int) -> bool:
    """Whether a subject stands behind its verb, or its verb has another one: no place for a subject."""
    verb = tree[subject].head
    return verb < subject or len(tree.related(verb, "nsubj", "nsubj:pass")) > 1


def _name_before(tree: Tree, first: int) -> list[int]:
    """The head of the name directly before the comma of a phrase that the parse takes for a subject where none stands
    ("they took out Soleimani, the commander of ...")."""
    last = (first if tree[first].text in (",", "(") else first - 1) - 1
    return (
        [next((i for i in tree.path_up(last) if tree[i].relation != "flat"), last)]
        if tree[last].upos == "PROPN"
        else []
    )


def _before(tree: Tree, head: int, index: int) -> int:
    """Of a head and what is coordinated with it, the last before a token."""
    return max((c for c in tree.conjuncts(head) if c < index), default=head)


def _opening(tree: Tree, index: int) -> list[int]:
    """The subject beside a phrase: "Once an ally of Washington, the Shah died", "Seoul, Tokyo's ally, objected"."""
    first = min(tree.subtree(index))
    set_off = first <= 1 or tree[first].text == "," or tree[first - 1].text == ","
    if tree[index].relation not in ("advcl", "obl", "obl:unmarked", "dislocated", "nsubj") or not set_off:
        return []
    subjects = [c for c in tree.related(tree[index].head, "nsubj", "nsubj:pass") if c != index]
    subjects = [c for c in subjects if tree[c].upos != "PRON"]
    return [c for subject in subjects[:1] for c in tree.conjuncts(subject)]


def parties_named(tree: Tree, finder: PartyFinder, index: int) -> list[Party]:
    """The parties that a token names; where it only describes one that the sentence names, that one.

    "Kata'ib Hezbollah, a militia backed by Iran" is no other militia, and "the Kata'ib Hezbollah
    militia" is Kata'ib Hezbollah.
    """
    mention = finder.mention_at(index)
    if mention is None or mention.kind not in NAMED:
        for child in tree.related(index, "compound", "appos", "flat") if tree.lemma(index) in group_nouns() else ():
            inner = finder.named(child)
            if inner is not None and inner.kind == "body":
                return finder.parties([child])
        for bearer in bearers(tree, index):
            said = finder.named(bearer)
            if said is not None and said.kind in NAMED:
                return finder.parties([bearer])
    return finder.parties([index]) or finder.place_parties([index]) or _behind_prefix(tree, index)


def _behind_prefix(tree: Tree, index: int) -> list[Party]:
    """The state whose adjective stands behind a hyphen in one word: "pro-Iranian"."""
    token = tree[index]
    prefix, _, word = token.text.partition("-")
    state = adjectives().get(word)
    if state is None or prefix.lower() not in PREFIXES:
        return []
    why = f"{word!r} is a word for {state.name}"
    return [Party(word, token.end - len(word), token.end, state.iso3.lower(), state.name, f"{state.iso3} GOV", why)]
