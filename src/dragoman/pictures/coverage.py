"""Coverage: which source published how much in which period, with the gaps visible."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .axis import Span, day_words, months
from .svg import picture

__all__ = ["Source", "coverage"]

RIGHT, TOP, ROW, BOTTOM = 44, 6, 22, 26
MOST_CELLS = 130
STEPS = ((1, "day"), (7, "week"), (28, "four weeks"), (91, "quarter"), (364, "year"))


@dataclass(frozen=True, slots=True)
class Source:
    """An outlet: its name, its articles by day of publication, and where they are listed."""

    name: str
    days: Sequence[tuple[date, int]]
    href: str


def coverage(
    sources: Sequence[Source], *, width: float = 720, left: float = 150, name: str = "coverage",
    title: str = "Articles by source and time",
) -> str:  # fmt: skip
    """A row for each source and a cell for each period with articles: the fuller, the darker. No cell is a gap.

    `name` must be its own for each picture of a page: the ids inside begin with it.
    """
    days = [day for source in sources for day, _ in source.days]
    if not days:
        empty = picture(name, width, 60, title, "There is no dated article.")
        empty.add("text", "No dated article.", x=8, y=34, class_="axis")
        return str(empty)
    first, last = min(days), max(days)
    length, step = next(((n, words) for n, words in STEPS if ((last - first).days + 1) / n <= MOST_CELLS), STEPS[-1])
    count = (last - first).days // length + 1
    height = TOP + ROW * len(sources) + BOTTOM
    articles = sum(number for source in sources for _, number in source.days)
    what = f"{articles} articles of {len(sources)} sources by {step}, {day_words(first)} to {day_words(last)}."
    root = picture(name, width, height, title, what)
    span = Span(first, first + timedelta(days=length * count), left, width - RIGHT)
    months(root, span, TOP, height - BOTTOM)
    cells = [_cells(source, first, length) for source in sources]
    most = max(number for found in cells for number in found.values())
    for row, (source, found) in enumerate(zip(sources, cells, strict=True)):
        y = TOP + ROW * row
        total = sum(found.values())
        label = f"{source.name}: {total} {'article' if total == 1 else 'articles'}"
        link = root.add("a", href=source.href, class_="source")
        link.add("title", label)
        link.add("rect", x=0, y=y, width=width, height=ROW, class_="target")
        link.add("text", _short(source.name, left), x=0, y=y + 15, class_="key name")
        link.add("line", x1=left, x2=width - RIGHT, y1=y + ROW / 2, y2=y + ROW / 2, class_="grid")
        for cell, number in sorted(found.items()):
            start = first + timedelta(days=length * cell)
            x, end = span.x(start), span.x(start + timedelta(days=length))
            depth = 1 + round(3 * math.sqrt(number / most))
            box = link.add(
                "rect", x=x, y=y + 4, width=max(2, end - x - 1), height=ROW - 8, class_=f"cell depth-{depth}"
            )
            box.add("title", f"{source.name}, {step} of {day_words(start)}: {number}" if length > 1 else
                    f"{source.name}, {day_words(start)}: {number}")  # fmt: skip
        root.add("text", f"{total:,}", x=width, y=y + 15, class_="axis", text_anchor="end")
    return str(root)


def _cells(source: Source, first: date, length: int) -> dict[int, int]:
    found: dict[int, int] = {}
    for day, number in source.days:
        cell = (day - first).days // length
        found[cell] = found.get(cell, 0) + number
    return found


def _short(name: str, room: float) -> str:
    most = int(room / 7.3)
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"
