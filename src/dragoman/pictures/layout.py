"""Where the nodes of a network go: a spring layout, then boxes pushed apart until labels can be read.

Nothing here is random: the springs start from a circle in the given order, and what comes out is
rounded to whole pixels, so that one input gives one picture.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Box", "Spring", "place"]

ROUNDS = 400
GRAVITY = 0.4
"""How strongly each node is drawn to the middle; without it, parts without a link fly off."""


@dataclass(frozen=True, slots=True)
class Box:
    """What a node needs around its centre: to each side, above and below."""

    half: float
    above: float
    below: float


@dataclass(frozen=True, slots=True)
class Spring:
    """A pull between two nodes, by their numbers."""

    one: int
    other: int
    pull: float


def place(boxes: Sequence[Box], springs: Sequence[Spring], width: float, height: float) -> list[tuple[int, int]]:
    """The centre of each box, inside the rectangle and, where there is room, without overlap."""
    if not boxes:
        return []
    points = _fit(_sprung(len(boxes), springs), boxes, width, height)
    for _ in range(ROUNDS):
        if not _push(points, boxes):
            break
        for number, box in enumerate(boxes):
            points[number] = _inside(points[number], box, width, height)
    return [(round(x), round(y)) for x, y in points]


def _sprung(count: int, springs: Sequence[Spring]) -> list[tuple[float, float]]:
    import networkx  # loaded where it is used: reading does without it

    graph = networkx.Graph()
    graph.add_nodes_from(range(count + 1))
    graph.add_weighted_edges_from((spring.one, spring.other, spring.pull) for spring in springs)
    graph.add_weighted_edges_from((number, count, GRAVITY) for number in range(count))
    turn = 2 * math.pi / count
    start = {number: (math.cos(turn * number), math.sin(turn * number)) for number in range(count)} | {
        count: (0.0, 0.0)
    }
    found = networkx.spring_layout(
        graph, pos=start, fixed=[count], k=1.6 / math.sqrt(count + 1), iterations=150, seed=1
    )
    return [(float(found[number][0]), float(found[number][1])) for number in range(count)]


def _fit(
    points: Sequence[tuple[float, float]], boxes: Sequence[Box], width: float, height: float
) -> list[tuple[float, float]]:
    """Stretched to the rectangle, each direction by itself: a page is wider than it is high, or the reverse."""
    fitted = []
    (x_low, x_span), (y_low, y_span) = (_range([point[axis] for point in points]) for axis in (0, 1))
    for (x, y), box in zip(points, boxes, strict=True):
        along = box.half + (width - 2 * box.half) * (x - x_low) / x_span
        down = box.above + (height - box.above - box.below) * (y - y_low) / y_span
        fitted.append((along, down))
    return fitted


def _range(values: Sequence[float]) -> tuple[float, float]:
    span = max(values) - min(values)
    # One node, or all in a row: put them in the middle.
    return (min(values), span) if span > 1e-9 else (min(values) - 0.5, 1.0)


def _push(points: list[tuple[float, float]], boxes: Sequence[Box]) -> bool:
    """Push each overlapping pair apart, in the direction that needs less; whether any did overlap."""
    moved = False
    for one in range(len(points)):
        for other in range(one + 1, len(points)):
            (x1, y1), (x2, y2) = points[one], points[other]
            first, second = boxes[one], boxes[other]
            across = first.half + second.half - abs(x2 - x1)
            down = (first.below + second.above if y2 >= y1 else first.above + second.below) - abs(y2 - y1)
            if across <= 0 or down <= 0:
                continue
            moved = True
            if across < down:
                shift = (across / 2 + 0.5) * (1 if x2 >= x1 else -1)
                points[one], points[other] = (x1 - shift, y1), (x2 + shift, y2)
            else:
                shift = (down / 2 + 0.5) * (1 if y2 >= y1 else -1)
                points[one], points[other] = (x1, y1 - shift), (x2, y2 + shift)
    return moved


def _inside(point: tuple[float, float], box: Box, width: float, height: float) -> tuple[float, float]:
    x = min(max(point[0], box.half), max(box.half, width - box.half))
    return x, min(max(point[1], box.above), max(box.above, height - box.below))
