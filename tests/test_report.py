"""The report: links have targets, marks their words, hostile text stays text, and the page lets nothing in."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from dragoman import library
from dragoman.archive import open_archive
from dragoman.errors import UsageError
from dragoman.linking import link
from dragoman.records import (
    Actor,
    Article,
    Basis,
    CodedArticle,
    Count,
    Event,
    Furniture,
    Part,
    Party,
    Sentence,
    SourceRow,
    Speaker,
    Status,
    Unread,
    When,
    Where,
    article_id,
    event_id,
)
from dragoman.report import page, write_report
from dragoman.report.case import gather
from dragoman.report.lists import pairs
from dragoman.telling import Highlight, runs, safe_link
from dragoman.telling.wording import counted, interval, joined, published, the

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>\u202ekcab\u2066 {{ 7*7 }} javascript:alert(3)'
MARKER = "Written for demonstration by the Dragoman project; the outlet is invented, the facts are public."

US = ("united-states", "United States", "USA GOV")
IRAN = ("iran", "Iran", "IRN GOV")
IRAQ = ("iraq", "Iraq", "IRQ GOV")
SOLEIMANI = ("qassem-soleimani", "Qassem Soleimani", "IRN MIL")
CROWD = ("protesters-irq", "protesters (IRQ)", "IRQ CVL")

Who = tuple[str, str, str]


def party(sentence: Sentence, words: str, who: Who) -> Party:
    start = sentence.start + sentence.text.index(words)
    return Party(words, start, start + len(words), *who, "named")


def day(text: str | None) -> When | None:
    return None if text is None else When(text, text, "day", "on the day", "text")


def event(
    sentence: Sentence,
    trigger: str,
    kind: str,
    actor: tuple[str, Who] | None = None,
    recipient: tuple[str, Who] | None = None,
    on: str | None = None,
    **more: object,
) -> Event:
    start = sentence.start + sentence.text.index(trigger)
    end = start + len(trigger)
    sides = [() if side is None else (party(sentence, *side),) for side in (actor, recipient)]
    found = Event(
        event_id(sentence.article, start, end, kind), sentence.article, sentence.index, trigger, start, end, kind, None,
        *sides, Status.ACTUAL, day(on), None, (), None, "test.frame@1", 0.8,
    )  # fmt: skip
    return replace(found, **more)  # type: ignore[arg-type]


def article(paragraphs: list[list[str]], outlet: str | None, when: str | None, **more: object) -> CodedArticle:
    """An article of a title paragraph and body paragraphs, each a list of sentences, without events yet."""
    text = "\n\n".join(" ".join(paragraph) for paragraph in paragraphs)
    identity = article_id(text, outlet or "file.txt")
    sentences, cursor = [], 0
    for number, paragraph in enumerate(paragraphs):
        for words in paragraph:
            start = text.index(words, cursor)
            cursor = start + len(words)
            part = Part.BODY if number else Part.TITLE
            sentences.append(Sentence(identity, len(sentences), part, start, cursor, words, (), ()))
    title = " ".join(paragraphs[0])
    made = Article(identity, text, "file.txt", title=title, outlet=outlet, published=when, published_basis="page")
    return CodedArticle(replace(made, **more), tuple(sentences))  # type: ignore[arg-type]


def strike() -> CodedArticle:
    coded = article(
        [
            ["US strike kills Soleimani"],
            ["An American drone killed Qassem Soleimani on Friday.", "Iran vowed revenge.", "Oil rose."],
            ["Protesters marched against the United States."],
        ],
        "Meridian Wire", "2020-01-03T21:03Z", author="A. Writer", url="https://example.org/a?b=1&c=2",
        bases=(Basis("title", "JSON-LD"), Basis("author", "visible line")),
        furniture=(Furniture("Share this", "share line"), Furniture(MARKER, "demonstration")),
    )  # fmt: skip
    title, killed, vowed, _, marched = coded.sentences
    baghdad = Where("Baghdad", "Baghdad", "IRQ", 33.3, 44.4, "place")
    return replace(
        coded,
        events=(
            event(title, "kills", "ASSAULT", ("US", US), ("Soleimani", SOLEIMANI), "2020-01-03"),
            event(
                killed, "killed", "ASSAULT", ("American", US), ("Qassem Soleimani", SOLEIMANI), "2020-01-03",
                mode="aerial", where=baghdad, counts=(Count("killed", 1, None, "Soleimani"),),
                said_by=Speaker("officials", "unnamed"),
            ),
            # A trigger that overlaps its own party, and a party that overlaps the trigger of another event.
            event(vowed, "Iran vowed", "THREATEN", ("Iran", IRAN), None, None, status=Status.FUTURE),
            event(marched, "marched", "PROTEST", ("Protesters", CROWD), ("the United States", US), "2020-01-05"),
        ),
    )  # fmt: skip


def talks() -> CodedArticle:
    coded = article(
        [["Iraq and Iran talk"], ["Iraq and Iran met after the drone strike on Soleimani killed 1."], ["So it goes."]],
        "The Ledger", "2020-01-06",
    )  # fmt: skip
    _, met, _ = coded.sentences
    both = (party(met, "Iraq", IRAQ), party(met, "Iran", IRAN))
    return replace(
        coded,
        events=(
            replace(event(met, "met", "CONSULT", on="2020-01-05"), actor=both),
            event(
                met, "drone strike", "ASSAULT", None, ("Soleimani", SOLEIMANI), "2020-01-03",
                counts=(Count("killed", 2, 2, "killed 1"),),
            ),
        ),
    )  # fmt: skip


def hostile() -> CodedArticle:
    coded = article([[HOSTILE], [f"The {HOSTILE} attacked it.", "A control\x0c\x01 mark."]], HOSTILE, None)
    villain = ("villain", HOSTILE, HOSTILE)
    made = replace(
        coded.article,
        author=HOSTILE,
        place=HOSTILE,
        url="javascript:alert(1)",
        furniture=(Furniture(HOSTILE, HOSTILE),),
    )
    sentence = coded.sentences[1]
    attack = event(
        sentence, "attacked", "ASSAULT", (HOSTILE, villain), ("it", US), "2020-01-04",
        where=Where(HOSTILE, HOSTILE, None, None, None, "place"), said_by=Speaker(HOSTILE, HOSTILE),
        counts=(Count(HOSTILE, None, 3, HOSTILE),), frame=HOSTILE, mode=None,
    )  # fmt: skip
    return replace(coded, article=made, events=(attack,))


def imported() -> Event:
    return Event(
        "imported-1", None, None, None, None, None, None, None, (Party("X", 0, 0, None, "X", "", "row"),), (),
        Status.ACTUAL, day("2020-01-02"), None, (), None, "import", 1.0, (), SourceRow("other.csv", 7, "r7"),
    )  # fmt: skip


def filled(path: Path, coded: Iterable[CodedArticle], events: tuple[Event, ...] = ()) -> library.Archive:
    store = open_archive(path)
    store.keep(list(coded))
    store.keep_imported("other.csv", events)
    people = [Actor(identity, name, "state", code[:3], (code[4:],)) for identity, name, code in (US, IRAN, IRAQ)]
    store.replace_actors(people)
    store.replace_incidents(link(store.evidence(store.events())))
    store.keep_unread([Unread("bad.pdf", "S002", "There is no reader for bad.pdf."), Unread(HOSTILE, "S009", HOSTILE)])
    store.set_manifest({"version": "9.9.9", "model": "abcdef012345"})
    return library.Archive(store)


class Page(HTMLParser):
    """What the tests ask of the page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.marks: list[tuple[str, int, int, str]] = []
        self.texts: list[str] = []
        self.sentences: dict[str, str] = {}
        self._open: list[tuple[str, dict[str, str]]] = []
        self.feed(text)
        self.close()

    VOID = frozenset({"meta", "input", "br", "link", "img"})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        if tag not in self.VOID:
            self._open.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        for _, given in self._open:
            if given.get("class") == "sentence":
                self.sentences[given["id"]] = self.sentences.get(given["id"], "") + data
        tag, given = self._open[-1] if self._open else ("", {})
        if tag == "mark" and "data-start" in given:
            within = next(g["id"] for t, g in self._open if "article" in g.get("id", "") and t == "article")
            self.marks.append((within, int(given["data-start"]), int(given["data-end"]), data))

    def all(self, tag: str) -> list[dict[str, str]]:
        return [given for name, given in self.tags if name == tag]

    @property
    def ids(self) -> list[str]:
        return [given["id"] for _, given in self.tags if "id" in given]

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> library.Archive:
    path = tmp_path_factory.mktemp("report") / "case.db"
    return filled(path, [strike(), talks(), hostile()], (imported(),))


