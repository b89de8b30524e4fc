"""What the reports of one incident say of it: what they agree on, what one says, what is disputed, what updated.

Fields are the parties ("actor", "recipient"), "date", "place", the figures by what they count ("killed"), and "denial".
A story that several outlets carry is one source. Figures are compared where they count the same people:

- a figure that grows from one day to the next, or that its source corrects, is updated;
- two that differ on one day, that fall without a correction, or of which one is none at all, are disputed, if two
  sources or two speakers give them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from ..records import Count, Incident, Statement, Value
from .denials import ALIKE, Denial
from .reports import Figure, Report, Who
from .weighing import sides_alike
from .wording import wording

__all__ = ["incident_of"]

NEARLY = 0.1
"""Two figures that differ by this share at most are one, rounded."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A value with the report that gives it."""

    report: Report
    value: Value
    figure: Figure | None = None
    sides: tuple[Who, ...] = ()


def incident_of(group: Sequence[Report], denials: Sequence[Denial]) -> Incident:
    """The incident that a group of reports, in canonical order, tells."""
    denied = {denial.deed.event.id for denial in denials if denial.deed.event.sentence == denial.report.event.sentence}
    speaking = [report for report in group if report.event.id not in denied] or list(group)
    found: dict[str, list[Statement]] = {"agreed": [], "single": [], "disputed": [], "updated": []}
    for statement_kind, statement in _statements(speaking, denials):
        found[statement_kind].append(statement)
    first = group[0].event
    events = tuple(report.event.id for report in group)
    return Incident(first.id, str(first.type), events, *(tuple(found[kind]) for kind in found))


Judged = Iterator[tuple[str, Statement]]


def _statements(group: Sequence[Report], denials: Sequence[Denial]) -> Judged:
    for field, side in (("actor", 0), ("recipient", 1)):
        yield from _parties(field, [said for report in group for said in _named(report, side)])
    dates = [_Said(report, _value(report, _day(report))) for report in group if _day(report)]
    yield from _plain("date", _usual(dates))
    yield from _plain("place", [_Said(r, _value(r, r.event.where.name)) for r in group if r.place and r.event.where])
    for what in sorted({figure.count.what for report in group for figure in report.figures}):
        yield from _figures(what, group)
    if denials:
        yield "disputed", Statement("denial", tuple(_once(_denied(group, denials))))


def _value(report: Report, text: str, count: Count | None = None) -> Value:
    event = report.event
    speaker = (count.said_by if count else None) or event.said_by
    low, high = (count.low, count.high) if count else (None, None)
    return Value(low, high, text, speaker.name if speaker else None, str(event.article), int(event.sentence or 0))


def _day(report: Report) -> str:
    """The day of an event where it is known to the day."""
    when = report.event.when
    return when.start if when and when.start and when.start == when.end else ""


def _usual(dates: Sequence[_Said]) -> list[_Said]:
    """The dates without those that few give: of a person's death, which joins reports by itself, some are misread."""
    times = Counter(one.value.text for one in dates)
    most = min(times, key=lambda day: (-times[day], day), default="")
    return [one for one in dates if one.value.text == most]


def _named(report: Report, side: int) -> Iterator[_Said]:
    parties = (report.event.actor, report.event.recipient)[side]
    for party, who in zip(parties, report.sides[side], strict=True):
        if not who.place:
            yield _Said(report, _value(report, party.text), sides=(who,))


def _plain(field: str, said: Sequence[_Said]) -> Judged:
    """A field whose values do not contradict each other: else the reports were two incidents."""
    if said:
        kind = "agreed" if _sources(said) > 1 else "single"
        yield kind, Statement(field, tuple(_once(one.value for one in said)))


def _parties(field: str, said: Sequence[_Said]) -> Judged:
    """Parties that two sources name are agreed, the rest is single; two speakers may dispute who did it."""
    disputed = {place for pair in combinations(range(len(said)), 2) if _rivals(said, pair) for place in pair}
    if field == "actor" and disputed:
        yield "disputed", Statement(field, tuple(_once(said[place].value for place in sorted(disputed))))
        said = [one for place, one in enumerate(said) if place not in disputed]
    agreed: list[Value] = []
    single: list[Value] = []
    for one in said:
        others = [other for other in said if sides_alike(one.sides, other.sides, True) >= ALIKE]
        (agreed if _sources(others) > 1 else single).append(one.value)
    for kind, values in (("agreed", agreed), ("single", single)):
        if values:
            yield kind, Statement(field, tuple(_once(values)))


def _rivals(said: Sequence[_Said], pair: tuple[int, int]) -> bool:
    """Whether two speakers say that two others did it."""
    one, other = (said[place] for place in pair)
    spoken = one.value.said_by and other.value.said_by and one.value.said_by != other.value.said_by
    named = not any(who.described for who in (*one.sides, *other.sides))
    # Who attacks his own has been misread.
    named = named and all(sides_alike(said.sides, said.report.sides[1], True) < ALIKE for said in (one, other))
    return bool(spoken and named and sides_alike(one.sides, other.sides, True) <= -1)


