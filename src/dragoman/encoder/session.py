"""The one ONNX session: words of a sentence in, scores and vectors out.

The model runs one sentence at a time, on one thread, without padding: a sentence's scores depend
on nothing but the sentence.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from ..errors import ModelError
from .shapes import shapes_of
from .subwords import Subwords

__all__ = [
    "MODEL_FOLDER",
    "MOST_SUBWORDS",
    "Encoder",
    "EventScores",
    "Labels",
    "Scores",
    "Vectors",
    "encoder",
    "fingerprint",
]

MODEL_FOLDER = Path(__file__).parent / "model"
FILES = ("model.onnx", "relations.onnx", "events.onnx", "roles.onnx", "labels.json", "lemmas.txt", "tokenizer.json")
MOST_SUBWORDS = 500
"""A sentence of more subwords than this must be cut before it comes here (positions end at 512)."""

SEEN = 0.02
"""Below this probability that any word tells of an event, the network is not asked which."""

SURELY_NONE = 20.0
"""The score of "no event" where the network is not asked."""

ROLE_WIDTH = 256
"""Of the vector of a word as trigger, and as party."""

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Labels:
    """The label inventories of the model, in the order of its scores."""

    upos: tuple[str, ...]
    features: tuple[str, ...]
    scripts: tuple[str, ...]
    relations: tuple[str, ...]
    names: tuple[str, ...]
    events: tuple[str, ...]
    statuses: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vectors:
    """What `Encoder.events` asks of a sentence of n words beyond its parse: coding uses it, nothing keeps it.

    Whether each word tells of an event [n, no and yes], the state of all subwords that events share with the parse
    [subwords, 384], the mixture of the states below for each word [n, 384], each word's first subword and shape.
    """

    happening: Floats
    shared: Floats
    below: Floats
    first: Numbers
    word_shapes: Numbers


@dataclass(frozen=True, slots=True)
class EventScores:
    """What the model says of events in a sentence of n words; raw scores, higher is likelier.

    Each word as trigger of an event [n, event types] and of that event's status [n, statuses]; what `Encoder.roles`
    asks of a word as trigger and as party [n, 256].
    """

    events: Floats
    statuses: Floats
    as_trigger: Floats
    as_party: Floats


@dataclass(frozen=True, slots=True)
class Scores:
    """What the model says of a sentence of n words; raw scores, higher is likelier.

    `arcs[d, h]` scores head h (0 is the root, h the h-th word) for word d + 1; `dependents[d]` and
    `heads[h]` are what `Encoder.relations` asks of the two.
    """

    upos: Floats
    features: Floats
    scripts: Floats
    names: Floats
    arcs: Floats
    dependents: Floats
    heads: Floats
    vectors: Vectors


OUTPUTS = [field.name for field in fields(Scores) if field.name != "vectors"] + ["happening", "shared", "below"]
EVENT_OUTPUTS = [field.name for field in fields(EventScores)]


class Encoder:
    """The loaded model with its tokenizer and labels."""

    def __init__(self, folder: Path) -> None:
        """Load the files of `FILES` from a folder.

        Raises:
            ModelError: a file is missing or damaged.
        """
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
            self.labels = Labels(**{name: tuple(values) for name, values in labels.items()})
            self.lemmas = _lemmas(folder / "lemmas.txt")
            self.subwords = Subwords(folder / "tokenizer.json")
            self._session, self._relations, self._events, self._roles = (
                onnxruntime.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])
                for name in FILES[:4]
            )
        except Exception as problem:
            message = f"The language model in {folder} cannot be loaded ({problem}). Install the package again."
            raise ModelError("M001", message) from problem

    def length(self, words: Sequence[str]) -> int:
        """How many subwords the words have, [CLS] and [SEP] included."""
        return 2 + sum(len(self.subwords.of_word(word)) for word in words)

    def score(self, words: Sequence[str]) -> Scores:
        """Scores of one sentence of at least one word and at most `MOST_SUBWORDS` subwords."""
        ids, first = self.subwords.of_words(words)
        word_shapes = shapes_of(words)
        shapes = [0] * len(ids)
        for index, (start, shape) in enumerate(zip(first, word_shapes, strict=True)):
            end = first[index + 1] if index + 1 < len(first) else len(ids) - 1
            shapes[start:end] = [shape] * (end - start)
        inputs = {
            "ids": np.array(ids, np.int64),
            "shapes": np.array(shapes, np.int64),
            "first": np.array([0, *first], np.int64),
            "word_shapes": np.array([0, *word_shapes], np.int64),
        }
        out = dict(zip(OUTPUTS, self._session.run(OUTPUTS, inputs), strict=True))
        of_words = {name: value if name in ("heads", "shared") else value[1:] for name, value in out.items()}
        asked = {name: of_words.pop(name) for name in ("happening", "shared", "below")}
        vectors = Vectors(**asked, first=inputs["first"][1:], word_shapes=inputs["word_shapes"][1:])
        return Scores(**of_words, vectors=vectors)

    def relations(self, scores: Scores, heads: Sequence[int]) -> list[str]:
        """The relation of each word to its head; `heads` as `Scores.arcs` numbers them, 0 for the root."""
        (found,) = self._relations.run(None, {"one": scores.dependents, "other": scores.heads[list(heads)]})
        names = self.labels.relations
        return [names[best] if head else "root" for best, head in zip(found.argmax(1).tolist(), heads, strict=True)]

    def events(self, pieces: Sequence[Vectors]) -> EventScores:
        """Scores of events in a sentence that was read in one or more pieces; none where nothing seems to happen."""
        found = [self._events_of(piece) for piece in pieces]
        return EventScores(*(np.concatenate(parts) for parts in zip(*found, strict=True)))

    def _events_of(self, piece: Vectors) -> list[Floats]:
        chance = 1 / (1 + np.exp(piece.happening[:, 0] - piece.happening[:, 1]))
        if chance.max() < SEEN:
            return self._no_events(len(chance))
        inputs = {name: getattr(piece, name) for name in ("shared", "below", "first", "word_shapes")}
        return list(self._events.run(EVENT_OUTPUTS, inputs))

    def _no_events(self, count: int) -> list[Floats]:
        """Scores of words of which none tells of an event."""
        widths = (len(self.labels.events), len(self.labels.statuses), ROLE_WIDTH, ROLE_WIDTH)
        scores = [np.zeros((count, width), np.float32) for width in widths]
        scores[0][:, 0] = SURELY_NONE
        return scores

    def roles(self, trigger: Floats, parties: Floats) -> Floats:
        """Scores [n, roles] of n words (of `EventScores.as_party`) as parties of a trigger (of its `as_trigger`)."""
        (found,) = self._roles.run(None, {"one": np.broadcast_to(trigger, parties.shape), "other": parties})
        return np.asarray(found)


def _lemmas(path: Path) -> dict[str, frozenset[str]]:
    """Known base forms by part of speech, from lines of `UPOS<tab>lemma`."""
    found: dict[str, set[str]] = {"VERB": set(), "NOUN": set(), "ADJ": set(), "ADV": set()}
    for line in path.read_text(encoding="utf-8").splitlines():
        upos, lemma = line.split("\t")
        found[upos].add(lemma)
    return {upos: frozenset(lemmas) for upos, lemmas in found.items()}


@functools.cache
def encoder(folder: Path = MODEL_FOLDER) -> Encoder:
    """The encoder of a folder, loaded once in a process."""
    return Encoder(folder)


@functools.cache
def fingerprint(folder: Path = MODEL_FOLDER) -> str:
    """Twelve hexadecimal digits that stand for the model's files, for the manifest of a replication."""
    hashed = hashlib.sha256()
    for name in FILES:
        hashed.update((folder / name).read_bytes())
    return hashed.hexdigest()[:12]
