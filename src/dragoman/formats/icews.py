"""ICEWS rows to events.

Both directions of a mutual act are rows of their own, as ICEWS codes them. An id alone is not unique; with its day it
is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache

from ..codebook import from_cameo, sectors_of
from ..records import Event, Party, SourceRow, Status, Where
from .cells import MOST_KEPT, Parties, Resolve, RowError, country_code, date_of, place_of
from .recognition import Table

__all__ = ["icews_events", "plover_of_cameo", "sector_of_icews"]

Crossed = tuple[str | None, str | None, tuple[str, ...]]


@cache
def plover_of_cameo(code: str) -> Crossed:
    """Type, mode and contexts of a CAMEO code; 01 and 02 have no type.

    Raises:
        RowError: what is no CAMEO code.
    """
    if not ("01" <= code[:2] <= "20" and code[:2].isdigit() and 2 <= len(code) <= 4):
        raise RowError(f"{code!r} is no CAMEO code")
    found = from_cameo(code)
    return (None, None, ()) if found is None else (found.type, found.mode, found.contexts)


@lru_cache(MOST_KEPT)
def sector_of_icews(sectors: str) -> str:
    """Our sector for a set of ICEWS': that which stands first in the crosswalk; "" for none of them.

    >>> sector_of_icews("Government,Police")
    'COP'
    """
    given = {sector.strip() for sector in sectors.split(",")}
    known = sectors_of("icews")
    found = next((sector for name, sector in known.items() if name in given), "")
    return found or ("GOV" if any(name.endswith("Ministry") for name in given) else "")


def icews_events(table: Table, file: str, resolve: Resolve) -> Callable[[Sequence[str], int], Event]:
    """The maker of events from the rows of an ICEWS table."""
    at = [table.columns[name] for name in table.layout.needs]
    empty = table.layout.empty
    parties = Parties(resolve)

    def sides(name: str, sectors: str, country: str, day: str) -> tuple[Party, ...]:
        if not name:
            return ()
        return (parties(name, country_code(country), sector_of_icews(sectors), day),)

    def event(cells: Sequence[str], line: int) -> Event:
        picked = ["" if (value := cells[place]) in empty else value for place in at]
        identity, day, source, source_sectors, source_country, words, code, _intensity = picked[:8]
        target, target_sectors, target_country, story, sentence, publisher = picked[8:14]
        kind, mode, contexts = plover_of_cameo(code)
        when = date_of(day)
        on = when.start or ""
        return Event(
            f"icews:{identity}:{on}",
            *(None, None, None, None, None),
            kind,
            mode,
            sides(source, source_sectors, source_country, on),
            sides(target, target_sectors, target_country, on),
            Status.ACTUAL,
            when,
            _place(*picked[14:20]),
            (),
            None,
            f"icews:{code}",
            1.0,
            contexts,
            SourceRow(file, line, identity, f"{words} ({publisher}; story {story}, sentence {sentence})"),
        )

    return event


@lru_cache(MOST_KEPT)
def _place(city: str, district: str, province: str, country: str, lat: str, lon: str) -> Where | None:
    name = city or district or province or country
    precision = "place" if city else "region" if district or province else "country"
    text = ", ".join(part for part in (city, district, province, country) if part)
    return place_of(text, name, country_code(country), lat, lon, precision)
