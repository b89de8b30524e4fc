"""Which reports are worth comparing: those that share an article, a party or who backs it, a place or a telling word.

Each of these makes a block. In a small block all are compared; in a large one (a great power, a capital) each only
with those told of nearly the same days, and with at most `WINDOW` of them. So the comparisons grow with the number of
reports, not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

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
    """Pairs of places in `reports`, each once, the smaller first."""
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, report in enumerate(reports):
        for key in _keys(report, known):
            blocks[key].append(place)
    paired: list[set[int]] = [set() for _ in reports]
    for block in blocks.values():
        if len(block) <= SMALL:
            for number, place in enumerate(block):
                paired[place].update(block[number + 1 :])
        else:
            block.sort(key=lambda place: (reports[place].last or 0, place))
            for number, place in enumerate(block):
                until = (reports[place].last or 0) + DAYS
                near = [
                    other for other in block[number + 1 : number + 1 + WINDOW] if (reports[other].last or 0) <= until
                ]
                for other in near:
                    paired[min(place, other)].add(max(place, other))
    for place, others in enumerate(paired):
        for other in sorted(others):
            yield place, other


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
