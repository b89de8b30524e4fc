"""The timeline: events by day, week or month; cooperation stands above the line, conflict hangs below it.

Material acts are solid and next to the line, words are hatched and farther out, so that the four
quad categories can be told apart without their colours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ..codebook import QUADS
from .axis import MONTHS, day_words
from .svg import Element, picture

__all__ = ["DayCount", "timeline"]

LEFT, RIGHT, BOTTOM = 34, 8, 26
LEAST_BAR = 4.5
"""A step of time must be at least this wide to be clicked; else the next longer step is taken."""

UP, DOWN = (2, 1), (4, 3)
"""The quad categories above and below the line, from the line outward."""


@dataclass(frozen=True, slots=True)
class DayCount:
    """The events of a day by quad category (1 to 4), and where a reader finds them."""

    day: date
    counts: tuple[int, int, int, int]
    href: str


@dataclass(frozen=True, slots=True)
class _Bar:
    first: date
    after: date
    counts: tuple[int, int, int, int]
    href: str


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where things are: the range of days and of counts, and the rectangle that they fill."""

    first: date
    after: date
    up: int
    down: int
    width: float
    top: float
    bottom: float

    def x(self, day: date) -> float:
        return LEFT + (self.width - LEFT - RIGHT) * (day - self.first).days / (self.after - self.first).days

    def y(self, count: float) -> float:
        """Of a count, negative below the line."""
        return self.top + (self.bottom - self.top) * (self.up - count) / (self.up + self.down)


def timeline(
    days: Sequence[DayCount],
    *,
    width: float = 1080,
    height: float = 300,
    name: str = "timeline",
    title: str = "Events by day",
) -> str:
    """The timeline as SVG; each bar links to the first of its days.

    `name` must be its own for each picture of a page: the ids inside begin with it.
    """
    days = sorted((day for day in days if sum(day.counts)), key=lambda day: day.day)
    if not days:
        empty = picture(name, width, 60, title, "There is no dated event.")
        empty.add("text", "No dated event.", x=LEFT, y=34, class_="axis")
        return str(empty)
    step = _step(days, width)
    bars = _bars(days, step)
    root = picture(name, width, height, title, _description(days, step))
    root.extend([_hatches(name)])
    top = _legend(root, name, width)
    up = max(1, *(bar.counts[0] + bar.counts[1] for bar in bars))
    down = max(1, *(bar.counts[2] + bar.counts[3] for bar in bars))
    frame = _Frame(bars[0].first, bars[-1].after, up, down, width, top + 8, height - BOTTOM)
    _grid(root, frame)
    _time(root, frame)
    for bar in bars:
        _draw(root, bar, frame, name, step)
    root.add("line", x1=LEFT, x2=width - RIGHT, y1=frame.y(0), y2=frame.y(0), class_="zero")
    return str(root)


def _step(days: Sequence[DayCount], width: float) -> str:
    span = (days[-1].day - days[0].day).days + 1
    room = (width - LEFT - RIGHT) / LEAST_BAR
    if span <= room:
        return "day"
    return "week" if span / 7 <= room else "month"


def _start(day: date, step: str) -> date:
    if step == "day":
        return day
    return day - timedelta(days=day.weekday()) if step == "week" else day.replace(day=1)


def _after(start: date, step: str) -> date:
    if step == "month":
        return (start + timedelta(days=31)).replace(day=1)
    return start + timedelta(days=1 if step == "day" else 7)


def _bars(days: Sequence[DayCount], step: str) -> list[_Bar]:
    found: dict[date, _Bar] = {}
    for day in days:
        start = _start(day.day, step)
        before = found.get(start)
        if before is None:
            found[start] = _Bar(start, _after(start, step), day.counts, day.href)
        else:
            first, second, third, fourth = (a + b for a, b in zip(before.counts, day.counts, strict=True))
            found[start] = _Bar(start, before.after, (first, second, third, fourth), before.href)
    return [found[start] for start in sorted(found)]


def _description(days: Sequence[DayCount], step: str) -> str:
    totals = [sum(day.counts[quad - 1] for day in days) for quad in QUADS]
    kinds = ", ".join(f"{total} {QUADS[quad]}" for quad, total in zip(QUADS, totals, strict=True))
    busiest = max(days, key=lambda day: sum(day.counts))
    first, last = day_words(days[0].day), day_words(days[-1].day)
    return (
        f"{sum(totals)} events by {step}, {first} to {last}: {kinds}. Cooperation stands "
        f"above the line, conflict below it; words are hatched, deeds solid. Most on one day: {sum(busiest.counts)} on "
        f"{day_words(busiest.day)}."
    )


