"""From name scores to name spans: the best sequence of tags in which no name begins in its middle."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["best_tags", "name_spans"]

_NEVER = -1e9


def _valid(tags: list[str]) -> bool:
    before = "O"
    for tag in tags:
        if tag[0] == "I" and before[1:] != tag[1:]:
            return False
        before = tag
    return True


def best_tags(scores: NDArray[np.float32], labels: tuple[str, ...]) -> list[str]:
    """The best valid tag sequence (IOB2) for scores [words, tags], by Viterbi's algorithm."""
    greedy = [labels[index] for index in scores.argmax(1)]
    if _valid(greedy):
        return greedy
    allowed = np.array(
        [[0.0 if now[0] != "I" or before[1:] == now[1:] else _NEVER for now in labels] for before in labels]
    )
    logits = (
        scores
        - np.log(np.exp(scores - scores.max(1, keepdims=True)).sum(1, keepdims=True))
        - scores.max(1, keepdims=True)
    )
    best = logits[0] + np.array([_NEVER if label[0] == "I" else 0.0 for label in labels])
    back = []
    for row in logits[1:]:
        paths = best[:, None] + allowed
        back.append(paths.argmax(0))
        best = paths.max(0) + row
    tag = int(best.argmax())
    sequence = [tag]
    for pointers in reversed(back):
        tag = int(pointers[tag])
        sequence.append(tag)
    return [labels[index] for index in reversed(sequence)]


def name_spans(tags: list[str]) -> list[tuple[int, int, str]]:
    """(first, last, kind) of every name, `last` included.

    >>> name_spans(["O", "B-PER", "I-PER", "B-LOC"])
    [(1, 2, 'PER'), (3, 3, 'LOC')]
    """
    spans: list[tuple[int, int, str]] = []
    for index, tag in enumerate(tags):
        if tag[0] == "B":
            spans.append((index, index, tag[2:]))
        elif tag[0] == "I":
            first, _, kind = spans[-1]
            spans[-1] = (first, index, kind)
    return spans
