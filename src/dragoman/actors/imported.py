"""Other people's lists of persons and bodies as entries of a knowledge file: Wikidata JSON, FollowTheMoney entities."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from ..errors import DataError
from ..geography import Country, countries_called, country_by_code
from ..records import slug
from .knowledge import Knowledge

__all__ = ["entries_of", "toml_of"]

Entry = dict[str, Any]
SCHEMATA = {
    "Person": "person",
    "Organization": "organisation",
    "PublicBody": "body",
    "LegalEntity": "organisation",
    "Company": "organisation",
}
"""FollowTheMoney's schemata that become actors, and their kinds."""

HUMAN = "Q5"
BORN, DIED, INCEPTION, DISSOLVED, INSTANCE, GENDER = "P569", "P570", "P571", "P576", "P31", "P21"
GENDERS = {"Q6581097": "m", "Q6581072": "f", "male": "m", "female": "f"}
KEYS = ("id", "name", "kind", "country", "sectors", "aliases", "from", "to", "gender")


def entries_of(text: str, source: str, knowledge: Knowledge) -> tuple[list[Entry], list[str]]:
    """The actors in a file of Wikidata or FollowTheMoney entities, by id, and a sentence for each that is left out.

    Wikidata: a dump's lines or array, or what its interface answers (`{"entities": {...}}`). FollowTheMoney: one
    entity a line. Country and sector are those that the entity's description or position names, as in a text.

    Raises:
        DataError: the file holds no JSON.
    """
    entries: dict[str, Entry] = {}
    left: list[str] = []
    for number, record in enumerate(_records(text, source), 1):
        entry = _entry(record, knowledge)
        if entry is None:
            what = record.get("id") or f"record {number}"
            left.append(f"{source}: {what} has no English name, or is neither a person nor a body.")
        else:
            entries.setdefault(entry["id"], entry)
    return [entries[identity] for identity in sorted(entries)], left


def _records(text: str, source: str) -> Iterator[Mapping[str, Any]]:
    """The entities of a file, whole or one a line."""
    try:
        whole: Any = json.loads(text)
    except json.JSONDecodeError:
        whole = [_line(line, number, source) for number, line in enumerate(text.splitlines(), 1) if _holds(line)]
    if isinstance(whole, dict):
        whole = list(whole["entities"].values()) if isinstance(whole.get("entities"), dict) else [whole]
    for record in whole if isinstance(whole, list) else ():
        if isinstance(record, dict):
            yield record


def _holds(line: str) -> bool:
    return line.strip().rstrip(",") not in ("", "[", "]")


def _line(line: str, number: int, source: str) -> Any:
    try:
        return json.loads(line.strip().rstrip(","))
    except json.JSONDecodeError as problem:
        raise DataError("D001", f"{source}, line {number} is not JSON: {problem.msg}. One entity a line.") from problem


def _entry(record: Mapping[str, Any], knowledge: Knowledge) -> Entry | None:
    found = _wikidata(record) if "labels" in record else _followthemoney(record)
    if found is None or not found["name"]:
        return None
    words = found.pop("described")
    country, sector = _described(words, knowledge)
    found["id"] = slug(found["name"])
    found["country"] = found["country"] or country
    found["sectors"] = [sector] if sector else []
    return {key: found[key] for key in KEYS if found.get(key)} | {"country": found["country"] or "UNK"}


def _wikidata(record: Mapping[str, Any]) -> Entry | None:
    claims = record.get("claims") or {}
    name = _english(record.get("labels"))
    person = HUMAN in _values(claims, INSTANCE)
    start, end = (BORN, DIED) if person else (INCEPTION, DISSOLVED)
    aliases = (record.get("aliases") or {}).get("en") or []
    return {
        "name": name,
        "kind": "person" if person else "organisation",
        "aliases": [alias["value"] for alias in aliases if alias.get("value") != name],
        "country": "",
        "described": [_english(record.get("descriptions"))],
        "from": _day(_values(claims, start)),
        "to": _day(_values(claims, end)),
        "gender": next((GENDERS[value] for value in _values(claims, GENDER) if value in GENDERS), None),
    }


def _english(texts: Any) -> str:
    return str(((texts or {}).get("en") or {}).get("value") or "")


def _values(claims: Mapping[str, Any], which: str) -> list[str]:
    """The ids and times that the claims of a property hold."""
    found = []
    for claim in claims.get(which) or ():
        value = (claim.get("mainsnak", {}).get("datavalue") or {}).get("value")
        if isinstance(value, dict):
            found.append(str(value.get("id") or value.get("time") or ""))
    return found


def _day(times: Iterable[str]) -> str | None:
    """The first of Wikidata's times as an ISO date, as precise as it is ("+1954-00-00T00:00:00Z": 1954)."""
    for time in times:
        year, _, rest = time.removeprefix("+").partition("-")
        parts = [year, *(part for part in rest[:5].split("-") if part != "00")]
        return "-".join(parts)
    return None


def _followthemoney(record: Mapping[str, Any]) -> Entry | None:
    kind = SCHEMATA.get(str(record.get("schema")))
    held = record.get("properties") or {}
    if kind is None or not held.get("name"):
        return None
    name, *others = held["name"]
    codes = [*(held.get("country") or ()), *(held.get("nationality") or ()), *(held.get("jurisdiction") or ())]
    nations = [found for code in codes if (found := country_by_code(str(code), "iso2")) is not None]
    return {
        "name": str(name),
        "kind": kind,
        "aliases": sorted({*others, *(held.get("alias") or ())} - {name}),
        "country": nations[0].iso3 if nations else "",
        "described": [*(held.get("position") or ()), *(held.get("summary") or ()), *(held.get("notes") or ())],
        "from": next(iter(held.get("birthDate") or held.get("incorporationDate") or ()), None),
        "to": next(iter(held.get("deathDate") or held.get("dissolutionDate") or ()), None),
        "gender": next((GENDERS[value] for value in held.get("gender") or () if value in GENDERS), None),
    }


def _described(descriptions: Iterable[str], knowledge: Knowledge) -> tuple[str, str]:
    """Country and sector that a description names: "Iraqi militia leader" is IRQ and REB."""
    country, sector = "", ""
    for description in descriptions:
        words = description.replace(",", " ").replace("(", " ").split()
        nation = next((found for word in words if word[:1].isupper() and (found := _nation(word))), None)
        country = country or (nation.iso3 if nation else "")
        small = [word.lower() for word in words]
        for index, word in enumerate(small):
            roles = [
                role
                for role in knowledge.roles.get(word, ())
                if tuple(small[max(0, index + 1 - len(role.words)) : index + 1]) == role.words
            ]
            if roles and not sector and roles[0].sector != "UNK":
                sector = roles[0].sector
    return country, sector


@cache
def _nation(word: str) -> Country | None:
    return next(iter(countries_called(word)), None)


def toml_of(entries: Iterable[Mapping[str, Any]]) -> str:
    """Entries as a knowledge file (docs/extending.md)."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    tables = ("\n".join(f"{key} = {encode(entry[key])}" for key in KEYS if key in entry) for entry in entries)
    return "\n".join(f"[[actor]]\n{table}\n" for table in tables)
