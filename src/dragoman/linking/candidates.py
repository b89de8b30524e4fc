"""Which reports are worth comparing: those that share an article, a party or who backs it, a place or a telling word.

Each of these makes a block. In a small block all are compared; in a large one (a great power, a capital) each only
with those told of nearly the same days, and with at most `WINDOW` of them. So the comparisons grow with the number of
reports, not with its square.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from .reports import Report
from .weighing import Known

__all__ = ["candidates"]

SMALL = 40
"""Reports of a block that are all compared with each other."""

WINDOW = 30
"""Reports of a large block, the next in time, that each is compared with."""

DAYS = 4
"""Days that two reports of a large block may lie apart."""

TELLING = 4
"""Words of a report, the rarest near its trigger, that make blocks."""


def candidates(reports: Sequence[Report], known: Known) -> Iterator[tuple[int, int]]:
    """Pairs of places in `reports`, each once, the smaller first, in order.

    They are worked out one report after another: to hold them all would take more memory than the reports.
    """
    by_key: dict[tuple[str, str], list[int]] = defaultdict(list)
    blocks: list[list[list[int]]] = []
    for place, report in enumerate(reports):
        blocks.append([by_key[key] for key in dict.fromkeys(_keys(report, known))])
        for block in blocks[-1]:
            block.append(place)
    last = [report.last or 0 for report in reports]
    for block in by_key.values():
        block.sort(key=lambda place: (last[place], place))
    for place, mine in enumerate(blocks):
        others = {other for block in mine for other in _near(place, block, last) if other > place}
        for other in sorted(others):
            yield place, other


def _near(place: int, block: Sequence[int], last: Sequence[int]) -> Iterable[int]:
    """Those of a block, which is in the order of their last days, that one is compared with, itself among them."""
    if len(block) <= SMALL:
        return block
    at = bisect_left(block, (last[place], place), key=lambda other: (last[other], other))
    around = block[max(0, at - WINDOW) : at + 1 + WINDOW]
    return [other for other in around if abs(last[other] - last[place]) <= DAYS]


def _keys(report: Report, known: Known) -> Iterator[tuple[str, str]]:
    yield "article", report.event.article or ""
    for party in {party for side in report.sides for party in side}:
        if party.id is not None:
            yield "party", party.id
        for whole in party.wholes:
            yield "party", whole
        for backer in party.backers:
            yield "backed by", backer
    if report.place is not None:
        yield "place", report.place
    for word in sorted(report.near, key=lambda word: (-known.rarity[word], word))[:TELLING]:
        yield "word", word
