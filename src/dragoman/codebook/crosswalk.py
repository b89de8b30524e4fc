"""Other codebooks to PLOVER: CAMEO (and back), ACLED, UCDP, and how they name sectors and states.

Each crosswalk is a table in `data/`; its column `note` says what does not fit. CAMEO's source: CAMEO2PLOVER (P.
Schrodt, 17 September 2021), with its slips mended: contexts `humanitarian` and `democracy`, which PLOVER does not
have, become `human_security` and `pro_democracy`; the modes `assassinate` and `massacre` become `targeted`, `ban`
becomes `restrict`, ASSAULT's `seize` becomes `destroy`; a context in the place of a mode is moved. CAMEO 01 and 02
(statement, appeal) have no type.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from .plover import DATA, TYPES

__all__ = [
    "Crossed",
    "FromCameo",
    "cameo_of",
    "country_of_cameo",
    "from_acled",
    "from_cameo",
    "from_ucdp",
    "goldstein_of",
    "goldstein_of_cameo",
    "sectors_of",
]

Codebook = Literal["acled", "cameo", "icews"]
Direction = Literal["forward", "backward", "mutual"]


@dataclass(frozen=True, slots=True)
class FromCameo:
    """What a CAMEO code is in PLOVER."""

    type: str
    mode: str | None
    contexts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Crossed:
    """What a kind of event of another codebook is in PLOVER; `type` is None where PLOVER has none.

    `direction` says who acts: "forward" the first party on the second, "backward" the second on the
    first, "mutual" both (as where the codebook does not say who began). `note` says what does not fit.
    """

    type: str | None
    mode: str | None
    contexts: tuple[str, ...]
    direction: Direction
    note: str


def _read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split(";")))


@cache
def _table() -> Mapping[str, FromCameo]:
    return {
        row["cameo"]: FromCameo(row["type"], row["mode"] or None, _parts(row["contexts"])) for row in _read("cameo.csv")
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


@cache
def _crossed(name: str) -> Mapping[tuple[str, str], Crossed]:
    first, second = ("event_type", "sub_event_type") if name == "acled.csv" else ("type_of_violence", "what")
    return {
        (row[first].lower(), row[second].lower()): Crossed(
            row["type"] or None,
            row["mode"] or None,
            _parts(row["contexts"]),
            cast(Direction, row["direction"]),
            row["note"],
        )
        for row in _read(name)
    }


def from_acled(event_type: str, sub_event_type: str = "") -> Crossed | None:
    """What an ACLED event type and sub-type are in PLOVER; None for a type that ACLED does not have.

    A sub-type that the table lacks is taken by its type.

    >>> found = from_acled("Strategic developments", "Arrests")
    >>> (found.type, found.mode, found.direction) if found else None
    ('COERCE', 'arrest', 'forward')
    """
    table = _crossed("acled.csv")
    kind = event_type.lower()
    return table.get((kind, sub_event_type.lower())) or table.get((kind, ""))


def from_ucdp(type_of_violence: str) -> Crossed | None:
    """What a UCDP type of violence ("1" to "3") is in PLOVER; None for what is no such type.

    >>> found = from_ucdp("3")
    >>> found.type if found else None
    'ASSAULT'
    """
    return next((found for (kind, _), found in _crossed("ucdp.csv").items() if kind == type_of_violence), None)


@cache
def _goldstein() -> Mapping[str, float]:
    return {row["cameo"]: float(row["goldstein"]) for row in _read("goldstein.csv")}


@cache
def goldstein_of_cameo(code: str) -> float | None:
    """The Goldstein value (-10 to 10) of a CAMEO code, by the longest beginning that the table has; None for no code.

    Goldstein (1992), "A conflict-cooperation scale for WEIS events data", as CAMEO and GDELT assign it.

    >>> goldstein_of_cameo("0431"), goldstein_of_cameo("172"), goldstein_of_cameo("99")
    (2.8, -5.0, None)
    """
    table = _goldstein()
    return next((table[code[:length]] for length in range(len(code), 1, -1) if code[:length] in table), None)


@cache
def goldstein_of(kind: str, mode: str | None = None) -> float | None:
    """The Goldstein value of a PLOVER type and mode: that of the CAMEO code nearest to it.

    >>> goldstein_of("ASSAULT"), goldstein_of("CONSULT", "visit")
    (-9.0, 1.9)
    """
    return goldstein_of_cameo(cameo_of(kind, mode))


@cache
def sectors_of(codebook: Codebook) -> Mapping[str, str]:
    """Another codebook's word or code for a role -> our sector; of several, the first in the table decides.

    >>> sectors_of("cameo")["SEP"], sectors_of("acled")["rioters"], sectors_of("acled")["5"]
    ('REB', 'CVL', 'CVL')
    """
    rows = _read(f"{codebook}_sectors.csv")
    if codebook != "acled":
        return {row[codebook]: row["sector"] for row in rows}
    return {row[key].lower(): row["sector"] for key in ("inter", "words") for row in rows}


@cache
def _cameo_countries() -> Mapping[str, str]:
    return {row["cameo"]: row["iso3"] for row in _read("cameo_countries.csv")}


def country_of_cameo(code: str) -> str:
    """The ISO alpha-3 code of a CAMEO country code; what is no country ("EUR", "AFR") stays as it is.

    >>> country_of_cameo("ROM"), country_of_cameo("IRQ")
    ('ROU', 'IRQ')
    """
    return _cameo_countries().get(code, code)
