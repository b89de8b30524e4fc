"""Exports: whole files, stable columns, formulas disarmed and restored."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_records import RECORDS

from dragoman.errors import UsageError
from dragoman.formats import disarm, export, lines, undisarm
from dragoman.records.shapes import EXPORTED

HOSTILE = st.text(alphabet=st.sampled_from("=+-@\t\r\n'\"’,;|＝＋－＠ \u00a0\ufeff\0a1"), max_size=12)


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("kind", EXPORTED)
def test_json_lines_are_exact(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"{kind}.jsonl"
    assert export(kind, RECORDS[kind], path) == len(RECORDS[kind])
    assert [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] == RECORDS[kind]


@pytest.mark.parametrize("kind", EXPORTED)
def test_csv_has_the_same_columns_whatever_the_records(kind: str, tmp_path: Path) -> None:
    full, empty = tmp_path / "full.csv", tmp_path / "empty.csv"
    export(kind, RECORDS[kind], full)
    export(kind, [], empty)
    assert full.read_bytes().startswith(empty.read_bytes())
    assert len(read_csv(full)) == len(RECORDS[kind])


def test_json_lines_are_compact_and_readable(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    export("events", RECORDS["events"], path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith('{"id":"') and text.endswith("}\n")
    assert "Città Alta" in text


def test_keys_are_put_in_order(tmp_path: Path) -> None:
    shuffled = [dict(reversed(record.items())) for record in RECORDS["events"]]
    assert list(lines("events", shuffled, ".jsonl")) == list(lines("events", RECORDS["events"], ".jsonl"))


def test_line_separators_do_not_break_lines() -> None:
    record = {**RECORDS["decisions"][0], "why": "one\u2028two\x85three"}
    [line] = lines("decisions", [record], ".jsonl")
    assert len(line.splitlines()) == 1
    assert json.loads(line) == record


def test_columns_are_dotted_and_lists_joined(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    export("events", RECORDS["events"], path)
    row = read_csv(path)[1]
    assert row["article.title"] == "Freedonia bombs Sylvania 0"
    assert row["trigger.text"] == "killed"
    assert row["date.from"] == "2020-01-03"
    assert row["counts.what"] == "killed; injured"
    assert row["counts.low"] == "25; 3"
    assert row["counts.high"] == "25; "
    assert row["contexts"] == "military; territory"
    assert row["score"] == "-9.0", "a number is not disarmed"
    assert row["source_row.file"] == ""


def test_lists_in_lists_are_joined_by_bars(tmp_path: Path) -> None:
    path = tmp_path / "incidents.csv"
    export("incidents", RECORDS["incidents"], path)
    [row] = read_csv(path)
    assert row["disputed.field"] == "killed"
    assert row["disputed.values.low"] == "25 | 0"
    assert row["updated.values.low"] == ""
    assert row["events"].count("; ") == 2


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+49", "'+49"),
        ("-x", "'-x"),
        ("@sum", "'@sum"),
        ("\t=1", "'\t'=1"),
        ("＝1", "'＝1"),
        ("  =1", "  '=1"),
        ("\ufeff=1", "\ufeff'=1"),
        ("a;=1", "a;'=1"),
        ('a",=1', "a\",'=1"),
        ('"=1"', '"\'=1"'),
        ("a\n-1", "a\n'-1"),
        ("'=1", "''=1"),
        ("'tis", "'tis"),
        ("1-1=0", "1-1=0"),
        ("a - b", "a - b"),
        ("", ""),
    ],
)
def test_formulas_are_disarmed(cell: str, safe: str) -> None:
    assert disarm(cell) == safe
    assert undisarm(safe) == cell


@given(st.one_of(st.text(), HOSTILE))
def test_disarming_can_be_undone_exactly(cell: str) -> None:
    assert undisarm(disarm(cell)) == cell


@given(HOSTILE)
def test_nothing_armed_is_left_at_the_beginning_of_a_part(cell: str) -> None:
    for separator in ',;|\n"':
        for part in disarm(cell).split(separator):
            assert part.strip(" \u00a0\ufeff\0")[:1] not in tuple("=+-@＝＋－＠\r\t")


@given(st.lists(st.one_of(st.text(st.characters(codec="utf-8")), HOSTILE), min_size=1, max_size=4))
def test_text_survives_a_csv_file(texts: list[str]) -> None:
    records = [{**RECORDS["decisions"][0], "why": text} for text in texts]
    text = io.StringIO("".join(lines("decisions", records, ".csv")), newline="")
    assert [undisarm(row["why"]) for row in csv.DictReader(text)] == texts


def test_an_unknown_ending_is_an_error(tmp_path: Path) -> None:
    for name in ("events.xlsx", "events"):
        with pytest.raises(UsageError, match=r"\.jsonl or \.csv"):
            export("events", [], tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_kind_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Choose one of: articles"):
        export("wars", [], tmp_path / "wars.csv")


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    def broken() -> Iterator[dict[str, Any]]:
        yield RECORDS["actors"][0]
        raise RuntimeError("power cut")

    path = tmp_path / "actors.jsonl"
    path.write_text("before")
    with pytest.raises(RuntimeError):
        export("actors", broken(), path)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written") as caught:
        export("actors", [], tmp_path / "nowhere" / "actors.csv")
    assert caught.value.code == "U003"
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    with pytest.raises(UsageError, match="cannot be written"):
        export("actors", [], folder)
    assert list(tmp_path.iterdir()) == [folder]


def test_a_key_that_the_shape_lacks_is_an_error() -> None:
    with pytest.raises(KeyError, match="mood"):
        list(lines("decisions", [{**RECORDS["decisions"][0], "mood": "bad"}], ".jsonl"))


def test_a_link_is_followed(tmp_path: Path) -> None:
    target, link = tmp_path / "real.csv", tmp_path / "link.csv"
    target.write_text("")
    link.symlink_to(target)
    export("actors", RECORDS["actors"], link)
    assert link.is_symlink()
    assert len(read_csv(target)) == 2
