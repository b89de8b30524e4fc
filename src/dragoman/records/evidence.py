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
    """A row of an imported file: its name, its line (from 1), the row's own id, and its words.

    `text` is what the row says in words or where it says to look: notes, a headline, an address.
    """

    file: str
    line: int
    id: str
    text: str | None = None


Evidence = Span | SourceRow


@dataclass(frozen=True, slots=True)
class Trace:
    """One thing that was tried on a sentence: which frame, on which word, with what result."""

    word: str
    frame: str
    matched: bool
    why: str
