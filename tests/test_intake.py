"""Intake: pages as people paste and save them, records, folders; and what cannot be read."""

from __future__ import annotations

import doctest
import importlib
import io
import json
import pkgutil
import time
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

import dragoman.intake
from dragoman.errors import CODES, SourceError
from dragoman.intake import article_from_html, article_from_json, article_from_text, read_sources
from dragoman.intake.furniture import judge
from dragoman.intake.layout import JOINED
from dragoman.intake.stamps import date_in_name, iso_moment, read_stamp
from dragoman.records import Article, Notice, Unread, article_id, normalise
from dragoman.settings import load

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "examples" / "iraq-2020"
SEEDS = ROOT.parent / "shared" / "seeds"
SETTINGS = load({})

ONE = "Soldiers and police used live fire against demonstrators in the first week of October, the committee said."
TWO = "The finding contradicts the ministry, which had denied that the security forces confronted the protesters."
THREE = (
    "Lawmakers are to meet on Thursday to discuss the report and the demands of the families of those who were killed."
)
BODY = f"{ONE}\n\n{TWO}\n\n{THREE}"


def body(article: Article) -> list[str]:
    top = "\n".join(part for part in (article.title, article.standfirst) if part)
    assert article.text.startswith(top)
    return [line for line in article.text[len(top) :].split("\n") if line]


def whys(article: Article) -> dict[str, str]:
    return {piece.text: piece.why for piece in article.furniture}


def only(found: object) -> Article:
    assert isinstance(found, Article)
    return found


def unread(found: object) -> Unread:
    assert isinstance(found, Unread)
    assert found.code in CODES
    assert found.message[0].isupper() or found.source.split("/")[-1] in found.message
    assert found.message.endswith((".", "}."))
    return found


# The two real pages


@pytest.fixture(scope="module")
def seeds() -> list[Article]:
    if not SEEDS.is_dir():
        pytest.skip("the two real pages stand in ../shared/seeds, which is not here")
    return [only(found) for found in read_sources([SEEDS], SETTINGS)]


def test_first_seed_metadata(seeds: list[Article]) -> None:
    first = seeds[0]
    assert first.title == (
        "Thanks to Trump's assassination of Soleimani, Iran now has the hearts and minds of everyday Iraqis"
    )
    assert first.standfirst is not None and first.standfirst.startswith("The Iraqi government was divided")
    assert first.standfirst.endswith("everything changed")
    assert (first.author, first.outlet, first.place) == ("Ahmed Twaij", "The Independent", "New York")
    assert (first.published, first.published_basis) == ("2020-01-06T21:03Z", "visible line")


def test_first_seed_body_and_furniture(seeds: list[Article]) -> None:
    paragraphs = body(seeds[0])
    assert len(paragraphs) == 8
    assert paragraphs[0].startswith("Since the 2003 US-led invasion")
    assert paragraphs[-1].endswith("may well have achieved the opposite.")
    aside = whys(seeds[0])
    for start in (
        "The Independent's journalism",
        "Join our commenting",
        "Join thought",
        "Thank you for",
        "Please refresh",
    ):
        assert any(text.startswith(start) for text in aside)
    assert aside["General Qassem Soleimani's casket passes in Iraq funeral procession"] == "caption"


def test_second_seed(seeds: list[Article]) -> None:
    second = seeds[1]
    assert (second.title, second.published, second.author, second.outlet) == (None, None, None, None)
    paragraphs = body(second)
    assert paragraphs[0].startswith("More than three weeks after")
    assert paragraphs[-1].endswith("wider war against the Islamic Republic.")
    assert len(paragraphs) == 32
    assert list(whys(second).values()) == ["caption", "caption", "messenger invitation"]


# The demonstration corpus


@pytest.fixture(scope="module")
def demo() -> dict[str, Article | Unread]:
    return {found.source: found for found in read_sources([DEMO], SETTINGS) if not isinstance(found, Notice)}


def test_demo_what_is_not_read(demo: dict[str, Article | Unread]) -> None:
    missing = {name: found.code for name, found in demo.items() if isinstance(found, Unread)}
    assert missing == {
        "2019-11-28-consulat-wire-fr.html": "S005",
        "2020-01-07-empty.txt": "S004",
        "2020-01-07-wall-london.txt": "S004",
    }


