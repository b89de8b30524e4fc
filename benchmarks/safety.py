# ruff: noqa: E501
"""What a stranger's file, a kill or a full disk can do: `python -m benchmarks.safety [--only PART ...] [--share S]`.

Every part says what it tried and lists its failures; the last line is JSON. `--share 0.01` tries a hundredth.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.hostile import traps
from benchmarks.hostile.documents import html_pages, pdf_files
from benchmarks.hostile.kills import killed
from benchmarks.hostile.monsters import Maker, monsters
from benchmarks.hostile.mutations import broken
from benchmarks.speed import sentence
from dragoman.archive import open_archive
from dragoman.archive.tables import APPLICATION_ID, UPGRADES, VERSION
from dragoman.errors import DragomanError
from dragoman.intake import read_sources
from dragoman.intake.confined import end_all
from dragoman.library import KINDS, Archive
from dragoman.pipeline import code, import_into, read_into
from dragoman.records import Article, Notice, Unread, normalise, utf16_offsets
from dragoman.settings import load

__all__ = ["PARTS", "Tried", "main"]

SLOWEST, SLOWEST_MONSTER = 10.0, 30.0
"""Seconds of the processor in which a broken page and a monster must have ended."""

MOST_MEMORY = 1_000_000_000

ODD = ("S015", "S016", "S017")
"""Codes of what broke a limit or its reader: a recorded state, but one to look into."""

LISTED = 20


@dataclass
class Tried:
    """What a part tried: how often, how each ended, what must not have happened, and what is worth a look."""

    number: int = 0
    ended: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    slowest: float = 0.0
    lost: int = 0


def mutated(sound: Sequence[bytes], ending: str, number: int, folder: Path) -> Tried:
    """Broken copies of sound files, each opened: it ends as an article or as unread with a code, whichever, and soon.

    A file hangs where it takes ten seconds of its own work, or its process had to be stopped for time (S015).
    """
    tried, path = Tried(), folder / f"broken{ending}"
    for which in range(number):
        chance = random.Random(f"{ending} {which}")  # each can be made again by itself
        path.write_bytes(broken(sound[which % len(sound)], sound, chance))
        started, worked = time.perf_counter(), time.process_time()
        items = [item for item in read_sources([path], load({}, most_seconds=SLOWEST)) if not isinstance(item, Notice)]
        states = [item.code if isinstance(item, Unread) else "read" for item in items]
        tried.number += 1
        tried.ended.update(states)
        tried.slowest = max(tried.slowest, time.perf_counter() - started)
        tried.told += [f"{ending} {which}: {item}" for item in items if isinstance(item, Unread) and item.code in ODD]
        if not states or "S015" in states or time.process_time() - worked > SLOWEST:
            tried.failures.append(f"{ending} {which}: {states}")
    return tried


def html(share: float, folder: Path) -> Tried:
    """20,000 broken pages."""
    return mutated(html_pages(), ".html", round(20_000 * share), folder)


def pdf(share: float, folder: Path) -> Tried:
    """5,000 broken PDFs."""
    return mutated(pdf_files(), ".pdf", round(5_000 * share), folder)


def bombs(share: float, folder: Path) -> Tried:
    """Sixty monsters, each read into an archive of its own, in a process whose time and memory are measured."""
    tried, every = Tried(), list(monsters())
    for name, make in every[:: max(1, round(1 / share))]:
        ended, seconds, memory = _alone(folder / name, make)
        tried.number += 1
        tried.ended[ended] += 1
        tried.slowest = max(tried.slowest, seconds)
        print(f"  {name:24} {ended:24} {seconds:5.1f} s {memory / 1e6:6.0f} MB", flush=True)
        if ended.startswith("broke") or "read" in ended or seconds > SLOWEST_MONSTER or memory > MOST_MEMORY:
            tried.failures.append(f"{name}: {ended} after {seconds:.1f} s with {memory / 1e6:.0f} MB")
    return tried


def _alone(path: Path, make: Maker) -> tuple[str, float, int]:
    """How a file ends that is read in a process of its own, with seconds of the processor and bytes of memory."""
    # Made in a process of its own, as the one that is measured would begin with the memory of this one.
    making = multiprocessing.get_context("fork").Process(target=lambda: path.write_bytes(make()))
    making.start()
    making.join()
    call = [sys.executable, "-m", "benchmarks.safety", "--monster", str(path)]
    with subprocess.Popen(call, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.read().splitlines()
    path.unlink()
    try:
        ended, seconds, memory = json.loads(said[-1])
    except (IndexError, ValueError):
        return f"broke ({process.returncode})", 0.0, 0
    return ended, seconds, memory


def _monster(path: Path) -> None:
    """Read or import one file and print how it ended, the seconds and the memory of all processes that it took."""
    code(Article("", "Police fired.", "warm"))
    before = _seconds()
    with open_archive(path.with_suffix(".db")) as archive:
        if path.name.endswith(".tab.gz"):
            unread = import_into(archive, [path], load({})).unread
            read = sum(archive.counts()[kind] for kind in ("events",))
        else:
            summary = read_into(archive, [path], load({}))
            unread, read = summary.unread, summary.read
    for leftover in path.parent.glob(f"{path.stem}.db*"):
        leftover.unlink()
    end_all()  # so that the process that opened the file has ended and is measured
    states = [f"read {read}"] * bool(read) + sorted({item.code for item in unread})
    memory = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) * 1024
    print(json.dumps([" ".join(states), round(_seconds() - before, 2), memory]))


def _seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def archives(share: float, folder: Path) -> Tried:
    """1,000 archives with hostile names and links: what they hold is told, and nothing is written anywhere."""
    tried, chance = Tried(), random.Random(1)
    inside = folder / "a" / "b" / "c"
    inside.mkdir(parents=True)
    path = inside / "trap.zip"
    path.touch()
    before = sorted(folder.rglob("*"))
    for number in range(round(1_000 * share)):
        path.write_bytes(traps.trap(chance))
        states = [item.code if isinstance(item, Unread) else "read" for item in read_sources([path], load({}))]
        tried.number += 1
        tried.ended.update(states)
        if not states or "S017" in states or sorted(folder.rglob("*")) != before:
            tried.failures.append(f"archive {number}: {states}")
    return tried


def encodings(share: float, folder: Path) -> Tried:
    """Thirty encodings, declared right, wrong and not at all: nothing breaks, and damage is flagged."""
    tried, path = Tried(), folder / "page.html"
    for encoding, how, declared, text, data in traps.encoded_pages():
        path.write_bytes(data)
        [item] = read_sources([path], load({}))
        tried.number += 1
        if isinstance(item, Unread):
            state = "unread"
        elif normalise(text) in item.text:
            state = "right"
        else:
            state = "flagged" if item.flags else "damaged"
        tried.ended[f"{how}: {state}"] += 1
        if state == "damaged":
            tried.failures.append(f"{encoding} declared {declared}: damaged and not flagged")
    return tried


def offsets(share: float, folder: Path) -> Tried:
    """10,000 texts with all that moves an offset: text[start:end] is the evidence, in JavaScript's units too."""
    tried, chance = Tried(), random.Random(1)
    odd = "🙂 👩\u200d👧 e\u0301 \u202eabc\u202c قال 東京 ﬁ İ \ufeff \u200b Z\u0351\u036b 🇮🇶 \u2028 \x07 “ ” — ½ 𝐏𝐨𝐥𝐢𝐜𝐞".split()
    for _ in range(round(10_000 * share)):
        words = sentence(chance).split(" ")
        for _ in range(chance.randint(0, 6)):
            words.insert(chance.randrange(len(words) + 1), chance.choice(odd))
        text = normalise(" ".join(words))
        units = text.encode("utf-16-le", "surrogatepass")
        places = utf16_offsets(text)
        coded = code(Article("a", text, "generated", published="2020-01-05"))
        spans = [(one.start, one.end, one.text) for one in coded.mentions]
        for event in coded.events:
            spans.append((event.trigger_start or 0, event.trigger_end or 0, event.trigger or ""))
            spans += [(party.start, party.end, party.text) for party in (*event.actor, *event.recipient)]
        tried.number += 1
        tried.ended["evidence"] += len(spans)
        for start, end, said in spans:
            there = units[2 * places[start] : 2 * places[end]].decode("utf-16-le", "surrogatepass")
            if not text[start:end] == said == there:
                tried.failures.append(f"{text!r}: {said!r} is not at {start}:{end}")
    return tried


