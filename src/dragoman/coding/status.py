"""Whether an event happened: by syntax and words together (codebook, "status")."""

from __future__ import annotations

import re
from itertools import pairwise

from ..records import Status
from .lexicons import occurrence_verbs, status_words, support_verbs
from .syntax import Tree

__all__ = ["is_demanded", "status_of"]

UP = frozenset(
    ("xcomp", "ccomp", "obj", "obl", "nmod", "acl", "advcl", "nsubj", "nsubj:pass", "conj", "obl:agent", "csubj")
)
OUGHT = frozenset(("must", "should", "ought", "shall"))
MEANS = frozenset(("by", "through", "via", "with", "while"))
"""What introduces the means to an end ("this must be done by lifting the siege")."""

YEARS = re.compile(r"^(1[5-9]\d\d|20\d\d)$")
STRENGTH = (Status.NEGATED, Status.HYPOTHETICAL, Status.FUTURE, Status.HISTORICAL)


def status_of(tree: Tree, words: tuple[int, ...], published_year: int | None) -> Status:
    """The status of the event whose trigger is these tokens, the governing one first.

    Its own auxiliaries, negation and adverbs come first, then the words that govern it ("failed
    to", "plans to", "if"), up to the main clause; a year long before publication makes it historical.
    """
    trigger = words[0]
    found: list[Status] = _shared_condition(tree, trigger)
    if is_demanded(tree, trigger):
        found.append(Status.HYPOTHETICAL)
    path = tree.path_up(trigger)
    for step, index in enumerate(path):
        if step == 0:
            found += _own(tree, index, words)
        else:
            if _is_fact(tree, path[step - 1]):
                break
            if tree[path[step - 1]].relation.split(":")[0] not in {r.split(":")[0] for r in UP}:
                break
            found += _governing(tree, index, path[step - 1])
            if tree.is_verb(index) and tree[path[step - 1]].relation.split(":")[0] in ("obj", "obl", "nmod", "nsubj"):
                passive = tree[path[step - 1]].relation == "nsubj:pass"
                told = passive or tree.lemma(index) in support_verbs() or tree.lemma(index) in occurrence_verbs()
                if told and all(tree.case(node) == "of" for node in path[: step - 1]):
                    found += _own(tree, index, words)
                break
            if tree[path[step - 1]].relation in ("conj", "nsubj", "ccomp"):
                break
    for status in STRENGTH:
        if status in found:
            return status
    return Status.HISTORICAL if _long_ago(tree, trigger, published_year) else Status.ACTUAL


def is_demanded(tree: Tree, trigger: int) -> bool:
    """Whether what a trigger tells is the means by which something ought to be done, and so has not been done."""
    for below, index in pairwise(tree.path_up(trigger)):
        if not _is_means(tree, below) or tree.related(below, "nsubj", "nsubj:pass"):
            return False
        if any(tree.lemma(c) in OUGHT for c in tree.related(index, "aux")):
            return True
    return False


def _is_means(tree: Tree, index: int) -> bool:
    """Whether a phrase or clause names a means, or is a part of what names one."""
    relation = tree[index].relation.split(":")[0]
    introduced = {tree.lemma(c) for c in tree.related(index, "mark", "case")}
    if relation in ("obl", "advcl"):
        return bool(introduced & MEANS)
    return relation == "conj" or (relation == "nmod" and introduced == {"of"})


def _shared_condition(tree: Tree, trigger: int) -> list[Status]:
    """The condition of a clause holds for the verbs coordinated in it ("if they refuse and attack")."""
    token = tree[trigger]
    if token.relation != "conj" or token.head < 0 or tree.related(trigger, "nsubj", "nsubj:pass"):
        return []
    markers = {tree.lemma(c) for c in tree.related(token.head, "mark")}
    return [Status.HYPOTHETICAL] if markers & {"if", "unless", "whether"} else []


def _is_fact(tree: Tree, index: int) -> bool:
    """Whether a clause or phrase tells what happened before or besides ("after a drone killed him")."""
    markers = {tree.lemma(c) for c in tree.related(index, "mark", "case", "advmod")}
    return bool(markers & {"after", "when", "since", "because", "following", "amid", "during", "as", "while"})


def _own(tree: Tree, index: int, besides: tuple[int, ...]) -> list[Status]:
    """Statuses from a word's auxiliaries, negation, adverbs and markers, those of the trigger's own words apart."""
    found = []
    words = status_words()
    if tree.is_verb(index) and any(
        tree.lemma(d) == "no" for o in tree.related(index, "obj") for d in tree.related(o, "det")
    ):
        found.append(Status.NEGATED)
    for child in tree.related(index, "aux", "advmod", "mark", "det", "case"):
        if child in besides:
            continue
        for word in words.get(tree.lemma(child), ()) or words.get(tree[child].text.lower(), ()):
            if word.governs == "self" and " " not in word.lemma and _kind_fits(tree, child, word.pos):
                found.append(word.status)
                break
    return found


def _governing(tree: Tree, index: int, below: int) -> list[Status]:
    """Statuses from a verb, noun or adjective that governs the event's clause."""
    if tree[below].relation.split(":")[0] in ("nsubj", "conj"):
        return []
    for word in status_words().get(tree.lemma(index), ()):
        clause = tree[below].relation.split(":")[0] in ("xcomp", "ccomp", "acl", "advcl", "obl", "csubj")
        if word.governs == "clause" and not clause:
            continue
        if word.governs == "infinitive" and tree[below].relation != "xcomp":
            continue
        if (
            word.governs in ("complement", "clause", "infinitive")
            and _kind_fits(tree, index, word.pos)
            and _phrase_fits(tree, index, word.lemma)
        ):
            return [word.status]
    return []


def _kind_fits(tree: Tree, index: int, pos: str) -> bool:
    upos = tree[index].upos
    return (
        upos == pos
        or (pos in ("SCONJ", "ADP") and upos in ("SCONJ", "ADP"))
        or (pos == "PART" and upos in ("PART", "ADV"))
        or (pos == "ADV" and upos in ("PART", "ADV"))
    )


def _phrase_fits(tree: Tree, index: int, phrase: str) -> bool:
    rest = phrase.split()[1:]
    below = {tree.lemma(c) for c in tree.children[index]} | {
        tree.lemma(g) for c in tree.children[index] for g in tree.children[c]
    }
    return all(word in below for word in rest)


def _in_relative(tree: Tree, index: int, top: int) -> bool:
    way = tree.path_up(index)
    return any(tree[node].relation in ("acl:relcl", "acl") for node in way[: way.index(top)])


def _long_ago(tree: Tree, trigger: int, published_year: int | None) -> bool:
    """Whether a year more than two before publication stands with the trigger."""
    if published_year is None:
        return False
    clause = {i for i in tree.subtree(trigger) if not _in_relative(tree, i, trigger)}
    years = [int(tree[i].text) for i in clause if YEARS.match(tree[i].text) and tree[i].upos == "NUM"]
    return bool(years) and max(years) < published_year - 2
