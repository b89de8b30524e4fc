"""A floor under the accuracy of coding: 150 sentences of our own that nothing was learned from.

Their form is that of `training/data/events` (training/events.py says it). A change that makes coding worse than
this fails; a better one raises the floor.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

from dragoman.evaluation import Score, score
from dragoman.pipeline import code
from dragoman.records import Article

SENTENCES = Path(__file__).parent / "data" / "coded_sentences.txt"
FINGERPRINT = "ddcca3f2a5ff"
LEAST = {"detect": 0.60, "dyad": 0.51}


def documents() -> list[tuple[str, list[str], list[dict[str, Any]]]]:
    """Date, sentences and coded events of each document."""
    found: list[tuple[str, list[str], list[dict[str, Any]]]] = []
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "D":
            found.append((rest, [], []))
        elif kind == "S":
            found[-1][1].append(rest)
        elif kind == "E":
            head, _, actor, recipient = (field.strip() for field in rest.split("|"))
            found[-1][2].append(
                {
                    "sent_text": found[-1][1][-1],
                    "type": head.split()[0],
                    "status": head.split()[1],
                    "actor": parties(actor),
                    "recipient": parties(recipient),
                }
            )
    return found


def parties(field: str) -> list[dict[str, str]]:
    return [{"text": re.sub(r"#\d$", "", party.strip())} for party in field.split(";") if party.strip()]


def measured() -> Score:
    wanted: list[dict[str, Any]] = []
    found: list[dict[str, Any]] = []
    for number, (day, sentences, events) in enumerate(documents()):
        coded = code(Article(f"floor-{number}", "\n".join(sentences), f"floor-{number}", published=day))
        wanted += events
        found += [
            {
                "sent_text": coded.sentences[int(event.sentence or 0)].text,
                "trigger": event.trigger,
                "type": event.type,
                "status": str(event.status),
                "actor": [{"text": party.text, "name": party.name} for party in event.actor],
                "recipient": [{"text": party.text, "name": party.name} for party in event.recipient],
            }
            for event in coded.events
        ]
    return score(wanted, found)


def test_the_sentences_are_the_ones_that_were_measured() -> None:
    assert sum(len(sentences) for _, sentences, _ in documents()) == 150
    assert hashlib.sha256(SENTENCES.read_bytes()).hexdigest()[:12] == FINGERPRINT


def test_coding_does_not_fall_below_its_floor() -> None:
    levels = measured().levels
    assert {level: round(levels[level].f1, 3) for level, least in LEAST.items() if levels[level].f1 < least} == {}
