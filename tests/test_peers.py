"""The published figures: complete, and the same in the documentation."""

from __future__ import annotations

from pathlib import Path

from benchmarks.peers import FIGURES, markdown, peers

ROOT = Path(__file__).parent.parent


def test_every_figure_is_a_percentage_with_its_place() -> None:
    for row in peers():
        assert row["published"].startswith("https://") and row["data"] and row["measured"]
        figures = [float(row[name]) for name in FIGURES if row[name]]
        assert figures and all(50 < figure <= 100 for figure in figures)


def test_the_documentation_shows_the_same_table() -> None:
    assert markdown() in (ROOT / "docs" / "peers.md").read_text(encoding="utf-8")
