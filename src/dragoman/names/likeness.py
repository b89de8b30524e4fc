"""Likeness: how far two written names can be one name."""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

from dragoman.names._rules import rules
from dragoman.names.folding import fold
from dragoman.names.skeletons import skeleton
from dragoman.names.systems import english_turkish, is_pinyin, same_chinese, same_korean

_SAME_SOUND = 0.95
_SAME_INITIAL = 0.85
_SAME_RUN_OF_SOUNDS = 0.93
_SAME_LETTERS = 0.97
_OTHER_ORDER = 0.95
_SLIP = 0.9
"""What a spelling slip is worth at most: less than another transliteration of the same sound."""
_SLIP_FROM = 0.8
_SLIP_LENGTH = 5
_OTHER_GIVEN = 0.5
"""What two Chinese names in pinyin are alike that have the surname alone in common."""

_INITIALS = re.compile(r"\b(?:[A-Za-z]\.){2,}")
_ABD = re.compile(r"\babd[aeou](?:l(?!l|ah|y)|([nrstzd])(?=\1)) ?")
_DIN = re.compile(r"(?<=\w) al d[ie]+n\b")
_SURPLUS = 0.2
"""What a word that only one of the names has counts, against 1 for a word that contradicts another."""


def likeness(a: str, b: str) -> float:
    """How alike two whole names are, from 0 (nothing in common) to 1 (the same name after folding).

    Titles and articles are ignored. The words of the names are paired, best pairs first. With `s` the sum of the
    pairs' likenesses, `p` the number of pairs, `c` the words without a partner on the side that has fewer of them and
    `r` how many more the other side has, the likeness is `s / (p + c + 0.2 r)`: a middle name left out costs little,
    another given name costs much. Pairs in another order ("Obama, Barack") take off 5%. Where only the division into
    words differs, the likeness is 0.97, or 0.93 by sound.

    >>> likeness("Gen. Qassem Soleimani", "qasem soleymani") > 0.9
    True
    >>> likeness("George W. Bush", "George Bush") > 0.9
    True
    >>> likeness("John Smith", "Jane Smith")
    0.5
    >>> likeness("Iran", "Iraq")
    0.0
    >>> likeness("Kim Jong-un", "Kim Jongun")
    0.97
    """
    written = _likeness(_words(a), _words(b))
    sounded = [_words(english_turkish(name)) for name in (a, b)]
    return max(written, _likeness(*sounded)) if written < 1.0 else written


def _likeness(a: list[str], b: list[str]) -> float:
    # In a fixed order, so that ties between pairs fall the same way whichever name comes first.
    first, second = sorted((a, b))
    if not first or not second:
        return 0.0
    if first == second:
        return 1.0
    if is_pinyin(first) and is_pinyin(second) and first[0] == second[0]:
        return _SAME_LETTERS if "".join(first) == "".join(second) else _OTHER_GIVEN
    if same_korean(first, second) or same_chinese(first, second):
        return _SAME_RUN_OF_SOUNDS
    return max(_aligned(first, second), _joined(first, second))


def _words(name: str) -> list[str]:
    """The folded words of a name, without titles before it, articles, and what is left of "abd al-" in one word."""
    spaced = _INITIALS.sub(lambda found: found[0].replace(".", ". "), name)
    words = fold(_ABD.sub("abd ", _DIN.sub("uddin", fold(spaced)))).split()
    start = next((index for index, word in enumerate(words) if word not in rules().titles), 0)
    end = next((len(words) - index for index, word in enumerate(words[::-1]) if word not in rules().titles), len(words))
    return [word for word in words[start:end] if word != "al"] or words


def _joined(first: list[str], second: list[str]) -> float:
    """Likeness of names that differ in where words divide: "Jong-un" and "Jongun"."""
    if "".join(first) == "".join(second):
        return _SAME_LETTERS
    sounds = [skeleton("".join(words)) for words in (first, second)]
    return _SAME_RUN_OF_SOUNDS if sounds[0] == sounds[1] else 0.0


def _aligned(first: list[str], second: list[str]) -> float:
    pairs = _pairs(first, second)
    if not pairs:
        return 0.0
    spare = sorted((len(first) - len(pairs), len(second) - len(pairs)))
    weight = len(pairs) + spare[0] + _SURPLUS * (spare[1] - spare[0])
    score = sum(value for value, _, _ in pairs) / weight
    return score if _in_order(pairs) else score * _OTHER_ORDER


def _pairs(first: list[str], second: list[str]) -> list[tuple[float, int, int]]:
    """The best partner of each word, every word used once: (likeness, index in first, index in second)."""
    every = [
        (value, one, other)
        for one, word in enumerate(first)
        for other, fellow in enumerate(second)
        if (value := _word_likeness(word, fellow)) > 0
    ]
    chosen: list[tuple[float, int, int]] = []
    used: tuple[set[int], set[int]] = set(), set()
    for value, one, other in sorted(every, key=lambda pair: (-pair[0], abs(pair[1] - pair[2]), pair[1:])):
        if one not in used[0] and other not in used[1]:
            chosen.append((value, one, other))
            used[0].add(one)
            used[1].add(other)
    return chosen


def _in_order(pairs: list[tuple[float, int, int]]) -> bool:
    partners = [other for _, _, other in sorted(pairs, key=lambda pair: pair[1])]
    return partners == sorted(partners)


def _word_likeness(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if min(len(one), len(other)) == 1:
        return _SAME_INITIAL if one[0] == other[0] else 0.0
    if skeleton(one) == skeleton(other):
        return _SAME_SOUND
    if min(len(one), len(other)) < _SLIP_LENGTH:
        return 0.0
    if {one[0], other[0]} == {"g", "h"} and skeleton(one[1:]) == skeleton(other[1:]):
        return _SAME_SOUND
    similarity = Levenshtein.normalized_similarity(one, other)
    return similarity * _SLIP if similarity >= _SLIP_FROM else 0.0
