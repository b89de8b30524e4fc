"""Small multiples: one small network for each period, every party in the same place in all of them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .network import Edge, sign_of
from .svg import Element, picture

__all__ = ["Period", "periods"]

GAP, HEAD = 10, 20
LEAST_WIDTH = 120


@dataclass(frozen=True, slots=True)
class Period:
    """A period by its words, what passed between the parties in it, and where it is shown in full."""

    words: str
    edges: tuple[Edge, ...]
    href: str
    here: bool = False


def periods(
    order: Sequence[str], shown: Sequence[Period], *, width: float = 1080, name: str = "periods",
    title: str = "The network period by period",
) -> str:  # fmt: skip
    """The periods as SVG, each a link. The parties stand on an ellipse, in their order: neighbours stay neighbours."""
    columns = max(1, min(len(shown), int((width + GAP) // (LEAST_WIDTH + GAP)), 8))
    wide = (width - GAP * (columns - 1)) / columns
    high = HEAD + wide * 0.7
    rows = math.ceil(len(shown) / columns)
    said = f"{len(shown)} periods of the same {len(order)} parties."
    root = picture(name, width, max(60, rows * (high + GAP)), title, said)
    for place, period in enumerate(shown):
        row, column = divmod(place, columns)
        _small(root, period, order, column * (wide + GAP), row * (high + GAP), wide, high)
    return str(root)


def _small(
    root: Element, period: Period, order: Sequence[str], left: float, top: float, wide: float, high: float
) -> None:
    at = _ellipse(order, left + wide / 2, top + HEAD + (high - HEAD) / 2, wide / 2 - 10, (high - HEAD) / 2 - 8)
    between = [edge for edge in period.edges if edge.one in at and edge.other in at]
    conflict = sum(sign_of(edge.score) == "conflict" for edge in between)
    words = f"{period.words}: {len(between)} links, {conflict} of them mainly conflict"
    css = "period here" if period.here else "period"
    link = root.add("a", href=period.href, class_=css, aria_label=words, aria_current="true" if period.here else None)
    link.add("title", words)
    link.add("rect", x=left + 1, y=top + HEAD, width=wide - 2, height=high - HEAD - 1, rx=6, class_="frame")
    link.add("text", period.words, x=left + 2, y=top + 14, class_="axis")
    for edge in sorted(between, key=lambda edge: (edge.events, edge.one, edge.other)):
        (x1, y1), (x2, y2) = at[edge.one], at[edge.other]
        strong = min(4.0, 0.6 + 0.7 * math.sqrt(edge.events))
        link.add("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=f"edge {sign_of(edge.score)}", stroke_width=strong)
    linked = {end for edge in between for end in (edge.one, edge.other)}
    for party, (x, y) in at.items():
        link.add("circle", cx=x, cy=y, r=2.6, class_="node" if party in linked else "node absent")


def _ellipse(order: Sequence[str], x: float, y: float, across: float, down: float) -> Mapping[str, tuple[float, float]]:
    turn = 2 * math.pi / max(1, len(order))
    return {
        party: (x + across * math.sin(turn * place), y - down * math.cos(turn * place))
        for place, party in enumerate(order)
    }
