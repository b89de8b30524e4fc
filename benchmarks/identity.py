"""A sentence's reading is its own: `python -m benchmarks.identity --data DIR [--model DIR] [--sentences NUMBER]`.

The sentences of the train files are read as the lines of articles of forty, in a worker process; in another
order, in articles of twenty-five, in two worker processes; and every sentence that was found there alone.
Everything that reading says of it, the vectors to their last bit, must be the same. (Where a sentence ends
may depend on the lines around it: the splitter looks at them.)
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import random
from collections.abc import Sequence
from dataclasses import astuple, replace
from functools import partial
from itertools import chain
from pathlib import Path

from benchmarks.arguments import at_hand
from dragoman.encoder import MODEL_FOLDER, Vectors, encoder
from dragoman.reading import read_sentence, read_with_vectors
from dragoman.records import Article, Sentence
from training.treebanks import read_conllu

SENTENCES = 20_000
FILES = ("en_ewt-train", "en_gum-train")
SEED = 1

Read = tuple[str, bytes]
"""A sentence's text, and the digest of what reading says of it."""


def texts(data: Path, count: int) -> list[str]:
    """The texts of the train files' sentences; where there are too few, the first of them again in capitals."""
    found = [s.text for file in FILES for s in read_conllu(data / "ud" / f"{file}.conllu.gz")]
    return (found + [text.upper() for text in found])[:count]


def digest(sentence: Sentence, pieces: Sequence[Vectors]) -> bytes:
    """A hash of the records of a sentence, with offsets from its start, of the vectors beside them, and of what the
    network makes of those."""
    start = sentence.start
    tokens = tuple(replace(t, start=t.start - start, end=t.end - start) for t in sentence.tokens)
    moved = replace(sentence, index=0, start=0, end=sentence.end - start, tokens=tokens)
    hashed = hashlib.sha256(repr(moved).encode())
    for vectors in (*pieces, encoder().events(pieces)):
        for array in astuple(vectors):
            hashed.update(array.tobytes())
    return hashed.digest()


def article(lines: Sequence[str], folder: Path) -> list[Read]:
    """The sentences that are found in the lines as one article."""
    read = read_with_vectors(Article("", "\n".join(lines), ""), encoder(folder))
    return [(sentence.text, digest(sentence, vectors)) for sentence, vectors in read]


def in_articles(lines: Sequence[str], size: int, workers: int, folder: Path) -> list[Read]:
    """The sentences that are found in the lines as articles of `size` of them, read by worker processes."""
    articles = [lines[i : i + size] for i in range(0, len(lines), size)]
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        return list(chain.from_iterable(pool.map(partial(article, folder=folder), articles)))


def main() -> None:
    """Read in company and alone, and compare; the last line is JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=at_hand, required=True)
    parser.add_argument("--model", type=Path, default=MODEL_FOLDER)
    parser.add_argument("--sentences", type=int, default=SENTENCES)
    given = parser.parse_args()
    lines = texts(given.data, given.sentences)
    readings = {
        "in articles of forty, one worker": in_articles(lines, 40, 1, given.model),
        "in another order, articles of 25, two workers": in_articles(
            random.Random(SEED).sample(lines, len(lines)), 25, 2, given.model
        ),
    }
    found = dict.fromkeys(text for reading in readings.values() for text, _ in reading)
    alone = {text: digest(*read_sentence(text, encoder(given.model))) for text in found}
    unlike: set[str] = set()
    for name, reading in readings.items():
        differing = [text for text, hashed in reading if alone[text] != hashed]
        print(f"{name}: {len(reading)} sentences, {len(differing)} read otherwise than alone")
        unlike.update(differing)
    print(json.dumps({"sentences": min(map(len, readings.values())), "different": len(unlike)}))


if __name__ == "__main__":
    main()
