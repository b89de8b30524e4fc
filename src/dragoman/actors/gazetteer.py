"""Known names in a sentence: the longest alias at each word."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ..records import Sentence
from .knowledge import Alias, Knowledge, keys_of

__all__ = ["Match", "find_known"]


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens [first, last] that are written like these aliases (all of the same length)."""

    first: int
    last: int
    aliases: tuple[Alias, ...]


@lru_cache(maxsize=100_000)
def _keys(word: str) -> tuple[str, ...]:
    return keys_of(word)


def find_known(sentence: Sentence, knowledge: Knowledge) -> list[Match]:
    """Every known name of a sentence, left to right, longest first, none overlapping.

    A name must begin with a capital (if its alias does; or, where the alias is all capitals, in capitals), unless
    nothing in the sentence is.
    """
    words: list[str] = []
    tokens: list[int] = []
    for index, token in enumerate(sentence.tokens):
        for key in _keys(token.text):
            words.append(key)
            tokens.append(index)
    matches = []
    position = 0
    while position < len(words):
        match = _longest(sentence, words, tokens, position, knowledge)
        if match is None:
            position += 1
        else:
            matches.append(match)
            while position < len(words) and tokens[position] <= match.last:
                position += 1
    return matches


def _longest(
    sentence: Sentence, words: list[str], tokens: list[int], position: int, knowledge: Knowledge
) -> Match | None:
    found: list[Alias] = []
    length = 0
    for alias in knowledge.aliases.get(words[position], ()):
        if found and len(alias.words) < length:
            break
        if tuple(words[position : position + len(alias.words)]) != alias.words:
            continue
        if _written_as(sentence, tokens[position], tokens[position + len(alias.words) - 1], alias):
            found.append(alias)
            length = len(alias.words)
    if not found:
        return None
    return Match(tokens[position], tokens[position + length - 1], tuple(found))


def _written_as(sentence: Sentence, first: int, last: int, alias: Alias) -> bool:
    tokens = sentence.tokens[first : last + 1]
    if alias.capitals:
        text = tokens[0].text.rpartition("-")[2]
        return text.replace(".", "").isupper() and (
            len(alias.words[0]) > 2 or tokens[0].upos in ("PROPN", "ADJ", "NOUN") or "." in text
        )
    if not (alias.small or tokens[0].text[:1].isupper()):
        return False
    return len(tokens) > 1 or alias.sense != "name" or tokens[0].upos in ("PROPN", "NOUN", "ADJ", "X")
