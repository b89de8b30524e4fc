"""A sentence's reading is its own: `python -m benchmarks.identity --data DIR [--model DIR] [--sentences NUMBER]`.

The texts of the sentences in the train files are read alone, a text an article; then as the lines of
articles of forty, in a worker process; then in another order, in articles of twenty-five, in two worker processes.
Everything that reading says of a text, the vectors to their last bit, must be the same each time.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import random
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import astuple, replace
from functools import partial
from itertools import accumulate, chain
from pathlib import Path

from dragoman.encoder import MODEL_FOLDER, encoder
from dragoman.reading import read_with_vectors
from dragoman.records import Article
from training.treebanks import read_conllu

SENTENCES = 20_000
FILES = ("en_ewt-train", "en_gum-train")
SEED = 1


def texts(data: Path, count: int) -> list[str]:
    """The texts of the train files' sentences; where there are too few, the first of them again in capitals."""
    found = [s.text for file in FILES for s in read_conllu(data / "ud" / f"{file}.conllu.gz")]
    return (found + [text.upper() for text in found])[:count]


def digests(lines: Sequence[str], folder: Path) -> list[bytes]:
    """What reading says of each line of an article, as a hash: records with offsets from the line, and vectors."""
    starts = list(accumulate((len(line) + 1 for line in lines[:-1]), initial=0))
    hashed = [hashlib.sha256() for _ in lines]
    for sentence, vectors in read_with_vectors(Article("", "\n".join(lines), ""), encoder(folder)):
        line = bisect_right(starts, sentence.start) - 1
        start = starts[line]
        tokens = tuple(replace(t, start=t.start - start, end=t.end - start) for t in sentence.tokens)
        moved = replace(sentence, index=0, start=sentence.start - start, end=sentence.end - start, tokens=tokens)
        hashed[line].update(repr(moved).encode())
        for array in astuple(vectors):
            hashed[line].update(array.tobytes())
    return [each.digest() for each in hashed]


def in_articles(lines: Sequence[str], size: int, workers: int, folder: Path) -> list[bytes]:
    """The digests of lines read as articles of `size` of them by worker processes."""
    articles = [lines[i : i + size] for i in range(0, len(lines), size)]
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        return list(chain.from_iterable(pool.map(partial(digests, folder=folder), articles)))


def main() -> None:
    """Read three times and compare; the last line is JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=MODEL_FOLDER)
    parser.add_argument("--sentences", type=int, default=SENTENCES)
    given = parser.parse_args()
    if not given.data.exists():
        raise SystemExit(f"The treebanks in {given.data} are not here; there is nothing to read.")
    lines = texts(given.data, given.sentences)
    alone = [digests([line], given.model)[0] for line in lines]
    together = in_articles(lines, 40, 1, given.model)
    order = random.Random(SEED).sample(range(len(lines)), len(lines))
    shuffled = in_articles([lines[i] for i in order], 25, 2, given.model)
    elsewhere = dict(zip(order, shuffled, strict=True))
    different = set()
    for name, again in (("articles of forty, one worker", together), ("another order, two workers", elsewhere)):
        unlike = {i for i, digest in enumerate(alone) if again[i] != digest}
        print(f"{name:32} {len(unlike)} of {len(lines)} unlike the sentence alone")
        different |= unlike
    print(json.dumps({"sentences": len(lines), "different": len(different)}))


if __name__ == "__main__":
    main()
