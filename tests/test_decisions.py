"""Decisions: taken down beside the machine's records, kept through a re-reading, compared, given back as gold."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from record_samples import coded
from workbench_harness import client

import dragoman
from dragoman.archive import Archive, open_archive
from dragoman.cli import main
from dragoman.deciding import add_event, decide, gold, lost, on_article
from dragoman.errors import ArchiveError, UsageError
from dragoman.evaluation import agreement, alpha, as_gold, changes, fields_changed, identities, settled, standing
from dragoman.evaluation.validation import wilson
from dragoman.formats import is_private
from dragoman.formats.redaction import redaction
from dragoman.records import Actor, Office, event_id
from dragoman.telling import wording

SAMPLE = coded()
ARTICLE = SAMPLE.article
KILLED = next(event for event in SAMPLE.events if event.trigger == "killed")
OTHER = next(event for event in SAMPLE.events if event.trigger != "killed")
POLICE = {"text": "Police", "name": "Sylvanian police", "code": "SYL COP"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "case.db"


@pytest.fixture
def store(path: Path) -> Iterator[Archive]:
    with open_archive(path) as opened:
        opened.keep([SAMPLE])
        yield opened


def judge(store: Archive, judgement: str, who: str = "ada", at: str = "10:00", **more: Any) -> Any:
    record = more.pop("record", KILLED.id)
    return decide(store, more.pop("kind", "event"), record, judgement, who=who, when=f"2026-01-02T{at}Z", **more)


def run(*words: str | Path, code: int = 0) -> str:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result.output


# Taking down


def test_a_decision_keeps_what_it_judged_and_leaves_the_record(store: Archive) -> None:
    decision = judge(store, "corrected", correction={"type": "COERCE", "actor": [POLICE]}, why="they were arrested")
    assert KILLED in store.events(article=ARTICLE.id)
    assert list(store.decisions()) == [decision]
    then = json.loads(decision.judged)
    assert (then["article"], then["type"], then["trigger"]) == (ARTICLE.id, KILLED.type, KILLED.trigger)
    assert ARTICLE.text[then["start"] : then["end"]] == "killed" and then["sent_text"] in ARTICLE.text
    after = settled(decision)
    assert after and (after["type"], after["mode"], after["actor"]) == ("COERCE", None, [POLICE])
    assert after["recipient"] == then["recipient"]


@pytest.mark.parametrize("kind", ["tie", "shift", "cause"])
def test_what_a_text_asserts_is_judged_too(store: Archive, kind: str) -> None:
    [record] = getattr(SAMPLE, f"{kind}s")
    accepted = judge(store, "accepted", kind=kind, record=record.id)
    assert on_article(store, ARTICLE.id) == ({record.id: [accepted]}, [])


def test_pairs_of_an_incident_and_actors_are_judged(store: Archive) -> None:
    one, other = KILLED.id, OTHER.id
    pair = judge(store, "different", kind="incident", record=other, other=one)
    assert [pair.record, pair.other] == sorted([one, other])
    merged = judge(store, "merged", kind="actor", record="freedonia", other="sylvania")
    assert json.loads(merged.judged)["name"] == "Freedonia"
    split = {"names": ["Freedonian jets"], "name": "Freedonian Air Force"}
    assert judge(store, "split", kind="actor", record="freedonia", other="freedonian-air-force", correction=split)


def test_who_is_who_by_decisions(store: Archive, path: Path) -> None:
    party = KILLED.actor[0]
    merged = judge(store, "merged", kind="actor", record="freedonia", other="firefly")
    judge(store, "split", kind="actor", record="firefly", other="x", correction={"names": ["the man"], "name": "X"})
    who = identities(store.decisions())
    assert (who.of("freedonia"), who.of("firefly"), who.of("firefly", "the man")) == ("firefly", "firefly", "x")
    assert (
        who.event(KILLED).actor[0] == replace(party, id="firefly") and who.event(KILLED).recipient == KILLED.recipient
    )
    with dragoman.open(path) as opened:
        [tie] = opened.relations().ties
        assert (tie.source.id, tie.target.id) == ("sylvania", "firefly")
    judge(store, "merged", at="12:00", kind="actor", record="firefly", other="freedonia")
    assert {identities(store.decisions()).of(one) for one in ("freedonia", "firefly")} == {"firefly"}
    store.undo(merged.id, "2026-01-03")
    assert identities(store.decisions()).of("freedonia") == "freedonia"


@pytest.mark.parametrize(
    ("judgement", "more", "message"),
    [
        ("same", {}, "cannot be 'same'"),
        ("added", {}, "cannot be 'added'"),
        ("corrected", {}, "takes another one, or a correction"),
        ("accepted", {"other": "e"}, "takes another one"),
        ("corrected", {"correction": {"colour": "red"}}, "no field 'colour'"),
        ("corrected", {"correction": {"type": "WAR"}}, "one of AGREE"),
        ("corrected", {"correction": {"mode": "phone"}}, "no mode of that type"),
        ("corrected", {"correction": {"date": ["2020-01-09", "2020-01-03"]}}, "two ISO days"),
        ("corrected", {"correction": {"counts": {"killed": "many"}}}, "numbers, ranges or bounds"),
        ("corrected", {"correction": {"actor": ["Iran"]}}, "a list of parties"),
        ("accepted", {"who": " "}, "needs the name"),
    ],
)
def test_what_cannot_be_said_is_refused(store: Archive, judgement: str, more: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        judge(store, judgement, **more)
    with pytest.raises(ArchiveError, match="no event e99"):
        judge(store, "accepted", record="e99")
    assert list(store.decisions()) == []


def test_of_one_person_the_latest_stands_and_undo_brings_the_earlier_back(store: Archive) -> None:
    first, second = judge(store, "accepted"), judge(store, "rejected", at="11:00")
    other = judge(store, "accepted", who="ben", at="10:30")
    assert standing(store.decisions()) == [other, second]
    store.undo(second.id, "2026-01-03")
    assert standing(store.decisions()) == [first, other]


def test_a_new_event_is_added_from_selected_text(store: Archive) -> None:
    start = ARTICLE.text.index("turned against")
    added = add_event(
        store, ARTICLE.id, start, start + len("turned"), {"type": "REJECT", "actor": [POLICE]}, who="ada", when="1"
    )
    assert added.record == event_id(ARTICLE.id, start, start + 6, "REJECT")
    after = settled(added)
    assert after and (after["trigger"], after["type"], after["status"]) == ("turned", "REJECT", "actual")
    assert on_article(store, ARTICLE.id) == ({added.record: [added]}, [])
    with pytest.raises(UsageError, match="inside one sentence"):
        add_event(store, ARTICLE.id, 0, len(ARTICLE.text), {"type": "REJECT"}, who="ada", when="1")
    with pytest.raises(UsageError, match="needs a type"):
        add_event(store, ARTICLE.id, start, start + 6, {}, who="ada", when="1")


# A reading by a newer version


def test_decisions_are_found_again_by_their_evidence(store: Archive) -> None:
    assert KILLED.trigger_start is not None and KILLED.trigger_end is not None
    accepted = judge(store, "accepted")
    fixed = judge(store, "corrected", "ben", "10:30", correction={"type": "MOBILIZE"})

    def reading(start: int, kind: str) -> tuple[dict[str, Any], list[Any]]:
        now = event_id(ARTICLE.id, start, KILLED.trigger_end, kind)  # type: ignore[arg-type]
        event = replace(KILLED, id=now, trigger_start=start, type=kind)
        store.replace_coded(
            store.begin_run(dragoman.records.Run(0, "reread", "2", "m", 0, 0)),
            [replace(SAMPLE, events=(event,), causes=(), shifts=())],
            [],
        )
        found, gone = on_article(store, ARTICLE.id)
        assert gone == lost(store, store.decisions())
        return {("now" if key == now else key): value for key, value in found.items()}, gone

    # The same type on a longer trigger; the type that one of them asked for; another type altogether.
    assert reading(KILLED.trigger_start - 5, str(KILLED.type)) == ({"now": [accepted, fixed]}, [])
    assert reading(KILLED.trigger_start, "MOBILIZE") == ({"now": [fixed]}, [accepted])
    assert reading(KILLED.trigger_start, "AID") == ({}, [accepted, fixed])
    assert len(list(store.decisions())) == 2


def test_a_second_reading_notes_what_it_changes_and_keeps_decisions(path: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text(
        "Police arrest protesters\nMeridian Wire\n4 February 2020\nPolice in Basra arrested 12 protesters on Monday.\n"
        "The Iraqi government condemned the attack on the American embassy in Baghdad."
    )
    run("read", source, "--archive", path)
    with dragoman.open(path) as opened:
        before = list(opened.exported("events"))
        arrested = next(event for event in opened.events() if event.trigger == "arrested")
        decision = judge(opened.store, "accepted", record=arrested.id)
    # As if an older version had coded the arrest as an assault, and missed the condemnation.
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        for table in ("event_parties", "event_counts", "incident_events"):
            connection.execute(f"DELETE FROM {table} WHERE event = ?", [arrested.id])
        connection.execute("UPDATE events SET type = 'ASSAULT', id = 'older' WHERE id = ?", [arrested.id])
        connection.execute("DELETE FROM events WHERE \"trigger\" = 'condemned'")
        connection.commit()
    report = json.loads(run("reread", "--archive", path, "--json"))
    assert (report["articles"], report["events"], report["changed"]) == (1, len(before), 2)
    assert report["decisions_lost"] == 0
    shown = [json.loads(line) for line in run("runs", str(report["number"]), "--archive", path, "--json").splitlines()]
    found = {change["after"]["trigger"]: (change["before"] or {}).get("type") for change in shown}
    assert found == {"arrested": "ASSAULT", "condemned": None}
    with dragoman.open(path) as opened:
        assert list(opened.exported("events")) == before
        assert on_article(opened.store, str(arrested.article))[0] == {arrested.id: [decision]}
    again = run("reread", "--archive", path)
    assert "This version changes 0 of" in again
    assert "reread" in run("runs", "--archive", path) and "nothing changed" in run("runs", "3", "--archive", path)
    assert "There is no run 9" in CliRunner().invoke(main, ["runs", "9", "--archive", str(path)]).output


def test_changes_are_new_gone_or_coded_otherwise() -> None:
    def record(start: int, end: int, kind: str, **more: Any) -> dict[str, Any]:
        return {"article": "a", "start": start, "end": end, "type": kind, "status": "actual"} | more

    before = {"same": record(0, 5, "AID"), "e2": record(10, 15, "AID"), "e3": record(20, 25, "AID")}
    after = {"same": record(0, 5, "AID", status="future"), "n2": record(12, 18, "AGREE"), "n4": record(40, 45, "AID")}
    found = changes(before, after)
    assert [(change.what, change.event, fields_changed(change)) for change in found] == [
        ("changed", "same", ("status",)),
        ("changed", "n2", ("type",)),
        ("gone", "e3", ()),
        ("new", "n4", ()),
    ]
    assert changes(before, before) == []


# Several people


def test_alpha_is_krippendorffs() -> None:
    # Krippendorff 2011, example C: four observers, twelve units, values missing; 0.743.
    table = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]
    units = [[row[unit] for row in table if row[unit] != "."] for unit in range(12)]
    assert alpha(units) == pytest.approx(0.743, abs=0.0005)
    assert alpha([["a", "a"], ["b"]]) is None


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=4)))
def test_alpha_is_at_most_one(units: list[list[str]]) -> None:
    found = alpha(units)
    assert found is None or found <= 1.0
    assert alpha([sorted(unit, reverse=True) for unit in reversed(units)]) == pytest.approx(found)


def test_agreement_tells_how_well_and_where_people_differ(store: Archive) -> None:
    judge(store, "accepted")
    judge(store, "corrected", "ben", "10:30", correction={"status": "future"})
    judge(store, "accepted", record=OTHER.id)
    judge(store, "rejected", "ben", "10:30", record=OTHER.id)
    found = agreement(store.decisions())
    assert found.people == {"ada": 2, "ben": 2}
    [pair] = found.pairs
    assert (pair.records, pair.levels["detect"].matched, pair.levels["detect"].f1) == (2, 1, pytest.approx(2 / 3))
    told = {one.record: (one.fields, [decision.judgement for decision in one.decisions]) for one in found.disagreements}
    assert told == {KILLED.id: (("status",), ["accepted", "corrected"]), OTHER.id: ((), ["accepted", "rejected"])}
    assert (found.alphas[0].field, found.alphas[0].alpha, found.alphas[0].records) == ("right or not", 0.0, 2)
    assert {"status": 0.0, "type": None}.items() <= {one.field: one.alpha for one in found.alphas}.items()


# Gold


def test_gold_has_the_codebooks_keys_and_leaves_disputes_out(store: Archive, path: Path, tmp_path: Path) -> None:
    judge(store, "corrected", correction={"counts": {"killed": ">=25"}, "date": ["2020-01-03", None]}, why="about 25")
    judge(store, "rejected", record=OTHER.id)
    to = tmp_path / "gold.jsonl"
    assert "1 events written" in run("decisions", "export", "--archive", path, "--to", to)
    [line] = [json.loads(one) for one in to.read_text().splitlines()]
    assert " ".join(line) == (
        "doc sent trigger type mode actor recipient status date place counts said_by sure note date_from_text sent_text"
    )
    assert (line["doc"], line["trigger"], line["counts"], line["note"]) == (
        ARTICLE.id, "killed", {"killed": ">=25"}, "about 25",
    )  # fmt: skip
    assert line["sent_text"] == ARTICLE.text[slice(*(SAMPLE.sentences[1].start, SAMPLE.sentences[1].end))]
    figures = json.loads(run("score", to, "--archive", path, "--json"))
    assert figures["strict"]["recall"] == 1.0
    run("decisions", "export", "--archive", path, "--to", to, "--rejected")
    assert [json.loads(one)["judgement"] for one in to.read_text().splitlines()] == ["rejected", "corrected"]
    judge(store, "accepted", who="ben")
    assert gold(store).lines == () and gold(store).disputed == (KILLED.id,)
    assert len(gold(store, who="ben").lines) == 1
    assert as_gold([]).lines == ()


def test_decisions_are_listed_and_brought_from_another_archive(store: Archive, path: Path, tmp_path: Path) -> None:
    judge(store, "accepted", why="as it stands")
    other = tmp_path / "other.db"
    with open_archive(other) as opened:
        opened.keep([replace(SAMPLE, events=(), causes=(), shifts=())])
    assert "1 of 1 decisions brought" in run("decisions", "bring", path, "--archive", other)
    assert "0 of 1 decisions brought, 1 were there" in run("decisions", "bring", path, "--archive", other)
    assert "killed" in run("decisions", "list", "--archive", other, "--lost")
    assert "no decisions" in run("decisions", "list", "--archive", path, "--lost")
    assert json.loads(run("decisions", "list", "--archive", path, "--json"))["why"] == "as it stands"
    assert "ada" in run("decisions", "agreement", "--archive", path)
    assert "There is no archive" in run("decisions", "bring", path, "--archive", tmp_path / "no.db", code=2)


def test_a_judged_sample_is_validated_for_one_person(store: Archive, path: Path, tmp_path: Path) -> None:
    to = tmp_path / "sample.jsonl"
    run("sample", "--archive", path, "--to", to)
    judge(store, "rejected")
    judge(store, "accepted", who="ben", at="11:00")
    for who, right in (("ada", 0), ("ben", 1)):
        figures = json.loads(run("validate", to, "--archive", path, "--who", who, "--json"))
        assert (figures[-1]["judged"], figures[-1]["right"]) == (1, right)
    assert "several people" in run("validate", to, "--archive", path, code=2)


@given(st.integers(0, 200), st.integers(1, 200))
def test_wilsons_interval_holds_the_share(right: int, judged: int) -> None:
    low, high = wilson(min(right, judged), judged)
    assert 0 <= low <= min(right, judged) / judged <= high + 1e-9 and high <= 1


# Names withheld


def test_only_people_without_a_public_role_are_private() -> None:
    person = Actor("a", "Ali Hassan", "person", "IRQ", ("CVL",))
    assert is_private(person) and is_private(replace(person, sectors=()))
    assert not is_private(replace(person, sectors=("GOV",)))
    assert not is_private(replace(person, offices=(Office("mayor", "IRQ"),)))
    assert not is_private(replace(person, kind="group"))


@settings(max_examples=50)
@given(st.text(), st.lists(st.text(min_size=1), max_size=4))
def test_withheld_names_keep_every_offset(text: str, names: list[str]) -> None:
    withheld = redaction(names, {})(text)
    assert len(withheld) == len(text)
    assert all(new in (old, "█") for old, new in zip(text, withheld, strict=True))


def test_exports_withhold_private_people_everywhere(path: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    text = "Police arrested Salim Hatem in Basra on Monday. Nouri al-Maliki condemned the arrest of Salim Hatem."
    article = {"text": text, "title": "Salim Hatem held", "published": "2020-02-04", "url": "https://x.org/salim-hatem"}
    source.write_text(json.dumps(article))
    run("read", source, "--archive", path)
    with dragoman.open(path) as opened:
        assert "Salim Hatem" in {actor.name for actor in opened.actors()}
    for kind in ("articles", "sentences", "events", "actors", "incidents"):
        to = tmp_path / f"{kind}.jsonl"
        run("export", kind, "--archive", path, "--to", to, "--redact")
        assert "Hatem" not in to.read_text() and "hatem" not in to.read_text()
    assert "Nouri al-Maliki" in (tmp_path / "events.jsonl").read_text()
    arrest = json.loads((tmp_path / "events.jsonl").read_text().splitlines()[0])
    start = arrest["sentence"]["start"]
    for party in arrest["recipient"]:
        assert arrest["sentence"]["text"][party["start"] - start : party["end"] - start] == party["text"]


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_the_workbench_withholds_private_people_where_it_is_asked_to(path: Path, tmp_path: Path, ending: str) -> None:
    source = tmp_path / "a.jsonl"
    text = "Police arrested Salim Hatem in Basra on Monday. Nouri al-Maliki condemned the arrest of Salim Hatem."
    source.write_text(json.dumps({"text": text, "title": "Arrest in Basra", "published": "2020-02-04"}))
    run("read", source, "--archive", path)
    asked = client(path)
    assert 'name="redact"' in asked.get("/events").text
    whole = asked.get(f"/events.{ending}?recipient=salim-hatem").text
    withheld = asked.get(f"/events.{ending}?recipient=salim-hatem&redact=1").text
    assert "Salim Hatem" in whole.splitlines()[-1] and "Salim Hatem" in whole.splitlines()[-2]
    assert "Hatem" not in withheld and "█████ █████" in withheld
    assert len(withheld.splitlines()) == len(whole.splitlines())


def test_report_and_workbench_say_alike_how_a_field_is_known(path: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    row = {"text": "Police arrested two men in Basra on Monday.", "Headline": "Arrest", "published": "2020-02-04"}
    source.write_text(json.dumps(row))
    run("read", source, "--archive", path)
    run("report", "--archive", path, "--to", tmp_path / "r.html")
    with dragoman.open(path) as opened:
        [article] = opened.articles()
    shown, told = client(path).get(f"/article/{article.id}").text, (tmp_path / "r.html").read_text()
    known = wording.bases(article)
    assert {"title", "published"} <= set(known)
    for field, how in known.items():
        assert f'<span class="aside">{how}</span>' in shown
        assert re.search(rf"{field}, <[^>]+>{how}<|{field}, {how}", told), (field, how)


# Several processes


DECIDING = """
import sys
from dragoman.archive import open_archive
from dragoman.deciding import decide, now
with open_archive(sys.argv[1]) as store:
    for number in range(20):
        decide(store, "event", sys.argv[3], "accepted", who=f"{sys.argv[2]}{number}", when=now())
"""


def test_two_sessions_decide_while_articles_are_read(store: Archive, path: Path) -> None:
    command = [sys.executable, "-c", DECIDING, str(path)]
    sessions = [subprocess.Popen([*command, who, KILLED.id]) for who in ("ada", "ben")]
    waits: list[float] = []

    def read() -> None:
        with open_archive(path) as reader:
            for number in range(1, 100, 10):
                reader.keep([coded(each) for each in range(number, number + 10)])

    reading = threading.Thread(target=read)
    reading.start()
    while reading.is_alive() or any(session.poll() is None for session in sessions):
        began = time.monotonic()
        judge(store, "accepted", who=f"cyd{len(waits)}")
        waits.append(time.monotonic() - began)
        time.sleep(0.01)
    reading.join()
    assert [session.wait() for session in sessions] == [0, 0]
    assert len(list(store.decisions())) == 40 + len(waits)
    assert store.counts()["articles"] == 101
