"""What the network says of a sentence: which words trigger an event, of which type and status, with whom.

The network has learned this from our own coded sentences (docs/model-card.md). It proposes what no frame
knows, settles the type where it is sure, and weighs every event; frames stay the explanation of what they fit.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..encoder import Encoder, EventScores, Vectors
from ..records import Status

__all__ = ["Judgement", "judge", "type_between"]

Floats = NDArray[np.float32]

LITTLE = 0.02
"""What a word that is no side of an event at all still counts for, so that every two parties have a likeliest type."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Probabilities over the n words of a sentence: `types` [n, event types], the first of them none; `statuses`."""

    types: Floats
    statuses: Floats
    encoder: Encoder
    scores: EventScores

    def happening(self, tokens: Iterable[int]) -> float:
        """The probability that one of these words triggers an event of whatever type."""
        return float(1 - self.types[list(tokens), 0].min())

    def of_type(self, tokens: Iterable[int], kind: str) -> float:
        """The probability that one of these words triggers an event of this type."""
        return float(self.types[list(tokens), self.encoder.labels.events.index(kind)].max())

    def likeliest(self, tokens: Iterable[int]) -> tuple[str, float]:
        """The likeliest type of an event that these words trigger, and its probability."""
        best = self.types[list(tokens), 1:].max(0)
        return self.encoder.labels.events[1 + int(best.argmax())], float(best.max())

    def triggers(self, least: float) -> list[int]:
        """The words that trigger an event with at least this probability."""
        return [int(word) for word in np.flatnonzero(self.types[:, 0] <= 1 - least)]

    def status(self, token: int) -> tuple[Status, float]:
        """The likeliest status of the event that a word triggers, and its probability."""
        best = int(self.statuses[token].argmax())
        return Status(self.encoder.labels.statuses[best]), float(self.statuses[token, best])

    def roles(self, trigger: int) -> dict[str, Floats]:
        """The probability of each word to be the head of a party of the event: by role."""
        scores = _softmax(self.encoder.roles(self.scores.as_trigger[trigger], self.scores.as_party))
        return {role: scores[:, number] for number, role in enumerate(self.encoder.labels.roles)}


def judge(vectors: Sequence[Vectors], encoder: Encoder) -> Judgement:
    """The network's judgement of a sentence, from the vectors that reading gives beside it."""
    scores = encoder.events(vectors)
    return Judgement(_softmax(scores.events), _softmax(scores.statuses), encoder, scores)


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float32)


def type_between(judgement: Judgement, actor: Sequence[int], recipient: Sequence[int]) -> str:
    """The likeliest type of what one given party does to another; the parties as the numbers of their words.

    Every word of the sentence may be the trigger: it counts with the probabilities that it triggers the type,
    and that the two parties stand on its two sides. A party without words is left out of account.
    """
    kinds = judgement.encoder.labels.events[1:]
    total = np.zeros(len(kinds))
    for word in range(len(judgement.types)):
        roles = judgement.roles(word)
        sides = ((roles["actor"], actor), (roles["recipient"], recipient))
        weight = math.prod(LITTLE + float(chances[list(party)].max()) for chances, party in sides if party)
        total = np.maximum(total, judgement.types[word, 1:] * weight)
    return kinds[int(total.argmax())]
