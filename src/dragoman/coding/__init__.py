"""Coding: sentences and mentions to events."""

from .contexts import ContextLexicon, context_lexicon, with_contexts
from .events import code_article, code_sentence
from .frames import Frame, Frames, frames
from .judgement import Judgement, judge, type_between

__all__ = [
    "ContextLexicon",
    "Frame",
    "Frames",
    "Judgement",
    "code_article",
    "code_sentence",
    "context_lexicon",
    "frames",
    "judge",
    "type_between",
    "with_contexts",
]
