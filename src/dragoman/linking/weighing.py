"""How surely two reports are of one happening: what rules it out, and what speaks for and against it.

What rules it out: other days, other places, other persons on a side, a deed of another kind, a plan and a fact.
All else is weighed: each comparison gives a number from -1 to 1, the sum of the numbers by `WEIGHTS` is the score.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set
from math import log

from ..records import Status
from .reports import Report, Who
from .wording import HARM, stem, wording

__all__ = ["HAPPENED", "WEIGHTS", "Known", "compared", "contradicts", "killed_once", "score", "sides_alike"]

UNSHARED = -0.2
"""The most that two reports score which share nothing of their own."""

LIKELY = 0.6
"""From here on two parties count as one."""

OTHERS = -0.5
"""Up to here two named parties are others."""

TELLING = 0.2
"""Share of the words around the triggers from which on they tell one happening."""

LEAD = 4
"""Sentences of an article, title and standfirst among them, of which the first are summed up in its title."""

GAPS = ((1, 0.7), (3, 0.5), (7, 0.1), (31, -0.4), (62, -1.0))
"""What days between the tellings of two happenings, one of them undated, speak for: most days, value."""

TOTALS = 7
"""Days between two totals that may be of the same."""

FAR = -1.5
"""The same from there on."""

PASSING = -0.1
"""The same, at the least, for a happening that is told in passing, long after."""

VOTE = "vote"
"""The kind of deed that is done with words, but once."""

KEPT = 100_000
"""Pairs of articles of which it is remembered how much they share: of a large archive there are millions."""

HAPPENED = frozenset((Status.ACTUAL, Status.HISTORICAL))


class Known:
    """What all reports of an archive tell of its words: how rare each is, and how much two articles share."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self.articles: dict[str, set[str]] = defaultdict(set)
        counts: Counter[str] = Counter()
        number = 1
        for report in reports:
            number += 1
            counts.update(report.words)
            self.articles[report.story] |= report.words
        self.rarity = {word: log(number / count) for word, count in counts.items()}
        self._shared: dict[tuple[str, str], float] = {}

    def story(self, one: Report, other: Report) -> float:
        """How much of what their articles tell two reports' articles share, from 0 to 1."""
        pair = (min(one.story, other.story), max(one.story, other.story))
        if pair not in self._shared:
            if len(self._shared) >= KEPT:
                self._shared.clear()
            self._shared[pair] = _shared(self.articles[pair[0]], self.articles[pair[1]], self.rarity)
        return self._shared[pair]


WEIGHTS: Mapping[str, float] = {
    "": -4.8,
    "type": 1.4,
    "kinds": 2.5,
    "days": 3.4,
    "place": 1.4,
    "actor": 0.9,
    "recipient": 1.5,
    "near": 1.5,
    "words": 1.5,
    "story": 1.7,
    "figures": 0.5,
    "same sentence": -1.4,
    "next sentence": 0.7,
    "far": -0.6,
    "known": 0.7,
    "more": 1.0,
    "result": 1.3,
    "title": 0.4,
    "once": 3.0,
    "verbal": 1.0,
}
"""What each comparison counts: fitted by logistic regression to the pairs of the benchmark's stories that are to work
with (`benchmarks/data/stories/incidents-work.toml`), rounded, and made stricter for archives that hold more."""


def contradicts(one: Report, other: Report) -> bool:
    """Whether two reports cannot be of one happening."""
    return (
        (one.event.status in HAPPENED) != (other.event.status in HAPPENED)
        or one.total != other.total
        or _types(one, other) < 0
        or (_days_apart(one, other) and not killed_once(one, other))
        or _places(one, other) < 0
        or _others(one, other)
    )


def _others(one: Report, other: Report) -> bool:
    """Whether the parties are surely others; speakers may dispute who did a deed, hardly whom it hit."""
    actor, recipient = _sides(one, other)
    if not one.event.type == other.event.type == "ASSAULT":
        return min(actor, recipient) <= -1
    named = not any(who.described or who.place for report in (one, other) for who in report.sides[0])
    spoken = one.event.said_by is not None or other.event.said_by is not None or bool(_persons(one) & _persons(other))
    return (recipient <= -1 and _harms(one) == _harms(other)) or (named and actor <= OTHERS and not spoken)


def _persons(report: Report) -> set[str]:
    """The persons by name whom a deed hit."""
    return {who.id for who in report.sides[1] if who.person and who.id}


