"""Coding: sentences and mentions to events."""

from .events import code_article, code_sentence
from .frames import Frame, Frames, frames
from .judgement import Judgement, judge, type_between

__all__ = ["Frame", "Frames", "Judgement", "code_article", "code_sentence", "frames", "judge", "type_between"]
