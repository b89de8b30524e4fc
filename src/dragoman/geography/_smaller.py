"""The smaller places: cities over 15,000 and first-level regions of GeoNames, read row by row as they are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from dragoman.geography._tables import rows, split

__all__ = ["smaller_places"]


@cache
def smaller_places() -> Mapping[str, Sequence[Mapping[str, str]]]:
    """Rows of `cities.csv` by the keys under which they are looked up, which the table holds ready."""
    found: dict[str, list[Mapping[str, str]]] = {}
    for row in rows("cities.csv"):
        for key in split(row["keys"]):
            found.setdefault(key, []).append(row)
    return found
