"""Folding: one spelling of a name for all its typography."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from dragoman.names._rules import rules

_INSIDE_INITIALS = re.compile(r"(?<![^\W_]{2})(?<=[^\W_])\.(?=[^\W_])")
_NOT_LETTERS = re.compile(r"[\W_]+")


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """A name without case, diacritics, apostrophes, hyphens and spacing; articles written "al"; word order kept.

    Dots inside initials join them ("U.S." is "us", as "US" is); all other punctuation is a space.

    >>> fold("Muqtadā aṣ-Ṣadr"), fold("Kata'ib  Ḥizbullāh")
    ('muqtada al sadr', 'kataib hizbullah')
    >>> fold("El-Baradei") == fold("al Baradei")
    True
    """
    bare = _plain_letters(_INSIDE_INITIALS.sub("", name))
    return " ".join(_usual_articles(_NOT_LETTERS.sub(" ", bare).split()))


def _plain_letters(text: str) -> str:
    deletions, letters = rules().deletions, rules().letters
    # Marks such as the acute accent decompose into a space, so they go before; casefold makes new ones, so after too.
    decomposed = unicodedata.normalize("NFKD", text.translate(deletions))
    for _ in range(2):
        decomposed = unicodedata.normalize("NFKD", decomposed.casefold())
    return "".join(each for each in decomposed if not _is_mark(each)).translate(deletions).translate(letters)


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Me", "Mc", "Cf")


def _usual_articles(words: list[str]) -> list[str]:
    following = [*words, ""][1:]
    return ["al" if _is_article(word, after) else word for word, after in zip(words, following, strict=True)]


def _is_article(word: str, after: str) -> bool:
    if word in rules().articles:
        return bool(after)
    sound = rules().assimilated.get(word)
    return sound is not None and after.startswith(sound)
