"""How well the shipped program codes: `python -m benchmarks.coding --gold DIR`. The last line is JSON."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dragoman.codebook import QUADS, quad_of
from dragoman.evaluation import Score, score
from dragoman.pipeline import code
from dragoman.records import Article, Event, Sentence, article_id
from dragoman.records.exported import exported_event


def documents(gold: Path, part: str) -> Iterator[tuple[Article, list[dict[str, Any]]]]:
    """The gold documents of a part ("read" or "score"), a sentence a line, with their events."""
    for path in sorted((gold / part).glob("*.jsonl")):
        document = json.loads((gold / "docs" / f"{path.stem}.json").read_text(encoding="utf-8"))
        text = "\n".join(document["sentences"])
        article = Article(article_id(text, path.stem), text, path.stem, published=document["published"] or None)
        yield article, [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def scored(gold: Path, part: str) -> Score:
    """The score of a part."""
    wanted: list[dict[str, Any]] = []
    found: list[dict[str, Any]] = []
    for article, events in documents(gold, part):
        coded = code(article)
        sentences = {sentence.index: sentence for sentence in coded.sentences}
        wanted += events
        found += [exported(event, article, sentences[int(event.sentence or 0)]) for event in coded.events]
    return score(wanted, found)


def exported(event: Event, article: Article, sentence: Sentence) -> dict[str, Any]:
    """An event as the program exports it, for the score."""
    return dict(exported_event(event, article, sentence, QUADS[quad_of(str(event.type))], None, None))


def main() -> None:
    """Score both parts and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=None)
    given = parser.parse_args()
    if not given.gold.exists():
        raise SystemExit(f"The gold in {given.gold} is not here; there is nothing to measure against.")
    figures: dict[str, float] = {}
    print(f"{'part':6} {'level':7} {'P':>6} {'R':>6} {'F1':>6}  matched/predicted/gold")
    for part in ("read", "score"):
        result = scored(given.gold, part)
        for level, found in result.levels.items():
            numbers = f"{found.precision:6.3f} {found.recall:6.3f} {found.f1:6.3f}"
            print(f"{part:6} {level:7} {numbers}  {found.matched}/{found.predicted}/{found.gold}")
            figures[f"{'read_' if part == 'read' else ''}{level}_f1"] = round(found.f1, 4)
        if part == "score":
            figures["dyad_precision"] = round(result.levels["dyad"].precision, 4)
            figures["status_f1"] = round(result.status_f1 or 0.0, 4)
            print(f"status macro-F1 {result.status_f1 or 0:.3f} over {dict(result.status_counts)}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
