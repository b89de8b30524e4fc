"""Events of many articles to incidents: one happening in the world, as several report it.

Reports that share something are compared (`candidates`, `weighing`), and the likeliest pairs are joined first. Two
groups become one only where no report of the one contradicts any of the other, and where their reports fit together on
the whole. The result depends on the set of events alone: adding to an archive gives the same as linking it anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from ..records import Actor, Incident, Tie
from .candidates import candidates
from .denials import denials
from .reports import Report, Told, report_of, settled, standing_of
from .statements import incident_of
from .weighing import HAPPENED, Known, contradicts, killed_once, score

__all__ = ["link"]

LEAST = 0.3
"""The least score of two reports that begin or join an incident."""

LEAST_MEAN = -0.4
"""The least mean score between the reports of two groups that become one."""

SPEAKING = 6
"""Reports of a group, the earliest, that speak for it where groups are compared."""


def link(
    told: Iterable[Told],
    actors: Iterable[Actor] = (),
    ties: Iterable[Tie] = (),
    copies: Mapping[str, str] | None = None,
) -> list[Incident]:
    """The incidents of an archive, each with at least one event, in the order of their first events.

    `told` are its events with article and sentence (`Archive.evidence`); those of no article, or that did not happen,
    are in no incident. `actors` and `ties` say who is part of what. `copies` is id of a near-copy or later version ->
    id of its original: they are one report, which cannot agree with itself.
    """
    register = {actor.id: actor for actor in actors}
    standing = standing_of(register.values(), ties)
    reports = [report_of(one, copies or {}, register, standing) for one in told if one[0].type and one[0].article]
    reports = list(settled(sorted(reports, key=lambda report: report.order)))
    happened = [report for report in reports if report.event.status in HAPPENED]
    groups = [[happened[place] for place in group] for group in _grouped(happened, Known(happened))]
    denied = denials(reports, groups)
    return [incident_of(group, denied.get(number, [])) for number, group in enumerate(groups)]


def _grouped(reports: Sequence[Report], known: Known) -> list[list[int]]:
    """The places of reports that are joined, in order."""
    weighed = []
    for one, other in candidates(reports, known):
        if not contradicts(reports[one], reports[other]):
            found = score(reports[one], reports[other], known)
            if found >= LEAST:
                weighed.append((-found, one, other))
    group_of = list(range(len(reports)))
    members = {place: [place] for place in group_of}
    for _, one, other in sorted(weighed):
        first, second = sorted((group_of[one], group_of[other]))
        if first == second:
            continue
        some, others = ([reports[place] for place in members[group]] for group in (first, second))
        if _fit(some, others, known):
            members[first] = sorted(members[first] + members.pop(second))
            for place in members[first]:
                group_of[place] = first
    return [members[place] for place in sorted(members)]


def _fit(some: Sequence[Report], others: Sequence[Report], known: Known) -> bool:
    """Whether two groups can be one: no report contradicts another, and they are alike on the whole."""
    if any(contradicts(one, other) for one, other in product(some, others)):
        return False
    if any(killed_once(one, other) for one, other in product(some, others)):
        return True
    scores = [score(one, other, known) for one, other in product(some[:SPEAKING], others[:SPEAKING])]
    return sum(scores) >= LEAST_MEAN * len(scores)
