"""The whole way: files in, an archive of records out, the same bytes whatever the order."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import dragoman
from dragoman.cli import main
from dragoman.pipeline import code
from dragoman.records import LONGEST_SENTENCE, Article, article_id, normalise

SHARED = Path(__file__).parents[2] / "shared"
needs_shared = pytest.mark.skipif(not (SHARED / "seeds").exists(), reason="../shared with the seeds is not here")

STORIES = {
    "a.txt": (
        "Police arrest protesters in Basra\nMeridian Wire\nBasra\n4 February 2020\n"
        "Police in Basra arrested 12 protesters on Monday, officials said.\n"
        "The Iraqi government condemned the rocket attack on the American embassy in Baghdad."
    ),
    "b.txt": (
        "Turkey and Russia agree to talks\nMeridian Wire\n5 February 2020\n"
        "Turkish soldiers killed three Syrian rebels near Idlib on Tuesday.\n"
        "Russia and Turkey exchanged fire and later signed a ceasefire."
    ),
    "c.jsonl": json.dumps(
        {
            "id": "u7",
            "title": "Strike",
            "text": "US jets bombed militia bases in Iraq.\nIran threatened to retaliate.",
            "published": "2020-01-01",
        }
    ),
}

EXPORTED = ("articles", "sentences", "actors", "events", "ties", "shifts", "causes", "incidents")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    sources = tmp_path / "sources"
    sources.mkdir()
    for name, text in STORIES.items():
        (sources / name).write_text(text, encoding="utf-8")
    return sources


def exported(archive: Path, to: Path) -> bytes:
    with dragoman.open(archive, read_only=True) as opened:
        for kind in EXPORTED:
            opened.export(kind, to / f"{kind}.jsonl")
    return b"".join((to / f"{kind}.jsonl").read_bytes() for kind in EXPORTED)


def test_order_and_workers_do_not_matter(folder: Path, tmp_path: Path) -> None:
    sources = sorted(folder.iterdir())
    results = []
    for number, (order, jobs) in enumerate([(sources, 1), (sources[::-1], 1), (sources, 2)]):
        archive = tmp_path / f"{number}.db"
        with dragoman.open(archive) as opened:
            summary = opened.read(order, jobs=jobs)
        assert summary.read == 3 and not summary.unread
        (tmp_path / f"out{number}").mkdir()
        results.append(exported(archive, tmp_path / f"out{number}"))
    assert results[0] == results[1] == results[2]


def test_reading_twice_changes_nothing(folder: Path, tmp_path: Path) -> None:
    with dragoman.open(tmp_path / "x.db") as opened:
        assert opened.read([folder]).read == 3
        before = [dict(event) for event in opened.exported("events")]
        again = opened.read([folder])
        assert (again.read, again.already_there) == (0, 3)
        assert [dict(event) for event in opened.exported("events")] == before


def test_every_offset_is_right(folder: Path, tmp_path: Path) -> None:
    with dragoman.open(tmp_path / "x.db") as opened:
        opened.read([folder])
        texts = {article.id: article.text for article in opened.articles()}
        events = list(opened.exported("events"))
    assert len(events) >= 5
    for event in events:
        check_offsets(event, texts[event["article"]["id"]])


def check_offsets(event: dict, text: str) -> None:  # type: ignore[type-arg]
    for span in (event["trigger"], event["sentence"], *event["actor"], *event["recipient"]):
        assert text[span["start"] : span["end"]] == span["text"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Iran’s army attacked the US embassy.",
                "🙂 Police arrested 5 protesters!",
                "\u202eXi met Putin\u202c in Moscow.",
                "e\u0301lite troops\r\nfled",
                "A\x00B bombed C.",
            ]
        )
        | st.text(max_size=30),
        min_size=1,
        max_size=5,
    )
)
def test_offsets_hold_over_hostile_texts(pieces: list[str]) -> None:
    text = normalise(" ".join(pieces))
    coded = code(Article(article_id(text, "t"), text, "t", published="2020-01-05"))
    for event in coded.events:
        assert event.trigger == text[event.trigger_start : event.trigger_end]
        assert all(text[p.start : p.end] == p.text for p in (*event.actor, *event.recipient))
    assert all(text[m.start : m.end] == m.text for m in coded.mentions)


@pytest.mark.parametrize(
    "said",
    [
        "police in Basra shot protesters and the governor condemned the attack on the army ",
        "“We shelled Basra. Iran did,” he said. On 5 May Iran hit Iraq. They hit Syria.\n",
    ],
)
def test_an_article_costs_in_proportion_to_its_length(said: str) -> None:
    def calls(length: int) -> int:
        text = (said * (length // len(said) + 1))[:length]
        number = 0

        def count(*_: object) -> None:
            nonlocal number
            number += 1

        before = sys.getprofile()
        sys.setprofile(count)
        try:
            coded = code(Article("a", text, "t", published="2020-01-05"))
        finally:
            sys.setprofile(before)
        assert all(text[s.start : s.end] == s.text and len(s.text) <= LONGEST_SENTENCE for s in coded.sentences)
        assert all(text[m.start : m.end] == m.text for m in coded.mentions)
        return number

    calls(1_000)  # tables are loaded once
    assert calls(12_000) < 3.5 * calls(4_000)


def test_a_stretch_without_the_end_of_a_sentence_is_read_in_pieces_and_flagged(tmp_path: Path) -> None:
    clause = "police in Basra shot protesters and the governor condemned the attack "
    (tmp_path / "long.txt").write_text(clause * 30, encoding="utf-8")
    (tmp_path / "plain.txt").write_text((clause.strip().capitalize() + ". ") * 30, encoding="utf-8")
    with dragoman.open(tmp_path / "x.db") as opened:
        opened.read([tmp_path])
        flags = {Path(article.source).name: article.flags for article in opened.articles()}
        assert len(list(opened.events())) > 30
    assert any("without the end of a sentence" in flag for flag in flags["long.txt"])
    assert not any("without the end of a sentence" in flag for flag in flags["plain.txt"])


def test_events_by_actor_and_date(folder: Path, tmp_path: Path) -> None:
    with dragoman.open(tmp_path / "x.db") as opened:
        opened.read([folder])
        arrests = [e for e in opened.events(type="COERCE") if e.mode == "arrest"]
        assert "2020-02-03" in {event.when.start for event in arrests if event.when is not None}
        assert any(e.type == "ASSAULT" for e in opened.events(actor="United States"))
        assert not list(opened.events(actor="Iceland"))


def test_the_command_line_reads_shows_and_exports(folder: Path, tmp_path: Path) -> None:
    run = CliRunner().invoke
    archive = str(tmp_path / "x.db")
    assert run(main, ["read", str(folder), "--archive", archive]).exit_code == 0
    shown = run(main, ["show", "events", "--archive", archive, "--json"])
    assert shown.exit_code == 0 and json.loads(shown.output.splitlines()[0])["type"]
    assert run(main, ["show", "dyads", "--archive", archive]).exit_code == 0
    target = tmp_path / "events.csv"
    assert run(main, ["export", "events", "--archive", archive, "--to", str(target)]).exit_code == 0
    assert target.read_text(encoding="utf-8").startswith("id,")
    assert json.loads(run(main, ["info", "--archive", archive, "--json"]).output)["counts"]["articles"] == 3


def test_what_cannot_be_read_is_listed_and_the_rest_goes_on(folder: Path, tmp_path: Path) -> None:
    (folder / "empty.txt").write_text("")
    (folder / "bad.jsonl").write_text('{"text": "Police arrested him."}\n{broken\n')
    result = CliRunner().invoke(main, ["read", str(folder), "missing.txt", "--archive", str(tmp_path / "x.db")])
    assert result.exit_code == 3
    assert "missing.txt" in result.output and "empty.txt" in result.output and "bad.jsonl" in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize("arguments", [["read"], ["show", "nonsense"], ["export", "events"], ["nonsense"]])
def test_wrong_usage_exits_with_two(arguments: list[str]) -> None:
    assert CliRunner().invoke(main, arguments).exit_code == 2


def test_an_archive_that_is_none_is_said_in_a_sentence(tmp_path: Path) -> None:
    wrong = tmp_path / "notes.db"
    wrong.write_text("this is no archive, only some notes that I took")
    result = CliRunner().invoke(main, ["show", "events", "--archive", str(wrong)])
    assert result.exit_code == 1 and "notes.db" in result.output and "Traceback" not in result.output


def test_explain_shows_tree_frames_and_events() -> None:
    result = CliRunner().invoke(main, ["explain", "Rebels attacked an army base near Aleppo."])
    assert result.exit_code == 0
    assert "attacked" in result.output and "assault." in result.output and "ASSAULT" in result.output


def test_the_public_names_are_what_can_be_imported() -> None:
    modules = {name for name, value in vars(dragoman).items() if isinstance(value, ModuleType)}
    public = {name for name in vars(dragoman) if not name.startswith("_")} - modules
    assert public <= set(dragoman.__all__) == set(dir(dragoman))
    assert all(hasattr(dragoman, name) for name in dragoman.__all__) and not hasattr(dragoman, "Store")
    assert len(dragoman.__all__) == len(set(dragoman.__all__))


@needs_shared
def test_both_seeds_are_read_with_their_metadata(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["read", str(SHARED / "seeds"), "--archive", str(tmp_path / "s.db")])
    assert result.exit_code == 0
    with dragoman.open(tmp_path / "s.db", read_only=True) as opened:
        first = next(article for article in opened.articles() if article.published)
        events = list(opened.exported("events"))
        texts = {article.id: article.text for article in opened.articles()}
    assert first.title is not None and first.title.startswith("Thanks to Trump's assassination of Soleimani")
    assert (first.author, first.outlet, first.place) == ("Ahmed Twaij", "The Independent", "New York")
    assert first.published == "2020-01-06T21:03Z"
    for event in events:
        check_offsets(event, texts[event["article"]["id"]])


def test_spellings_of_an_unknown_name_are_one_actor_of_the_archive_whatever_the_order(tmp_path: Path) -> None:
    texts = (
        "The Iraqi militia leader Jabbar Mutashar threatened the American troops in Basra. Mutashar then met the "
        "police of the city, and he said that it was not the last time.",
        "The Iraqi militia leader Jabar Mutasher threatened the police in Basra, and he said that it was not the end.",
    )
    lines = [json.dumps({"id": str(n), "text": text, "published": "2020-01-01"}) for n, text in enumerate(texts)]
    whole = tmp_path / "both.jsonl"
    whole.write_text("\n".join(lines), encoding="utf-8")
    for number, line in enumerate(reversed(lines)):
        (tmp_path / f"{number}.jsonl").write_text(line, encoding="utf-8")
    run = CliRunner().invoke
    for name, archive in (("both", "a.db"), ("0", "b.db"), ("1", "b.db")):
        read = ["read", str(tmp_path / f"{name}.jsonl"), "--archive", str(tmp_path / archive)]
        assert run(main, read).exit_code == 0
    found = []
    for archive in ("a.db", "b.db"):
        result = run(main, ["actors", "--unknown", "--json", "--archive", str(tmp_path / archive)])
        found.append([json.loads(line) for line in result.output.splitlines()])
    assert [(row["id"], row["mentions"]) for row in found[0]] == [("jabbar-mutashar", 3)]
    assert [row["id"] for row in found[1]] == ["jabbar-mutashar"]
    assert "Mutashar threatened" in found[0][0]["sentences"][0]


INTERRUPTED = """
import signal, sys
from dragoman.cli.main import main
signal.signal(signal.SIGALRM, signal.default_int_handler)
signal.setitimer(signal.ITIMER_REAL, 0.5)
sys.argv = ["dragoman", "read", "-", "--archive", sys.argv[1]]
main()
"""


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timers here")
def test_ctrl_c_says_what_is_kept(tmp_path: Path) -> None:
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", INTERRUPTED, str(tmp_path / "a.db")]
    with subprocess.Popen(command, stdin=pipe, stderr=pipe, text=True) as reading:
        assert reading.wait(60) == 130 and reading.stderr is not None
        said = reading.stderr.read()
    assert "goes on from there" in said and "Traceback" not in said
