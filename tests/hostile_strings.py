"""Two hundred strings that a page must show as text and nothing else, and an archive that has them everywhere."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

from dragoman import deciding
from dragoman.archive import open_archive
from dragoman.linking import link
from dragoman.records import (
    Actor,
    Article,
    Cause,
    CodedArticle,
    Count,
    Event,
    Field,
    Furniture,
    Mention,
    Part,
    Party,
    Sentence,
    Shift,
    Speaker,
    Status,
    Tie,
    Token,
    Unread,
    When,
    Where,
    article_id,
    event_id,
)

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


def hostile_archive(path: Path) -> str:
    """Make an archive whose every text field is hostile; returns the id of its first article."""
    articles = []
    for number in range(0, len(HOSTILE), 10):
        articles.append(_article(HOSTILE[number : number + 10]))
    with open_archive(path) as archive:
        archive.keep(articles)
        archive.replace_incidents(link(archive.evidence(archive.events())))
        archive.replace_near_copies({articles[1].article.id: articles[0].article.id})
        archive.keep_unread(Unread(text, "S006", text) for text in HOSTILE)
        archive.set_manifest({"version": HOSTILE[0], "model": HOSTILE[1]})
        event = articles[0].events[0]
        for number, who in enumerate(HOSTILE[:5]):
            when = f"2026-01-01T00:00:0{number}"
            deciding.decide(archive, "event", event.id, "accepted", who=f"{who}.", when=when, why=HOSTILE[number + 5])
        correction = {"place": HOSTILE[2], "said_by": HOSTILE[3]}
        deciding.decide(
            archive, "event", articles[0].events[1].id, "corrected", who="Ana", when="2026-01-01", correction=correction
        )
    return articles[0].article.id


def _article(some: tuple[str, ...]) -> CodedArticle:
    """An article of which every sentence is one of the strings, and an event, with them in all of its fields."""
    texts = [f"{text} attacked" for text in some]
    text = "\n\n".join(texts)
    identity = article_id(text, some[0])
    sentences, events, start = [], [], 0
    for index, words in enumerate(texts):
        end = start + len(words)
        token = Token(start, end, words, words, "VERB", words, -1, words)
        sentences.append(Sentence(identity, index, Part.BODY if index else Part.TITLE, start, end, words, (token,), ()))
        events.append(_event(identity, index, end - len("attacked"), end, some, start))
        start = end + 2
    party, words = events[0].actor[0], some[0]
    placed = (identity, 0, words, 0, len(words))
    article = Article(
        identity, text, some[1], title=texts[0], standfirst=some[2], author=some[3], outlet=some[4], place=some[5],
        published="2020-01-03", published_basis=some[6], url=some[7], user_id=some[8],
        furniture=(Furniture(some[9], some[0]),), language=some[1], flags=(some[2],), other=(Field(some[3], some[4]),),
    )  # fmt: skip
    when = When("2020-01-03", None, some[5], some[6], some[7])
    return CodedArticle(
        article, tuple(sentences),
        (Mention(0, 0, len(words), words, 0, "person", some[1], some[2], some[3], some[4]),),
        (Actor(party.id or "", some[5], some[6], some[7], (some[8],), (some[9],)),),
        tuple(events),
        (Tie(f"t{identity}", *placed, party, "backs", party, "+", some[8], some[9]),),
        (Shift(f"s{identity}", *placed, party, party, replace(party, id=None), when, some[9], some[0]),),
        (Cause(f"c{identity}", *placed, some[1], some[2], some[3]),),
    )  # fmt: skip


def _event(article: str, index: int, start: int, end: int, some: tuple[str, ...], at: int) -> Event:
    text = some[index]
    parties = [
        Party(text, at, at + len(text), None if index % 2 else f"id {text}", text, some[0], some[1]) for _ in range(2)
    ]
    return Event(
        event_id(article, start, end, "ASSAULT"), article, index, "attacked", start, end, "ASSAULT", "armed",
        (parties[0],), (parties[1],), list(Status)[index % 5],
        When("2020-01-02", "2020-01-03", some[2], some[3], some[4]), Where(text, text, some[6], 33.0, 44.0, some[7]),
        (Count(some[8], 3, None, some[9]),), Speaker(text, text), some[0], 0.4, (some[1],),
    )  # fmt: skip


assert len(set(HOSTILE)) == 200
