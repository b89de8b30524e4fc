"""Readers that go wrong in every way, for the process that opens files: functions that it can import by name."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path


def numbers(most: int) -> Iterator[int]:
    yield from range(most)


def busy() -> Iterator[str]:
    yield "first"
    while True:
        pass


def deaf() -> Iterator[str]:
    while True:
        try:
            sum(range(10_000))
        except Exception:  # as a library may do
            continue
        yield from ()


def asleep() -> Iterator[str]:
    time.sleep(60)
    yield ""


def greedy() -> Iterator[int]:
    yield len(bytes(3_000_000_000))


def hoarding() -> Iterator[str]:
    held: list[bytes] = []
    while True:
        held.append(bytes(400))
    yield ""


def killed() -> Iterator[str]:
    os.kill(os.getpid(), signal.SIGSEGV)
    yield ""


def faulty() -> Iterator[str]:
    raise KeyError("x")
    yield ""


def writing(path: str) -> Iterator[str]:
    Path(path).write_text("x", encoding="utf-8")
    yield "written"
