"""The published figures: complete, and the same in the documentation."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import side_by_side
from benchmarks.peers import FIGURES, markdown, peers
from dragoman.records import Article

ROOT = Path(__file__).parent.parent


def test_every_figure_is_a_percentage_with_its_place() -> None:
    for row in peers():
        assert row["published"].startswith("https://") and row["data"] and row["measured"]
        figures = [float(row[name]) for name in FIGURES if row[name]]
        assert figures and all(50 < figure <= 100 for figure in figures)


def test_the_documentation_shows_the_same_table() -> None:
    assert markdown() in (ROOT / "docs" / "peers.md").read_text(encoding="utf-8")


def test_lines_of_universal_petrarch_are_events_of_their_sentences() -> None:
    sentences = [(Article("a", "", "x"), 0, "One."), (Article("b", "", "y"), 4, "Turkish troops shelled Aleppo.")]
    lines = ["20200204\tTURMIL\tSYR\t190\t\tS1_1\tX", "20200204\t---\tSYR\t0100\t\tS0_1\tX", ""]
    (event,) = side_by_side.petrarch_events(lines, sentences)
    assert (event["type"], event["article"]["id"], event["sentence"]["index"]) == ("ASSAULT", "b", 4)
    assert event["actor"][0]["code"] == "TURMIL"


def test_a_peer_that_is_not_installed_is_skipped_with_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UNIVERSAL_PETRARCH", raising=False)
    found = side_by_side.peers()
    assert callable(found["Dragoman"]) and found["Universal PETRARCH"] == "UNIVERSAL_PETRARCH is not set"
