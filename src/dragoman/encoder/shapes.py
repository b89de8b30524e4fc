"""The shape of a word: what an uncased encoder cannot see.

The encoder reads "US" and "us" as the same subwords. Every subword therefore also carries the
shape of the word it belongs to, so that names can be told from common words.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["SHAPES", "shapes_of"]

SHAPES = (
    "special",
    "lower",
    "title",
    "upper",
    "letter",
    "mixed",
    "initials",
    "number",
    "alphanumeric",
    "punctuation",
    "symbol",
    "uncased",
)
"""Names of the shapes; the position in the tuple is the id given to the model.

Ids from `len(SHAPES)` to `2 * len(SHAPES) - 1` are the same shapes at the start of a sentence.
"""

_ID = {name: index for index, name in enumerate(SHAPES)}


def _shape(word: str) -> str:
    letters = [character for character in word if character.isalpha()]
    if not letters:
        if any(character.isdigit() for character in word):
            return "number"
        return "punctuation" if word.isascii() else "symbol"
    if any(character.isdigit() for character in word):
        return "alphanumeric"
    if word.islower():
        return "lower"
    if word.isupper():
        if len(letters) == 1:
            return "letter"
        return "initials" if "." in word else "upper"
    if letters[0].isupper() and not any(character.isupper() for character in letters[1:]):
        return "title"
    if any(character.isupper() for character in letters):
        return "mixed"
    return "uncased"


def shapes_of(words: Sequence[str]) -> list[int]:
    """Shape ids of the words of one sentence, in order.

    The first word that is not punctuation gets the sentence-start variant of its shape, because a
    capital says little there.
    """
    ids = [_ID[_shape(word)] for word in words]
    for position, shape in enumerate(ids):
        if SHAPES[shape] not in ("punctuation", "symbol"):
            ids[position] = shape + len(SHAPES)
            break
    return ids