@pytest.mark.parametrize(
    ("name", "author", "outlet", "place", "published"),
    [
        ("2020-01-03-strike-wire.txt", "Lena Castellan", "Meridian Wire", "Baghdad", "2020-01-03"),
        (
            "2020-01-03-strike-weekly.txt",
            "Meridian Wire, with Rusafa Weekly staff",
            "Rusafa Weekly",
            "Baghdad",
            "2020-01-03",
        ),
        ("2019-11-14-football-weekly.txt", "Yusra Al-Rikabi", "Rusafa Weekly", "Amman", "2019-11-15"),
        ("2019-10-22-inquiry-london.txt", "Idris Fenwick", "The London Morning Ledger", None, "2019-10-22T17:40+01:00"),
        ("2020-01-24-march-weekly.txt", "Yusra Al-Rikabi and Hana Aziz", "Rusafa Weekly", "Baghdad", "2020-01-25"),
        ("2020-02-02-allawi-weekly.txt", "Hana Aziz", "Rusafa Weekly", "Baghdad", "2020-02-02"),
        ("2020-01-09-standing-down-london.txt", "Ruth Calloway", "The London Morning Ledger", None, "2020-01-09T14:30"),
        ("sadr-sides-undated.txt", "Marguerite Aubrac", "Cedarpoint Analysis", None, None),
        (
            "2020-02-11-count-analysis.html",
            "Marguerite Aubrac",
            "Cedarpoint Analysis",
            "Beirut",
            "2020-02-11T09:00:00+00:00",
        ),
        (
            "2020-01-01-embassy-london.html",
            "Ruth Calloway",
            "The London Morning Ledger",
            "London",
            "2020-01-01T19:10:00+00:00",
        ),
    ],
)
def test_demo_metadata(
    demo: dict[str, Article | Unread], name: str, author: str, outlet: str, place: str | None, published: str | None
) -> None:
    article = only(demo[name])
    assert (article.author, article.outlet, article.place, article.published) == (author, outlet, place, published)


def test_demo_no_sentence_is_lost_and_no_furniture_is_read(demo: dict[str, Article | Unread]) -> None:
    prompts = (
        "Written for demonstration",
        "Share",
        "Sign up",
        "READ MORE",
        "Advertisement",
        "(Editing",
        "Caption:",
        "Follow ",
    )
    for article in demo.values():
        if isinstance(article, Unread) or ".jsonl" in article.source:
            continue
        assert not [line for line in article.text.split("\n") if line.startswith(prompts)]
        # What is set aside is short: the reports' own paragraphs here are all sentences of more than that.
        assert all(len(text) < 110 for text in whys(article)), article.source
        assert all(line.endswith((".", "?", "!", "”", '"')) for line in body(article)), article.source


def test_demo_correction_keeps_time_of_update_apart(demo: dict[str, Article | Unread]) -> None:
    article = only(demo["2020-01-11-airliner-london-corrected.txt"])
    assert article.published == "2020-01-11T22:40Z"
    assert "updated 2020-01-12T09:20Z" in article.flags


# Eight other layouts

