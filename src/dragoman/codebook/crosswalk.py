"""CAMEO codes to PLOVER types and back.

Source: CAMEO2PLOVER (P. Schrodt, 17 September 2021), with its slips mended: contexts `humanitarian`
and `democracy`, which PLOVER does not have, become `human_security` and `pro_democracy`; the modes
`assassinate` and `massacre` become `targeted`, `ban` becomes `restrict`, ASSAULT's `seize` becomes
`destroy`; a context in the place of a mode is moved. CAMEO 01 and 02 (statement, appeal) have no type.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from .plover import DATA, TYPES

__all__ = ["FromCameo", "cameo_of", "from_cameo"]


@dataclass(frozen=True, slots=True)
class FromCameo:
    """What a CAMEO code is in PLOVER."""

    type: str
    mode: str | None
    contexts: tuple[str, ...]


@cache
def _table() -> Mapping[str, FromCameo]:
    with (DATA / "cameo.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["cameo"]: FromCameo(row["type"], row["mode"] or None, tuple(filter(None, row["contexts"].split(";"))))
            for row in csv.DictReader(file)
        }


def from_cameo(code: str) -> FromCameo | None:
    """The PLOVER type, mode and contexts of a CAMEO code; None for 01, 02 and what is no code.

    A code that the table lacks is taken by its beginning ("1952" by "195").

    >>> found = from_cameo("190")
    >>> found.type if found else None
    'ASSAULT'
    """
    table = _table()
    for length in range(len(code), 1, -1):
        if code[:length] in table:
            return table[code[:length]]
        if length == 3 and code[:2] + "0" in table:
            return table[code[:2] + "0"]
    return None


def cameo_of(kind: str, mode: str | None = None) -> str:
    """The CAMEO code nearest to a PLOVER type and mode: the first of the crosswalk, else the root with 0.

    >>> cameo_of("CONSULT", "phone"), cameo_of("ASSAULT")
    ('041', '180')
    """
    if mode:
        for code, found in _table().items():
            if found.type == kind and found.mode == mode:
                return code
    return {"RETREAT": "084"}.get(kind, TYPES[kind].cameo + "0")
