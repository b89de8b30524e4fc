"""The one ONNX session: words of a sentence in, scores and vectors out.

The model runs one sentence at a time, on one thread, without padding: a sentence's scores depend
on nothing but the sentence.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from ..errors import ModelError
from .shapes import shapes_of
from .subwords import Subwords

__all__ = ["MODEL_FOLDER", "MOST_SUBWORDS", "Encoder", "Labels", "Scores", "encoder", "fingerprint"]

MODEL_FOLDER = Path(__file__).parent / "model"
MOST_SUBWORDS = 500
"""A sentence of more subwords than this must be cut before it comes here (positions end at 512)."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Labels:
    """The label inventories of the model, in the order of its scores."""

    upos: tuple[str, ...]
    features: tuple[str, ...]
    scripts: tuple[str, ...]
    relations: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """What the model says of a sentence of n words; raw scores, higher is likelier.

    `arcs[d, h]` scores head h (0 is the root, h the h-th word) for word d + 1; `relations[d, h]` is
    the number of the best relation between the two ("root" apart). `vectors` [n + 1, 384] are the encoder's
    last layer at [CLS] and at each word; `meaning` [384] is its mean over the sentence.
    """

    upos: Floats
    features: Floats
    scripts: Floats
    names: Floats
    arcs: Floats
    relations: Floats
    vectors: Floats
    meaning: Floats


class Encoder:
    """The loaded model with its tokenizer and labels."""

    def __init__(self, folder: Path) -> None:
        """Load `model.onnx`, `labels.json`, `lemmas.txt` and `tokenizer.json` from a folder.

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
            self._session = onnxruntime.InferenceSession(
                str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except Exception as problem:
            message = f"The language model in {folder} cannot be loaded ({problem}). Install the package again."
            raise ModelError("M001", message) from problem
        self._outputs = [output.name for output in self._session.get_outputs()]
        cuts = np.cumsum([len(self.labels.upos), len(self.labels.features)])
        self._tag_cuts = cuts.tolist()

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
        out = dict(zip(self._outputs, self._session.run(None, inputs), strict=True))
        upos, features, scripts = np.split(out["tags"][1:], self._tag_cuts, axis=1)
        return Scores(
            upos,
            features,
            scripts,
            out["names"][1:],
            out["arcs"][1:],
            out["relations"][1:],
            out["vectors"],
            out["meaning"],
        )


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
    for name in ("model.onnx", "labels.json", "lemmas.txt", "tokenizer.json"):
        hashed.update((folder / name).read_bytes())
    return hashed.hexdigest()[:12]
