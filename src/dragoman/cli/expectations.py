"""What follows an act, and what is to be expected of a party: tables, JSON and pictures."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from .. import library
from ..alignment import DatedEvent, Profile, dated_events
from ..alignment.outlook import Question, outlook
from ..alignment.reactions import LEAST_DAYS, Reactions, reactions
from ..alignment.weekly import ConflictForecast, Verification, conflict_next_week, verify, weeks_of
from ..codebook import TYPES
from ..errors import ArchiveError, UsageError
from ..pictures import STYLE, ForecastBin, LagCurve, LagRate, calibration_plot, lag_curves
from .tables import plain

__all__ = ["after", "expect"]

PANELS = 6
"""Answers drawn."""


def after(console: Console, archive: library.Archive, asked: str, within: int, to: Path | None, as_json: bool) -> None:
    """Print what followed an act, "USA ASSAULT IRN"; the parties are names, ids or codes, a state with all its parts.

    Raises:
        UsageError: no type of event stands between two parties.
        ArchiveError: the archive has no dated event.
    """
    actor, kind, recipient = _act(asked)
    there, back = (
        dated_events(archive.events(by=by, toward=toward))[0] for by, toward in ((actor, recipient), (recipient, actor))
    )
    everything, left_out = _dated(archive)
    rolled = [DatedEvent(e.day, actor, e.type, recipient) for e in there]
    rolled += [DatedEvent(e.day, recipient, e.type, actor) for e in back]
    # The record is as long as the archive's; events of others only mark its first and last day.
    ends = [DatedEvent(e.day, "", "CONSULT", "") for e in (everything[0], everything[-1])]
    found = reactions([*rolled, *ends], actor, kind, recipient, within)
    if to is not None:
        _write(
            to, lag_curves([_curve(found, n) for n in range(min(PANELS, len(found.answers)))], title=f"After {asked}")
        )
    if as_json:
        console.file.write(json.dumps(asdict(found) | {"without_a_day": left_out}, ensure_ascii=False) + "\n")
        return
    head = f"{actor} {kind} {recipient}: on {found.act_days} of {found.record_days} days on record"
    head += f", {left_out} events without a day"
    console.print(Text(plain(head)))
    if found.act_days < LEAST_DAYS:
        console.print(f"An act on fewer than {LEAST_DAYS} days says nothing of what tends to follow it.")
        return
    rows = (
        (
            a.actor,
            a.type,
            str(a.days),
            f"{a.rate:.1%}",
            f"{a.usual:.1%} ({a.usual_low:.1%} to {a.usual_high:.1%})",
            a.verdict,
        )
        for a in found.answers
    )
    _table(console, ("who", "does", "days", f"rate a day, 1 to {within} days after", "usual (95%)", "verdict"), rows)


def _act(asked: str) -> tuple[str, str, str]:
    words = asked.split()
    for place in range(1, len(words) - 1):
        if words[place] in TYPES:
            return " ".join(words[:place]), words[place], " ".join(words[place + 1 :])
    example = '"USA ASSAULT IRN"'
    raise UsageError("U001", f"{asked!r} is no act. Give a party, a PLOVER type in capitals and a party, as {example}.")


def _names(archive: library.Archive) -> dict[str, str]:
    return {actor.id: actor.name for actor in archive.actors()}


def _dated(archive: library.Archive) -> tuple[list[DatedEvent], int]:
    found, left_out = dated_events(archive.events())
    names = _names(archive)
    found = sorted(
        DatedEvent(e.day, names.get(e.actor, e.actor), e.type, names.get(e.recipient, e.recipient)) for e in found
    )
    if not found:
        raise ArchiveError(
            "A004", "The archive holds no event between two parties on a known day. Read dated articles first."
        )
    return found, left_out


def _curve(found: Reactions, place: int) -> LagCurve:
    answer = found.answers[place]
    other = found.recipient if answer.actor == found.actor else found.actor
    lags = tuple(LagRate(x.days, x.rate, x.low, x.high, x.usual_low, x.usual_high) for x in answer.lags)
    return LagCurve(f"{answer.actor} {answer.type} {other}: {answer.verdict}", lags)


def expect(
    console: Console,
    archive: library.Archive,
    asked: str,
    kind: str | None,
    limit: int,
    to: Path | None,
    as_json: bool,
) -> None:
    """Print the outlook of a party: whom it may do what to, who may do it to it, and the chance of conflict in a week.

    Raises:
        UsageError: the archive has no dated event with such a party.
    """
    events, left_out = _dated(archive)
    names = _names(archive)
    profiles = _profiles(archive, names)
    party = _party(asked, names, events)
    questions = outlook(events, party, types=[kind] if kind else [], most=limit, profiles=profiles)
    if not kind:
        questions = questions[:limit]
    weeks = weeks_of(events)
    conflicts = [each for each in conflict_next_week(weeks) if party in (each.actor, each.recipient)][: 2 * limit]
    checked = verify(weeks, weeks.count - max(1, weeks.count // 4))
    if to is not None:
        bins = [ForecastBin(b.count, b.forecast, b.came) for b in checked.bins] if checked else []
        _write(to, calibration_plot(bins, title="Material conflict in a week: forecasts and what came"))
    if as_json:
        figures = {"party": party, "after": str(events[-1].day), "without_a_day": left_out}
        figures |= {"questions": [asdict(question) for question in questions]}
        figures |= {
            "conflict_next_week": [asdict(each) for each in conflicts],
            "verification": asdict(checked) if checked else None,
        }
        console.file.write(json.dumps(figures, ensure_ascii=False) + "\n")
        return
    console.print(Text(plain(f"{party}, after {events[-1].day}; {left_out} events without a day")))
    for question in questions:
        _question(console, question)
    _conflicts(console, conflicts, checked)


def _party(asked: str, names: Mapping[str, str], events: list[DatedEvent]) -> str:
    """The party that is meant by a name, id or code."""
    known = {name.casefold(): name for event in events for name in (event.actor, event.recipient)}
    meant = names.get(asked, names.get(asked.casefold(), asked)).casefold()
    if meant not in known:
        raise UsageError(
            "U001", f"No dated event has a party {asked!r}. dragoman show dyads lists those that there are."
        )
    return known[meant]


def _profiles(archive: library.Archive, names: Mapping[str, str]) -> dict[str, Profile]:
    """Countries and sectors by the codes of the parties ("IRQ MIL")."""
    found: dict[str, Profile] = {}
    for event in archive.events():
        for party in (*event.actor, *event.recipient):
            country, *sectors = party.code.split() or [""]
            name = names.get(party.id or "", party.id or party.code)
            if country:
                found.setdefault(name, Profile(country, sectors[0] if sectors else "state"))
    return found


def _question(console: Console, question: Question) -> None:
    asked = f"{question.party} {question.type} ?" if question.done else f"? {question.type} {question.party}"
    console.print(Text(plain(f"\n{asked}  ({question.before} so far)"), style="bold"))
    rows = ((a.party, f"{a.probability:.1%}", "; ".join(a.reasons)) for a in question.answers)
    _table(console, ("party", "probability", "because"), rows)


def _conflicts(console: Console, found: list[ConflictForecast], checked: Verification | None) -> None:
    console.print(Text("\nMaterial conflict in the coming week", style="bold"))
    if not found:
        console.print("too little on record to learn from")
        return
    rows = ((c.actor, c.recipient, f"{c.probability:.1%}", f"{c.weeks_with_conflict} of {c.weeks}") for c in found)
    _table(console, ("actor", "recipient", "probability", "weeks with conflict"), rows)
    if checked is not None:
        briers = ", ".join(f"{name} {value:.4f}" for name, value in checked.brier.items())
        console.print(f"checked on {checked.forecasts} forecasts of the last weeks, Brier score: {briers}", style="dim")


def _table(console: Console, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    table = Table(*columns, box=None, header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*(Text(plain(str(cell))) for cell in row))
    console.print(table)


def _write(to: Path, drawn: str) -> None:
    """A picture in a file of its own, with its style inside."""
    to.write_text(drawn.replace("</title>", f"</title><style>{STYLE}</style>", 1) + "\n", encoding="utf-8")
