"""Scoring of coded events against gold, by the codebook's rules ("Scoring").

One-to-one inside a sentence. detect: same sentence and type. dyad: and both sides agree (gold names
nobody there, or one member of each side is the same party by its words). strict: all members of both
sides have their partner and none is extra. Where gold has no recipient, the parties of CONSULT,
COOPERATE, AGREE and ASSAULT may stand on either side.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ..names import fold

__all__ = ["Figures", "Score", "dyad_matches", "same_party", "score"]

Record = Mapping[str, Any]
EITHER_SIDE = frozenset(("CONSULT", "COOPERATE", "AGREE", "ASSAULT"))
LEVELS = ("detect", "dyad", "strict")


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall and F1 (0 to 1), with the numbers behind them."""

    precision: float
    recall: float
    f1: float
    matched: int
    predicted: int
    gold: int


@dataclass(frozen=True, slots=True)
class Score:
    """Figures by level, the macro-F1 of status on the dyad matches, and what did not match."""

    levels: Mapping[str, Figures]
    status_f1: float | None
    status_counts: Mapping[str, int]
    missed: tuple[Record, ...]
    extra: tuple[Record, ...]


@cache
def _tables() -> Mapping[str, Any]:
    with (Path(__file__).parent / "same_words.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _words(text: str) -> frozenset[str]:
    """Content words of a party's text, with words for the same nation or crowd made one."""
    tables = _tables()
    plain = fold(re.sub(r"['’]s\b", "", text)).replace("united states", "usa")
    groups = {word: f"={number}" for number, group in enumerate(tables["groups"]) for word in group}
    kept = (word for word in plain.split() if len(word) > 1 and word not in tables["ignored"])
    return frozenset(groups.get(word, word) for word in kept)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and len(one & other) / len(one | other) >= 0.5


def same_party(predicted: Record, gold: Record) -> bool:
    """Whether two parties (`text`, `name`) are the same by their words; a code is not looked at."""
    ours = [_words(predicted.get(key) or "") for key in ("text", "name")]
    theirs = [_words(gold.get(key) or "") for key in ("text", "name")]
    if any(_alike(a, b) for a in ours for b in theirs):
        return True
    return bool(theirs[0]) and theirs[0] <= ours[0] and len(ours[0] - theirs[0]) <= 3


def _side_agrees(predicted: Sequence[Record], gold: Sequence[Record], strict: bool) -> bool:
    if not gold:
        return not predicted if strict else True
    if not strict:
        return any(same_party(p, g) for p in predicted for g in gold)
    return all(any(same_party(p, g) for p in predicted) for g in gold) and all(
        any(same_party(p, g) for g in gold) for p in predicted
    )


def _sides(record: Record) -> tuple[list[Record], list[Record]]:
    return list(record.get("actor") or []), list(record.get("recipient") or [])


def _agrees(level: str, predicted: Record, gold: Record) -> bool:
    if predicted["type"] != gold["type"]:
        return False
    if level == "detect":
        return True
    strict = level == "strict"
    (actor, recipient), (gold_actor, gold_recipient) = _sides(predicted), _sides(gold)
    if _side_agrees(actor, gold_actor, strict) and _side_agrees(recipient, gold_recipient, strict):
        return True
    free = gold["type"] in EITHER_SIDE and not gold_recipient
    return free and _side_agrees(actor + recipient, gold_actor, strict)


def _sentence_key(record: Record) -> str:
    text = record.get("sent_text")
    if text is None:
        sentence = record.get("sentence")
        text = sentence.get("text", "") if isinstance(sentence, Mapping) else sentence or ""
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _trigger(record: Record) -> frozenset[str]:
    trigger = record.get("trigger")
    return _words((trigger.get("text") if isinstance(trigger, Mapping) else trigger) or "")


def _by_sentence(gold: Sequence[Record], predicted: Sequence[Record]) -> dict[str, tuple[list[Record], list[Record]]]:
    """Records by sentence; a predicted sentence that holds a gold one, or is held by it, joins it."""
    found: dict[str, tuple[list[Record], list[Record]]] = defaultdict(lambda: ([], []))
    for record in gold:
        found[_sentence_key(record)][0].append(record)
    keys = list(found)
    for record in predicted:
        key = _sentence_key(record)
        if key not in found and len(key) > 25:
            key = next((known for known in keys if key in known or known in key), key)
        found[key][1].append(record)
    return found


def _pairs(level: str, gold: Sequence[Record], predicted: Sequence[Record]) -> list[tuple[Record, Record]]:
    """One-to-one pairs (predicted, gold); gold events with most parties choose first, the best partner each."""
    left, pairs = list(predicted), []
    for wanted in sorted(gold, key=lambda g: -sum(map(len, _sides(g)))):
        able = [p for p in left if _agrees(level, p, wanted)]
        if able:
            best = max(
                able,
                key=lambda p: (
                    _agrees("strict", p, wanted),
                    _agrees("dyad", p, wanted),
                    bool(_trigger(p) & _trigger(wanted)),
                ),
            )
            left.remove(best)
            pairs.append((best, wanted))
    return pairs


def _figures(matched: int, predicted: int, gold: int) -> Figures:
    precision = matched / predicted if predicted else 0.0
    recall = matched / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Figures(precision, recall, f1, matched, predicted, gold)


def dyad_matches(gold: Sequence[Record], predicted: Sequence[Record]) -> list[tuple[Record, Record]]:
    """The pairs (predicted, gold) that match at dyad level, sentence by sentence."""
    by_sentence = sorted(_by_sentence(gold, predicted).items())
    return [pair for _, (wanted, found) in by_sentence for pair in _pairs("dyad", wanted, found)]


def score(gold: Sequence[Record], predicted: Sequence[Record]) -> Score:
    """Score predicted events (as exported) against gold events (codebook, "Gold format")."""
    matched: Counter[str] = Counter()
    statuses: Counter[tuple[str, str]] = Counter()
    missed: list[Record] = []
    extra: list[Record] = []
    for _, (wanted, found) in sorted(_by_sentence(gold, predicted).items()):
        for level in LEVELS:
            pairs = _pairs(level, wanted, found)
            matched[level] += len(pairs)
            if level == "dyad":
                hit = {id(record) for pair in pairs for record in pair}
                missed += [record for record in wanted if id(record) not in hit]
                extra += [record for record in found if id(record) not in hit]
                statuses.update((g.get("status") or "actual", p.get("status") or "actual") for p, g in pairs)
    levels = {level: _figures(matched[level], len(predicted), len(gold)) for level in LEVELS}
    return Score(levels, _macro_f1(statuses), Counter(g for g, _ in statuses.elements()), tuple(missed), tuple(extra))


def _macro_f1(statuses: Counter[tuple[str, str]]) -> float | None:
    classes = sorted({gold for gold, _ in statuses})
    if not classes:
        return None
    each = [
        _figures(
            statuses[(name, name)],
            sum(n for (_, p), n in statuses.items() if p == name),
            sum(n for (g, _), n in statuses.items() if g == name),
        ).f1
        for name in classes
    ]
    return sum(each) / len(each)
