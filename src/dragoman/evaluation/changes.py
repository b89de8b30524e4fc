"""What a reading changes against the one before: events that are new, gone, or coded otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from ..records import Change
from .gold import FIELDS, Record

__all__ = ["changes", "fields_changed"]


def fields_changed(change: Change) -> tuple[str, ...]:
    """The fields in which an event differs before and after; none of one that is new or gone."""
    before, after = change.before, change.after
    if before is None or after is None:
        return ()
    return tuple(name for name in FIELDS["event"] if before.get(name) != after.get(name))


def changes(before: Mapping[str, Record], after: Mapping[str, Record]) -> list[Change]:
    """What differs between two readings of the same articles, in the order of the text.

    Both are id -> event as judged (`evaluation.gold`). An event that is gone and one that is new are the same, coded
    otherwise, where their triggers overlap and no other's does; how sure the program is of an event is no part of it.
    """
    found = [Change(event, before[event], after[event]) for event in before.keys() & after.keys()]
    gone = {event: before[event] for event in before.keys() - after.keys()}
    new = {event: after[event] for event in after.keys() - before.keys()}
    for old, now in _moved(gone, new):
        found.append(Change(now, gone.pop(old), new.pop(now)))
    found += [Change(event, record, None) for event, record in gone.items()]
    found += [Change(event, None, record) for event, record in new.items()]
    return sorted((one for one in found if one.what != "changed" or fields_changed(one)), key=_place)


def _moved(gone: Mapping[str, Record], new: Mapping[str, Record]) -> list[tuple[str, str]]:
    partners: dict[str, list[str]] = defaultdict(list)
    for now, after in new.items():
        for old, before in gone.items():
            if _overlap(before, after):
                partners[old].append(now)
    taken = [now for some in partners.values() for now in some]
    return [(old, some[0]) for old, some in partners.items() if len(some) == 1 and taken.count(some[0]) == 1]


def _overlap(one: Record, other: Record) -> bool:
    if one["article"] is None or one["article"] != other["article"]:
        return False
    return bool(one["start"] < other["end"] and other["start"] < one["end"])


def _place(change: Change) -> tuple[str, int, str]:
    record = change.after or change.before or {}
    return (str(record.get("article") or ""), record.get("start") or 0, change.event)
