"""Which readers are tried at which piece: a table by the first word, so that most words cost one look-up."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.dates.lexicon import LEXICON
from dragoman.dates.parsed import Parsed, Reader, longest
from dragoman.dates.tokens import Tokens

__all__ = ["DIGITS", "phrase_at", "register"]

DIGITS = "0"
"""Stands for every piece that begins with a digit, where readers are registered."""

_DEEPEST = 3
"""How far expressions may hold expressions: "since | the end of | October of last year"."""

_READERS: dict[str, list[Reader]] = {}


def register(firsts: Iterable[str], *readers: Reader) -> None:
    """Have the readers tried at each piece whose lower-cased form is among `firsts`."""
    for first in firsts:
        known = _READERS.setdefault(first, [])
        known.extend(reader for reader in readers if reader not in known)


def phrase_at(tokens: Tokens, index: int, depth: int = 0) -> Parsed | None:
    """The longest expression that begins at `index`, or None; nothing begins where a name begins."""
    first = tokens.low[index]
    readers = _READERS.get(DIGITS if first[:1] in _FIGURES else first)
    if readers is None or depth > _DEEPEST:
        return None
    if LEXICON.names.at(tokens, index) or (first == "the" and LEXICON.names.at(tokens, index + 1)):
        return None
    found = longest([reader(tokens, index, depth) for reader in readers])
    return None if found and _is_in_name(tokens, found) else found


def _is_in_name(tokens: Tokens, found: Parsed) -> bool:
    """Whether a day only names a thing: "12 October Street", "the Seventh of Ramadan battalion"."""
    word = tokens.words[found.end]
    named = LEXICON.among("named_after_a_day", word.lower()) and (word.istitle() or word.lower() in _UNITS_OF_FIGHTERS)
    return named and found.kind in ("date", "holiday")


_UNITS_OF_FIGHTERS = frozenset(("brigade", "brigades", "battalion"))
_FIGURES = frozenset("0123456789")
