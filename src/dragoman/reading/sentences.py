"""Text to sentences: where a sentence ends, decided by the words around each possible end.

Paragraphs (line ends) always end a sentence. Inside a paragraph a point, question mark,
exclamation mark or ellipsis ends one unless what stands before it is an abbreviation, an initial or
a number of a list, or what follows goes on in lower case. What is longer than the reader can take
is cut at the best place, so that no text is too long.
"""

from __future__ import annotations

import re

from .words import lexicon

__all__ = ["LONGEST", "sentences_of"]

LONGEST = 1200
"""Characters; a longer stretch without an end is cut at its last comma, or blank, before this."""

_END = re.compile(r"(?:\.{2,}|…|[.!?]+)[\"'”’»)\]]{0,4}(?=\s|$|[\"“‘(\[]|[A-Z])")
_NEXT = re.compile(r"\s*[\"'“‘«(\[]{0,3}\s?(\S)")
_BEFORE = re.compile(r"[^\s\"“”‘(\[]+$")
_LINE = re.compile(r"[^\n]+")
_CLOSERS = "\"'”’»)]"


def sentences_of(text: str) -> list[tuple[int, int]]:
    """Sentences as (start, end) offsets into `text`, in order, without surrounding blanks.

    >>> t = "Maj. Gen. Smith met Mr. Jones. They left."
    >>> [t[a:b] for a, b in sentences_of(t)]
    ['Maj. Gen. Smith met Mr. Jones.', 'They left.']
    """
    spans: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        start = line.start()
        for match in _END.finditer(text, line.start(), line.end()):
            if match.start() >= start and _ends_here(text, start, match, line.end()):
                _add(text, start, match.end(), spans)
                start = match.end()
        _add(text, start, line.end(), spans)
    return spans


def _add(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    """Add the stretch without its blanks, cut where it is too long."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = max(text.rfind(mark, start + LONGEST // 3, start + LONGEST) + len(mark) for mark in ("; ", ", ", " "))
        if cut <= start + LONGEST // 3:
            cut = start + LONGEST
        _add(text, start, cut, spans)
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if end > start:
        spans.append((start, end))


def _ends_here(text: str, start: int, match: re.Match[str], line_end: int) -> bool:
    """Whether the mark inside a line ends a sentence."""
    following = _NEXT.match(text, match.end(), line_end)
    if match.end() >= line_end or following is None or following.group(1).islower():
        return False
    mark, next_character = match.group(), following.group(1)
    closed = mark[-1] in _CLOSERS
    if not text[match.end()].isspace() and not closed:
        return _glued(text, match)
    if mark[0] in "!?":
        return True
    if closed or mark[0] == "…" or mark.startswith(".."):
        return not next_character.isalpha() or next_character.isupper()
    return _point_ends(text, start, match.start(), following.end() - 1, line_end)


def _glued(text: str, match: re.Match[str]) -> bool:
    """"end.Next": an end only between a lower-case word and a capitalised one."""
    before = text[max(0, match.start() - 3) : match.start()]
    after = text[match.end() : match.end() + 3]
    return before.isalpha() and before.islower() and len(after) == 3 and after.istitle() and after.isalpha()


def _point_ends(text: str, start: int, point: int, next_start: int, line_end: int) -> bool:
    """Whether a point followed by a blank and no lower-case letter ends a sentence."""
    before = _BEFORE.search(text, max(start, point - 40), point)
    word = before.group().lower() if before else ""
    following = text[next_start : min(line_end, next_start + 24)].split()
    next_word = following[0].rstrip(",.;:)\"'”’").lower() if following else ""
    if word in ("no", "nos", "art"):
        return not next_word[:1].isdigit()
    if word in lexicon("titles"):
        return False
    if word.isdigit() and point - len(word) == start:
        return False
    if len(word) == 1 and word.isalpha() and word != "i":
        return False
    if "." in word and all(len(piece) <= 2 for piece in word.split(".")):
        return next_word in lexicon("starters")
    if word in lexicon("abbreviations"):
        return next_word in lexicon("starters")
    return True