def disks(share: float, folder: Path) -> Tried:
    """A full disk, a read-only folder and no temporary folder: a clear error, no half file, a sound archive."""
    tried = Tried()
    source = folder / "articles.jsonl"
    chance = random.Random(1)
    lines = [{"text": " ".join(sentence(chance) for _ in range(3)), "published": "2020-01-05"} for _ in range(10)]
    source.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    code(Article("", "Police fired.", "warm"))

    def read(archive: Path) -> None:
        with open_archive(archive) as opened:
            read_into(opened, [source], load({}, batch=2))

    def export(to: Path) -> Callable[[], None]:
        def run() -> None:
            with open_archive(folder / "whole.db") as opened:
                for kind in KINDS:
                    Archive(opened).export(kind, to / f"{kind}.jsonl")

        return run

    read(folder / "whole.db")
    folder.chmod(0o755)
    closed = folder / "closed"
    closed.mkdir()
    closed.chmod(0o555)
    for name, limit, run in (
        *((f"reading, {size} kB left", size, lambda: read(folder / "full.db")) for size in (4, 100, 200, 300, 400)),
        ("exporting, 20 kB left", 20, export(folder)),
        ("reading into a read-only folder", None, lambda: read(closed / "x.db")),
        ("exporting into a read-only folder", None, export(closed)),
        ("reading without a temporary folder", -1, lambda: read(folder / "temp.db")),
    ):
        tried.number += 1
        ended = _limited(run, limit)
        tried.ended[ended] += 1
        halves = [path.name for path in folder.rglob("*") if path.name.endswith((".tmp", ".rows"))]
        expected = "done" if limit == -1 else "told"
        if ended != expected or halves or not all(map(_sound, folder.rglob("*.db"))):
            tried.failures.append(f"{name}: {ended} {halves}")
        for path in (*folder.glob("full.db*"), *folder.glob("*s.jsonl")):
            if path != source:
                path.unlink()
    closed.chmod(0o755)
    return tried


