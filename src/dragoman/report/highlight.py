"""Overlapping highlights to runs that do not overlap: HTML elements nest, what we found in a text need not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .case import Row

__all__ = ["Highlight", "Run", "highlights", "runs"]


@dataclass(frozen=True, slots=True)
class Highlight:
    """A stretch [start, end) to be marked: how (a class), with which words; the higher rank shows."""

    start: int
    end: int
    css: str
    title: str
    rank: int


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that is marked in one way, or not at all (`css` None)."""

    text: str
    start: int
    end: int
    css: str | None = None
    title: str = ""


def highlights(rows: Iterable[Row]) -> list[Highlight]:
    """The triggers and the parties of events."""
    found = []
    for row in rows:
        event = row.event
        if event.trigger_start is not None and event.trigger_end is not None:
            title = f"event {row.number}: {row.what}"
            found.append(Highlight(event.trigger_start, event.trigger_end, f"trigger k{row.quad or 0}", title, 1))
        for role, parties in (("actor", event.actor), ("recipient", event.recipient)):
            for party in parties:
                title = f"{role} of event {row.number}: {row.name(party)}"
                found.append(Highlight(party.start, party.end, "side", title, 0))
    return found


def runs(text: str, start: int, end: int, marks: Sequence[Highlight]) -> list[Run]:
    """`text[start:end]` as runs that follow on each other without gap or overlap.

    Where highlights overlap, the one of higher rank gives the look (of equal rank the shorter, then
    the earlier), and the words of all of them are said.
    """
    inside = [mark for mark in marks if mark.start < mark.end and mark.start < end and mark.end > start]
    edges = {start, end} | {edge for mark in inside for edge in (mark.start, mark.end) if start < edge < end}
    cuts = sorted(edges)
    return [_run(text, one, other, inside) for one, other in pairwise(cuts)]


def _run(text: str, start: int, end: int, marks: Sequence[Highlight]) -> Run:
    over = [mark for mark in marks if mark.start <= start and mark.end >= end]
    if not over:
        return Run(text[start:end], start, end)
    over.sort(key=lambda mark: (-mark.rank, mark.end - mark.start, mark.start, mark.title))
    return Run(text[start:end], start, end, over[0].css, "; ".join(dict.fromkeys(mark.title for mark in over)))
