"""Contexts and modes on PLOVER's gold records: `python -m benchmarks.contexts --data DIR`. The last line is JSON.

A record is one sentence. Its contexts are compared with those of the events found in it: of those of
its type where there are any ("type right"), of all otherwise. Modes are compared where the type is right
and the record has a mode that PLOVER still has.
"""

from __future__ import annotations

import argparse
import json
import time
import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.arguments import at_hand
from dragoman.codebook import TYPES
from dragoman.coding import code_article, context_lexicon, frames, with_contexts
from dragoman.pipeline import code
from dragoman.records import Article, article_id

RECORDS = "PLOVER_GSR_CAMEO.txt"
OLDER = Path(__file__).parent / "data" / "older_names.toml"
REPEATS = 20


def contexts_of(record: Mapping[str, Any], names: Mapping[str, str]) -> set[str]:
    """The contexts of a record by their names of today."""
    old = (name.strip() for name in str(record.get("context") or "").split(","))
    return {names.get(name, name) for name in old if name not in ("", "None")} - {""}


def mode_of(record: Mapping[str, Any], kind: str, names: Mapping[str, Any]) -> str | None:
    """The mode of a record by its name of today, or None where its type has no such mode now."""
    old = str(record.get("mode") or "")
    mode = names.get(kind, {}).get(old) or names.get(old, old)
    return mode if mode in TYPES[kind].modes else None


def ratios(found: Counter[str], name: str) -> dict[str, float]:
    """Precision and recall of what was counted under a name."""
    right = found[f"{name} right"]
    return {
        f"{name}_precision": round(right / max(1, found[f"{name} given"]), 4),
        f"{name}_recall": round(right / max(1, found[f"{name} wanted"]), 4),
    }


def count(found: Counter[str], name: str, wanted: set[str], given: set[str]) -> None:
    """Count what is wanted, given, and both."""
    found.update({f"{name} wanted": len(wanted), f"{name} given": len(given), f"{name} right": len(wanted & given)})


def share(articles: list[Article]) -> float:
    """Time of finding contexts by the time of all reading and coding."""
    started = time.perf_counter()
    coded = [code(article) for article in articles]
    whole = time.perf_counter() - started
    lexicon = context_lexicon()
    bare = [(c, list(code_article(c.article, c.sentences, c.mentions, frames()))) for c in coded]
    started = time.perf_counter()
    for _ in range(REPEATS):
        for one, events in bare:
            list(with_contexts(one.article, one.sentences, events, lexicon))
    return (time.perf_counter() - started) / REPEATS / whole


def main() -> None:
    """Code every record and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    path = at_hand(parser.parse_args().data / RECORDS)
    names = tomllib.loads(OLDER.read_text(encoding="utf-8"))
    records = [r for r in json.loads(path.read_text(encoding="utf-8")) if r["event"] != "DOCUMENT"]
    found: Counter[str] = Counter()
    by_context: Counter[str] = Counter()
    for record in records:
        kind = names["types"].get(record["event"], record["event"])
        text = record["text"].strip()
        events = code(Article(article_id(text, record["id"]), text, record["id"])).events
        same = [event for event in events if event.type == kind]
        wanted = contexts_of(record, names["contexts"])
        given = {context for event in same or events for context in event.contexts}
        count(found, "all", wanted, given)
        by_context.update(f"{context} wanted" for context in wanted)
        by_context.update(f"{context} given" for context in given)
        by_context.update(f"{context} right" for context in wanted & given)
        if same:
            found["type right"] += 1
            count(found, "contexts", wanted, given)
            if mode := mode_of(record, kind, names["modes"]):
                count(found, "modes", {mode}, {event.mode for event in same if event.mode})
    print(f"{len(records)} records, the type right in {found['type right']}")
    print(f"{'context':24} wanted  given  right")
    for context in sorted({key.split()[0] for key in by_context}):
        print(
            f"{context:24}" + "".join(f"{by_context[f'{context} {what}']:7}" for what in ("wanted", "given", "right"))
        )
    for name in ("all", "contexts", "modes"):
        print(name, {what: found[f"{name} {what}"] for what in ("wanted", "given", "right")})
    text = "\n".join(record["text"].strip() for record in records)
    figures = ratios(found, "all") | ratios(found, "contexts") | ratios(found, "modes")
    print(json.dumps(figures | {"time_share": round(share([Article("records", text, RECORDS)]), 4)}))


if __name__ == "__main__":
    main()
