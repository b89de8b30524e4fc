"""How parties stand to each other: tables, pictures and JSON of alignment, camps and turning points."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..alignment import (
    AgainstChance,
    Balance,
    Camps,
    Deed,
    Move,
    SignedNetwork,
    Turn,
    balance,
    camps,
    moves,
    signed_network,
    standing,
    turns,
)
from ..errors import UsageError
from ..library import Relations
from ..pictures import Link, Marked, Member, Point, TurnRow, curve, sides, standalone, turning
from .tables import plain

__all__ = ["align", "divide", "turned"]


def align(console: Console, known: Relations, one: str, other: str, picture: Path | None, as_json: bool) -> None:
    """How two parties stood to each other, week by week, with the turning points between them."""
    pair = known.party(one), known.party(other)
    if pair[0] == pair[1]:
        raise UsageError("U001", f"{one!r} and {other!r} are the same party, {_name(known, pair[0])}.")
    pair = min(pair), max(pair)
    deeds, stances = known.rolled_up(apart=pair)
    weeks = standing([d for d in deeds if d.pair == pair], [s for s in stances if s.pair == pair])
    turned = turns(deeds, stances, pairs={pair})
    words = " and ".join(_name(known, party) for party in pair)
    if picture:
        points = [Point(w.week, w.score, w.low, w.high, sum(w.counts[:2]), sum(w.counts[2:])) for w in weeks]
        marks = [_marked(turn) for turn in turned]
        _write(picture, curve(points, marks, title=f"How {words} stand to each other"))
    if as_json:
        rows = [_plain(asdict(week)) for week in weeks]
        _print_json({"pair": list(pair), "weeks": rows, "turns": [_turn_row(turn) for turn in turned]})
        return
    columns = ("week", "score", "from", "to", "verbal coop.", "material coop.", "verbal conf.", "material conf.")
    table = [
        (w.week.isoformat(), f"{w.score:+.2f}", f"{w.low:+.2f}", f"{w.high:+.2f}", *map(str, w.counts)) for w in weeks
    ]
    _print_table(console, f"{words}: alignment in [-1, 1] with its 95% interval", columns, table)
    _print_turns(console, known, turned)


def divide(
    console: Console, known: Relations, on: date, since: date | None, count: int, picture: Path | None, as_json: bool
) -> None:
    """The camps on a day, their balance, and, with an earlier day, who moved between the two."""
    deeds, stances = known.rolled_up()
    network = signed_network(deeds, stances, on)
    found, even = camps(network, count), balance(network)
    moved = moves(camps(signed_network(deeds, stances, since), count), found) if since else []
    if picture:
        members = [[Member(a, _name(known, a), found.fit[a]) for a in network.by_weight(camp)] for camp in found.camps]
        _write(picture, sides(members, _links(network), title=f"Who stands with whom on {on}"))
    if as_json:
        figures = {"on": on.isoformat(), **asdict(found), "balance": asdict(even)}
        _print_json(figures | {"moves": [asdict(move) for move in moved]})
        return
    _print_camps(console, known, network, found)
    _print_balance(console, known, found, even)
    _print_moves(console, known, moved)


def turned(
    console: Console, known: Relations, one: str | None, other: str | None, picture: Path | None, as_json: bool
) -> None:
    """The turning points of all pairs, of one party's, or between two parties."""
    asked = {known.party(name) for name in (one, other) if name}
    deeds, stances = known.rolled_up(apart=asked)
    found = turns(deeds, stances, pairs={deed.pair for deed in deeds if asked <= set(deed.pair)})
    if picture:
        pairs = dict.fromkeys(turn.pair for turn in found)
        rows = [TurnRow(_pair(known, pair), tuple(_marked(t) for t in found if t.pair == pair)) for pair in pairs]
        days = [deed.day for deed in deeds]
        _write(picture, turning(rows, min(days, default=date.min), max(days, default=date.min)))
    if as_json:
        _print_json([_turn_row(turn) for turn in found])
        return
    _print_turns(console, known, found)


def _name(known: Relations, party: str) -> str:
    return known.names.get(party, party)


def _pair(known: Relations, pair: tuple[str, str]) -> str:
    return " and ".join(_name(known, party) for party in pair)


def _links(network: SignedNetwork) -> list[Link]:
    weights, actors = network.weights, network.actors
    return [
        Link(actors[i], actors[j], float(weights[i, j]))
        for i in range(len(actors))
        for j in range(i + 1, len(actors))
        if weights[i, j]
    ]


