"""Skeletons: one key for the spellings that transliteration gives a name."""

from __future__ import annotations

from functools import lru_cache

from dragoman.names._rules import rules
from dragoman.names.folding import fold

_ARTICLE = "al"


@lru_cache(maxsize=65536)
def skeleton(name: str) -> str:
    """A coarse key, the same for the usual transliterations of a name; articles left out, word order kept.

    Equal skeletons make two spellings candidates for one name; they prove nothing alone.

    >>> skeleton("Qassem Soleimani") == skeleton("Ghasem Suleimani") == skeleton("Qasim Sulaimani")
    True
    >>> skeleton("al-Hashd al-Sha'abi") == skeleton("Hashd al-Shaabi")
    True
    >>> skeleton("Niger") == skeleton("Nigeria")
    False
    """
    words = fold(name).split()
    named = [word for word in words if word != _ARTICLE] or words
    return " ".join(_sound(word) for word in named)


@lru_cache(maxsize=65536)
def _sound(word: str) -> str:
    sound = rules().variants.get(word, word)
    for pattern, plain in rules().rewrites:
        sound = pattern.sub(plain, sound)
    # A word that is nothing but silent letters keeps its spelling: an empty key would meet every other one.
    return sound or word
