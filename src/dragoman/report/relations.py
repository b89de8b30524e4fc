"""How the parties stood to each other: alignment of the busiest pairs, camps on the last day, turning points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .. import library
from ..alignment import AgainstChance, Camps, Standing, Turn, balance, camps, paired, signed_network, standing, turns
from ..pictures import Link, Marked, Member, Point, TurnRow, curve, sides, turning
from ..telling import wording
from .case import Case

__all__ = ["Alignment", "Chances", "aligned"]

MOST_CURVES = 4
MOST_TURNS = 20


@dataclass(frozen=True)
class Curve:
    """A pair with its picture and the weeks behind it."""

    id: str
    names: tuple[str, str]
    picture: str
    weeks: tuple[Standing, ...]


@dataclass(frozen=True)
class Turned:
    """A turning point with its anchor, the names of its parties, and links to the events that carried it."""

    id: str
    names: tuple[str, str]
    turn: Turn
    carried_by: tuple[tuple[str, str], ...]
    triggers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Chances:
    """Figures of balance, each with its words."""

    rows: tuple[tuple[str, AgainstChance], ...]


@dataclass(frozen=True)
class Alignment:
    """What the section shows; `on` is the day of the last dated event, None where there is none."""

    on: date | None
    curves: tuple[Curve, ...]
    camps: Camps | None
    sides: str
    chances: Chances
    turns: tuple[Turned, ...]
    turning: str
    names: Mapping[str, str]


def aligned(archive: library.Archive, case: Case) -> Alignment:
    """The section's content, from the archive and the page's own rows."""
    known = archive.relations()
    deeds, stances = known.rolled_up()
    if not deeds:
        return Alignment(None, (), None, "", Chances(()), (), "", {})
    on = deeds[-1].day
    network = signed_network(deeds, stances, on)
    parties = {party for deed in deeds for party in deed.pair} | set(network.actors)
    names = {party: known.names.get(party, party) for party in parties}
    found, even = camps(network), balance(network)
    members = [[Member(a, names[a], found.fit[a]) for a in network.by_weight(camp)] for camp in found.camps]
    size = range(len(network.actors))
    links = [
        Link(network.actors[i], network.actors[j], float(network.weights[i, j])) for i in size for j in size if i < j
    ]
    chances = Chances((
        ("Frustration of two camps, of all weight", even.frustration),
        ("Triangles out of balance", even.out_of_balance),
        ("Friends among the tied with a common enemy", even.friends_by_enemy),
    ))  # fmt: skip
    turned = _turned(turns(deeds, stances), names, case)
    curves = []
    busiest = sorted(paired(deeds).items(), key=lambda item: (-len(item[1]), item[0]))[:MOST_CURVES]
    for number, (pair, theirs) in enumerate(busiest, 1):
        weeks = standing(theirs, [stance for stance in stances if stance.pair == pair], last=on)
        points = [Point(w.week, w.score, w.low, w.high, sum(w.counts[:2]), sum(w.counts[2:])) for w in weeks]
        marks = [_marked(one) for one in turned if one.turn.pair == pair]
        both = (names[pair[0]], names[pair[1]])
        title = f"How {both[0]} and {both[1]} stood to each other"
        drawn = curve(points, marks, name=f"curve-{number}", title=title)
        curves.append(Curve(f"align-{number}", both, drawn, tuple(weeks)))
    rows = [
        TurnRow(" and ".join(names[party] for party in pair), tuple(_marked(t) for t in turned if t.turn.pair == pair))
        for pair in dict.fromkeys(one.turn.pair for one in turned)
    ]
    stood = sides(members, links, title=f"Who stood with whom on {wording.day(on)}")
    return Alignment(
        on, tuple(curves), found, stood, chances, turned,
        turning(rows, deeds[0].day, on), names,
    )  # fmt: skip


def _turned(found: list[Turn], names: Mapping[str, str], case: Case) -> tuple[Turned, ...]:
    strongest = sorted(found, key=lambda turn: (-turn.strength, turn.first, turn.pair))[:MOST_TURNS]
    return tuple(
        Turned(
            f"turn-{number}",
            (names[turn.pair[0]], names[turn.pair[1]]),
            turn,
            *(
                tuple(
                    (case.by_event[deed.id].evidence, case.by_event[deed.id].brief)
                    for deed in some
                    if deed.id is not None and deed.id in case.by_event
                )
                for some in (turn.carried_by, turn.triggers)
            ),
        )
        for number, turn in enumerate(sorted(strongest, key=lambda turn: (turn.first, turn.pair)), 1)
    )


def _marked(one: Turned) -> Marked:
    turn = one.turn
    when = wording.interval(turn.first.isoformat(), turn.last.isoformat())
    words = f"toward {turn.direction.removeprefix('to_')}, {when}"
    return Marked(turn.first, turn.last, turn.direction == "to_cooperation", words, f"#{one.id}")