def _limited(run: Callable[[], None], kilobytes: int | None) -> str:
    """How something ends in a fork that may write so much to a file, may write no folder of others, or has no /tmp."""
    child = os.fork()
    if not child:
        status = 2
        try:
            if kilobytes is None and os.geteuid() == 0:
                os.seteuid(65534)
            elif kilobytes == -1:
                os.environ["TMPDIR"] = os.environ["SQLITE_TMPDIR"] = "/nonexistent"
            elif kilobytes is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, resource.RLIM_INFINITY))
            run()
            status = 0
        except DragomanError:
            status = 1
        finally:
            os._exit(status)
    return {0: "done", 1: "told"}.get(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), "broke")


def _sound(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchone() == ("ok",))


def upgrades(share: float, folder: Path) -> Tried:
    """An archive of each version of the schema, with rows in every table: opened, it has them all."""
    tried = Tried()
    for version in range(1, VERSION):
        path = folder / f"version-{version}.db"
        before = _old_archive(path, version)
        with open_archive(path):
            pass
        with closing(sqlite3.connect(path)) as connection:
            connection.row_factory = sqlite3.Row
            after = {table: [dict(row) for row in connection.execute(f"SELECT * FROM {table}")] for table in before}
            upgraded = connection.execute("PRAGMA user_version").fetchone()[0] == VERSION
        kept = all(
            len(after[table]) == len(rows)
            and all(old.items() <= new.items() for old, new in zip(rows, after[table], strict=True))
            for table, rows in before.items()
        )
        tried.number += 1
        tried.ended["kept" if kept else "lost"] += 1
        if not (kept and upgraded and _sound(path)):
            tried.failures.append(f"version {version}: kept {kept}, upgraded {upgraded}")
    return tried


def _old_archive(path: Path, version: int) -> dict[str, list[dict[str, object]]]:
    """Make an archive of a version, a row in each of its tables; returns the rows by table."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        for statements in UPGRADES[:version]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {version}")
        schema = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sentences_fts%'"
        tables = [row["name"] for row in connection.execute(schema)]
        for table in tables:
            columns = [(row["name"], row["type"]) for row in connection.execute(f"PRAGMA table_info({table})")]
            values = [_value(name, kind) for name, kind in columns]
            connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)
        connection.commit()
        return {table: [dict(row) for row in connection.execute(f"SELECT * FROM {table}")] for table in tables}


def _value(name: str, kind: str) -> object:
    """A value that fits a column: rows of several tables belong together by it."""
    known: dict[str, object] = {
        "side": "actor",
        "status": "actual",
        "what": "read",
        "part": "body",
        "parse": b"x\x9c\x8b\x8e\x05\x00\x01\x15\x00\xb9",
    }
    lists = ("furniture", "flags", "contexts", "other", "agreed", "single", "disputed", "updated", "sectors", "aliases")
    if name in known:
        return known[name]
    if name in (*lists, "part_of", "offices"):
        return "[]"
    if name == "judged":
        return "{}"
    return 1 if kind in ("INTEGER", "REAL") else "a"


def kills(share: float, folder: Path) -> Tried:
    """1,000 kills of reading, importing and deciding."""
    found = killed(round(1_000 * share), folder)
    return Tried(found.kills, Counter({"killed": found.kills}), found.failures, lost=found.lost)


PARTS: dict[str, Callable[[float, Path], Tried]] = {
    "kills": kills,
    "html": html,
    "pdf": pdf,
    "bombs": bombs,
    "archives": archives,
    "encodings": encodings,
    "offsets": offsets,
    "disks": disks,
    "upgrades": upgrades,
}


def main() -> None:
    """Try all parts; the last line is JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--monster", type=Path, default=None, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.monster:
        _monster(given.monster)
        return
    figures: dict[str, int] = {}
    failures = 0
    for name, tried in _all(given.only, given.share):
        figures[name] = tried.number
        failures += len(tried.failures)
        if name == "kills":
            figures["lost"] = tried.lost
        ended = ", ".join(f"{state} {number}" for state, number in sorted(tried.ended.items()))
        print(
            f"{name:10} {tried.number:6} tried, {len(tried.failures)} failures, slowest {tried.slowest:.1f} s: {ended}"
        )
        for line in tried.failures[:LISTED] + tried.told[:LISTED]:
            print(f"  {line}")
    print(json.dumps(figures | {"failures": failures}))
    sys.exit(bool(failures))


def _all(names: Sequence[str], share: float) -> Iterator[tuple[str, Tried]]:
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            yield name, PARTS[name](share, Path(folder))


if __name__ == "__main__":
    main()
