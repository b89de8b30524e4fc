"""How well the shipped program codes: `python -m benchmarks.coding --gold DIR`. The last line is JSON."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import given_parties, manual, unseen
from benchmarks.arguments import at_hand
from dragoman.actors import knowledge, mentions_of
from dragoman.codebook import QUADS, quad_of
from dragoman.coding import code_article, frames, judge
from dragoman.encoder import encoder
from dragoman.evaluation import score
from dragoman.pipeline import code
from dragoman.reading import read_with_vectors
from dragoman.records import Article, Event, Sentence, article_id
from dragoman.records.exported import exported_event


def documents(gold: Path, part: str) -> Iterator[tuple[Article, list[dict[str, Any]]]]:
    """The gold documents of a part ("read" or "score"), a sentence a line, with their events."""
    for path in sorted((gold / part).glob("*.jsonl")):
        document = json.loads((gold / "docs" / f"{path.stem}.json").read_text(encoding="utf-8"))
        text = "\n".join(document["sentences"])
        article = Article(article_id(text, path.stem), text, path.stem, published=document["published"] or None)
        yield article, [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def records(gold: Path, part: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The gold events of a part, and those that the program finds in its documents."""
    wanted: list[dict[str, Any]] = []
    found: list[dict[str, Any]] = []
    for article, events in documents(gold, part):
        wanted += events
        found += coded(article)
    return wanted, found


def coded(article: Article) -> list[dict[str, Any]]:
    """The events that the program finds in an article, as it exports them."""
    found = code(article)
    sentences = {sentence.index: sentence for sentence in found.sentences}
    return [exported(event, article, sentences[int(event.sentence or 0)]) for event in found.events]


def exported(event: Event, article: Article, sentence: Sentence) -> dict[str, Any]:
    """An event as the program exports it, for the score."""
    return dict(exported_event(event, article, sentence, QUADS[quad_of(str(event.type))], None, None))


def confident_half(wanted: list[dict[str, Any]], found: list[dict[str, Any]]) -> float:
    """Dyad precision of the more confident half of the events found, against the gold ones."""
    ranked = sorted(found, key=lambda event: (-event["confidence"], event["id"]))
    result = score(wanted, ranked)
    wrong = {id(event) for event in result.extra}
    best = ranked[: len(ranked) // 2]
    return sum(id(event) not in wrong for event in best) / max(1, len(best))


def share_of_time(gold: Path) -> float:
    """How long coding takes, as a share of reading's time."""
    started = time.process_time()
    articles = [article for article, _ in documents(gold, "read")]
    read = [list(read_with_vectors(article)) for article in articles]
    reading = time.process_time() - started
    mentions = [mentions_of(a, [s for s, _ in r], knowledge()) for a, r in zip(articles, read, strict=True)]
    started = time.process_time()
    for article, sentences, found in zip(articles, read, mentions, strict=True):
        judgements = [judge(vectors, encoder()) for _, vectors in sentences]
        list(code_article(article, [s for s, _ in sentences], found, frames(), judgements))
    return (time.process_time() - started) / reading


def main() -> None:
    """Score everything and print the tables; the last line is JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=at_hand, required=True)
    parser.add_argument("--data", type=Path, required=True)
    given = parser.parse_args()
    figures: dict[str, float] = {}
    print(f"{'part':6} {'level':7} {'P':>6} {'R':>6} {'F1':>6}  matched/predicted/gold")
    for part in ("read", "score"):
        events = records(given.gold, part)
        result = score(*events)
        for level, found in result.levels.items():
            numbers = f"{found.precision:6.3f} {found.recall:6.3f} {found.f1:6.3f}"
            print(f"{part:6} {level:7} {numbers}  {found.matched}/{found.predicted}/{found.gold}")
            figures[f"{'read_' if part == 'read' else ''}{level}_f1"] = round(found.f1, 4)
        if part == "score":
            figures["confident_half_precision"] = round(confident_half(*events), 4)
            figures["dyad_precision"] = round(result.levels["dyad"].precision, 4)
            figures["status_f1"] = round(result.status_f1 or 0.0, 4)
            print(f"status macro-F1 {result.status_f1 or 0:.3f} over {dict(result.status_counts)}")
    figures |= given_parties.figures(given.data / "PLV_train.tsv")
    figures |= manual.figures(given.data / "PLOVER_GSR_CAMEO.txt")
    alarms = unseen.false_alarms(given.data)
    for event, sentence in alarms:
        sides = [" and ".join(party.text for party in side) or "-" for side in (event.actor, event.recipient)]
        print(f"false alarm? {event.confidence:.2f} {event.type} {sides[0]} > {sides[1]} ({event.frame}): {sentence}")
    figures["false_alarms_per_100"] = round(100 * len(alarms) / unseen.SENTENCES, 2)
    figures["frame_coverage"] = round(unseen.coverage(given.data), 4)
    print(f"coding takes {share_of_time(given.gold):.0%} of reading's time")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
