"""How well events are joined to incidents: the stories of `data/stories/incidents-*.toml`.

Each half is read as one archive. Gold is which marked words report the same happening. Of the marked words those are
scored that an event was found for (an event whose trigger they meet): linking is what is measured here, and how many
were found is printed beside it, with the figures that count what was not found as missed.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from dragoman.linking import link, near_copies
from dragoman.pipeline import code
from dragoman.records import Article, CodedArticle, Event, Incident, article_id

DATA = Path(__file__).parent / "data" / "stories"
MARK = re.compile(r"\[([^|\]]+)\|([^\]]+)\]")


@dataclass(frozen=True, slots=True)
class Marked:
    """Words of an article (offsets in its text) that report a happening, which is named with its story."""

    article: str
    start: int
    end: int
    happening: str


@dataclass(frozen=True, slots=True)
class Half:
    """The articles of a half, the words marked in them, and gold disputes and updates: (happening, field)."""

    articles: tuple[Article, ...]
    marked: tuple[Marked, ...]
    disputes: frozenset[tuple[str, str]]
    updates: frozenset[tuple[str, str]]


def half_of(name: str) -> Half:
    """The half "work" or "score"."""
    stories = tomllib.loads((DATA / f"incidents-{name}.toml").read_text(encoding="utf-8"))["story"]
    articles, marked = [], []
    for story in stories:
        for given in story["article"]:
            text, spans = _unmarked(f"{given['title']}\n\n{given['text'].strip()}")
            identity = article_id(text, given["outlet"])
            title = _unmarked(given["title"])[0]
            articles.append(
                Article(identity, text, given["outlet"], title, outlet=given["outlet"], published=given["published"])
            )
            marked += [Marked(identity, start, end, f"{story['name']}:{label}") for start, end, label in spans]
    disputes, updates = (
        frozenset(
            (f"{story['name']}:{happening}", field)
            for story in stories
            for happening, fields in story.get(kind, {}).items()
            for field in fields
        )
        for kind in ("disputes", "updates")
    )
    return Half(tuple(articles), tuple(marked), disputes, updates)


def _unmarked(text: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text without its marks, and where the marked words stand in it."""
    plain, spans, last = "", [], 0
    for match in MARK.finditer(text):
        plain += text[last : match.start()]
        spans.append((len(plain), len(plain) + len(match[1]), match[2]))
        plain += match[1]
        last = match.end()
    return plain + text[last:], spans


def found_for(marked: Iterable[Marked], coded: Iterable[CodedArticle]) -> dict[Marked, Event]:
    """The event whose trigger the marked words meet; of several the first."""
    events = defaultdict(list)
    for article in coded:
        events[article.article.id] = list(article.events)
    found = {}
    for words in marked:
        for event in events[words.article]:
            if int(event.trigger_start or 0) < words.end and words.start < int(event.trigger_end or 0):
                found[words] = event
                break
    return found


def pairs_of(groups: Iterable[Iterable[Any]]) -> set[frozenset[Any]]:
    """The pairs within groups."""
    return {frozenset(pair) for group in groups for pair in combinations(group, 2)}


def b_cubed(one: Mapping[Any, frozenset[Any]], other: Mapping[Any, frozenset[Any]]) -> float:
    """The mean share of an item's group in `one` that is in its group in `other` (Bagga and Baldwin 1998)."""
    return sum(len(one[item] & other[item]) / len(one[item]) for item in one) / max(1, len(one))


def f1(precision: float, recall: float) -> float:
    """The harmonic mean."""
    return 2 * precision * recall / max(1e-9, precision + recall)


def grouped(key: Mapping[Marked, str]) -> dict[Marked, frozenset[Marked]]:
    """Each item with the items of its key."""
    groups: dict[str, set[Marked]] = defaultdict(set)
    for item, name in key.items():
        groups[name].add(item)
    return {item: frozenset(groups[name]) for item, name in key.items()}


def linked(half: Half, coded: Sequence[CodedArticle]) -> list[Incident]:
    """The incidents of a half, linked as an archive does it."""
    articles = {one.article.id: one.article for one in coded}
    sentences = {(sentence.article, sentence.index): sentence for one in coded for sentence in one.sentences}
    told = [
        (event, articles[str(event.article)], sentences[str(event.article), int(event.sentence or 0)])
        for one in coded
        for event in one.events
    ]
    actors = [actor for one in coded for actor in one.actors]
    return link(told, actors, (tie for one in coded for tie in one.ties), near_copies(half.articles))


@dataclass(frozen=True, slots=True)
class Figures:
    """Of a half: marked words and those with an event; pairs and B-cubed of these, and of all; disputes, updates.

    Disputes and updates are counted as (incident, field): right, told, and how many of the wanted were met.
    """

    marked: int
    found: int
    pairwise: tuple[float, float]
    b_cubed: tuple[float, float]
    pairwise_of_all: tuple[float, float]
    disputes: tuple[int, int, int]
    updates: tuple[int, int, int]
    wanted: tuple[int, int]


def measured(name: str, show: bool = False) -> Figures:
    """The figures of a half; `show` prints what differs."""
    half = half_of(name)
    coded = [code(article) for article in half.articles]
    found = found_for(half.marked, coded)
    incidents = linked(half, coded)
    incident_of = {event: incident.id for incident in incidents for event in incident.events}
    gold = grouped({words: words.happening for words in half.marked})
    gold_found = grouped({words: words.happening for words in found})
    ours = grouped({words: incident_of.get(event.id, event.id) for words, event in found.items()})
    same, wanted, all_wanted = (pairs_of(set(groups.values())) for groups in (ours, gold_found, gold))
    if show:
        _show(half, found, same, wanted)
    right = len(same & wanted)
    return Figures(
        len(half.marked),
        len(found),
        (right / max(1, len(same)), right / max(1, len(wanted))),
        (b_cubed(ours, gold_found), b_cubed(gold_found, ours)),
        (right / max(1, len(same)), right / max(1, len(all_wanted))),
        _told(incidents, found, "disputed", half.disputes, show),
        _told(incidents, found, "updated", half.updates, show),
        (len(half.disputes), len(half.updates)),
    )


def _told(
    incidents: Iterable[Incident],
    found: Mapping[Marked, Event],
    kind: str,
    wanted: frozenset[tuple[str, str]],
    show: bool,
) -> tuple[int, int, int]:
    """How many statements of a kind are right, how many are told, and how many of the wanted ones these are."""
    happening_of = defaultdict(set)
    for words, event in found.items():
        happening_of[event.id].add(words.happening)
    right, told, met = 0, 0, set()
    for incident in incidents:
        happenings = {name for event in incident.events for name in happening_of[event]}
        for statement in getattr(incident, kind):
            field = "denial" if statement.field == "actor" else statement.field
            gold = {(name, field) for name in happenings} & wanted
            told += 1
            right += bool(gold)
            met |= gold
            if show:
                values = "; ".join(f"{v.text} ({v.said_by})" for v in statement.values)
                print(kind, "right" if gold else "FALSE", happenings, statement.field, values)
    if show:
        print(kind, "missed", sorted(wanted - met))
    return right, told, len(met)


def _show(half: Half, found: Mapping[Marked, Event], same: set[Any], wanted: set[Any]) -> None:
    texts = {article.id: article.text for article in half.articles}
    for sign, pairs in (("false", same - wanted), ("missed", wanted - same)):
        for pair in sorted(
            sorted((m.happening, texts[m.article][m.start : m.end], m.article[:4]) for m in p) for p in pairs
        ):
            print(sign, *pair)
