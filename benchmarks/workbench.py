"""Times of the workbench's pages on a large archive: 5,000 generated articles, 100,000 events.

Each page is asked for `--times` times, through the application itself: once as soon as the workbench has started, while
its figures are computed, and then again and again. A page's time is the median of these; the first beside it is that
of the very first request after everything is there, and early that of the one right after the start. The processor's
time says more where other programs share the machine. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from starlette.testclient import TestClient

from dragoman.archive import open_archive
from dragoman.codebook import TYPES
from dragoman.geography import countries
from dragoman.linking import link
from dragoman.records import (
    Actor,
    Article,
    CodedArticle,
    Count,
    Event,
    Part,
    Party,
    Sentence,
    Speaker,
    Status,
    When,
    Where,
    article_id,
    event_id,
)
from dragoman.workbench import application
from dragoman.workbench.choosing import COLUMNS

HOST = "127.0.0.1:8765"
ARTICLES = 5_000
EVENTS_EACH = 20
SENTENCES_EACH = 28
FIRST = date(2015, 1, 1)
DAYS = 2_000
OUTLETS = 60
ACTORS = 1_500
PLACES = 400
LONGEST_WAIT = 180
SECTORS = ("GOV", "MIL", "CVL", "REB", "OPP", "COP", "LEG", "")
VERBS = ("attacked", "met", "accused", "praised", "warned", "arrested", "aided", "sanctioned", "refused", "threatened")
FILLERS = "officials residents markets bridges talks roads weather prices crowds schools reports elections".split()


def coded(number: int, draw: random.Random, actors: list[Actor], places: list[Where]) -> CodedArticle:
    """One article of made-up sentences, most of which hold an event between two parties."""
    outlet = f"Outlet {draw.randrange(OUTLETS)}"
    published = FIRST + timedelta(days=draw.randrange(DAYS))
    pieces = [_sentence(draw, actors, places, index < EVENTS_EACH) for index in range(SENTENCES_EACH)]
    draw.shuffle(pieces)
    text = " ".join(words for words, *_ in pieces)
    identity = article_id(f"{number} {text}", outlet)
    sentences, events, start = [], [], 0
    for index, (words, one, verb, other, place) in enumerate(pieces):
        end = start + len(words)
        part = Part.TITLE if index == 0 else Part.BODY
        sentences.append(Sentence(identity, index, part, start, end, words, (), ()))
        if one is not None and other is not None:
            at = start + words.index(verb)
            day = published - timedelta(days=draw.randrange(4))
            events.append(_event(draw, identity, index, (at, at + len(verb), verb), (one, other), day, place, start))
        start = end + 1
    article = Article(
        identity, text, f"file-{number}.txt", title=pieces[0][0], outlet=outlet, published=published.isoformat(),
        published_basis="the words of the text" if number % 20 == 0 else "page",
    )  # fmt: skip
    return CodedArticle(article, tuple(sentences), (), (), tuple(events))


def _sentence(
    draw: random.Random, actors: list[Actor], places: list[Where], political: bool
) -> tuple[str, Actor | None, str, Actor | None, Where | None]:
    filler = " ".join(draw.choices(FILLERS, k=12))
    if not political:
        return f"The {filler} went on.", None, "", None, None
    # A few parties do most of what is reported, as in life.
    one, other = (actors[min(int(draw.paretovariate(0.5)) - 1, len(actors) - 1)] for _ in range(2))
    place = places[min(int(draw.paretovariate(0.6)) - 1, len(places) - 1)] if draw.random() < 0.5 else None
    verb = draw.choice(VERBS)
    where = f" in {place.name}" if place else ""
    return f"{one.name} {verb} {other.name}{where} on {filler}.", one, verb, other, place


def _event(
    draw: random.Random, article: str, index: int, trigger: tuple[int, int, str], parties: tuple[Actor, Actor],
    day: date, place: Where | None, start: int,
) -> Event:  # fmt: skip
    kind = list(TYPES)[VERBS.index(trigger[2]) % len(TYPES)]
    sides = [
        Party(name, start, start + len(name), identity if draw.random() < 0.9 else None, name, code, "named")
        for name, identity, code in ((actor.name, actor.id, actor.code) for actor in parties)
    ]
    status = draw.choices(list(Status), weights=(80, 8, 5, 3, 4))[0]
    when = When(day.isoformat(), day.isoformat(), "day", "on the day", "text") if draw.random() < 0.7 else None
    return Event(
        event_id(article, trigger[0], trigger[1], kind), article, index, trigger[2], trigger[0], trigger[1], kind, None,
        (sides[0],), (sides[1],), status, when, place,
        (Count("killed", draw.randrange(1, 40), None, "some"),) if draw.random() < 0.1 else (),
        Speaker("officials", "unnamed") if draw.random() < 0.2 else None, "made.frame@1", round(draw.random(), 2),
    )  # fmt: skip


def made(path: Path) -> None:
    """The large archive, at `path`."""
    draw = random.Random(1)
    states = [state for state in countries() if state.iso3]
    actors = []
    for number in range(ACTORS):
        state, sector = draw.choice(states), draw.choice(SECTORS)
        kind = "state" if not sector else "body"
        actors.append(
            Actor(
                f"actor-{number}",
                f"{state.name} {sector} {number}".replace("  ", " "),
                kind,
                state.iso3,
                (sector,) if sector else (),
            )
        )
    places = [
        Where(name, name, draw.choice(states).iso3, draw.uniform(-40, 60), draw.uniform(-100, 120), "place")
        for name in (f"Place {number}" for number in range(PLACES))
    ]
    with open_archive(path) as archive:
        batch = []
        for number in range(ARTICLES):
            batch.append(coded(number, draw, actors, places))
            if len(batch) == 200:
                archive.keep(batch)
                batch = []
        archive.keep(batch)
        archive.replace_actors(actors)
        archive.replace_incidents(link(archive.evidence(archive.events())))


def pages(archive: Path) -> Iterator[tuple[str, str]]:
    """What is asked for: a name and an address."""
    with open_archive(archive) as opened:
        event = next(iter(opened.events()))
        incident = next(iter(opened.incidents())).id
    yield "desk", "/"
    yield "events", "/events"
    yield "events of a type", "/events?type=ACCUSE"
    yield "events of a party", "/events?party=actor-0"
    yield "events that happened", "/events?status=actual"
    yield "events with a word", "/events?q=markets"
    yield "events with any word in m", "/events?q=m*"
    yield "events nobody looked at", "/events?checked=nobody&certainty=low"
    yield "events of a month", "/events?since=2016-01-01&until=2016-01-31&outlet=Outlet+1"
    yield "events, a later page", f"/events?after={50_000}"
    yield "events, all columns", "/events?" + "&".join(f"column={name}" for name in COLUMNS)
    yield "articles", "/articles"
    yield "articles with a word", "/articles?q=bridges"
    yield "articles of an outlet", "/articles?outlet=Outlet+1"
    yield "articles, inferred dates", "/articles?dated=inferred"
    yield "unknown parties", "/unknown"
    yield "article", f"/article/{event.article}"
    yield "article, a card edited", f"/article/{event.article}?at={event.id}&edit={event.id}"
    yield "article, a new event", f"/article/{event.article}?new=3-9"
    yield "sentence", f"/article/{event.article}/sentence/{event.sentence}"
    yield "incidents", "/incidents"
    yield "all incidents", "/incidents?only="
    yield "all incidents, a later page", "/incidents?only=&from=4000"
    yield "incident", f"/incidents/{incident}"
    yield "alignment", "/alignment"
    yield "alignment, a month", "/alignment?by=month&at=2017-03"
    yield "alignment, the next month", "/alignment?by=month&at=2017-04"
    yield "alignment, a quarter", "/alignment?by=quarter&at=2018-01"
    yield "alignment, a year", "/alignment?by=year&at=2019"
    yield "two parties", "/alignment/pair?one=usa&other=gbr"
    yield "two parties of a month", "/alignment/pair?one=fra&other=gbr&since=2016-01-01&until=2016-01-31"
    yield "actors", "/actors"
    yield "actors with a word", "/actors?q=an"
    yield "actor", "/actors/actor-0"
    yield "codebook", "/codebook"
    yield "quality", "/quality"
    yield "a sample", "/quality/sample"
    yield "a sample by outlet", "/quality/sample?by=outlet&n=500&seed=3"
    yield "runs", "/runs"
    yield "adding", "/add"
    yield "you", "/you"
    yield "help", "/help"


@dataclass(frozen=True)
class Times:
    """Milliseconds of a page: right after the start, for the first time once all is there, and usually."""

    name: str
    early: float
    first: float
    usual: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--archive", type=Path, default=None, help="keep the generated archive here, or use it again")
    parser.add_argument("--times", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.archive or Path(folder) / "large.db"
        if not path.exists():
            made(path)
        found = list(timed(path, given.times))
        with open_archive(path) as opened:
            counts = opened.counts()
    medians = [page.usual for page in found]
    result = {"slowest_page_ms": max(medians), "median_page_ms": round(statistics.median(medians), 1)}
    result["slowest_first_ms"] = max(page.first for page in found)
    result["slowest_early_ms"] = max(page.early for page in found)
    print(json.dumps(result | {"articles": counts["articles"], "events": counts["events"]}))


def timed(path: Path, times: int) -> Iterator[Times]:
    """The times of each page; each is printed."""
    bench = application(path, {HOST}, who="bench")
    with TestClient(bench, base_url=f"http://{HOST}") as asked:
        every = list(pages(path))
        early = {name: _asked(asked, address)[0] for name, address in every}
        _settle(asked, [address for _, address in every])
        for name, address in every:
            found = [_asked(asked, address) for _ in range(times)]
            usual, worked = (round(statistics.median(values), 1) for values in list(zip(*found, strict=True))[:2])
            page = Times(name, round(early[name], 1), round(found[0][0], 1), usual)
            print(
                f"{name:28} {usual:6.1f} ms, {worked:6.1f} of the processor "
                f"(first {page.first:.1f}, early {page.early:.1f}, {found[-1][2]} KiB)", flush=True,
            )  # fmt: skip
            yield page


def _asked(asked: TestClient, address: str) -> tuple[float, float, int]:
    """The time of a page and that of the processor, in milliseconds, and its size in KiB."""
    began, worked = time.perf_counter(), time.process_time()
    answer = asked.get(address)
    took, used = time.perf_counter() - began, time.process_time() - worked
    assert answer.status_code == 200, (address, answer.status_code)
    return took * 1000, used * 1000, len(answer.content) // 1024


def _settle(asked: TestClient, addresses: Sequence[str]) -> None:
    """Wait until what is computed beside the requests is there on every page."""
    began = time.perf_counter()
    for address in addresses:
        while "being looked for" in (text := asked.get(address).text) or 'class="pending"' in text:
            assert time.perf_counter() - began < LONGEST_WAIT, address
            time.sleep(0.5)
    print(f"all figures after {time.perf_counter() - began:.0f} s, computed beside the requests", flush=True)


if __name__ == "__main__":
    main()
