"""Denials: a party that says that it had no part in a deed it is accused of, and which incident that is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .reports import Report
from .weighing import HAPPENED, sides_alike
from .wording import kinds_of, wording

__all__ = ["Denial", "denials"]

DEEDS = frozenset(("ASSAULT", "COERCE", "MOBILIZE", "PROTEST"))

BEFORE = 2
"""Sentences before a denial in which the deed and the accusation may stand."""

ALIKE = 0.6
"""From here on two parties count as one."""


@dataclass(frozen=True, slots=True)
class Denial:
    """A denial, the accusation that it answers (where one is told), and the report of the deed that it speaks of."""

    report: Report
    accusation: Report | None
    deed: Report


def denials(reports: Sequence[Report], groups: Sequence[Sequence[Report]]) -> dict[int, list[Denial]]:
    """The denials among all reports, by the place in `groups` of the incident that each is about."""
    group_of = {report.event.id: number for number, group in enumerate(groups) for report in group}
    by_article: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        by_article[report.event.article or ""].append(report)
    found: dict[int, list[Denial]] = defaultdict(list)
    for report in reports:
        if report.event.type == "REJECT" and (report.event.trigger or "").lower().startswith(wording().denials):
            denial = _denial(report, by_article[report.event.article or ""], group_of, groups)
            if denial is not None:
                found[group_of[denial.deed.event.id]].append(denial)
    return found


def _denial(
    report: Report, article: Sequence[Report], group_of: Mapping[str, int], groups: Sequence[Sequence[Report]]
) -> Denial | None:
    """The deed that a denial is about: the nearest, before it or behind it in its sentence, laid to the denier."""
    sentence, start = report.event.sentence or 0, report.event.trigger_start or 0
    accusation = next(
        (
            other
            for other in reversed(article)
            if other.event.type == "ACCUSE"
            and -BEFORE <= (other.event.sentence or 0) - sentence <= 0
            and sides_alike(other.sides[1], report.sides[0], True) >= ALIKE
            and sides_alike(other.sides[0], report.sides[0], True) < ALIKE
        ),
        None,
    )
    if accusation is not None and not _of_known(accusation, article):
        return None
    for deed in sorted(article, key=lambda other: abs((other.event.trigger_start or 0) - start)):
        behind = (deed.event.trigger_start or 0) > start
        near = (
            deed.event.sentence == report.event.sentence if behind else sentence - (deed.event.sentence or 0) <= BEFORE
        )
        if deed.event.type in DEEDS and deed.event.status in HAPPENED and near:
            group = groups[group_of[deed.event.id]]
            laid = any(sides_alike(other.sides[0], report.sides[0], True) >= ALIKE for other in group)
            if laid or (behind and _any(report, deed)) or (accusation is not None and not _others(group, report)):
                return Denial(report, accusation, deed)
    return None


def _of_known(accusation: Report, article: Sequence[Report]) -> bool:
    """Whether an accusation is of a deed that is told: an event in its sentence, or "the attack"."""
    event = accusation.event
    if any(other.event.sentence == event.sentence and other.event.type in DEEDS for other in article):
        return True
    words = accusation.text[(event.trigger_end or 0) - accusation.start :].lower().split()
    return any(one == "the" and kinds_of(other.strip(".,;")) for one, other in pairwise(words))


def _any(denial: Report, deed: Report) -> bool:
    """Whether it is denied that the deed was done at all: "denied that any air strike had taken place"."""
    between = denial.text[
        (denial.event.trigger_end or 0) - denial.start : (deed.event.trigger_start or 0) - denial.start
    ]
    return "any" in between.lower().split()


def _others(group: Sequence[Report], denial: Report) -> bool:
    """Whether a deed is laid to somebody else alone."""
    return any(sides_alike(other.sides[0], denial.sides[0], True) < 0 for other in group)
