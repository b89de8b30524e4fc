"""Turning points on one line of time: a row for each pair, a mark for each onset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .axis import Span, day_words, months
from .curve import Marked
from .svg import Element, picture

__all__ = ["TurnRow", "turning"]

ROW, TOP, FOOT, LETTER = 26, 8, 30, 6.9


@dataclass(frozen=True, slots=True)
class TurnRow:
    """A pair by its words, and its onsets."""

    words: str
    onsets: tuple[Marked, ...]


def turning(
    rows: Sequence[TurnRow], first: date, last: date, *, width: float = 1080, name: str = "turning",
    title: str = "Turning points",
) -> str:  # fmt: skip
    """The onsets of each pair as SVG, between two days: ▲ toward cooperation, ▼ toward conflict."""
    if not rows:
        empty = picture(name, width, 60, title, "No turning point.")
        empty.add("text", "No turning point.", x=16, y=34, class_="axis")
        return str(empty)
    left = min(width * 0.4, LETTER * max(len(row.words) for row in rows) + 16)
    height = TOP + ROW * len(rows) + FOOT
    span = Span(first, last + timedelta(days=1), left, width - 10)
    total = sum(len(row.onsets) for row in rows)
    words = f"{total} turning points of {len(rows)} pairs, {day_words(first)} to {day_words(last)}; a box is an onset."
    root = picture(name, width, height, title, words)
    months(root, span, TOP, height - FOOT)
    for place, row in enumerate(rows):
        _row(root, row, TOP + ROW * place, span)
    return str(root)


def _row(root: Element, row: TurnRow, y: float, span: Span) -> None:
    room = int((span.left - 16) / LETTER)
    shown = row.words if len(row.words) <= room else row.words[: room - 1] + "…"
    root.add("text", shown, x=4, y=y + 17)
    root.add("line", x1=span.left, x2=span.right, y1=y + ROW / 2, y2=y + ROW / 2, class_="grid")
    for onset in row.onsets:
        x, after = span.x(onset.first), span.x(onset.last + timedelta(days=1))
        words = f"{row.words}: {onset.words}"
        link = root.add("a" if onset.href else "g", href=onset.href, class_="mark", aria_label=words)
        link.add("title", words)
        css = "onset cooperation" if onset.friendly else "onset conflict"
        link.add("rect", x=x, y=y + 4, width=max(3.0, after - x), height=ROW - 8, class_=css)
        sign = "▲" if onset.friendly else "▼"
        link.add("text", sign, x=(x + after) / 2, y=y + 18, text_anchor="middle")
