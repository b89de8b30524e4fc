"""The records: what flows through the house. Everything else takes and returns these."""

from .bundle import CodedArticle, Notice, Unread
from .evidence import Evidence, SourceRow, Span, Trace
from .facts import DatedFact
from .identity import article_id, digest, event_id, normalise, slug
from .judgement import JUDGEMENTS, Decision, Incident, Statement, Value
from .politics import (
    Actor,
    Cause,
    Count,
    Event,
    Mention,
    Office,
    Party,
    Shift,
    Speaker,
    Status,
    Tie,
    When,
    Where,
)
from .runs import Change, Run
from .text import LONGEST_SENTENCE, Article, Basis, Entity, Field, Furniture, Part, Sentence, Token, utf16_offsets

__all__ = [
    "JUDGEMENTS",
    "LONGEST_SENTENCE",
    "Actor",
    "Article",
    "Basis",
    "Cause",
    "Change",
    "CodedArticle",
    "Count",
    "DatedFact",
    "Decision",
    "Entity",
    "Event",
    "Evidence",
    "Field",
    "Furniture",
    "Incident",
    "Mention",
    "Notice",
    "Office",
    "Part",
    "Party",
    "Run",
    "Sentence",
    "Shift",
    "SourceRow",
    "Span",
    "Speaker",
    "Statement",
    "Status",
    "Tie",
    "Token",
    "Trace",
    "Unread",
    "Value",
    "When",
    "Where",
    "article_id",
    "digest",
    "event_id",
    "normalise",
    "slug",
    "utf16_offsets",
]
