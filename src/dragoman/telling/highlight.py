"""Overlapping highlights to runs that do not overlap: HTML elements nest, what we found in a text need not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Highlight", "Run", "runs"]


@dataclass(frozen=True, slots=True)
class Highlight:
    """A stretch [start, end) to be marked: how (a class), with which words; the higher rank shows.

    `of` names what it belongs to, where several highlights belong to one thing.
    """

    start: int
    end: int
    css: str
    title: str
    rank: int
    of: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with all the highlights that lie over it, the one that shows first."""

    text: str
    start: int
    end: int
    marks: tuple[Highlight, ...] = ()

    @property
    def css(self) -> str | None:
        """The look of the highlight that shows; None where there is none."""
        return self.marks[0].css if self.marks else None

    @property
    def title(self) -> str:
        """What all the highlights say."""
        return "; ".join(dict.fromkeys(mark.title for mark in self.marks))


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
    over.sort(key=lambda mark: (-mark.rank, mark.end - mark.start, mark.start, mark.title))
    return Run(text[start:end], start, end, tuple(over))
