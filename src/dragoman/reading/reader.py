"""Articles to sentences: split, cut into words, parse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..encoder import Encoder, Vectors, encoder
from ..records import Article, Entity, Part, Sentence, Token
from .parse import Parse, parse
from .sentences import sentences_of
from .words import words_of

__all__ = ["part_of", "read", "read_sentence", "read_with_vectors"]


def read(articles: Iterable[Article], model: Encoder | None = None) -> Iterator[Sentence]:
    """The parsed sentences of articles, in order."""
    for article in articles:
        for sentence, _ in read_with_vectors(article, model):
            yield sentence


def read_with_vectors(article: Article, model: Encoder | None = None) -> Iterator[tuple[Sentence, tuple[Vectors, ...]]]:
    """The sentences of one article, each with the vectors that coding uses (never archived)."""
    model = model or encoder()
    index = 0
    for start, end in sentences_of(article.text):
        text = article.text[start:end]
        spans = words_of(text)
        if not spans:
            continue
        parsed = parse([text[a:b] for a, b in spans], model)
        yield _sentence(article.id, index, part_of(article, start), start, text, spans, parsed), parsed.vectors
        index += 1


def read_sentence(text: str, model: Encoder | None = None) -> tuple[Sentence, tuple[Vectors, ...]]:
    """Parse a text as one sentence of an article of its own."""
    spans = words_of(text)
    if not spans:
        raise ValueError("The text holds no word.")
    parsed = parse([text[a:b] for a, b in spans], model or encoder())
    return _sentence("", 0, Part.BODY, 0, text, spans, parsed), parsed.vectors


def part_of(article: Article, offset: int) -> Part:
    """The part of an article in which an offset of its text lies; title and standfirst stand at its start."""
    title_end = len(article.title or "")
    if offset < title_end:
        return Part.TITLE
    if not article.standfirst:
        return Part.BODY
    at = article.text.find(article.standfirst, title_end)
    inside = 0 <= at <= title_end + 4 and offset < at + len(article.standfirst)
    return Part.STANDFIRST if inside else Part.BODY


def _sentence(
    article: str, index: int, part: Part, start: int, text: str, spans: list[tuple[int, int]], parsed: Parse
) -> Sentence:
    tokens = tuple(
        Token(start + a, start + b, text[a:b], lemma, upos, features, head, relation)
        for (a, b), lemma, upos, features, head, relation in zip(
            spans, parsed.lemmas, parsed.upos, parsed.features, parsed.heads, parsed.relations, strict=True
        )
    )
    entities = tuple(Entity(*span) for span in parsed.names)
    return Sentence(article, index, part, start, start + len(text), text, tokens, entities)
