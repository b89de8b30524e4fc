"""What the pipeline passes to the archive: one article with all that was found in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from .politics import Actor, Cause, Event, Mention, Shift, Tie
from .text import Article, Sentence

__all__ = ["CodedArticle", "Notice", "Unread"]


@dataclass(frozen=True, slots=True)
class CodedArticle:
    """One article, its sentences, and the records found in it; `actors` are those its records name."""

    article: Article
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...] = ()
    actors: tuple[Actor, ...] = ()
    events: tuple[Event, ...] = ()
    ties: tuple[Tie, ...] = ()
    shifts: tuple[Shift, ...] = ()
    causes: tuple[Cause, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Unread:
    """A source (or a record of it) that was not read: where, the error's code, and a sentence."""

    source: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What was decided about a source unasked, such as which column is the text: where, and a sentence."""

    source: str
    message: str
