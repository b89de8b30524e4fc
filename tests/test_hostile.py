"""Bad input and bad calls: a sentence and an exit code, never a traceback, nothing lost."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import dragoman
from dragoman.cli import main
from dragoman.errors import ArchiveError, UsageError

STORY = "Police in Basra arrested 12 protesters on Monday.\nTurkish troops shelled Aleppo in Syria."


def run(*arguments: str | Path, **environment: str) -> Result:
    return CliRunner(env=environment).invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    record = {"title": "[red]boo[/blue] [/x]", "outlet": "[/]", "text": STORY, "published": "2020-02-04"}
    (tmp_path / "a.jsonl").write_text(json.dumps(record), encoding="utf-8")
    assert run("read", tmp_path / "a.jsonl", "--archive", tmp_path / "case.db").exit_code == 0
    return tmp_path / "case.db"


def test_brackets_are_text_not_markup(archive: Path) -> None:
    shown = run("show", "articles", "--archive", archive)
    assert shown.exit_code == 0 and "[red]boo[/blue] [/x]" in shown.output
    assert run("show", "events", "--archive", archive).exit_code == 0


@pytest.mark.skipif(sys.platform == "darwin", reason="file names are UTF-8 there")
def test_a_file_name_that_is_no_utf8_loses_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "mix"
    folder.mkdir()
    (folder / "good.txt").write_text(STORY, encoding="utf-8")
    Path(os.fsdecode(os.fsencode(folder) + b"/bad\xff\xfename.txt")).write_text(STORY + " More.", encoding="utf-8")
    result = run("read", folder, "--archive", tmp_path / "mix.db")
    assert result.exit_code == 0 and "2 articles read" in result.output


def test_terminal_escapes_of_file_names_do_not_reach_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "e\x1b[31m\u202e.txt").write_text("", encoding="utf-8")
    result = run("read", tmp_path / "e\x1b[31m\u202e.txt", "--archive", tmp_path / "x.db")
    assert result.exit_code == 3 and "\x1b" not in result.output and "\u202e" not in result.output


def test_a_report_never_overwrites_an_archive(archive: Path) -> None:
    result = run("report", "--archive", archive, "--to", archive)
    assert result.exit_code == 2 and ".html" in result.output
    assert run("show", "events", "--archive", archive).exit_code == 0


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_faulty_user_data_stops_with_a_sentence(tmp_path: Path, jobs: str) -> None:
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    frames = tmp_path / "mine" / "frames"
    frames.mkdir(parents=True)
    (frames / "x.toml").write_text('[[frame]]\nname = "y"\n', encoding="utf-8")
    call = ("read", tmp_path / "a.txt", "--archive", tmp_path / "x.db", "--jobs", jobs)
    result = run(*call, DRAGOMAN_USER_DATA=str(tmp_path / "mine"))
    assert result.exit_code == 1 and "x.toml" in result.output and "Traceback" not in result.output
    missing = run(*call, DRAGOMAN_USER_DATA=str(tmp_path / "nowhere"))
    assert missing.exit_code == 1 and "nowhere" in missing.output


def test_explain_uses_the_users_own_actors(tmp_path: Path) -> None:
    folder = tmp_path / "actors"
    folder.mkdir()
    own = '[[actor]]\nid = "ab"\nname = "Aleppo Brigade"\nkind = "group"\ncountry = "SYR"\nsectors = ["REB"]\n'
    (folder / "own.toml").write_text(own, encoding="utf-8")
    result = run("explain", "The Aleppo Brigade attacked Turkey.", DRAGOMAN_USER_DATA=str(tmp_path))
    assert result.exit_code == 0 and "SYR REB" in result.output


@pytest.mark.parametrize("day", ["nonsense", "2020-13-45", "0000-00-00"])
def test_explain_refuses_a_day_that_is_none(day: str) -> None:
    result = run("explain", "Israel bombed Syria.", "--published", day)
    assert result.exit_code == 2 and "Traceback" not in result.output


def test_filters_that_mean_nothing_are_refused(archive: Path) -> None:
    assert run("show", "articles", "--archive", archive, "--outlet", "AP").exit_code == 2
    assert (
        run("export", "articles", "--archive", archive, "--to", archive.with_suffix(".csv"), "--outlet", "AP").exit_code
        == 2
    )
    assert run("show", "events", "--archive", archive, "--type", "NOSUCH").exit_code == 2
    assert run("show", "events", "--archive", archive, "--limit", "-1").exit_code == 2
    assert run("show", "events", "--archive", archive, "--since", "nonsense").exit_code == 2


def test_a_state_is_a_place_too(archive: Path) -> None:
    with dragoman.open(archive) as opened:
        assert [event.trigger for event in opened.events(place="Syria")] == ["shelled"]


def test_the_unread_list_holds_what_is_still_unread(tmp_path: Path) -> None:
    late = tmp_path / "late.txt"
    late.write_text("", encoding="utf-8")
    with dragoman.open(tmp_path / "x.db") as opened:
        assert len(opened.read(late).unread) == 1 and len(opened.unread()) == 1
        late.write_text(STORY, encoding="utf-8")
        assert opened.read(str(late)).read == 1
        assert opened.unread() == ()


def test_another_programs_database_is_not_touched(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("PRAGMA user_version = 3")
    connection.commit()
    connection.close()
    before = other.read_bytes()
    with pytest.raises(ArchiveError):
        dragoman.open(other)
    assert other.read_bytes() == before


def test_an_archive_that_is_not_there_is_said(tmp_path: Path) -> None:
    for command in (("show", "events"), ("info",)):
        result = run(*command, "--archive", tmp_path / "nope.db")
        assert result.exit_code == 1 and "nope.db" in result.output


@pytest.mark.parametrize(
    "line", ['{"type": "ASSAULT", "actor": "Iran", "sent_text": "x"}', '{"type": 5}', "[" * 100_000, "{}", "not json"]
)
def test_a_gold_line_that_is_none_is_named(archive: Path, tmp_path: Path, line: str) -> None:
    (tmp_path / "gold.jsonl").write_text(line, encoding="utf-8")
    result = run("score", tmp_path / "gold.jsonl", "--archive", archive)
    assert result.exit_code == 2 and "line 1" in result.output and "Traceback" not in result.output


def test_a_pipe_closed_early_is_no_error(archive: Path) -> None:
    show = f"{sys.executable} -c 'from dragoman.cli import main; main()' show events --archive {archive}"
    script = f"{show} | head -c 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "Traceback" not in done.stderr


def test_events_below_the_confidence_asked_for_are_not_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    result = run("read", tmp_path / "a.txt", "--archive", tmp_path / "x.db", DRAGOMAN_LEAST_CONFIDENCE="0.99")
    assert result.exit_code == 0 and "0 events" in result.output


def test_exports_go_to_known_endings_only(archive: Path, tmp_path: Path) -> None:
    with dragoman.open(archive) as opened, pytest.raises(UsageError):
        opened.export("events", tmp_path / "events.xml")
