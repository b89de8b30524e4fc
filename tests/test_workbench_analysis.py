"""The screens of incidents, alignment, actors, codebook, quality and runs: as they answer, and as people use them."""

from __future__ import annotations

import json
import os
import time
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from record_samples import coded
from starlette.testclient import TestClient
from workbench_harness import TOKEN, client, opened, serious, served, settled

from dragoman import library
from dragoman.archive import open_archive
from dragoman.deciding import decide
from dragoman.errors import UsageError
from dragoman.linking import link
from dragoman.records import Actor, Change, CodedArticle, Event, Mention, Run, Status, When
from dragoman.report.case import gather
from dragoman.report.lists import pairs
from dragoman.workbench.alignment import day_of
from dragoman.workbench.figures import MANY, Figures
from dragoman.workbench.periods import periods_between, size_for

DAYS = ("2020-01-03", "2020-01-03", "2020-02-10", "2020-03-01")
PAGES = (
    *("/incidents?only=", "/alignment", "/alignment/pair?one=freedonia&other=sylvania"),
    *("/actors", "/actors/freedonia", "/codebook", "/quality", "/quality/sample?n=3", "/runs", "/runs/1"),
)


def told(number: int) -> CodedArticle:
    """An article of a small war: each of its events has a day, known parties, and the same place."""
    one = coded(number, published=f"{DAYS[number]}T09:00Z", outlet=f"Outlet {number % 3}")

    def dated(event: Event) -> Event:
        sides = {"freedonia": "sylvania", "sylvania": "freedonia"}
        actor = replace(event.actor[0], id=event.actor[0].id or "sylvania")
        recipient = replace(event.recipient[0], id=sides[str(actor.id)])
        when = When(DAYS[number], DAYS[number], "day", "Friday", "text")
        counts = tuple(replace(c, low=25 + number % 2, high=25 + number % 2) for c in event.counts[:1])
        return replace(
            event, actor=(actor,), recipient=(recipient,), when=when, status=Status.ACTUAL, counts=counts
        )  # fmt: skip

    sylvania = Actor("sylvania", "Sylvania", "state", "SYL", (), ("Republic of Sylvania",))
    twin = Actor("free-donia", "Free Donia", "state", "FRE")
    mention = Mention(1, 0, 4, "jets", 0, "body", "freedonia", "Freedonia", "FRE", "named")
    return replace(
        one, events=tuple(map(dated, one.events)), actors=(*one.actors, sylvania, twin),
        mentions=(*one.mentions, mention),
    )  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "case.db"
    with open_archive(path) as store:
        articles = [told(number) for number in range(4)]
        store.keep(articles)
        store.replace_incidents(link(store.evidence(store.events())))
        store.replace_actors({actor.id: actor for one in articles for actor in one.actors}.values())
        run = store.begin_run(Run(0, "reread", "2.0", "abc", 4, 12))
        after = {"article": articles[0].article.id, "start": 5, "end": 9, "type": "AID", "trigger": "gave"}
        gone = {**after, "type": "ASSAULT", "sent_text": "They gave it."}
        store.replace_coded(run, [], [Change("e1", gone, {**after, "status": "future"}), Change("e2", gone, None)])
    return path


@pytest.fixture
def asked(path: Path) -> TestClient:
    return client(path)


def the_incident(path: Path) -> str:
    with open_archive(path) as store:
        return max(store.together.page("", 0, 9), key=lambda one: len(one.events)).id


# As they answer


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_there(asked: TestClient, address: str) -> None:
    assert asked.get(address).status_code == 200
    assert "Dragoman" in settled(lambda: asked.get(address).text)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/incidents/none", 404), ("/actors/nobody", 404), ("/runs/99", 404), ("/alignment/network.png", 400),
        ("/quality/sample?by=colour&n=none&seed=-1", 200), ("/alignment?at=never&by=week&n=99999", 200),
    ],
)  # fmt: skip
def test_what_there_is_not_is_said(asked: TestClient, address: str, status: int) -> None:
    settled(lambda: asked.get("/alignment").text)
    assert asked.get(address).status_code == status