def _marked(turn: Turn) -> Marked:
    return Marked(turn.first, turn.last, turn.direction == "to_cooperation", _said(turn))


def _said(turn: Turn) -> str:
    unit = "mean score" if turn.measure == "score" else f"acts of {turn.measure} a week"
    toward = turn.direction.removeprefix("to_")
    return f"toward {toward} between {turn.first} and {turn.last}: {unit} {turn.before:g}, then {turn.within:g}"


def _act(known: Relations, deed: Deed) -> str:
    return f"{deed.day} {_name(known, deed.actor)} {deed.type} {_name(known, deed.recipient)}"


def _turn_row(turn: Turn) -> Any:
    return _plain(asdict(turn))


def _plain(value: Any) -> Any:
    """A record as JSON has it: days as ISO dates."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False))


def _print_table(console: Console, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    console.print(Text(plain(title), style="bold"))
    if not rows:
        console.print("  nothing dated")
        return
    table = Table(*columns, box=None, header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*(Text(plain(cell)) for cell in row))
    console.print(table)


def _print_turns(console: Console, known: Relations, found: Sequence[Turn]) -> None:
    if not found:
        console.print("No turning point.")
        return
    for turn in found:
        console.print(
            Text(plain(f"{_pair(known, turn.pair)}: {_said(turn)} ({turn.kind}, strength {turn.strength:g})"))
        )
        heaviest = sorted(turn.carried_by, key=lambda deed: (-abs(deed.weight), deed.day))[:5]
        parts = (
            ("carried by", [_act(known, deed) for deed in heaviest]),
            ("candidate triggers", [_act(known, deed) for deed in turn.triggers]),
            ("asserted", [f"“{stance.words}” ({stance.day})" for stance in turn.asserted]),
        )
        for label, items in parts:
            if items:
                console.print(Text(plain(f"  {label}: {'; '.join(items)}")))


def _print_camps(console: Console, known: Relations, network: SignedNetwork, found: Camps) -> None:
    """The parties of each camp, those of most weight first; who has a single tie, and fits by it, is only counted."""
    ties = network.ties()
    several = {actor for actor in network.actors if ties[actor] > 1} or set(network.actors)
    rows = [
        (str(number), _name(known, actor), str(ties[actor]), f"{found.fit[actor]:+.2f}")
        for number, camp in enumerate(found.camps, 1)
        for actor in network.by_weight(camp)
        if actor in several
    ]
    _print_table(console, f"Camps on {network.on}", ("camp", "party", "ties", "fit"), rows)
    if left := len(network.actors) - len(several):
        console.print(f"{left} more with one tie each stand where that tie puts them; --json has them.")


def _print_balance(console: Console, known: Relations, found: Camps, even: Balance) -> None:
    proven = f", proven at least {found.at_least:.3f}" if found.at_least else ""
    console.print(f"Frustration {found.frustration:.3f} of all weight{proven}; {even.triangles} triangles.")
    for words, figure in (
        ("frustration of two camps", even.frustration),
        ("triangles out of balance", even.out_of_balance),
        ("friends among those with a common enemy", even.friends_by_enemy),
    ):
        console.print(f"  {words}: {_against_chance(figure)}")
    for words, triads in (("out of balance", even.unbalanced), ("common enemy (last)", even.common_enemies)):
        for triad in triads[:5]:
            console.print(Text(plain(f"  {words}: {', '.join(_name(known, party) for party in triad.parties)}")))


def _against_chance(figure: AgainstChance) -> str:
    return (
        f"{figure.observed:.3f}, with shuffled signs {figure.by_chance:.3f} "
        f"({100 * figure.not_above:.0f}% of the shuffles are not above)"
    )


def _print_moves(console: Console, known: Relations, moved: Sequence[Move]) -> None:
    for move in moved:
        if move.before is not None and move.after is not None:
            words = f"  {_name(known, move.actor)}: from camp {move.before + 1} to camp {move.after + 1}"
            console.print(Text(plain(words)))
    came, went = sum(move.before is None for move in moved), sum(move.after is None for move in moved)
    if came or went:
        console.print(f"  {came} parties came into the network, {went} left it.")


def _write(to: Path, drawn: str) -> None:
    if to.suffix.lower() != ".svg":
        raise UsageError("U001", f"A picture ends in .svg, not {to.suffix or 'nothing'!r}: {to}.")
    try:
        to.write_text(standalone(drawn), encoding="utf-8")
    except OSError as problem:
        raise UsageError("U003", f"The picture cannot be written to {to}: {problem.strerror}.") from problem