@pytest.fixture(scope="module")
def html(archive: library.Archive) -> str:
    return page(archive)


@pytest.fixture(scope="module")
def parsed(html: str) -> Page:
    return Page(html)


def test_the_page_is_well_nested(parsed: Page) -> None:
    assert not parsed._open
    assert parsed.tags[0][0] == "html"
    assert parsed.all("html")[0]["lang"] == "en"


def test_no_script_no_handler_no_style_attribute(parsed: Page) -> None:
    assert not parsed.all("script")
    assert not [name for _, given in parsed.tags for name in given if name.startswith("on") or name == "style"]
    assert not any(parsed.all(tag) for tag in ("img", "iframe", "object", "link", "form", "base"))


def test_the_policy_allows_one_style_sheet_by_its_hash(html: str, parsed: Page) -> None:
    policy = next(m["content"] for m in parsed.all("meta") if m.get("http-equiv") == "Content-Security-Policy")
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert html.index("Content-Security-Policy") < html.index("<style>")
    assert "url(" not in style and "@import" not in style


def test_ids_are_unique_and_every_internal_link_has_its_target(parsed: Page) -> None:
    assert len(parsed.ids) == len(set(parsed.ids))
    inner = {given["href"][1:] for given in parsed.all("a") if given["href"].startswith("#")}
    assert inner <= set(parsed.ids)
    assert len(inner) > 20


