"""Kills at random moments: whether what was said to be kept is kept, and the end is the same as without them.

A process is forked, so that the model is there already; it does its work on an archive and says after each step what
is kept. It is killed (SIGKILL) after a random time, the archive is checked, and another one goes on where it stopped,
until the work is done. Then the exports are compared with those of an unbroken run, and the work begins anew.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from benchmarks.formats import make
from benchmarks.speed import sentence
from dragoman.archive import open_archive
from dragoman.library import Archive
from dragoman.pipeline import code, import_into, read_into
from dragoman.records import Article, Decision
from dragoman.settings import load

__all__ = ["Killed", "killed"]

ARTICLES, ROWS, DECISIONS = 24, 3_000, 200
EXPORTED = ("articles", "sentences", "actors", "events", "incidents", "decisions")

Say = Callable[[int], None]


@dataclass
class Killed:
    """What came of it."""

    kills: int = 0
    lost: int = 0
    failures: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Work:
    """Something to do on an archive: what does it, what counts what is kept, and the longest time until a kill."""

    name: str
    do: Callable[[Path, Say], None]
    kept: str
    longest: float


def killed(kills: int, folder: Path, seed: int = 1) -> Killed:
    """Kill reading, importing and deciding, a third of the times each."""
    chance, done = random.Random(seed), Killed()
    code(Article("", "Police fired.", "warm"))  # the model is loaded once, before the forks
    for work in (_reading(folder), _importing(folder), _deciding()):
        whole = folder / f"{work.name}.db"
        work.do(whole, lambda kept: None)
        wanted = _exports(whole, folder)
        most = done.kills + -(-kills // 3)
        for number in count():
            if done.kills >= min(kills, most):
                break
            archive = folder / f"{work.name}-{number}.db"
            _until_done(work, archive, chance, done, most)
            if _exports(archive, folder) != wanted:
                done.failures.append(f"{archive.name}: the exports differ from those of an unbroken run")
            for path in folder.glob(f"{archive.name}*"):
                path.unlink()
    return done


def _until_done(work: Work, archive: Path, chance: random.Random, done: Killed, most: int) -> None:
    said = 0
    while True:
        wait = chance.uniform(0, work.longest) if done.kills < most else 600
        ended, told = _run(work, archive, wait)
        said = max(said, told)
        if archive.exists():
            with closing(sqlite3.connect(archive)) as connection:
                if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                    done.failures.append(f"{archive.name}: damaged")
                made = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
                kept = connection.execute(f"SELECT count(*) FROM {work.kept}").fetchone()[0] if made else 0
            if kept < said:
                done.lost += said - kept
                done.failures.append(f"{archive.name}: {said} were said to be kept, {kept} are")
        if ended:
            return
        done.kills += 1


def _run(work: Work, archive: Path, wait: float) -> tuple[bool, int]:
    """Whether the work came to its end before it was killed, and how much of it was said to be kept."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        status = 1
        try:
            os.close(ours)
            work.do(archive, lambda kept: os.write(theirs, b"%d\n" % kept) and None)
            status = 0
        finally:
            os._exit(status)
    os.close(theirs)
    said, end = b"", time.monotonic() + wait
    with os.fdopen(ours, "rb", buffering=0) as pipe:
        while (left := end - time.monotonic()) > 0 and select.select([pipe], [], [], left)[0]:
            piece = pipe.read(1 << 16)
            if not piece:
                break
            said += piece
        os.kill(child, signal.SIGKILL)
        said += pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError(f"{work.name} failed by itself; run it alone to see why")
    lines = said.split(b"\n")[:-1]
    return os.WIFEXITED(status), max(map(int, lines), default=0)


def _reading(folder: Path) -> Work:
    source, chance = folder / "articles.jsonl", random.Random(1)
    with source.open("w", encoding="utf-8") as file:
        for number in range(ARTICLES):
            text = " ".join(sentence(chance) for _ in range(2))
            file.write(json.dumps({"id": str(number), "title": "", "text": text, "published": "2020-01-05"}) + "\n")

    def do(archive: Path, say: Say) -> None:
        with open_archive(archive) as opened:
            there = opened.counts()["articles"]
            read_into(opened, [source], load({}, batch=2), lambda done: say(there + done))

    return Work("reading", do, "articles", 1.5)


def _importing(folder: Path) -> Work:
    source = make("icews", folder, ROWS)

    def do(archive: Path, say: Say) -> None:
        with open_archive(archive) as opened:
            import_into(opened, [source], load({}))
            say(opened.counts()["events"])

    return Work("importing", do, "events", 0.5)


def _deciding() -> Work:
    def do(archive: Path, say: Say) -> None:
        with open_archive(archive) as opened:
            for number in range(opened.counts()["decisions"], DECISIONS):
                when = f"2020-01-05T00:00:{number % 60:02}Z"
                opened.decide(Decision(f"d{number:04}", f"e{number}", "event", "accepted", None, "me", when, None))
                say(number + 1)

    return Work("deciding", do, "decisions", 0.15)


def _exports(archive: Path, folder: Path) -> bytes:
    to = folder / "exported.jsonl"
    with open_archive(archive, create=False) as opened:
        whole = b""
        for kind in EXPORTED:
            Archive(opened).export(kind, to)
            whole += to.read_bytes()
    return whole
