"""Coding: sentences and mentions to events."""

from .contexts import ContextLexicon, context_lexicon, with_contexts
from .events import code_article, code_sentence
from .frames import Frame, Frames, frames

__all__ = [
    "ContextLexicon",
    "Frame",
    "Frames",
    "code_article",
    "code_sentence",
    "context_lexicon",
    "frames",
    "with_contexts",
]