def test_an_incident_shows_agreement_difference_and_silence(asked: TestClient, path: Path) -> None:
    page = asked.get(f"/incidents/{the_incident(path)}").text
    assert page.count('class="source') == 2 and "Outlet 0" in page and "Outlet 1" in page
    assert "Killed" in page and "differ" in page and ">25<" in page and ">26<" in page
    assert "alike" in page


def test_near_copies_are_folded(path: Path) -> None:
    with open_archive(path) as store:
        first, second = [one.article.id for one in (told(0), told(1))]
        store.replace_near_copies({second: first})
    page = client(path).get(f"/incidents/{the_incident(path)}").text
    assert page.count('class="source') == 1 and "also <bdi>Outlet 1</bdi>" in page


def test_the_network_of_a_period_can_be_taken_away(asked: TestClient) -> None:
    page = settled(lambda: asked.get("/alignment?at=2020-01&by=month").text)
    assert "Freedonia" in page and "In <b>Jan 2020</b>" in page and 'aria-valuetext="Jan 2020"' in page
    table = asked.get("/alignment/network.csv?at=2020-01&by=month")
    assert table.text.splitlines()[1].startswith("Freedonia,Sylvania,") and "attachment" in str(table.headers)
    assert asked.get("/alignment/network.svg?at=2020-01").text.startswith("<svg")
    graph = asked.get("/alignment/network.gexf?at=2020-02&by=month").text
    assert "2020-02-10" in graph and "2020-01-03" not in graph


def test_what_is_dated_to_months_stands_in_no_period(path: Path) -> None:
    one = told(0)
    wide = When("2020-01-31", "2020-10-02", "interval", "then", "inferred")
    undated = replace(one.article, id="undated", published="2020-01-31/2020-10-02")
    events = tuple(replace(event, id=f"w{event.id}", article="undated", when=wide) for event in one.events)
    sentences = tuple(replace(sentence, article="undated") for sentence in one.sentences)
    with open_archive(path) as store:
        store.keep([CodedArticle(undated, sentences, (), (), events)])
    page = settled(lambda: client(path).get("/alignment?by=month").text)
    assert 'aria-valuetext="Mar 2020"' in page and "Oct 2020" not in page
    assert f"{len(events)} events are dated to more than a month and stand in no period." in page


def test_the_desk_counts_as_the_report_does(path: Path, asked: TestClient) -> None:
    first, second = [told(number).article.id for number in (0, 1)]
    with open_archive(path) as store:
        store.replace_near_copies({second: first})
        found = gather(library.Archive(store))
        [pair, *_] = pairs(found)
    assert f"{len(pair.rows)} events" in asked.get("/").text.partition('id="case"')[2].partition("</p>")[0]


def test_two_parties_lead_to_their_events_and_sentences(asked: TestClient) -> None:
    address = "/alignment/pair?one=Freedonia&other=Sylvania&since=2020-02-01&until=2020-02-29"
    page = settled(lambda: asked.get(address).text)
    assert "In the last week that is known" in page and "bombs" in page and "/article/" in page
    assert "3 January 2020" not in page.split('id="h-events"')[1]
    assert asked.get("/alignment/pair.csv?one=freedonia&other=sylvania").text.startswith("week,score,low,high")
    assert asked.get("/alignment/pair?one=freedonia&other=freedonia").status_code == 400
    assert asked.get("/alignment/pair?one=freedonia&other=Atlantis").status_code == 400


def test_an_actor_is_merged_split_and_neither_again(asked: TestClient, path: Path) -> None:
    form = {"token": TOKEN, "record": "freedonia", "back": "/actors/freedonia"}
    merged = asked.post("/actors/merge", data=form | {"into": "Free Donia"})
    assert merged.url.path == "/actors/freedonia" and "Taken to be" in merged.text and "Free Donia" in merged.text
    split = asked.post("/actors/split", data=form | {"names": ["jets"], "name": "Air Force"})
    assert "means <bdi>air-force</bdi>" in split.text
    with open_archive(path) as store:
        ids = [decision.id for decision in store.decisions()]
        assert [actor.name for actor in store.actors() if actor.id == "freedonia"] == ["Freedonia"]
    for decision in ids:
        asked.post("/undo", data=form | {"decision": decision})
    assert "Taken to be" not in asked.get("/actors/freedonia").text
    for wrong in ({"into": "Nobody"}, {"into": "Freedonia"}):
        assert asked.post("/actors/merge", data=form | wrong).status_code == 400
    assert asked.post("/actors/split", data=form | {"name": "X"}).status_code == 400