def test_what_names_or_describes_exists(parsed: Page) -> None:
    named = {name for _, given in parsed.tags for name in given.get("aria-labelledby", "").split()}
    assert named <= set(parsed.ids)


def test_links_leave_the_page_only_by_http(parsed: Page) -> None:
    outer = [given for given in parsed.all("a") if not given["href"].startswith("#")]
    assert [given["href"] for given in outer] == ["https://example.org/a?b=1&c=2"]
    assert all("noreferrer" in given["rel"] for given in outer)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " https://a.b",
        "data:text/html,x",
        "https://a b",
        "//a.b",
        "https://a\u202eb",
        "ftp://a",
        "",
    ],
)
def test_other_addresses_are_no_links(url: str) -> None:
    assert safe_link(url) is None


def test_marks_equal_the_text_at_their_offsets(archive: library.Archive, parsed: Page) -> None:
    texts = {found.id: found.article.text for found in gather(archive).articles}
    assert len(parsed.marks) >= 12
    for where, start, end, words in parsed.marks:
        assert texts[where][start:end] == words


def test_marks_do_not_overlap(parsed: Page) -> None:
    by_article: dict[str, list[tuple[int, int]]] = {}
    for where, start, end, _ in parsed.marks:
        by_article.setdefault(where, []).append((start, end))
    for spans in by_article.values():
        ordered = sorted(spans)
        assert all(one[1] <= other[0] for one, other in pairwise(ordered))


def test_every_sentence_is_there_whole(archive: library.Archive, parsed: Page) -> None:
    for found in gather(archive).articles:
        for sentence in found.sentences:
            shown = parsed.sentences[found.sentence_id(sentence.index)]
            expected = re.sub(r"[\x00-\x08\x0b-\x1f]", "\ufffd", sentence.text)
            assert shown.strip() == expected.strip()


