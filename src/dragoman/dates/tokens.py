"""Cutting a text into the small pieces that the grammar reads: words, numbers and single marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Tokens", "tokenise"]

_PIECE = re.compile(r"[^\W\d_]+|[0-9]+|[^\s]")
_PADDING = 24
"""Empty pieces after the last one, so that the grammar may look ahead without asking where the text ends."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The pieces of a text, in columns: as written, lower-cased, and where each starts and ends (code points)."""

    words: list[str]
    low: list[str]
    starts: list[int]
    ends: list[int]
    count: int

    def glued(self, index: int) -> bool:
        """Whether no space stands between this piece and the one before it.

        >>> tokenise("the 1990s").glued(2)
        True
        """
        return 0 < index < self.count and self.ends[index - 1] == self.starts[index]

    def number(self, index: int) -> int:
        """The value of a piece of at most six digits, -1 for anything else.

        >>> tokenise("in 2003").number(1)
        2003
        """
        word = self.low[index]
        return int(word) if len(word) <= 6 and word.isascii() and word.isdigit() else -1

    def before(self, index: int) -> str:
        """The lower-cased piece before this one, empty at the start of the text.

        >>> tokenise("In 2003").before(1)
        'in'
        """
        return self.low[index - 1] if index > 0 else ""


def tokenise(text: str) -> Tokens:
    """The pieces of `text`: runs of letters, runs of ASCII digits, and every other mark by itself.

    >>> tokenise("Jan. 3").words[:3]
    ['Jan', '.', '3']
    """
    words, starts, ends = [], [], []
    for found in _PIECE.finditer(text):
        words.append(found.group())
        starts.append(found.start())
        ends.append(found.end())
    count = len(words)
    padding = [""] * _PADDING
    # A typographic apostrophe is read as the plain one everywhere.
    low = [word.lower() if word != "’" else "'" for word in words]
    return Tokens(words + padding, low + padding, starts + [len(text)] * _PADDING, ends + [len(text)] * _PADDING, count)
