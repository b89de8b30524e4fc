"""Texts that programs have made of pages: Markdown clippings, dumps of text browsers, feed readers, wire terminals."""

from __future__ import annotations

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from source_samples import ONE, THREE, TITLE, TWO

from dragoman.errors import SourceError
from dragoman.intake import article_from_text
from dragoman.intake.written import without_links
from dragoman.records import Article

CLIPPING = f"""---
title: "{TITLE}"
source: "https://www.example.org/inquiry"
author:
  - "[[Jane Roe]]"
  - "[[Amal Haddad]]"
published: 2019-10-22
tags:
  - "clippings"
---
![Soldiers](https://img.example.org/a.jpg)

{ONE}

{TWO.replace("the ministry", "[the ministry](https://www.example.org/m)")}

[Read more: Another story of the day](https://www.example.org/b)

**{THREE}**
"""

DUMP = f"""   #[1]Courier RSS
   [2]Skip to content
     * [3]Home
     * [4]Politics

                {TITLE}

   By [5]Jane Roe
   Tuesday, October 22, 2019

   Soldiers and police used live fire against demonstrators in
   the first week of October, [6]the committee said.

   {TWO}

   {THREE}

   [7]Share [8]Mail

References

   1. https://www.example.org/feed
   6. https://www.example.org/committee
"""


def whys(article: Article) -> dict[str, str]:
    return {piece.text: piece.why for piece in article.furniture}


def test_a_clipping_has_properties_and_no_links() -> None:
    article = article_from_text(CLIPPING, "x.txt")
    assert article.text == f"{TITLE}\n{ONE}\n{TWO}\n{THREE}"
    assert (article.author, article.published) == ("Jane Roe, Amal Haddad", "2019-10-22")
    assert article.url == "https://www.example.org/inquiry"
    aside = whys(article)
    assert aside["[Read more: Another story of the day](https://www.example.org/b)"] == "related links"
    assert aside["https://www.example.org/m"] == "address of a link"
    assert aside["![Soldiers](https://img.example.org/a.jpg)"] == "picture"
    assert aside['- "clippings"'] == "property of the clipping"


def test_a_dump_has_no_numbers_of_links() -> None:
    article = article_from_text(DUMP, "x.txt")
    assert article.text == f"{TITLE}\n{ONE}\n{TWO}\n{THREE}"
    assert (article.author, article.published) == ("Jane Roe", "2019-10-22")
    aside = whys(article)
    assert aside["* [4]Politics"] == "related links"
    assert aside["6. https://www.example.org/committee"] == "address of a link"


def test_brackets_of_a_text_are_left_alone() -> None:
    text = f'{ONE} "They [the officers] fled," said a witness [sic].\n{TWO}\nReferences\n1. A book (2019).'
    assert without_links(text).text == text


def test_a_reader_of_feeds_shows_the_headline_below_the_date() -> None:
    text = f"""All articles
Mark all as read

Courier by Jane Roe  ·  Oct 22, 2019 17:40

{TITLE}

Star  Share  Mark unread  View original

{ONE}

{TWO}

The post {TITLE} appeared first on Courier.
"""
    article = article_from_text(text, "x.txt")
    assert article.text == f"{TITLE}\n{ONE}\n{TWO}"
    assert (article.author, article.outlet, article.published) == ("Jane Roe", "Courier", "2019-10-22T17:40")


def test_a_terminal_shows_time_and_headline_in_columns() -> None:
    text = f"""22-Oct-2019 17:40:00 GMT+3  UPDATE 2-{TITLE}

    * Adds comment, background
    By Jane Roe
    BAGHDAD, Oct 22 (Meridian Wire) - {ONE}
    {TWO}

 (Reporting by Jane Roe; Editing by Dan Kroll)
 ((jane.roe@wire.example; +964 1 555 0134))
"""
    article = article_from_text(text, "x.txt")
    assert article.text == f"{TITLE}\nBAGHDAD, Oct 22 (Meridian Wire) - {ONE}\n{TWO}"
    assert (article.title, article.author, article.published) == (TITLE, "Jane Roe", "2019-10-22T17:40+03:00")
    assert whys(article)["UPDATE 2-"] == "label of the headline"


def test_a_message_that_is_quoted_has_no_marks() -> None:
    below = "--\nYou received this message because of the list."
    quoted = f"Agency note:\n\n{TITLE}\n\nBy Jane Roe\n\n{ONE}\n\n{TWO}\n\n{below}"
    marked = "\n".join(f"> {line}" for line in quoted.split("\n"))
    article = article_from_text(f"On 3 Oct 2019 at 09:14, Desk <desk@agency.example> wrote:\n\n{marked}", "x.txt")
    assert article.text == f"{TITLE}\n{ONE}\n{TWO}"
    assert (article.author, article.published) == ("Jane Roe", None)


def test_a_monitored_report_is_the_outlets_that_it_names() -> None:
    opening = f'Text of report by Jane Roe headlined "{TITLE}", published by Tagwacht on 22 October 2019'
    article = article_from_text(f"{TITLE}\n\n{opening}\n\n{ONE}\n\n{TWO}", "x.txt")
    assert article.text == f"{TITLE}\n{ONE}\n{TWO}"
    assert (article.author, article.outlet, article.published) == ("Jane Roe", "Tagwacht", "2019-10-22")


@hypothesis_settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            [*"[ ] ]( ) ![ --- ** _ x [1] 1. References https://a.example".split(), "a: b\n", "  - c\n", "\n", " ", ONE]
        ),
        max_size=30,
    ).map("".join)
)
def test_any_marks_are_read_and_no_letter_is_lost(text: str) -> None:
    written = without_links(text)
    kept = written.text + "".join(piece.text for piece in written.aside)
    assert all(kept.count(letter) >= text.count(letter) for letter in "xcS")
    try:
        article_from_text(text, "x.txt")
    except SourceError as error:
        assert error.code in ("S004", "S005")
