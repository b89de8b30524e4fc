"""A part of `make bench-safety`: what a stranger's file, a kill or a full disk must not do, it does not do."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.safety import PARTS
from dragoman.formats import disarm, undisarm
from dragoman.intake import confined as module
from dragoman.intake.confined import confined, end_all
from dragoman.settings import load

SHARES = {
    "kills": 0.006,
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


# The process that opens files. What it runs must be a function of a module that it can import: these are ours.


def numbers(most: int) -> Iterator[int]:
    yield from range(most)


def busy(_: str) -> Iterator[str]:
    yield "first"
    while True:
        pass


def deaf(_: str) -> Iterator[str]:
    while True:
        try:
            sum(range(10_000))
        except Exception:  # as a library may do
            continue
        yield from ()


def asleep(_: str) -> Iterator[str]:
    time.sleep(60)
    yield ""


def greedy(_: str) -> Iterator[int]:
    yield len(bytes(3_000_000_000))


def killed(_: str) -> Iterator[str]:
    os.kill(os.getpid(), signal.SIGSEGV)
    yield ""


def faulty(_: str) -> Iterator[str]:
    raise KeyError("x")
    yield ""


def writing(path: str) -> Iterator[str]:
    Path(path).write_text("x", encoding="utf-8")
    yield "written"


@posix
@pytest.mark.parametrize(
    ("read", "code"),
    [(busy, "S015"), (deaf, "S015"), (asleep, "S015"), (greedy, "S016"), (killed, "S017"), (faulty, "S017")],
)
def test_what_breaks_a_limit_is_told_and_the_next_file_is_read(
    read: object, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [str(Path(__file__).parent), *sys.path])
    end_all()
    *before, last = confined("a.txt", load({}, most_seconds=0.1), read, "a")  # type: ignore[arg-type]
    assert last.code == code and "a.txt" in last.message and before == (["first"] if read is busy else [])
    assert list(confined("b.txt", load({}), numbers, 3)) == [0, 1, 2]
    end_all()


@posix
def test_the_process_writes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(Path(__file__).parent), *sys.path])
    end_all()
    (last,) = confined("a.txt", load({}), writing, str(tmp_path / "x.txt"))
    assert last.code == "S017" and (not (tmp_path / "x.txt").exists() or not (tmp_path / "x.txt").read_bytes())
    end_all()


def test_one_process_opens_one_file_after_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(Path(__file__).parent), *sys.path])
    end_all()
    assert list(confined("a.txt", load({}), numbers, 2)) == [0, 1]
    first = module._idle[0].pid
    assert list(confined("b.txt", load({}), numbers, 1)) == [0] and module._idle[0].pid == first
    half = confined("c.txt", load({}), numbers, 3)
    assert next(half) == 0
    half.close()  # type: ignore[attr-defined]
    assert not module._idle
    end_all()


# Spreadsheets


@given(st.text(st.sampled_from("=+-@＝＋－＠﹦'\",;\t\r\n| \u200b\ufeffax1"), max_size=12) | st.text(max_size=12))
def test_disarmed_cells_can_be_had_back_and_begin_no_formula(cell: str) -> None:
    assert undisarm(disarm(cell)) == cell
    for piece in disarm(cell).replace(";", ",").replace("|", ",").replace("\n", ",").replace('"', ",").split(","):
        assert not piece.strip(" \u200b\ufeff").startswith(tuple("=+-@＝＋－＠﹦"))
