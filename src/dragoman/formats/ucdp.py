"""UCDP GED rows to events: fights with deaths. Columns are read by name; the order differs between editions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from ..codebook import from_ucdp
from ..geography import country_by_code
from ..records import Event, Party, SourceRow, Status, When, Where
from .cells import BASIS, MOST_KEPT, Parties, Resolve, RowError, country_code, day_of, killed, place_of
from .recognition import Table

__all__ = ["ucdp_events"]

PLACES = {"1": "place", "2": "place", "3": "region", "4": "region", "5": "region", "6": "country", "7": "region"}
DATES = {"1": "day", "3": "week", "4": "month"}


def ucdp_events(table: Table, file: str, resolve: Resolve) -> Callable[[Sequence[str], int], Event]:
    """The maker of events from the rows of a UCDP GED table.

    Side A of a state-based fight is the government; otherwise neither side is known to have begun, and both are actors,
    but where civilians are the target.
    """
    at = [table.columns[name] for name in table.layout.needs]
    number_a = table.columns.get("gwnoa")
    empty = table.layout.empty
    parties = Parties(resolve)

    def side(name: str, home: str, number: str, day: str) -> Party:
        state = _state(number, name)
        if state:
            return parties(name, state, "GOV", day)
        return parties(name, home, "CVL", day) if name == "Civilians" else parties(name, "", "REB", day)

    def event(cells: Sequence[str], line: int) -> Event:
        picked = ["" if (value := cells[place]) in empty else value for place in at]
        identity, violence, dyad, side_a, side_b, headline, exact_place, where, region, lat, lon, country = picked[:12]
        exact, first, last, best, high, low = picked[12:18]
        crossed = from_ucdp(violence.removesuffix(".0"))
        if crossed is None:
            raise RowError(f"{violence!r} is no type of violence of UCDP (1, 2 or 3)")
        start, end = day_of(first), day_of(last)
        number = cells[number_a] if number_a is not None else ""
        home = country_code(country)
        one = tuple(side(name, home, number, start) for name in _members(side_a))
        other = tuple(side(name, home, "", start) for name in _members(side_b))
        mutual = crossed.direction == "mutual"
        return Event(
            f"ucdp:{identity}",
            *(None, None, None, None, None),
            crossed.type,
            crossed.mode,
            one + other if mutual else one,
            () if mutual else other,
            Status.ACTUAL,
            _when(start, end, first, last, exact),
            _place(where, region, country, lat, lon, exact_place),
            killed(low, high, best),
            None,
            f"ucdp:{violence}",
            1.0,
            crossed.contexts,
            SourceRow(file, line, identity, headline or dyad or None),
        )

    return event


@lru_cache(MOST_KEPT)
def _when(start: str, end: str, first: str, last: str, exact: str) -> When:
    if start > end:
        raise RowError(f"it ends on {end}, before it begins on {start}")
    text = first if first == last else f"{first} to {last}"
    return When(start, end, "day" if start == end else DATES.get(exact, "range").replace("day", "range"), text, BASIS)


@lru_cache(MOST_KEPT)
def _members(side: str) -> tuple[str, ...]:
    """The members of a side; only governments are listed with commas."""
    members = tuple(side.split(", ")) if side else ()
    return members if all(member.startswith("Government of ") for member in members) else (side,)


@lru_cache(MOST_KEPT)
def _state(number: str, name: str) -> str:
    """The state of a government, by name or Gleditsch-Ward number (the Correlates of War's but for a few)."""
    if not name.startswith("Government of "):
        return ""
    by_name = country_code(name.removeprefix("Government of "))
    if by_name or not number:
        return by_name
    found = country_by_code(number.removesuffix(".0"), "cow")
    return found.iso3 if found else ""


@lru_cache(MOST_KEPT)
def _place(where: str, region: str, country: str, lat: str, lon: str, exact: str) -> Where | None:
    home = country_code(country)
    return place_of(where or country, _town(where) or region or country, home, lat, lon, PLACES.get(exact, "place"))


def _town(where: str) -> str:
    """UCDP's "Samarra town" as "Samarra"."""
    return where.removesuffix(" town").removesuffix(" city").removesuffix(" village")
