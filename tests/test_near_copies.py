"""Near-copies: found whatever the order, counted once, never dropped."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import dragoman
from benchmarks.near_copies import articles, counted, halves, pairs
from dragoman.alignment import dyads
from dragoman.cli import main
from dragoman.linking import independent, link, near_copies
from dragoman.records import Article, Count, Event, Party, Status, When

SEEN, HELD_BACK = halves()
STORIES = articles(SEEN[:3])

WIRE = """Police arrest twelve protesters in Basra
BASRA (Wire) - Police in Basra arrested 12 protesters on Monday after a march on the provincial council, officials said.
The protesters had blocked the road to the port of Umm Qasr for three days and demanded jobs and clean water.
Iraqi soldiers wounded five protesters near the port in the evening, a doctor at the city's main hospital said."""
COPY = """Basra police hold protesters after march
Police in Basra arrested 12 protesters on Monday after a march on the provincial council, officials said.
The demonstrators had blocked the road to the port of Umm Qasr for three days and demanded jobs and clean water.
Iraqi soldiers wounded five protesters near the port in the evening, a doctor at the city's main hospital said.
The Iraqi government condemned Turkey on Tuesday."""


def test_the_bench_has_its_pairs_and_does_not_fall() -> None:
    assert len(pairs(SEEN + HELD_BACK)) >= 200
    assert counted(SEEN + HELD_BACK).f1 >= 0.97


@given(st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_the_order_of_reading_does_not_matter(order: random.Random) -> None:
    shuffled = list(STORIES.values())
    order.shuffle(shuffled)
    assert near_copies(shuffled) == near_copies(STORIES.values())


def test_an_original_is_published_first_and_is_no_copy() -> None:
    copies = near_copies(STORIES.values())
    published = {article.id: article.published or "" for article in STORIES.values()}
    assert copies and all(published[original] < published[copy] for copy, original in copies.items())
    assert not copies.keys() & set(copies.values())


def test_moments_of_several_zones_are_compared_and_undated_articles_come_last() -> None:
    early = Article("z", WIRE, "a", published="2020-02-03T23:30-05:00")
    late = Article("b", WIRE, "b", published="2020-02-04T05:00Z")
    undated = Article("a", WIRE, "c")
    assert near_copies([undated, late, early]) == {"b": "z", "a": "z"}


@given(st.lists(st.text(max_size=80), max_size=6))
def test_any_text_can_be_compared(texts: list[str]) -> None:
    found = near_copies(Article(str(number), text, "x") for number, text in enumerate(texts))
    assert found.keys() <= {str(number) for number in range(len(texts))}


def test_short_texts_and_stories_of_one_event_stay_apart() -> None:
    assert near_copies([Article("a", "Talks fail", "a"), Article("b", "Talks fail", "b")]) == {}
    assert near_copies([STORIES["convoy/wire"], STORIES["convoy/other"], STORIES["convoy/later"]]) == {}


def report(number: int, article: str, killed: int, actor: str = "A") -> Event:
    parties = [Party(name, 0, 1, name.lower(), name, "", "") for name in (actor, "B")]
    when = When("2020-01-03", "2020-01-03", "day", "on the day", "words")
    return Event(
        f"e{number}", article, 0, "hit", 0, 3, "ASSAULT", None, (parties[0],), (parties[1],), Status.ACTUAL, when,
        None, (Count("killed", killed, killed, str(killed)),), None, "assault.attack@1", 0.9,
    )  # fmt: skip


def test_copies_agree_with_nobody_and_count_once() -> None:
    events = [report(1, "wire", 3), report(2, "copy", 3), report(3, "copy", 3, actor="C"), report(4, "alone", 3)]
    copies = {"copy": "wire"}
    assert [event.id for event in independent(events, copies)] == ["e1", "e3", "e4"]
    assert {(d.actor, d.events) for d in dyads(independent(events, copies))} == {("a", 2), ("c", 1)}
    (alone,) = link([(event, None, None) for event in events[:2]], copies=copies)
    assert alone.events == ("e1", "e2") and alone.single and not alone.agreed
    (confirmed,) = link([(event, None, None) for event in (events[0], events[1], events[3])], copies=copies)
    assert "killed" in [statement.field for statement in confirmed.agreed] and not confirmed.single


def test_what_an_article_tells_twice_its_copy_tells_twice() -> None:
    events = [report(1, "copy", 3), report(2, "wire", 3), report(3, "wire", 3), report(4, "copy", 3)]
    assert len(list(independent(events, {"copy": "wire"}))) == 2
    assert len(list(independent(events, {}))) == 4


def test_an_archive_says_which_articles_are_copies_whatever_came_first(tmp_path: Path) -> None:
    records = [
        {"text": WIRE, "outlet": "Wire", "published": "2020-02-04T08:00Z"},
        {"text": COPY, "outlet": "Gazette", "published": "2020-02-04T11:00Z"},
    ]
    for number, record in enumerate(records):
        (tmp_path / f"{number}.jsonl").write_text(json.dumps(record), encoding="utf-8")
    exports = []
    for name, order in (("at once", ["0 1"]), ("later copy", ["0", "1"]), ("later original", ["1", "0"])):
        with dragoman.open(tmp_path / f"{name}.db") as archive:
            for some in order:
                archive.read([tmp_path / f"{number}.jsonl" for number in some.split()])
            exports.append([dict(article) for article in archive.exported("articles")])
            told = [event for event in archive.events() if event.type == "COERCE"]
            assert len({event.article for event in told}) == 2
            assert len(list(independent(told, archive.near_copies()))) < len(told)
    assert exports[0] == exports[1] == exports[2]
    first, second = exports[0]
    assert second["near_copy_of"] == first["id"] and first["near_copy_of"] is None


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_near_copies_are_shown(tmp_path: Path, form: list[str]) -> None:
    lines = [
        json.dumps({"text": text, "outlet": outlet, "published": f"2020-02-0{day}"})
        for day, (outlet, text) in enumerate({"Wire": WIRE, "Gazette": COPY}.items(), 4)
    ]
    (tmp_path / "both.jsonl").write_text("\n".join(lines), encoding="utf-8")
    archive = ["--archive", str(tmp_path / "x.db")]
    assert CliRunner().invoke(main, ["read", str(tmp_path / "both.jsonl"), *archive]).exit_code == 0
    shown = CliRunner().invoke(main, ["show", "near-copies", *archive, *form])
    assert shown.exit_code == 0 and "Gazette" in shown.output and "Wire" in shown.output
