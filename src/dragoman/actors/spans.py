"""A stretch of a sentence as a mention."""

from __future__ import annotations

from ..records import Mention, Sentence

__all__ = ["head_of", "make_mention", "text_of"]


def text_of(sentence: Sentence, first: int, last: int) -> str:
    """The words of tokens [first, last] as they stand."""
    start, end = sentence.tokens[first].start, sentence.tokens[last].end
    return sentence.text[start - sentence.start : end - sentence.start]


def head_of(sentence: Sentence, first: int, last: int) -> int:
    """The token of a span whose head lies outside it."""
    for index in range(first, last + 1):
        if not first <= sentence.tokens[index].head <= last:
            return index
    return last


def make_mention(
    sentence: Sentence,
    first: int,
    last: int,
    kind: str,
    actor: str | None,
    name: str,
    code: str,
    why: str,
    political: bool,
) -> Mention:
    """The mention of tokens [first, last]; the other fields as in `records.Mention`."""
    start, end = sentence.tokens[first].start, sentence.tokens[last].end
    head = head_of(sentence, first, last)
    return Mention(
        sentence.index, start, end, text_of(sentence, first, last), head, kind, actor, name, code, why, political
    )
