"""The gold records of the PLOVER manual: is the type right, are both countries right?"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dragoman.pipeline import explained
from dragoman.records import Event, Party

NOW_CALLED = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
CODES = {"JAP": "JPN", "ITL": "ITA", "UNO": "IGO", "EUR": "IGO"}
"""Slips of the records, and what we call more closely than they do: every international body is IGO there."""
EITHER_SIDE = frozenset(("CONSULT", "COOPERATE", "AGREE", "ASSAULT"))


def figures(path: Path) -> dict[str, float]:
    """The share of records whose type some event of the sentence has, and of those with both countries as well."""
    records = [r for r in json.loads(path.read_text(encoding="utf-8")) if r["event"] != "DOCUMENT" and r.get("text")]
    right = countries = 0
    for record in records:
        kinds = types_of(record["event"])
        found = [
            event
            for _, _, events, _ in explained(record["text"], (record.get("date") or "")[:10] or None)
            for event in events
            if event.type in kinds
        ]
        right += bool(found)
        countries += any(both_sides(record, event) for event in found)
    return {"records_type": round(right / len(records), 4), "records_countries": round(countries / len(records), 4)}


def types_of(name: str) -> frozenset[str]:
    """Today's types of an older name; the old YIELD is CONCEDE or RETREAT today."""
    return frozenset(("CONCEDE", "RETREAT")) if name == "YIELD" else frozenset((NOW_CALLED.get(name, name),))


def both_sides(record: dict[str, Any], event: Event) -> bool:
    """Whether each coded side has its country; in mutual acts the parties may stand on either side."""
    source, target = coded(record.get("source")), coded(record.get("target"))
    actor, recipient = countries_of(event.actor), countries_of(event.recipient)
    if event.type in EITHER_SIDE and not (target and recipient):
        return source | target <= actor | recipient
    return source <= actor and target <= recipient


def coded(side: Any) -> set[str]:
    """The country codes of a side; a side that is a bare string is not coded."""
    members = side if isinstance(side, list) else []
    codes = {str(member.get("code", ""))[:3] for member in members if isinstance(member, dict)}
    return {CODES.get(code, code) for code in codes if code}


def countries_of(parties: Sequence[Party]) -> set[str]:
    """The country codes of parties."""
    return {CODES.get(party.code[:3], party.code[:3]) for party in parties}