LAYOUTS = {
    "agency": (
        f"Parliament votes on troops\n\nBAGHDAD (AP) — {ONE}\n\n{TWO}\n\nAdditional reporting by Jane Roe in Erbil.",
        {"title": "Parliament votes on troops", "outlet": "Associated Press", "place": "Baghdad", "author": None},
        2,
    ),
    "bar": (
        f"Skip to content\nHome | World | Sport | Video\nInquiry faults army over October killings\n"
        f"By Jane Roe | 3 January 2020 14:05 GMT | London\n\n{BODY}\n\n"
        "Most read\n1. A headline of the day\n2. And one more",
        {
            "title": "Inquiry faults army over October killings",
            "author": "Jane Roe",
            "published": "2020-01-03T14:05Z",
            "place": "London",
        },
        3,
    ),
    "american": (
        f"Inquiry faults army over October killings\nBy JANE ROE and JOHN DOE, Associated Press\n"
        f"Jan. 3, 2020 at 6:55 p.m. EST\nProtesters stand on a bridge in Baghdad. (AP Photo/John Doe)\n\n{BODY}",
        {"author": "JANE ROE and JOHN DOE", "published": "2020-01-03T18:55-05:00"},
        3,
    ),
    "iso": (
        f"The Daily Courier\n\nInquiry faults army over October killings\n\n2020-01-03\n\n{BODY}\n\n"
        "© 2020 The Daily Courier.",
        {
            "outlet": "The Daily Courier",
            "published": "2020-01-03",
            "title": "Inquiry faults army over October killings",
        },
        3,
    ),
    "clock first": (
        f"Inquiry faults army over October killings\nWhat the committee found, and what it left out\nJane Roe\n"
        f"8:15 PM ET, Mon January 6, 2020\n\n{BODY}\n\nAbout the author\nSign up here",
        {
            "author": "Jane Roe",
            "published": "2020-01-06T20:15",
            "standfirst": "What the committee found, and what it left out",
        },
        3,
    ),
    "no date": (
        f"Inquiry faults army over October killings\n\nThe committee leaves out who gave the orders\n\n{BODY}",
        {"published": None, "standfirst": "The committee leaves out who gave the orders", "author": None},
        3,
    ),
    "prompts run on": (
        "We use cookies to improve your visit. They help us to see how the site is used by our readers.\n"
        f"Inquiry faults army over October killings\nPublished on 3rd January 2020\n\n{ONE}\n\n"
        f"When you purchase through links on our site, we may earn commission. {TWO}\n\n"
        f"{THREE} Read more: A link to elsewhere",
        {"published": "2020-01-03"},
        3,
    ),
    "live page": (
        "BREAKING NEWS\nTehran Times\n\nInquiry faults army over killings\n\nTuesday, 7 January 2020\nTehran\n\n"
        f"5 min read\n12 comments\n@janeroe\n\n{BODY}\n\n"
        "Join our Telegram channel\n\nRelated\n\nA headline about something else",
        {"outlet": "Tehran Times", "published": "2020-01-07", "place": "Tehran"},
        3,
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_layouts(name: str) -> None:
    page, expected, paragraphs = LAYOUTS[name]
    article = article_from_text(page, "page.txt")
    assert {field: getattr(article, field) for field in expected} == expected
    found = body(article)
    assert len(found) == paragraphs, found
    for sentence in (ONE, TWO, THREE)[:paragraphs]:
        assert any(paragraph.endswith(sentence) for paragraph in found)


# Furniture


@pytest.mark.parametrize(
    "text",
    [
        "The ministry declined to comment.",
        "By Sunday the toll had risen to nineteen.",
        "Also on Friday, Pompeo announced new sanctions on Iranian officials and on companies that deal in metals.",
        "Share prices in Tehran fell by four per cent after the vote.",
        "Follow the money, investigators told reporters in Baghdad on Sunday.",
        "Related violence in the south killed four people, the commission said.",
        "Reporting by journalists has been restricted, the ministry said.",
        "Iran is supported by its allies in Baghdad, among them the armed groups.",
        "More from the south joined the march when the roads were opened.",
        "Print runs were halted, the newspaper's editor said.",
        "Iraqi forces closed the bridge on Saturday. (Reuters)",
        "Support for the government has fallen since October.",
    ],
)
def test_sentences_that_only_look_like_furniture_stay(text: str) -> None:
    assert [piece.why for piece in judge(text)] == [None]


def test_furniture_that_runs_into_furniture_is_whole() -> None:
    text = (
        "Please refresh the page or navigate to another page on the site to be automatically logged in"
        "Please refresh your browser to be logged inQassem Soleimani (left), head of the IRGC Quds Force"
    )
    assert [piece.why for piece in judge(text)] == ["registration or login prompt"]


def test_title_that_stands_twice_is_kept_once() -> None:
    article = article_from_text(
        f"Inquiry faults army over killings\n\nInquiry faults army over killings\n\n{BODY}", "x.txt"
    )
    assert article.title == "Inquiry faults army over killings"
    assert [piece.why for piece in article.furniture] == ["title again"]


def test_wrapped_lines_are_joined_and_flagged() -> None:
    words = f"{ONE} {TWO} {THREE}".split()
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) > 70:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    article = article_from_text("\n".join([*lines, line]), "x.txt")
    assert article.text == " ".join(words)
    assert JOINED in article.flags


def test_title_alone_is_flagged() -> None:
    article = article_from_text("Protesters march in Baghdad", "x.txt")
    assert (article.text, article.title) == ("Protesters march in Baghdad", "Protesters march in Baghdad")
    assert article.flags == ("only a title was found",)


def test_identity_is_of_outlet_or_file_name() -> None:
    named = article_from_text(
        f"Title of the page\nTuesday 7 January 2020\n\n{BODY}\n\nFollow Rusafa Weekly on Twitter", "a/x.txt"
    )
    assert named.id == article_id(named.text, "Rusafa Weekly")
    bare = article_from_text(BODY, "a/x.txt")
    assert bare.id == article_id(bare.text, "x.txt") == article_from_text(BODY, "x.txt").id


# Times


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("Monday 06 January 2020 21:03 GMT", "2020-01-06T21:03Z"),
        ("Published: 9 January 2020, 14:30", "2020-01-09T14:30"),
        ("Updated: Sunday 12 January 2020 09:20 GMT", "2020-01-12T09:20Z"),
        ("First published on Fri 3 Jan 2020 02.51 GMT", "2020-01-03T02:51Z"),
        ("31/12/2019 14:00 (GMT+3)", "2019-12-31T14:00+03:00"),
        ("3 January 2020, 12:15 am CET", "2020-01-03T00:15+01:00"),
        ("14:30 GMT, 9 January 2020", "2020-01-09T14:30Z"),
    ],
)
def test_stamps(line: str, moment: str) -> None:
    stamp = read_stamp(line)
    assert stamp is not None and stamp.moment == moment


