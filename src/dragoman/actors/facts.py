"""Dated facts about the actors of one article: deaths, times in office, and what happened to them or between them.

Well-known happenings stand in `data/happenings*.csv` (a user's own in `actors/happenings*.csv` of the folder of user
data): from and to (ISO dates; no `to`: it lasts), what (a noun phrase), words that tell it (lemmas or phrases in lower
case, between bars), parties (ids of actors or ISO 3166 codes, between blanks; none where the words say it all), and
as_of (until when the line was known to hold).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from ..errors import DataError
from ..records import Actor, DatedFact, Mention
from .knowledge import DATA, Knowledge, keys_of

__all__ = ["dated_facts", "happenings"]

_COLUMNS = ("from", "to", "what", "words", "parties", "as_of")


def dated_facts(mentions: Iterable[Mention], knowledge: Knowledge, user_data: str = "") -> tuple[DatedFact, ...]:
    """The facts that concern the actors mentioned: all happenings, and of each actor the deaths and tenures.

    A name that several bear ("President Bush") gets the tenures of all of them, and no death.
    """
    found: dict[DatedFact, None] = dict.fromkeys(happenings(user_data))
    for mention in mentions:
        named = mention.actor
        if named is None or named not in knowledge.actors or mention.kind not in ("person", "body"):
            continue
        bearers = _bearers(mention, named, knowledge)
        for actor in bearers:
            found.update(dict.fromkeys(_tenures(actor, named)))
        if len(bearers) == 1 and bearers[0].kind == "person" and bearers[0].end:
            what, end = f"the death of {bearers[0].name}", bearers[0].end
            found[DatedFact("death", what, end, end, (), (named,))] = None
    return tuple(found)


def _bearers(mention: Mention, named: str, knowledge: Knowledge) -> list[Actor]:
    """Everybody whom the words of a mention may name."""
    words = keys_of(mention.text)
    same = {alias.actor for alias in knowledge.aliases.get(words[0], ()) if alias.words == words} if words else set()
    return [knowledge.actors[actor] for actor in sorted({named, *same}) if actor in knowledge.actors]


def _tenures(actor: Actor, named: str) -> Iterator[DatedFact]:
    for office in actor.offices:
        if office.start:
            what = f"{actor.name} as {office.title}"
            yield DatedFact("tenure", what, office.start, office.end, (office.title.lower(),), (named,))
    if actor.kind == "body" and actor.start and actor.end:
        yield DatedFact("tenure", f"the {actor.name}", actor.start, actor.end, (), (named,))


@cache
def happenings(user_data: str = "") -> tuple[DatedFact, ...]:
    """The well-known happenings, in the order of their files.

    Raises:
        DataError: a line lacks a column or its date; the sentence names file and line.
    """
    folders = [DATA] + ([Path(user_data) / "actors"] if user_data else [])
    return tuple(fact for folder in folders for path in sorted(folder.glob("happenings*.csv")) for fact in _read(path))


def _read(path: Path) -> Iterator[DatedFact]:
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            if any(row.get(column) is None for column in _COLUMNS) or not row["from"] or not row["words"]:
                raise DataError(
                    "D001", f"{path}, line {number} lacks a date, words or a column: {', '.join(_COLUMNS)}."
                )
            words = tuple(word.strip() for word in row["words"].split("|"))
            parties = tuple(row["parties"].split())
            yield DatedFact("happening", row["what"], row["from"], row["to"] or None, words, parties)
