"""On whose word: whom a sentence makes answerable for what it reports (codebook, "said_by")."""

from __future__ import annotations

from itertools import pairwise

from ..records import Speaker
from .lexicons import speech
from .parties import PartyFinder
from .syntax import Tree

__all__ = ["UNNAMED", "speaker_of"]

UNNAMED = "unnamed"


def speaker_of(tree: Tree, finder: PartyFinder, trigger: int) -> Speaker | None:
    """The speaker whose words hold the trigger: the subject of a verb of saying above it, the party
    behind "according to", or an unnamed one ("reportedly")."""
    words = speech()
    up = tree.path_up(trigger)
    for below, index in pairwise(up):
        if tree.lemma(index) in words.verbs and tree[below].relation.split(":")[0] in (
            "ccomp",
            "parataxis",
            "obj",
            "advcl",
        ):
            speaker = _subject(tree, finder, index)
            if speaker is not None:
                return speaker
    for index in up:
        for child in tree.related(index, "parataxis", "ccomp", "advcl"):
            if child not in up and tree.lemma(child) in words.verbs and not tree.related(child, "ccomp", "obj"):
                speaker = _subject(tree, finder, child)
                if speaker is not None:
                    return speaker
        for child in tree.related(index, "obl", "nmod"):
            if tree.case(child) in ("according to", "according", "as per"):
                return _party(tree, finder, child)
        if any(tree.lemma(c) in words.unnamed for c in tree.related(index, "advmod")):
            return Speaker(
                next(tree[c].text for c in tree.related(index, "advmod") if tree.lemma(c) in words.unnamed), UNNAMED
            )
    return None


def _subject(tree: Tree, finder: PartyFinder, verb: int) -> Speaker | None:
    subjects = tree.subjects(verb) or [i for i in range(max(0, verb - 6), verb) if tree[i].relation == "nsubj"][-1:]
    return _party(tree, finder, subjects[0]) if subjects else None


def _party(tree: Tree, finder: PartyFinder, token: int) -> Speaker:
    parties = finder.parties([token])
    if parties:
        return Speaker(parties[0].text, parties[0].name)
    text = tree[token].text
    return Speaker(text, UNNAMED if tree[token].upos != "PROPN" else text)
