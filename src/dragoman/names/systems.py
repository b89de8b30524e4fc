"""Names of languages whose own ways of writing in Latin letters tell what is one name: Turkish, Korean, Chinese."""

from __future__ import annotations

import re
from functools import cache

from dragoman.names._rules import Rewrites, rules

__all__ = ["english_turkish", "is_pinyin", "same_chinese", "same_korean"]

_KOREAN_WORDS = 3


def english_turkish(name: str) -> str:
    """A name with Turkish letters as English writes their sounds, or the name itself.

    >>> english_turkish("Demirtaş"), english_turkish("Smith")
    ('Demirtash', 'Smith')
    """
    letters = rules().turkish
    if not any(letter in letters and not letter.isascii() for letter in name + ("ç" if "Ö" in name else "")):
        return name
    return "".join(letters.get(letter, letter) for letter in name)


def same_korean(one: list[str], other: list[str]) -> bool:
    """Whether two folded names of three syllables are one Korean name in two romanisations.

    >>> same_korean("roh moo hyun".split(), "no mu hyon".split())
    True
    """
    surnames = rules().korean_surnames
    if len(one) != _KOREAN_WORDS or len(other) != _KOREAN_WORDS or one[0] not in surnames:
        return False
    given = [[_rewritten(word, rules().korean) for word in words[1:]] for words in (one, other)]
    return surnames[one[0]] == surnames.get(other[0]) and given[0] == given[1]


def is_pinyin(words: list[str]) -> bool:
    """Whether a folded name is a Chinese one in pinyin, surname first.

    >>> is_pinyin("zhang gaoli".split()), is_pinyin("li smith".split())
    (True, False)
    """
    return len(words) > 1 and words[0] in rules().chinese_surnames and all(map(_syllables().fullmatch, words))


@cache
def _syllables() -> re.Pattern[str]:
    return re.compile(f"(?:{rules().chinese_syllable}){{1,2}}")


def same_chinese(one: list[str], other: list[str]) -> bool:
    """Whether one folded name is Wade and Giles's spelling, in three syllables, of another in pinyin.

    >>> same_chinese("mao tse tung".split(), "mao zedong".split())
    True
    """
    shorter, longer = sorted((one, other), key=len)
    if not is_pinyin(shorter) or len(longer) != _KOREAN_WORDS or len(shorter) == len(longer):
        return False
    return _rewritten("".join(one), rules().chinese) == _rewritten("".join(other), rules().chinese)


def _rewritten(word: str, rewrites: Rewrites) -> str:
    for pattern, plain in rewrites:
        word = pattern.sub(plain, word)
    return word
