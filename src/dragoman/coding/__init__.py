"""Coding: sentences and mentions to events."""

from .events import code_article, code_sentence
from .frames import Frame, Frames, frames

__all__ = ["Frame", "Frames", "code_article", "code_sentence", "frames"]
