"""Which language a text is in, by the share of its words that are function words of a language."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from ._data import table

__all__ = ["language_of", "unreadable_language"]

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SAMPLE = 20_000
# Below this many words the shares say little; such a text is taken as it comes.
_FEWEST_WORDS = 12
_LEAST_SHARE = 0.08
# English must lose clearly: a report full of French names and titles is still English.
_CLEARLY = 1.4
# A text in which nearly no English function word stands is no running English, even if nothing else fits either.
_NO_ENGLISH = 0.03
_ENOUGH_WORDS = 60
_TOKEN = re.compile(r"\w+|[^\w\s]")
_END = re.compile(r"[.!?]\s|\n")
# English has about five characters a token and over a hundred a sentence. What has far less, at length, is no report,
# and reading it would cost minutes: each token has its price, and each sentence.
_FEWEST_CHARACTERS = ((_TOKEN, 3.0, 5_000, "signs and single letters"), (_END, 20.0, 2_000, "scraps"))
# Words of more than fifty characters on average, at length, are encoded data.
_MOST_CHARACTERS, _LONG = 50, 5_000
ENGLISH = "English"


def language_of(text: str) -> str | None:
    """The language that most of the text's function words belong to, or None where too little can be said.

    >>> language_of("The ministry said on Sunday that the toll of the protests had risen to 104 and that it was high.")
    'English'
    >>> language_of("Baghdad.")
    """
    sample = text[:_SAMPLE]
    words = [word.lower().replace("’", "'") for word in _WORD.findall(sample)]
    script = _script("".join(words))
    candidates = table("languages")["scripts"].get(script) if script else None
    if candidates is not None:
        return _best(words, tuple(candidates))[0] or str(candidates[0])
    if len(words) < _FEWEST_WORDS:
        return None
    best, share = _best(words, tuple(_function_words()))
    english = _share(words, ENGLISH)
    if best is None or share < _LEAST_SHARE:
        return ENGLISH if english >= _NO_ENGLISH else None
    return ENGLISH if english * _CLEARLY >= share else best


def unreadable_language(text: str) -> str | None:
    """Why the text cannot be read, as words that name the language; None where it can (or nothing can be said).

    >>> unreadable_language("Des manifestants ont pénétré mercredi dans le consulat d'Iran à Najaf, et ont mis le feu.")
    'in French'
    >>> unreadable_language("[" * 10_000)
    'made of signs and single letters, not of sentences'
    >>> unreadable_language("x" * 10_000)
    'made of signs without a blank, not of words'
    """
    for pattern, fewest, many, made_of in _FEWEST_CHARACTERS:
        number = sum(1 for _ in pattern.finditer(text))
        if number > many and len(text) < fewest * number:
            return f"made of {made_of}, not of sentences"
    language = language_of(text)
    if language == ENGLISH:
        return None
    if language is not None:
        return f"in {language}"
    if len(text) > max(_LONG, _MOST_CHARACTERS * len(text.split())):
        return "made of signs without a blank, not of words"
    words = _WORD.findall(text[:_SAMPLE].lower())
    if len(words) >= _ENOUGH_WORDS and _share(words, ENGLISH) < _NO_ENGLISH:
        return "in no language that could be told, with hardly a function word of English"
    return None


@cache
def _function_words() -> dict[str, frozenset[str]]:
    return {language: frozenset(words) for language, words in table("languages")["words"].items()}


def _share(words: list[str], language: str) -> float:
    known = _function_words().get(language, frozenset())
    return sum(word in known for word in words) / max(1, len(words))


def _best(words: list[str], languages: tuple[str, ...]) -> tuple[str | None, float]:
    shares = [(_share(words, language), -place, language) for place, language in enumerate(languages)]
    share, _, language = max(shares)
    return (language, share) if share > 0 else (None, 0.0)


def _script(letters: str) -> str | None:
    """The script of most letters where that is not Latin."""
    if letters.isascii() or not letters:
        return None
    counts: Counter[str] = Counter()
    for letter, times in Counter(letters).items():
        counts[unicodedata.name(letter, "LATIN").partition(" ")[0]] += times
    script, times = counts.most_common(1)[0]
    return script if script != "LATIN" and times * 2 > len(letters) else None