@pytest.mark.parametrize(
    "line",
    [
        "03/01/2020",
        "31 February 2020",
        "Protests have gone on since 1 October 2019 in most of the south.",
        "5 hours ago",
        "2020",
    ],
)
def test_lines_that_are_no_stamp(line: str) -> None:
    assert read_stamp(line) is None


def test_weekday_that_does_not_fit_is_flagged() -> None:
    article = article_from_text(f"Title of the page\nSunday 06 January 2020\n\n{BODY}", "x.txt")
    assert any("weekday" in flag for flag in article.flags)


def test_file_name_dates_only_where_nothing_is_visible() -> None:
    article = article_from_text(BODY, "2020-01-05-vote.txt")
    assert (article.published, article.published_basis) == ("2020-01-05", "file name")
    assert article_from_text(f"A title here\n7 January 2020\n\n{BODY}", "2020-01-05.txt").published == "2020-01-07"
    assert date_in_name("2020-01-05-to-2020-01-09.txt") is None
    dated = article_from_text(f"BAGHDAD, Dec 31 (Reuters) - {BODY}", "2020-01-01.txt")
    assert dated.published == "2019-12-31"


def test_iso_moments() -> None:
    for good in (
        "2020",
        "2020-01",
        "2020-01-06",
        "2020-01-06T21:03Z",
        "2019-12-01T19:30:00+03:00",
        "2020-01-01/2020-01-05",
    ):
        assert iso_moment(good) == (good, None)
    for bad in ("", "yesterday", "2020-02-30", "2020-01-05/2020-01-01", "2020-01-01/", "06/01/2020"):
        assert iso_moment(bad)[0] is None


# JSON records


def test_record_title_is_put_before_the_text() -> None:
    article = article_from_json({"id": "a1", "title": "A vote in Baghdad", "text": f"{ONE}\n{TWO}"}, "x.jsonl", 3)
    assert article.text == f"A vote in Baghdad\n{ONE}\n{TWO}"
    assert (article.user_id, article.source) == ("a1", "x.jsonl:3")


def test_record_title_that_stands_there_is_not_repeated() -> None:
    text = f"A vote in Baghdad\nA standfirst\n{ONE}"
    article = article_from_json(
        {"title": "A vote in Baghdad", "standfirst": "A standfirst", "text": text}, "x.jsonl", 1
    )
    assert article.text == text
    run_on = f"A vote in Baghdad on troops. {ONE}"
    assert article_from_json({"title": "A vote in Baghdad on troops", "text": run_on}, "x", 1).text == run_on
    short = article_from_json({"title": "Iran", "text": "Iran fired missiles at two bases."}, "x", 1)
    assert short.text == "Iran\nIran fired missiles at two bases."


def test_record_standfirst_follows_the_title() -> None:
    article = article_from_json({"title": "A vote", "standfirst": "What it means", "text": ONE}, "x", 1)
    assert article.text == f"A vote\nWhat it means\n{ONE}"


def test_record_fields_and_empty_strings() -> None:
    record = {"id": 7, "title": "", "author": " ", "outlet": "", "published": "", "url": None, "text": ONE, "more": [1]}
    article = article_from_json(record, "x", 1)
    assert article.user_id == "7"
    assert (article.title, article.author, article.outlet, article.published, article.url) == (None,) * 5


def test_record_bad_date_is_flagged() -> None:
    article = article_from_json({"text": ONE, "published": "last Friday"}, "x", 1)
    assert (article.published, article.published_basis) == (None, None)
    assert any("last Friday" in flag for flag in article.flags)