def _harms(report: Report) -> bool:
    """Whether a report tells whom a deed harmed, rather than the deed."""
    return bool(report.kinds & HARM)


def killed_once(one: Report, other: Report) -> bool:
    """Whether both tell that one person was killed, which happens once."""
    killed = all(report.event.type == "ASSAULT" and (report.kinds & {"killing"}) for report in (one, other))
    return killed and bool(_persons(one) & _persons(other))


def compared(one: Report, other: Report, known: Known) -> dict[str, float]:
    """What speaks for (positive) and against (negative) one happening; the reports do not contradict each other."""
    rarity = known.rarity
    sides = _sides(one, other)
    inside = one.event.article is not None and one.event.article == other.event.article
    later = max(one, other, key=lambda report: report.order)
    distance = abs((one.event.sentence or 0) - (other.event.sentence or 0))
    parts = {one.part, other.part}
    summed = (
        one.part != other.part and "title" in parts and max(one.event.sentence or 0, other.event.sentence or 0) <= LEAD
    )
    found = {
        "type": _types(one, other),
        "kinds": _kinds(one, other),
        "days": _days(one, other),
        "place": _places(one, other),
        "actor": sides[0],
        "recipient": sides[1],
        "near": _shared(one.near, other.near, rarity),
        "words": _shared(one.words, other.words, rarity),
        "figures": _figures(one, other),
        "once": float(killed_once(one, other)),
        "verbal": -float(_is_said(one, other)),
    }
    if inside:
        found |= {
            "same sentence": float(distance == 0),
            "next sentence": float(distance == 1),
            "far": float(distance > 2 and not summed),
            "title": float(summed),
            "known": float(later.known and distance <= 3),
            "more": -float(later.more),
            "result": (1.0 if distance <= 1 else 0.5 if distance <= 3 else 0.0) * _result(one, other),
        }
    else:
        found["story"] = known.story(one, other)
    return found


def score(one: Report, other: Report, known: Known) -> float:
    """The weighed sum of what is compared, with the weight "" for a start; from 0 on rather one happening than two.

    At most `UNSHARED` where the two have nothing of their own in common: in a war there are many attacks on a day.
    """
    found = compared(one, other, known)
    total = WEIGHTS[""] + sum(WEIGHTS[name] * value for name, value in found.items())
    return total if _shares(found) else min(total, UNSHARED)


def _shares(found: Mapping[str, float]) -> bool:
    """Whether two reports share more than type, time and story: parties, a place, a figure, or the words around."""
    if found["once"] or found["figures"] > 0:
        return True
    if found["verbal"]:
        signs = (
            found["actor"] >= LIKELY,
            found["recipient"] >= LIKELY,
            found["near"] >= TELLING,
            bool(found.get("title")),
        )
        return found["actor"] >= 0 and sum(signs) > 1
    if any(found.get(name, 0.0) > 0 for name in ("known", "title", "result")) or found["place"] > 0:
        return True
    if found["actor"] >= LIKELY and found["recipient"] > 0 and found["days"] > 0:
        return True
    return found["recipient"] >= LIKELY or found["near"] >= TELLING


def _is_said(one: Report, other: Report) -> bool:
    """Whether what they tell is done by saying it, which one may do again and again; a vote is a deed."""
    return one.event.type in wording().verbal and VOTE not in one.kinds & other.kinds


def _types(one: Report, other: Report) -> float:
    """1 for one type (and mode), 0 where one happening is coded so and so, -1 where it is not."""
    types, modes = ({getattr(report.event, field) for report in (one, other)} for field in ("type", "mode"))
    if len(types) > 1:
        return 0.0 if frozenset(types) in wording().types else -1.0
    if len(modes) == 1 or None in modes:
        return 1.0
    return 0.5 if frozenset(modes) in wording().modes else -1.0


def _kinds(one: Report, other: Report) -> float:
    """Whether the triggers tell one kind of deed: 1 surely, 0 perhaps, -1 two kinds."""
    if not one.kinds or not other.kinds:
        return 0.0
    vague = {"general", *HARM}
    common = one.kinds & other.kinds
    if common - vague:
        return 1.0
    return 0.3 if common else 0.0 if vague & (one.kinds | other.kinds) else -1.0


def _result(one: Report, other: Report) -> bool:
    """Whether one tells a deed and the other whom it harmed."""
    return one.event.type == other.event.type == "ASSAULT" and _harms(one) != _harms(other)


