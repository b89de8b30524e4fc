"""POLECAT rows to events: PLOVER's own types and modes, ISO countries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from ..codebook import TYPES
from ..records import Event, Party, SourceRow, Status, Where, digest
from .cells import MOST_KEPT, Parties, Resolve, RowError, country_code, date_of, place_of
from .recognition import Table

__all__ = ["polecat_events"]


def polecat_events(table: Table, file: str, resolve: Resolve) -> Callable[[Sequence[str], int], Event]:
    """The maker of events from the rows of a POLECAT table.

    One event of a story has a row for each pair of actor and recipient, so an id names several rows: the identity of
    each is its id, its type and its parties.
    """
    at = [table.columns[name] for name in table.layout.needs]
    empty = table.layout.empty
    parties = Parties(resolve)

    def sides(name: str, raw: str, country: str, sector: str, day: str) -> tuple[Party, ...]:
        if not name and not raw:
            return ()
        return (parties(raw or name, _iso3(country), sector, day, known_as=name or raw),)

    def event(cells: Sequence[str], line: int) -> Event:
        picked = ["" if (value := cells[place]) in empty else value for place in at]
        identity, day, kind, mode, contexts, actor, actor_country, actor_sector, actor_raw = picked[:9]
        recipient, recipient_country, recipient_sector, recipient_raw, placename = picked[9:14]
        if kind.upper() not in TYPES:
            raise RowError(f"{kind!r} is no PLOVER type")
        when = date_of(day)
        on = when.start or ""
        source, published = picked[20:22]
        return Event(
            f"polecat:{identity}:{digest(kind, mode, actor, actor_raw, recipient, recipient_raw)}",
            *(None, None, None, None, None),
            kind.upper(),
            mode.lower() or None,
            sides(actor, actor_raw, actor_country, actor_sector, on),
            sides(recipient, recipient_raw, recipient_country, recipient_sector, on),
            Status.ACTUAL,
            when,
            _place(placename, *picked[14:20]),
            (),
            None,
            f"polecat:{kind.upper()}",
            1.0,
            _contexts(contexts),
            SourceRow(file, line, identity, f"{source}, {published}" if source else None),
        )

    return event


@lru_cache(MOST_KEPT)
def _contexts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip().lower() for part in cell.split(";") if part.strip())


def _iso3(country: str) -> str:
    return country if len(country) == 3 and country.isupper() else country_code(country)


@lru_cache(MOST_KEPT)
def _place(placename: str, city: str, district: str, province: str, country: str, lat: str, lon: str) -> Where | None:
    name = city or placename or district or province or country
    precision = "place" if city or placename else "region" if district or province else "country"
    return place_of(placename or name, name, _iso3(country), lat, lon, precision)
