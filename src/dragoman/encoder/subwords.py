"""Words to the subword ids of the encoder, from a tokenizer file that ships with the package."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tokenizers import Tokenizer

__all__ = ["CLASSIFY", "SEPARATE", "Subwords"]

CLASSIFY, SEPARATE, UNKNOWN = 101, 102, 100
MOST_OF_A_WORD = 12
"""A word longer than this many subwords (an address, a hash) is read by its beginning alone."""

CACHE_LIMIT = 200_000

_TYPOGRAPHIC = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "`": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "–": "-",
        "—": "-",
        "…": "...",
    }
)


class Subwords:
    """Cuts words into subwords, and remembers how each word was cut."""

    def __init__(self, path: Path) -> None:
        """`path`: a `tokenizer.json`. Its own padding and truncation are switched off."""
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._known: dict[str, tuple[int, ...]] = {}

    def of_word(self, word: str) -> tuple[int, ...]:
        """Ids of one word: at least one, at most `MOST_OF_A_WORD`."""
        ids = self._known.get(word)
        if ids is None:
            plain = word.translate(_TYPOGRAPHIC)[:400].encode("utf-8", "replace").decode()  # lone surrogates
            encoded = self._tokenizer.encode(plain, add_special_tokens=False).ids
            ids = tuple(encoded[:MOST_OF_A_WORD]) or (UNKNOWN,)
            if len(self._known) >= CACHE_LIMIT:
                self._known.clear()
            self._known[word] = ids
        return ids

    def is_word(self, word: str) -> bool:
        """Whether the tokenizer's vocabulary holds a word (lower case) whole: a dictionary of common English."""
        return self._tokenizer.token_to_id(word) is not None

    def of_words(self, words: Sequence[str]) -> tuple[list[int], list[int]]:
        """Ids of a sentence between [CLS] and [SEP], and where each word's first subword stands."""
        ids, first = [CLASSIFY], []
        for word in words:
            first.append(len(ids))
            ids.extend(self.of_word(word))
        ids.append(SEPARATE)
        return ids, first
