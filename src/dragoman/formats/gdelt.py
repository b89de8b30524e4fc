"""GDELT rows to events: CAMEO codes of acts and actors, FIPS codes of places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from ..codebook import country_of_cameo, sectors_of
from ..records import Event, Party, SourceRow, Status, Where
from .cells import MOST_KEPT, Parties, Resolve, date_of, fips_country, place_of
from .icews import plover_of_cameo
from .recognition import Table

__all__ = ["gdelt_events"]

PRECISIONS = {"1": "country", "2": "region", "3": "place", "4": "place", "5": "region"}
"""GDELT's types of places: country, US state, US city, city, state or province."""


def gdelt_events(table: Table, file: str, resolve: Resolve) -> Callable[[Sequence[str], int], Event]:
    """The maker of events from the rows of a GDELT table.

    The same fact has as many rows as it has combinations of actors, act and place.
    """
    at = [table.columns[name] for name in table.layout.needs]
    source = table.columns.get("sourceurl")
    parties = Parties(resolve)

    def sides(code: str, name: str, country: str, role: str, day: str) -> tuple[Party, ...]:
        if not code and not name:
            return ()
        known = name.title() if name.isupper() else name
        sector = sectors_of("cameo").get(role, role)
        return (parties(name or code, country_of_cameo(country), sector, day, known_as=known),)

    def event(cells: Sequence[str], line: int) -> Event:
        picked = [cells[place] for place in at]
        identity, day, code1, name1, country1, role1, code2, name2, country2, role2, act = picked[:11]
        kind, mode, contexts = plover_of_cameo(act)
        when = date_of(day)
        on = when.start or ""
        url = cells[source] if source is not None else ""
        return Event(
            f"gdelt:{identity}",
            *(None, None, None, None, None),
            kind,
            mode,
            sides(code1, name1, country1, role1, on),
            sides(code2, name2, country2, role2, on),
            Status.ACTUAL,
            when,
            _place(*picked[11:16]),
            (),
            None,
            f"gdelt:{act}",
            1.0,
            contexts,
            SourceRow(file, line, identity, url or None),
        )

    return event


@lru_cache(MOST_KEPT)
def _place(kind: str, name: str, country: str, lat: str, lon: str) -> Where | None:
    short = name.partition(",")[0]
    return place_of(name, short, fips_country(country), lat, lon, PRECISIONS.get(kind, "country"))
