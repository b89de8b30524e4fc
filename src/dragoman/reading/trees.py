"""From arc scores to one tree: greedy where that is a tree, else Chu-Liu-Edmonds.

Chu and Liu 1965, Edmonds 1967; the tree has exactly one word under the root.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["best_tree"]

Scores = NDArray[np.float32]
_CLOSED = np.float32(-1e9)


def _is_tree(heads: list[int]) -> bool:
    """Whether every word reaches the root (0) and exactly one word hangs on it; heads[0] is unused."""
    if heads[1:].count(0) != 1:
        return False
    state = [0] * len(heads)
    state[0] = 2
    for word in range(1, len(heads)):
        path = []
        while state[word] == 0:
            state[word] = 1
            path.append(word)
            word = heads[word]
        if state[word] == 1:
            return False
        for passed in path:
            state[passed] = 2
    return True


def _find_cycle(heads: list[int]) -> list[int]:
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        word, path = start, []
        while state[word] == 0:
            state[word] = 1
            path.append(word)
            word = heads[word]
        if state[word] == 1:
            return path[path.index(word) :]
        for passed in path:
            state[passed] = 2
    return []


def _chu_liu_edmonds(scores: NDArray[np.float64]) -> list[int]:
    """Heads of the best arborescence from node 0; scores[d, h], row 0 unused.

    Cycles are contracted in place, each into the first of its nodes (Tarjan 1977), so that a sentence of n words
    costs O(n^2) however many cycles it has.
    """
    gain = scores.copy()
    np.fill_diagonal(gain, -np.inf)
    every = np.arange(len(gain))
    heads = gain.argmax(1)
    heads[0] = 0
    contracted = []
    while cycle := _find_cycle(heads.tolist()):
        first, members = cycle[0], np.array(cycle)
        kept = heads[members]
        entering = gain[members] - gain[members, kept][:, None]
        enter = entering.argmax(0)
        gain[first] = entering[enter, every]
        leaving = gain[:, members]
        leave = leaving.argmax(1)
        gain[:, members] = -np.inf
        gain[:, first] = leaving[every, leave]
        gain[first, first] = -np.inf
        heads[np.isin(heads, members)] = first
        heads[members] = 0
        heads[first] = gain[first].argmax()
        contracted.append((members, kept, members[enter], members[leave]))
    for members, kept, enter, leave in reversed(contracted):
        head = heads[members[0]]
        heads = np.where(heads == members[0], leave, heads)
        heads[members] = kept
        heads[enter[head]] = head
    return [int(head) for head in heads]


def best_tree(arcs: Scores) -> list[int]:
    """Heads of the best tree, one entry a word: 0 for the root, h for the h-th word (from 1).

    `arcs[d, h]` scores head h for word d + 1, as the encoder gives them.
    """
    count = len(arcs)
    if count == 1:
        return [0]
    scores = arcs.copy()
    words = np.arange(count)
    scores[words, words + 1] = _CLOSED
    heads = scores.argmax(1).tolist()
    if _is_tree([0, *heads]):
        return [int(head) for head in heads]
    return _one_root(scores)


def _one_root(scores: Scores) -> list[int]:
    """The best tree over every choice of the one word under the root that is worth trying."""
    count = len(scores)
    square = np.vstack([np.full((1, count + 1), -1e18), scores.astype(np.float64)])
    unrooted = square.copy()
    unrooted[:, 0] = -1e12
    loss = unrooted.max(1)[1:] - square[1:, 0]
    best, best_total = None, -np.inf
    for root in np.argsort(loss, kind="stable")[:3]:
        trial = unrooted.copy()
        trial[root + 1, 0] = square[root + 1, 0]
        trial[root + 1, 1:] = -1e15
        heads = _chu_liu_edmonds(trial)
        total = sum(square[node, heads[node]] for node in range(1, count + 1))
        if total > best_total and _is_tree(heads):
            best, best_total = heads, total
    if best is None:
        first = int(np.argmin(loss))
        return [0 if word == first else first + 1 for word in range(count)]
    return [int(head) for head in best[1:]]
