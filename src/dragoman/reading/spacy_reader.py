"""A second reader: a spaCy pipeline that the user has installed, its labels turned into Universal Dependencies.

`pip install "dragoman[spacy]"` and the setting `reader`, the pipeline's name, switch to it. It gives
sentences and no vectors: coding then rests on the frames alone. Our own splitter cuts the sentences, so
that offsets and identities are those of the first reader.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from ..errors import UsageError
from ..records import Article, Entity, Sentence, Token
from .reader import part_of
from .sentences import sentences_of

__all__ = ["pipeline_called", "read_with_spacy", "sentence_from"]


@cache
def _labels() -> dict[str, dict[str, str]]:
    return tomllib.loads((Path(__file__).parent / "data" / "spacy_labels.toml").read_text(encoding="utf-8"))


@cache
def pipeline_called(name: str) -> Any:
    """The spaCy pipeline of this name or folder; "blank" is English without components.

    Raises:
        UsageError: spaCy or the pipeline is not installed.
    """
    try:
        import spacy

        return spacy.blank("en") if name == "blank" else spacy.load(name)
    except ImportError as problem:
        raise UsageError("U001", 'The reader needs spaCy: pip install "dragoman[spacy]".') from problem
    except OSError as problem:
        message = (
            f"spaCy has no pipeline named {name!r}. Install it (python -m spacy download {name}), or name another."
        )
        raise UsageError("U001", message) from problem


def read_with_spacy(articles: Iterable[Article], pipeline: Any) -> Iterator[Sentence]:
    """The sentences of articles, parsed by a spaCy pipeline, in order."""
    for article in articles:
        spans = sentences_of(article.text)
        texts = (article.text[start:end] for start, end in spans)
        index = 0
        for (start, _), document in zip(spans, pipeline.pipe(texts), strict=True):
            sentence = sentence_from(document, article, index, start)
            if sentence.tokens:
                yield sentence
                index += 1


def sentence_from(document: Any, article: Article, index: int, start: int) -> Sentence:
    """A parsed spaCy document as one sentence of an article, from `start` of its text on.

    What the pipeline does not say stays open: tag X, and words without a tree hang on the first.
    """
    words = [token for token in document if not token.is_space]
    place = {token.i: number for number, token in enumerate(words)}
    relations = [token.dep_ or "dep" for token in words]
    heads = [place.get(token.head.i, 0) if token.head.i != token.i else -1 for token in words]
    _turn_copulas(words, heads, relations)
    _turn_prepositions(words, heads, relations)
    _flatten_conjuncts(heads, relations)
    relations = [_labels()["relations"].get(relation, relation) for relation in relations]
    _one_root(heads, relations)
    tokens = tuple(
        Token(
            start + word.idx,
            start + word.idx + len(word.text),
            word.text,
            word.lemma_ or word.text.lower(),
            word.pos_ or "X",
            str(word.morph),
            head,
            relation,
        )
        for word, head, relation in zip(words, heads, relations, strict=True)
    )
    entities = tuple(
        Entity(inside[0], inside[-1], _labels()["names"][entity.label_])
        for entity in document.ents
        if entity.label_ in _labels()["names"] and (inside := [place[token.i] for token in entity if token.i in place])
    )
    end = start + len(document.text)
    return Sentence(article.id, index, part_of(article, start), start, end, document.text, tokens, entities)


def _turn_copulas(words: list[Any], heads: list[int], relations: list[str]) -> None:
    """ "be" hangs on its predicate: "Tehran is the capital" is about the capital."""
    for number, word in enumerate(words):
        predicate = next((c for c, h in enumerate(heads) if h == number and relations[c] in ("attr", "acomp")), None)
        if predicate is None or word.lemma_ != "be":
            continue
        heads[predicate], relations[predicate] = heads[number], relations[number]
        for child, head in enumerate(heads):
            if head == number:
                heads[child] = predicate
        heads[number], relations[number] = predicate, "cop"


def _turn_prepositions(words: list[Any], heads: list[int], relations: list[str]) -> None:
    """A preposition hangs on its noun as a case, on its verb as a marker."""
    for number, relation in enumerate(list(relations)):
        if relation not in ("prep", "agent", "dative"):
            continue
        held = next((c for c, h in enumerate(heads) if h == number and relations[c] in ("pobj", "pcomp")), None)
        if held is None:
            continue
        above = heads[number]
        verbal = above < 0 or words[above].pos_ in ("VERB", "AUX", "ADJ", "ADV")
        clause = relations[held] == "pcomp"
        named = {(False, True): "obl", (False, False): "nmod", (True, True): "advcl", (True, False): "acl"}
        heads[held] = above
        relations[held] = "obl:agent" if relation == "agent" and not clause else named[clause, verbal]
        for child, head in enumerate(heads):
            if head == number:
                heads[child] = held
        heads[number], relations[number] = held, "mark" if clause else "case"


def _flatten_conjuncts(heads: list[int], relations: list[str]) -> None:
    """All conjuncts hang on the first; "and" and commas hang on the conjunct that they introduce."""
    for number, relation in enumerate(relations):
        if relation == "cc":
            following = (
                c for c in range(number + 1, len(heads)) if relations[c] == "conj" and heads[c] == heads[number]
            )
            heads[number] = next(following, heads[number])
    for number, relation in enumerate(relations):
        while relation == "conj" and relations[heads[number]] == "conj":
            heads[number] = heads[heads[number]]


def _one_root(heads: list[int], relations: list[str]) -> None:
    """The first root stays one; what else hangs on nothing hangs on it."""
    roots = [number for number, head in enumerate(heads) if head < 0]
    for number in roots[1:]:
        heads[number], relations[number] = roots[0], "parataxis" if relations[number].lower() == "root" else "dep"
    for number in roots[:1]:
        relations[number] = "root"
