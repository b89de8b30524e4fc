"""What a record stands on, and what was tried on the way to it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Evidence", "SourceRow", "Span", "Trace"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article's text: `article.text[start:end] == text`, in Unicode code points."""

    article: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row of an imported file: its name, its line (from 1) and the row's own id."""

    file: str
    line: int
    id: str


Evidence = Span | SourceRow


@dataclass(frozen=True, slots=True)
class Trace:
    """One thing that was tried on a sentence: which frame, on which word, with what result."""

    word: str
    frame: str
    matched: bool
    why: str
