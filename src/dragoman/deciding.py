"""What people decide on the records of an archive: taken down with its evidence, found again, given back as gold.

The faces call this; the archive keeps the rows (append-only), `evaluation` says what they mean together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from .archive import Archive
from .errors import ArchiveError, UsageError
from .evaluation import Gold, Stretch, as_gold, attached, checked, judged, place_of, standing
from .evaluation.gold import fits_mode
from .records import JUDGEMENTS, Cause, Decision, Event, Shift, Tie, digest, event_id
from .records.exported import exported_actor

__all__ = ["add_event", "decide", "gold", "lost", "now", "on_article"]

EMPTY: Mapping[str, Any] = {
    "mode": None,
    "actor": [],
    "recipient": [],
    "status": "actual",
    "date": None,
    "place": None,
    "counts": {},
    "said_by": None,
}
"""What a new event has in the fields that nobody gave."""

ASSERTED = ("event", "tie", "shift", "cause")


def now() -> str:
    """The time of a decision: UTC to the millisecond, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def decide(
    store: Archive,
    kind: str,
    record: str,
    judgement: str,
    *,
    who: str,
    when: str,
    why: str | None = None,
    correction: Mapping[str, Any] | None = None,
    other: str | None = None,
) -> Decision:
    """Take down what `who` says of a record; the record itself stays as the machine made it.

    `correction` gives the fields that are otherwise (of an event that is "corrected"), or how an actor is "split":
    `names` that mean somebody else, whose id is `other`. `other` is the second event of an incident's pair, or the
    actor that this one is "merged" into.

    Raises:
        UsageError: such a record cannot be judged so, or a correction has a field or value that there cannot be.
        ArchiveError: there is no such record.
    """
    if judgement not in JUDGEMENTS.get(kind, ()) or judgement == "added":
        raise UsageError("U001", f"A record of the kind {kind!r} cannot be {judgement!r}.")
    if (kind in ("incident", "actor")) != bool(other) or bool(correction) != (judgement in ("corrected", "split")):
        raise UsageError("U001", f"To say that a record is {judgement} takes another one, or a correction.")
    if kind == "incident":
        record, other = sorted((record, str(other)))
    then = _as_it_stands(store, kind, record, other)
    if judgement == "corrected":
        correction = _whole(kind, then, correction or {})
    return _keep(store, kind, record, judgement, who, when, why, correction, other, then)


def add_event(
    store: Archive,
    article: str,
    start: int,
    end: int,
    fields: Mapping[str, Any],
    *,
    who: str,
    when: str,
    why: str | None = None,
) -> Decision:
    """Take down an event that the machine does not have: its trigger is `[start, end)` of the article's text.

    Raises:
        UsageError: the stretch is not inside one sentence, or a field has a value that it cannot have.
        ArchiveError: there is no such article.
    """
    text = store.article(article)
    inside = [sentence for sentence in store.sentences(article) if sentence.start <= start < end <= sentence.end]
    if not inside:
        raise UsageError("U001", "A new event's words must be selected inside one sentence of the article.")
    given = checked("event", {**EMPTY, **fields})
    if "type" not in given or not fits_mode(given):
        raise UsageError("U001", "A new event needs a type, and a mode of that type or none.")
    then = place_of(text, inside[0], start, end, text.text[start:end])
    record = event_id(article, start, end, given["type"])
    return _keep(store, "event", record, "added", who, when, why, given, None, then)


def _keep(
    store: Archive,
    kind: str,
    record: str,
    judgement: str,
    who: str,
    when: str,
    why: str | None,
    correction: Mapping[str, Any] | None,
    other: str | None,
    then: Mapping[str, Any],
) -> Decision:
    if not who.strip():
        raise UsageError("U001", "A decision needs the name of the person who makes it.")
    said = None if correction is None else _json(correction)
    identity = digest("decision", kind, record, judgement, who, when, said or "", other or "")
    decision = Decision(identity, record, kind, judgement, said, who, when, why or None, None, other, _json(then))
    store.decide(decision)
    return decision


