"""ACLED rows to events: exports until 2017, until 2022 and since.

Who acts on whom is only known where the kind of event implies it; otherwise both sides are actors
(`codebook/data/acled.csv`). A row that ACLED has revised has the same id, and replaces the one that was imported
before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from ..codebook import from_acled, sectors_of
from ..records import Event, Party, SourceRow, Status, Where
from .cells import MOST_KEPT, Parties, Resolve, RowError, country_code, date_of, killed, place_of
from .recognition import Table

__all__ = ["acled_events"]

DATES = {"1": "day", "2": "week", "3": "month"}
PLACES = {"1": "place", "2": "region", "3": "region"}

_PERIOD = re.compile(r" \((?:\d{4})?-?(?:\d{4})?-?\)")
_BRACKETS = re.compile(r"\(([^()]+)\)")
_OF = re.compile(r"^(?:Military|Police|Security) Forces of ([^()]+)|^Government of ([^()]+)")


def acled_events(table: Table, file: str, resolve: Resolve) -> Callable[[Sequence[str], int], Event]:
    """The maker of events from the rows of an ACLED table of any generation."""
    at = [table.columns[name] for name in table.layout.needs]
    sub_type, with1, with2 = (
        table.columns.get(new, table.columns.get(old))
        for new, old in (("sub_event_type", ""), ("assoc_actor_1", "ally_actor_1"), ("assoc_actor_2", "ally_actor_2"))
    )
    empty = table.layout.empty
    parties = Parties(resolve)

    def sides(name: str, fellows: str, role: str, day: str) -> tuple[Party, ...]:
        names = [name, *fellows.split("; ")] if name else []
        return tuple(
            parties(one, _country(one), _sector(one, role if one == name else ""), day, known_as=_PERIOD.sub("", one))
            for one in dict.fromkeys(part.strip() for part in names)
            if one
        )

    def cell(cells: Sequence[str], place: int | None) -> str:
        return "" if place is None or cells[place] in empty else cells[place]

    def event(cells: Sequence[str], line: int) -> Event:
        picked = ["" if (value := cells[place]) in empty else value for place in at]
        identity, day, exact, kind, actor1, role1, actor2, role2, country, admin1, location = picked[:11]
        lat, lon, exact_place, source, notes, fatalities = picked[11:17]
        crossed = from_acled(kind, cell(cells, sub_type))
        if crossed is None:
            raise RowError(f"{kind!r} is no event type of ACLED")
        when = date_of(day, DATES.get(exact, "day"))
        first = sides(actor1, cell(cells, with1), role1, when.start or "")
        second = sides(actor2, cell(cells, with2), role2, when.start or "")
        if crossed.direction == "backward" and second:
            first, second = second, first
        elif crossed.direction == "mutual":
            first, second = first + second, ()
        return Event(
            f"acled:{identity}",
            *(None, None, None, None, None),
            crossed.type,
            crossed.mode,
            first,
            second,
            Status.ACTUAL,
            when,
            _place(location, admin1, country, lat, lon, exact_place),
            killed(fatalities, fatalities, fatalities),
            None,
            f"acled:{cell(cells, sub_type) or kind}",
            1.0,
            crossed.contexts,
            SourceRow(file, line, identity, f"{notes} ({source})" if source else notes or None),
        )

    return event


@lru_cache(MOST_KEPT)
def _country(name: str) -> str:
    """The country that an actor's name gives: in brackets that hold no years, or after "Forces of"."""
    of = _OF.match(name)
    if of:
        return country_code((of[1] or of[2]).strip())
    bracketed = [words for words in _BRACKETS.findall(name) if not words[:1].isdigit() and not words.startswith("-")]
    return country_code(bracketed[-1]) if bracketed else ""


@lru_cache(MOST_KEPT)
def _sector(name: str, role: str) -> str:
    """The sector that ACLED's role gives, in figures or words; state forces are told apart by their names."""
    if name.startswith("Police Forces"):
        return "COP"
    if name.startswith("Government of"):
        return "GOV"
    if name.startswith("Military Forces"):
        return "MIL"
    word = role.lower()
    known = sectors_of("acled")
    return known.get(word) or known.get(word.rstrip("s")) or known.get(f"{word}s") or ""


@lru_cache(MOST_KEPT)
def _place(location: str, admin1: str, country: str, lat: str, lon: str, exact: str) -> Where | None:
    text = ", ".join(part for part in (location, admin1, country) if part)
    return place_of(text, location or admin1 or country, country_code(country), lat, lon, PLACES.get(exact, "place"))