def test_answers_lead_to_pages_of_ours_alone(asked: TestClient, path: Path) -> None:
    form = {"token": TOKEN, "one": "a", "other": "b", "judgement": "same"}
    assert asked.post("/pair", data=form).status_code == 404
    with open_archive(path) as store:
        one, other = [event.id for event in store.events()][:2]
    for back in ("https://example.org/", "//example.org", "/\\example.org", "/\t/example.org", "javascript:alert(1)"):
        given = form | {"one": one, "other": other, "back": back}
        assert asked.post("/pair", data=given, follow_redirects=False).headers["location"] == "/"
    assert asked.post("/pair", data=form | {"token": "x"}).status_code == 403


def test_runs_say_what_they_change(asked: TestClient) -> None:
    assert "This version changes 2 of 12 events: show them" in asked.get("/runs").text
    page = asked.get("/runs/1").text
    assert "<del><bdi>ASSAULT</bdi></del> <ins><bdi>AID</bdi></ins>" in page and "They gave it." in page
    assert "AID" not in asked.get("/runs/1?only=gone").text


def test_quality_shows_agreement_and_gives_gold(asked: TestClient, path: Path) -> None:
    with open_archive(path) as store:
        event = next(store.events()).id
        for who, judgement in (("Ana", "accepted"), ("Ben", "rejected")):
            decide(store, "event", event, judgement, who=who, when="2026-01-01T00:00Z")
    page = asked.get("/quality").text
    assert "1 record on which people differ" in page and "Krippendorff" in page
    assert asked.get("/quality/gold").text == ""
    [line] = asked.get("/quality/gold?who=Ana").text.splitlines()
    assert json.loads(line)["trigger"]


def test_own_frames_are_tried_and_their_faults_said(asked: TestClient) -> None:
    own = 'type = "ASSAULT"\n[[frame]]\nname = "tickling"\nverbs = ["tickle"]\n'
    page = asked.get("/codebook", params={"text": "Iran tickled Iraq on Friday.", "frames": own}).text
    assert "assault.tickling@1" in page
    page = asked.get("/codebook", params={"text": "Iran tickled Iraq.", "frames": "type = 3"}).text
    assert "no PLOVER type" in page and 'role="alert"' in page


def test_periods_are_whole_months_quarters_or_years() -> None:
    from datetime import date

    assert (
        size_for(date(2020, 1, 1), date(2021, 12, 31)) == "month"
        and size_for(date(2000, 1, 1), date(2021, 1, 1)) == "year"
    )
    quarters = periods_between(date(2019, 12, 31), date(2020, 4, 1), "quarter")
    assert [(one.name, one.last.isoformat()) for one in quarters] == [
        ("2019-10", "2019-12-31"), ("2020-01", "2020-03-31"), ("2020-04", "2020-06-30")
    ]  # fmt: skip


def test_figures_are_made_once_for_each_state_and_older_ones_shown_meanwhile() -> None:
    figures, made = Figures(), []

    def make(value: int) -> int:
        made.append(value)
        return value

    def slow(value: int) -> int:
        time.sleep(0.3)
        return make(value)

    assert [figures.get("n", (1,), make, 1, patience=5) for _ in range(3)] == [1, 1, 1] and made == [1]
    assert figures.get("n", (2,), make, 2, patience=5) == 2
    assert figures.get("n", (3,), slow, 3, patience=0.01) == 2
    # While one is being made none is begun for a later state; who waits gets that of the state asked for.
    assert figures.get("n", (4,), make, 4, patience=5) == 3 and made == [1, 2, 3]
    assert figures.awaited("n", (4,), make, 4) == 4
    assert figures.get("other", (4,), slow, 5, patience=0.01) is None
    figures.stop()


