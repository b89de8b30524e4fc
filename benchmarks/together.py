"""Nobody waits for anybody: `dragoman read` of thirty articles while two people decide in an open workbench.

The workbench is served and the articles are read by processes of their own, as in life; two sessions accept, reject and
undo one event after another and look at a page after each, until the reading is done. Told are the longest time that a
session waited for an answer, and how many decisions and articles are missing in the end. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from threading import Thread
from urllib.parse import quote, urlencode, urlsplit

from benchmarks.workbench import coded
from dragoman.archive import open_archive
from dragoman.geography import countries
from dragoman.linking import link
from dragoman.records import Actor, Event, Where

ARTICLES = 30
"""Made-up articles that are there before, to decide on."""

PAGES = ("/", "/events", "/articles", "/incidents?only=", "/quality", "/runs")
PEOPLE = ("Ana", "Ben")
MAIN = "import sys; from dragoman.cli import main; sys.argv[0] = 'dragoman'; main()"


@dataclass
class Session:
    """One person at the workbench: how long each answer took, in seconds, and which decisions were answered."""

    who: str
    host: str
    waits: list[tuple[float, str]] = field(default_factory=list)
    decided: int = 0

    def ask(self, address: str, **form: str) -> str:
        """The page of an address, or of the one to which a form leads."""
        headers = {"Host": self.host, "Cookie": f"who={quote(self.who)}"}
        began = time.perf_counter()
        connection = HTTPConnection(self.host, timeout=60)
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request("POST", address, urlencode(form), headers)
        else:
            connection.request("GET", address, headers=headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        self.waits.append((time.perf_counter() - began, address))
        assert answer.status in (200, 303), (address, answer.status, text[:500])
        return text

    def decide(self, token: str, events: Sequence[Event], reading: subprocess.Popen[bytes]) -> None:
        """Judge one event after another, and look around, until the reading is done."""
        for number, event in enumerate(cycle(events)):
            if reading.poll() is not None:
                return
            judgement = ("accepted", "rejected")[number % 2]
            form = {"kind": "event", "record": event.id, "article": str(event.article), "token": token}
            self.ask("/decide", judgement=judgement, **form)
            self.decided += 1
            self.ask(f"/article/{event.article}" if number % 2 else PAGES[number // 2 % len(PAGES)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=Path, default=Path("examples/iraq-2020"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "together.db"
        events = made(path)
        with served(path) as host:
            token = re.findall(r'name="token" value="([^"]+)"', Session("Ana", host).ask("/you"))[0]
            sessions = [Session(who, host) for who in PEOPLE]
            began = time.perf_counter()
            command = [sys.executable, "-c", MAIN, "read", str(given.sources), "--archive", str(path)]
            reading = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            threads = [Thread(target=one.decide, args=(token, events, reading)) for one in sessions]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            ended = reading.wait()
            took = time.perf_counter() - began
        with open_archive(path) as archive:
            decisions, articles = len(list(archive.decisions())), archive.counts()["articles"]
    waits = [wait for one in sessions for wait, _ in one.waits]
    slowest, where = max(wait for one in sessions for wait in one.waits)
    print(f"{took:.0f} s of reading, which ended with {ended}; {len(waits)} answers; the slowest was {where}")
    result = {
        "longest_wait_ms": round(slowest * 1000, 1),
        "median_wait_ms": round(statistics.median(waits) * 1000, 1),
        "decisions": decisions,
        "decisions_lost": sum(one.decided for one in sessions) - decisions,
        "articles_read": articles - ARTICLES,
    }
    print(json.dumps(result))


def made(path: Path) -> list[Event]:
    """An archive of made-up articles; returns their events."""
    draw = random.Random(1)
    states = [state for state in countries() if state.iso3]
    actors = [Actor(f"actor-{number}", states[number].name, "state", states[number].iso3) for number in range(40)]
    place = Where("Anywhere", "Anywhere", states[0].iso3, 33.0, 44.0, "place")
    with open_archive(path) as archive:
        archive.keep([coded(number, draw, actors, [place]) for number in range(ARTICLES)])
        archive.replace_actors(actors)
        archive.replace_incidents(link(archive.evidence(archive.events())))
        return list(archive.events())


@contextmanager
def served(path: Path) -> Iterator[str]:
    """The host and port at which the workbench of an archive is served meanwhile."""
    command = [sys.executable, "-u", "-c", MAIN, "serve", str(path), "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        found = re.search(r"http://\S+", server.stdout.readline())
        assert found, "the workbench did not start"
        yield urlsplit(found[0]).netloc
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
