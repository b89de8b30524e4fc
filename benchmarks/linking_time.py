"""How the time of linking grows: `python -m benchmarks.linking_time [events ...]`. The last line is JSON.

Stories are made by a fixed rule: over three years, happenings of eight types of deed in 400 towns of fifty
countries, told by one to six outlets in a few sentences. One process; reading and the archive are not in the figures.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from datetime import date, timedelta

from dragoman.linking import link
from dragoman.records import Article, Count, Event, Part, Party, Sentence, Status, When, Where

DEEDS = (
    ("ASSAULT", "bombed", "assault.bomb@1"),
    ("ASSAULT", "killed", "assault.kill@1"),
    ("ASSAULT", "shelled", "assault.shell@1"),
    ("PROTEST", "marched", "protest.march@1"),
    ("COERCE", "arrested", "coerce.arrest@1"),
    ("ACCUSE", "condemned", "accuse.condemn@1"),
    ("REQUEST", "urged", "request.urge@1"),
    ("CONSULT", "met", "consult.meet@1"),
)
SYLLABLES = (
    "ka",
    "ro",
    "mi",
    "tel",
    "van",
    "sor",
    "bri",
    "lun",
    "ash",
    "dor",
    "pel",
    "nor",
    "gar",
    "zim",
    "ost",
    "hal",
)


def told(number: int) -> list[tuple[Event, Article, Sentence]]:
    """At least so many events, each with article and sentence, the same each time."""
    chance = random.Random(number)
    names = ["".join(chance.choices(SYLLABLES, k=3)).title() for _ in range(400)]
    found: list[tuple[Event, Article, Sentence]] = []
    while len(found) < number:
        found += _happening(chance, names, len(found))
    return found[:number]


def _happening(chance: random.Random, names: list[str], start: int) -> Iterator[tuple[Event, Article, Sentence]]:
    day = date(2019, 1, 1) + timedelta(days=chance.randrange(1095))
    kind, verb, frame = chance.choice(DEEDS)
    country, town = chance.randrange(50), chance.choice(names)
    sides = [f"{chance.choice(names)} {role}" for role in ("Army", "Front")]
    words = " ".join(chance.choices(names, k=4))
    for outlet in range(chance.randint(1, 6)):
        text = f"{sides[0]} {verb} {sides[1]} in {town} near the {words} bridge, leaving {chance.randint(3, 9)} dead."
        published = (day + timedelta(days=chance.randrange(3))).isoformat()
        article = Article(f"a{start + outlet}", text, f"outlet-{outlet}", published=published)
        at = len(sides[0]) + 1
        parties = tuple(Party(name, 0, 0, name.lower(), name, f"C{country:02} MIL", "") for name in sides)
        dated = chance.random() < 0.5
        when = When(day.isoformat() if dated else None, (day.isoformat() if dated else published), "day", None, "")
        where = Where(town, town, f"C{country:02}", None, None, "place")
        killed = (Count("killed", 3, 3, "3"),)
        event = Event(
            f"e{start + outlet}", article.id, 0, verb, at, at + len(verb), kind, None, parties[:1], parties[1:],
            Status.ACTUAL, when, where, killed, None, frame, 0.9,
        )  # fmt: skip
        yield event, article, Sentence(article.id, 0, Part.BODY, 0, len(text), text, (), ())


def main() -> None:
    """Link 1,000, 10,000 and 100,000 events and print the seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("events", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    figures = {}
    for number in parser.parse_args().events:
        given = told(number)
        start = time.process_time()
        incidents = link(given)
        figures[f"seconds_{number}"] = round(time.process_time() - start, 2)
        print(
            f"{number:8} events, {len(incidents):7} incidents: {figures[f'seconds_{number}']:8.2f} s of processor time"
        )
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
