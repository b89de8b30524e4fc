"""The workbench without a browser: who may ask, what pages show, and what a decision leaves behind."""

from __future__ import annotations

import io
import json
import re
import threading
import time
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pandas
import pytest
from hostile_strings import REFUSED, TAGS, hostile_addresses, hostile_archive
from record_samples import coded
from starlette.datastructures import QueryParams
from starlette.testclient import TestClient
from workbench_harness import HOST, TOKEN, client, settled

from dragoman import library
from dragoman.archive import FACETS, Wanted, open_archive
from dragoman.linking import link
from dragoman.records import Actor, When
from dragoman.workbench.application import ROUTES
from dragoman.workbench.choosing import asked_of, sentence

ARTICLES = 4


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "case.db"
    with open_archive(path) as made:
        made.keep([coded(number, outlet=f"Outlet {number % 2}") for number in range(ARTICLES)])
        made.replace_incidents(link(made.evidence(made.events())))
    return path


@pytest.fixture
def asked(archive: Path) -> TestClient:
    return client(archive)


class Page(HTMLParser):
    """The elements of a page: tag and attributes of each, and the text of the article's runs by their starts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.runs: dict[int, str] = {}
        self._run: int | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.elements.append((tag, found))
        self._run = int(found["data-s"] or 0) if "data-s" in found else None

    def handle_endtag(self, tag: str) -> None:
        self._run = None

    def handle_data(self, data: str) -> None:
        if self._run is not None:
            self.runs[self._run] = self.runs.get(self._run, "") + data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def fields_of(form: str) -> dict[str, str | list[str]]:
    """What a browser would send of a form: its inputs and what is selected."""
    found: dict[str, list[str]] = {}
    select = ""
    for tag, attributes in Page(form).elements:
        if tag == "select":
            select = attributes["name"] or ""
        elif tag == "option" and "selected" in attributes:
            found[select] = [attributes["value"] or ""]
        elif tag == "input" and attributes.get("name"):
            found.setdefault(attributes["name"] or "", []).append(attributes.get("value") or "")
    return {name: values if len(values) > 1 else values[0] for name, values in found.items()}


def first_event(path: Path) -> tuple[str, str]:
    with library.open(path) as archive:
        event = next(iter(archive.events(type="ASSAULT")))
    return str(event.article), event.id


def post(asked: TestClient, address: str, **fields: str | list[str]) -> str:
    answer = asked.post(address, data={**fields, "token": TOKEN})
    assert answer.status_code == 200, answer.text
    return answer.text


# Who may ask


def test_only_our_own_address_is_answered(asked: TestClient) -> None:
    assert asked.get("/").status_code == 200
    for host in ("example.org", "127.0.0.1", "localhost:8765.example.org", f"{HOST}.", ""):
        assert asked.get("/", headers={"host": host}).status_code == 421


def test_every_answer_carries_the_policy(asked: TestClient) -> None:
    for address in ("/", "/static/workbench.css", "/events.csv", "/nothing"):
        policy = asked.get(address).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_every_write_needs_the_token_and_our_own_page(archive: Path, asked: TestClient) -> None:
    writes = [route.path for route in ROUTES if "POST" in (getattr(route, "methods", None) or ())]
    assert {"/decide", "/correct", "/add-event", "/undo", "/add", "/you"} <= set(writes)
    for path in writes:
        address = re.sub(r"\{[^}]*\}", "1", path)
        assert asked.post(address, data={"token": "guessed"}).status_code == 403, path
        elsewhere = asked.post(address, data={"token": TOKEN}, headers={"origin": "http://example.org"})
        assert elsewhere.status_code == 403, path
        assert asked.post(address, data={"token": TOKEN}, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    with library.open(archive) as opened:
        assert list(opened.store.decisions()) == []


def test_what_is_not_there_is_said_in_a_sentence(asked: TestClient) -> None:
    for address in ("/article/nothing", "/nothing", "/static/nothing.css", "/add/nothing"):
        answer = asked.get(address)
        assert answer.status_code == 404
        assert "There is no" in answer.text or "Nothing is being added" in answer.text
    assert asked.get("/events?since=yesterday").status_code == 400


# Choices of events


def test_facets_count_what_the_archive_holds(archive: Path) -> None:
    with library.open(archive) as opened:
        store = opened.store
        columns, events = store.columns(), list(opened.events())
        everything = store.chosen(columns, Wanted())
        assert len(everything) == len(events)
        assert dict(everything.counted("type")) == {
            kind: sum(event.type == kind for event in events) for kind in {event.type for event in events}
        }
        for facet in FACETS:
            for value, count in everything.counted(facet):
                one = store.chosen(columns, Wanted(**{facet: (value,)}))
                assert len(one) == count == len(one.numbers())
                # What is asked of a facet leaves its own values to choose from.
                assert dict(one.counted(facet)) == dict(everything.counted(facet))


def test_actors_taken_for_one_are_counted_as_one(archive: Path) -> None:
    with library.open(archive) as opened:
        store, columns = opened.store, opened.store.columns()
        [freedonia] = [party for party, _ in store.chosen(columns, Wanted()).counted("actor") if party == "freedonia"]
        same = columns.merged({"freedonia": "fredonia", "nobody": "fredonia"})
        before, after = (dict(store.chosen(found, Wanted()).counted("party")) for found in (columns, same))
        assert after.pop("fredonia") == before.pop(freedonia) and after == before
        # By either id the same events are found, and a party on both sides of an event counts once.
        for party in ("freedonia", "fredonia"):
            assert len(store.chosen(same, Wanted(party=(party,)))) == len(columns)
        both = columns.merged({"freedonia": "Army of Sylvania"})
        assert dict(store.chosen(both, Wanted()).counted("party"))["Army of Sylvania"] == len(columns)


def test_a_merge_is_seen_in_the_facets_at_once(archive: Path, asked: TestClient) -> None:
    with open_archive(archive) as store:
        store.replace_actors([*store.actors(), Actor("fredonia", "Fredonia", "state", "FRE")])
    assert "party=freedonia" in asked.get("/events").text
    post(asked, "/actors/merge", record="freedonia", into="Fredonia", back="/")
    facets = asked.get("/events").text.partition('class="results"')[0]
    assert "?party=fredonia" in facets and "?party=freedonia" not in facets


def test_an_event_known_to_the_year_stands_in_no_bar_and_the_page_says_so(tmp_path: Path) -> None:
    one, year = coded(), When("2019-11-01", "2020-10-31", "year", "then", "text")
    wide = tuple(replace(event, when=year if event.type == "REJECT" else event.when) for event in one.events)
    with open_archive(tmp_path / "year.db") as made:
        made.keep([replace(one, events=wide)])
    asked = client(tmp_path / "year.db")
    for address in ("/", "/events"):
        page = asked.get(address).text
        assert "1 dated to more than a" in page and "1 without a date" in page, address
    assert "November 2019 to October 2020" in asked.get("/events").text


def test_a_choice_by_words_and_days(archive: Path) -> None:
    with library.open(archive) as opened:
        store, columns = opened.store, opened.store.columns()

        def count(**wanted: str) -> int:
            return len(store.chosen(columns, Wanted(**wanted)))

        assert count(text="soldiers") == ARTICLES
        assert count(text='"no such words"') == 0
        assert count(since="2020-01-03", until="2020-01-03") == sum(
            1 for _ in opened.events(since="2020-01-03", until="2020-01-03")
        )


def test_pages_of_events_follow_on_each_other(archive: Path) -> None:
    with library.open(archive) as opened:
        choice = opened.store.chosen(opened.store.columns(), Wanted())
        every, after, found = choice.numbers(), None, []
        while some := choice.numbers(after=after, most=5):
            found += some
            after = some[-1]
        assert found == every
        assert set(choice.numbers(newest=False)) == set(every)
        assert [event.id for event in opened.store.numbered(every)] != []


def test_a_choice_is_its_address_and_its_sentence(asked: TestClient) -> None:
    address = "/events?q=soldiers&type=ASSAULT&status=actual&since=2020-01-01&until=2020-01-31&column=date&column=what"
    page = asked.get(address)
    assert page.status_code == 200
    kept = asked_of(QueryParams(address.partition("?")[2]))
    assert kept.address() == address
    said = sentence(kept.wanted, 4, {})
    assert said == "4 events of ASSAULT (happened) in sentences with “soldiers” dated January 2020"
    assert said in page.text


def test_an_export_is_what_is_shown_and_says_how_complete_it_is(archive: Path, asked: TestClient) -> None:
    lines = asked.get("/events.csv?type=ASSAULT&column=what&column=who&column=checked").text.splitlines()
    assert lines[0] == "id,Who,What,Checked"
    with library.open(archive) as opened:
        events = {event.id for event in opened.events(type="ASSAULT")}
    assert {line.split(",")[0] for line in lines[1:-1]} == events
    assert lines[-1].startswith(f"# complete: {len(events)} of the archive")
    assert "0 of them looked at by a person" in lines[-1]
    table = pandas.read_csv(io.StringIO(asked.get("/events.csv").text), skipfooter=1, engine="python")
    assert list(table["Checked"].unique()) == ["machine-coded"] and len(table) == 3 * ARTICLES
    hostile = asked.get("/events.csv", params={"q": 'soldiers,=1+1;"\r\n@SUM(1)'}).text.splitlines()
    assert len(hostile) == 2 and hostile[-1].startswith("# ") and not set(',;"') & set(hostile[-1])
    last = json.loads(asked.get("/events.jsonl?type=CONSULT").text.splitlines()[-1])
    assert last["#"].startswith("complete: 0 of")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/events?actr=iran", "This page knows no “actr”; it knows actor, recipient, "),
        ("/events?status=done", "“done” is no “status”; it can be actual, future, "),
        ("/events?column=colour&order=up", "“up” is no “order”; it can be oldest."),
        ("/alignment?by=week", "“week” is no “by”; it can be month, quarter or year."),
        ("/alignment?at=January", "“January” is no “at”; it can be a month as 2020-01."),
        ("/incidents?only=lost&from=x", "“x” is no “from”; it can be a number."),
        ("/quality/sample?seed=-1", "“-1” is no “seed”"),
        ("/help?topic=keys", "This page knows no “topic”."),
    ],
)
def test_what_an_address_asks_in_vain_is_said(asked: TestClient, address: str, words: str) -> None:
    assert words in asked.get(address).text


def test_addresses_of_our_own_ask_for_nothing_in_vain(asked: TestClient) -> None:
    seen, left = set(), ["/"]
    while left and len(seen) < 150:
        address = left.pop(0)
        answer = asked.get(address)
        assert "passed-over" not in answer.text, address
        links = {(one.get("href") or "").partition("#")[0] for one in Page(answer.text).of("a")}
        kind = {re.sub(r"[0-9a-f]{8,}|=[^&]*", "", link): link for link in sorted(links) if link.startswith("/")}
        left += [link for pattern, link in sorted(kind.items()) if pattern not in seen and ".csv" not in link]
        seen |= kind.keys()


# Articles


def test_the_text_of_an_article_is_whole(archive: Path, asked: TestClient) -> None:
    article, _ = first_event(archive)
    with library.open(archive) as opened:
        text = opened.store.article(article).text
    runs = Page(asked.get(f"/article/{article}").text).runs
    for start, words in runs.items():
        assert text[start : start + len(words)] == words
    assert "".join("".join(runs[start] for start in sorted(runs)).split()) == "".join(text.split())


def test_an_article_shows_its_records_with_why(archive: Path, asked: TestClient) -> None:
    article, event = first_event(archive)
    page = asked.get(f"/article/{article}?at={event}").text
    with library.open(archive) as opened:
        store = opened.store
        found = [store.events(article=article), store.ties(article=article), store.shifts(article=article)]
        records = [record.id for some in found for record in some] + [one.id for one in store.causes(article=article)]
    for record in records:
        assert f'id="card-{record}"' in page
    assert "machine-coded" in page
    assert "Join our newsletter" in page
    assert asked.get(f"/article/{article}/sentence/1").status_code == 200


# Decisions


def test_a_decision_stands_beside_the_record_and_can_be_undone(archive: Path, asked: TestClient) -> None:
    article, event = first_event(archive)
    with library.open(archive) as opened:
        before = list(opened.events())
    said = post(asked, "/decide", kind="event", record=event, judgement="accepted", article=article)
    assert 'accepted <span class="by">by <bdi>Ana</bdi>' in said
    with library.open(archive) as opened:
        assert list(opened.events()) == before
        [decision] = opened.store.decisions()
    assert "1 of them looked at by a person" in asked.get("/events.csv").text.splitlines()[-1]
    assert decision.id in asked.get("/").text
    post(asked, "/undo", decision=decision.id, record=event, article=article)
    with library.open(archive) as opened:
        [undone] = opened.store.decisions()
    assert undone.undone is not None
    assert "0 of them looked at by a person" in asked.get("/events.csv").text.splitlines()[-1]


def test_a_correction_keeps_what_changed_and_nothing_else(archive: Path, asked: TestClient) -> None:
    article, event = first_event(archive)
    form = asked.get(f"/article/{article}?at={event}&edit={event}").text
    fields = fields_of(form.partition('action="/correct"')[2].partition("</form>")[0])
    post(asked, "/correct", **fields)
    with library.open(archive) as opened:
        assert list(opened.store.decisions()) == []
    post(asked, "/correct", **(fields | {"place": "Città Bassa", "counts": "killed 27; injured >=10"}))
    with library.open(archive) as opened:
        [decision] = opened.store.decisions()
    given = {"place": "Città Bassa", "counts": {"killed": 27, "injured": ">=10"}}
    assert json.loads(decision.correction or "") == given
    page = asked.get(f"/article/{article}").text
    assert "Città Bassa" in page and "corrected" in page


def test_what_cannot_be_is_refused_in_a_sentence(archive: Path, asked: TestClient) -> None:
    article, event = first_event(archive)
    for address, fields in (
        ("/decide", {"kind": "event", "record": event, "judgement": "loved"}),
        ("/decide", {"kind": "event", "record": "nothing", "judgement": "accepted"}),
        ("/correct", {"kind": "event", "record": event, "counts": "many"}),
        ("/correct", {"kind": "event", "record": "nothing", "place": "x"}),
        ("/add-event", {"article": article, "words": "not in the text", "type": "ASSAULT"}),
        ("/add", {"text": "  "}),
    ):
        answer = asked.post(address, data={"token": TOKEN, **fields})
        assert answer.status_code in (400, 404), (address, fields)
        assert "Not possible" in answer.text


def test_an_event_can_be_added(archive: Path, asked: TestClient) -> None:
    article, _ = first_event(archive)
    said = post(
        asked, "/add-event", article=article, words="didn't apologise", type="REJECT", status="actual",
        actor="Sylvania; parliament [SYL LEG]", recipient="Freedonia",
    )  # fmt: skip
    assert "added <span" in said and "REJECT" in said
    with library.open(archive) as opened:
        [decision] = opened.store.decisions()
        text = opened.store.article(article).text
    then, given = json.loads(decision.judged or ""), json.loads(decision.correction or "")
    assert text[then["start"] : then["end"]] == "didn't apologise"
    assert [party["name"] for party in given["actor"]] == ["Sylvania", "parliament"]
    assert given["actor"][1]["code"] == "SYL LEG"


def test_people_decide_apart(archive: Path) -> None:
    article, event = first_event(archive)
    ana, ben = client(archive, "Ana"), client(archive, "Ana")
    post(ben, "/you", who="Ben <b>", keys="on")
    post(ana, "/decide", kind="event", record=event, judgement="accepted", article=article)
    said = post(ben, "/decide", kind="event", record=event, judgement="rejected", article=article)
    assert "by <bdi>Ana</bdi>" in said and "by <bdi>Ben &lt;b&gt;</bdi>" in said
    desk = " ".join(re.sub(r"<[^>]+>", " ", ana.get("/").text).split())
    assert "1 event on which people disagree" in desk


def test_nothing_is_lost_where_two_decide_while_articles_come(archive: Path) -> None:
    with library.open(archive) as opened:
        events = [(str(event.article), event.id) for event in opened.events()]

    def decide(who: str) -> None:
        asked = client(archive, who)
        for article, event in events:
            post(asked, "/decide", kind="event", record=event, judgement="accepted", article=article)

    def read() -> None:
        with open_archive(archive) as writer:
            for number in range(ARTICLES, ARTICLES + 20):
                writer.keep([coded(number)])

    threads = [threading.Thread(target=decide, args=(who,)) for who in ("Ana", "Ben")]
    threads.append(threading.Thread(target=read))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with library.open(archive) as opened:
        assert len(list(opened.store.decisions())) == 2 * len(events)
        assert opened.store.counts()["articles"] == ARTICLES + 20


# Adding articles


def test_a_pasted_text_and_a_file_are_read(archive: Path, asked: TestClient) -> None:
    text = "Rebels attack base\n\nRebels attacked an army base near Aleppo on Friday, killing 12 soldiers."
    files = [("files", ("../../notes.txt", text.replace("Aleppo", "Homs"), "text/plain"))]
    fields = {"token": TOKEN, "text": text, "outlet": "The Ledger", "published": "2020-01-06"}
    answer = asked.post("/add", data=fields, files=files)
    assert answer.status_code == 200
    address = str(answer.request.url)
    latest = time.monotonic() + 300
    while " read</h1>" not in (page := asked.get(address).text) and time.monotonic() < latest:
        time.sleep(0.05)
    assert "<h1>2 articles read</h1>" in page
    with library.open(archive) as opened:
        sources = {article.source: article for article in opened.articles()}
    assert sources["notes.txt"].text.count("Homs") == 1
    assert any(article.outlet == "The Ledger" and article.published == "2020-01-06" for article in sources.values())


# Hostile text


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    path = tmp_path / 'h"<b>.db'
    hostile_archive(path)
    asked = client(path)
    seen = set()
    for address in (*hostile_addresses(path), *REFUSED):
        page = Page(settled(lambda address=address: asked.get(address).text))
        for tag, attributes in page.elements:
            seen.add(tag)
            assert not [name for name in attributes if name.startswith("on") or name == "style"], (address, tag)
            for name in ("href", "src", "action", "formaction", "hx-get", "hx-post"):
                where = attributes.get(name) or "/"
                assert where.startswith(("/", "#", "http")) and not where.startswith("//"), (address, attributes)
        assert all((one.get("src") or "").startswith("/static/") for one in page.of("script")), address
        assert len(page.of("script")) == 2 and len(page.of("main")) == 1, address
    assert seen <= TAGS, seen - TAGS