def test_hostile_text_stays_text(html: str, parsed: Page) -> None:
    assert "<script>alert" not in html
    assert parsed.text.count("<script>alert(1)</script>") >= 5
    assert "{{ 7*7 }}" in parsed.text
    assert "49" not in parsed.text.split("kcab")[1][:10]


def test_control_characters_are_replaced_one_for_one(html: str) -> None:
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", html)
    assert "A control\ufffd\ufffd mark." in html


def test_the_first_sentence_says_the_case(parsed: Page) -> None:
    assert (
        "3 articles by 3 outlets, 3 to 6 January 2020, report 8 events; most between the United States and "
        "Qassem Soleimani: 2 events, 2 of them material conflict." in parsed.text
    )


def test_version_and_model_are_those_of_the_archive(parsed: Page) -> None:
    assert "Coded by Dragoman 9.9.9, model abcdef012345." in parsed.text


def test_demonstration_is_said(parsed: Page) -> None:
    assert "1 of the 3 articles was written for demonstration" in parsed.text


def test_demonstration_is_not_said_of_others(tmp_path: Path) -> None:
    assert "written for demonstration" not in page(filled(tmp_path / "x.db", [talks()]))


def test_headings_go_down_one_step_at_a_time(parsed: Page) -> None:
    levels = [int(tag[1]) for tag, _ in parsed.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_landmarks_and_language(parsed: Page) -> None:
    assert len(parsed.all("main")) == len(parsed.all("nav")) == 1
    assert len(parsed.all("caption")) == len(parsed.all("table"))
    assert all(cell.get("scope") for cell in parsed.all("th"))


def test_every_event_has_a_row_with_its_evidence(parsed: Page, archive: library.Archive) -> None:
    rows = [given["id"] for given in parsed.all("tr") if given.get("id", "").startswith("e-")]
    assert rows == [f"e-{number}" for number in range(1, 9)]
    case = gather(archive)
    for row in case.rows:
        if row.source:
            assert row.evidence[1:] in parsed.ids
    assert "imported: other.csv, line 7" in parsed.text


def test_quotations_show_the_sentence(parsed: Page) -> None:
    assert "An American drone killed Qassem Soleimani on Friday." in parsed.text
    assert len(parsed.all("details")) >= 7


def test_status_place_counts_and_speaker_are_said(parsed: Page) -> None:
    for words in ("planned", "Baghdad", "at least 1 killed", "on the word of unnamed", "test.frame@1"):
        assert words in parsed.text


def test_mutual_events_count_both_ways_once_for_the_pair(archive: library.Archive) -> None:
    found = {frozenset(pair.names): pair for pair in pairs(gather(archive))}
    pair = found[frozenset({"Iran", "Iraq"})]
    assert [len(way.rows) for way in pair.directions] == [1, 1]
    assert len(pair.rows) == 1 and pair.score == 2.5


def test_incidents_show_sources_and_what_was_updated(parsed: Page) -> None:
    assert any(given.get("class") == "incident" for given in parsed.all("article"))
    assert any(given.get("class") == "updated" for given in parsed.all("tr"))
    assert "2 articles, 2 independent reports" in parsed.text


def test_unread_sources_are_listed(parsed: Page) -> None:
    assert "There is no reader for bad.pdf." in parsed.text
    assert "2 sources were not read." in parsed.text


def test_furniture_is_kept_with_its_reason(parsed: Page) -> None:
    assert "share line: Share this" in parsed.text


def test_an_article_says_how_its_fields_are_known(parsed: Page) -> None:
    assert "Known from: title, JSON-LD; author, visible line" in parsed.text


def test_every_picture_has_its_twin(parsed: Page, html: str) -> None:
    tables = ("Alignment by week, from", "The camps, with the fit", "Turning points: onsets")
    assert html.count("<svg") == 4 + sum(parsed.text.count(caption) for caption in tables)
    assert "Events by date" in parsed.text and "Ordered pairs of parties" in parsed.text
    assert "parties" in parsed.ids


def test_pictures_do_not_share_ids_and_link_into_the_page(parsed: Page) -> None:
    bars = [given["href"] for given in parsed.all("a") if given.get("class") == "bar"]
    assert "#day-2020-01-03" in bars


def test_same_archive_same_bytes(archive: library.Archive, html: str, tmp_path: Path) -> None:
    assert page(archive) == html
    other = filled(tmp_path / "other.db", [hostile(), talks(), strike()], (imported(),))
    assert page(other) == html


def test_title_is_escaped_and_used(archive: library.Archive) -> None:
    found = Page(page(archive, "A <b>case</b> & more"))
    assert "A <b>case</b> & more" in found.text


def test_an_empty_archive_makes_a_page(tmp_path: Path) -> None:
    found = Page(page(filled(tmp_path / "empty.db", [])))
    assert "0 articles" in found.text and "0 events" in found.text
    inner = {given["href"][1:] for given in found.all("a")}
    assert inner <= set(found.ids)


def test_writes_a_file_or_says_why_not(archive: library.Archive, html: str, tmp_path: Path) -> None:
    write_report(archive, tmp_path / "r.html")
    assert (tmp_path / "r.html").read_bytes() == html.encode()
    with pytest.raises(UsageError, match="U003"):
        write_report(archive, tmp_path / "no" / "such" / "r.html")


def test_runs_cover_without_gap_and_say_all_titles() -> None:
    text = "the killing of Soleimani by the US"
    marks = [
        Highlight(0, 24, "side", "party", 0), Highlight(4, 11, "trigger", "event", 1),
        Highlight(15, 24, "side", "inner", 0),
        Highlight(30, 99, "side", "beyond", 0), Highlight(5, 5, "trigger", "empty", 1),
    ]  # fmt: skip
    found = runs(text, 0, len(text), marks)
    assert "".join(run.text for run in found) == text
    assert [(run.text, run.css, run.title) for run in found if run.css] == [
        ("the ", "side", "party"),
        ("killing", "trigger", "event; party"),
        (" of ", "side", "party"),
        ("Soleimani", "side", "inner; party"),
        ("e US", "side", "beyond"),
    ]


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2020-01-03", "2020-01-03", "3 January 2020"),
        ("2020-01-03", "2020-02-05", "3 January to 5 February 2020"),
        ("2019-12-31", "2020-01-01", "31 December 2019 to 1 January 2020"),
        ("2020-02-01", "2020-02-29", "February 2020"),
        ("2020-01-01", "2020-03-31", "January to March 2020"),
        ("2019-11-01", "2020-01-31", "November 2019 to January 2020"),
        ("2003-01-01", "2003-12-31", "2003"),
        ("2003-01-01", "2011-12-31", "2003 to 2011"),
        (None, "2020-01-03", "by 3 January 2020"),
        ("2020-01", None, "from January 2020"),
        (None, None, "no date"),
    ],
)
def test_intervals_in_words(start: str | None, end: str | None, words: str) -> None:
    assert interval(start, end) == words


def test_other_words() -> None:
    assert published("2020-01-06T21:03Z") == "6 January 2020, 21:03 UTC"
    assert published("2026-11-22T12:24:33.123+00:00") == "22 November 2026, 12:24 UTC"
    assert published("2026-11-22T12:24:33+03:30") == "22 November 2026, 12:24 UTC+03:30"
    assert published("2020-01-06/2020-01-08") == "6 to 8 January 2020"
    assert published(None) == "undated"
    assert counted(Count("votes_for", 170, 170, "170")) == "170 votes for"
    assert counted(Count("killed", 10, 12, "")) == "10 to 12 killed"
    assert joined(["a", "b", "c"]) == "a, b and c"
    assert (the("United States"), the("Iran")) == ("the United States", "Iran")


def test_the_page_fits_a_telephone(browser: Browser, html: str, tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text(html, encoding="utf-8")
    page = browser.new_page(viewport={"width": 400, "height": 800})
    page.goto((tmp_path / "report.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    page.close()
