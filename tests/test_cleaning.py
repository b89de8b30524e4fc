"""Web pages as they are made: where the article stands, what is set aside and why, and what is flagged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from benchmarks.intake import figures, judge, read
from benchmarks.page_set import pages
from dragoman.archive import open_archive
from dragoman.cli import main
from dragoman.intake import article_from_html, article_from_text
from dragoman.intake.stamps import read_stamp
from dragoman.records import Article, CodedArticle

TITLE = "Dockers shut the largest harbour in protest at the pension law"
ONE = "Dockers closed the country's largest harbour on Thursday and refused to unload eleven ships that had come in."
TWO = (
    "The walkout followed a vote in parliament late on Wednesday that raised the age of retirement for manual workers."
)
THREE = "The port authority said that the grain in the silos of the city would last ten days at the most, or less."
BODY = f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>"
OTHER = (
    "A bomb destroyed the middle span of the bridge on Tuesday and cut the only railway line to the coast, they said."
)


def page(inside: str, head: str = "") -> Article:
    return article_from_html(
        f"<html><head><title>{TITLE} | The Courier</title>{head}</head><body>{inside}</body>", "p.html"
    )


def lines(article: Article) -> list[str]:
    return article.text.split("\n")


def whys(article: Article) -> dict[str, str]:
    return {piece.text: piece.why for piece in article.furniture}


# The floors: the evaluation set of `make bench-intake`, whose figures may not fall unseen.


def test_figures_of_the_evaluation_set() -> None:
    every = list(pages())
    assert len(every) >= 60 and len({one.layout for one in every}) >= 20
    found = figures([judge(one, read(one)) for one in every[::3]])
    assert found["text_f1"] >= 0.97 and found["title"] >= 0.97 and found["author"] >= 0.9 and found["date"] >= 0.97
    assert found["furniture_lines"] <= 0.025


# Where the article stands


@pytest.mark.parametrize(
    "inside",
    [
        f"<nav><a>Home</a></nav><h1>{TITLE}</h1><div class=x>{BODY}</div><div class=y><p><a>{OTHER[:60]}</a></p></div>",
        f"<table><tr><td>World<br>Sport<td><font>{TITLE}</font><br>{ONE}<br><br>{TWO}<br><br>{THREE}<td>Weather</table>",
        f"<div><h1>{TITLE}</h1></div>"
        + "".join(f"<div><div class=b><p>{one}</p></div></div>" for one in (ONE, TWO, THREE)),
        f"<form><h1>{TITLE}</h1><div>{BODY}</div><input name=q></form>",
        f"<h1>{TITLE}</h1><div class='article-ad-free'>{BODY}</div>",
        f"<h1>{TITLE}</h1><pre>{ONE}\n\n{TWO}\n\n{THREE}</pre><hr><p>Best viewed with any browser.</p>",
    ],
    ids=["divisions", "old tables", "one block each", "one form", "named like an advert", "preformatted"],
)
def test_the_article_is_where_its_sentences_stand(inside: str) -> None:
    assert lines(page(inside)) == [TITLE, ONE, TWO, THREE]


def test_a_second_article_below_is_another_one() -> None:
    below = f"<article><h1>Bomb destroys railway bridge</h1><div>{BODY.replace('Dockers', 'Bombers')}</div></article>"
    article = page(f"<article><h1>{TITLE}</h1><div>{BODY}</div></article>{below}")
    assert lines(article) == [TITLE, ONE, TWO, THREE]


def test_a_river_of_teasers_longer_than_the_text_is_set_aside_and_flagged() -> None:
    river = "".join(
        f"<div><h3><a>Headline number {n} of the day</a></h3><p>{OTHER} ({n}).</p></div>" for n in range(40)
    )
    article = page(f"<div><article><h1>{TITLE}</h1>{BODY}</article></div><div>{river}</div>")
    assert lines(article) == [TITLE, ONE, TWO, THREE]
    assert "the text is much shorter than the page" in article.flags


def test_headlines_of_sections_are_the_articles_whatever_their_rank() -> None:
    article = page(f"<h1>{TITLE}</h1><div>{BODY}<h1>What happens next</h1><p>{OTHER}</p></div>")
    assert lines(article) == [TITLE, ONE, TWO, THREE, "What happens next", OTHER]


def test_columns_of_a_text_are_one_text_and_its_short_first_sentence_belongs_to_it() -> None:
    columns = f'<div class="body col-a"><p>It is over.</p><p>{ONE}</p></div><div class="body col-b"><p>{TWO}</p></div>'
    assert lines(page(f"<article><h1>{TITLE}</h1>{columns}</article>")) == [TITLE, "It is over.", ONE, TWO]


def test_what_stands_between_title_and_text_is_the_text_only_if_it_reads_as_its_first_paragraph() -> None:
    above = f"""<div class="head"><h1>{TITLE}</h1><p>Updated automatically every 5 minutes</p></div>
    <h2>{TITLE}</h2><div class="photo"><p>Containers stand at the gate of the harbour, which has been shut since dawn.
    </p></div><div class="note"><p>From the free news source that you can write for whenever you like!</p></div>
    <div class="intro"><p>{OTHER}</p></div>"""
    article = page(f"{above}<div class='text'>{BODY}</div>")
    assert lines(article) == [TITLE, OTHER, ONE, TWO, THREE]
    assert "caption" in whys(article).values()


def test_entries_of_a_live_page_are_one_text() -> None:
    entries = "".join(
        f"<li class=e><div>2h ago (1{n}:00 GMT)</div><h2>Entry {n}</h2><p>{one}</p><p>{one}</p></li>"
        for n, one in enumerate((ONE, TWO, THREE))
    )
    found = lines(page(f"<h1>{TITLE}</h1><ul>{entries}</ul>"))
    assert found == [TITLE, *(line for n, one in enumerate((ONE, TWO, THREE)) for line in (f"Entry {n}", one, one))]


def test_boxes_in_the_text_are_set_aside_with_their_reasons_and_lists_are_kept() -> None:
    article = page(
        f"<h1>{TITLE}</h1><div><p>{ONE}</p><div class=q><p>Sign up to our morning letter</p><p>It tells you what "
        f"matters, and we send it to you for free.</p></div>"
        f"<ul><li>Grain for ten days</li><li>Two ships with medicine</li></ul>"
        f"<p><a href=x>{OTHER[:69]}</a></p><p>{TWO}</p><p>{THREE}</p></div>"
    )
    assert lines(article) == [TITLE, ONE, "Grain for ten days", "Two ships with medicine", TWO, THREE]
    aside = whys(article)
    assert aside["Sign up to our morning letter"] == "box in the text"
    assert aside[OTHER[:69]] == "related links"


def test_every_visible_line_is_in_the_text_or_in_the_furniture() -> None:
    for one in list(pages())[::11]:
        article = read(one)
        assert article is not None
        kept = " ".join([article.text, *(piece.text for piece in article.furniture)])
        for word in one.text.split():
            assert word in kept or word.lower() in kept.lower(), (one.source, word)


# Title, author, time


def test_the_title_is_the_line_that_the_head_names() -> None:
    article = page(f"<h1>The Courier</h1><div class=s><b>Exclusive {TITLE}</b></div><div>{BODY}</div>")
    assert article.title == TITLE


@pytest.mark.parametrize(
    ("data", "author"),
    [
        ('{"@type": "NewsArticle", "author": {"@type": "Organization", "name": "The Courier"}}', "Ruth Calloway"),
        (
            '{"@type": "NewsArticle", "author": {"@type": "Person", "name": ["Jane Roe", "John Doe"]}}',
            "Jane Roe, John Doe",
        ),
        ('{"@type": "NewsArticle", "author": "Jane Roe, The Courier", "publisher": "The Courier"}', "Jane Roe"),
        ('{"@type": "NewsArticle", "author": {"@type": "Person", "name": "admin"}}', "Ruth Calloway"),
        ('{"@type": "NewsArticle", "author": "By Jane Roe and John Doe"}', "Jane Roe and John Doe"),
        ("{not json", "Ruth Calloway"),
    ],
)
def test_authors_are_persons(data: str, author: str) -> None:
    script = f'<script type="application/ld+json">{data}</script>'
    assert page(f"<h1>{TITLE}</h1><p>By Ruth Calloway</p><div>{BODY}</div>", script).author == author


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Jane Roe jane.roe at paper.example", "Jane Roe"),
        ("A- A A+ Print", None),
        ("PORT CITY", None),
        ("Jane Roe, Harbour Press Collective, 4 March 2021", "Jane Roe"),
    ],
)
def test_lines_that_name_an_author_and_lines_that_do_not(line: str, author: str | None) -> None:
    assert page(f"<h1>{TITLE}</h1><p>{line}</p><p>4 March 2021</p><div>{BODY}</div>").author == author


def test_all_authors_that_meta_elements_name() -> None:
    names = "".join(f'<meta name="citation_author" content="{name}">' for name in ("Jane Roe", "John Doe", "Jane Roe"))
    day = '<meta name="citation_publication_date" content="2021/03/04">'
    article = page(f"<h1>{TITLE}</h1><div>{BODY}</div>", names + day)
    assert (article.author, article.published) == ("Jane Roe, John Doe", "2021-03-04")


def test_a_standfirst_may_name_who_reports_and_the_head_of_an_issue_its_day() -> None:
    head = "<div>Monday 8 March 2021</div><div>Weekly</div><div>4 March 2021</div><div>Issue No. 717</div>"
    links = "".join(f"<li><a>Section {number}</a></li>" for number in range(6))
    top = f"<h1>{TITLE}</h1><h2>A law has split the coalition. Jane Roe reports</h2>"
    inside = f"{head}<ul>{links}</ul>{top}<div>{BODY}</div>"
    article = page(inside)
    assert (article.author, article.published) == ("Jane Roe", "2021-03-04")
    assert page(inside.replace("Issue No. 717", "Today")).published is None


def test_an_author_may_sign_below_the_text_and_the_day_may_stand_above_the_title() -> None:
    article = page(
        f"<h2>Thursday, March 4, 2021</h2><h3>{TITLE}</h3><div>{BODY}</div>"
        "<div class=post-footer><span class=post-author>Posted by Ruth Calloway</span> at 5:40 PM</div>"
    )
    assert (article.author, article.published) == ("Ruth Calloway", "2021-03-04")


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("Tue Apr 5 07:18:00 UTC 2022", "2022-04-05T07:18Z"),
        ("November 23, 2021 · 4 min read", "2021-11-23"),
        ("PUBLISHED: 08:05, Tue, Nov 17, 2020 | UPDATED: 23:40, Tue, Nov 17, 2020", "2020-11-17T08:05"),
        ("27-05-2021", "2021-05-27"),
    ],
)
def test_times_as_pages_show_them(line: str, moment: str) -> None:
    stamp = read_stamp(line)
    assert stamp is not None and stamp.moment == moment and not stamp.updated


# Flags


def test_what_is_not_whole_is_flagged() -> None:
    wall = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script>'
    assert any("not free" in flag for flag in page(f"<h1>{TITLE}</h1><div>{BODY}</div>", wall).flags)
    assert "a paragraph stands twice" in page(f"<h1>{TITLE}</h1><div>{BODY}<p>{ONE}</p></div>").flags
    assert any("nested too deep" in flag for flag in page(f"{'<div>' * 3000}{BODY}").flags)
    assert "only a title was found" in page(f"<h1>{TITLE}</h1>").flags


def test_what_is_not_whole_is_flagged_in_pasted_text_too() -> None:
    assert "only a title was found" in article_from_text(TITLE, "x.txt").flags
    assert "a paragraph stands twice" in article_from_text(f"{TITLE}\n\n{ONE}\n\n{TWO}\n\n{ONE}", "x.txt").flags
    prompts = "\n\n".join(f"Subscribe to our newsletter {n} and never miss a story." for n in range(9))
    assert (
        "the text is much shorter than the page" in article_from_text(f"{TITLE}\n\n{ONE}\n\n{prompts}", "x.txt").flags
    )
    assert article_from_text(f"{TITLE}\n\n{ONE}\n\n{TWO}\n\nSubscribe now", "x.txt").flags == ()


# Pasted text


def test_a_pasted_page_ends_with_its_sign_off() -> None:
    article = article_from_text(
        f"The Courier\nWorld\n{TITLE}\nMarch 4, 2021 · 4 min read\nShare Bookmark 14 Comments\n\n{ONE}\n\n"
        f"Sign up to First Edition\nFree daily newsletter\nThe day's stories, every weekday morning\n\n{TWO}\n\n"
        f"{THREE}\n\nReporting by Jane Roe; Editing by John Doe\nRead Next\nA headline of another day\n{OTHER}\n"
        "Topics\nPorts",
        "p.txt",
    )
    assert (article.title, article.published) == (TITLE, "2021-03-04")
    assert lines(article) == [TITLE, ONE, TWO, THREE]
    assert whys(article)["The day's stories, every weekday morning"] == "newsletter prompt"
    assert whys(article)[OTHER] == "below the article"


def test_a_message_with_its_title_below_the_date() -> None:
    article = article_from_text(
        f"STRAIT DIGEST\n\n4 March 2021\n\n{TITLE}\n\nBy Ruth Calloway\n\n{ONE}\n\n{TWO}\n\n{THREE}", "m.txt"
    )
    assert (article.title, article.author, article.published) == (TITLE, "Ruth Calloway", "2021-03-04")
    assert lines(article) == [TITLE, ONE, TWO, THREE]


def test_an_article_of_many_sections_is_read() -> None:
    sections = "<hr>".join(f"<p>{number}: {ONE}</p>" for number in range(12))
    assert ONE in page(f"<article><h1>{TITLE}</h1>{sections}</article>").text


@hypothesis_settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [
                "<li>",
                "<td>",
                "<tr>",
                "<table>",
                "</table>",
                "<p>",
                "<div class=a>",
                "</div>",
                "<hr>",
                "<img>",
                "<h1>",
                "</h1>",
                "<a>",
                "</a>",
                "<span>",
                "</span>",
                "<pre>",
                "</pre>",
                f"<p>{ONE}</p>",
                TWO,
                "Share",
                "x",
            ]
        ),
        max_size=25,
    )
)
def test_any_nesting_is_read(pieces: list[str]) -> None:
    article = page(f"<h1>{TITLE}</h1><p>{THREE}</p>" + "".join(pieces))
    assert article.title is not None
    kept = " ".join([article.text, *(piece.text for piece in article.furniture)])
    assert THREE in kept


# On the command line


def test_furniture_is_shown_on_demand(tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    with open_archive(archive) as store:
        store.keep([CodedArticle(page(f"<h1>{TITLE}</h1><div>{BODY}</div><footer>© The Courier</footer>"), ())])
    shown = CliRunner().invoke(main, ["show", "furniture", "--archive", str(archive), "--json"])
    assert shown.exit_code == 0
    rows = [json.loads(line) for line in shown.output.splitlines()]
    assert [(row["text"], row["why"]) for row in rows] == [("© The Courier", "foot of the page")]
    assert "foot of the page" in CliRunner().invoke(main, ["show", "furniture", "--archive", str(archive)]).output
