"""Coding: sentences and mentions to events, and to what a text says of how they hang together."""

from .contexts import ContextLexicon, context_lexicon, with_contexts
from .events import across_sentences, code_article, code_sentence
from .frames import Frame, Frames, frames
from .judgement import Judgement, judge, type_between
from .patterns import Pattern, Patterns, patterns
from .stories import code_stories

__all__ = [
    "ContextLexicon",
    "Frame",
    "Frames",
    "Judgement",
    "Pattern",
    "Patterns",
    "across_sentences",
    "code_article",
    "code_sentence",
    "code_stories",
    "context_lexicon",
    "frames",
    "judge",
    "patterns",
    "type_between",
    "with_contexts",
]
