"""The raw text of a treebank, as the CoNLL 2018 shared task has it: paragraphs, sentences joined by blanks."""

from __future__ import annotations

from training.treebanks import Sentence


def raw_text(sentences: list[Sentence]) -> tuple[str, list[tuple[int, int]], list[list[tuple[int, int]]]]:
    """Text, sentence offsets and word offsets of a treebank; paragraphs are parted by an empty line."""
    pieces: list[str] = []
    length = 0
    spans, words = [], []
    for number, sentence in enumerate(sentences):
        if sentence.new_paragraph and number:
            pieces.append("\n\n")
            length += 2
        start, inside = length, []
        for index, (word, spaced) in enumerate(zip(sentence.words, sentence.space_after, strict=True)):
            inside.append((length, length + len(word)))
            last = index == len(sentence.words) - 1
            pieces.append(word + (" " if spaced else ""))
            length += len(pieces[-1])
            if last:
                spans.append((start, inside[-1][1]))
        words.append(inside)
    return "".join(pieces), spans, words