def _whole(kind: str, then: Mapping[str, Any], correction: Mapping[str, Any]) -> Mapping[str, Any]:
    """A correction after which the record is one that there can be: a new type does not keep the old one's mode."""
    given = dict(checked(kind, correction))
    if kind == "event":
        if not fits_mode({**then, **given}) and "mode" not in given:
            given["mode"] = None
        if not fits_mode({**then, **given}):
            raise UsageError("U001", f"{given.get('mode')!r} is no mode of that type of event.")
    return given


def _as_it_stands(store: Archive, kind: str, record: str, other: str | None) -> Mapping[str, Any]:
    if kind == "actor":
        found = {actor.id: actor for actor in store.actors()}
        if record in found:
            return dict(exported_actor(found[record]))
    elif kind == "incident":
        pair = dict(_judged_of(store, "event", [record, str(other)]))
        if len(pair) == 2:
            return {"article": None, "pair": [pair[record], pair[str(other)]]}
    else:
        for _, then in _judged_of(store, kind, [record]):
            return then
    raise ArchiveError("A004", f"There is no {kind} {record} in {store.path}.")


def _judged_of(store: Archive, kind: str, ids: Iterable[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for record, article, sentence in store.evidence(store.judgeable(kind, ids)):
        yield record.id, judged(record, article, sentence)


def on_article(store: Archive, article: str) -> tuple[dict[str, list[Decision]], list[Decision]]:
    """The decisions that stand on the records of an article by the id of each record, and those that match none."""
    return _on_records(store, article, standing(store.decisions(article=article)))


def _on_records(
    store: Archive, article: str, decisions: Iterable[Decision]
) -> tuple[dict[str, list[Decision]], list[Decision]]:
    found: dict[str, list[Decision]] = {}
    left: list[Decision] = []
    stretches = _stretches(store, article)
    for kind in ASSERTED:
        mine = [decision for decision in decisions if decision.kind == kind]
        here, gone = attached(mine, stretches[kind])
        found |= here
        left += gone
    return found, left


def _stretches(store: Archive, article: str) -> dict[str, list[Stretch]]:
    """The records of an article by kind and evidence."""
    found: dict[str, list[Event | Tie | Shift | Cause]] = {
        "event": list(store.events(article=article)),
        "tie": list(store.ties(article=article)),
        "shift": list(store.shifts(article=article)),
        "cause": list(store.causes(article=article)),
    }
    stretches: dict[str, list[Stretch]] = {}
    for kind, records in found.items():
        told = [(record.id, judged(record, None, None)) for record in records]
        stretches[kind] = [
            Stretch(identity, article, then["start"], then["end"], str(then["type"])) for identity, then in told
        ]
    return stretches


def lost(store: Archive, decisions: Iterable[Decision]) -> list[Decision]:
    """Of decisions that stand those whose record is coded no more; they are kept, and can be read and undone."""
    by_article: dict[str | None, list[Decision]] = {}
    for decision in standing(decisions):
        if decision.kind in ASSERTED:
            then = json.loads(decision.judged or "{}")
            by_article.setdefault(then.get("article"), []).append(decision)
    left = _without_record(store, by_article.pop(None, []))
    for article, mine in by_article.items():
        left += _on_records(store, str(article), mine)[1]
    return sorted(left, key=lambda decision: decision.when)


def _without_record(store: Archive, decisions: Iterable[Decision]) -> list[Decision]:
    """Decisions on imported events, which have no place in a text, that are there no more."""
    by_id = {decision.record: decision for decision in decisions}
    there = {record.id for record in store.judgeable("event", by_id)}
    return [decision for record, decision in by_id.items() if record not in there]


def gold(store: Archive, *, who: str | None = None, rejected: bool = False) -> Gold:
    """Decided events as lines of gold (`evaluation.as_gold`), of one person or of all."""
    return as_gold(store.decisions(who=who), rejected=rejected)


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
