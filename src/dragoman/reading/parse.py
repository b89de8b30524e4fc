"""Words of one sentence to a parse: tags, lemmas, features, tree and names.

The result of a sentence depends on its words alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..encoder import MOST_SUBWORDS, Encoder, Vectors
from .inflection import base_form
from .lemmas import apply_script
from .names import best_tags, name_spans
from .trees import best_tree

__all__ = ["Parse", "parse"]


@dataclass(frozen=True, slots=True)
class Parse:
    """Parallel lists over the words: heads from 0 (the first word) up, -1 for the root."""

    upos: list[str]
    features: list[str]
    lemmas: list[str]
    heads: list[int]
    relations: list[str]
    names: list[tuple[int, int, str]]
    vectors: tuple[Vectors, ...]


def parse(words: Sequence[str], encoder: Encoder) -> Parse:
    """Parse one sentence.

    A sentence of more subwords than the encoder can take is parsed in pieces that hang on the
    first; `sentences_of` makes such sentences rare.
    """
    if encoder.length(words) > MOST_SUBWORDS:
        return _in_pieces(words, encoder)
    labels = encoder.labels
    scores = encoder.score(words)
    heads = best_tree(scores.arcs)
    relations = encoder.relations(scores, heads)
    upos = [labels.upos[index] for index in scores.upos.argmax(1)]
    for head, relation in zip(heads, relations, strict=True):
        if relation in ("aux:pass", "nsubj:pass") and upos[head - 1] == "ADJ":
            upos[head - 1] = "VERB"  # only verbs have a passive: "50 others were wounded"
    features = [labels.features[index] for index in scores.features.argmax(1)]
    lemmas = _lemmas(words, upos, features, scores.scripts, encoder)
    for index, (form, lemma) in enumerate(zip(words, lemmas, strict=True)):
        if upos[index] == "VERB" and form.lower().endswith("ed") and lemma != form.lower():
            features[index] = features[index].replace("Tense=Pres", "Tense=Past")  # no present ends so: "arrested"
    return Parse(
        upos,
        ["" if feature == "_" else feature for feature in features],
        lemmas,
        [head - 1 for head in heads],
        relations,
        name_spans(best_tags(scores.names, labels.names)),
        (scores.vectors,),
    )


def _lemmas(
    words: Sequence[str], upos: list[str], features: list[str], scores: np.ndarray, encoder: Encoder
) -> list[str]:
    """Lemmas of the words: regular inflection by rule, the rest by the likeliest edit script."""
    scripts = encoder.labels.scripts
    word = encoder.subwords.is_word
    found = []
    for form, tag, feature, script in zip(words, upos, features, scores.argmax(1).tolist(), strict=True):
        base = base_form(form, tag, feature, encoder.lemmas.get(tag, frozenset()).__contains__, word)
        found.append(apply_script(form, scripts[script]) if base is None else base)
    return found


def _in_pieces(words: Sequence[str], encoder: Encoder) -> Parse:
    pieces: list[list[str]] = [[]]
    length = 2
    for word in words:
        size = len(encoder.subwords.of_word(word))
        if length + size > MOST_SUBWORDS:
            pieces.append([])
            length = 2
        pieces[-1].append(word)
        length += size
    parses = [parse(piece, encoder) for piece in pieces]
    whole = parses[0]
    first_root = whole.heads.index(-1)
    heads, relations, names = list(whole.heads), list(whole.relations), list(whole.names)
    offset = len(pieces[0])
    for piece, part in zip(pieces[1:], parses[1:], strict=True):
        heads += [first_root if head < 0 else head + offset for head in part.heads]
        relations += ["parataxis" if relation == "root" else relation for relation in part.relations]
        names += [(first + offset, last + offset, kind) for first, last, kind in part.names]
        offset += len(piece)
    return Parse(
        [tag for part in parses for tag in part.upos],
        [feature for part in parses for feature in part.features],
        [lemma for part in parses for lemma in part.lemmas],
        heads,
        relations,
        names,
        tuple(vectors for part in parses for vectors in part.vectors),
    )