def test_figures_of_a_large_archive_are_made_in_a_process_of_their_own() -> None:
    figures = Figures()
    assert figures.awaited("process", (MANY - 1,), os.getpid) == os.getpid()
    assert figures.awaited("process", (MANY,), os.getpid) != os.getpid()
    with pytest.raises(UsageError, match="no day"):
        figures.awaited("fault", (MANY,), day_of, "yesterday")
    figures.stop()


# In a browser


def test_pages_have_no_serious_fault_and_fit_a_telephone(browser: Browser, path: Path) -> None:
    with served(path) as address, opened(browser, address, width=360) as page:
        for where in (*PAGES, f"/incidents/{the_incident(path)}"):
            page.goto(where)
            page.locator(".pending").first.wait_for(state="detached")
            assert serious(page) == [], where
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, where


def test_a_sample_is_judged_by_keyboard_alone(browser: Browser, path: Path) -> None:
    with served(path) as address, opened(browser, address) as page:
        page.goto("/quality/sample?n=3&seed=1")
        page.wait_for_selector(".card-large")
        for letter, done in (("a", "1 of 3"), ("x", "2 of 3"), ("a", "3 of 3")):
            page.keyboard.press(letter)
            page.get_by_text(f"{done} judged").wait_for()
        assert "0.83" in page.locator(".big").inner_text()
        page.keyboard.press("u")
        page.get_by_text("2 of 3 judged").wait_for()
    with open_archive(path) as store:
        assert [one.judgement for one in store.decisions() if one.undone is None] == ["accepted", "rejected"]


def test_reports_are_said_to_be_the_same_by_keyboard(browser: Browser, path: Path) -> None:
    with served(path) as address, opened(browser, address) as page:
        page.goto(f"/incidents/{the_incident(path)}")
        for _ in range(2):
            page.keyboard.press("j")
        page.keyboard.press("x")
        page.get_by_text("not the same by Ana").wait_for()
        for _ in range(2):
            page.keyboard.press("j")
        page.keyboard.press("u")
        page.locator(".said-by").wait_for(state="detached")


def test_the_slider_moves_through_the_periods(browser: Browser, path: Path) -> None:
    with served(path) as address, opened(browser, address) as page:
        page.goto("/alignment?by=month")
        page.wait_for_selector("#period")
        page.locator("#period").focus()
        page.keyboard.press("ArrowLeft")
        page.get_by_role("region", name="Network of Feb 2020").wait_for()
        page.wait_for_url("**/alignment?n=1&by=month")
        page.get_by_role("link", name="Freedonia and Sylvania").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/alignment/pair?**")
        assert "2020-02-01" in page.url and _title(page) == "Freedonia and Sylvania"


def test_an_actor_is_merged_in_the_browser(browser: Browser, path: Path) -> None:
    with served(path) as address, opened(browser, address) as page:
        page.goto("/actors")
        page.keyboard.press("j")
        page.keyboard.press("o")
        page.wait_for_selector("#h-names")
        page.keyboard.press("m")
        page.keyboard.type("Free Donia")
        page.keyboard.press("Enter")
        page.get_by_text("Taken to be").wait_for()
        page.locator("main h1").click()
        page.keyboard.press("u")
        page.get_by_text("Taken to be").wait_for(state="detached")


def test_a_sentence_is_tried_live(browser: Browser, path: Path) -> None:
    with served(path) as address, opened(browser, address) as page:
        page.goto("/codebook")
        page.keyboard.press("t")
        page.keyboard.type("Police arrested 12 protesters in Basra on Monday.")
        page.get_by_role("button", name="Code it").press("Enter")
        page.locator("#tried .found").first.wait_for(timeout=120_000)
        assert "COERCE" in page.locator("#tried").inner_text() and "text=Police" in page.url


def _title(page: Page) -> str:
    return page.locator("h1").inner_text()
