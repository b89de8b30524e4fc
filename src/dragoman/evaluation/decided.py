"""What decisions say together: which of them stand, on which records of today, and what is right by them.

The rows are never changed; everything here is derived from them. Of one person's decisions on one record the
latest that is not undone stands; decisions of several people stand side by side.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..records import Decision
from .gold import FIELDS, Record, gold_line

__all__ = ["Gold", "Stretch", "as_gold", "attached", "corrected", "right", "settled", "standing"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A record of today by its evidence: where in which article it stands, and its type."""

    id: str
    article: str
    start: int
    end: int
    type: str


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that stand, in the order of their times: of each person on each record (or pair) the latest."""
    ordered = sorted(decisions, key=lambda decision: decision.when)
    latest = {(one.who, one.kind, one.record, one.other): one for one in ordered if one.undone is None}
    return sorted(latest.values(), key=lambda decision: decision.when)


def attached(
    decisions: Iterable[Decision], records: Iterable[Stretch]
) -> tuple[dict[str, list[Decision]], list[Decision]]:
    """Decisions by the id of the record that they are on today, and those whose record is there no more.

    A record is the one that was judged if it has its id (article, offsets of the trigger and type). One that was
    coded anew is it too where it alone overlaps the trigger and has the type that was judged, or corrected to.
    A record that a person added is one of its own, so it is never without its record.
    """
    by_id, by_article = {}, defaultdict(list)
    for record in records:
        by_id[record.id] = record
        by_article[record.article].append(record)
    found: dict[str, list[Decision]] = defaultdict(list)
    lost = []
    for decision in decisions:
        if decision.record in by_id or decision.judgement == "added":
            found[decision.record].append(decision)
            continue
        now = [one for one in by_article[str(_judged(decision).get("article"))] if _same_evidence(decision, one)]
        if len(now) == 1:
            found[now[0].id].append(decision)
        else:
            lost.append(decision)
    return dict(found), lost


def _same_evidence(decision: Decision, record: Stretch) -> bool:
    then = _judged(decision)
    if then.get("start") is None or not (record.start < then["end"] and then["start"] < record.end):
        return False
    return record.type in (then.get("type"), corrected(decision).get("type"))


def _judged(decision: Decision) -> Record:
    found: Record = json.loads(decision.judged) if decision.judged else {}
    return found


def corrected(decision: Decision) -> Record:
    """The fields that a decision corrects, and what it says that they are."""
    found: Record = json.loads(decision.correction) if decision.correction else {}
    return found


def right(decision: Decision) -> bool | None:
    """Whether a decision says that the machine's record was right as it stood; None where it does not say."""
    return {"accepted": True, "rejected": False, "corrected": False}.get(decision.judgement)


def settled(decision: Decision) -> dict[str, Any] | None:
    """The record as a decision leaves it, None where it is rejected."""
    return None if decision.judgement == "rejected" else {**_judged(decision), **corrected(decision)}


@dataclass(frozen=True, slots=True)
class Gold:
    """Gold lines of decided events, and the ids of the events on which people disagree, which are left out."""

    lines: tuple[Mapping[str, Any], ...]
    disputed: tuple[str, ...]


def as_gold(decisions: Iterable[Decision], *, rejected: bool = False) -> Gold:
    """Decided events as gold, in the order of the text; with `rejected`, as data to learn from.

    What several people say of an event alike is `sure`, and so is what one alone says; where they differ it is left
    out: ask for one person's decisions. Data to learn from has the rejected events too, and a key `judgement`.
    """
    by_event: dict[str, list[Decision]] = defaultdict(list)
    for decision in standing(decisions):
        if decision.kind == "event":
            by_event[decision.record].append(decision)
    lines: list[Mapping[str, Any]] = []
    disputed: list[str] = []
    for event, found in sorted(by_event.items(), key=lambda item: _place(item[1][0])):
        outcomes = [outcome(decision) for decision in found]
        if any(one != outcomes[0] for one in outcomes):
            disputed.append(event)
        else:
            lines.extend(_line(found, rejected))
    return Gold(tuple(lines), tuple(disputed))


def outcome(decision: Decision) -> Mapping[str, Any] | None:
    """The fields of the record as a decision leaves it, None where it is rejected."""
    record = settled(decision)
    return None if record is None else {field: record.get(field) for field in FIELDS.get(decision.kind, ())}


def _line(found: Sequence[Decision], rejected: bool) -> Iterator[Mapping[str, Any]]:
    latest = found[-1]
    note = "; ".join(dict.fromkeys(decision.why for decision in found if decision.why))
    record = settled(latest)
    if record is not None:
        yield gold_line(record, True, note) | ({"judgement": latest.judgement} if rejected else {})
    elif rejected:
        yield gold_line(_judged(latest), True, note) | {"judgement": latest.judgement}


def _place(decision: Decision) -> tuple[str, int, str]:
    then = _judged(decision)
    return (str(then.get("article") or ""), then.get("start") or 0, decision.record)