@pytest.mark.parametrize(
    ("record", "code"),
    [
        ({"text": 5}, "S008"),
        ({"text": ONE, "title": ["a"]}, "S008"),
        ({"text": ""}, "S004"),
        ({}, "S004"),
        ({"text": ONE, "id": True}, "S008"),
    ],
)
def test_record_errors(record: dict[str, object], code: str) -> None:
    with pytest.raises(SourceError) as caught:
        article_from_json(record, "x.jsonl", 4)
    assert caught.value.code == code
    assert "line 4" in caught.value.message.lower()


def test_bad_lines_do_not_stop_the_others(tmp_path: Path) -> None:
    lines = [
        json.dumps({"text": ONE}),
        "{broken",
        "",
        "[1]",
        "[" * 100_000,
        json.dumps({"text": TWO}),
        '{"text": "\\ud800 ' + THREE + '"}',
    ]
    (tmp_path / "x.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found = list(read_sources([tmp_path], SETTINGS))
    assert [one.source for one in found] == [f"x.jsonl:{line}" for line in (1, 2, 4, 5, 6, 7)]
    assert [one.code if isinstance(one, Unread) else "" for one in found] == ["", "S003", "S008", "S003", "", ""]
    assert "line 2" in unread(found[1]).message.lower()


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    data = io.BytesIO(json.dumps({"text": ONE}).encode())
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=data))
    assert [only(found).source for found in read_sources(["-"], SETTINGS)] == ["-:1"]


# Files and folders


def test_folder_is_canonical_and_moves(tmp_path: Path) -> None:
    for place in ("one", "two"):
        folder = tmp_path / place / "deep"
        folder.mkdir(parents=True)
        for name in ("b.txt", "README.txt", ".hidden.txt", "manifest.toml", "deep/a.txt"):
            (tmp_path / place / name).write_text(f"{name} is the title\n\n{BODY}", encoding="utf-8")
    first, second = (list(read_sources([tmp_path / place], SETTINGS)) for place in ("one", "two"))
    assert first == second
    assert [found.source for found in first] == ["b.txt", "deep/a.txt"]


def test_order_and_repetition_of_sources_do_not_matter(tmp_path: Path) -> None:
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for path in paths:
        path.write_text(BODY, encoding="utf-8")
    assert list(read_sources(paths, SETTINGS)) == list(read_sources([*reversed(paths), paths[0]], SETTINGS))


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.xyz", b"text", "S002"),
        ("a", b"text", "S002"),
        ("a.txt", b"", "S004"),
        ("a.txt", b" \n\n", "S004"),
        ("a.html", b"<html></html>", "S004"),
        ("a.jsonl", b"\n", "S004"),
        ("a.txt", b"\x00\x01\x02PNG", "S006"),
        ("a.txt", b"\xff\xfea", "S006"),
        (
            "a.txt",
            "Des manifestants ont pénétré mercredi soir dans le consulat et ont mis le feu au bâtiment.".encode(),
            "S005",
        ),
        ("a.txt", "اقتحم متظاهرون مساء الأربعاء القنصلية الإيرانية في مدينة النجف".encode(), "S005"),
        ("a.txt", b"Police fired at the crowd in a square. " + b"[" * 20_000, "S005"),
        ("a.txt", b"He is in. " * 3_000, "S005"),
    ],
)
def test_unread(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    (found,) = read_sources([tmp_path], SETTINGS)
    assert unread(found).code == code


def test_the_guessed_language_is_named() -> None:
    german = (
        "Die Demonstranten haben am Mittwoch das Konsulat gestürmt und in Brand gesetzt, wie die Polizei mitteilte."
    )
    for text, language in (
        (german, "German"),
        ("نیروهای امنیتی به تظاهرکنندگان که در میدان بودند شلیک کرده اند", "Persian"),
    ):
        with pytest.raises(SourceError, match=language):
            article_from_text(text, "x.txt")


def test_missing_too_large_and_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY, encoding="utf-8")
    (tmp_path / "none").mkdir()
    small = load({}, largest_file=50)
    codes = [
        unread(found).code for found in read_sources([tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "none"], small)
    ]
    assert codes == ["S007", "S001", "U002"]
    (found,) = read_sources([tmp_path / "a.txt"], load({}, longest_article=100))
    assert unread(found).code == "S007"


@pytest.mark.parametrize(
    ("encoding", "flag"), [("utf-8", False), ("utf-8-sig", False), ("utf-16", False), ("cp1252", True)]
)
def test_encodings(tmp_path: Path, encoding: str, flag: bool) -> None:
    text = f"{ONE} The envoy’s café was closed — for good."
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    (found,) = read_sources([tmp_path], SETTINGS)
    assert only(found).text == text
    assert any("encoding guessed" in one for one in only(found).flags) is flag


