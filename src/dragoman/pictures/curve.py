"""The curve of how two parties stand to each other, with its interval, over bars of what they did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .axis import Span, day_words, months
from .svg import Element, number, picture

__all__ = ["Marked", "Point", "curve"]

LEFT, RIGHT, TOP, FOOT = 44, 10, 30, 26
BARS = 0.3
"""The part of the height that belongs to the bars."""


@dataclass(frozen=True, slots=True)
class Point:
    """A week: the score and its interval in [-1, 1], and how many deeds of cooperation and of conflict."""

    week: date
    score: float
    low: float
    high: float
    cooperation: int
    conflict: int


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of time that is marked over the curve, toward cooperation or conflict, with its words."""

    first: date
    last: date
    friendly: bool
    words: str
    href: str | None = None


def curve(
    points: Sequence[Point], marked: Sequence[Marked] = (), *, width: float = 1080, height: float = 340,
    name: str = "curve", title: str = "How the two stand to each other",
) -> str:  # fmt: skip
    """The curve as SVG: the score with a band for its interval, marked stretches, and below them the deeds."""
    if not points:
        empty = picture(name, width, 60, title, "Nothing dated passed between the two.")
        empty.add("text", "Nothing dated passed between the two.", x=16, y=34, class_="axis")
        return str(empty)
    span = Span(points[0].week, points[-1].week + timedelta(days=7), LEFT, width - RIGHT)
    middle = TOP + (height - TOP - FOOT) * (1 - BARS)
    root = picture(name, width, height, title, _description(points, marked))
    months(root, span, TOP, height - FOOT)
    _scale(root, span, middle)
    for stretch in marked:
        _mark(root, stretch, span, middle)
    _line(root, points, span, middle)
    _bars(root, points, span, middle + 10, height - FOOT)
    return str(root)


def _y(score: float, middle: float) -> float:
    return TOP + (middle - TOP) * (1 - score) / 2


def _description(points: Sequence[Point], marked: Sequence[Marked]) -> str:
    last = points[-1]
    turns = " ".join(f"{stretch.words}." for stretch in marked)
    return (
        f"Alignment by week, {day_words(points[0].week)} to {day_words(last.week)}, from -1 (against each other) to 1 "
        f"(with each other). In the last week {last.score:.2f}, 95% interval {last.low:.2f} to {last.high:.2f}. "
        f"Bars: {sum(p.cooperation for p in points)} deeds of cooperation up, {sum(p.conflict for p in points)} of "
        f"conflict down. {turns}".strip()
    )


def _scale(root: Element, span: Span, middle: float) -> None:
    for score, words in ((1, "+1"), (0.5, ""), (0, "0"), (-0.5, ""), (-1, "−1")):
        y = _y(score, middle)
        root.add("line", x1=span.left, x2=span.right, y1=y, y2=y, class_="zero" if score == 0 else "grid")
        root.add("text", words, x=span.left - 6, y=y + 4, class_="axis", text_anchor="end")


def _mark(root: Element, stretch: Marked, span: Span, middle: float) -> None:
    x, after = span.x(stretch.first), span.x(stretch.last + timedelta(days=1))
    parent = root.add("a", href=stretch.href, class_="mark", aria_label=stretch.words) if stretch.href else root
    box = parent.add(
        "rect", x=x, y=TOP, width=max(2.0, after - x), height=middle - TOP,
        class_="onset cooperation" if stretch.friendly else "onset conflict",
    )  # fmt: skip
    box.add("title", stretch.words)
    parent.add("text", "▲" if stretch.friendly else "▼", x=(x + after) / 2, y=TOP - 4, text_anchor="middle")


def _line(root: Element, points: Sequence[Point], span: Span, middle: float) -> None:
    at = [span.x(point.week + timedelta(days=3)) for point in points]
    above = [f"{number(x)},{number(_y(p.high, middle))}" for x, p in zip(at, points, strict=True)]
    below = [f"{number(x)},{number(_y(p.low, middle))}" for x, p in zip(at, points, strict=True)]
    root.add("polygon", points=" ".join(above + below[::-1]), class_="band")
    line = [f"{number(x)},{number(_y(p.score, middle))}" for x, p in zip(at, points, strict=True)]
    root.add("polyline", points=" ".join(line), class_="score")


def _bars(root: Element, points: Sequence[Point], span: Span, top: float, bottom: float) -> None:
    most = max(1, *(max(point.cooperation, point.conflict) for point in points))
    zero, unit = (top + bottom) / 2, (bottom - top) / 2 / most
    wide = max(1.0, (span.right - span.left) / len(points) - 1)
    root.add("text", str(most), x=span.left - 6, y=top + 8, class_="axis", text_anchor="end")
    for point in points:
        if not (point.cooperation or point.conflict):
            continue
        week = root.add("g", class_="week")
        words = f"week of {day_words(point.week)}: {point.cooperation} cooperation, {point.conflict} conflict"
        week.add("title", words)
        x = span.x(point.week)
        for count, y, css in (
            (point.cooperation, zero - unit * point.cooperation, "quad-2"), (point.conflict, zero, "quad-4"),
        ):  # fmt: skip
            if count:
                week.add("rect", x=x, y=y, width=wide, height=unit * count, class_=css)
    root.add("line", x1=span.left, x2=span.right, y1=zero, y2=zero, class_="zero")
