"""Two hundred strings that a page must show as text and nothing else, and an archive that has them everywhere."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from urllib.parse import quote, urlencode

from dragoman import deciding
from dragoman.archive import Archive, open_archive
from dragoman.records import (
    Actor,
    Article,
    Basis,
    Cause,
    Change,
    CodedArticle,
    Count,
    Decision,
    Event,
    Field,
    Furniture,
    Incident,
    Mention,
    Office,
    Part,
    Party,
    Run,
    Sentence,
    Shift,
    Speaker,
    Statement,
    Status,
    Tie,
    Token,
    Unread,
    Value,
    When,
    Where,
    article_id,
    event_id,
)
from dragoman.workbench.choosing import COLUMNS

CORES = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>", "</title><script>alert(1)</script>", "</textarea><img src=x>",
    "<iframe srcdoc='<script>alert(1)</script>'>", "<a href=javascript:alert(1)>x</a>",
    "<style>*{display:none}</style>",
    "<base href=//evil.example>", "<form action=//evil.example><button>", "{{ 7*7 }}{% raw %}", "<!--", "]]><x/>",
    "\u202egnp.exe\u2066", "\u200f\u061cabc", "=cmd|' /C calc'!A0", "@SUM(1+1)", "\x00\x01\x0c\x7f\x85",
    "&lt;b&gt;&#x3c;script&#x3e;", "hx-get=/undo hx-trigger=load", "%3Cscript%3E",
    "\ud7ff\ufffd\U0001f469\u200d\U0001f52c", "\u0130\u0131\ufb03",
)  # fmt: skip
FRAMES = ("{}", '"{}"', "'{}'", '">{}', "'>{}<", "a {} b", "{}/..", "\\{}\t")

HOSTILE = tuple(frame.format(core) for frame, core in product(FRAMES, CORES))
"""All of them, each once."""


TAGS = frozenset(
    "a article aside b bdi body br button caption circle clippath code datalist dd defs del desc details div dl dt "
    "fieldset figcaption figure footer form g h1 h2 h3 head header html i input ins kbd label legend li line link main "
    "mark meta meter nav noscript ol option p path pattern polygon polyline progress q rect script section select "
    "small span summary svg table tbody td text textarea th thead title tr ul".split()
)
"""The elements of our own pages; an image, a frame or a style is none of them."""

WINDOW = 10
"""Strings that an article holds; each begins one, so that every string comes to stand in every field."""


def hostile_archive(path: Path) -> str:
    """Make an archive of which every text field holds every hostile string once; returns the id of its first article.

    Two hostile parties are at war besides, in which a relation turns; two incidents have sources that differ; people of
    hostile names agree and disagree, merge and split actors, and decided on what is coded no more; a run changed much.
    """
    articles = [_article(_window(number)) for number in range(len(HOSTILE))]
    first, second = articles[0].events, articles[1].events
    with open_archive(path) as archive:
        archive.keep([*articles, _war()])
        archive.replace_incidents([_incident((first[0], second[0]), 0), _incident((first[1], second[1]), 100)])
        archive.replace_near_copies({articles[3].article.id: articles[2].article.id})
        archive.replace_versions({articles[5].article.id: articles[4].article.id})
        archive.keep_unread(Unread(text, "S006", text) for text in HOSTILE)
        archive.set_manifest({"version": HOSTILE[0], "model": HOSTILE[1]})
        _read_anew(archive, articles[0].article.id)
        _decided(archive, articles)
    return articles[0].article.id


def hostile_addresses(path: Path, every: int = 1) -> list[str]:
    """Addresses of all screens on such an archive; of its articles and actors each, or one of so many."""
    with open_archive(path) as archive:
        articles = [one.id for one in archive.articles()][::every]
        actors = [one.id for one in archive.actors()][::every]
        events = {one: next(iter(archive.events(article=one))).id for one in articles[:2]}
        incidents = [one.id for one in archive.incidents()]
    asked = urlencode([(name, text) for name in ("q", "party", "place", "outlet", "<b>") for text in HOSTILE[:4]])
    sides = urlencode({"one": f"id {HOSTILE[44]}", "other": f"id {HOSTILE[45]}"})
    tried = urlencode({"text": "<b>Iran</b> attacked <script>alert(1)</script> in Iraq.", "frames": HOSTILE[0]})
    return [
        "/", "/events?" + urlencode([("column", name) for name in COLUMNS]), f"/events?{asked}",
        "/articles", f"/articles?{asked}", "/unknown", *(f"/article/{one}" for one in articles),
        *(f"/article/{one}?at={event}&edit={event}" for one, event in events.items()),
        f"/article/{articles[0]}?new=0-5", f"/article/{articles[0]}/sentence/0",
        "/incidents?only=", "/incidents?only=disputed", *(f"/incidents/{one}" for one in incidents),
        "/alignment", "/alignment?by=month&at=2020-01", f"/alignment/pair?{sides}",
        "/actors", f"/actors?{asked}", *(f"/actors/{quote(one, safe='')}" for one in actors if "/" not in one),
        f"/codebook?{tried}", "/quality", "/quality/sample?n=20", "/quality/sample?by=outlet", "/runs", "/runs/1",
        f"/runs/1?{urlencode({'only': HOSTILE[0]})}", "/help", "/you", "/add",
    ]  # fmt: skip


REFUSED = (f"/{quote('<script>')}", f"/alignment/pair?{urlencode({'one': HOSTILE[0], 'other': HOSTILE[1]})}")
"""Addresses that are answered with what is wrong about them."""


def _window(start: int) -> tuple[str, ...]:
    return tuple(HOSTILE[(start + place) % len(HOSTILE)] for place in range(WINDOW))


def _read_anew(archive: Archive, article: str) -> None:
    """A run in which each string stands in every field of a change."""
    run = archive.begin_run(Run(0, "reread", HOSTILE[1], HOSTILE[2], 1, len(HOSTILE)))
    changes = []
    for number, text in enumerate(HOSTILE):
        party = {"text": text, "name": text, "code": text}
        record = {
            "article": article, "start": 0, "end": 1, "trigger": text, "sent_text": text, "type": text, "mode": text,
            "actor": [party], "recipient": [party], "status": text, "date": [text, text], "place": text,
            "counts": {text: text}, "said_by": text,
        }  # fmt: skip
        changed = dict.fromkeys(record, HOSTILE[number - 1]) | {"article": article}
        changes.append(Change(f"e{number}", record, (None, changed)[number % 2]))
    archive.replace_coded(run, [], changes)


def _decided(archive: Archive, articles: Sequence[CodedArticle]) -> None:
    """Decisions of people of hostile names, in agreement, in dispute, on pairs, on actors, and on what is gone."""
    events = [event for one in articles for event in one.events]
    for number, text in enumerate(HOSTILE):
        when = f"2026-01-01T00:{number // 60:02}:{number % 60:02}"
        judgement, who = ("accepted", "rejected")[number % 2], HOSTILE[number - number % 8]
        deciding.decide(archive, "event", events[0].id, judgement, who=f"{who}.", when=when, why=text)
        given = {"place": text, "said_by": text, "actor": [{"text": text, "name": text, "code": "UNK"}]}
        deciding.decide(archive, "event", events[number].id, "corrected", who="Ana", when=when, correction=given)
        then = json.dumps({"article": "gone", "sent_text": text, "trigger": text, "type": text, "start": 0, "end": 1})
        lost = Decision(f"lost{number}", f"gone{number}", "event", "accepted", None, who, when, text, judged=then)
        archive.decide(lost)
    pair = (articles[0].events[0].id, articles[1].events[0].id)
    deciding.decide(archive, "incident", pair[0], "different", other=pair[1], who=HOSTILE[1], when="2026-01-02")
    actor, other = articles[0].actors[0].id, articles[1].actors[0].id
    deciding.decide(archive, "actor", actor, "merged", other=other, who=HOSTILE[2], when="2026-01-02", why=HOSTILE[3])
    deciding.decide(
        archive, "actor", other, "split", other=HOSTILE[5], correction={"names": [HOSTILE[1]], "name": HOSTILE[5]},
        who=HOSTILE[6], when="2026-01-02",
    )  # fmt: skip


def _incident(events: tuple[Event, Event], start: int) -> Incident:
    """Two reports, of which a hundred strings are fields, values and speakers that are agreed or not."""
    some = HOSTILE[start : start + 100]
    said = [
        Statement(
            text, tuple(Value(None, None, text, text, str(event.article), event.sentence or 0) for event in events)
        )
        for text in some
    ]
    return Incident(
        events[0].id, "ASSAULT", tuple(e.id for e in events), said[:25], said[25:50], said[50:75], said[75:]
    )


def _war() -> CodedArticle:
    """Months without a deed between two hostile parties, and then a week full of them."""
    one = _article(_window(40))
    parties = [replace(one.events[0].actor[0], id=f"id {text}", name=text) for text in HOSTILE[44:46]]
    events = []
    for number in range(30):
        day = (date(2019, 7, 1) + timedelta(days=30 * number if number < 6 else 200 + number % 5)).isoformat()
        when = When(day, day, "day", HOSTILE[42], HOSTILE[43])
        event = replace(
            one.events[0], id=f"war{number}", article="war", when=when, status=Status.ACTUAL,
            actor=(parties[number % 2],), recipient=(parties[1 - number % 2],),
        )  # fmt: skip
        events.append(event)
    sentences = tuple(replace(sentence, article="war") for sentence in one.sentences)
    return CodedArticle(replace(one.article, id="war"), sentences, (), (), tuple(events))


def _article(some: tuple[str, ...]) -> CodedArticle:
    """An article of which two sentences are strings, each with an event; the window's strings stand in all fields."""
    texts = [f"{text} attacked" for text in some[:2]]
    text = "\n\n".join(texts)
    identity = article_id(text, some[0])
    sentences, events, start = [], [], 0
    for index, words in enumerate(texts):
        end = start + len(words)
        token = Token(start, end, words, words, "VERB", words, -1, words)
        sentences.append(Sentence(identity, index, Part.BODY if index else Part.TITLE, start, end, words, (token,), ()))
        events.append(_event(identity, index, end - len("attacked"), end, some, start))
        start = end + 2
    party, other, words = events[0].actor[0], events[0].recipient[0], some[0]
    placed = (identity, 0, words, 0, len(words))
    article = Article(
        identity, text, some[1], title=texts[0], standfirst=some[2], author=some[3], outlet=some[4], place=some[5],
        published="2020-01-03", published_basis=some[6], url=some[7], user_id=some[8],
        furniture=(Furniture(some[9], some[0]),), language=some[1], flags=(some[2],), other=(Field(some[3], some[4]),),
        bases=(Basis("title", some[5]), Basis("author", some[6])),
    )  # fmt: skip
    when = When("2020-01-03", None, some[5], some[6], some[7])
    office = Office(some[1], some[2], some[3], some[4], some[5])
    return CodedArticle(
        article, tuple(sentences),
        (Mention(0, 0, len(words), words, 0, "person", party.id, some[2], some[3], some[4]),),
        (Actor(str(party.id), some[5], some[6], some[7], (some[8],), (some[9],), (some[0],), (office,)),),
        tuple(events),
        (Tie(f"t{identity}", *placed, party, some[1], other, "+", some[8], some[9]),),
        (Shift(f"s{identity}", *placed, party, other, replace(party, id=None), when, some[9], some[0]),),
        (Cause(f"c{identity}", *placed, some[1], some[2], some[3]),),
    )  # fmt: skip


def _event(article: str, index: int, start: int, end: int, some: tuple[str, ...], at: int) -> Event:
    """An event between the party of its own string and that of the next."""
    sides = [
        Party(some[index], at, at + len(some[index]), None if index else f"id {text}", text, some[0], some[1])
        for text in some[index : index + 2]
    ]
    return Event(
        event_id(article, start, end, "ASSAULT"), article, index, "attacked", start, end, "ASSAULT", some[2],
        (sides[0],), (sides[1],), (Status.ACTUAL, list(Status)[index])[index],
        When("2020-01-02", "2020-01-03", some[2], some[3], some[4]),
        Where(some[index], some[index], some[6], 33.0, 44.0, some[7]),
        (Count(some[8], 3, None, some[9]),), Speaker(some[index], some[index]), some[0], 0.4, (some[1],),
    )  # fmt: skip


assert len(set(HOSTILE)) == 200
