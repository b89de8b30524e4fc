"""Parses in a compact form: all tokens and entities of one article in one compressed piece.

The columns of an article's tokens stand one after another as JSON, then zlib: what is alike stands
together, so it packs well, and whole columns are read at a time, so it is fast.

- Offsets as steps: from the end of one token to the start of the next, and its length.
- A word is left out where the sentence's text says it; a lemma is 0 where it is the word, 1 where
  it is the word in lower case, else itself.
- Tags, features and relations as numbers in a table of those that occur.
- A head as its distance from the token.

What `pack` takes, `unpack` restores exactly, whatever the numbers and words are.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, pairwise, starmap

from ..records import Entity, Sentence, Token

__all__ = ["pack", "unpack"]

LEVEL = 6

Table = tuple[list[str], list[int]]


def pack(sentences: Sequence[Sentence]) -> bytes:
    """The tokens and entities of an article's sentences, in their order."""
    tokens = [token for sentence in sentences for token in sentence.tokens]
    columns = (
        [len(sentence.tokens) for sentence in sentences],
        _steps(tokens),
        _odd_words(sentences),
        [_lemma_code(token) for token in tokens],
        _table([token.upos for token in tokens]),
        _table([token.features for token in tokens]),
        _table([token.relation for token in tokens]),
        [token.head - place for sentence in sentences for place, token in enumerate(sentence.tokens)],
        [[[entity.first, entity.last, entity.kind] for entity in sentence.entities] for sentence in sentences],
    )
    return zlib.compress(json.dumps(columns, separators=(",", ":")).encode("ascii"), LEVEL)


def unpack(
    packed: bytes, stretches: Sequence[tuple[int, str]]
) -> Iterator[tuple[tuple[Token, ...], tuple[Entity, ...]]]:
    """Tokens and entities of each sentence; `stretches` gives their starts and texts, in their order."""
    lengths, steps, odd, lemmas, upos, features, relations, heads, entities = json.loads(zlib.decompress(packed))
    offsets = list(accumulate(steps))
    starts, ends = offsets[0::2], offsets[1::2]
    bounds = list(pairwise(accumulate(lengths, initial=0)))
    words = _words(stretches, bounds, starts, ends, dict(odd))
    places = chain.from_iterable(map(range, lengths))
    tokens = list(
        map(
            Token,
            starts,
            ends,
            words,
            map(_lemma, lemmas, words),
            _column(upos),
            _column(features),
            map(int.__add__, heads, places),
            _column(relations),
        )
    )
    for (first, last), names in zip(bounds, entities, strict=True):
        yield tuple(tokens[first:last]), tuple(starmap(Entity, names))


def _steps(tokens: Sequence[Token]) -> list[int]:
    steps = []
    here = 0
    for token in tokens:
        steps.append(token.start - here)
        steps.append(token.end - token.start)
        here = token.end
    return steps


def _odd_words(sentences: Sequence[Sentence]) -> list[tuple[int, str]]:
    """Number and text of each token whose text is not what the sentence has there."""
    odd = []
    number = 0
    for sentence in sentences:
        text, start = sentence.text, sentence.start
        for token in sentence.tokens:
            if text[token.start - start : token.end - start] != token.text:
                odd.append((number, token.text))
            number += 1
    return odd


def _words(
    stretches: Sequence[tuple[int, str]],
    bounds: Sequence[tuple[int, int]],
    starts: Sequence[int],
    ends: Sequence[int],
    odd: dict[int, str],
) -> list[str]:
    words = []
    for (base, text), (first, last) in zip(stretches, bounds, strict=True):
        for number in range(first, last):
            words.append(text[starts[number] - base : ends[number] - base])
    for number, word in odd.items():
        words[number] = word
    return words


def _lemma_code(token: Token) -> int | str:
    if token.lemma == token.text:
        return 0
    return 1 if token.lemma == token.text.lower() else token.lemma


def _lemma(code: int | str, word: str) -> str:
    if code == 0:
        return word
    return word.lower() if code == 1 else str(code)


def _table(values: Sequence[str]) -> Table:
    numbers: dict[str, int] = {}
    column = [numbers.setdefault(value, len(numbers)) for value in values]
    return list(numbers), column


def _column(table: Table) -> Iterator[str]:
    values, numbers = table
    return map(values.__getitem__, numbers)
