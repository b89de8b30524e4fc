"""The signed network: parties as nodes, what passed between them as edges.

Cooperation is a solid line, conflict a dashed one, and an even balance a dotted one, each with its
colour; what rests on one or two events alone has dots in it, and is drawn fainter. The width of a line and
the size of a node grow with the number of events. Parties that cooperate pull each other near; distance
means nothing more than that. Pictures of several periods put each party in the same place, so that they can
be compared.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from .layout import Box, Spring, place
from .svg import Element, picture, readable

__all__ = ["Edge", "Node", "network", "sign_of"]

LETTER, LINE = 6.9, 15
"""About the width of a letter and the height of a line in labels of 13 pixels."""

LEGEND = 30
THIN = 2
"""So many events between two parties, or fewer, are thin evidence."""

LONGEST_LINE = 18


@dataclass(frozen=True, slots=True)
class Node:
    """A party: its id, its name, its number of events, and where a reader finds them."""

    id: str
    name: str
    events: int
    href: str


@dataclass(frozen=True, slots=True)
class Edge:
    """What passed between two parties, in both directions: events, mean score (-10 to 10), where to find them."""

    one: str
    other: str
    events: int
    score: float
    href: str


@dataclass(frozen=True, slots=True)
class _Placed:
    node: Node
    x: int
    y: int
    radius: float
    lines: tuple[str, ...]


def network(
    nodes: Sequence[Node], edges: Sequence[Edge], *, width: float = 1080, height: float = 620, most: int = 25,
    most_edges: int = 70, name: str = "network", title: str = "Who acts toward whom", within: Sequence[Edge] = (),
) -> str:  # fmt: skip
    """The network of the parties with most events, and of the strongest edges between them, as SVG.

    A party with no edge to another of those shown is left out. Nodes and edges are links. `within` are the edges of
    the whole time of which this is a period: they say which parties are shown and where they stand, and those
    without an edge in the period are drawn faint.
    """
    shown, kept = _chosen(nodes, within or edges, most, most_edges)
    placed = _placed(shown, kept, width, height) if kept else {}
    if within:
        kept = _strongest(edges, set(placed), most_edges)
    if not kept:
        empty = picture(name, width, 60, title, "No events between two known parties.")
        empty.add("text", "No events between two known parties.", x=16, y=34, class_="axis")
        return str(empty)
    linked = {end for edge in kept for end in (edge.one, edge.other)}
    root = picture(name, width, height, title, _description(linked, kept, nodes))
    _legend(root, width)
    lines = root.add("g", class_="edges")
    for edge in reversed(kept):
        _line(lines, edge, placed)
    for node in shown:
        _dot(root, placed[node.id], present=node.id in linked)
    return str(root)


def _chosen(nodes: Sequence[Node], edges: Sequence[Edge], most: int, most_edges: int) -> tuple[list[Node], list[Edge]]:
    known = {node.id for node in nodes}
    known &= {end for edge in edges if {edge.one, edge.other} <= known for end in (edge.one, edge.other)}
    ranked = sorted((node for node in nodes if node.id in known), key=lambda node: (-node.events, node.id))[:most]
    names = {node.id for node in ranked}
    kept = _strongest(edges, names, most_edges)
    linked = {end for edge in kept for end in (edge.one, edge.other)}
    return [node for node in ranked if node.id in linked], kept


def _strongest(edges: Sequence[Edge], names: Collection[str], most: int) -> list[Edge]:
    between = [e for e in edges if e.one != e.other and e.one in names and e.other in names and e.events]
    return sorted(between, key=lambda edge: (-edge.events, edge.one, edge.other))[:most]


def _placed(nodes: Sequence[Node], edges: Sequence[Edge], width: float, height: float) -> dict[str, _Placed]:
    largest = max(node.events for node in nodes)
    scale = 26 if width >= 700 else 18
    radii = [max(5.0, scale * math.sqrt(node.events / largest)) for node in nodes]
    labels = [_wrapped(node.name) for node in nodes]
    boxes = [
        Box(max(radius, LETTER * max(map(len, lines)) / 2) + 5, radius + 5, radius + 6 + LINE * len(lines))
        for radius, lines in zip(radii, labels, strict=True)
    ]
    numbers = {node.id: number for number, node in enumerate(nodes)}
    springs = [Spring(numbers[edge.one], numbers[edge.other], _pull(edge)) for edge in edges]
    points = place(boxes, springs, width, height - LEGEND)
    return {
        node.id: _Placed(node, x, y + LEGEND, radius, lines)
        for node, (x, y), radius, lines in zip(nodes, points, radii, labels, strict=True)
    }


def _pull(edge: Edge) -> float:
    """Friends are drawn together, more so with more events; foes only enough to stay in one picture."""
    return (1.0 if edge.score > 0 else 0.35) * (1 + math.log(edge.events))


def _wrapped(name: str) -> tuple[str, ...]:
    """A name in at most two lines of about equal length, the second cut where it is too long."""
    name = readable(name) or "?"
    if len(name) <= LONGEST_LINE:
        return (name,)
    middle = len(name) / 2
    spaces = [place for place, letter in enumerate(name) if letter == " "]
    if not spaces:
        return (_cut(name),)
    # A bracket begins a line rather than be torn apart.
    at = min(spaces, key=lambda place: abs(place - middle) - (6 if name[place + 1 : place + 2] == "(" else 0))
    return _cut(name[:at]), _cut(name[at + 1 :])


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_LINE + 4 else text[: LONGEST_LINE + 3] + "…"


def _css(edge: Edge) -> str:
    return f"edge {sign_of(edge.score)}" + (" thin" if edge.events <= THIN else "")


def sign_of(score: float) -> str:
    """What a mean score comes to: cooperation, conflict, or even."""
    return "cooperation" if score > 0 else "conflict" if score < 0 else "even"


def _description(linked: Collection[str], edges: Sequence[Edge], nodes: Sequence[Node]) -> str:
    signs = [sign_of(edge.score) for edge in edges]
    strongest = edges[0]
    names = {node.id: node.name for node in nodes}
    thin = sum(edge.events <= THIN for edge in edges)
    return (
        f"{len(linked)} of {len(nodes)} parties and {len(edges)} links between them: "
        f"{signs.count('cooperation')} mainly cooperation (solid), {signs.count('conflict')} mainly conflict (dashed), "
        f"{signs.count('even')} even (dotted); {thin} rest on one or two events (with dots). "
        f"Most events: {names[strongest.one]} and {names[strongest.other]}, {strongest.events}, mean score "
        f"{strongest.score:g}. The table of pairs holds the same figures."
    )


def _legend(root: Element, width: float) -> None:
    x = 8.0
    for css, words in (
        *((sign, sign) for sign in ("cooperation", "conflict", "even")), ("cooperation thin", "one or two events"),
    ):  # fmt: skip
        if x + 36 + LETTER * len(words) > width:
            return
        root.add("line", x1=x, x2=x + 30, y1=14, y2=14, class_=f"edge {css}", stroke_width=3)
        root.add("text", words, x=x + 36, y=18, class_="key")
        x += 36 + LETTER * len(words) + (40 if width >= 700 else 14)


def _line(parent: Element, edge: Edge, placed: Mapping[str, _Placed]) -> None:
    one, other = placed[edge.one], placed[edge.other]
    count = f"{edge.events} {'event' if edge.events == 1 else 'events'}"
    label = f"{one.node.name} and {other.node.name}: {count}, mean score {edge.score:g} ({sign_of(edge.score)})"
    link = parent.add("a", href=edge.href, class_="tie", aria_label=label)
    link.add("title", label)
    ends = {"x1": one.x, "y1": one.y, "x2": other.x, "y2": other.y}
    link.add("line", class_="target", stroke_width=14, **ends)
    link.add("line", class_=_css(edge), stroke_width=min(9, 1 + 1.6 * math.sqrt(edge.events)), **ends)


def _dot(parent: Element, at: _Placed, *, present: bool) -> None:
    count = f"{at.node.events} {'event' if at.node.events == 1 else 'events'}"
    css = "party" if present else "party absent"
    link = parent.add("a", href=at.node.href, class_=css, aria_label=f"{at.node.name}: {count}")
    link.add("title", f"{at.node.name}: {count}")
    link.add("circle", cx=at.x, cy=at.y, r=at.radius, class_="node")
    for number, line in enumerate(at.lines):
        y = at.y + at.radius + 13 + LINE * number
        link.add("text", line, x=at.x, y=y, text_anchor="middle", class_="label")
        link.children.append(" ")  # so that the words of two lines are not read as one
