"""Outlines of countries for the map, from world-atlas (Natural Earth, public domain).

    npm pack world-atlas@2 && tar xzf world-atlas-2.*.tgz
    python -m training.outlines package/countries-50m.json --to src/dragoman/pictures/outlines.json

Lines are coasts, borders, or borders that are disputed: those of the pairs in `DISPUTED`, where a box is given only
inside it. Natural Earth draws who holds the ground, not who claims it.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import defaultdict
from pathlib import Path
from typing import Any

STEP = 0.02
"""Degrees between the numbers that are kept."""

TOLERANCE = 0.035
"""Degrees by which a line may be simplified."""

SMALLEST = 0.12
"""Degrees across of the smallest island that is kept."""

Box = tuple[float, float, float, float]

DISPUTED: dict[frozenset[str], Box | None] = {
    frozenset(pair): box
    for pair, box in (
        (("Morocco", "W. Sahara"), None), (("Mauritania", "W. Sahara"), None), (("Algeria", "W. Sahara"), None),
        (("Serbia", "Kosovo"), None), (("Cyprus", "N. Cyprus"), None), (("Somalia", "Somaliland"), None),
        (("Israel", "Palestine"), None), (("Israel", "Syria"), None), (("Ukraine", "Russia"), (32.0, 44.0, 37.0, 46.7)),
        (("India", "Pakistan"), (73.0, 32.4, 78.0, 37.2)), (("India", "China"), None),
        (("Pakistan", "China"), None), (("India", "Siachen Glacier"), None), (("Pakistan", "Siachen Glacier"), None),
        (("China", "Siachen Glacier"), None), (("Sudan", "S. Sudan"), (27.5, 8.0, 30.0, 11.0)),
        (("Egypt", "Sudan"), (33.0, 21.5, 37.5, 23.0)), (("North Korea", "South Korea"), None),
        (("Azerbaijan", "Armenia"), None), (("Bhutan", "China"), None),
    )
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("atlas", type=Path)
    parser.add_argument("--to", type=Path, required=True)
    given = parser.parse_args()
    atlas = json.loads(given.atlas.read_text(encoding="utf-8"))
    lines = [_packed(kind, line) for kind, line in _lines(atlas)]
    source = "Natural Earth 1:50m (public domain), by way of world-atlas 2"
    head = f'{{"source": {json.dumps(source)}, "step": {STEP}, "lines": [\n'
    body = ",\n".join(json.dumps(line, separators=(",", ":")) for line in lines)
    given.to.write_text(f"{head}{body}\n]}}\n", encoding="utf-8")
    print(f"{len(lines)} lines, {given.to.stat().st_size // 1024} KiB")


def _lines(atlas: dict[str, Any]) -> list[tuple[str, list[tuple[float, float]]]]:
    owners = _owners(atlas)
    found = []
    for number, arc in enumerate(atlas["arcs"]):
        line = _degrees(arc, atlas["transform"])
        width = max(max(axis) - min(axis) for axis in zip(*line, strict=True))
        names = frozenset(owners[number])
        if len(names) < 2 and width < SMALLEST:
            continue
        for kind, piece in _kinds(names, line):
            found.append((kind, _simplified(piece)))
    return found


def _owners(atlas: dict[str, Any]) -> dict[int, set[str]]:
    owners: dict[int, set[str]] = defaultdict(set)

    def walk(arcs: Any, name: str) -> None:
        for item in arcs:
            if isinstance(item, list):
                walk(item, name)
            else:
                owners[item if item >= 0 else ~item].add(name)

    for country in atlas["objects"]["countries"]["geometries"]:
        walk(country["arcs"], country["properties"]["name"])
    return owners


def _degrees(arc: list[list[int]], transform: dict[str, list[float]]) -> list[tuple[float, float]]:
    x = y = 0
    line = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        line.append(
            tuple(n * s + t for n, s, t in zip((x, y), transform["scale"], transform["translate"], strict=True))
        )
    return line


def _kinds(names: frozenset[str], line: list[tuple[float, float]]) -> list[tuple[str, list[tuple[float, float]]]]:
    if len(names) < 2:
        return [("coast", line)]
    if names not in DISPUTED:
        return [("border", line)]
    box = DISPUTED[names]
    pieces: list[tuple[str, list[tuple[float, float]]]] = []
    for point in line:
        inside = box is None or (box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3])
        kind = "disputed" if inside else "border"
        if not pieces or pieces[-1][0] != kind:
            pieces.append((kind, [pieces[-1][1][-1]] if pieces else []))
        pieces[-1][1].append(point)
    return [(kind, piece) for kind, piece in pieces if len(piece) > 1]


def _simplified(line: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Douglas and Peucker's: no point that is left out lies farther than `TOLERANCE` from the line."""
    keep = {0, len(line) - 1}
    stretches = [(0, len(line) - 1)]
    while stretches:
        first, last = stretches.pop()
        (ax, ay), (bx, by) = line[first], line[last]
        length = math.hypot(bx - ax, by - ay)
        worst, at = TOLERANCE, None
        for place in range(first + 1, last):
            x, y = line[place]
            off = (
                abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length
                if length
                else ((x - ax) ** 2 + (y - ay) ** 2) ** 0.5
            )
            if off > worst:
                worst, at = off, place
        if at is not None:
            keep.add(at)
            stretches += [(first, at), (at, last)]
    return [line[place] for place in sorted(keep)]


def _packed(kind: str, line: list[tuple[float, float]]) -> list[Any]:
    """Kind, and the numbers of the line: the first point, then steps."""
    numbers: list[int] = []
    before = (0, 0)
    for point in line:
        here = (round(point[0] / STEP), round(point[1] / STEP))
        if here != before or not numbers:
            numbers += [here[0] - before[0], here[1] - before[1]]
        before = here
    return [kind, numbers]


if __name__ == "__main__":
    main()
