"""Versions of a page: the same source twice, corrected pages, and what only looks like one."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import dragoman
from dragoman.linking import versions
from dragoman.records import Article

DEMO = Path(__file__).resolve().parents[1] / "examples" / "iraq-2020"
WORDS = (
    "Iran admitted on Saturday that its forces had shot down a passenger jet near Tehran, having denied for three days"
    " that a missile brought it down. All 176 people on board were killed on Wednesday."
)
PAGE = Article(
    *("a", f"{WORDS} Of the dead 63 were Canadians.", "jet.txt"),
    title="Iran admits that it shot down airliner",
    outlet="The Morning Courier",
    published="2020-01-11T22:40Z",
)
CORRECTED = replace(
    PAGE,
    id="b",
    text=f"{WORDS} Of the dead 57 were Canadians. Correction: an earlier version gave their number as 63.",
    flags=("updated 2020-01-12T09:20Z",),
    source="again.txt",
)
OTHER = replace(PAGE, id="c", text="Police in Basra arrested twelve protesters on Monday, officials said.")


def found(*articles: Article) -> dict[str, str]:
    texts = {article.id: article.text for article in articles}
    return versions(articles, texts.__getitem__)


def test_title_outlet_and_day_make_a_version() -> None:
    assert found(PAGE, CORRECTED) == {"b": "a"}
    assert found(PAGE, replace(CORRECTED, outlet="The Evening Post")) == {}
    assert found(PAGE, replace(CORRECTED, published="2020-01-13")) == {}
    assert found(PAGE, replace(CORRECTED, title="Iran admits it")) == {}


def test_an_address_or_a_source_makes_a_version_too() -> None:
    here = replace(PAGE, url="https://www.example.org/jet", title=None)
    assert found(here, replace(CORRECTED, url="http://example.org/jet/#top", title=None)) == {"b": "a"}
    assert found(here, replace(CORRECTED, url="https://example.org", title=None)) == {}
    assert found(here, replace(CORRECTED, source=PAGE.source, title=None)) == {"b": "a"}


def test_another_story_under_the_same_head_is_none() -> None:
    assert found(PAGE, OTHER) == {}


def test_the_order_of_reading_does_not_matter() -> None:
    third = replace(CORRECTED, id="d", text=CORRECTED.text + " It was amended.", flags=("updated 2020-01-13T08:00Z",))
    results = [found(*order) for order in permutations([PAGE, CORRECTED, OTHER, third])]
    assert results[0] == {"b": "a", "d": "a"}
    assert all(result == results[0] for result in results)


def test_an_address_of_many_articles_is_no_page() -> None:
    page = replace(PAGE, url="https://example.org/iran", title=None)
    many = [replace(page, id=str(number), text=f"{WORDS} {number}", source=str(number)) for number in range(60)]
    assert found(*many) == {}


def test_a_corrected_file_is_a_new_version_and_both_are_kept(tmp_path: Path) -> None:
    page = tmp_path / "jet.txt"
    with dragoman.open(tmp_path / "x.db") as archive:
        page.write_text(PAGE.text, encoding="utf-8")
        assert archive.read(page).read == 1
        assert (archive.read(page).read, archive.read(page).already_there) == (0, 1)
        page.write_text(CORRECTED.text, encoding="utf-8")
        assert archive.read(page).read == 1
        first, second = sorted(archive.articles(), key=lambda article: article.version_of or "")
        assert (first.text, second.text) == (PAGE.text, CORRECTED.text)
        assert (first.version_of, second.version_of) == (None, first.id)
        before = list(archive.exported("articles"))
        archive.read(page)
        assert list(archive.exported("articles")) == before
