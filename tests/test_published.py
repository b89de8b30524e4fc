"""Undated articles: an interval from their own words and known facts, with the reasoning, or nothing."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from dragoman.actors import dated_facts, knowledge, mentions_of
from dragoman.actors.facts import happenings
from dragoman.dates import elapsed, find, parse_iso
from dragoman.encoder import encoder
from dragoman.geography import countries
from dragoman.intake import article_from_text, dated
from dragoman.intake.published import CONTRADICTION
from dragoman.pipeline import code
from dragoman.reading import read
from dragoman.records import Article, article_id

SHARED = Path(__file__).parents[2] / "shared"


def found(text: str) -> Article:
    article = Article(article_id(text, "t"), text, "t")
    sentences = tuple(read([article], encoder()))
    mentions = mentions_of(article, sentences, knowledge())
    return dated(article, sentences, mentions, dated_facts(mentions, knowledge()))


ARTICLES = tomllib.loads((Path(__file__).parent / "undated_articles.toml").read_text(encoding="utf-8"))["article"]
DATED = {article["kind"]: article for article in ARTICLES if "day" in article}
UNDATED = {article["kind"]: article for article in ARTICLES if "day" not in article}


def _days(published: str) -> int:
    interval = parse_iso(published)
    assert interval.start is not None
    return ((interval.end or date(2299, 1, 1)) - interval.start).days + 1


@pytest.mark.parametrize("kind", DATED)
def test_an_undated_article_is_dated_by_its_words(kind: str) -> None:
    given = DATED[kind]
    article = found(given["text"].strip())
    assert article.published is not None and parse_iso(article.published).overlaps(parse_iso(given["day"])), article
    assert _days(article.published) <= given["most_days"] or not given["most_days"], article
    assert given["reason"] in (article.published_basis or ""), article


@pytest.mark.parametrize("kind", UNDATED)
def test_where_nothing_can_be_said_nothing_is_said(kind: str) -> None:
    article = found(UNDATED[kind]["text"].strip())
    assert article.published is None and article.published_basis is None and CONTRADICTION not in article.flags, article


def test_clues_that_contradict_each_other_give_nothing() -> None:
    article = found(
        "Rafik Hariri was assassinated yesterday in Beirut.\n"
        "Three weeks after the killing of Qassem Soleimani, Iraq is still waiting for an answer."
    )
    assert article.published is None and CONTRADICTION in article.flags


def test_a_date_that_is_known_stays() -> None:
    article = Article("x", "Rafik Hariri was assassinated yesterday.", "x", published="2005", published_basis="meta")
    assert dated(article, (), (), ()) is article


@pytest.mark.skipif(not (SHARED / "seeds").exists(), reason="../shared with the seeds is not here")
def test_the_second_model_article() -> None:
    (path,) = (SHARED / "seeds").glob("003_*")
    coded = code(article_from_text(path.read_text(encoding="utf-8"), "seed.txt"))
    published = parse_iso(coded.article.published or "")
    assert published.start and published.end
    assert date(2020, 1, 24) <= published.start and published.end <= date(2020, 2, 2)
    basis = coded.article.published_basis or ""
    assert "more than three weeks after the killing of Qassem Soleimani (3 January 2020)" in basis
    assert "'Friday last week', after the meeting on 'January 13'" in basis
    assert all(event.when is None or event.when.basis for event in coded.events)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("three weeks after", "2020-01-21/2020-01-28"),
        ("more than a year after", "2021-01-03/2022-01-03"),
        ("the day after", "2020-01-04"),
        ("100 days after", "2020-04-02/2020-04-22"),
        ("less than two months after", "2020-02-03/2020-03-03"),
        ("three weeks before", None),
        ("three weeks ago", None),
    ],
)
def test_how_long_after(words: str, days: str | None) -> None:
    [expression] = find(words + " the killing")
    interval = elapsed(expression, parse_iso("2020-01-03"))
    assert (str(interval) if interval else None) == days


def test_the_happenings_are_as_documented() -> None:
    facts = happenings()
    known = {*knowledge().actors, *(country.iso3 for country in countries())}
    assert len(facts) >= 150
    for fact in facts:
        assert parse_iso(fact.start).end is not None, fact
        assert fact.end is None or fact.start <= fact.end, fact
        assert set(fact.parties) <= known and all(word == word.lower() for word in fact.words), fact
