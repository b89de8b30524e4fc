# ruff: noqa: E501
"""How an archive grows: `python -m benchmarks.scale [--sizes 1000 10000 100000] [--report-up-to 1000]`.

Archives are generated, twenty events an article; opening, filtering, searching, the passes over the whole archive and
the report are measured at each size, in seconds of the processor. Growth from one size to the next is set beside that
of n log n. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from benchmarks.speed import PARTIES, PLACES, sentence
from dragoman.codebook import TYPES
from dragoman.records import (
    Actor,
    Article,
    CodedArticle,
    Entity,
    Event,
    Mention,
    Part,
    Party,
    Sentence,
    Status,
    Token,
    When,
    Where,
)

SENTENCES, EVENTS = 10, 20
DAYS = 365
SLACK = 1.5
"""Times the growth of n log n that is passed: measurements of small archives are dominated by what is constant."""


def coded_articles(number: int) -> Iterator[CodedArticle]:
    """Generated articles of ten sentences and twenty events, all of one seed; every tenth is a copy of another."""
    chance = random.Random(1)
    parties = [
        (f"party-{n}", f"{PARTIES[n % len(PARTIES)]} {n}", f"{'IRQ USA SYR RUS TUR'.split()[n % 5]} GOV")
        for n in range(2_000)
    ]
    before: list[str] = []
    for n in range(number):
        said = before if n % 10 == 9 else [sentence(chance) for _ in range(SENTENCES)]
        before = said
        yield _coded(f"{n:016x}", n, said, parties, chance)


def _coded(
    identity: str, n: int, said: list[str], parties: list[tuple[str, str, str]], chance: random.Random
) -> CodedArticle:
    day = (date(2020, 1, 1) + timedelta(n % DAYS)).isoformat()
    article = Article(
        identity, "\n".join(said), f"news.jsonl:{n + 1}", outlet=f"Outlet {n % 7}", published=day, title=said[0]
    )
    sentences, start = [], 0
    for index, text in enumerate(said):
        sentences.append(Sentence(identity, index, Part.BODY, start, start + len(text), text, *_parse(text, start)))
        start += len(text) + 1
    events = [_event(sentences[k % SENTENCES], k, day, parties, chance) for k in range(EVENTS)]
    mentions = [
        Mention(
            event.sentence or 0,
            party.start,
            party.end,
            party.text,
            party.start,
            "body",
            party.id,
            party.name,
            party.code,
            "named",
        )
        for event in events
        for party in (*event.actor, *event.recipient)
    ]
    actors = {
        party.id: Actor(str(party.id), party.name, "organisation", party.code[:3], ("GOV",))
        for event in events
        for party in event.actor
    }
    return CodedArticle(article, tuple(sentences), tuple(mentions), tuple(actors.values()), tuple(events))


def _parse(text: str, start: int) -> tuple[tuple[Token, ...], tuple[Entity, ...]]:
    tokens, place = [], 0
    for number, word in enumerate(text.split(" ")):
        tokens.append(
            Token(start + place, start + place + len(word), word, word.lower(), "NOUN", "", number - 1, "dep")
        )
        place += len(word) + 1
    return tuple(tokens), ()


def _event(within: Sentence, k: int, day: str, parties: list[tuple[str, str, str]], chance: random.Random) -> Event:
    def party() -> Party:
        # Some are in the news more than others.
        identity, name, code = parties[int(len(parties) * chance.random() ** 3)]
        return Party(within.text[:5], within.start, within.start + 5, identity, name, code, "named")

    token = within.tokens[k % len(within.tokens)]
    place = chance.choice(PLACES)
    return Event(
        id=f"{within.article}-{k}",
        article=within.article,
        sentence=within.index,
        trigger=token.text,
        trigger_start=token.start,
        trigger_end=token.end,
        type=chance.choice(list(TYPES)),
        mode=None,
        actor=(party(),),
        recipient=(party(),),
        status=Status.ACTUAL,
        when=When(day, day, "day", None, "publication"),
        where=Where(place, place, "IRQ", None, None, "place"),
        counts=(),
        said_by=None,
        frame="generated",
        confidence=0.9,
    )


def measured(path: Path, number: int, report: bool) -> dict[str, float]:
    """Seconds of the processor of each thing that is done with an archive of so many articles."""
    import dragoman
    from dragoman.archive import open_archive
    from dragoman.linking import link, near_copies
    from dragoman.pipeline import refresh
    from dragoman.report import write_report
    from dragoman.settings import load

    figures: dict[str, float] = {}

    def timed(name: str, do: Callable[[], object]) -> None:
        started = time.process_time()
        do()
        figures[name] = round(time.process_time() - started, 3)
        print(f"  {number:7} {name:20} {figures[name]:9.3f} s", file=sys.stderr, flush=True)

    with open_archive(path) as archive:
        articles = coded_articles(number)
        timed("keeping", lambda: [archive.keep(batch) for batch in iter(lambda: list(islice(articles, 50)), [])])
        timed("near-copies", lambda: near_copies(archive.articles()))
        told = archive.evidence(archive.reported_events())
        timed("linking", lambda: link(told, archive.actors(), archive.ties()))
        timed("all passes", lambda: refresh(archive, load({})))
    timed("opening", lambda: open_archive(path).counts())
    with dragoman.open(path) as opened:
        timed("events of a party", lambda: list(islice(opened.events(actor="party-7", since="2020-03"), 100)))
        timed("events of a place", lambda: list(islice(opened.events(place="Aleppo", type="ASSAULT"), 100)))
        timed("events of a month", lambda: list(islice(opened.events(since="2020-05", until="2020-05"), 100)))
        timed("searching", lambda: list(islice(opened.store.search('"people were killed" Aleppo'), 100)))
        if report:
            timed("report", lambda: write_report(opened, path.with_suffix(".html"), "Generated"))
    figures["megabytes"] = round(path.stat().st_size / 1e6, 1)
    figures["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return figures


def main() -> None:
    """Measure each size in a process of its own; the last line is JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--report-up-to", type=int, default=1_000, help="articles; the report is one page for people")
    parser.add_argument("--one", type=int, default=None, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(measured(Path(folder) / "scale.db", given.one, given.one <= given.report_up_to)))
        return
    figures = {}
    for size in given.sizes:
        call = [sys.executable, "-m", "benchmarks.scale", "--one", str(size), "--report-up-to", str(given.report_up_to)]
        figures[size] = json.loads(subprocess.run(call, check=True, stdout=subprocess.PIPE, text=True).stdout)
        print(
            f"{size:7} articles: " + ", ".join(f"{name} {value:g}" for name, value in figures[size].items()), flush=True
        )
    worse = [
        found for few, many in zip(given.sizes, given.sizes[1:], strict=False) for found in _worse(few, many, figures)
    ]
    for line in worse:
        print(line)
    print(json.dumps({"sizes": figures, "worse_than_n_log_n": len(worse)}))


def _worse(few: int, many: int, figures: dict[int, dict[str, float]]) -> Iterator[str]:
    """What grows faster than n log n from one size to the next."""
    allowed = SLACK * many * math.log(many) / (few * math.log(few))
    for name, before in figures[few].items():
        after = figures[many].get(name, 0)
        if after > 0.5 and after > allowed * before:
            yield f"{name} grows {after / max(before, 0.001):.0f} times from {few} to {many} articles; n log n grows {allowed / SLACK:.0f}"


if __name__ == "__main__":
    main()
