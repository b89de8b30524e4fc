"""The axis of time that several pictures share: a span of days across a picture, and months along its foot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from .svg import Element

__all__ = ["MONTHS", "Span", "day_words", "months"]

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `first` to before `after`, drawn from `left` to `right`."""

    first: date
    after: date
    left: float
    right: float

    def x(self, day: date) -> float:
        """Where a day begins; days outside fall on the edge."""
        share = (day - self.first).days / max(1, (self.after - self.first).days)
        return self.left + (self.right - self.left) * min(1.0, max(0.0, share))


def day_words(day: date) -> str:
    """A day as pictures say it: "3 Jan 2020"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def months(root: Element, span: Span, top: float, bottom: float) -> None:
    """A line and a label at each month that has room, with the year on the first of them and on each January."""
    month, free, year = span.first.replace(day=1), 0.0, 0
    while month < span.after:
        text = MONTHS[month.month - 1] + (f" {month.year}" if month.year != year else "")
        x = span.x(month)
        if month >= span.first:
            root.add("line", x1=x, x2=x, y1=top, y2=bottom, class_="grid")
        if x >= free and x + 8.5 * len(text) <= span.right:
            root.add("text", text, x=x + 2, y=bottom + 18, class_="axis")
            free, year = x + 8.5 * len(text), month.year
        month = (month + timedelta(days=31)).replace(day=1)
