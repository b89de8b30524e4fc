# ruff: noqa: E501
"""Articles a second and peak memory, from files to a kept archive, on one core: `python -m benchmarks.speed`.

`--jobs 2` compares with two jobs, `--memory 100 5000` gives the peak memory of reading so many articles.

The articles are made here, 700 words each and all different: sentences of political news with their
parties, places, dates and figures drawn anew for each from a fixed seed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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


STAGES = {
    "dragoman.pipeline.code": "coding",
    "dragoman.pipeline._understood": "reading",
    "dragoman.encoder.session.Encoder.score": "network",
    "dragoman.encoder.session.Encoder.events": "coding",
    "dragoman.encoder.session.Encoder.relations": "network",
    "dragoman.encoder.session.Encoder.roles": "network",
    "dragoman.pipeline.mentions_of": "actors",
    "dragoman.pipeline.code_stories": "ties, shifts, causes",
    "dragoman.archive.store.Archive.keep": "keeping",
    "dragoman.pipeline.refresh": "whole archive",
}
"""The functions that are watched, and the stage that each belongs to; opening files is a process of its own."""


def written(folder: Path, number: int) -> Path:
    """A file of so many articles."""
    source, generator = folder / f"articles-{number}.jsonl", random.Random(1)
    with source.open("w", encoding="utf-8") as file:
        for one in range(number):
            day = f"2020-{one % 12 + 1:02}-{one % 28 + 1:02}"
            record = {"id": str(one), "title": "", "text": article(generator), "published": day}
            file.write(json.dumps(record | {"outlet": f"Outlet {one % 5}"}) + "\n")
    return source


def main() -> None:
    """Read generated articles on one core; then with two jobs where asked; the last line is JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--jobs", type=int, default=0, help="compare one job with so many, on all cores")
    parser.add_argument("--memory", type=int, nargs="*", default=[], help="peak memory of reading so many articles")
    parser.add_argument("--one", type=int, nargs=2, default=None, help=argparse.SUPPRESS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        if given.one:
            print(json.dumps(whole(folder, *given.one)))
            return
        figures: dict[str, object] = {}
        if given.jobs:
            figures |= compared(given.articles, given.jobs)
        for number in given.memory:
            figures[f"peak_mb_{number}"] = alone(number, 1)["peak_mb"]
        if not given.jobs and not given.memory:
            figures |= on_one_core(folder, given.articles)
    print(json.dumps(figures))


def on_one_core(folder: Path, number: int) -> dict[str, float]:
    """Articles a second, where the time goes, and how far it is from the encoder's arithmetic."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    import dragoman
    from benchmarks.reading_time import floor, spent_in
    from dragoman.encoder import encoder
    from dragoman.intake.confined import end_all

    with dragoman.open(folder / "warm.db") as archive:
        archive.read([written(folder, 1)])
    source, others = written(folder, number), seconds_of_others()
    with dragoman.open(folder / "speed.db") as archive:
        started, worked = time.perf_counter(), time.process_time()
        spent = spent_in(STAGES, lambda: archive.read([source]))
        seconds, own = time.perf_counter() - started, time.process_time() - worked
        end_all()
        spent["opening"] = seconds_of_others() - others
        read = [sentence for one in archive.articles() for sentence in archive.sentences(one.id)]
        events = archive.store.counts()["events"]
    total = own + spent["opening"]
    least = floor([encoder().length([token.text for token in sentence.tokens]) for sentence in read])["seconds"]
    print(
        f"{number} articles of {WORDS} words, {len(read)} sentences, {events} events in {seconds:.1f} s on one core, "
        f"{total:.1f} s of the processor"
    )
    print(", ".join(f"{stage} {one / total:.1%}" for stage, one in sorted(spent.items(), key=lambda item: -item[1])))
    print(
        f"the encoder's arithmetic takes at least {least:.1f} s ({least / total:.0%}); {total / least:.1f} times that is taken"
    )
    return {
        "articles_per_second": round(number / seconds, 2),
        "articles_per_processor_second": round(number / total, 2),
        "sentences_per_second": round(len(read) / seconds, 1),
        "network_share": round(spent["network"] / total, 3),
        "floor_share": round(least / total, 3),
        "peak_mb": peak(),
    }


def compared(number: int, jobs: int) -> dict[str, float]:
    """How many times faster several jobs are than one, whole runs on all cores, and whether both keep the same."""
    one, many = alone(number, 1), alone(number, jobs)
    faster = one["seconds"] / many["seconds"]
    print(
        f"{number} articles: one job {one['seconds']:.1f} s, {jobs} jobs {many['seconds']:.1f} s, {faster:.2f} times as fast"
    )
    return {"times_faster": round(faster, 2), "same": one["events"] == many["events"]}


def alone(number: int, jobs: int) -> dict[str, float]:
    """What reading so many articles takes in a process of its own."""
    call = [sys.executable, "-m", "benchmarks.speed", "--one", str(number), str(jobs)]
    found: dict[str, float] = json.loads(subprocess.run(call, check=True, stdout=subprocess.PIPE, text=True).stdout)
    return found


def whole(folder: Path, number: int, jobs: int) -> dict[str, float]:
    """Seconds by the clock and peak memory of a whole run, all that is loaded included."""
    source, started = written(folder, number), time.perf_counter()
    import dragoman

    with dragoman.open(folder / "whole.db") as archive:
        summary = archive.read([source], jobs=jobs)
    return {"seconds": time.perf_counter() - started, "events": summary.events, "peak_mb": peak()}


def peak() -> int:
    """The most memory that this process has held, in megabytes."""
    return round(
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
    )


def seconds_of_others() -> float:
    """Seconds of the processor of the processes that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