def _days_apart(one: Report, other: Report) -> bool:
    """Whether two reports tell of other days; of one that has no day at all nothing is known, and totals have none."""
    if one.total and other.total:
        return False
    if one.last is None or other.last is None:
        return True
    return (other.first is not None and one.last < other.first) or (one.first is not None and other.last < one.first)


def _days(one: Report, other: Report) -> float:
    """How near in time: 1 for one known day, less for long or open intervals, below 0 for far-off tellings.

    Totals run up to the day that they are told on.
    """
    if one.total and other.total and one.told is not None and other.told is not None:
        return 1.0 if abs(one.told - other.told) <= TOTALS else 0.0
    spans = [
        report.last - report.first for report in (one, other) if report.first is not None and report.last is not None
    ]
    if len(spans) == 2:
        return 1.0 if max(spans) <= 1 else 0.6 if max(spans) <= 10 else 0.1
    ends = [report.last for report in (one, other) if report.last is not None]
    if len(ends) < 2:
        return 0.0
    gap = abs(ends[0] - ends[1])
    value = next((value for most, value in GAPS if gap <= most), FAR)
    return max(value, PASSING) if one.passing or other.passing else value


def _places(one: Report, other: Report) -> float:
    """1 for one place, 0 where one is not known, -1 for two of which neither is named in the other's sentence."""
    if one.place is None or other.place is None:
        return 0.0
    if one.place == other.place:
        return 1.0
    return 0.0 if _named(one.place, other) or _named(other.place, one) else -1.0


def _named(place: str, report: Report) -> bool:
    return all(stem(word) in report.words for word in place.split())


def _sides(one: Report, other: Report) -> tuple[float, float]:
    """How alike actors and recipients are, each from 1 over 0 (not known) to -1 (surely others)."""
    verbal = _is_said(one, other)
    actor, recipient = (sides_alike(*pair, verbal) for pair in zip(one.sides, other.sides, strict=True))
    if not one.sides[1] or not other.sides[1]:
        # In mutual acts all are actors, and a passive may put an actor on the other side.
        crossed = max(
            sides_alike(one.sides[0], other.sides[1], verbal), sides_alike(one.sides[1], other.sides[0], verbal)
        )
        if crossed > max(actor, recipient):
            return crossed, 0.0
    return actor, recipient


def sides_alike(some: tuple[Who, ...], others: tuple[Who, ...], verbal: bool) -> float:
    """How alike the likest two of two sides are; 0 where one names nobody."""
    return max((_alike(a, b, verbal) for a in some for b in others), default=0.0)


def _alike(one: Who, other: Who, verbal: bool) -> float:
    """How likely two parties are one: 1 the same, 0.7 part and whole, 0 not told, -1 surely two."""
    if (one.id is not None and one.id == other.id) or one.name == other.name:
        return 0.6 if one.described else 1.0
    if not verbal and (one.place or other.place):
        return 0.0
    if one.id in other.wholes or other.id in one.wholes:
        return 0.7
    if one.country and other.country and one.country != other.country:
        return -1.0
    if one.of_state and other.of_state and not (one.person and other.person):
        return 0.7 if one.country == other.country else 0.0
    if one.described and other.described:
        return 0.3 if one.sector == other.sector and one.sector else -0.2
    if (one.described or other.described) and one.sector == other.sector and one.backers & other.backers:
        return LIKELY  # "the Iran-backed fighters" and a militia that Iran backs
    if one.described or other.described:
        return -0.5 if one.person or other.person else 0.3 if one.sector == other.sector and one.sector else 0.0
    return -1.0 if one.person and other.person else -0.5


def _shared(some: Set[str], others: Set[str], rarity: Mapping[str, float]) -> float:
    """The share of what two sets of words tell that both have (Dice, weighed by rarity)."""
    whole = sum(rarity.get(word, 0.0) for word in some) + sum(rarity.get(word, 0.0) for word in others)
    return 2 * sum(rarity.get(word, 0.0) for word in some & others) / whole if whole else 0.0


def _figures(one: Report, other: Report) -> float:
    """1 for a figure that both give, -1 for numbers that tell two happenings; other figures may grow or be disputed."""
    said = [
        {(figure.count.what, figure.count.low, figure.count.high) for figure in report.figures}
        for report in (one, other)
    ]
    if said[0] & said[1]:
        return 1.0
    told = [{what for what, _, _ in some} & wording().telling for some in said]
    return -1.0 if told[0] & told[1] else 0.0
