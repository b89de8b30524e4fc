"""The map: where events were, as dots on outlines. Dots, not filled countries: a place is not its state."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .svg import Element, number, picture

__all__ = ["BORDERS", "Dot", "dot_map"]

OUTLINES = Path(__file__).parent / "outlines.json"

BORDERS = "Outlines: Natural Earth, who draws who holds the ground; disputed lines are dashed."
"""What to say of the lines wherever the map is shown."""

LEAST_LINE = 0.006
"""Of the window; a shorter line (an island) would be a speck."""

LEAST_SPAN = 8.0
"""Degrees that a map shows at least, so that one town does not fill it."""

MARGIN = 0.12

STEP = 2.5
"""Pixels between the points of an outline."""

LARGEST = 15.0
LABELLED = 8
"""The largest dots have their names beside them, as far as there is room."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A place: its name, where it is (degrees), its events of cooperation and conflict, and where they are listed."""

    name: str
    lat: float
    lon: float
    cooperation: int
    conflict: int
    href: str

    @property
    def total(self) -> int:
        """All its events."""
        return self.cooperation + self.conflict


@dataclass(frozen=True, slots=True)
class _Frame:
    """The window in degrees, and how it is laid on the picture: equirectangular, true to scale in its middle."""

    west: float
    east: float
    south: float
    north: float
    width: float
    height: float

    def xy(self, lon: float, lat: float) -> tuple[float, float]:
        return (
            (lon - self.west) / (self.east - self.west) * self.width,
            (self.north - lat) / (self.north - self.south) * self.height,
        )


def dot_map(
    dots: Sequence[Dot], *, width: float = 720, height: float = 380, name: str = "map", title: str = "Where"
) -> str:
    """The map as SVG, cut to where the dots are; each dot links to its events, its area says how many they are.

    `name` must be its own for each picture of a page: the ids inside begin with it.
    """
    dots = sorted((dot for dot in dots if dot.total), key=lambda dot: (-dot.total, dot.name))
    root = picture(name, width, height, title, _description(dots))
    clip = root.add("clipPath", id=f"{name}-window")
    clip.add("rect", width=width, height=height)
    root.add("rect", width=width, height=height, class_="sea")
    frame = _frame(dots, width, height)
    lines = root.add("g", clip_path=f"url(#{name}-window)")
    for kind, path in _paths(frame):
        lines.add("path", d=path, class_=kind)
    most = max((dot.total for dot in dots), default=1)
    marks = root.add("g", clip_path=f"url(#{name}-window)")
    taken: list[tuple[float, float, float, float]] = []
    labels = []
    for place, dot in enumerate(dots):
        x, y = frame.xy(dot.lon, dot.lat)
        radius = max(3.0, LARGEST * math.sqrt(dot.total / most))
        _mark(marks, dot, x, y, radius)
        box = (x + radius + 3, y - 9, x + radius + 6 + 7.2 * len(dot.name), y + 6)
        if place < LABELLED and box[2] < width and not any(_meet(box, other) for other in taken):
            labels.append((dot, box))
            taken.append(box)
        taken.append((x - radius, y - radius, x + radius, y + radius))
    for dot, box in labels:
        root.add("text", dot.name, x=box[0], y=box[1] + 13, class_="label place")
    return str(root)


def _description(dots: Sequence[Dot]) -> str:
    if not dots:
        return "No event has a place with coordinates."
    return f"{sum(dot.total for dot in dots)} events at {len(dots)} places; most at {dots[0].name}: {dots[0].total}."


def _mark(marks: Element, dot: Dot, x: float, y: float, radius: float) -> None:
    """A dot with the share of conflict as a slice, from the top clockwise; the rest is cooperation."""
    words = f"{dot.name}: {dot.total} {'event' if dot.total == 1 else 'events'}, {dot.conflict} of conflict"
    link = marks.add("a", href=dot.href, class_="dot", aria_label=words)
    link.add("title", words)
    link.add("circle", cx=x, cy=y, r=max(radius, 9), class_="target")
    share = dot.conflict / dot.total
    link.add("circle", cx=x, cy=y, r=radius, class_="spot conflict" if share == 1 else "spot cooperation")
    if 0 < share < 1:
        angle = 2 * math.pi * share
        end = (x + radius * math.sin(angle), y - radius * math.cos(angle))
        points = [number(value) for value in (x, y, x, y - radius, radius, radius, *end)]
        path = "M{} {}L{} {}A{} {} 0 {} 1 {} {}Z".format(*points[:6], int(share > 0.5), *points[6:])
        link.add("path", d=path, class_="slice conflict")


def _frame(dots: Sequence[Dot], width: float, height: float) -> _Frame:
    """The window around the dots, of the picture's shape."""
    if not dots:
        return _Frame(-180, 180, -60, 80, width, height)
    lats, lons = [dot.lat for dot in dots], [dot.lon for dot in dots]
    middle = ((max(lons) + min(lons)) / 2, (max(lats) + min(lats)) / 2)
    shrink = max(0.25, math.cos(math.radians(middle[1])))
    high = max(LEAST_SPAN, (max(lats) - min(lats)) * (1 + 2 * MARGIN))
    wide = max(LEAST_SPAN / shrink, (max(lons) - min(lons)) * (1 + 2 * MARGIN))
    high = max(high, wide * shrink * height / width)
    wide = high / shrink * width / height
    return _Frame(middle[0] - wide / 2, middle[0] + wide / 2, middle[1] - high / 2, middle[1] + high / 2, width, height)


@cache
def _outlines() -> list[tuple[str, list[tuple[float, float]], tuple[float, float, float, float]]]:
    """Lines with their kinds and bounds (west, south, east, north)."""
    kept: dict[str, Any] = json.loads(OUTLINES.read_text(encoding="utf-8"))
    found = []
    for kind, steps in kept["lines"]:
        x = y = 0
        line = []
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            line.append((x * kept["step"], y * kept["step"]))
        lons, lats = zip(*line, strict=True)
        found.append((kind, line, (min(lons), min(lats), max(lons), max(lats))))
    return found


def _paths(frame: _Frame) -> Iterator[tuple[str, str]]:
    """One path for each kind of line, of the lines that meet the window; steps under `STEP` are left out."""
    paths: dict[str, list[str]] = {"coast": [], "border": [], "disputed": []}
    for kind, line, (west, south, east, north) in _outlines():
        if west > frame.east or east < frame.west or south > frame.north or north < frame.south:
            continue
        if max((east - west) / (frame.east - frame.west), (north - south) / (frame.north - frame.south)) < LEAST_LINE:
            continue
        points, before = [], (-9e9, -9e9)
        for place, (lon, lat) in enumerate(line):
            here = frame.xy(lon, lat)
            if abs(here[0] - before[0]) + abs(here[1] - before[1]) >= STEP or place == len(line) - 1:
                points.append(f"{here[0]:.0f} {here[1]:.0f}")
                before = here
        if len(points) > 1:
            paths[kind].append(f"M{points[0]}L{' '.join(points[1:])}")
    for kind, pieces in paths.items():
        if pieces:
            yield kind, "".join(pieces)


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
