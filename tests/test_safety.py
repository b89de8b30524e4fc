"""A part of `make bench-safety`: what a stranger's file, a kill or a full disk must not do, it does not do."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import reading_faults as faults
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.safety import PARTS
from dragoman.formats import disarm, undisarm
from dragoman.intake import confined as module
from dragoman.intake.confined import confined, end_all
from dragoman.settings import load

SHARES = {
    "kills": 0.003,
    "html": 0.002,
    "pdf": 0.004,
    "archives": 0.03,
    "encodings": 1.0,
    "offsets": 0.003,
    "disks": 1.0,
    "upgrades": 1.0,
}
"""How much of each part is tried here; the monsters have tests of their own."""

posix = pytest.mark.skipif(not module.LIMITED, reason="Windows has no limits on time and memory")


@posix
@pytest.mark.parametrize("part", SHARES)
def test_a_share_of_each_part(part: str, tmp_path: Path) -> None:
    tried = PARTS[part](SHARES[part], tmp_path)
    assert tried.number > 0 and tried.failures == [] and tried.lost == 0


# The process that opens files


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No process waits from before, and those that are started can import the readers that go wrong."""
    monkeypatch.setattr(sys, "path", [str(Path(__file__).parent), *sys.path])
    end_all()
    yield
    end_all()


FAULTS = {
    faults.busy: "S015",
    faults.deaf: "S015",
    faults.asleep: "S015",
    faults.greedy: "S016",
    faults.killed: "S017",
    faults.faulty: "S017",
}


@posix
@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("read", FAULTS)
def test_what_breaks_a_limit_is_told_and_the_next_file_is_read(read: Callable[[], Iterator[Any]]) -> None:
    *before, last = confined("a.txt", load({}, most_seconds=0.1), read)
    assert last.code == FAULTS[read] and "a.txt" in last.message
    assert before == (["first"] if read is faults.busy else [])
    assert list(confined("b.txt", load({}), faults.numbers, 3)) == [0, 1, 2]


@posix
@pytest.mark.usefixtures("fresh")
def test_a_reader_that_fills_its_memory_with_small_things_lets_go_of_them_to_say_so() -> None:
    (last,) = confined("a.txt", load({}, most_memory=600_000_000), faults.hoarding)
    assert last.code == "S016"


@posix
@pytest.mark.usefixtures("fresh")
def test_the_process_writes_no_file(tmp_path: Path) -> None:
    (last,) = confined("a.txt", load({}), faults.writing, str(tmp_path / "x.txt"))
    assert last.code == "S017" and not (tmp_path / "x.txt").read_bytes()


@pytest.mark.usefixtures("fresh")
def test_one_process_opens_one_file_after_another() -> None:
    assert list(confined("a.txt", load({}), faults.numbers, 2)) == [0, 1]
    first = module._idle[0].pid
    assert list(confined("b.txt", load({}), faults.numbers, 1)) == [0] and module._idle[0].pid == first
    half = confined("c.txt", load({}), faults.numbers, 3)
    assert next(half) == 0
    half.close()
    assert not module._idle


# Spreadsheets


@given(st.text(st.sampled_from("=+-@＝＋－＠﹦'\",;\t\r\n| \u200b\ufeffax1"), max_size=12) | st.text(max_size=12))
def test_disarmed_cells_can_be_had_back_and_begin_no_formula(cell: str) -> None:
    assert undisarm(disarm(cell)) == cell
    for piece in disarm(cell).replace(";", ",").replace("|", ",").replace("\n", ",").replace('"', ",").split(","):
        assert not piece.strip(" \u200b\ufeff").startswith(tuple("=+-@＝＋－＠﹦"))
