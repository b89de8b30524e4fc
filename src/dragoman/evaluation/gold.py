"""Records in the terms of the codebook's gold (docs/guide.md, "Gold format"), as decisions keep and export them.

A record that is judged is kept with its evidence: `article`, `start` and `end` (code points of its text), `type` (of
a tie its kind), and `sent` and `sent_text`, which say where it stands to one who has the file alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from ..codebook import TYPES
from ..errors import UsageError
from ..records import Article, Cause, Count, Event, Party, Sentence, Shift, Status, Tie, When

__all__ = ["FIELDS", "Record", "checked", "gold_line", "judged", "place_of"]

Record = Mapping[str, Any]
Judgeable = Event | Tie | Shift | Cause

FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "event": ("type", "mode", "actor", "recipient", "status", "date", "place", "counts", "said_by"),
        "tie": ("from", "type", "to", "polarity", "time"),
        "shift": ("who", "away_from", "toward", "date", "after"),
        "cause": ("cause", "effect"),
    }
)
"""Kind of record -> the fields that a person can correct."""

_LINE = (
    *("doc", "sent", "trigger", "type", "mode", "actor", "recipient", "status", "date", "place", "counts", "said_by"),
    *("sure", "note", "date_from_text", "sent_text"),
)


def judged(record: Judgeable, article: Article | None, sentence: Sentence | None) -> dict[str, Any]:
    """A record as it stands, with its evidence; `article` and `sentence` are those that it stands in."""
    if isinstance(record, Event):
        words, start, end = record.trigger, record.trigger_start, record.trigger_end
    else:
        words, start, end = record.words, record.start, record.end
    return {**place_of(article, sentence, start, end, words), **_fields(record)}


def place_of(
    article: Article | None, sentence: Sentence | None, start: int | None, end: int | None, words: str | None
) -> dict[str, Any]:
    """Where a record stands, all None for one that was imported."""
    return {
        "article": article.id if article else None,
        "sent": sentence.index if sentence else None,
        "sent_text": sentence.text if sentence else None,
        "start": start,
        "end": end,
        "trigger": words,
    }


def _fields(record: Judgeable) -> dict[str, Any]:
    if isinstance(record, Event):
        return _event_fields(record)
    if isinstance(record, Tie):
        sides = {"from": _party(record.source), "type": record.kind, "to": _party(record.target)}
        return {**sides, "polarity": record.polarity, "time": record.time}
    if isinstance(record, Shift):
        sides = {side: _party(getattr(record, side)) for side in ("who", "away_from", "toward")}
        return {"type": "shift", **sides, "date": _date(record.when), "after": record.after}
    return {"type": "cause", "cause": record.cause, "effect": record.effect}


def _event_fields(event: Event) -> dict[str, Any]:
    counts: dict[str, Any] = {}
    for count in event.counts:
        counts.setdefault(count.what, _count(count))
    return {
        "type": event.type,
        "mode": event.mode,
        "actor": [_party(party) for party in event.actor],
        "recipient": [_party(party) for party in event.recipient],
        "status": str(event.status),
        "date": _date(event.when),
        "place": event.where.name if event.where else None,
        "counts": counts,
        "said_by": event.said_by.name if event.said_by else None,
    }


def _party(party: Party | None) -> dict[str, str] | None:
    return None if party is None else {"text": party.text, "name": party.name, "code": party.code}


def _date(when: When | None) -> list[str | None] | None:
    return [when.start, when.end] if when and (when.start or when.end) else None


def _count(count: Count) -> int | str | list[int] | None:
    """A number, a bound (">=500") or a range, as the codebook writes it."""
    if count.low is None or count.high is None:
        return f"<={count.high}" if count.high is not None else f">={count.low}" if count.low is not None else None
    return count.low if count.low == count.high else [count.low, count.high]


def gold_line(record: Record, sure: bool, note: str | None) -> dict[str, Any]:
    """A judged event as one line of a gold file: its keys in their order, and no others.

    The program dates by the words of a text and its day of publication, so `date_from_text` always holds.
    """
    line = {**record, "doc": record.get("article"), "sure": sure, "note": note or "", "date_from_text": True}
    return {key: line.get(key) for key in _LINE}


def checked(kind: str, correction: Record) -> Record:
    """A correction of a record of `kind`, as it came.

    Raises:
        UsageError: it names a field that records of this kind do not have, or gives one a value that it cannot have.
    """
    if kind not in FIELDS:
        raise UsageError("U001", f"A record of the kind {kind} cannot be corrected; {', '.join(FIELDS)} can.")
    for name, value in correction.items():
        if name not in FIELDS[kind]:
            raise UsageError("U001", f"{kind} has no field {name!r} to correct. It has: {', '.join(FIELDS[kind])}.")
        fits = _FITS.get(name if kind == "event" else "", _any)
        if not fits(value):
            raise UsageError("U001", f"{value!r} cannot be the {name} of an {kind}: {_EXPECTED[name]}.")
    return correction


def fits_mode(record: Record) -> bool:
    """Whether an event's mode is one of its type."""
    return record.get("mode") is None or record["mode"] in TYPES[record["type"]].modes


def _any(value: object) -> bool:
    return True


def _parties(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(party, Mapping) and all(isinstance(party.get(key), str) for key in ("text", "name", "code"))
        for party in value
    )


def _interval(value: Any) -> bool:
    if value is None:
        return True
    if not (isinstance(value, list) and len(value) == 2 and any(value)):
        return False
    return all(day is None or _is_day(day) for day in value) and (None in value or value[0] <= value[1])


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _numbers(value: Any) -> bool:
    return isinstance(value, Mapping) and all(_is_count(number) for number in value.values())


def _is_count(value: Any) -> bool:
    if isinstance(value, str):
        return value[:2] in (">=", "<=") and value[2:].isdecimal()
    numbers: Iterable[Any] = value if isinstance(value, list) and len(value) == 2 else [value]
    return all(isinstance(number, int) and number >= 0 for number in numbers)


def _text(value: Any) -> bool:
    return value is None or isinstance(value, str)


_FITS: Mapping[str, Callable[[Any], bool]] = {
    "type": lambda value: value in TYPES,
    "mode": _text,
    "actor": _parties,
    "recipient": _parties,
    "status": lambda value: value in list(Status),
    "date": _interval,
    "place": _text,
    "counts": _numbers,
    "said_by": _text,
}
_EXPECTED: Mapping[str, str] = {
    "type": f"one of {', '.join(TYPES)}",
    "mode": "a mode of the type, or nothing",
    "actor": "a list of parties with text, name and code",
    "recipient": "a list of parties with text, name and code",
    "status": f"one of {', '.join(Status)}",
    "date": "two ISO days, the earlier first, of which one may be open",
    "place": "a name, or nothing",
    "counts": 'numbers, ranges or bounds such as ">=500" by what is counted',
    "said_by": "a name, or nothing",
}
