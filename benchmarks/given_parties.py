"""The type of what one given party does to another: PLV_train, a test set alone (Hu et al., ACL 2024)."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from dragoman.codebook import quad_of
from dragoman.coding import judge, type_between
from dragoman.encoder import encoder
from dragoman.reading import read_sentence

YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
MARK = re.compile(r"</?[st]>")


def spans(marked: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """The sentence without its marks, and where source ("s") and target ("t") stand in it; a few rows lack one."""
    text, found, position = "", {}, 0
    for mark in MARK.finditer(marked):
        text += marked[position : mark.start()]
        position = mark.end()
        side = mark.group().strip("</>")
        found[side] = (len(text), -1) if "/" not in mark.group() else (found[side][0], len(text))
    return text + marked[position:], found


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """Macro-F1 of (gold, predicted) classes over the gold's classes."""
    counts, gold, predicted = Counter(pairs), Counter(g for g, _ in pairs), Counter(p for _, p in pairs)
    return sum(2 * counts[c, c] / (gold[c] + predicted[c]) for c in gold) / len(gold)


def figures(path: Path) -> dict[str, float]:
    """Macro-F1 of conflict against cooperation, of the four quads, and of the fifteen root classes."""
    quads, roots = [], []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            text, sides = spans(row["marked_sentence"])
            sentence, vectors = read_sentence(text)
            source, target = (
                [i for i, t in enumerate(sentence.tokens) if start < t.end and t.start < end]
                for start, end in (sides.get("s", (0, 0)), sides.get("t", (0, 0)))
            )
            kind = type_between(judge(vectors, encoder()), source, target)
            quads.append((row["gold_penta"], str(quad_of(kind))))
            roots.append((row["gold_root"], YIELD.get(kind, kind)))
    binary = [(str(int(gold) > 2), str(int(found) > 2)) for gold, found in quads]
    return {
        "plv_binary": round(macro_f1(binary), 4),
        "plv_quad": round(macro_f1(quads), 4),
        "plv_root": round(macro_f1(roots), 4),
    }
