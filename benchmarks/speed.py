# ruff: noqa: E501
"""Articles a second and peak memory, from files to a kept archive, on one core: `python -m benchmarks.speed`.

The articles are made here, 700 words each and all different: sentences of political news with their
parties, places, dates and figures drawn anew for each from a fixed seed.
"""

from __future__ import annotations

import json
import os
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

ARTICLES = 60
WORDS = 700

PARTIES = (
    "the United States|Iran|Iraqi security forces|protesters|the Russian government|Turkish troops|Syrian rebels|the parliament|"
    "the Islamic State|French President Emmanuel Macron|Israel|the opposition|Kurdish fighters|the foreign ministry|"
    "Egyptian police|the Taliban|militants|Pakistan|the army|union leaders|the prime minister|UN envoys"
).split("|")
VERBS = (
    "accused {b} of breaking the ceasefire near {p}|attacked a convoy of {b} outside {p}|met {b} in {p} to discuss the dispute|"
    "called on {b} to withdraw from {p}|threatened to retaliate against {b} after the raid on {p}|released {n} prisoners held in {p}|"
    "arrested {n} supporters of {b} in {p}|killed at least {n} people when a market in {p} was shelled|promised aid worth ${n} million to {b}|"
    "rejected a proposal by {b} that would have opened the road to {p}|imposed sanctions on {b} over the fighting in {p}|"
    "marched through {p} to protest against {b}, {n} of them carrying flags|deployed {n} soldiers along the border near {p}"
).split("|")
PLACES = "Baghdad|Aleppo|Kyiv|Kabul|Cairo|Basra|Tripoli|Gaza|Peshawar|Mosul|Ankara|Tehran|Beirut|Khartoum|Sanaa|Donetsk|Erbil|Homs".split(
    "|"
)
DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday".split("|")
FRAMES = (
    "On {d}, {a} {v}.|{A} {v}, according to officials who spoke on condition of anonymity.|Witnesses in the city said that {a} {v} on {d}.|"
    "Analysts had warned for months that the crisis would deepen, and on {d} {a} {v}.|"
    "Local residents described long queues, empty shops and a mood of resignation as {a} {v}."
).split("|")


def sentence(generator: random.Random) -> str:
    """One sentence of news."""
    actor, other = generator.sample(PARTIES, 2)
    verb = generator.choice(VERBS).format(b=other, p=generator.choice(PLACES), n=generator.randint(2, 900))
    return generator.choice(FRAMES).format(a=actor, A=actor[0].upper() + actor[1:], v=verb, d=generator.choice(DAYS))


def article(generator: random.Random) -> str:
    """One article of about `WORDS` words."""
    sentences: list[str] = []
    count = 0
    while count < WORDS:
        sentences.append(sentence(generator))
        count += len(sentences[-1].split())
    return "\n".join(" ".join(sentences[i : i + 4]) for i in range(0, len(sentences), 4))


def main() -> None:
    """Read generated articles on one core; the last line is JSON."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    import dragoman

    generator = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "articles.jsonl"
        with source.open("w", encoding="utf-8") as file:
            for number in range(ARTICLES):
                record = {
                    "id": str(number),
                    "title": "",
                    "text": article(generator),
                    "published": f"2020-01-{number % 28 + 1:02}",
                }
                file.write(json.dumps(record | {"outlet": f"Outlet {number % 5}"}) + "\n")
        with dragoman.open(Path(folder) / "warm.db") as archive:
            archive.read([_first_line(source)])
        started = time.perf_counter()
        with dragoman.open(Path(folder) / "speed.db") as archive:
            summary = archive.read([source])
        seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
    figures = {
        "articles_per_second": round(summary.read / seconds, 2),
        "sentences_per_second": round(summary.sentences / seconds, 1),
        "peak_mb": round(peak),
    }
    print(
        f"{summary.read} articles of {WORDS} words, {summary.sentences} sentences, {summary.events} events in {seconds:.1f} s on one core"
    )
    print(json.dumps(figures))


def _first_line(source: Path) -> Path:
    warm = source.with_name("warm.jsonl")
    warm.write_text(source.read_text(encoding="utf-8").split("\n", 1)[0] + "\n", encoding="utf-8")
    return warm


if __name__ == "__main__":
    main()
