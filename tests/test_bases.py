"""How each field of an article was found is kept with it, whatever it came in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import source_samples as samples
from source_samples import ONE, TITLE, TWO
from test_sources import SETTINGS

import dragoman
from dragoman.intake import article_from_html, article_from_text, read_sources
from dragoman.records import Article

FIELDS = ("title", "standfirst", "author", "outlet", "place", "url", "language")
INFERRED = "inferred from its function words"


def how(article: Article) -> dict[str, str]:
    """Field -> how it was found; every field that there is has an entry, in one order, and no other has."""
    given = {basis.field: basis.how for basis in article.bases}
    assert list(given) == [name for name in FIELDS if getattr(article, name) is not None]
    assert (article.published is None) == (article.published_basis is None)
    return given


def test_a_page_with_json_ld() -> None:
    data = {
        "@type": "NewsArticle",
        "headline": TITLE,
        "author": {"@type": "Person", "name": "Jane Roe"},
        "publisher": {"name": "Courier"},
        "contentLocation": {"name": "Basra"},
        "datePublished": "2020-01-03T10:00:00Z",
        "url": "https://example.org/1",
    }
    page = f'<head><script type="application/ld+json">{json.dumps(data)}</script></head><p>{ONE}</p><p>{TWO}</p>'
    article = article_from_html(page, "x.html")
    named = dict.fromkeys(("title", "author", "outlet", "place", "url"), "JSON-LD")
    assert how(article) == {**named, "language": INFERRED}
    assert article.published_basis == "JSON-LD"


def test_a_page_with_meta_elements_and_lines() -> None:
    page = f"""<head><link rel="canonical" href="https://example.org/2"><meta property="og:site_name" content="Courier">
    <meta name="author" content="Jane Roe"></head><article><h1>{TITLE}</h1><h2>Report names nine officers and says
    that all of them fled</h2><time datetime="2020-01-03">Friday</time><p>BASRA (Meridian) - {ONE}</p><p>{TWO}</p>"""
    article = article_from_html(page, "x.html")
    assert how(article) == {
        "title": "visible line",
        "standfirst": "visible line",
        "author": "meta element",
        "outlet": "meta element",
        "place": "dateline",
        "url": "link element",
        "language": INFERRED,
    }
    assert article.published_basis == "time element"


def test_a_pasted_page() -> None:
    article = article_from_text(f"{TITLE}\n\nBy Jane Roe\n\nBASRA (Meridian Wire) - {ONE}\n\n{TWO}", "2020-01-03.txt")
    assert how(article) == {
        "title": "visible line",
        "author": "visible line",
        "outlet": "dateline",
        "place": "dateline",
        "language": INFERRED,
    }
    assert article.published_basis == "file name"


def test_an_outlet_that_only_the_prompts_name() -> None:
    article = article_from_text(f"{TITLE}\n\n{ONE}\n\n{TWO}\n\nFollow Courier on Facebook", "x.txt")
    assert (article.outlet, how(article)["outlet"]) == ("Courier", "inferred from the prompts of the page")


def test_a_table(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(f'title,Byline,Body,Pub. Date\n{TITLE},Jane Roe,"{ONE}",2020-01-03\n', "utf-8")
    [article] = [item for item in read_sources([tmp_path / "x.csv"], SETTINGS) if isinstance(item, Article)]
    assert how(article) == {"title": "field of the record", "author": "column Byline", "language": INFERRED}
    assert article.published_basis == "column Pub. Date"


@pytest.mark.parametrize(
    ("text", "title", "author"),
    [
        (samples.NEXIS_UNI, "line at the head of the export's article", "label byline of the export"),
        (samples.FACTIVA_CODED, "code HD of the export", "code BY of the export"),
    ],
)
def test_an_export_of_a_database(text: str, title: str, author: str, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(text, "utf-8")
    found = [item for item in read_sources([tmp_path / "x.txt"], SETTINGS) if isinstance(item, Article)]
    assert {how(article)["title"] for article in found} == {title}
    assert author in {how(article).get("author") for article in found}


def test_a_web_archive(tmp_path: Path) -> None:
    page = f"<body><article><h1>{TITLE}</h1><p>{ONE}</p><p>{TWO}</p></article></body>"
    (tmp_path / "x.mhtml").write_bytes(samples.mhtml(page, "https://example.org/3"))
    [article] = [item for item in read_sources([tmp_path / "x.mhtml"], SETTINGS) if isinstance(item, Article)]
    assert how(article)["url"] == "header of the web archive"


def test_they_are_kept_exported_and_read_again(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(f"{TITLE}\n\nBy Jane Roe\n\nBASRA (Meridian Wire) - {ONE}\n\n{TWO}", "utf-8")
    with dragoman.open(tmp_path / "x.db") as archive:
        archive.read(tmp_path / "x.txt")
        [article] = archive.articles()
        archive.export("articles", tmp_path / "articles.jsonl")
    record = json.loads((tmp_path / "articles.jsonl").read_text("utf-8"))
    assert record["bases"] == {
        **dict.fromkeys((*FIELDS, "published")),
        **how(article),
    }
    [again] = [item for item in read_sources([tmp_path / "articles.jsonl"], SETTINGS) if isinstance(item, Article)]
    assert how(again) == how(article)
