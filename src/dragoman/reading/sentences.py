"""Text to sentences: a line's end always ends one; inside a line a small network proposes and rules dispose.

`boundaries` says how likely a sentence ends behind each unit of a line. Rules that edited text obeys
have the last word: no end behind a title, an initial or the number of a list, none before marks that
only close something. What is longer than the reader can take is cut at the best place, so that no
sentence is too long.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from ..records import LONGEST_SENTENCE
from .boundaries import Flags, model, probabilities, units_of
from .words import lexicon

__all__ = ["sentences_of"]

LIKELY = 0.5
"""From here on a unit with an end mark ends a sentence."""

UNMARKED = 0.6
"""From here on a unit without an end mark does."""

PLAIN = 0.15
"""From here on an end is believed behind a plain word with a point, before a capitalised one."""

CERTAIN = 0.97
"""From here on an end is believed behind an abbreviation, before a word that seldom begins a sentence."""

_OPENING = "\"'“‘«([{"
_CLOSING = "\"'”’»)]}"
_NUMBERING = re.compile(r"[\[(]?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]{1,2}")
_INITIALS = re.compile(r"[^\W\d_](?:\.-?[^\W\d_]{1,2}){0,6}", re.ASCII)
_QUOTES = "\"'”’»"
_PUSHES = 3
_JOINING = frozenset("after amid and as at by for from in no of on or over the to vs with".split())
_COMPANY = frozenset(("inc", "corp", "ltd", "co", "llc", "plc", "jr", "sr"))
_SAYS = re.compile(
    r"(?:[A-Z][\w.'’-]{0,20} ){1,5}"
    r"(?:said|says|asked|asks|told|tells|wondered|wonders|shouted|cried|added|adds|wrote|writes"
    r"|replied|exclaimed|demanded|warned|declared)\b"
)
_CLOSER = re.compile(r"[.,;!?…”’»)\]}]{1,20}|['\"]")
_SMILE = re.compile(r"[:;=]['^]?-?[()DPpOo/|\]]{1,3}|\^_+\^|<3|[:;]-?[*]")


def sentences_of(text: str) -> list[tuple[int, int]]:
    """Sentences as (start, end) offsets into `text`, in order, without surrounding blanks.

    >>> t = "Maj. Gen. Smith met Mr. Jones. They left."
    >>> [t[a:b] for a, b in sentences_of(t)]
    ['Maj. Gen. Smith met Mr. Jones.', 'They left.']
    """
    network = model()
    units = units_of(text, network.alphabet)
    chances = probabilities(units, network)
    last = np.append(units.edges[1:], True)
    cuts = last.copy()
    likely = np.flatnonzero((chances > PLAIN) & ~last & ~units.edges)
    starts, ends = units.starts.tolist(), units.ends.tolist()
    for number, chance in zip(likely.tolist(), chances[likely].tolist(), strict=True):
        if _ends_here(text, starts, ends, number, chance, bool(units.edges[number - 1] or cuts[number - 1])):
            cuts[_pushed(text, starts, ends, last, number)] = True
    return _spans(text, starts, ends, np.flatnonzero(units.edges | cuts).tolist())


def _ends_here(text: str, starts: Sequence[int], ends: Sequence[int], number: int, chance: float, opens: bool) -> bool:
    """Whether the rules let a sentence end behind this unit, which has another behind it on its line."""
    unit, following = text[starts[number] : ends[number]], text[starts[number + 1] : ends[number + 1]]
    word = unit.lstrip(_OPENING)
    if not word.rstrip(_CLOSING).endswith((".", "?", "!", "…")):
        joined = following.lower().rstrip(".") in _JOINING
        return chance > (CERTAIN if joined else UNMARKED)
    if following.strip(_CLOSING + ".,;:").lower() in _COMPANY:
        return False
    if not word.endswith("."):
        return chance > LIKELY and not (word[-1] in _QUOTES and _quote_goes_on(text, starts[number + 1], following))
    stem, next_word = word.rstrip("."), following.strip(_OPENING + _CLOSING + ".,;:?!").lower()
    lower = stem.lower()
    if word.endswith(".."):
        return chance > LIKELY
    if opens and _NUMBERING.fullmatch(unit):
        return False
    if lower in ("no", "nos", "art"):
        return chance > LIKELY and not next_word[:1].isdigit()
    if lower in lexicon("titles"):
        return False
    known = next_word in lexicon("starters") and not following[:1].islower()
    if len(stem) == 1 and stem.isalpha():
        return (known and chance > CERTAIN) or stem == "I"
    if lower in lexicon("abbreviations") or _INITIALS.fullmatch(stem):
        return known or chance > CERTAIN
    return chance > LIKELY or (len(stem) > 2 and (stem.islower() or stem.isdigit()) and following.istitle())


def _quote_goes_on(text: str, start: int, following: str) -> bool:
    """Whether what follows a closed quotation tells who said it."""
    return following[0].islower() or bool(_SAYS.match(text, start, start + 80))


def _pushed(text: str, starts: Sequence[int], ends: Sequence[int], last: Flags, number: int) -> int:
    """The unit itself, or the last of the closing marks or the smile that follow it on its line."""
    for _ in range(_PUSHES):
        if last[number]:
            break
        following = text[starts[number + 1] : ends[number + 1]]
        if not (_CLOSER.fullmatch(following) or _SMILE.fullmatch(following)):
            break
        number += 1
    return number


def _spans(text: str, starts: Sequence[int], ends: Sequence[int], marks: Sequence[int]) -> list[tuple[int, int]]:
    """The stretches between edges and cuts, those that are too long cut again."""
    spans: list[tuple[int, int]] = []
    previous = 0
    for mark in marks:
        if mark > previous:
            _add(text, starts[previous + 1], ends[mark], spans)
        previous = mark
    return spans


def _add(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    """Add the stretch; one that is too long is cut at its last semicolon, comma or blank before the limit."""
    while end - start > LONGEST_SENTENCE:
        least, most = start + LONGEST_SENTENCE // 3, start + LONGEST_SENTENCE
        cut = max(text.rfind(mark, least, most) + len(mark) for mark in ("; ", ", ", " "))
        if cut <= least + 2:
            cut = most
        piece = text[start:cut].rstrip()
        if piece:
            spans.append((start, start + len(piece)))
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if end > start:
        spans.append((start, end))