def _figures(what: str, group: Sequence[Report]) -> Judged:
    said = [
        _Said(report, _value(report, f.count.text, f.count), f)
        for report in group
        for f in report.figures
        if f.count.what == what
    ]
    whole = [one for one in said if one.figure and one.figure.alone]
    verdicts = {_verdict(one, other) for one, other in combinations(whole, 2)}
    if not verdicts & {"disputed", "updated"}:
        yield from _alike_figures(what, said)
        return
    kind = "disputed" if "disputed" in verdicts else "updated"
    involved = [one for one in whole if any(_verdict(*_ordered(one, other)) in verdicts - {""} for other in whole)]
    yield kind, Statement(what, tuple(_once(one.value for one in involved)))
    rest = [one.value for one in said if one not in involved]
    if rest:
        yield "single", Statement(what, tuple(_once(rest)))


def _alike_figures(what: str, said: Sequence[_Said]) -> Judged:
    """Figures that nobody disputes: agreed where two sources give one, else single."""
    agreed: list[Value] = []
    single: list[Value] = []
    for one in said:
        others = [other for other in said if _same(one, other)]
        (agreed if _sources(others) > 1 else single).append(one.value)
    for kind, values in (("agreed", agreed), ("single", single)):
        if values:
            yield kind, Statement(what, tuple(_once(values)))


def _ordered(one: _Said, other: _Said) -> tuple[_Said, _Said]:
    return (one, other) if one.report.order <= other.report.order else (other, one)


def _verdict(earlier: _Said, later: _Said) -> str:
    """What a later figure does to an earlier one: "disputed", "updated", or nothing."""
    one, other = earlier.figure, later.figure
    assert one is not None and other is not None
    if (one.of and other.of and not one.of & other.of) or _same(earlier, later):
        return ""
    if earlier.value.text.lower() in wording().vague or later.value.text.lower() in wording().vague:
        return ""
    two_voices = _voices(earlier, later)
    if 0 in (one.size, other.size):
        return "disputed" if two_voices else ""
    days = (later.report.told or 0) - (earlier.report.told or 0)
    if days > 0 and (other.size > one.size or _corrects(earlier, later)):
        return "updated" if one.count.what in wording().growing else ""
    apart = _apart(one, other) or (earlier.value.said_by and later.value.said_by)
    return "disputed" if two_voices and apart else ""


def _voices(one: _Said, other: _Said) -> bool:
    """Whether two sources, or two speakers in one, give two figures."""
    if one.report.story != other.report.story:
        return True
    speakers = (one.value.said_by, other.value.said_by)
    return None not in speakers and speakers[0] != speakers[1]


def _corrects(earlier: _Said, later: _Said) -> bool:
    """Whether a lower figure takes the place of a higher one."""
    same_voice = earlier.value.said_by is not None and earlier.value.said_by == later.value.said_by
    return same_voice or bool(wording().corrections & later.report.words)


def _same(one: _Said, other: _Said) -> bool:
    """Whether two figures are one, perhaps rounded."""
    assert one.figure is not None and other.figure is not None
    sizes = sorted((one.figure.size, other.figure.size))
    return sizes[1] - sizes[0] <= NEARLY * sizes[1] if sizes[0] >= 100 else sizes[0] == sizes[1]


def _apart(one: Figure, other: Figure) -> bool:
    """Whether no number fits both."""
    bounds = ((one.count, other.count), (other.count, one.count))
    return any(a.high is not None and b.low is not None and a.high < b.low for a, b in bounds)


def _denied(group: Sequence[Report], denials: Sequence[Denial]) -> Iterator[Value]:
    """The reports of the deed, or the accusations that are answered, and the denials."""
    for denial in denials:
        source = denial.accusation or group[0]
        voice = source.event.actor[0].name if denial.accusation and source.event.actor else None
        value = _value(source, str(source.event.trigger))
        yield value if voice is None else Value(None, None, value.text, voice, value.article, value.sentence)
    for denial in denials:
        event = denial.report.event
        voice = event.actor[0].name if event.actor else event.said_by.name if event.said_by else None
        yield Value(None, None, str(event.trigger), voice, str(event.article), int(event.sentence or 0))


def _sources(said: Iterable[_Said]) -> int:
    return len({one.report.story for one in said})


def _once(values: Iterable[Value]) -> Iterator[Value]:
    """Values, each once an article."""
    seen = set()
    for value in values:
        key = (value.low, value.high, value.text, value.said_by, value.article)
        if key not in seen:
            seen.add(key)
            yield value