# Web pages


def test_html_without_metadata_shows_its_top() -> None:
    page = f"""<html><head><title>Inquiry faults army | Some Paper</title></head><body><nav>Home</nav>
    <div class="content"><h1>Inquiry faults army over killings</h1><p>By Jane Roe</p><p>3 January 2020 14:05 GMT</p>
    <p>{ONE}</p><!-- <p>hidden</p> --><script>var x = "<p>no</p>";</script><p>{TWO}<br>{THREE}</p>
    <p>Sign up to our newsletter</p></div><footer>© Some Paper</footer>"""
    article = article_from_html(page, "x.html")
    assert (article.title, article.author, article.published) == (
        "Inquiry faults army over killings",
        "Jane Roe",
        "2020-01-03T14:05Z",
    )
    assert body(article) == [ONE, TWO, THREE]
    assert {"Home", "© Some Paper", "Sign up to our newsletter"} <= set(whys(article))


def test_html_whose_classes_mislead_is_still_read() -> None:
    page = f'<body><div class="ad-free share"><h1>A title of the page</h1><p>{ONE}</p><p>{TWO}</p></div></body>'
    assert body(article_from_html(page, "x.html")) == [ONE, TWO]


def test_html_bad_metadata_is_passed_over() -> None:
    page = f"""<head><script type="application/ld+json">{{broken</script><meta name="date" content="soon">
    <meta property="article:published_time" content="2020-01-03T10:00:00Z"></head>
    <article><p>{ONE}</p><p>{TWO}</p></article>"""
    article = article_from_html(page, "x.html")
    assert (article.published, article.published_basis) == ("2020-01-03T10:00:00Z", "meta element")


# Properties

_LINES = st.one_of(
    st.text(max_size=80),
    st.sampled_from(
        [ONE, TWO, "Advertisement", "By Jane Roe", "3 January 2020", "Read more", "Baghdad", "", "A | b | c", "Share"]
    ),
)


@hypothesis_settings(deadline=None, max_examples=150)
@given(st.lists(_LINES, max_size=14).map("\n".join))
@example("\ufeff\u200b\n\x00\n0")
@example("BAGHDAD, Jan 99 (X) - y")
def test_no_text_crashes_and_nothing_is_lost(text: str) -> None:
    try:
        article = article_from_text(text, "2020-01-01.txt")
    except SourceError as error:
        assert error.code in ("S004", "S005")
        return
    source = normalise(text)
    kept = [*article.text.split("\n"), *(piece.text for piece in article.furniture)]
    if JOINED not in article.flags:
        assert all(line in source for line in kept)
    left = "".join("".join(kept).split())
    squeezed = "".join(source.split())
    blanks = "\u200b\u200e\u200f\ufeff>"  # the marks of a quoted message are layout, too
    assert sorted(left.translate(dict.fromkeys(map(ord, blanks)))) == sorted(
        squeezed.translate(dict.fromkeys(map(ord, blanks)))
    )
    assert article.text.startswith(article.title or "")


@hypothesis_settings(deadline=None, max_examples=80)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<article>", "<div class='ad'>", "<!--", "-->", "<", ONE, "<script>", "&amp;", "<h1>"]
        ),
        max_size=20,
    )
)
def test_no_page_crashes(pieces: list[str]) -> None:
    try:
        article = article_from_html("".join(pieces), "x.html")
    except SourceError as error:
        assert error.code in ("S004", "S005")
    else:
        assert article.text.startswith(article.title or "")


CATASTROPHE = 20.0
"""Seconds of processor time: no bound on speed, but reading that is not linear takes longer than this."""


@pytest.mark.parametrize(
    "junk",
    [
        "(" * 2_000_000,
        "1 " * 1_000_000,
        "<!--" * 500_000,
        "We use cookies. " * 125_000,
        (("the share of | (" * 8) + "\n") * 15_000,
    ],
)
def test_junk_takes_linear_time(junk: str) -> None:
    for read in (article_from_text, article_from_html):
        began = time.process_time()
        with suppress(SourceError):
            read(junk, "x")
        assert time.process_time() - began < CATASTROPHE


def test_examples_in_the_docstrings() -> None:
    for module in pkgutil.iter_modules(dragoman.intake.__path__):
        assert doctest.testmod(importlib.import_module(f"dragoman.intake.{module.name}")).failed == 0