def _hatches(name: str) -> Element:
    """The two patterns of words: a light ground with stripes that lean up for cooperation, down for conflict."""
    definitions = Element("defs")
    for quad, lean in ((1, 45), (3, -45)):
        pattern = definitions.add(
            "pattern", id=f"{name}-hatch-{quad}", width=5, height=5, patternUnits="userSpaceOnUse",
            patternTransform=f"rotate({lean})",
        )  # fmt: skip
        pattern.add("rect", width=5, height=5, class_=f"ground-{quad}")
        pattern.add("rect", width=1.6, height=5, class_=f"stripe-{quad}")
    return definitions


def _fill(name: str, quad: int) -> dict[str, str]:
    """A solid fill comes from the class; a hatch needs the id of this picture's own pattern."""
    return {"class_": f"quad-{quad}"} | ({"fill": f"url(#{name}-hatch-{quad})"} if quad in (1, 3) else {})


def _legend(root: Element, name: str, width: float) -> float:
    """The four categories with their marks; returns where the picture may begin below it."""
    columns, left = (4, LEFT) if width >= 700 else (2, 4)
    room = min(190.0, (width - left) / columns)
    for place, quad in enumerate(QUADS):
        x, y = left + room * (place % columns), 6 + 20 * (place // columns)
        root.add("rect", x=x, y=y, width=14, height=12, **_fill(name, quad))
        root.add("text", QUADS[quad], x=x + 19, y=y + 11, class_="key")
    return 30 if columns == 4 else 50


def _grid(root: Element, frame: _Frame) -> None:
    unit = next(
        (unit for unit in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if (frame.up + frame.down) / unit <= 9), 5000
    )
    for count in range(-(frame.down // unit) * unit, frame.up + 1, unit):
        y = frame.y(count)
        if count:
            root.add("line", x1=LEFT, x2=frame.width - RIGHT, y1=y, y2=y, class_="grid")
        root.add("text", str(abs(count)), x=LEFT - 6, y=y + 4, class_="axis", text_anchor="end")


def _time(root: Element, frame: _Frame) -> None:
    """Months along the foot, with the year on the first of them and on each January."""
    month, free, year = frame.first.replace(day=1), 0.0, 0
    while month < frame.after:
        x = frame.x(max(month, frame.first))
        if month >= frame.first:
            root.add("line", x1=x, x2=x, y1=frame.top, y2=frame.bottom, class_="grid")
        text = MONTHS[month.month - 1] + (f" {month.year}" if month.year != year else "")
        end = x + 8.5 * len(text)
        following = _after(month, "month")
        # The first month may have only its last days here: then its label would take the room of the next.
        cut_short = month < frame.first and following < frame.after and frame.x(following) < end
        if x >= free and end <= frame.width and not cut_short:
            root.add("text", text, x=x + 2, y=frame.bottom + 18, class_="axis")
            free, year = end, month.year
        month = following


def _draw(root: Element, bar: _Bar, frame: _Frame, name: str, step: str) -> None:
    when = day_words(bar.first) if step == "day" else f"{step} of {day_words(bar.first)}"
    total = sum(bar.counts)
    kinds = ", ".join(f"{count} {QUADS[quad]}" for quad, count in zip(QUADS, bar.counts, strict=True) if count)
    label = f"{when}: {total} {'event' if total == 1 else 'events'} ({kinds})"
    link = root.add("a", href=bar.href, class_="bar", aria_label=label)
    link.add("title", label)
    left, right = frame.x(bar.first), frame.x(bar.after)
    link.add("rect", x=left, y=frame.top, width=right - left, height=frame.bottom - frame.top, class_="target")
    gap = 0.5 if right - left < 8 else 1
    wide = min(right - left - 2 * gap, 40)
    x = (left + right - wide) / 2
    for quads, sign in ((UP, 1), (DOWN, -1)):
        base = 0
        for quad in quads:
            count = bar.counts[quad - 1]
            if count:
                ends = sorted((frame.y(sign * base), frame.y(sign * (base + count))))
                link.add("rect", x=x, y=ends[0], width=wide, height=ends[1] - ends[0], **_fill(name, quad))
                base += count
