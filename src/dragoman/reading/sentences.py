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

from .boundaries import model, probabilities, units_of
from .words import lexicon

__all__ = ["LONGEST", "sentences_of"]

LONGEST = 1200
"""Characters; a longer stretch without an end is cut at its last comma, or blank, before this."""

LIKELY = 0.5
"""From here on a unit with an end mark ends a sentence."""

UNMARKED = 0.5
"""From here on a unit without an end mark does."""

CERTAIN = 0.9
"""From here on an end is believed behind an abbreviation, before a word that seldom begins a sentence."""

_OPENING = "\"'“‘«([{"
_CLOSING = "\"'”’»)]}"
_NUMBERING = re.compile(r"[\[(]?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]{1,2}")
_INITIALS = re.compile(r"[^\W\d_](?:\.-?[^\W\d_]{1,2}){0,6}", re.ASCII)
_CLOSER = re.compile(r"[.,;!?…”’»)\]}]{1,20}|['\"]")
_SMILE = re.compile(r"[:;=8xX]['^]?-?[()DPpOo/|\]]{1,3}|\^_+\^|<3|[:;]-?[*]")


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
    likely = np.flatnonzero((chances > min(LIKELY, UNMARKED)) & ~last & ~units.edges)
    starts, ends = units.starts.tolist(), units.ends.tolist()
    first = 0
    for number, chance in zip(likely.tolist(), chances[likely].tolist(), strict=True):
        if _ends_here(text, starts, ends, number, chance, bool(units.edges[number - 1] or cuts[number - 1])):
            cuts[_pushed(text, starts, ends, last, number)] = True
    return _spans(text, starts, ends, np.flatnonzero(units.edges | cuts).tolist())
