"""Fit the weights of confidence: `python -m training.confidence GOLD... --to src/dragoman/coding/confidence.toml`.

Each GOLD is a folder in the form of the gold (docs/NAME.json, read/NAME.jsonl) that neither the frames nor the
network were made from. Right is an event that matches a coded one at dyad level (codebook, "Scoring").
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.coding import documents, exported
from dragoman.actors import knowledge, mentions_of
from dragoman.coding.confidence import signs_of
from dragoman.coding.events import coded_fits
from dragoman.coding.frames import frames
from dragoman.coding.judgement import judge
from dragoman.encoder import encoder
from dragoman.evaluation import score
from dragoman.reading import read_with_vectors

RIDGE = 1.0


def observed(folder: Path, with_network: bool) -> Iterator[tuple[dict[str, float], bool]]:
    """The signs of every event that the program codes in a folder's documents, and whether it is right."""
    for article, gold in documents(folder, "read"):
        read = list(read_with_vectors(article))
        mentions = mentions_of(article, [sentence for sentence, _ in read], knowledge())
        signs, records = [], []
        for sentence, vectors in read:
            inside = [mention for mention in mentions if mention.sentence == sentence.index]
            judgement = judge(vectors, encoder()) if with_network else None
            for event, fit in coded_fits(article, sentence, inside, frames(), judgement)[0]:
                signs.append(signs_of(fit, event.actor, event.recipient))
                records.append(exported(event, article, sentence))
        wrong = {id(record) for record in score(gold, records).extra}
        yield from ((sign, id(record) not in wrong) for sign, record in zip(signs, records, strict=True))


def fitted(rows: list[tuple[dict[str, float], bool]]) -> dict[str, float]:
    """The weights of a logistic regression with a ridge, by Newton's method."""
    names = sorted({name for signs, _ in rows for name in signs})
    x = np.array([[1.0, *(signs.get(name, 0.0) for name in names)] for signs, _ in rows])
    y = np.array([right for _, right in rows], float)
    weights = np.zeros(x.shape[1])
    ridge = np.full(x.shape[1], RIDGE)
    ridge[0] = 0.0
    for _ in range(50):
        chance = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (y - chance) - ridge * weights
        curve = (x * (chance * (1 - chance))[:, None]).T @ x + np.diag(ridge)
        weights += np.linalg.solve(curve, slope)
    return dict(zip(["constant", *names], weights.round(3).tolist(), strict=True))


def main() -> None:
    """Fit with the network and without, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--to", type=Path, required=True)
    given = parser.parse_args()
    lines = ["# The weights of confidence, made by training/confidence.py: log odds a sign (coding/confidence.py).\n"]
    for table, with_network in (("with_network", True), ("frames_alone", False)):
        rows = [row for folder in given.gold for row in observed(folder, with_network)]
        print(table, len(rows), "events,", sum(right for _, right in rows), "right")
        lines.append(f"\n[{table}]\n")
        lines += [f"{name} = {json.dumps(weight)}\n" for name, weight in fitted(rows).items()]
    given.to.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
