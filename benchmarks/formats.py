# ruff: noqa: E501
"""Rows a second and peak memory of importing each format, and round trips: `python -m benchmarks.formats`.

The files are made here, in the true layout of each format and with as many different names as real ones have; each is
imported in a process of its own on one core, so that its peak memory is its own. The last line is JSON.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

COUNTRIES = "Iraq|Iran|Syria|Turkey|Russian Federation|Ukraine|United States|India|Nigeria|Egypt|China|France".split(
    "|"
)
CODES = "010 020 036 040 042 043 051 057 061 0712 080 0841 090 1031 111 112 120 130 1411 150 163 172 173 180 190 193".split()
SECTORS = "Government,Executive|Government,Police|Military,Government|General Population / Civilian / Social|Insurgents".split(
    "|"
)
FIRST = date(2014, 1, 1)

ACLED = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 actor2 "
    "assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude longitude "
    "geo_precision source source_scale notes fatalities tags timestamp"
).split()
UCDP = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id dyad_new_id "
    "dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources source_article "
    "source_office source_date source_headline source_original where_prec where_coordinates where_description adm_1 adm_2 "
    "latitude longitude geom_wkt priogrid_gid country country_id region event_clarity date_prec date_start date_end deaths_a "
    "deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob"
).split()


class World:
    """Names, places and days that rows are drawn from; the same for the same seed."""

    def __init__(self) -> None:
        self.random = random.Random(1)
        self.names = [f"Actor {number} ({COUNTRIES[number % len(COUNTRIES)]})" for number in range(20_000)]
        self.towns = [
            (f"Town {number}", f"{self.random.uniform(-40, 60):.4f}", f"{self.random.uniform(-20, 120):.4f}")
            for number in range(5_000)
        ]

    def day(self, number: int) -> date:
        """The day of a row: rows come by day, 2,000 of each."""
        return FIRST + timedelta(days=number // 2000)

    def actor(self) -> tuple[str, str, str]:
        """A name, its sectors and its country; some are in the news more than others."""
        number = int(len(self.names) * self.random.random() ** 3)
        return self.names[number], SECTORS[number % len(SECTORS)], COUNTRIES[number % len(COUNTRIES)]


def icews(world: World, rows: int) -> Iterator[list[str]]:
    """Rows of ICEWS, with their header."""
    from dragoman.formats.foreign import HEADERS

    yield list(HEADERS["icews"])
    pick = world.random.choice
    for number in range(rows):
        source, target, (town, lat, lon) = world.actor(), world.actor(), pick(world.towns)
        yield [
            *(str(20_000_000 + number), world.day(number).isoformat(), *source, "Consult", pick(CODES), "1.0", *target),
            *(str(number // 3), "2", "Agence France-Presse", town, "", "Province", COUNTRIES[len(town) % 3], lat, lon),
        ]  # fmt: skip


def gdelt(world: World, rows: int) -> Iterator[list[str]]:
    """Rows of GDELT 2.0."""
    pick = world.random.choice
    for number in range(rows):
        day, (town, lat, lon) = world.day(number), pick(world.towns)
        sides = [
            [f"{code}GOV", world.actor()[0].upper(), code, "", "", "", "", "GOV", "", ""] for code in ("IRQ", "USA")
        ]
        geo = [
            "4",
            f"{town}, Iraq",
            "IZ",
            "IZ01",
            "",
            lat,
            lon,
            "-3",
        ]
        code = pick(CODES)
        yield [
            *(str(400_000_000 + number), f"{day:%Y%m%d}", f"{day:%Y%m}", f"{day:%Y}", "2014.01", *sides[0], *sides[1], "1"),
            *(code, code[:3], code[:2], "1", "1.0", "10", "2", "10", "-1.5", *geo, *geo, *geo, f"{day:%Y%m%d}120000"),
            f"https://example.org/news/{number}",
        ]  # fmt: skip


def polecat(world: World, rows: int) -> Iterator[list[str]]:
    """Rows of POLECAT, with their header."""
    from dragoman.codebook import TYPES
    from dragoman.formats.foreign import HEADERS

    yield list(HEADERS["polecat"])
    pick, kinds = world.random.choice, list(TYPES)
    for number in range(rows):
        day, (town, lat, lon), actor, recipient = (
            world.day(number),
            pick(world.towns),
            world.actor()[0],
            world.actor()[0],
        )
        yield [
            *(f"P{number}", day.isoformat(), pick(kinds), "", "1.0", "VERBAL COOPERATION", "diplomatic; economic"),
            *(actor, "IRQ", "645", "GOV", "GOV", "None", actor, "None", recipient, "USA", "2", "MIL", "MIL", "None", recipient),
            *("None", town, town, "None", "Province", "IRQ", lat, lon, "0", town, "PPL", "AFP", day.isoformat()),
            *("None", "None", "None", "en", "NGEC 1.0"),
        ]  # fmt: skip


def acled(world: World, rows: int) -> Iterator[list[str]]:
    """Rows of ACLED since 2023, with their header."""
    yield ACLED
    pick = world.random.choice
    kinds = [("Battles", "Armed clash"), ("Protests", "Peaceful protest"), ("Strategic developments", "Arrests")]
    for number in range(rows):
        day, (town, lat, lon), (kind, sub) = world.day(number), pick(world.towns), pick(kinds)
        actor, other = world.actor()[0], world.actor()[0]
        notes = f'On {day:%d %B %Y}, "{actor}" and {other} met near {town}, in the course of what witnesses called a quiet day.'
        yield [
            *(f"IRQ{number}", f"{day:%d %B %Y}", str(day.year), "1", "Political violence", kind, sub, actor, "", "1", other, "", "2"),
            *("12", "", "368", "Middle East", "Iraq", "Province", "District", "", town, lat, lon, "1", "AFP; BBC", "National"),
            *(notes, str(number % 7), "", "1700000000"),
        ]  # fmt: skip


def ucdp(world: World, rows: int) -> Iterator[list[str]]:
    """Rows of UCDP GED, with their header."""
    yield UCDP
    for number in range(rows):
        day, (town, lat, lon) = world.day(number).isoformat(), world.random.choice(world.towns)
        values = {
            "id": str(number), "type_of_violence": "1", "dyad_name": "Government of Iraq - IS", "side_a": "Government of Iraq",
            "side_b": "IS", "source_headline": f"Clash near {town}", "where_prec": "1", "where_coordinates": f"{town} town",
            "latitude": lat, "longitude": lon, "country": "Iraq", "date_prec": "1", "date_start": day, "date_end": day,
            "best": "5", "high": "7", "low": "4", "gwnoa": "645",
        }  # fmt: skip
        yield [values.get(column, "") for column in UCDP]


FORMATS: dict[str, tuple[Callable[[World, int], Iterator[list[str]]], str, str]] = {
    "icews": (icews, "tab", "\t"),
    "gdelt": (gdelt, "CSV", "\t"),
    "polecat": (polecat, "txt", "\t"),
    "acled": (acled, "csv", ","),
    "ucdp": (ucdp, "csv", ","),
}


def make(name: str, folder: Path, rows: int) -> Path:
    """A generated file of a format."""
    generate, ending, delimiter = FORMATS[name]
    path = folder / f"{name}.{ending}"
    with path.open("w", encoding="utf-8", newline="") as file:
        if delimiter == "\t":
            file.writelines("\t".join(cells) + "\n" for cells in generate(World(), rows))
        else:
            csv.writer(file, delimiter=delimiter).writerows(generate(World(), rows))
    return path


def measure(path: Path, archive: Path) -> dict[str, float]:
    """Import one file into a fresh archive, in this process on one core: seconds and peak memory."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    import dragoman

    with dragoman.open(archive) as opened:
        started, worked = time.perf_counter(), time.process_time()
        [found] = opened.import_events([path]).files.values()
        seconds, processor = time.perf_counter() - started, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
    return {
        "rows": found.new,
        "unread": found.unread,
        "seconds": seconds,
        "processor": processor,
        "peak_mb": round(peak),
    }


