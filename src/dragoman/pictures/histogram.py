"""The histogram: events by day, week, month or year, cooperation and conflict on each other, against their average."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .axis import MONTHS, Span, day_words, months
from .svg import Element, picture

__all__ = ["Bin", "Binned", "Dated", "binned", "histogram"]

LEFT, RIGHT, TOP, BOTTOM = 34, 8, 22, 26
MOST_BINS = 120
"""With more bins than these the next longer step is taken."""

STEPS = {"day": 1, "week": 7, "month": 31, "year": 366}
"""A step -> its days, at most; events fit whose first and last day lie no farther apart."""

FITTING = 0.8
"""Of the events that are known to the month: as many must fit into a step."""


@dataclass(frozen=True, slots=True)
class Dated:
    """Events that were on one of the days from `first` to `last`: how many of cooperation, how many of conflict."""

    first: date
    last: date
    cooperation: int
    conflict: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.cooperation + self.conflict


@dataclass(frozen=True, slots=True)
class Bin:
    """A period from `first` to before `after`: events of cooperation and of conflict, and where they are listed."""

    first: date
    after: date
    cooperation: int
    conflict: int
    href: str

    @property
    def total(self) -> int:
        """All its events."""
        return self.cooperation + self.conflict


@dataclass(frozen=True, slots=True)
class Binned:
    """Bins of one step ("week"), and how many events are dated to a longer time than one and stand in none."""

    bins: tuple[Bin, ...]
    step: str
    wider: int


def binned(dated: Sequence[Dated], href: Callable[[date, date], str], least: str = "day") -> Binned:
    """Events put together to periods of one length, empty ones too; each stands where its time begins.

    The step is the shortest, from `least` up, that gives no more than `MOST_BINS` and into which most events fit that
    are known to the month; `href` makes the address of a period of its first and its last day.
    """
    known = sum(one.total for one in dated if _fits(one, "month"))
    steps = list(STEPS)[list(STEPS).index(least) :]
    for step in steps:
        kept = [one for one in dated if _fits(one, step)]
        days = [one.first for one in kept]
        fitting = sum(one.total for one in kept)
        few = not days or (max(days) - min(days)).days / STEPS[step] < MOST_BINS
        if (few and kept and fitting >= FITTING * known) or step == steps[-1]:
            return Binned(_bins(kept, step, href), step, sum(one.total for one in dated) - fitting)
    raise AssertionError("there is always a last step")


def _fits(one: Dated, step: str) -> bool:
    return (one.last - one.first).days <= STEPS[step]


def _bins(dated: Sequence[Dated], step: str, href: Callable[[date, date], str]) -> tuple[Bin, ...]:
    if not dated:
        return ()
    found: dict[date, list[int]] = {}
    start, last = _start(min(one.first for one in dated), step), max(one.first for one in dated)
    while start <= last:
        found[start] = [0, 0]
        start = _after(start, step)
    for one in dated:
        both = found[_start(one.first, step)]
        both[0] += one.cooperation
        both[1] += one.conflict
    return tuple(
        Bin(start, _after(start, step), cooperation, conflict, href(start, _after(start, step) - timedelta(days=1)))
        for start, (cooperation, conflict) in found.items()
    )


def _start(day: date, step: str) -> date:
    if step == "week":
        return day - timedelta(days=day.weekday())
    if step == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if step == "year" else day


def _after(start: date, step: str) -> date:
    if step == "month":
        return (start + timedelta(days=31)).replace(day=1)
    if step == "year":
        return start.replace(year=start.year + 1)
    return start + timedelta(days=STEPS[step])


def histogram(
    bins: Sequence[Bin], *, average: float | None = None, width: float = 720, height: float = 150,
    name: str = "histogram", title: str = "Events over time",
) -> str:  # fmt: skip
    """The histogram as SVG; each bar links to its events. Above the average line stands what is more than usual.

    `name` must be its own for each picture of a page: the ids inside begin with it.
    """
    if not bins:
        empty = picture(name, width, 60, title, "There is no dated event.")
        empty.add("text", "No dated event.", x=LEFT, y=34, class_="axis")
        return str(empty)
    step = _step_of(bins[0])
    root = picture(name, width, height, title, _description(bins, step, average))
    top = max(1, *(one.total for one in bins), average or 0)
    span = Span(bins[0].first, bins[-1].after, LEFT, width - RIGHT)
    foot = height - BOTTOM

    def y(count: float) -> float:
        return foot - (foot - TOP) * count / top

    _scale(root, top, y, width)
    _time(root, span, step, foot)
    for one in bins:
        _bar(root, one, span, y, step)
    root.add("line", x1=LEFT, x2=width - RIGHT, y1=foot, y2=foot, class_="zero")
    if average is not None:
        root.add("line", x1=LEFT, x2=width - RIGHT, y1=y(average), y2=y(average), class_="average")
        root.add("line", x1=LEFT, x2=LEFT + 22, y1=8, y2=8, class_="average")
        root.add("text", f"average {average:.1f} a {step}", x=LEFT + 28, y=12, class_="axis")
    return str(root)


def _step_of(one: Bin) -> str:
    days = (one.after - one.first).days
    return "day" if days == 1 else "week" if days == 7 else "month" if days < 32 else "year"


def _words(one: Bin, step: str) -> str:
    if step == "day":
        return day_words(one.first)
    if step == "month":
        return f"{MONTHS[one.first.month - 1]} {one.first.year}"
    return str(one.first.year) if step == "year" else f"week of {day_words(one.first)}"


def _description(bins: Sequence[Bin], step: str, average: float | None) -> str:
    total, most = sum(one.total for one in bins), max(bins, key=lambda one: one.total)
    usual = f" On average {average:.1f} a {step}." if average is not None else ""
    return f"{total} events by {step}. Most: {most.total}, {_words(most, step)}.{usual} Conflict stands on the line."


def _scale(root: Element, top: float, y: Callable[[float], float], width: float) -> None:
    unit = next(unit for unit in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10**6) if top / unit <= 4)
    for count in range(0, int(top) + 1, unit):
        if count:
            root.add("line", x1=LEFT, x2=width - RIGHT, y1=y(count), y2=y(count), class_="grid")
        root.add("text", f"{count:,}", x=LEFT - 6, y=y(count) + 4, class_="axis", text_anchor="end")


def _time(root: Element, span: Span, step: str, foot: float) -> None:
    if (span.after - span.first).days < 1500:
        return months(root, span, TOP, foot)
    free = 0.0
    for year in range(span.first.year, span.after.year + 1):
        x = span.x(date(year, 1, 1))
        if x >= free and date(year, 1, 1) >= span.first and x + 32 <= span.right:
            root.add("text", str(year), x=x + 2, y=foot + 18, class_="axis")
            free = x + 40
    return None


def _bar(root: Element, one: Bin, span: Span, y: Callable[[float], float], step: str) -> None:
    if not one.total:
        return
    words = f"{_words(one, step)}: {one.total} {'event' if one.total == 1 else 'events'}, {one.conflict} of conflict"
    link = root.add("a", href=one.href, class_="bar", aria_label=words)
    link.add("title", words)
    left, right = span.x(one.first), span.x(one.after)
    gap = min(1.0, (right - left) / 6)
    link.add("rect", x=left, y=TOP, width=right - left, height=y(0) - TOP, class_="target")
    for low, count, css in ((0, one.conflict, "quad-4"), (one.conflict, one.cooperation, "quad-2")):
        if count:
            tall = y(low) - y(low + count)
            link.add("rect", x=left + gap, y=y(low + count), width=right - left - 2 * gap, height=tall, class_=css)
