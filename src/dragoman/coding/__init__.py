"""Coding: sentences and mentions to events, and to what a text says of how they hang together."""

from .events import code_article, code_sentence
from .frames import Frame, Frames, frames
from .patterns import Pattern, Patterns, patterns
from .stories import code_stories

__all__ = [
    "Frame",
    "Frames",
    "Pattern",
    "Patterns",
    "code_article",
    "code_sentence",
    "code_stories",
    "frames",
    "patterns",
]