def round_trip(name: str, archive: Path, folder: Path) -> bool:
    """Whether the events of an archive, written in the columns of `name` and imported again, are written the same."""
    import dragoman

    first, second = folder / f"first.{name}.tab", folder / f"second.{name}.tab"
    with dragoman.open(archive, read_only=True) as opened:
        opened.export("events", first, layout=name)
    with dragoman.open(folder / f"again.{name}.db") as again:
        again.import_events([first])
        again.export("events", second, layout=name)
    same = first.read_bytes() == second.read_bytes()
    for path in folder.glob(f"*.{name}.*"):
        path.unlink()
    return same


def main() -> None:
    """Make, import and measure a file of each format; the last line is JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of ICEWS; the others have a fifth of them")
    parser.add_argument("--only", choices=FORMATS, default=None)
    parser.add_argument("--one", nargs=2, type=Path, default=None, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measure(*given.one)))
        return
    figures: dict[str, float] = {}
    peak = 0.0
    for name in [given.only] if given.only else FORMATS:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            path = make(name, folder, given.rows if name == "icews" else given.rows // 5)
            size = path.stat().st_size / 1e6
            call = [sys.executable, "-m", "benchmarks.formats", "--one", str(path), str(folder / "one.db")]
            found = json.loads(subprocess.run(call, check=True, capture_output=True, text=True).stdout)
            small = measure_round_trip(name, folder)
        rate = found["rows"] / found["seconds"]
        figures[f"{name}_rows_per_second"] = round(rate)
        peak = max(peak, found["peak_mb"])
        print(
            f"{name:8} {found['rows']:8} rows ({size:.0f} MB) in {found['seconds']:.1f} s ({found['processor']:.1f} s of the "
            f"processor), {rate:.0f} rows/s, peak {found['peak_mb']} MB, {found['unread']} malformed{small}"
        )
    print(json.dumps(figures | {"peak_mb": round(peak)}))


def measure_round_trip(name: str, folder: Path) -> str:
    """What to say of the round trip of a format that we write."""
    if name not in ("icews", "polecat"):
        return ""
    import dragoman

    path = make(name, folder, 2_000)
    with dragoman.open(folder / "small.db") as opened:
        opened.import_events([path])
    return f", round trip {'the same' if round_trip(name, folder / 'small.db', folder) else 'NOT the same'}"


if __name__ == "__main__":
    main()
